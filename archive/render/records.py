"""The records of a collection as a table."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from archive.figures import printed
from archive.gather import Record
from archive.render.text import html_table, plain
from archive.schema.collections import COLLECTIONS
from archive.site import Site

MOST_ROWS = 100


def table(site: Site, collection: str, where: Mapping[str, Any]) -> str:
    """The records of a collection that meet the conditions, the latest first, under their labels."""
    kind = COLLECTIONS[collection]
    chosen = [record for record in site.archive.records[collection] if _meets(record, where)]
    if not chosen:
        return f"（{kind.label}：尚无记录。）"
    chosen.sort(key=lambda record: (record.data.date, record.id), reverse=True)
    rows = [
        tuple(_cell(getattr(record.data, column)) for column in kind.columns)
        for record in chosen[:MOST_ROWS]
    ]
    numeric = {
        i
        for i, c in enumerate(kind.columns)
        if isinstance(getattr(chosen[0].data, c), int | Decimal)
    }
    heads = tuple(kind.label_of(column) for column in kind.columns)
    told = f"共 {len(chosen)} 条" + (
        "" if len(chosen) <= MOST_ROWS else f"，以下为最近 {MOST_ROWS} 条"
    )
    return f"{told}。\n\n{html_table(heads, rows, numeric)}"


def _meets(record: Record, where: Mapping[str, Any]) -> bool:
    return all(
        record.data.date.year == wanted
        if key == "year"
        else str(getattr(record.data, key)) == str(wanted)
        for key, wanted in where.items()
    )


def _cell(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        exact = Decimal(value).normalize()
        return printed(exact, max(0, -int(exact.as_tuple().exponent)))
    return plain("、".join(value) if isinstance(value, tuple) else str(value or ""))
