"""What a collection comes to, year by year: a table, and the same numbers as bars."""

from decimal import Decimal

from archive.figures import measure, select
from archive.gather import Record
from archive.render.chart import bars
from archive.render.register import period
from archive.render.text import exactly, html_table, scrolling
from archive.schema.collections import Collection, Total
from archive.schema.register import Counted, Period

Years = dict[int, list[Decimal]]
"""Year → its totals, in the order of the collection's."""


def totals(kind: Collection, span: Period, records: list[Record]) -> str:
    """The totals a year within `span`, the time for which the records are declared complete."""
    years = _sums(kind, span, records)
    told = (
        f"时期：{period(span)}，资料已宣布齐全。"
        if span.start or span.end
        else "没有指标由本台账计算，以下只是已录入记录的合计，不作为统计结果。"
    )
    parts = [f"## 各年合计 {{ #totals }}\n\n{told}", _table(kind, years), _charts(kind, years)]
    return "\n\n".join(parts) if years else told


def _sums(kind: Collection, span: Period, records: list[Record]) -> Years:
    dated: dict[int, list[Record]] = {}
    for record in select(_rule(Total("", "")), span, records):
        dated.setdefault(record.data.date.year, []).append(record)
    return {year: [_sum(total, dated[year]) for total in kind.totals] for year in sorted(dated)}


def _sum(total: Total, records: list[Record]) -> Decimal:
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
    return scrolling(html_table(heads, rows, set(range(1, len(heads)))), "各年合计")


def _charts(kind: Collection, years: Years) -> str:
    """A chart for each total. Those in one unit share one scale: their bars can be compared."""
    columns = list(zip(*years.values(), strict=True))
    drawn = []
    for total, column in zip(kind.totals, columns, strict=True):
        alike = (c for t, c in zip(kind.totals, columns, strict=True) if t.unit == total.unit)
        longest = max(value for values in alike for value in values)
        rows = [
            (f"{year}年", value, exactly(value)) for year, value in zip(years, column, strict=True)
        ]
        title = f"{total.label}（{total.unit}）"
        drawn.append(f"<div><p>{title}</p>{bars(title, rows, longest)}</div>")
    return f'<div class="charts">{"".join(drawn)}</div>'
