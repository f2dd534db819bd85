"""The second sheet of a ledger's workbook: the totals by year that its page shows, or why there are none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.facts.site import Site
from archive.facts.tables import TO_SUM, DataTable, marked
from archive.facts.totals import Years, over_all, totals_by_year, totals_span
from archive.render.totals import UNDECLARED, total_heads, totals_note
from archive.schema.collections import Collection
from archive.schema.columns import Column

_LABEL, _ALL = "合计", "各年合计"
_PARTIAL = "本文件只有公开的记录，故不列合计；由本台账计算的指标仍按全部记录计算。"
_OUTSIDE = "这一年不在宣布齐全的时期内，不列合计。"


@dataclass(frozen=True, slots=True)
class TotalsSheet:
    """The totals as a table, without columns if there are none, and what is said below them."""

    table: DataTable
    notes: tuple[str, ...]


def totals_sheets(site: Site, name: str) -> Callable[[int], TotalsSheet | None]:
    """A function that returns the totals of one year of a table, or for 0 of all.

    None if the table is no ledger's or empty.
    """
    collection, found = site.archive.collections.get(name), site.archive.records.get(name)
    if collection is None or collection.ledger is None or not found:
        return lambda year: None
    span = totals_span(site, name)
    if span is None:
        without = _without(_PARTIAL if name in site.archive.partial else UNDECLARED)
        return lambda year: without
    notes = (totals_note(span), *_explained(collection))
    years = totals_by_year(collection, span, found)

    def sheet(year: int) -> TotalsSheet:
        chosen = {one: sums for one, sums in years.items() if year in (0, one)}
        if not chosen:
            return _without(_OUTSIDE)
        return TotalsSheet(marked(site, _table(collection, chosen)), notes)

    return sheet


def _without(why: str) -> TotalsSheet:
    return TotalsSheet(DataTable("totals", _LABEL, (), []), (why,))


def _table(collection: Collection, years: Years) -> DataTable:
    heads = (Column("年份"), *(Column(head, "number") for head in total_heads(collection)))
    rows = [(f"{year}年", *sums) for year, sums in years.items()]
    if len(rows) > 1:
        rows.append((_ALL, *over_all(years)))
    return DataTable("totals", _LABEL, heads, rows)


def _explained(collection: Collection) -> Iterator[str]:
    """What totals of a derived number are summed from."""
    for name, label in collection.derived.items():
        if any(total.sums == name for total in collection.totals):
            yield f"{label}由“{label}{TO_SUM}”一列求和，算法：{collection.how[name]}"
