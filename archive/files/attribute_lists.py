"""Read lists of attributes, `{ #id .class width=300 }`, and the ids of headings, as part of Markdown.

Rules of the reader in `archive.files.markdown`: a list is read whole where it stands, and its attributes
go to the token that it belongs to. One without effect stays text, marked as such for the check.
"""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from pymdownx.slugs import slugify

from archive.files.html import ATTRIBUTE_LIST

WITHOUT_EFFECT = "without effect"
"""The `info` of a text that is a list of attributes which belongs to nothing."""
EXPLICIT = "explicit"
"""Where a heading keeps whether its id is written."""

_LIST, _LIST_TYPE = re.compile(ATTRIBUTE_LIST), "attributes"
_PART = re.compile(r"""([.#])([^\s}]+)|([a-z-]+)=(?:"([^"]*)"|(\S+))""")
_NAMES = {".": "class", "#": "id"}
_ENDS = {"link_close", "em_close", "strong_close", "s_close", "image", "code_inline"}
"""The tokens after which a list within a line belongs to what has just ended."""
_HTML_ID = re.compile(r"<[^<>]*?\s(?:id|name)=[\"']([^\"']+)[\"']")
_SLUG = slugify(case="lower")


def read_attributes(reader: MarkdownIt) -> None:
    """Add to the reader the rules for lists of attributes."""
    reader.inline.ruler.before("emphasis", "attributes", _read)
    reader.inline.ruler2.before("fragments_join", "attributes", _within_lines)
    reader.core.ruler.after("text_join", "attributes", _of_blocks)


def parts(written: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes in a list as (name, value), as they are written."""
    for sign, named, name, quoted, bare in _PART.findall(written[:-1]):
        yield _NAMES.get(sign, name), named or quoted or bare


def _read(state: StateInline, silent: bool) -> bool:
    found = _LIST.match(state.src, state.pos, state.posMax)
    if not found or not _PART.search(found[0]):
        return False
    if not silent:
        state.push(_LIST_TYPE, "", 0).content = found[0]
    state.pos = found.end()
    return True


def _within_lines(state: StateInline) -> None:
    """Give each list right after something in a line to that."""
    opened: list[Token] = []
    left: list[Token] = []
    last = Token("", "", 0)
    """What the next list belongs to: what has just begun and ended, if `left` ends with its end."""
    for token in state.tokens:
        if token.type == "text" and not token.content:
            continue  # what is left of the marks of strong text
        if token.nesting > 0:
            opened.append(token)
        elif token.nesting < 0:
            last = opened.pop()
        elif token.type == _LIST_TYPE and left and left[-1].type in _ENDS:
            _give(last, token.content)
            continue
        else:
            last = token
        left.append(token)
    state.tokens[:] = left


def _of_blocks(state: StateCore) -> None:
    """Give a list at the end of a heading, cell or paragraph to that; all others are text."""
    items: list[Token] = []
    for at, token in enumerate(state.tokens):
        if token.type == "list_item_open":
            items.append(token)
        elif token.type == "list_item_close":
            items.pop()
        elif token.type == "inline" and token.children and _LIST_TYPE in _types(token.children):
            opening = state.tokens[at - 1]
            _end(items[-1] if opening.hidden and items else opening, token.children)
            _as_text(token.children)


def _end(block: Token, children: list[Token]) -> None:
    before = children[-2] if len(children) > 1 else Token("", "", 0)
    heads = block.tag[0] in "ht"  # a heading, a cell
    apart = not before.type or before.content.endswith(" ") if heads else before.type == "softbreak"
    if children[-1].type == _LIST_TYPE and apart:
        _give(block, children.pop().content)
        if before.type == "softbreak":
            children.pop()
        elif before.type == "text":
            before.content = before.content.rstrip(" ")


def _as_text(children: list[Token]) -> None:
    for child in children:
        if child.type == _LIST_TYPE:
            child.type, child.info = "text", WITHOUT_EFFECT
        _as_text(child.children or [])


def _types(children: list[Token]) -> set[str]:
    """The types of these tokens and of those in the descriptions of pictures."""
    below = (_types(child.children) for child in children if child.children)
    return {child.type for child in children}.union(*below)


def _give(token: Token, written: str) -> None:
    for name, value in parts(written):
        if name == "class":
            token.attrJoin(name, value)
        else:
            token.attrSet(name, unescapeAll(value))


def written_ids(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the ids that lists and HTML give; those that headings get by themselves are not among them."""
    for token in tokens:
        if "id" in token.attrs and token.meta.get(EXPLICIT, True):
            yield str(token.attrs["id"])
        if token.type in ("html_inline", "html_block"):
            yield from _HTML_ID.findall(token.content)
        yield from written_ids(token.children or ())


class HeadingIds:
    """The ids of headings that have none written; a new one gets a number as Python-Markdown gives it."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._names = set(taken)
        self._last: dict[tuple[str, int], int] = {}

    def made(self, text: str) -> str:
        """Return the id of a heading with that text, with the next number if it is taken."""
        name = str(_SLUG(" ".join(text.split()), "-")) or "_1"
        found = re.fullmatch(r"(.+)_(\d+)", name)
        counted = (found[1], int(found[2])) if found else (name, 0)
        while name in self._names:
            # Going on from the last number given makes many equal headings take linear time.
            self._last[counted] = self._last.get(counted, counted[1]) + 1
            name = f"{counted[0]}_{self._last[counted]}"
        self._names.add(name)
        return name
