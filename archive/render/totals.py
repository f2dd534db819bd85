"""The totals of a collection by year: a table, and the same numbers as bar charts."""

from archive.facts.gather import Record
from archive.facts.totals import Years, over_all, totals_by_year
from archive.render.chart import Series, bars
from archive.render.figures import period
from archive.render.text import exact_number_text, wide_table
from archive.schema.collections import Collection
from archive.schema.register import Period
from archive.schema.types import Model

UNDECLARED = "资料尚未宣布齐全，暂不列合计。"
"""Why there are no totals of records that may not be all."""


def totals(collection: Collection, span: Period, records: list[Record[Model]]) -> str:
    """Markdown of the totals by year within `span`, for which the records are declared complete."""
    years = totals_by_year(collection, span, records)
    note = totals_note(span)
    parts = [
        f"## 各年合计 {{ #totals }}\n\n{note}",
        _table(collection, years),
        _charts(collection, years),
    ]
    return "\n\n".join(parts) if years else note


def totals_note(span: Period) -> str:
    """What readers are told of the totals within `span`."""
    if span.start or span.end:
        return f"时期：{period(span)}，资料已宣布齐全。"
    return "没有指标由本台账计算，以下只是已录入记录的合计，不作为正式的数。"


def total_heads(collection: Collection) -> list[str]:
    """The headings of a collection's totals, each with its unit."""
    return [f"{total.label}（{total.unit}）" for total in collection.totals]


def _table(collection: Collection, years: Years) -> str:
    rows = [(f"{year}年", *map(exact_number_text, sums)) for year, sums in years.items()]
    if len(rows) > 1:
        rows.append(("合计", *map(exact_number_text, over_all(years))))
    heads = ("年份", *total_heads(collection))
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
