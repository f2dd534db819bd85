"""An extension of Python-Markdown that gives it the tree of `archive.files.markdown` in place of its own.

Named in mkdocs.yml, so it serves every engine that reads that file. What works on the tree works as
ever: the contents, the engine's links; the code in fences goes to superfences.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from archive.files.html import scheme
from archive.files.markdown import LABEL, NOTE, parse_parts

Fences = Callable[[list[str]], list[str]]
"""Turns the lines of a fence into those of a placeholder, with the code in the engine's store."""


def makeExtension(**_: Any) -> Extension:  # noqa: N802  (the name that Python-Markdown calls)
    """The extension, as Python-Markdown asks for it."""
    return CommonMark()


class CommonMark(Extension):  # type: ignore[misc]  # Python-Markdown has no types
    """Parses a page as CommonMark; it is to stand last among the extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the name that Python-Markdown calls)
        """Put our parser in place of that of `md`."""
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("inline")
        if "attr_list" in md.treeprocessors:  # superfences looks for it there
            md.treeprocessors["attr_list"].run = _nothing_left
        fences = _fences(md)
        page = _Page(md)
        md.preprocessors.register(page, "page", _BEFORE_MKDOCS)

        def parse_document(_: Iterable[str]) -> ElementTree:
            root = Element(md.doc_tag)
            _Tree(md, fences).build(root, parse_parts(page.text))
            return ElementTree(root)

        md.parser.parseDocument = parse_document


_BEFORE_MKDOCS = 22
"""The priority of a preprocessor that comes right before that of MkDocs."""
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_NAMED = re.compile(r"\s(?:id|name)\s*=", re.IGNORECASE)


class _Page(Preprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Takes the text of the page, and leaves the tags that have an id: MkDocs reads what is left for them.

    It reads with a parser of HTML in Python, which would take longer than all else of a page.
    """

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        """Return the tags with an id."""
        self.text = "\n".join(lines)
        return [tag for tag in _TAG.findall(self.text) if _NAMED.search(tag)]


def _nothing_left(root: Element) -> None:
    """Do nothing: our parser has read the lists of attributes."""


def _fences(md: Markdown) -> Fences | None:
    """What formats a fence; from now on it is called for those that our parser finds, and no others."""
    if "fenced_code_block" not in md.preprocessors:
        return None
    superfences = md.preprocessors["fenced_code_block"]
    found: Fences = superfences.run
    superfences.run = list  # it stays where it is, for it looks there for itself
    return found


class _Tree:
    """Makes elements of tokens; raw HTML is left to the engine's own store."""

    def __init__(self, md: Markdown, fences: Fences | None) -> None:
        self.md, self.fences = md, fences
        self.notes: dict[str, Element] = {}
        self.marks: dict[str, int] = {}  # label → how many marks it has, in the order of the first
        self.numbers: dict[str, int] = {}  # label → its number, in the same order

    def build(self, root: Element, tokens: list[Token]) -> None:
        """Add the elements of a page to `root`, its notes at the end."""
        open_ = [root]
        for token in tokens:
            if token.type == NOTE:
                open_.append(Element("li", {"id": f"fn:{token.meta[LABEL]}"}))
                self.notes.setdefault(token.meta[LABEL], open_[-1])
            elif token.hidden:
                continue
            elif token.nesting > 0:
                open_.append(SubElement(open_[-1], token.tag, _attributes(token)))
            elif token.nesting < 0:
                open_.pop()
            else:
                self._leaf(open_[-1], token)
        if self.marks:
            div = SubElement(root, "div", {"class": "footnote"})
            SubElement(div, "hr")
            listed = SubElement(div, "ol")
            # A note may bear marks of others, so the marks are counted before.
            for number, label in enumerate(self.marks, 1):
                listed.append(self._note(number, label))

    def _leaf(self, parent: Element, token: Token) -> None:
        if token.type == "inline":
            self._inline(parent, token.children or [])
        elif token.type == "fence" and self.fences and (told := _INFO.fullmatch(token.info)):
            _say(parent, self.md.htmlStash.store(_code(token.content, told)))
        elif token.type == "fence" and self.fences:
            lines = [token.markup + token.info, *token.content.split("\n")[:-1], token.markup]
            _say(parent, "\n".join(self.fences(lines)).strip())
        elif token.type in ("fence", "code_block"):
            code = SubElement(SubElement(parent, "pre"), "code")
            code.text = _escaped(token.content)
        elif token.type == "html_block":
            _say(parent, self.md.htmlStash.store(token.content))
        elif token.type == "hr":
            SubElement(parent, "hr")

    def _inline(self, parent: Element, children: list[Token]) -> None:
        open_ = [parent]
        for token in children:
            here = open_[-1]
            if token.type in ("text", "text_special"):
                _say(here, _escaped(token.content))
            elif token.type == "softbreak":
                _say(here, "" if token.hidden else "\n")
            elif token.type == "html_inline":
                _say(here, self.md.htmlStash.store(token.content))
            elif token.type == "mark":
                self._mark(here, token.meta[LABEL])
            elif token.type == "image":
                alt = _escaped(_plain(token.children or []))
                SubElement(here, "img", {**_attributes(token), "alt": alt})
            elif token.nesting > 0:
                open_.append(SubElement(here, _TAGS.get(token.tag, token.tag), _attributes(token)))
            elif token.nesting < 0:
                open_.pop()
            else:
                element = SubElement(here, token.tag, _attributes(token))
                if token.content:
                    element.text = _escaped(token.content)

    def _mark(self, parent: Element, label: str) -> None:
        self.marks[label] = self.marks.get(label, 0) + 1
        sup = SubElement(parent, "sup", {"id": _mark_id(label, self.marks[label])})
        link = SubElement(sup, "a", {"class": "footnote-ref", "href": f"#fn:{label}"})
        link.text = str(self.numbers.setdefault(label, len(self.numbers) + 1))

    def _note(self, number: int, label: str) -> Element:
        note = self.notes[label]
        last = note[-1] if len(note) and note[-1].tag == "p" else SubElement(note, "p")
        _say(last, "\u00a0")
        for count in range(1, self.marks[label] + 1):
            title = f"回到正文的脚注标记 {number}"
            attributes = {"class": "footnote-backref", "href": f"#{_mark_id(label, count)}"}
            SubElement(last, "a", {**attributes, "title": title}).text = "↩"
        return note


_TAGS = {"s": "del"}


def _mark_id(label: str, count: int) -> str:
    return f"fnref{count if count > 1 else ''}:{label}"


def _attributes(token: Token) -> dict[str, str]:
    found = {name: str(value) for name, value in token.attrs.items()}
    for name, value in found.items():
        is_file = name in ("href", "src") and not scheme(
            value
        )  # which the engine looks for by its name
        found[name] = value if is_file else _escaped(value)
    if style := found.pop("style", ""):  # as the list of the built site has it
        found["style"] = style.replace(":", ": ") + ";"
    return found


_INFO = re.compile(
    r"[ \t]*(?:(?P<bare>[a-z]+)|\{[ ]*\.(?P<language>[a-z]+)(?P<classes>(?:[ ]+\.[a-z-]+)*)"
    r"(?:[ ]+title=\"(?P<title>[^\"'&<>\\{}]*)\")?[ ]*\})?[ \t]*"
)
"""What may stand after the beginning of a fence for `_code`: nothing, a language, or that, classes, a title."""


def _code(code: str, told: re.Match[str]) -> str:
    """The HTML that superfences makes of a fence.

    It would set up a lexer and a formatter, with the colours of all its themes, for each fence; the
    guide has more than a thousand.
    """
    lexer = _lexer(told["bare"] or told["language"] or "text")
    plain = escape(code.strip("\n") + "\n", quote=False)
    shown = highlight(code, lexer, _FORMATTER) if lexer else plain
    names = " ".join([*(name[1:] for name in (told["classes"] or "").split()), "highlight"])
    title = (told["title"] or "").strip()
    titled = f'<span class="filename">{title}</span>' if title else ""
    return f'<div class="{names}">{titled}<pre><span></span><code>{shown}</code></pre></div>'


_FORMATTER = HtmlFormatter(nowrap=True)


@cache
def _lexer(language: str) -> Lexer | None:
    """What reads a language; None for text, and for a language that nothing here reads."""
    try:
        found = get_lexer_by_name(language)
    except ClassNotFound:
        return None
    return None if isinstance(found, TextLexer) else found


def _plain(children: list[Token]) -> str:
    return "".join(_plain(token.children or []) or token.content for token in children)


def _escaped(text: str) -> str:
    """The text such that what the engine writes out shows it: of `&` it escapes only some."""
    return text.replace("&", "&amp;")


def _say(parent: Element, text: str) -> None:
    """Add text at the end of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
