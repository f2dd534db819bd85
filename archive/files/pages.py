"""Parse a Markdown page: front matter, headings, macro calls, links and prose, with line numbers.

Macro calls, code and comments are found first (`archive.files.spans`); everything else is searched
for in the text with these blanked out. What is read here is what the engine gets: `Page.rendered`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, wraps
from itertools import pairwise
from types import MappingProxyType
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from markdown_it.token import Token

from archive.files.addresses import read_address
from archive.files.attribute_lists import EXPLICIT, written_ids
from archive.files.bounds import MAX_PAGE
from archive.files.html import ATTRIBUTE_LIST
from archive.files.links import Link, find_links
from archive.files.markdown import LABEL, NOTE, read_once, shown_text
from archive.files.spans import Call, Span, Spans, fill, joined, read_spans, replaced
from archive.files.validation import validate
from archive.files.yaml import Document, Problem, decode, parse, split_front_matter
from archive.schema.front import PageMeta
from archive.schema.kinds import Kinds, bound
from archive.schema.page_models import page_model

KEPT = 256
"""How many pages a process keeps as it has read them, and what was asked of them."""

INTERNAL = re.compile(r"<!--\s*内部(?:\s*|[\s：:](?:(?!-->).)*)-->", re.DOTALL)
"""The comment that marks its lines as not public, with or without a reason."""

_BREAK = re.compile(r"\n[ \t>]*+")
MACRO = "{{\ue000}}"
"""What stands in place of a macro where Markdown is read before the macros are replaced."""
_ATTRIBUTES = re.compile(ATTRIBUTE_LIST)
_NOT_PROSE = re.compile(
    r"\[\^[^\[\]\n]+\]"  # a footnote's mark
    r"|<[^<>]*>"  # tags
    r"|&#?\w+;"  # characters written as entities
    r"|^#{1,6}[ \t]*(?:[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）)?"  # a heading's number
    r"|^[ \t]*(?:\d+[.)]|[*+-])(?=[ \t])"  # the mark of a list item
    r"|^ {0,3}(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$",  # a horizontal rule
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at offset `start`; `explicit` says whether an editor wrote its id."""

    start: int
    level: int
    text: str
    id: str
    explicit: bool


@dataclass(eq=False)
class Page:
    """A page: `path` in docs/, `file` as messages call it, `front` its front matter.

    `text` has blank lines in place of the front matter, so that it keeps the lines of the file.
    """

    path: str
    file: str
    meta: PageMeta | None = None
    front: str = ""
    text: str = ""
    known: bool = True
    """Whether the text could be read, even if it has faults."""
    problems: list[Problem] = field(default_factory=list)
    sources: Sequence[int] = ()
    """Of a text put together by the program, the line of `file` where each of its lines stands."""
    remembered: dict[object, tuple[object, object]] = field(default_factory=dict, repr=False)
    """A function marked `once_each` → what it was asked last beside the page, and the result."""

    def line(self, offset: int) -> int:
        """Return the line of the text, from 1, at `offset`: that of the file, unless it was put together."""
        return bisect_right(self._starts, offset)

    def problem(self, offset: int, message: str) -> Problem:
        """Return a problem at `offset` of the text."""
        return self.line_problem(self.line(offset), message)

    def line_problem(self, line: int, message: str) -> Problem:
        """Return a problem on a line of the text."""
        return Problem(self.file, self.in_file(line), message)

    def in_file(self, line: int) -> int:
        """Return the line of the file where a line of the text stands."""
        return self.sources[line - 1] if self.sources else line

    def front_problem(self, message: str, *loc: str | int) -> Problem:
        """Return a problem with the value at `loc` of the front matter."""
        return Problem(self.file, self._front.line(loc), message)

    @cached_property
    def _front(self) -> Document:
        """The front matter, parsed again for its line numbers: few pages need them, but those may need many."""
        return parse(self.front, self.file, first_line=2)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def _spans(self) -> Spans:
        return read_spans(self.text)

    @property
    def calls(self) -> list[Call]:
        """The macro calls, in order."""
        return self._spans.calls

    @property
    def faults(self) -> list[tuple[int, str]]:
        """Faults in the syntax of macros, code and comments, as (offset, message)."""
        return [(start, message) for (start, _), message in self._spans.faults]

    @property
    def refused(self) -> list[Span]:
        """The spans that were meant for macros and are none; empty where only the offset is known."""
        return [span for span, _ in self._spans.faults]

    @cached_property
    def hidden(self) -> list[Span]:
        """The spans of code and comments, in which there is no macro."""
        return sorted([*self._spans.fences, *self._spans.comments, *self._spans.codes])

    @property
    def codes(self) -> list[Span]:
        """The spans of code within a line."""
        return self._spans.codes

    @property
    def fences(self) -> list[Span]:
        """The spans of fenced blocks of code."""
        return self._spans.fences

    @property
    def raws(self) -> list[tuple[int, int, int, int]]:
        """The raw blocks: begin of the block, begin of its content, end of its content, its end."""
        return self._spans.raws

    @property
    def comments(self) -> list[Span]:
        """The spans of comments, which no edition shows."""
        return self._spans.comments

    @cached_property
    def internal(self) -> list[Span]:
        """The spans of whole lines that a comment marks as not public, line ends included, in order."""
        found: list[Span] = []
        for start, end in self.comments:
            if INTERNAL.fullmatch(self.text, start, end):
                last = self.text.find("\n", end)
                found.append((self.text.rfind("\n", 0, start) + 1, last + 1 or len(self.text)))
        return found

    def rendered(
        self,
        macros: Mapping[str, Callable[..., str]],
        page: str,
        added: Iterable[tuple[int, int, str]] = (),
    ) -> str:
        """Return the text for the engine: without comments, each macro call replaced by its result.

        `macros` has a function for the name of each call. What a macro returns is not read again, nor
        what is put into the text besides: `added`, each with the offsets of what it stands for.
        Addresses are those that the page `page`, on which the text is shown, needs.
        """
        edits = [*added, *((*span, "") for span in self._spans.comments)]
        for begin, first, last, end in self._spans.raws:
            edits += [(begin, first, ""), (last, end, "")]
        edits += [
            (call.start, call.end, macros[call.name](*call.args, **dict(call.options)))
            for call in self.calls
        ]
        for link in self.links:
            to = replace(link.to, file=page) if link.to.file == self.path else link.to
            edits.append(link.rewritten(page, to, self.text))
        return replaced(self.text, edits).lstrip("\n")

    @cached_property
    def plain(self) -> str:
        """The text with code, comments, macro calls and the marks of raw blocks blanked out."""
        found = self._spans
        spans = [(call.start, call.end) for call in found.calls] + self.refused
        marks = [part for raw in found.raws for part in (raw[:2], raw[2:])]
        return fill(self.text, [*self.hidden, *marks, *spans])

    @cached_property
    def prose(self) -> str:
        """`plain` with link targets, tags, attributes, list and heading marks blanked out."""
        lists = [found.span() for found in _ATTRIBUTES.finditer(self.plain)]
        text = fill(self.plain, [*lists, *(link.unseen for link in self.links)])
        return fill(text, [found.span() for found in _NOT_PROSE.finditer(text)])

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings in order, with their explicit ids or those that Markdown gives them."""
        return [
            Heading(
                self._starts[token.map[0]],
                int(token.tag[1]),
                shown_text(inline).replace(MACRO, " ").strip(),
                str(token.attrs["id"]),
                token.meta[EXPLICIT],
            )
            for token, inline in pairwise(self.tokens)
            if token.type == "heading_open" and token.map
        ]

    @property
    def tokens(self) -> list[Token]:
        """What Markdown makes of the text, with `MACRO` for each macro call; the lines are those of the text."""
        return self._read_as_markdown[0]

    @cached_property
    def unused(self) -> list[Span]:
        """The spans of whole lines with definitions of links and notes that nothing on the page uses."""
        return joined(map(self._lines, self._read_as_markdown[1]))

    @cached_property
    def notes(self) -> list[tuple[str, Span]]:
        """The notes in order: the label of each, and the span of its lines."""
        return [
            (token.meta[LABEL], self._lines((token.map[0], token.map[1])))
            for token in self.tokens
            if token.type == NOTE and token.map
        ]

    def _lines(self, lines: tuple[int, int]) -> Span:
        """The span of the lines, from 0, from the first up to the other."""
        first, end = lines
        after = self._starts[end] if end < len(self._starts) else len(self.text)
        return self._starts[first], after

    @cached_property
    def leads_to(self) -> set[str]:
        """The pages and files that a reader of the page is led to or shown, by links and in HTML."""
        found: set[str] = set()
        for token in self.tokens:
            for one in (token, *(token.children or ())):
                if one.type in ("link_open", "image"):
                    written = str(one.attrs["src" if one.type == "image" else "href"])
                    found.add(read_address(self.path, written).file)
                elif one.type in ("html_block", "html_inline"):
                    links, _ = find_links(self.path, one.content, one.content, ())
                    found |= {link.to.file for link in links if link.form == "html"}
        return found

    @cached_property
    def _read_as_markdown(self) -> tuple[list[Token], list[tuple[int, int]]]:
        removed = [*self.comments, *(part for raw in self.raws for part in (raw[:2], raw[2:]))]
        spans = [(span, "") for span in removed]
        spans += [((call.start, call.end), MACRO) for call in self.calls]
        edits = [
            (start, end, instead + "\n" * self.text.count("\n", start, end))
            for (start, end), instead in spans
        ]
        return read_once(replaced(self.text, edits).rstrip("\n"))

    @cached_property
    def line_breaks(self) -> list[Span]:
        """The line breaks within paragraphs, with the spaces and the signs of quotes around them."""
        ends = {
            line
            for token in self.tokens
            if token.type == "inline" and token.map and "\n" in token.content
            for line in range(token.map[0], token.map[1] - 1)
        }
        found: list[Span] = []
        for line in sorted(ends):
            begin, end = self._starts[line], self._starts[line + 1] - 1
            shown = len(self.text[begin:end].rstrip(" \t"))
            after = _BREAK.match(self.text, end)
            found.append((begin + shown, after.end() if after else end))
        return found

    def heading_at(self, offset: int) -> Heading | None:
        """Return the last heading at or before `offset`, or None."""
        index = bisect_right(self._heading_starts, offset)
        return self.headings[index - 1] if index else None

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [heading.start for heading in self.headings]

    @cached_property
    def anchors(self) -> set[str]:
        """Every id on the page that a link may name, except those made by macros."""
        return {heading.id for heading in self.headings}.union(written_ids(self.tokens))

    @cached_property
    def _found_links(self) -> tuple[list[Link], list[int]]:
        shown = (child for token in self.tokens for child in token.children or ())
        labels = {one.meta[LABEL] for one in shown if one.type == "image" and LABEL in one.meta}
        return find_links(self.path, self.text, self.plain, labels)

    @property
    def links(self) -> list[Link]:
        """The links in order: Markdown links, pictures, definitions, `href` and `src` in HTML."""
        return self._found_links[0]

    @property
    def unread(self) -> list[int]:
        """The offsets of Markdown links written in a way that `links` does not read."""
        return self._found_links[1]


def read_page(raw: bytes, path: str, file: str, kinds: Kinds = MappingProxyType({})) -> Page:
    """Parse the page `path` of docs/ from its bytes; `file` is what messages call it.

    Its front matter is judged by the lists in `kinds`.
    Faults are in the page's `problems`; then its `meta` is None.
    """
    return _read_page(raw, path, file, page_model_of(path, kinds))


P = ParamSpec("P")
T = TypeVar("T")


class _Remembering(Protocol):
    """A page, or a record: what stays the same when the site is read again after an edit elsewhere."""

    @property
    def remembered(self) -> dict[object, tuple[object, object]]: ...


R = TypeVar("R", bound=_Remembering)


def once_each(find: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """Decorate `find`, a function of a page or a record and more: the result for the last `more` is stored with it.

    It must ask nothing else, since a page or a record that stays the same is kept when the site is read again.
    """

    @wraps(find)
    def remembered(one: R, *more: P.args, **named: P.kwargs) -> T:
        asked = more, named
        known = one.remembered.get(find)
        if known is None or known[0] != asked:
            known = one.remembered[find] = asked, find(one, *more, **named)
        return cast(T, known[1])

    return cast(Callable[Concatenate[R, P], T], remembered)


def read_page_once(raw: bytes, path: str, file: str, kinds: Kinds) -> Page:
    """The same, and the very page as before if one of the last `KEPT` was read from the same bytes.

    A process that reads a site before and after a change thus reads only the pages that differ.
    """
    return _kept_page(raw, path, file, page_model_of(path, kinds))


def page_model_of(path: str, kinds: Kinds) -> type[PageMeta]:
    """The model of the front matter of a page, with the labels of the lists of kinds."""
    return bound(page_model(path), kinds)


def _read_page(raw: bytes, path: str, file: str, model: type[PageMeta]) -> Page:
    page = Page(path, file)
    decoded = decode(raw, file, MAX_PAGE)
    page.problems = decoded.problems
    if decoded.content is None:
        page.known = False
        return page
    page.front, page.text = split_front_matter(decoded.content)
    if not page.front:
        rule = "页面须以前置信息开头，它的前后各有单独的一行 ---"
        message = f"{rule}；请改为三行：---、title: 页面标题、---，其下写正文"
        page.problems.append(Problem(file, 1, message))
        return page
    document = parse(page.front, file, first_line=2)
    meta = validate(model, document)
    page.meta = None if decoded.problems else meta
    page.problems += document.problems
    return page


_kept_page = lru_cache(maxsize=KEPT)(_read_page)
