"""What the page of an indicator rests on: how it was reported, and the records it was counted from."""

from collections.abc import Iterator

from archive.facts.figures import FigureState, Value, select
from archive.facts.gather import Record
from archive.facts.listed import latest_first, row_anchor
from archive.facts.observations import anchor_of
from archive.facts.releases import ReportedValue, times_reported
from archive.facts.site import Site, once
from archive.schema.types import Model

MAX_RECORDS = 100
"""Most records that the page of an indicator lists."""


@once
def _by_indicator(site: Site) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for value in site.values.values():
        found.setdefault(value.indicator, []).append(value)
    return found


def observed_values(site: Site, id_: str) -> list[Value]:
    """Return the values of an indicator, in the order of the register."""
    return _by_indicator(site).get(id_, [])


def has_one_value(site: Site, id_: str) -> bool:
    """Return whether an indicator has one value only, recorded in its own entry."""
    return [value.id for value in observed_values(site, id_)] == [id_]


def reported_of(site: Site, id_: str) -> list[tuple[Value, ReportedValue]]:
    """Return each value of an indicator with each time it was reported, the latest first."""
    found = [
        (value, one)
        for value in observed_values(site, id_)
        for one in times_reported(site.archive, site.values, value.id)
    ]
    return sorted(found, key=lambda item: (item[1].release.date, item[1].name), reverse=True)


def counted_records(site: Site, id_: str) -> list[Record[Model]] | None:
    """Return the records that the current value of an indicator is counted from, the latest first.

    None if it is not counted, if its value is withheld, or if the site shows what was reported on
    another day, of which it has no records.
    """
    value = site.value(id_)
    if site.archive.release or value is None or value.figure.counted is None:
        return None
    if value.state is FigureState.WITHHELD:
        return None
    records = site.archive.records.get(value.figure.counted.collection, [])
    return latest_first(select(value.figure.counted, value.figure.period, records))


def page_anchors(site: Site, id_: str) -> Iterator[str]:
    """Yield the ids of all elements of the page of an indicator to which links may lead."""
    yield f"{id_}-places"
    if not has_one_value(site, id_):
        values = observed_values(site, id_)
        yield from [f"{id_}-periods"] if values else []
        yield from filter(None, (anchor_of(value.id) for value in values))
    if reported_of(site, id_):
        yield f"{id_}-reported"
    records = counted_records(site, id_)
    if records is not None:
        yield f"{id_}-records"
        yield from map(row_anchor, records[:MAX_RECORDS])
