"""Find the figures and the masked names in a report that was brought as a file.

Numbers are those of `archive.checks.number_dress`: dates, editions and the text's own counts are none.
A mask of stars is a number where a unit follows it, or where it stands at the end of its clause after
what has a number (得分***); else it is a name. Numbers that a sentence tells of a time after the report
(到2030年) are targets and no figures.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from archive.checks.declared import STARS
from archive.checks.number_dress import typed_numbers
from archive.checks.number_frames import DURATION
from archive.checks.numerals import FOLD
from archive.editing.report import naming
from archive.editing.report.aligned import Cell, aligned_cells
from archive.editing.report.measuring import (
    FINANCIAL,
    Amount,
    Kind,
    amounts,
    joined,
    masked,
    sharing_units,
)
from archive.editing.report.numbers import Kind as NumberKind
from archive.editing.report.numbers import typed_number
from archive.editing.report.results import (
    is_plan,
    is_spoken,
    opens_plan,
    tells_result,
    tells_what_is,
)
from archive.facts import saying


@dataclass(frozen=True, slots=True)
class Find:
    """A figure, a masked name or an honour, at `start` to `end` of the text of that index.

    A figure's span holds its words of approximation, number and unit; its sign only if it is typed as one.
    """

    text: int
    start: int
    end: int
    kind: Kind
    number: str
    """The digits as written, or a mask."""
    value: Decimal | None
    """The value of `number`, below nought for what falls; None for a mask and for words such as 数十.

    With an approximation it is the round number that is written, not the exact value.
    """
    unit: str
    approximation: str
    """As the register writes it; empty for an exact number."""
    name: str
    """The proposed name of the indicator, empty if it is not sure, and for a name; of an honour its title."""
    period: saying.Period | None
    """The period that the sentence says, if it is another than the report's."""
    sentence: tuple[int, int]


_SENTENCE = re.compile(r"[^。!?\n]*[。!?\n]*")
_MASK = re.compile(r"(?<![*A-Za-z0-9])\*{1,12}(?:\.\*{1,12})?(?![*A-Za-z0-9])")
_NOT_A_NUMBER = re.compile(r"(?:最美|籍|“|《|姓|叫|名为|同志|[省市县区镇乡村][^\w]?)$")
_OF_A_DATE = re.compile(r"年(?![轻级])|月(?!饼)|[日号](?=[,。;、)至到\-—~上下前后起止召举,]|$)")
_WANTS_NUMBER = re.compile(
    r"(?:率|额|量|值|人口|得分|总分|分数|总数|GDP|排名|比重|占比|指数|数)(?:为|达到?|约|是|:|增长|下降|提高)?$|增长$|下降$"
)
_OF_SO_MANY = re.compile(
    r"[十百千]?[百千万亿](?:人|户|车|元|名|吨|台|公里)(?![以内多余次])[\u4e00-\u9fff]{2,8}[率数量额耗]"
    "|[十百千]?[百千万](?:人|户|名)(?=拥有|占有|平均)"
)
"""What something is counted by: 万车投诉率, 万台死亡率, 千人床位数, 万人拥有社工."""
_ORDINAL_UNITS = frozenset("届名位次")
_CLAUSE_ENDS = re.compile(r"\s*(?:[,。;、!?)\n]|$)")
_FAR = 160
"""How much of what stands before a number is looked at for its name."""
_JOINS = re.compile(r"[万亿千百个]?\s*(?:、|和|与|及|以及|,)\s*")
_REST = re.compile("^[万亿千百个](?=\\s*(?:、|和|与|及|或))")
"""What is left of the unit of a number that shares that of a later one: 3.1个、2.7个百分点."""
_LISTS = re.compile(r"\s*(?:、|和|与|及|以及)")


def find(texts: Sequence[str], start: date, end: date) -> list[Find]:
    """Return the figures and names of a report's paragraphs, in order; the days are its period."""
    found: list[Find] = []
    cells = {(one.text, one.start, one.end): one for one in aligned_cells(texts)}
    plan: NumberKind | None = None
    for at, text in enumerate(texts):
        heading = _heading(text)
        if heading and (plan is None or _ends(plan, heading)):
            plan = heading if is_plan(text.translate(FOLD)) else None
        found += (
            # A mask as it is written: one of wide asterisks is no mask that the program knows.
            replace(one, number=text[one.start : one.end])
            if one.kind == "name"
            else _in_cell(one, cells)
            for one in _in_text(at, text, (start, end), planned=plan is not None)
        )
    return found


def _in_cell(one: Find, cells: Mapping[tuple[int, int, int], Cell]) -> Find:
    """Return a find with the unit and the name that the heads of its table tell."""
    cell = cells.get((one.text, one.start, one.end))
    return replace(one, unit=one.unit or cell.unit, name=cell.name) if cell else one


def _heading(text: str) -> NumberKind | None:
    """The kind of a heading that is known by itself: short, no sentence; None for any other text."""
    if not 2 <= len(text.strip()) <= _HEADING_AT_MOST or _NO_HEADING.search(text):
        return None
    number = typed_number(text.lstrip())
    return number.kind if number else _UNNUMBERED


_HEADING_AT_MOST = 36
_NO_HEADING = re.compile(r"[。！？!?；;\d*]\s*$|\n")
_UNNUMBERED = NumberKind(99)
"""Of a heading without a number."""


def _ends(plan: NumberKind, heading: NumberKind) -> bool:
    """Return whether a heading stands where the section of another is over."""
    if _UNNUMBERED in (plan, heading):
        return plan == heading
    return heading <= plan


def left(texts: Sequence[str], finds: Iterable[Find], phrases: Sequence[str]) -> Iterator[Find]:
    """Yield the numbers and asterisks that the check asks for where nothing was found, such as targets.

    They have no names.
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    for known in finds:
        spans.setdefault(known.text, []).append((known.start, known.end))
    for at, text in enumerate(texts):
        folded = text.translate(FOLD)
        taken = bytearray(len(text) + 1)
        for start, end in spans.get(at, ()):
            taken[start:end] = b"1" * (end - start)
        sentences: list[tuple[int, int]] = []
        for one in _left(text, folded, phrases):
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"1" * (one.end - one.start)
                sentences = sentences or [*_sentences(folded)]
                index = bisect_right(sentences, (one.start, len(text))) - 1
                yield Find(
                    at, one.start, one.end, one.kind, one.number, one.value, one.unit, one.approximation,
                    "", None, sentences[index],
                )  # fmt: skip


def _left(text: str, folded: str, phrases: Sequence[str]) -> Iterator[Amount]:
    numeric = folded.translate(FINANCIAL)
    for typed in typed_numbers(text, phrases):
        yield from amounts(numeric, typed, text)
    for stars in STARS.finditer(text):
        yield Amount(*stars.span(), "name", stars[0])


def _sentences(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, white space around it left out."""
    for found in _SENTENCE.finditer(folded):
        if found[0]:
            lead = len(found[0]) - len(found[0].lstrip())
            yield found.start() + lead, found.start() + len(found[0].rstrip())


def _in_text(at: int, text: str, report: saying.Period, *, planned: bool) -> Iterator[Find]:
    folded = text.translate(FOLD)
    found = list(_amounts(text, folded))
    position = 0
    for match in _SENTENCE.finditer(folded):
        if match[0]:
            planned = planned or opens_plan(match[0])
            last = position
            while last < len(found) and found[last].start < match.end():
                last += 1
            if last > position:
                span = (
                    match.start() + len(match[0]) - len(match[0].lstrip()),
                    match.start() + len(match[0].rstrip()),
                )
                yield from _in_sentence(
                    at, folded, span, found[position:last], report, planned=planned
                )
            position = last


def _amounts(text: str, folded: str) -> Iterable[Amount]:
    """Return the numbers and the masked names of a text, in order."""
    first = len(folded) - len(folded.lstrip())
    masks = [
        one
        for match in _MASK.finditer(folded)
        # A text that begins with one star is a note.
        if (match.start() > first or len(match[0]) > 1) and (one := _mask(folded, match))
    ]
    plain = _MASK.sub(lambda match: "某" * len(match[0]), folded)
    numeric = plain.translate(FINANCIAL)
    numbers: list[Amount] = []
    for typed in joined(plain, typed_numbers(plain, ())):
        numbers += amounts(numeric, typed, text)
    done: list[Amount] = []
    for one in sorted([*masks, *numbers], key=lambda one: (one.start, "*" not in one.number)):
        beside = "*" not in one.number and "*" in folded[max(0, one.start - 1) : one.end + 1]
        if done and one.start < done[-1].end:
            if "*" not in one.number or "*" in done[-1].number:
                continue
            done.pop()  # what was read into a mask
        if not (beside and not one.unit) and not _OF_SO_MANY.match(folded, one.start):
            done.append(one)
    return sharing_units(folded, done)


def _mask(text: str, match: re.Match[str]) -> Amount | None:
    """Return what a mask stands for; None for one of a date."""
    start, end = match.span()
    before = text[max(0, start - 12) : start]
    if _OF_A_DATE.match(text, end) and not DURATION.search(before):
        return None
    number = masked(text, start)
    if number and number.unit:
        ranked = not before.endswith("第") or number.unit in _ORDINAL_UNITS
        if ranked and not _NOT_A_NUMBER.search(before) and number.unit not in ("级", "类", "型"):
            return number
    elif number and _CLAUSE_ENDS.match(text, number.end) and _WANTS_NUMBER.search(before):
        return number
    return Amount(start, end, "name", match[0])


def _in_sentence(
    at: int,
    text: str,
    span: tuple[int, int],
    found: Sequence[Amount],
    report: saying.Period,
    *,
    planned: bool,
) -> Iterator[Find]:
    said = list(saying.periods(text, span, report))
    names = _names(text, span, found)
    period, index = None, 0
    for amount, (name, falls) in zip(found, names, strict=True):
        while index < len(said) and said[index].at <= amount.start:
            period = said[index].period
            index += 1
        to_come = period is not None and period[0] > report[1]
        if amount.kind != "name" and (to_come or not tells_result(text, span, amount)):
            continue
        doubtful = planned and amount.kind == "figure" and "*" not in amount.number
        if doubtful and not tells_what_is(text, span, amount):
            continue
        value = amount.value
        if falls and value is not None and value > 0:
            value = -value
        yield Find(
            text=at,
            start=amount.start,
            end=amount.end,
            kind=amount.kind,
            number=amount.number,
            value=value,
            unit=amount.unit,
            approximation=amount.approximation,
            name="" if name and is_spoken(text, span, amount) else name,
            period=None if period == report or amount.kind == "name" else period,
            sentence=span,
        )


def _names(text: str, span: tuple[int, int], found: Sequence[Amount]) -> list[tuple[str, bool]]:
    """Return a name for each number of a sentence, and whether it falls."""
    context = naming.Context()
    named: list[tuple[str, bool]] = []
    numbers = [one for one in found if one.kind != "name"]
    made: dict[int, tuple[str, bool]] = {}
    index = 0
    last = span[0]
    while index < len(numbers):
        amount = numbers[index]
        gap = _REST.sub("", text[last : amount.start])
        if len(gap) > _FAR:
            gap = gap[-_FAR:].partition(",")[2]
        apart = index == 0 or not gap or not gap.lstrip()[:1].isalnum()
        if ";" in gap:
            context = naming.Context()
            gap = gap.rpartition(";")[2]
        run = _run(text, numbers, index) if "分别" in gap else 0
        if run == 1:
            context.forget()  # 分别下降2.2%和增长4.5%
        taken = naming.respective(gap, numbers[index : index + run], context) if run else None
        if taken is not None:
            for number, told in zip(numbers[index:], taken, strict=False):
                made[number.start] = told
            index += run
        else:
            stop = numbers[index + 1].start if index + 1 < len(numbers) else span[1]
            after = text[amount.end : min(stop, amount.end + 40)]
            if stop < amount.end + 40 and index + 1 < len(numbers):
                after += "0"  # what stands before the next number goes with that
            called, falls = naming.name(
                gap,
                after,
                amount,
                context,
                listed=bool(_LISTS.match(gap)) and index > 0,
                apart=apart,
            )
            if index and amount.unit == numbers[index - 1].unit and _JOINS.fullmatch(gap):
                falls = falls or made[numbers[index - 1].start][1]  # 下降12%、9%
            made[amount.start] = (called, falls)
            index += 1
        last = numbers[index - 1].end
    for one in found:
        named.append(made.get(one.start, ("", False)))
    return named


def _run(text: str, numbers: Sequence[Amount], index: int) -> int:
    """Return how many numbers follow one another with nothing but 、 or 和 between them."""
    end = index + 1
    while end < len(numbers) and _JOINS.fullmatch(text, numbers[end - 1].end, numbers[end].start):
        end += 1
    return end - index
