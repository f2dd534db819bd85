"""Parse a Markdown page: front matter, headings, macro calls, links and prose, with line numbers.

Macros run before Markdown does, even inside code and comments, so calls are found in the source as
Jinja finds them. Everything else is searched for in the text with the calls blanked out.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import unquote

from jinja2 import Environment, TemplateSyntaxError, nodes
from pymdownx.slugs import slugify

from archive.files.validation import validate
from archive.files.yaml import Problem, decode, parse, split_front_matter
from archive.schema.front import PageMeta
from archive.schema.page_models import page_model

Span = tuple[int, int]
"""The offsets of the beginning and the end of a part of a page's text."""

JINJA = Environment(autoescape=False)
_SLUG = slugify(case="lower")

_RAW = r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}"
_CALL = r"\{\{(?:\"[^\"\n]*\"|'[^'\n]*'|[^\"'{}]){0,400}?\}\}"
_JINJA = re.compile(rf"(?P<raw>{_RAW})|(?P<call>{_CALL})|(?P<open>\{{[{{%#])", re.DOTALL)
_FENCE = re.compile(
    r"^( {0,3})(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??\1?[ ]{0,3}\2[`~]*[ \t]*$", re.M | re.S
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
# Python-Markdown also passes on processing instructions and declarations, which no browser shows.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!(?:\[|[A-Za-z]).*?(?:>|\Z)", re.DOTALL)
_HEADING = re.compile(
    r"^(#{1,6})[ \t]*([^\n]*?)[ \t]*(\{:?[^{}\n]*\})?[ \t]*#*[ \t]*$", re.MULTILINE
)
_SETEXT = re.compile(r"^(?=\S)([^\n]+?)[ \t]*(\{:?[^{}\n]*\})?\n(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[.#][^{}\n]*\}")
_ID = re.compile(r"#([^\s}.=]+)")
_HTML_ID = re.compile(r"<[^<>]*?\s(?:id|name)=[\"']([^\"']+)[\"']")
_LINK = re.compile(
    r"(?P<embeds>!)?\[[^\[\]\n]*\]\([ \t]*<?(?P<to>[^)\s>]*)>?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
)
_REFERENCE = re.compile(
    r"^ {0,3}\[(?!\^)[^\]\n]+\]:(?P<embeds>)[ \t]*<?(?P<to>\S+?)>?(?=\s|$)", re.MULTILINE
)
_LEADING = re.compile(r"\]\(|<[^<>]*?\s(?:href|src|srcset|poster|data)\s*=", re.IGNORECASE)
_HREF = re.compile(r"<[^<>]*?\s(?:href|(?P<embeds>src))=[\"'](?P<to>[^\"']*)[\"']")
_NOT_PROSE = re.compile(
    r"\]\([^)\n]*\)"  # the target of a link
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:.*$"  # the definition of a reference
    r"|\[\^[^\]\n]+\]"  # a footnote's mark
    r"|<[^<>]*>"  # tags
    r"|&#?\w+;"  # characters written as entities
    r"|^#{1,6}[ \t]*(?:[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）)?"  # a heading's number
    r"|^[ \t]*(?:\d+[.)]|[*+-])(?=[ \t])"  # the mark of a list item
    r"|^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$",  # a horizontal rule
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Call:
    """`{{ name(args, options) }}` from `start` to `end` in the page's text."""

    start: int
    end: int
    name: str
    args: tuple[object, ...]
    options: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at offset `start`; `explicit` says whether an editor wrote its id."""

    start: int
    level: int
    text: str
    id: str
    explicit: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its target as written; `embedded` if the page shows the target, as with a picture.

    The offsets: the link goes from `begin` to `end`, its target begins at `start`.
    """

    start: int
    target: str
    embedded: bool
    begin: int
    end: int


@dataclass
class Page:
    """A page: `path` in docs/, `file` as messages call it, `front` its front matter.

    `text` has blank lines in place of the front matter, so that it keeps the lines of the file.
    """

    path: str
    file: str
    meta: PageMeta | None = None
    front: str = ""
    text: str = ""
    problems: list[Problem] = field(default_factory=list)

    def line(self, offset: int) -> int:
        """Return the line of the file, from 1, at `offset` of the text."""
        return bisect_right(self._starts, offset)

    def problem(self, offset: int, message: str) -> Problem:
        """Return a problem at `offset` of the text."""
        return Problem(self.file, self.line(offset), message)

    def front_problem(self, message: str, *loc: str | int) -> Problem:
        """Return a problem with the value at `loc` of the front matter."""
        # Parsed again for its line numbers, which are seldom needed and so not kept.
        return Problem(self.file, parse(self.front, self.file, first_line=2).line(loc), message)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def _jinja(self) -> tuple[list[Call], list[Span], list[tuple[Span, str]]]:
        """Calls, raw blocks, and all other Jinja syntax with the message that refuses it."""
        calls: list[Call] = []
        raws: list[Span] = []
        faults: list[tuple[Span, str]] = []
        for found in _JINJA.finditer(self.text):
            if found["raw"]:
                raws.append(found.span())
            elif found["call"]:
                parsed = _parse_call(found[0])
                if parsed is None:
                    faults.append((found.span(), _NO_CALL.format(" ".join(found[0].split()))))
                else:
                    name, args, options = parsed
                    calls.append(Call(*found.span(), name, args, options))
            else:
                faults.append(((found.start(), found.start()), _OPEN[found["open"]]))
        return calls, raws, faults

    @property
    def calls(self) -> list[Call]:
        """The macro calls, in order."""
        return self._jinja[0]

    @property
    def faults(self) -> list[tuple[int, str]]:
        """Faults in the syntax of macros, as (offset, message)."""
        return [(start, message) for (start, _), message in self._jinja[2]]

    @cached_property
    def hidden(self) -> list[Span]:
        """The spans of code and comments, in which a macro call would run unintentionally."""
        text = _blank(self.text, self._jinja[1])
        fences = [found.span() for found in _FENCE.finditer(text)]
        text = _blank(text, fences)
        comments = [found.span() for found in _COMMENT.finditer(text)]
        text = _blank(text, comments)
        return sorted(fences + comments + [found.span() for found in _CODE.finditer(text)])

    @cached_property
    def comments(self) -> list[Span]:
        """The spans of comments, also in raw blocks; they are not shown but are in the built page."""
        text = _blank(self.text, [found.span() for found in _FENCE.finditer(self.text)])
        return [found.span() for found in _COMMENT.finditer(text)]

    @cached_property
    def plain(self) -> str:
        """The text with code, comments, raw blocks and macro calls blanked out."""
        calls, raws, faults = self._jinja
        spans = [(call.start, call.end) for call in calls] + [span for span, _ in faults]
        return _blank(self.text, [*self.hidden, *raws, *spans])

    @cached_property
    def prose(self) -> str:
        """`plain` with link targets, tags, attributes, list and heading marks blanked out."""
        text = _blank(self.plain, [found.span() for found in _ATTRIBUTES.finditer(self.plain)])
        return _blank(text, [found.span() for found in _NOT_PROSE.finditer(text)])

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings in order, with their explicit ids or those that Markdown will give them."""
        found = [(m.start(), len(m[1]), m[2], m[3]) for m in _HEADING.finditer(self.plain)]
        found += [(m.start(), 2, m[1], m[2]) for m in _SETEXT.finditer(self.plain)]
        used = {name for *_, attributes in found if (name := _explicit(attributes))}
        headings = []
        for start, level, text, attributes in sorted(found):
            name = _explicit(attributes)
            anchor = name or _unique(_SLUG(re.sub(r"[*_`\[\]]", "", text), "-"), used)
            headings.append(Heading(start, level, text, anchor, bool(name)))
        return headings

    def heading_at(self, offset: int) -> Heading | None:
        """Return the last heading at or before `offset`, or None."""
        index = bisect_right([heading.start for heading in self.headings], offset)
        return self.headings[index - 1] if index else None

    @cached_property
    def anchors(self) -> set[str]:
        """Every id on the page that a link may name, except those made by macros."""
        ids = {heading.id for heading in self.headings}
        for found in _ATTRIBUTES.finditer(self.plain):
            ids.update(_ID.findall(found[0]))
        return ids | set(_HTML_ID.findall(self.plain))

    @cached_property
    def links(self) -> list[Link]:
        """The links in order: Markdown links, images, references, `href` and `src` in raw HTML."""
        return sorted(
            (
                Link(found.start("to"), unquote(found["to"]), bool(found["embeds"]), *found.span())
                for pattern in (_LINK, _REFERENCE, _HREF)
                for found in pattern.finditer(self.plain)
            ),
            key=lambda link: link.start,
        )

    @cached_property
    def unread(self) -> list[int]:
        """The offsets of links written in a way that `links` does not read."""
        known = [(link.begin, link.end) for link in self.links]
        found = (match.start() for match in _LEADING.finditer(self.plain))
        return [at for at in found if not any(begin <= at < end for begin, end in known)]


_NO_CALL = '双花括号里须是一个宏，如 fig("volunteer_hours")，现为 {}'
_OPEN = {
    "{{": "双花括号 {{ }} 须成对，引号须用英文引号并成对",
    "{%": "页面里须只用双花括号的宏，现有 {%；要原样显示请放进 raw 块",
    "{#": "左花括号与 # 之间须有空格，写作 { #id }；{# 会把后面的文字全部当作注释吞掉",
}


def read_page(raw: bytes, path: str, file: str) -> Page:
    """Parse the page `path` of docs/ from its bytes; `file` is what messages call it.

    Faults are in the page's `problems`; then its `meta` is None.
    """
    page = Page(path, file)
    decoded = decode(raw, file)
    if decoded.data is None:
        page.problems = decoded.problems
        return page
    page.front, page.text = split_front_matter(decoded.data)
    if not page.front:
        page.problems.append(Problem(file, 1, "页面须以前置信息开头：---、title: 页面标题、---"))
        return page
    document = parse(page.front, file, first_line=2)
    if not document.problems:
        page.meta = validate(page_model(path), document)
    page.problems = document.problems
    return page


@lru_cache(maxsize=10_000)
def _parse_call(
    source: str,
) -> tuple[str, tuple[object, ...], tuple[tuple[str, object], ...]] | None:
    """Return name, arguments and options of the call in `{{ … }}`; None if it is not just one call."""
    try:
        body = JINJA.parse(source).body
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError):
        return None
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        return None
    call = body[0].nodes[0]
    if not isinstance(call, nodes.Call) or not isinstance(call.node, nodes.Name):
        return None
    values = [*call.args, *(option.value for option in call.kwargs)]
    if call.dyn_args or call.dyn_kwargs or not all(isinstance(v, nodes.Const) for v in values):
        return None
    args = tuple(arg.value for arg in call.args if isinstance(arg, nodes.Const))
    options = tuple((o.key, o.value.value) for o in call.kwargs if isinstance(o.value, nodes.Const))
    return call.node.name, args, options


def _explicit(attributes: str | None) -> str | None:
    found = _ID.search(attributes or "")
    return found[1] if found else None


def _unique(name: str, used: set[str]) -> str:
    """Return `name`, with a number if it is in `used`, as Python-Markdown does; add it to `used`."""
    while name in used or not name:
        found = re.fullmatch(r"(.+)_(\d+)", name)
        name = f"{found[1]}_{int(found[2]) + 1}" if found else f"{name}_1"
    used.add(name)
    return name


def _blank(text: str, spans: list[Span]) -> str:
    """Return `text` with the spans replaced by spaces; lines and offsets stay the same."""
    if not spans:
        return text
    parts, done = [], 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        start = max(start, done)
        parts += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
        done = end
    return "".join([*parts, text[done:]])
