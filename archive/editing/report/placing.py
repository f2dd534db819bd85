"""Where something stands in a report: by its sentence, so that it is known again when the file is brought again.

A page that was written from a report says at each place what is decided of it: a macro there shows a figure
or a name. What is no figure stands as it was typed, and the report's record lists the words around it.
"""

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from markdown_it.token import Token

from archive.editing.report.finding import Find
from archive.editing.report.honour_finding import Spot
from archive.editing.report.standing import shown_by
from archive.facts.brought import letters
from archive.facts.site import Site
from archive.files.markdown import visible
from archive.files.pages import MACRO, Page
from archive.files.spans import Call

_SENTENCE_END = re.compile(r"[。！？!?]+")


class Place(NamedTuple):
    """A sentence, how much of it stands before, and what stands there: letters without white space."""

    sentence: str
    before: int
    text: str


def place(text: str, start: int, end: int) -> Place:
    """Return the place of what stands from `start` to `end` of a text."""
    ends = _sentence_ends(text)
    first = ends[bisect_right(ends, start) - 1]
    last = next((one for one in ends[bisect_right(ends, start) :] if one >= end), len(text))
    return Place(
        letters(text[first:last]), len(letters(text[first:start])), letters(text[start:end])
    )


@lru_cache(maxsize=64)
def _sentence_ends(text: str) -> Sequence[int]:
    return [0, *(found.end() for found in _SENTENCE_END.finditer(text))]


class Standing(NamedTuple):
    """A macro on a page, as it is written there, and what it shows: a figure by its key, a name or an honour by its id."""

    macro: str
    kind: str
    """The name of the macro: fig, name or honours, or change for what is worked out."""
    key: str
    """Empty for what is worked out."""
    text: str


@dataclass(slots=True)
class Remembered:
    """What the pages and the record of a report say of its places already."""

    typed: tuple[str, ...] = ()
    """Words with numbers that are no figures."""
    shown: dict[Place, deque[Standing]] = field(default_factory=lambda: defaultdict(deque))
    """Place → what stands there, in the order of the pages; by the page, and by its names as masks."""
    worked_out: dict[tuple[str, int], deque[Standing]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    """Sentence, and how much of it stands up to its end → a change that is worked out there: 下降5.2%."""
    honours: dict[Place, deque[Standing]] = field(default_factory=lambda: defaultdict(deque))
    """Place → the honour that stands there."""
    _taken: set[int] = field(default_factory=set)

    def honour(self, at: Place) -> Standing | None:
        """Return the honour that stands at a place, each once; None if none does."""
        there = self.honours.get(at)
        return there.popleft() if there else None

    def add(self, at: Place, standing: Standing) -> None:
        """Add what stands at a place."""
        if standing.kind == "honours":
            self.honours[at].append(standing)
        elif standing.key:
            self.shown[at].append(standing)
        else:
            self.worked_out[at.sentence, at.before + len(at.text)].append(standing)

    def standing(self, at: Place) -> Standing | None:
        """Return what stands at a place, each once; None if nothing does."""
        worked_out = self.worked_out.get((at.sentence, at.before + len(at.text)), deque())
        for there in (self.shown.get(at, deque()), worked_out):
            while there:
                one = there.popleft()
                if id(one) not in self._taken:
                    self._taken.add(id(one))
                    return one
        return None


def remembered(site: Site, report: str) -> Remembered:
    """Return what is decided of the places of a report; nothing if there is no such report."""
    there = site.archive.reports.get(report)
    if there is None:
        return Remembered()
    found = Remembered(there.typed)
    for page in site.archive.pages_of(report):
        for text, there_ in _texts(site, page):
            for start, end, standing in there_:
                found.add(place(text, start, end), standing)
            masked, places = _with_names_masked(site, text, there_)
            for (start, end), (_, _, standing) in zip(places, there_, strict=True):
                if masked != text:
                    found.add(place(masked, start, end), standing)
    return found


def _with_names_masked(
    site: Site, text: str, there: Sequence[tuple[int, int, Standing]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return a text of a page as the file had it before its names were known, and where its macros stand."""
    names = site.archive.unit.names if site.archive.unit else {}
    made, last = "", 0
    places: list[tuple[int, int]] = []
    for start, end, standing in there:
        shown = names[standing.key].mask if standing.kind == "name" else text[start:end]
        made += text[last:start]
        places.append((len(made), len(made) + len(shown)))
        made += shown
        last = end
    return made + text[last:], places


def texts_on_pages(site: Site, report: str) -> Iterator[tuple[str, str, Spot]]:
    """Yield the texts of the pages of a report as a reader sees them, each after the title of its page."""
    for page in site.archive.pages_of(report):
        title = page.meta.title if page.meta else page.path
        texts = (text for text, _ in _texts(site, page))
        yield from ((title, text, spot) for text, spot in zip(texts, _spots(page), strict=True))


def _spots(page: Page) -> Iterator[Spot]:
    """Yield where each text of a page stands."""
    table = row = column = 0
    kind = ""
    for token in page.tokens:
        if token.type == "inline":
            if kind in ("th_open", "td_open"):
                yield Spot("cell", table, row, column)
            else:
                yield Spot("heading" if kind == "heading_open" else "text")
        table += token.type == "table_open"
        row = 0 if token.type == "table_open" else row + (token.type == "tr_open")
        column = 0 if token.type == "tr_open" else column + (token.type in ("th_open", "td_open"))
        kind = token.type


def _texts(site: Site, page: Page) -> Iterator[tuple[str, list[tuple[int, int, Standing]]]]:
    """Yield the texts of a page as a reader sees them, each with the figures and names in it."""
    calls = iter(page.calls)
    for token in page.tokens:
        if token.type != "inline":
            continue
        text = ""
        there: list[tuple[int, int, Standing]] = []
        for number, part in enumerate("".join(map(_seen, token.children or ())).split(MACRO)):
            if number:
                call = next(calls)
                shown = shown_by(site, page, call)
                if shown and (call.name in ("fig", "name", "change") or _is_one_honour(call)):
                    macro = page.text[call.start : call.end]
                    standing = Standing(macro, call.name, _key(site, page, call), shown)
                    there.append((len(text), len(text) + len(shown), standing))
                text += shown
            text += part
        yield text, there


def _is_one_honour(call: Call) -> bool:
    return call.name == "honours" and len(call.args) == 1


def _seen(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else visible(token)


def _key(site: Site, page: Page, call: Call) -> str:
    """Return the key of the figure or the id of the name that a call shows; empty for what is worked out."""
    id_ = str(*call.args[:1])
    if call.name in ("name", "honours"):
        return id_
    period = str(dict(call.options).get("period", ""))
    value = site.value(id_, page.path, period) if call.name == "fig" else None
    return value.id if value else ""


_FAR = 300
"""How much on either side of what is no figure is remembered at most."""


def passage(text: str, find: Find, others: Iterable[Find]) -> str:
    """Return the words of the sentence around what is no figure, up to the `others` of the text on either side."""
    starts, ends = _edges(find, others)
    return text[max(starts) : min(ends)].strip()


def is_typed(text: str, find: Find, others: Iterable[Find], typed: Iterable[str]) -> bool:
    """Return whether words around a find are among the `typed`, whole as `passage` gives them."""
    starts, ends = _edges(find, others)
    for words in typed:
        at = text.find(words, max(0, find.end - len(words)), find.start + len(words))
        while at >= 0:
            last = at + len(words)
            begins = any(one <= at and not text[one:at].strip() for one in starts)
            if begins and any(last <= one and not text[last:one].strip() for one in ends):
                return True
            at = text.find(words, at + 1, find.start + len(words))
    return False


def _edges(find: Find, others: Iterable[Find]) -> tuple[set[int], set[int]]:
    """Return where the words around a find may begin and end."""
    first, last = find.sentence
    starts, ends = {max(first, find.start - _FAR)}, {min(last, find.end + _FAR)}
    for one in others:
        if one.end <= find.start:
            starts.add(max(one.end, min(starts)))
        elif one.start >= find.end:
            ends.add(min(one.start, max(ends)))
    return starts, ends
