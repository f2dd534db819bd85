"""The records of a collection as tables: a choice of them within a text, all of them on their page."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from html import escape
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from archive.facts.figures import counted_from, declared
from archive.facts.gather import Record
from archive.facts.places import REGISTER, address
from archive.facts.site import Site
from archive.facts.tables import shown
from archive.render.mend import mark
from archive.render.text import exactly, html_table, plain, wide_table
from archive.render.totals import totals
from archive.schema.collections import COLLECTIONS, Collection
from archive.schema.releases import COMMIT, short
from archive.schema.types import Model, written

NONE_PUBLIC = "没有公开的记录。"
MOST_ROWS = 100
"""Rows of a table within a text."""
MOST_A_YEAR, MOST_A_PAGE, MOST_BYTES = 300, 900, 225_000
"""Rows of a collection's page, and what they may come to: what keeps it under 300 KB."""


def table(site: Site, collection: str, where: Mapping[str, Any], page: str) -> str:
    """The records of a collection that meet the conditions, the latest first, under their labels."""
    kind = COLLECTIONS[collection]
    chosen = [record for record in site.archive.records[collection] if meets(record, where)]
    if not chosen:
        return f"（{kind.label}：尚无记录。）"
    told = f"共 {len(chosen)} 条" + (
        "" if len(chosen) <= MOST_ROWS else f"，以下为最近 {MOST_ROWS} 条"
    )
    return f"{told}。\n\n{_table(site, kind, kind.label, _rows(site, kind, _latest(chosen)[:MOST_ROWS], page))}"


def records(site: Site, collection: str, page: str) -> str:
    """What a collection's page shows: its figures, totals a year, and its records year by year."""
    kind = COLLECTIONS[collection]
    found = site.archive.records[collection]
    parts = list(_figures(site, collection, page))
    if not found:
        empty = NONE_PUBLIC if site.archive.public else _first_record(collection, page)
        return "\n\n".join([*parts, empty])
    parts.append(_totals(site, collection, found))
    years: dict[int, list[Record[Model]]] = {}
    for record in _latest(found):
        if record.day:
            years.setdefault(record.day.year, []).append(record)
    room, left = MOST_A_PAGE, MOST_BYTES
    for year, all_ in years.items():
        rows = _rows(site, kind, all_[: min(MOST_A_YEAR, room)], page)
        numeric = _numeric(kind, _columns(site, kind))
        sums = list(accumulate(map(partial(_bytes, numeric), rows)))
        listed = rows[: bisect_right(sums, left)]
        room, left = room - len(listed), left - (sums[len(listed) - 1] if listed else 0)
        parts.append(f"## {year}年 {{ #y{year} }}")
        if len(listed) < len(all_):
            parts.append(f"记录较多，只列最近 {len(listed)} 条；其余见上面的下载文件。")
        if listed:
            parts.append(_table(site, kind, f"{year}年的记录", listed))
    return "\n\n".join(parts)


def _totals(site: Site, collection: str, found: list[Record[Model]]) -> str:
    if collection in site.archive.partial:
        return "以下只是公开的记录，故不列合计；由本台账计算的指标仍按全部记录计算。"
    span = declared(site.values.values(), collection)
    if span is None:
        return "资料尚未宣布齐全，暂不列合计。"
    return totals(COLLECTIONS[collection], span, found)


def _figures(site: Site, collection: str, page: str) -> Iterator[str]:
    links = [
        f"[{plain(value.figure.name)}]({'../' * page.count('/')}{REGISTER}#{value.id})（{value.state}）"
        for value in counted_from(site.values.values(), collection)
    ]
    if links:
        # Who searches for a figure's name is to find the figure, not the page that lists it.
        yield f"由本台账计算的指标：{'、'.join(links)}。\n{{: data-search-skip='1' }}"


def _first_record(collection: str, page: str) -> str:
    guide = f"{'../' * page.count('/')}guide/index.md#add-record"
    return (
        f"**尚无记录。**添加第一条：在 `data/{collection}/` 下按年份建一个目录，在里面新建一个以 "
        f"`.yml` 结尾的文件，照 `data/{collection}/README.md` 逐项填写；步骤见[指南]({guide})。"
    )


def _latest(chosen: list[Record[Model]]) -> list[Record[Model]]:
    return sorted(chosen, key=lambda record: (record.day or date.min, record.id), reverse=True)


def meets(record: Record[Model], where: Mapping[str, Any]) -> bool:
    """Whether the fields of a record, its year among them, have the values wanted."""
    return all(
        (record.day.year if record.day else None) == wanted
        if key == "year"
        else written(getattr(record.data, key)) == written(wanted)
        for key, wanted in where.items()
    )


Row = tuple[str, ...]


def _rows(site: Site, kind: Collection, chosen: list[Record[Model]], page: str) -> list[Row]:
    """The cells of each record as HTML; the first leads to where the record is edited."""
    up = "../" * address(page).count("/")
    rows, columns = [], _columns(site, kind)
    for record in chosen:
        first, *others = (_cell(getattr(record.data, column), up) for column in columns)
        rows.append((first + mark(site, record, first), *others))
    return rows


def _columns(site: Site, kind: Collection) -> list[str]:
    """What a table shows of a record."""
    known = (*shown(site, kind.model), *kind.derived)
    return [column for column in kind.columns if column in known]


def _table(site: Site, kind: Collection, label: str, rows: list[Row]) -> str:
    columns = _columns(site, kind)
    heads = tuple(kind.label_of(column) for column in columns)
    return wide_table(heads, rows, _numeric(kind, columns), label)


def _bytes(numeric: set[int], row: Row) -> int:
    """What a row adds to a page."""
    return len(html_table((), [row], numeric).encode()) - _FRAME


_FRAME = len(html_table((), [], set()))


def _numeric(kind: Collection, columns: Sequence[str]) -> set[int]:
    numbers = kind.numbers()
    return {i for i, column in enumerate(columns) if column in numbers}


def _cell(value: Any, up: str) -> str:
    """A value as a table shows it; `up` leads from the page to the site's root, where files/ is."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return exactly(Decimal(value))
    if isinstance(value, tuple):
        return "、".join(item(one, up) for one in value)
    text = str(value or "")
    return plain(short(text) if re.match(COMMIT, text) else text)  # in full no column holds it


def item(item: str, up: str) -> str:
    """A piece of evidence; one that is a file of the site can be opened."""
    if not item.startswith("files/"):
        return plain(item)
    return f'<a href="{escape(up + quote(item))}">{plain(item.rpartition("/")[2])}</a>'
