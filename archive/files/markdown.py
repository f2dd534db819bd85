"""The one reading of Markdown: CommonMark with GitHub's tables, deletions, tasks, notes and alerts.

The check asks it what a page holds; the engine is given what it read (`archive.render.commonmark`).
So a page is shown as forges preview it. Besides, a line break between two Chinese signs is none.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from archive.files.attribute_lists import EXPLICIT, HeadingIds, read_attributes, written_ids
from archive.files.line_breaks import joins, without_line_breaks
from archive.files.spans import HTML_FENCE

NOTES = "notes"
"""Where the reading of a page keeps its notes: label → its first line, from 0."""
NOTE, NOTE_END = "note_open", "note_close"
"""The types of the tokens that begin and end the text of a note."""
UNPAIRED = "unpaired"
"""Where a paragraph keeps those of its marks that have no effect: mark → lines within it, from 0."""
ALERTS = {
    "NOTE": ("note", "说明"),
    "TIP": ("tip", "提示"),
    "IMPORTANT": ("info", "重要"),
    "WARNING": ("warning", "注意"),
    "CAUTION": ("danger", "警告"),
}
"""GitHub's word for a kind of alert → the theme's class for it, and its title."""
MAX_NESTED = 40
_READ = 300
"""Texts whose tokens are kept."""
LABEL = "label"
"""Where a link or picture by a reference, and a note and its marks, keep their label."""

_BEGIN, _END = f"<!-- {HTML_FENCE} {{}} -->", f"<!-- /{HTML_FENCE} -->"
"""The lines around another page in a text; in what an editor writes they are refused."""
_PART = re.compile(
    rf"^{_BEGIN.format('(?P<name>[^ ]+)')}\n(?P<text>.*?\n){_END}$", re.MULTILINE | re.DOTALL
)
_NOTE = re.compile(r"\[\^([^\s\[\]]{1,100}+)\]:")
_MARK = re.compile(r"\[\^([^\s\[\]]{1,100}+)\]")
_ALERT = re.compile(rf"\[!({'|'.join(ALERTS)})\][ \t]*+(?:\n|$)", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\][ \t\n]")
_SCHEME = re.compile(r"(?<![A-Za-z])https?$", re.IGNORECASE)
_ADDRESS = re.compile(r"://[A-Za-z0-9\[][!-;=?-~]*+")
_MAILBOX = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}+@(?:[A-Za-z0-9-]{1,63}\.){1,8}+[A-Za-z0-9-]{0,62}[A-Za-z0-9]",
    re.ASCII,
)
_TRAILING = "?!.,:*_~'\""
_ENTITY = re.compile(r"&[A-Za-z0-9]++;$")


def parse(text: str) -> list[Token]:
    """The blocks of a text, each with its lines; what stands within them are their children."""
    return read(text)[0]


def read(text: str) -> tuple[list[Token], list[tuple[int, int]]]:
    """The blocks of a text, and the lines of its definitions of links and its notes that nothing uses."""
    env: dict[str, Any] = {NOTES: {}}
    tokens = _reader().parse(text, env)
    return tokens, sorted(_unused(tokens, env))


@lru_cache(_READ)
def read_once(text: str) -> tuple[list[Token], list[tuple[int, int]]]:
    """The same, and the very tokens as before for a text read lately: a check and the engine read most pages alike.

    Nobody may change them.
    """
    return read(text)


def _unused(tokens: list[Token], env: dict[str, Any]) -> Iterator[tuple[int, int]]:
    used = {(token.type == "mark", token.meta.get(LABEL)) for token in _within(tokens)}
    for label, definition in env.get("references", {}).items():
        if (False, label) not in used:
            yield tuple(definition["map"])
    for definition in env.get("duplicate_refs", ()):
        yield tuple(definition["map"])
    for token in tokens:
        if token.type == NOTE and token.map:
            label, (first, end) = token.meta[LABEL], token.map
            if (True, label) not in used or env[NOTES][label] != first:
                yield first, end


def _within(tokens: list[Token]) -> Iterator[Token]:
    """Everything that stands within the lines of the blocks, texts of pictures included."""
    for token in tokens:
        for child in token.children or ():
            yield child
            yield from child.children or ()


def as_part(name: str, text: str) -> str:
    """The text of another page, called `name`, such that it can stand in a text for `parse_parts`."""
    return f"{_BEGIN.format(name)}\n{text}\n{_END}"


def parse_parts(text: str) -> list[Token]:
    """The blocks of a text with other pages in it (`as_part`), each of which is read alone.

    So none changes how another is read: each has its own references, notes and blocks. Notes are told
    apart by the page's name. The headings of all those pages but the first are one level deeper, those
    of the first too if the text has a title of its own before it.
    """
    found = {_BEGIN.format(part["name"]): part for part in _PART.finditer(text)}
    tokens: list[Token] = []
    deeper = 0
    for token in read_once(
        _PART.sub(lambda part: f"{_BEGIN.format(part['name'])}\n", text).rstrip("\n")
    )[0]:
        if token.type == "html_block" and (part := found.get(token.content.strip())):
            tokens += _part(part["name"], part["text"], deeper)
            deeper = 1
        else:
            deeper = max(deeper, token.type == "heading_open" and token.tag == "h1")
            tokens.append(token)
    return tokens


def _part(name: str, text: str, deeper: int) -> Iterator[Token]:
    for token in parse(text):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + deeper, 6)}"
        for one in (token, *(token.children or ())):
            if one.type in (NOTE, "mark"):
                one.meta[LABEL] = f"{name}-{one.meta[LABEL]}"
        yield token


def shown_text(token: Token) -> str:
    """The text of a heading, with a space for each line break that is shown as one."""
    return "".join(
        "" if child.hidden else " " if child.type.endswith("break") else visible(child)
        for child in token.children or ()
    )


def by_lines(token: Token) -> Iterator[tuple[int, Token]]:
    """Yield what stands within a paragraph, heading or cell, each with its line in it, from 0."""
    line = 0
    for child in token.children or ():
        line += child.type in ("softbreak", "hardbreak")
        yield line, child


def visible(token: Token) -> str:
    """The text that a token within a line shows by itself."""
    return token.content if token.type in ("text", "text_special", "code_inline") else ""


class _Reader(MarkdownIt):
    def normalizeLink(self, url: str) -> str:  # noqa: N802  (the name that markdown-it-py calls)
        """The address as it is written: the engine looks for the file that it names."""
        return url


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = _Reader("commonmark", {"maxNesting": MAX_NESTED, "store_labels": True})
    reader.enable(["table", "strikethrough"])
    reader.block.ruler.before("reference", "note", _note, {"alt": ["paragraph", "reference"]})
    reader.inline.ruler.before("link", "mark", _mark)
    reader.inline.ruler.before("backticks", "address", _address)
    reader.core.ruler.before("inline", "tasks", _tasks)
    reader.core.ruler.before("inline", "alerts", _alerts)
    reader.inline.ruler2.before("fragments_join", "set_apart", _set_apart)
    reader.core.ruler.before("text_join", "unpaired", _unpaired)
    reader.core.ruler.push("mailboxes", _mailboxes)
    reader.core.ruler.push("line_breaks", _line_breaks)
    read_attributes(reader)
    reader.core.ruler.push("heading_ids", _heading_ids)
    return reader


def _note(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """The text of a note, `[^label]: text`: what is indented by four spaces belongs to it too."""
    begin = state.bMarks[first] + state.tShift[first]
    found = _NOTE.match(state.src, begin, state.eMarks[first])
    if state.is_code_block(first) or not found:
        return False
    if silent:
        return True
    before = (state.bMarks[first], state.tShift[first], state.sCount[first], state.parentType)
    state.env[NOTES].setdefault(found[1], first)
    opening = state.push(NOTE, "li", 1)
    opening.meta[LABEL] = found[1]
    state.blkIndent += 4
    state.bMarks[first] = state.skipSpaces(found.end())
    state.tShift[first] = 0
    state.sCount[first] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, first, end)
    state.blkIndent -= 4
    state.bMarks[first], state.tShift[first], state.sCount[first], state.parentType = before
    opening.map = [first, state.line]
    state.push(NOTE_END, "li", -1)
    return True


def _mark(state: StateInline, silent: bool) -> bool:
    """The mark of a note, `[^label]`, where there is such a note; a link `[^label](…)` is a link."""
    found = _MARK.match(state.src, state.pos, state.posMax)
    if not found or found[1] not in state.env[NOTES]:
        return False
    at = state.pos
    if state.src.startswith("(", found.end()) and link(state, True):
        state.pos = at
        return False
    state.pos = found.end()
    if not silent:
        state.push("mark", "sup", 0).meta[LABEL] = found[1]
    return True


def _address(state: StateInline, silent: bool) -> bool:
    """A bare address, which is a link to itself; it ends where GitHub ends it, or at a Chinese sign."""
    if state.src[state.pos] != ":" or state.linkLevel > 0:
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    found = _ADDRESS.match(state.src, state.pos, state.posMax)
    if not scheme or not found:
        return False
    rest = _trimmed(found[0])
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": scheme[0] + rest}
        opening.info = "bare"
        state.push("text", "", 0).content = scheme[0] + rest
        state.push("link_close", "a", -1).info = "bare"
    state.pos += len(rest)
    return True


def _trimmed(address: str) -> str:
    """The address without the punctuation after it."""
    end, opened, closed = len(address), address.count("("), address.count(")")
    while end:
        if address[end - 1] in _TRAILING:
            end -= 1
        elif address[end - 1] == ")" and closed > opened:
            end, closed = end - 1, closed - 1
        elif address[end - 1] == ";" and (
            entity := _ENTITY.search(address[max(0, end - 40) : end])
        ):
            end -= len(entity[0])
        else:
            break
    return address[:end]


def _mailboxes(state: StateCore) -> None:
    """A bare address of a mailbox is a link to it, too."""
    for token in state.tokens:
        if token.type == "inline" and "@" in token.content:
            depth = 0
            children: list[Token] = []
            for child in token.children or ():
                depth += (
                    child.nesting if child.type == "link_open" or child.type == "link_close" else 0
                )
                apart = child.type == "text" and not depth
                children += _split(child) if apart else [child]
            token.children = children


def _split(text: Token) -> Iterator[Token]:
    """The text with each mailbox in it as a link."""
    done = 0
    for found in _MAILBOX.finditer(text.content):
        link_to: dict[str, str | int | float] = {"href": f"mailto:{found[0]}"}
        yield Token("text", "", 0, content=text.content[done : found.start()])
        yield Token("link_open", "a", 1, link_to, info="bare")
        yield Token("text", "", 0, content=found[0])
        yield Token("link_close", "a", -1)
        done = found.end()
    text.content = text.content[done:]
    yield text


def _tasks(state: StateCore) -> None:
    """`- [ ]` and `- [x]` begin with a box that is empty or ticked."""
    for item, paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        begins = item.type == "list_item_open" and paragraph.type == "paragraph_open"
        if begins and (found := _TASK.match(inline.content)):
            box = "□" if found[1] == " " else "■"
            inline.content = f"{box} {inline.content[found.end() :]}"
            item.attrs["class"] = "task-list-item"


def _alerts(state: StateCore) -> None:
    """A quote of the first level that begins with a line `[!NOTE]` is an admonition."""
    tokens: list[Token] = []
    depth = 0  # of quotes within an alert; 0 outside of it
    for at, token in enumerate(state.tokens):
        tokens.append(token)
        if depth:
            depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if not depth:
                token.tag = "div"
        elif token.type == "blockquote_open" and token.level == 0:
            inline = state.tokens[at + 2] if at + 2 < len(state.tokens) else token
            if inline.type == "inline" and (found := _ALERT.match(inline.content)):
                kind, title = ALERTS[found[1].upper()]
                token.tag, token.attrs = "div", {"class": f"admonition {kind}"}
                inline.content = inline.content[found.end() :]
                for paragraph in (state.tokens[at + 1], state.tokens[at + 3]):
                    paragraph.hidden = not inline.content
                tokens += _title(title, inline)
                depth = 1
    state.tokens = tokens


def _title(title: str, inline: Token) -> list[Token]:
    """The paragraph that titles an alert; the rest of its first paragraph begins a line below."""
    begin = (inline.map or [0])[0]
    inline.map = [begin + 1, (inline.map or [0, 0])[1]]
    opening = Token("paragraph_open", "p", 1, {"class": "admonition-title"}, [begin, begin + 1])
    said = Token("inline", "", 0, content=f"**{title}**", children=[], map=[begin, begin + 1])
    return [opening, said, Token("paragraph_close", "p", -1)]


def _set_apart(state: StateInline) -> None:
    """Set the marks that have no effect apart from the text around them, up to `_unpaired`."""
    for token in state.tokens:
        if token.type == "text" and token.content in ("*", "~~"):
            token.type, token.info = "text_special", UNPAIRED


def _unpaired(state: StateCore) -> None:
    """Keep with each line of text the lines within it on which marks have no effect, mark by mark."""
    for token in state.tokens:
        for line, child in by_lines(token):
            if child.info == UNPAIRED:
                token.meta.setdefault(UNPAIRED, {}).setdefault(child.content, []).append(line)


def _line_breaks(state: StateCore) -> None:
    """A line break between two Chinese signs is no space; tags and marks of notes between do not count."""
    for token in state.tokens:
        if token.type == "html_block":
            token.content = without_line_breaks(token.content)
        elif token.type == "inline" and token.children and "\n" in token.content:
            _hide_breaks(token.children)


def _hide_breaks(children: list[Token]) -> None:
    before = ""  # the last sign shown
    after = [""] * (len(children) + 1)  # for each child, the first sign shown from there on
    for at in range(len(children) - 1, -1, -1):
        after[at] = _shown(children[at])[:1] or after[at + 1]
    for at, child in enumerate(children):
        child.hidden = child.type == "softbreak" and joins(before, after[at + 1])
        before = _shown(child)[-1:] or before


def _heading_ids(state: StateCore) -> None:
    """Give each heading an id: the only place where one is made, for the check and for the engine."""
    ids = HeadingIds(written_ids(state.tokens))
    for heading, inline in pairwise(state.tokens):
        if heading.type == "heading_open":
            heading.meta[EXPLICIT] = "id" in heading.attrs
            if not heading.meta[EXPLICIT]:
                heading.attrSet("id", ids.made(shown_text(inline)))


def _shown(token: Token) -> str:
    """What a token shows; a break or a picture counts as a sign that is not Chinese."""
    if token.type in ("softbreak", "hardbreak", "image"):
        return "" if token.type == "softbreak" else "\n"
    if token.type == "html_inline" and token.content.startswith(("<br", "<img")):
        return "\n"
    return visible(token)
