"""What a collection comes to, year by year: a table, and the same numbers as bars."""

from decimal import Decimal

from archive.facts.figures import measure, select
from archive.facts.gather import Record
from archive.render.chart import Series, bars
from archive.render.register import period
from archive.render.text import exactly, wide_table
from archive.schema.collections import Collection, Total
from archive.schema.register import Counted, Period
from archive.schema.types import Model

Years = dict[int, list[Decimal]]
"""Year → its totals, in the order of the collection's."""


def totals(kind: Collection, span: Period, records: list[Record[Model]]) -> str:
    """The totals a year within `span`, the time for which the records are declared complete."""
    years = _sums(kind, span, records)
    told = (
        f"时期：{period(span)}，资料已宣布齐全。"
        if span.start or span.end
        else "没有指标由本台账计算，以下只是已录入记录的合计，不作为统计结果。"
    )
    parts = [f"## 各年合计 {{ #totals }}\n\n{told}", _table(kind, years), _charts(kind, years)]
    return "\n\n".join(parts) if years else told


def _sums(kind: Collection, span: Period, records: list[Record[Model]]) -> Years:
    dated: dict[int, list[Record[Model]]] = {}
    for record in select(_rule(Total("", "")), span, records):
        if record.day:
            dated.setdefault(record.day.year, []).append(record)
    return {year: [_sum(total, dated[year]) for total in kind.totals] for year in sorted(dated)}


def _sum(total: Total, records: list[Record[Model]]) -> Decimal:
    rule = _rule(total)
    return measure(rule, select(rule, Period(kind="时期", start=None, end=None), records))


def _rule(total: Total) -> Counted:
    """A total is counted as figures are."""
    how = "sum" if total.sums else "count"
    return Counted.model_validate(
        {"collection": "-", "measure": how, "field": total.sums, "where": dict(total.where)}
    )


def _table(kind: Collection, years: Years) -> str:
    rows = [(f"{year}年", *map(exactly, sums)) for year, sums in years.items()]
    if len(rows) > 1:
        whole = (exactly(sum(column, Decimal(0))) for column in zip(*years.values(), strict=True))
        rows.append(("合计", *whole))
    heads = ("年份", *(f"{total.label}（{total.unit}）" for total in kind.totals))
    return wide_table(heads, rows, set(range(1, len(heads))), "各年合计")


def _charts(kind: Collection, years: Years) -> str:
    """A chart for each unit: what is counted in one unit can be compared, on one scale."""
    units: dict[str, list[Series]] = {}
    for total, column in zip(kind.totals, zip(*years.values(), strict=True), strict=True):
        units.setdefault(total.unit, []).append((total.label, column))
    drawn = "".join(
        f"<figure><figcaption>单位：{unit}</figcaption>"
        f"{bars(f'{kind.label}各年合计（{unit}）', [f'{year}年' for year in years], series)}</figure>"
        for unit, series in units.items()
    )
    return f'<div class="charts">{drawn}</div>'
