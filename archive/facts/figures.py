"""Records → the value of each figure. Exact decimals; no reading, no formatting for a page, no today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from archive.facts.approximation import parse
from archive.facts.gather import Archive, Record
from archive.schema.register import Counted, Figure, Period
from archive.schema.releases import Reported
from archive.schema.types import Model, written


class State(StrEnum):
    """How far a figure has come; the word a reader sees."""

    UNFILLED = "未填报"
    PRELIMINARY = "初步"
    APPROVED = "核定"
    REVISED = "已修订"
    RETIRED = "停用"
    WITHHELD = "不公开"
    """In the public edition alone."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of the register with its value.

    `exact` is what the site may show, None while the figure is 未填报. `running` is the count over
    the records there are, complete or not, for editors only; both None for a figure entered by hand
    that has no value. `records` is how many records were counted.

    A redacted tree has the value of a counted figure beside its rule, for it has not the records.
    """

    id: str
    figure: Figure
    exact: Decimal | None
    running: Decimal | None
    records: int | None
    state: State

    @property
    def number(self) -> str:
        """What stands before the unit: number, words of an approximation, or mask."""
        mask = self.figure.mask or ""
        if self.figure.approximation:
            try:
                return parse(self.figure.approximation).words(self.exact, mask)
            except (
                ValueError
            ):  # words the check reports; until they are mended they stand as they are
                return self.figure.approximation
        return mask if self.exact is None else printed(self.exact, self.figure.decimals)


def evaluate(archive: Archive) -> dict[str, Value]:
    """The value of every figure of the register, in its order."""
    if archive.release and not archive.public:
        told = archive.releases[archive.release].figures
        return {id_: _as_reported(id_, it, told.get(id_)) for id_, it in archive.figures.items()}
    return {id_: _value(archive, id_, figure) for id_, figure in archive.figures.items()}


def _as_reported(id_: str, figure: Figure, told: Reported | None) -> Value:
    if told is None:
        return Value(id_, figure, None, None, None, State.UNFILLED)
    return Value(id_, told.entry, told.value, told.running, told.records, State(told.state))


def _value(archive: Archive, id_: str, figure: Figure) -> Value:
    running, counted_records = figure.value, None
    exact = figure.value
    if figure.counted and not archive.public:
        records = archive.records.get(figure.counted.collection, [])
        chosen = select(figure.counted, figure.period, records)
        running, counted_records = measure(figure.counted, chosen), len(chosen)
        exact = running if is_complete(figure) else None
    return Value(id_, figure, exact, running, counted_records, _state(archive, figure, exact))


def select(
    counted: Counted, period: Period, records: Iterable[Record[Model]]
) -> list[Record[Model]]:
    """The records a figure counts: inside its period as far as that is dated, conditions met."""
    where = counted.where.items()
    return [
        record
        for record in records
        if _within(period, record.day)
        and all(written(getattr(record.data, name, None)) == wanted for name, wanted in where)
    ]


def _within(period: Period, day: date | None) -> bool:
    """Whether the day lies in the period as far as that is dated; of no known day, not in a dated one."""
    if day is None:
        return period.start is None and period.end is None
    return (period.start is None or day >= period.start) and (
        period.end is None or day <= period.end
    )


def measure(counted: Counted, records: list[Record[Model]]) -> Decimal:
    """How many records there are, the sum of a field over them, or how many values it takes."""
    if counted.measure == "count" or not counted.field:
        return Decimal(len(records))
    found = [getattr(record.data, counted.field, None) for record in records]
    if counted.measure == "distinct":
        return Decimal(len({value for value in found if value is not None}))
    numbers = (Decimal(value) for value in found if isinstance(value, int | Decimal))
    return sum(numbers, Decimal(0))


def is_complete(figure: Figure) -> bool:
    """Whether the records are declared complete up to the end of a period that is dated."""
    period = figure.period
    if period.end is None or (period.kind == "时期" and period.start is None):
        return False
    return figure.complete_through is not None and figure.complete_through >= period.end


def counted_from(values: Iterable[Value], collection: str) -> list[Value]:
    """The figures still in use that are counted from a collection."""
    return [
        value
        for value in values
        if value.figure.counted
        and value.figure.counted.collection == collection
        and not value.figure.retired
    ]


def declared(values: Iterable[Value], collection: str) -> Period | None:
    """The time for which all figures counted from a collection have their records declared complete.

    None as long as one of them has not; open at both ends where no figure is counted from it.
    """
    figures = [value.figure for value in counted_from(values, collection)]
    if not all(map(is_complete, figures)):
        return None
    start = max((f.period.start for f in figures if f.period.start), default=None)
    end = min((f.period.end for f in figures if f.period.end), default=None)
    return None if start and end and start > end else Period(kind="时期", start=start, end=end)


def _state(archive: Archive, figure: Figure, exact: Decimal | None) -> State:
    if archive.public and figure.disclosure != "公开":
        return State.WITHHELD
    if figure.retired:
        return State.RETIRED
    if exact is None:
        return State.UNFILLED
    if not figure.approved.date:
        return State.PRELIMINARY
    return State.REVISED if figure.revisions else State.APPROVED


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` to that many decimals, halves to even (GB/T 8170—2008, 3.2)."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def printed(value: Decimal, decimals: int) -> str:
    """The number as printed: rounded, grouped by commas from five digits (GB/T 15835—2011, 5.1.3)."""
    number = rounded(value, decimals)
    return f"{number:,}" if abs(number) >= 10_000 else f"{number}"
