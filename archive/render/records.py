"""The records of a collection as tables: a selection within a text, all of them on their page."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from html import escape
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive.facts.figures import figures_counted_from
from archive.facts.gather import Record
from archive.facts.listed import by_year, latest_first, listed, row_anchor
from archive.facts.places import GUIDE
from archive.facts.site import Site
from archive.facts.tables import shown_columns
from archive.facts.totals import totals_span
from archive.files.addresses import address
from archive.render.downloads import DICTIONARY, year_files
from archive.render.edit_links import edit_mark, editors_note
from archive.render.figures import named_link
from archive.render.text import exact_number_text, html_table, plain_text, wide_table
from archive.render.totals import UNDECLARED, totals
from archive.schema.collections import Collection
from archive.schema.releases import COMMIT, short
from archive.schema.types import Model, yaml_text

NONE_PUBLIC = "没有公开的记录。"
MAX_ROWS = 100
"""Most rows of a table within a text."""
MAX_BYTES = 315_000
"""Most bytes of rows on a page, of which a server sends a tenth, as it compresses them."""

TableRow = tuple[str, ...]
"""The cells of a row as HTML."""


def table(site: Site, name: str, where: Mapping[str, Any], page: str) -> str:
    """A table of the records of a collection that meet the conditions, the latest first.

    It holds at most `MAX_ROWS` rows, after a line with the number of records.
    """
    collection = site.archive.collections[name]
    chosen = [record for record in site.archive.records[name] if meets(record, where)]
    if not chosen:
        return f"（{collection.label}：尚无记录。）"
    summary = f"共 {len(chosen)} 条" + (
        "" if len(chosen) <= MAX_ROWS else f"，以下为最近 {MAX_ROWS} 条"
    )
    return f"{summary}。\n\n{_table(site, collection, collection.label, _rows(site, collection, latest_first(chosen)[:MAX_ROWS], page))}"


def records(site: Site, name: str, page: str) -> str:
    """Markdown of a collection's page: its figures, totals by year, and its records by year."""
    collection = site.archive.collections[name]
    found = site.archive.records[name]
    parts = list(_figures(site, name, page))
    if not found:
        empty = NONE_PUBLIC if site.archive.edition == "public" else _first_record(site, name, page)
        return "\n\n".join([*parts, empty])
    parts.append(_totals(site, name, found))
    left, every = MAX_BYTES, by_year(found)
    for year, addressed in listed(found).items():
        rows, size = _fitting(site, collection, addressed, page, left)
        shown = len(rows)
        left -= size
        parts.append(f"## {year}年 {{ #y{year} }}")
        parts += filter(None, [year_files(site, name, year, page)])
        if shown < len(every[year]):
            said = f"只列最近 {shown} 条；其余" if shown else "没有逐条列出，"
            parts.append(f"{_unlisted(addressed[shown:])}记录较多，{said}见上面的下载文件。")
        if shown:
            ids = [row_anchor(record) for record in addressed[:shown]]
            parts.append(_table(site, collection, f"{year}年的记录", rows, ids))
    return "\n\n".join(parts)


def record_table(
    site: Site, name: str, chosen: list[Record[Model]], page: str, label: str
) -> tuple[int, str]:
    """A table of records, each row with an address of its own, and how many rows a page has room for."""
    collection = site.archive.collections[name]
    rows, _ = _fitting(site, collection, chosen, page, MAX_BYTES)
    ids = [row_anchor(record) for record in chosen[: len(rows)]]
    # The search finds a record on the page of its collection, and not here as well.
    kind = " data-search-skip"
    table = _table(site, collection, label, rows, ids, kind) if rows else ""
    rest = _unlisted(chosen[len(rows) :])
    return len(rows), "\n\n".join(filter(None, [table, rest]))


def _fitting(
    site: Site, collection: Collection, chosen: list[Record[Model]], page: str, room: int
) -> tuple[list[TableRow], int]:
    """The rows of the first records that have room in so many bytes, and the bytes that they take."""
    rows = _rows(site, collection, chosen, page, addressed=True)
    numeric = _numeric(collection, _columns(site, collection))
    sums = list(accumulate(map(partial(_bytes, numeric), rows)))
    shown = bisect_right(sums, room)
    return rows[:shown], sums[shown - 1] if shown else 0


def _unlisted(rest: Iterable[Record[Model]]) -> str:
    """The addresses of records that are not listed: whoever follows a link to one arrives here."""
    return "".join(f'<span id="{row_anchor(one)}"></span>' for one in rest)


def _totals(site: Site, name: str, found: list[Record[Model]]) -> str:
    if name in site.archive.partial:
        return "以下只是公开的记录，故不列合计；由本台账计算的指标仍按全部记录计算。"
    span = totals_span(site, name)
    if span is None:
        return UNDECLARED
    return totals(site.archive.collections[name], span, found)


def _figures(site: Site, name: str, page: str) -> Iterator[str]:
    links = [
        f"{named_link(value, '../' * page.count('/'))}（{value.state}）"
        for value in figures_counted_from(site.current, name)
    ]
    if links:
        # Left out of the search, so that a figure's name finds the figure and not this page.
        yield f"由本台账计算的指标：{'、'.join(links)}。\n{{: data-search-skip=1 }}"


def _first_record(site: Site, name: str, page: str) -> str:
    there = site.archive.pages.get(GUIDE)
    guide = f"[指南]({'../' * page.count('/')}{GUIDE}#add-record)"
    if not there or "add-record" not in there.anchors:
        guide = "指南"
    fields = f" `data/{name}/README.md` "
    if DICTIONARY in site.archive.pages:
        fields = f"[数据字典]({'../' * page.count('/')}{DICTIONARY}#{name})"
    how = (
        f"添加第一条：在 `data/{name}/` 下按年份建一个目录，在里面新建一个以 "
        f"`.yml` 结尾的文件，照{fields}逐项填写；步骤见{guide}。"
    )
    return f"<strong>尚无记录。</strong>\n\n{editors_note(how)}"


def meets(record: Record[Model], where: Mapping[str, Any]) -> bool:
    """Whether each field of a record named in `where` has that value; `year` is the year of its day."""
    return all(
        (record.day.year if record.day else None) == wanted
        if key == "year"
        else yaml_text(getattr(record.data, key)) == yaml_text(wanted)
        for key, wanted in where.items()
    )


UNNAMED = "详情"
_BETWEEN = "&#10;"
"""Between the fields that a row holds beside its cells, and between their labels: a line break."""


def _rows(
    site: Site,
    collection: Collection,
    chosen: list[Record[Model]],
    page: str,
    addressed: bool = False,
) -> list[TableRow]:
    """The cells of each record as HTML; the first has a link to edit the record.

    In rows that are `addressed` it leads to the row itself, and holds the fields without a column,
    which a script shows with those that have one. That markup is kept short, as it stands in each row.
    """
    up = "../" * address(page).count("/")
    rows, columns = [], _columns(site, collection)
    others = _others(site, collection)
    for record in chosen:
        cells = [_cell(site, getattr(record.data, column), up) for column in columns]
        mark = edit_mark(site, record, cells[0])
        if addressed:
            own, rest = ("", cells[0]) if "<a" in cells[0] else (cells[0], "")
            cells[0] = f"<a class=row href=#{row_anchor(record)}>{own or UNNAMED}</a>{rest}"
            more = [_cell(site, getattr(record.data, name), up) for name in others]
            while more and not more[-1]:
                more.pop()
            mark += f"<p hidden>{_BETWEEN.join(more)}</p>" if more else ""
        cells[0] += mark
        rows.append(tuple(cells))
    return rows


def _others(site: Site, collection: Collection) -> list[str]:
    """The fields that this edition shows and that have no column."""
    columns = _columns(site, collection)
    return [name for name in shown_columns(site, collection.model) if name not in columns]


EVIDENCE = "evidence"
"""The field of any record that says what proves it: a table shows it though nobody has listed it."""


def _columns(site: Site, collection: Collection) -> list[str]:
    """The columns of a table: the fields of the collection's table that this edition shows."""
    known = (*shown_columns(site, collection.model), *collection.derived)
    wanted = dict.fromkeys([*collection.columns, EVIDENCE])
    return [column for column in wanted if column in known]


def _table(
    site: Site,
    collection: Collection,
    label: str,
    rows: list[TableRow],
    ids: Sequence[str] = (),
    kind: str = "",
) -> str:
    columns = _columns(site, collection)
    heads = tuple(collection.label_of(column) for column in columns)
    more = (plain_text(collection.label_of(name)) for name in _others(site, collection))
    others = f'data-more="{_BETWEEN.join(more)}"' if ids else ""
    return wide_table(heads, rows, _numeric(collection, columns), label, ids, others + kind)


def _bytes(numeric: set[int], row: TableRow) -> int:
    """The bytes of HTML that a row adds to a page."""
    return len(html_table((), [row], numeric).encode()) - _FRAME


_FRAME = len(html_table((), [], set()))


def _numeric(collection: Collection, columns: Sequence[str]) -> set[int]:
    numbers = collection.numbers()
    return {i for i, column in enumerate(columns) if column in numbers}


def _cell(site: Site, value: Any, up: str) -> str:
    """A value as HTML for a cell; `up` is the relative path from the page to the site's root."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return exact_number_text(Decimal(value))
    if isinstance(value, tuple):
        return "、".join(item(site, one, up) for one in value)
    text = str(value or "")
    return plain_text(short(text) if re.match(COMMIT, text) else text)  # a whole commit is too wide


def item(site: Site, item: str, up: str) -> str:
    """A piece of evidence as HTML; a link if it is a file of the site, with what it is and how large."""
    if not item.startswith("files/"):
        return plain_text(item)
    name = item.rpartition("/")[2]
    kind = name.rpartition(".")[2].upper()
    size = file_size(site.archive.docs[item]) if item in site.archive.docs else ""
    title = "，".join(filter(None, [kind, size]))
    return (
        f'<a href="{escape(up + quote(item))}" title="{plain_text(title)}">{plain_text(name)}</a>'
    )


def file_size(path: Path) -> str:
    """The size of a file in KB or MB, as people say it."""
    size = path.stat().st_size
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"
