"""Figures and names as they stand in the sentences of a report: one that is brought, one of the archive.

What the two are compared by is read from both in one way: numbers, names and years are blanked, numbers of
headings and lists left out. So a sentence with other numbers, at another place, is the same.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from archive.checks.numerals import FOLD
from archive.editing.report.brought import Brought
from archive.editing.report.finding import Find, find
from archive.editing.report.standing import (
    NAME,
    NUMBER,
    StandingText,
    brought_texts,
    label_of,
    page_texts,
    plain,
    without_number,
)
from archive.facts.observations import indicator_of
from archive.facts.saying import Period
from archive.facts.site import Site
from archive.files.spans import Call
from archive.schema.conversion import is_convertible, measure
from archive.schema.types import Span

HERE = "■"
"""What stands for what a mention is of."""
_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]*")
_CLAUSE = re.compile(r"[^,、:。!?;\n]*")
_COUNTED = re.compile(r"^[一二三四五六七八九十]{1,3}是")
"""What a sentence of a list begins with: 一是, 二是."""

RelativePeriod = tuple[int, int, int, int, int, int] | None
"""A period by its days, and by how many years its two ends are before the end of the report's; None for its own."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure or a name in its sentence; in a report of the archive with its id there."""

    kind: str
    """`figure` or `name`."""
    unit: str
    name: str
    """As it is proposed from the sentence; empty if that is not sure."""
    falls: bool
    period: RelativePeriod
    """As the sentence says it."""
    heading: str
    """The nearest heading above, without its number; of a cell the heads of its column and row as well."""
    paragraph: tuple[str, ...]
    """Its sentences."""
    at: int
    """Which of them it is in."""
    before: str
    """The sentence up to it."""
    after: str
    """The rest of its clause."""
    later: str
    """The sentence after its clause."""
    shown: str
    sentence: str
    """As it is written."""
    where: str = ""
    """Its file and line."""
    id: str = ""
    """Indicator or name."""
    key: str = ""
    """Key of its observation."""
    title: str = ""
    """The name of the indicator in the register."""
    call: str = ""
    """How the page has it worked out, if it is no value that is recorded."""

    @property
    def stands(self) -> str:
        """The sentence to the end of its clause."""
        return f"{self.before}{HERE}{self.after}"

    @property
    def earlier(self) -> tuple[str, ...]:
        """The sentences before it in its paragraph."""
        return self.paragraph[: self.at]

    @property
    def place(self) -> tuple[str, str]:
        """The label of a cell, and the sentence."""
        return self.label, self.paragraph[self.at]

    @property
    def label(self) -> str:
        """What stands above a cell and at the beginning of its row; empty elsewhere."""
        return label_of(self.heading)

    @property
    def clause(self) -> str:
        """The clause that it is in."""
        return f"{re.split('[,、:]', self.before)[-1]}{HERE}{self.after}"

    @property
    def said(self) -> str:
        """The whole sentence."""
        return self.stands + self.later


def relative(period: Span | Period | None, own: Span) -> RelativePeriod:
    """Return a period as it stands to that of its report."""
    if period is None or own.end is None:
        return None
    start, end = period if isinstance(period, tuple) else (period.start, period.end)
    end = end or own.end
    first, own_first = start or end, own.start or own.end
    # Of a reference date only the day counts.
    if end == own.end and (first == own_first or start is None):
        return None
    back = own.end.year
    return first.month, first.day, end.month, end.day, first.year - back, end.year - back


def brought_mentions(
    brought: Brought,
    texts: Sequence[str],
    finds: Sequence[Find],
    period: Span,
    doubtful: Container[Find] = (),
) -> list[Mention]:
    """Return a mention for each find of a report that is brought, in order; what is `doubtful` is text elsewhere."""
    made = list(brought_texts(brought))
    assert [one.written for one in made] == list(texts)
    by_text: dict[int, list[Find]] = {}
    for one in finds:
        there = by_text.setdefault(one.text, [])
        if one not in doubtful:
            there.append(one)
    whole = {at: _Blanked(made[at], there) for at, there in by_text.items()}
    return [whole[one.text].mention(one, one.start, one.end, period) for one in finds]


def sentences_of(
    brought: Brought, texts: Sequence[str], finds: Sequence[Find]
) -> frozenset[tuple[str, str]]:
    """Return the labels and sentences of a report that is brought, as `Mention.place` has them."""
    by_text: dict[int, list[Find]] = {}
    for one in finds:
        by_text.setdefault(one.text, []).append(one)
    made = enumerate(brought_texts(brought))
    return frozenset(
        (label_of(text.heading), one)
        for at, text in made
        for one in _Blanked(text, by_text.get(at, [])).said
    )


def mentions_of(site: Site, report: str) -> list[Mention]:
    """Return the figures and names that a report of the archive shows, in order."""
    texts = [text for page in site.archive.pages_of(report) for text in page_texts(site, page)]
    period = site.archive.reports[report].period
    end = period.end or date.max
    by_text: dict[int, list[Find]] = {}
    for one in find([text.written for text in texts], period.start or end, end):
        by_text.setdefault(one.text, []).append(one)
    found: list[Mention] = []
    for at, text in enumerate(texts):
        there = by_text.get(at, [])
        blanked = _Blanked(text, there) if text.calls else None
        for start, end_, call in text.calls:
            if not blanked or not call.args:
                continue
            read = next((it for it in there if it.start < end_ and start < it.end), None)
            if call.name in ("fig", "name"):
                place = (read.start, read.end) if read else (start, end_)
                mention = blanked.mention(read, *place, period)
                shown = replace(mention, shown=text.written[start:end_])
                found += _called(site, report, call, shown)
            elif call.name == "change" and read:
                mention = blanked.mention(read, read.start, read.end, period)
                found.append(replace(mention, id=str(call.args[0]), call=text.page_text[call.start : call.end]))  # fmt: skip
    return found


def _called(site: Site, report: str, call: Call, mention: Mention) -> Iterator[Mention]:
    """A mention with what its call is of, if that is in the archive."""
    id_, options = str(call.args[0]), dict(call.options)
    if call.name == "name":
        if site.archive.unit and id_ in site.archive.unit.names:
            yield replace(mention, kind="name", unit="", id=id_)
        return
    key = site.archive.figure_key(id_, report, str(options.get("period", "")))
    if key in site.values:
        figure = site.values[key].figure
        id_ = indicator_of(key)
        # A page may show a value in another unit of its measure.
        unit = mention.unit if is_convertible(mention.unit, figure.unit) else figure.unit
        yield replace(mention, kind="figure", unit=unit, id=id_, key=key, title=figure.name)


class _Blanked:
    """A text of which the numbers and names are known; what is not found as one is text, in both reports."""

    def __init__(self, text: StandingText, finds: Iterable[Find]) -> None:
        self._text = text
        self._folded = text.written.translate(FOLD)
        if text.one_line:
            self._folded = self._folded.replace("\n", " ")
        # The unit stays, or that of its measure: 第8届 is no number, and has it too.
        self._spans = sorted((one.start, one.end, NAME if one.kind == "name" else NUMBER + measure(one.unit)[0]) for one in finds)  # fmt: skip
        self._starts = [start for start, _, _ in self._spans]
        self._plain = cache(lambda start, end: plain(self._folded[start:end]))
        """What stands between two finds is around each find of the sentence."""
        self._sentences = [one.span() for one in _SENTENCE.finditer(self._folded) if one[0]]
        self.said = tuple(self._sentence(*one) for one in self._sentences)

    def mention(self, read: Find | None, start: int, end: int, own: Span) -> Mention:
        """The mention of what stands at `start` to `end`, which was `read` as that."""
        at = next((n for n, (a, b) in enumerate(self._sentences) if a <= start < b), 0)
        first, last = self._sentences[at]
        last = max(last, end)
        begin = self._begin(first, start)
        clause = _CLAUSE.match(self._folded, end, last)
        middle = clause.end() if clause else end
        return Mention(
            kind="name" if read and read.kind == "name" else "figure",
            unit=read.unit if read and read.kind != "name" else "",
            name=read.name if read else "",
            falls=bool(read and read.value is not None and read.value < 0),
            period=relative(read.period if read else None, own),
            heading=self._text.heading,
            paragraph=self.said,
            at=at,
            before=_COUNTED.sub("", self._blank(begin, start)),
            after=self._blank(end, middle),
            later=self._blank(middle, last),
            shown=self._text.written[start:end],
            sentence=self._text.written[begin:last].strip(),
            where=self._text.where,
        )

    def _begin(self, first: int, start: int) -> int:
        """Where a sentence begins, the number of an item or a heading left out."""
        begin = first
        while begin < start and self._folded[begin].isspace():
            begin += 1
        if begin == 0 or self._folded[first - 1 : first] == "\n":
            whole = self._folded[begin:start]
            begin += len(whole) - len(without_number(whole))
        return begin

    def _sentence(self, first: int, last: int) -> str:
        return _COUNTED.sub("", self._blank(self._begin(first, last), last))

    def _blank(self, start: int, end: int) -> str:
        pieces, at = [], start
        within = slice(bisect_left(self._starts, start), bisect_left(self._starts, end))
        for first, last, sign in self._spans[within]:
            if first >= at and last <= end:
                pieces += [self._plain(at, first), sign]
                at = last
        return "".join([*pieces, self._plain(at, end)])
