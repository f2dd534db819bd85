"""The value of each figure, as an exact decimal, from the records; no files and no clock are read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from archive.facts.approximation import Approximation, parse
from archive.facts.gather import Archive, Record
from archive.facts.observations import indicator_of, period_of
from archive.schema.periods import period_name, spoken
from archive.schema.register import Counted, Figure, Period
from archive.schema.releases import ReportedFigure
from archive.schema.types import Model, yaml_text


class FigureState(StrEnum):
    """The state of a figure; the value is the word a reader sees."""

    UNFILLED = "未填报"
    PRELIMINARY = "初步"
    APPROVED = "核定"
    REVISED = "已修订"
    RETIRED = "停用"
    WITHHELD = "不公开"
    """In the public edition only."""

    @property
    def is_settled(self) -> bool:
        """Whether the value was approved, and stays unless it is revised."""
        return self in (FigureState.APPROVED, FigureState.REVISED)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of the register with its value.

    `exact` is the value the site may show, None while the figure is 未填报. `provisional_count` is the count
    over the records there are, complete or not, for editors only. Both are None for a figure entered
    by hand that has no value. `records` is how many records were counted, None if none are counted.

    In a redacted tree, which lacks the records, a counted figure carries its value beside its rule.
    """

    id: str
    figure: Figure
    exact: Decimal | None
    provisional_count: Decimal | None
    records: int | None
    state: FigureState

    @property
    def title(self) -> str:
        """The name of the indicator, with the reference period where there may be others."""
        name = period_of(self.id)
        return f"{self.figure.name}（{spoken(name)}）" if name else self.figure.name

    @property
    def indicator(self) -> str:
        """The id of the indicator."""
        return indicator_of(self.id)

    @property
    def reference_period(self) -> str:
        """The name of the reference period; empty if it has none, or its dates are not known."""
        return period_of(self.id) or period_name(self.figure.period)

    @property
    def number(self) -> str:
        """What is printed up to the unit: the number, the words of an approximation, or the mask."""
        mask = self.figure.mask or ""
        if self.figure.approximation:
            words = _approximation(self.figure)
            # The check reports words that are not understood; until then they are shown as written.
            return words.printed(self.exact, mask) if words else self.figure.approximation
        return mask if self.exact is None else format_decimal(self.exact, self.figure.decimals)

    @property
    def unit(self) -> str:
        """What is printed after `number`: the unit and the words behind it (人以上); nothing after 过半."""
        return around_unit(self.figure, "")[1]

    @property
    def shown(self) -> str:
        """What is shown but for the unit: 300, 近300, 300以上."""
        words = _approximation(self.figure)
        return self.number + (words.after if words else "")


def around_unit(figure: Figure, shown: str) -> tuple[str, str]:
    """Split what is shown but for the unit as it is printed: 300以上 → 300, 人以上."""
    words = _approximation(figure)
    after = words.after if words else ""
    unit = "" if words and words.says_unit else figure.unit
    return shown.removesuffix(after), unit + after


def _approximation(figure: Figure) -> Approximation | None:
    try:
        return parse(figure.approximation, figure.unit) if figure.approximation else None
    except ValueError:
        return None


def figure_values(archive: Archive) -> dict[str, Value]:
    """Return id → value for every figure of the register, in its order."""
    if archive.release and archive.edition == "internal":
        reported = archive.releases[archive.release].figures
        return {
            id_: as_reported(id_, figure, reported.get(id_))
            for id_, figure in archive.figures.items()
        }
    met = _Met(archive)
    return {id_: _value(archive, id_, figure, met) for id_, figure in archive.figures.items()}


@dataclass(slots=True)
class _Met:
    """The records that meet the conditions of a counting rule, looked for once: many figures share them."""

    archive: Archive
    found: dict[tuple[str, tuple[tuple[str, str], ...]], list[Record[Model]]] = field(
        default_factory=dict
    )

    def of(self, counted: Counted) -> list[Record[Model]]:
        """Return the records of the collection, of whatever day, that meet the conditions."""
        key = counted.collection, tuple(counted.where.items())
        if key not in self.found:
            self.found[key] = _meeting(counted, self.archive.records.get(counted.collection, []))
        return self.found[key]


def as_reported(id_: str, figure: Figure, reported: ReportedFigure | None) -> Value:
    """Return a figure as a release has it; 未填报 if it has not.

    What of it is public is not as it was: the register of today, `figure`, decides.
    """
    if reported is None:
        return Value(id_, figure, None, None, None, FigureState.UNFILLED)
    state, entry = FigureState(reported.state), narrowed(reported.entry, figure)
    return Value(id_, entry, reported.value, reported.running, reported.records, state)


def narrowed(then: Figure, now: Figure | None) -> Figure:
    """Return a figure of a release with what its entry of today says of who may see it; without one, nobody may.

    It counts people, or is part of another, if either says so.
    """
    if now is None:
        return then.model_copy(update={"disclosure": "内部"})
    people = now.counts_people and not then.counts_people
    return then.model_copy(
        update={
            "disclosure": then.disclosure if now.disclosure == "公开" else now.disclosure,
            "people": True if people else then.people,
            "part_of": then.part_of or now.part_of,
        }
    )


def _value(archive: Archive, id_: str, figure: Figure, met: _Met) -> Value:
    running, counted_records = figure.value, None
    exact = figure.value
    if figure.counted and archive.edition == "internal":
        chosen = _within(figure.period, met.of(figure.counted))
        running, counted_records = count_records(figure.counted, chosen), len(chosen)
        exact = running if is_complete(figure) else None
    return Value(id_, figure, exact, running, counted_records, _state(archive, figure, exact))


def select(
    counted: Counted, period: Period, records: Iterable[Record[Model]]
) -> list[Record[Model]]:
    """Return the records that a figure counts: within its period, conditions met.

    An end of the period without a date is open.
    """
    return _meeting(counted, _within(period, records))


def _meeting(counted: Counted, records: list[Record[Model]]) -> list[Record[Model]]:
    """Return the records that meet the conditions of a counting rule."""
    for name, wanted in counted.where.items():
        records = [one for one in records if yaml_text(getattr(one.data, name, None)) == wanted]
    return records


def _within(period: Period, records: Iterable[Record[Model]]) -> list[Record[Model]]:
    """Return the records whose day lies in the period; one without a day lies only in a period without dates."""
    if period.start is None and period.end is None:
        return list(records)
    first, last = period.start or date.min, period.end or date.max
    return [one for one in records if one.day is not None and first <= one.day <= last]


def count_records(counted: Counted, records: list[Record[Model]]) -> Decimal:
    """Return the number of records, the sum of a field over them, or how many distinct values it has."""
    if counted.measure == "count" or not counted.field:
        return Decimal(len(records))
    found = [getattr(record.data, counted.field, None) for record in records]
    if counted.measure == "distinct":
        return Decimal(len({value for value in found if value is not None}))
    numbers = (Decimal(value) for value in found if isinstance(value, int | Decimal))
    return sum(numbers, Decimal(0))


def is_complete(figure: Figure) -> bool:
    """Return whether a figure's period is dated and its records are declared complete to the end.

    What began before there were records is not.
    """
    period = figure.period
    if period.end is None or (period.kind == "时期" and period.start is None):
        return False
    if figure.complete_from and (period.start or period.end) < figure.complete_from:
        return False
    return figure.complete_through is not None and figure.complete_through >= period.end


def figures_counted_from(values: Iterable[Value], collection: str) -> list[Value]:
    """Return the figures counted from a collection, retired ones left out."""
    return [
        value
        for value in values
        if value.figure.counted
        and value.figure.counted.collection == collection
        and not value.figure.retired
    ]


def is_declared_complete(values: Iterable[Value], collection: str) -> Period | None:
    """Return the period for which all indicators counted from a collection are declared complete.

    None if one of them is not, or if their periods do not overlap; open at both ends if none is
    counted from the collection.
    """
    complete: dict[str, list[Period]] = defaultdict(list)
    for value in figures_counted_from(values, collection):
        periods = complete[indicator_of(value.id)]
        periods += [value.figure.period] if is_complete(value.figure) else []
    if not all(complete.values()):
        return None
    spans = [_last_stretch(periods) for periods in complete.values()]
    start = max((start for start, _ in spans if start), default=None)
    end = min((end for _, end in spans if end), default=None)
    return None if start and end and start > end else Period(kind="时期", start=start, end=end)


def _last_stretch(periods: list[Period]) -> tuple[date | None, date | None]:
    """Return the days from which and to which periods follow each other without a gap, up to the last."""
    latest = sorted(periods, key=lambda one: one.end or date.max, reverse=True)
    start, end = latest[0].start, latest[0].end
    for one in latest[1:]:
        if start is None or one.end is None or one.end < start - timedelta(days=1):
            break
        start = one.start and min(start, one.start)
    return start, end


def _state(archive: Archive, figure: Figure, exact: Decimal | None) -> FigureState:
    if archive.edition == "public" and figure.disclosure != "公开":
        return FigureState.WITHHELD
    if figure.retired:
        return FigureState.RETIRED
    if exact is None:
        return FigureState.UNFILLED
    if not figure.approved.date or figure.settled not in (None, exact):
        return FigureState.PRELIMINARY  # what changed since it was approved is approved no more
    return FigureState.REVISED if figure.revisions else FigureState.APPROVED


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return `value` rounded to that many decimals, halves to even (GB/T 8170—2008, 3.2)."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def format_decimal(value: Decimal, decimals: int) -> str:
    """Return the number as printed: rounded, with commas from five digits (GB/T 15835—2011, 5.1.3)."""
    number = rounded(value, decimals)
    return f"{number:,}" if abs(number) >= 10_000 else f"{number}"
