"""The totals of a collection by year: a table, and the same numbers as bar charts."""

from decimal import Decimal

from archive.facts.figures import count_records, select
from archive.facts.gather import Record
from archive.render.chart import Series, bars
from archive.render.figures import period
from archive.render.text import exact_number_text, wide_table
from archive.schema.collections import Collection, Total
from archive.schema.register import Counted, Period
from archive.schema.types import Model

Years = dict[int, list[Decimal]]
"""Year → its totals, in the order the collection defines them."""


def totals(collection: Collection, span: Period, records: list[Record[Model]]) -> str:
    """Markdown of the totals by year within `span`, for which the records are declared complete."""
    years = _sums(collection, span, records)
    note = (
        f"时期：{period(span)}，资料已宣布齐全。"
        if span.start or span.end
        else "没有指标由本台账计算，以下只是已录入记录的合计，不作为正式的数。"
    )
    parts = [
        f"## 各年合计 {{ #totals }}\n\n{note}",
        _table(collection, years),
        _charts(collection, years),
    ]
    return "\n\n".join(parts) if years else note


def _sums(collection: Collection, span: Period, records: list[Record[Model]]) -> Years:
    dated: dict[int, list[Record[Model]]] = {}
    for record in select(_rule(Total("", "")), span, records):
        if record.day:
            dated.setdefault(record.day.year, []).append(record)
    return {
        year: [_sum(total, dated[year]) for total in collection.totals] for year in sorted(dated)
    }


def _sum(total: Total, records: list[Record[Model]]) -> Decimal:
    rule = _rule(total)
    return count_records(rule, select(rule, Period(kind="时期", start=None, end=None), records))


def _rule(total: Total) -> Counted:
    """The counting rule of a total, so that totals are counted the same way as figures."""
    how = "sum" if total.sums else "count"
    return Counted.model_validate(
        {"collection": "records", "measure": how, "field": total.sums, "where": dict(total.where)}
    )


def _table(collection: Collection, years: Years) -> str:
    rows = [(f"{year}年", *map(exact_number_text, sums)) for year, sums in years.items()]
    if len(rows) > 1:
        whole = (
            exact_number_text(sum(column, Decimal(0)))
            for column in zip(*years.values(), strict=True)
        )
        rows.append(("合计", *whole))
    heads = ("年份", *(f"{total.label}（{total.unit}）" for total in collection.totals))
    return wide_table(heads, rows, set(range(1, len(heads))), "各年合计")


def _charts(collection: Collection, years: Years) -> str:
    """A chart for each unit, as totals in the same unit can be compared on one scale."""
    units: dict[str, list[Series]] = {}
    for total, column in zip(collection.totals, zip(*years.values(), strict=True), strict=True):
        units.setdefault(total.unit, []).append((total.label, column))
    drawn = "".join(
        f"<figure><figcaption>单位：{unit}</figcaption>"
        f"{bars(f'{collection.label}各年合计（{unit}）', [f'{year}年' for year in years], series)}</figure>"
        for unit, series in units.items()
    )
    return f'<div class="charts">{drawn}</div>'
