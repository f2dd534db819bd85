"""A report at a glance: its figures with their years, the honours, and what each sub-section shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.facts.changes import Change
from archive.facts.figures import FigureState, Value
from archive.facts.gather import Record
from archive.facts.honours import newest_first
from archive.facts.indicator import observed_values
from archive.facts.observations import series
from archive.facts.reported import shown_in_report
from archive.facts.site import Site
from archive.facts.standing import MOST_HEADLINES, honours_in_force
from archive.files.pages import Heading
from archive.schema.honours import Honour
from archive.schema.reports import Report, ReportPage

MOST_YEARS = 5
"""Most years that a chart shows, the latest."""

_BEHIND = ("records/", "examples/", "regulations/")
"""Folders of the pages that a sub-section without figures lists instead."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure as the report shows it, and its years in order; without at least two there are none."""

    value: Value
    years: tuple[Value, ...]

    @property
    def change(self) -> Change | None:
        """How the last year differs from the year before; None if one of the two is not there."""
        if len(self.years) < 2:
            return None
        before, now = self.years[-2:]
        return Change(now, before, "") if _year(now) == _year(before) + 1 else None


@dataclass(frozen=True, slots=True)
class Card:
    """A sub-section: its figures, or the titles of the pages that it links to by their paths."""

    heading: Heading
    figures: tuple[Value, ...]
    behind: dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a report: its title, the figures before its sub-sections, and these."""

    entry: ReportPage
    title: str
    figures: tuple[Value, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """What is shown of one or several reports."""

    reports: tuple[Report, ...]
    headlines: tuple[Headline, ...]
    honours: tuple[Record[Honour], ...]
    """Those in force, then those that the reports name and that are not, or of which it is not known."""
    parts: tuple[Part, ...]


def glance_of(site: Site, ids: Sequence[str]) -> Glance:
    """Return what is shown of the reports named, of the current one if none is."""
    named = ids or list(site.archive.reports)[:1]
    reports = {id_: site.archive.reports[id_] for id_ in named}
    pages = {one.page for report in reports.values() for one in report.pages}
    held = honours_in_force(site)
    told = {
        id_ for id_, places in site.honoured.items() if any(one.page in pages for one in places)
    }
    others = [
        one for one in newest_first(site.archive.of(Honour)) if one.id in told and one not in held
    ]
    parts = tuple(
        _part(site, id_, one)
        for id_, report in reports.items()
        for one in report.pages
        if one.page in site.archive.pages
    )
    headlines = tuple(_headlines(site, reports))[:MOST_HEADLINES]
    return Glance(tuple(reports.values()), headlines, (*held, *others), parts)


def _part(site: Site, id_: str, one: ReportPage) -> Part:
    own = site.archive.pages[one.page]
    cards = []
    for heading in own.headings:
        if heading.level == 2:
            figures = _figures(site, id_, one.page, heading.id)
            behind = {} if figures else dict(_behind(site, one.page, heading.id))
            cards.append(Card(heading, figures, behind))
    title = own.meta.title if own.meta else one.page
    return Part(one, title, _figures(site, id_, one.page, ""), tuple(cards))


def _figures(site: Site, id_: str, page: str, anchor: str) -> tuple[Value, ...]:
    """The figures in a sub-section of a page, or before the first one if `anchor` is empty."""
    return tuple(
        shown_in_report(site, value, id_)
        for key, value in site.values.items()
        if any(
            place.page == page and (place.anchor if place.heading else "") == anchor
            for place in site.places.get(key, [])
        )
    )


def _behind(site: Site, page: str, anchor: str) -> Iterator[tuple[str, str]]:
    """The records, examples and regulations that a sub-section links to: path and title."""
    for target, places in site.citations.items():
        if (
            target.startswith(_BEHIND)
            and not target.endswith("/index.md")
            and any((place.page, place.anchor) == (page, anchor) for place in places)
            and (meta := site.archive.pages[target].meta)
        ):
            yield target, meta.title


def _headlines(site: Site, reports: dict[str, Report]) -> Iterator[Headline]:
    """The figures of the reports that have a number: those that the archive names for its front page first.

    Then those with years. A place in an order, such as the second, is no quantity and never among them.
    """
    unit = site.archive.unit
    named = list(unit.headlines) if unit else []
    found: dict[str, Headline] = {}
    for id_, report in reports.items():
        for key, value in site.values.items():
            inside = any(place.page in report.paths for place in site.places.get(key, []))
            shown = shown_in_report(site, value, id_) if inside else None
            if shown is None or value.indicator in site.ordinals or value.indicator in found:
                continue
            if shown.exact is not None and shown.state is not FigureState.RETIRED:
                found[value.indicator] = Headline(shown, _years(site, id_, value))
    order = {id_: at for at, id_ in enumerate(named)}
    yield from sorted(
        found.values(),
        key=lambda one: (order.get(one.value.indicator, len(order)), not one.years),
    )


def _years(site: Site, id_: str, value: Value) -> tuple[Value, ...]:
    """The values of an indicator year by year up to the end of a report, as it shows them."""
    end = site.archive.reports[id_].period.end
    yearly = {
        one.id: one
        for one in observed_values(site, value.indicator)
        if one.reference_period.isdecimal() and not (end and _year(one) > end.year)
    }
    stretches = [
        [shown_in_report(site, yearly[key], id_) for key in stretch if key in yearly]
        for stretch in series(site.archive.figures, value.indicator)
    ]
    latest = next((found for found in reversed(stretches) if found), [])
    known = [one for one in latest if one.exact is not None]
    return tuple(known[-MOST_YEARS:]) if len(known) > 1 else ()


def _year(value: Value) -> int:
    return int(value.reference_period)
