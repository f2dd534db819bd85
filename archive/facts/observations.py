"""The observations of each indicator: which there are, and which one a report means."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from archive.schema.fields import fields
from archive.schema.periods import before, named_span, period_name, year_before
from archive.schema.register import MARK, Figure, Indicator, Observation, Period
from archive.schema.reports import Report
from archive.schema.types import Span

MASK = "***"
"""The mask of an observation that is still to be recorded, where its indicator has none."""

OUTSIDE = ""
"""Stands for the id of a report on pages that are part of none: they mean the current one."""


@dataclass(slots=True)
class Register:
    """The entries of the register as they are written; entries that are not valid are left out."""

    indicators: dict[str, Figure] = field(default_factory=dict)
    """Indicator → its entry, which may hold an observation too: the one whose key is the same."""
    observations: dict[str, Observation] = field(default_factory=dict)
    """Key → an observation in an entry of its own."""
    derived: dict[str, Figure] = field(default_factory=dict)
    """Key → an observation with its indicator, as a derived tree holds it."""


def indicator_of(key: str) -> str:
    """Return the id of the indicator of an observation."""
    return key.partition(MARK)[0]


INDICATORS = "indicators/"
"""The folder of the pages that the program makes, one of each indicator."""


def indicator_page(key: str) -> str:
    """Return the page of the indicator of an observation, as a path in docs/."""
    return f"{INDICATORS}{indicator_of(key)}.md"


def anchor_of(key: str) -> str:
    """Return the anchor of an observation on the page of its indicator; empty where it is the only one."""
    return key if period_of(key) else ""


def target_of(key: str) -> str:
    """Return the address of an observation from docs/: the page of its indicator, with its anchor."""
    anchor = anchor_of(key)
    return f"{indicator_page(key)}#{anchor}" if anchor else indicator_page(key)


def period_of(key: str) -> str:
    """Return the name of the reference period in the key of an observation; empty if it has none."""
    return key.partition(MARK)[2]


def keys_of(figures: Iterable[str], id_: str) -> Iterator[str]:
    """Yield the keys of the observations of an indicator, in their order."""
    return (key for key in figures if indicator_of(key) == id_)


def observed(
    register: Register, reports: Mapping[str, Report], used: Callable[[str], Iterable[str]]
) -> dict[str, Figure]:
    """Return key → observation with its indicator, indicator by indicator, long periods first, then in time.

    A counted indicator has an observation for the period of each report as well; any indicator has one
    for the period of a report that uses it, so that what is still to be filled in is told. `used`
    returns the indicators whose figures a report shows.
    """
    by_indicator: dict[str, dict[str, Figure]] = defaultdict(dict)
    for id_, entry in register.indicators.items():
        by_indicator[id_] = {} if isinstance(entry, Indicator) else {id_: entry}
    for key, one in register.observations.items():
        indicator = register.indicators.get(indicator_of(key))
        if indicator:
            by_indicator[indicator_of(key)][key] = _joined(indicator, one, key)
    for key, figure in register.derived.items():
        by_indicator[indicator_of(key)][key] = figure
    for report_id, report in reports.items():
        shown = set(used(report_id))
        for id_, indicator in register.indicators.items():
            key = f"{id_}{MARK}{due_name(report_id, report)}"
            found = by_indicator[id_]
            if not indicator.retired and _is_due(indicator, report.period, found, id_ in shown):
                start = report.period.start if indicator.period.kind == "时期" else None
                span = Span(start=start, end=report.period.end)
                blank = _joined(indicator, Observation(period=span), key)
                found[key] = blank.model_copy(update={"mask": indicator.mask or MASK})
    figures = {
        key: figure
        for found in by_indicator.values()
        for key, figure in sorted(found.items(), key=lambda item: _in_time(item[1].period))
    }
    return {key: _with_whole(figures, key) for key in figures}


def due_name(id_: str, report: Report) -> str:
    """Return what the period of a report is called in the keys of the observations that it asks for."""
    return period_name(report.period) or id_


def _joined(indicator: Figure, one: Observation, key: str) -> Figure:
    span = named_span(period_of(key)) or one.period or Span(start=None, end=None)
    kind = indicator.period.kind
    written = kind == "时期" or (one.period and one.period.start)
    start = span.start if written else None  # a start of a reference date is a fault, to be told
    own = {name: getattr(one, name) for name in fields(Observation)}
    kept = ("definition", "method", "source", "complete_through")
    joined = dict(indicator) | {
        name: value for name, value in own.items() if value is not None or name not in kept
    }
    joined["period"] = Period(kind=kind, start=start, end=span.end)
    return Figure.model_construct(**joined)


def _is_due(indicator: Figure, span: Span, found: Mapping[str, Figure], shown: bool) -> bool:
    """Whether an indicator has to have an observation for the period of a report.

    One whose dates are not known yet may be it.
    """
    if any(one.period.end is None for one in found.values()):
        return False
    declared = indicator.counted and span.start and span.end
    if declared and not any(_lasts(one.period, span) for one in found.values()):
        return True
    return shown and not any(_lies_in(one.period, span) for one in found.values())


def _lies_in(period: Period, span: Span) -> bool:
    """Whether a period lies in a span; of a reference date only the day counts."""
    if period.kind == "时点":
        period = Period(kind="时点", start=period.end, end=period.end)
    return period.lies_in(Period(kind=period.kind, start=span.start, end=span.end))


def _in_time(period: Period) -> tuple[int, date]:
    return -months(period), period.end or date.max


def months(period: Period) -> int:
    """How long a period is, in months of 30.4 days; 0 for a reference date or a day."""
    if period.kind == "时点" or period.end is None or period.start is None:
        return 0
    return round((period.end - period.start).days / 30.4)


def _with_whole(figures: Mapping[str, Figure], key: str) -> Figure:
    """The observation, its whole named by the key of the observation of the same period."""
    figure = figures[key]
    whole = figure.part_of
    if not whole or MARK in whole:
        return figure
    found = _of_same_period(figures, whole, figure) or whole
    return figure if found == whole else figure.model_copy(update={"part_of": found})


def meant(
    figures: Mapping[str, Figure], reports: Mapping[str, Report]
) -> dict[tuple[str, str], str]:
    """Return report and indicator → the key of the observation that the report means.

    It is the one for the period of the report; else the latest one within it, of two that end on one
    day the longer; else one whose dates are not known yet. Outside of the reports it is that of the current one; else the latest of all.
    """
    by_indicator: dict[str, list[tuple[str, Period]]] = defaultdict(list)
    for key, figure in figures.items():
        by_indicator[indicator_of(key)].append((key, figure.period))
    spans = {id_: report.period for id_, report in reports.items()}
    current = next(iter(spans.values()), Span(start=None, end=None))
    found: dict[tuple[str, str], str] = {}
    for id_, periods in by_indicator.items():
        for report_id, span in [*spans.items(), (OUTSIDE, current)]:
            key = _best(periods, span)
            if key or report_id == OUTSIDE:
                found[report_id, id_] = key or _latest(periods)
    return found


def rivals(figures: Mapping[str, Figure], key: str, span: Span) -> list[str]:
    """Return the keys of the observations within a span of which `key` is the latest, but not alone.

    Empty if it is the one for the whole span, or if the dates that it says are those of a stock.
    """
    if figures[key].period.kind == "时点" or _lasts(figures[key].period, span):
        return []
    periods = {other: figures[other].period for other in keys_of(figures, indicator_of(key))}
    within = {other: one for other, one in periods.items() if _lies_in(one, span)}
    return list(within) if len({(one.start, one.end) for one in within.values()}) > 1 else []


def _best(periods: list[tuple[str, Period]], span: Span) -> str:
    within = [(key, one) for key, one in periods if _lies_in(one, span)]
    for key, one in within:
        if _lasts(one, span):
            return key
    undated = [key for key, one in periods if one.end is None]
    return _latest(within) if within else next(iter(undated), "")


def _latest(periods: list[tuple[str, Period]]) -> str:
    def rank(item: tuple[str, Period]) -> tuple[date, int]:
        _, one = item
        return one.end or date.max, -(one.start or date.min).toordinal()

    return max(periods, key=rank)[0]


def series(figures: Mapping[str, Figure], id_: str) -> Iterator[list[str]]:
    """Yield the keys of an indicator's observations in stretches, those of long periods first.

    A stretch is of periods of one length and of one definition: where the definition or the method
    changes, what comes after cannot be compared with what was before.
    """
    stretch: list[str] = []
    for key in keys_of(figures, id_):
        last = figures[stretch[-1]] if stretch else figures[key]
        if months(last.period) != months(figures[key].period) or not comparable(last, figures[key]):
            yield stretch
            stretch = []
        stretch.append(key)
    if stretch:
        yield stretch


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two observations are of one definition, method and unit."""
    return (one.definition, one.method, one.unit) == (other.definition, other.method, other.unit)


def counterpart(key: str, figure: Figure, others: Mapping[str, Figure]) -> str:
    """Return the key of the same observation in another register; empty if it is not there.

    It may have another key there: that of its indicator alone.
    """
    if key in others:
        return key
    if figure.period.end is None:
        return ""
    return _of_same_period(others, indicator_of(key), figure)


def _of_same_period(figures: Mapping[str, Figure], id_: str, figure: Figure) -> str:
    same = (key for key in keys_of(figures, id_) if figures[key].period == figure.period)
    return next(same, "")


def of_period(figures: Mapping[str, Figure], id_: str, name: str) -> str:
    """Return the key of an indicator's observation for a named period; empty if there is none."""
    span = named_span(name)
    own = (key for key in keys_of(figures, id_) if span and _lasts(figures[key].period, span))
    return next(own, "")


def span_before(key: str, period: Period) -> Span | None:
    """Return the days that an observation is compared with, unless others are named; None if it has no name.

    They are the same half-year, quarter, month or day of the year before; else the period of the same
    length right before.
    """
    span = named_span(period_of(key)) or Span(start=period.start, end=period.end)
    return year_before(span) or before(span)


def base(figures: Mapping[str, Figure], key: str, against: str = "") -> str:
    """Return the key of the observation that a change is reckoned from; empty if it is not there.

    It is that of the period `against`; else that of `span_before`; for periods without a name, the last
    that ended before this one began.
    """
    others = keys_of(figures, indicator_of(key))
    own = {other: figures[other].period for other in others if other != key}
    if against:
        named = f"{indicator_of(key)}{MARK}{against}"
        return named if named in own else of_period(figures, indicator_of(key), against)
    period = figures[key].period
    wanted = span_before(key, period)
    if wanted:
        return next((other for other, one in own.items() if _lasts(one, wanted)), "")
    began = period.start or period.end
    earlier = [(other, one) for other, one in own.items() if began and one.end and one.end < began]
    return _latest(earlier) if earlier else ""


def _lasts(period: Period, span: Span) -> bool:
    """Whether a period is a span of days; of a reference date only the day counts."""
    return period.end == span.end and (period.kind == "时点" or period.start == span.start)
