"""The totals of a collection by year, counted as its figures are."""

from decimal import Decimal

from archive.facts.figures import count_records, is_declared_complete, select
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.collections import Collection, Total
from archive.schema.register import Counted, Period
from archive.schema.types import Model

Years = dict[int, list[Decimal]]
"""Year → its totals, in the order the collection defines them."""


def totals_by_year(collection: Collection, span: Period, records: list[Record[Model]]) -> Years:
    """Return the totals of each year within `span`, the earliest first."""
    dated: dict[int, list[Record[Model]]] = {}
    for record in select(_rule(Total("", "")), span, records):
        if record.day:
            dated.setdefault(record.day.year, []).append(record)
    return {
        year: [_sum(total, dated[year]) for total in collection.totals] for year in sorted(dated)
    }


def over_all(years: Years) -> list[Decimal]:
    """Return the totals of all years together."""
    return [sum(column, Decimal(0)) for column in zip(*years.values(), strict=True)]


def totals_span(site: Site, name: str) -> Period | None:
    """Return the period that a collection can be totalled for; None where it lacks records, or may."""
    if name in site.archive.partial:
        return None
    return is_declared_complete(site.values.values(), name)


def _sum(total: Total, records: list[Record[Model]]) -> Decimal:
    rule = _rule(total)
    return count_records(rule, select(rule, Period(kind="时期", start=None, end=None), records))


def _rule(total: Total) -> Counted:
    """The counting rule of a total, so that totals are counted the same way as figures."""
    how = "sum" if total.sums else "count"
    return Counted.model_validate(
        {"collection": "records", "measure": how, "field": total.sums, "where": dict(total.where)}
    )
