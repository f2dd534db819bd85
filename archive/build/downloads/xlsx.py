"""A table as an XLSX file: frozen header row, text cells never computed, numbers exact."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from archive.build.downloads.totals import TotalsSheet
from archive.facts.tables import DataTable
from archive.files.workbooks import DAY, Book, Look, Rows, as_bytes, look, row_text
from archive.schema.columns import Column, ColumnType, exact_text

_DECIMALS = 4
"""The most decimals that the schema allows."""

_HEAD = 2.2
"""Width of a character of a heading."""

_WIDTHS: dict[ColumnType, int] = {
    "string": 22,
    "integer": 11,
    "number": 11,
    "boolean": 11,
    "date": 12,
}


def workbook(
    made: DataTable,
    as_of: date,
    totals: TotalsSheet | None = None,
    rows: Iterable[str] | None = None,
) -> bytes:
    """The table as the bytes of a workbook, its totals on a second sheet; `as_of` is its date of creation.

    `rows` is what `row_texts` has made of its rows, in parts, if that has been done.
    """
    book = Book(made.label, as_of)
    sheet = book.create_sheet(made.label)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(made.columns))}{len(made.rows) + 1}"
    _fill(sheet, made, rows)
    if totals:
        _fill_totals(book.create_sheet(totals.table.label), totals)
    return as_bytes(book)


def _fill_totals(sheet: Any, totals: TotalsSheet) -> None:
    if totals.table.columns:
        rows = _fill(sheet, totals.table)
        rows.append([])
    else:
        rows = Rows(sheet)
    for note in totals.notes:
        rows.append([look(sheet, bold=True).text(note)])


def _fill(sheet: Any, made: DataTable, written: Iterable[str] | None = None) -> Rows:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(made.columns, 1):
        width = max(
            _WIDTHS[column.kind], _HEAD * len(column.label) if column.kind == "number" else 0
        )
        sheet.column_dimensions[get_column_letter(number)].width = width
    rows, head = Rows(sheet), look(sheet, bold=True)
    writers = _writers(sheet, made.columns)
    rows.append(head.text(column.label) for column in made.columns)
    for text in [_row_texts(writers, made.rows)] if written is None else written:
        rows.add(text)
    return rows


_Writer = Callable[[Any], str | None]
"""Turns a value of a column into its cell."""


def row_texts(columns: Iterable[Column], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as the first sheet of a workbook for these columns has them, wherever they will stand in it."""
    return _row_texts(_writers(Book("", date.min).create_sheet(), columns), rows)


def _row_texts(writers: Sequence[_Writer], rows: Iterable[Sequence[Any]]) -> str:
    return "".join(
        row_text(
            [
                None if value is None else write(value)
                for write, value in zip(writers, row, strict=True)
            ]
        )
        for row in rows
    )


def _writers(sheet: Any, columns: Iterable[Column]) -> list[_Writer]:
    """What turns a value of each column into its cell.

    The looks of a book are numbered as they are asked for, those of the head first.
    """
    look(sheet, bold=True)
    return [_writer(sheet, column.kind) for column in columns]


def _writer(sheet: Any, kind: ColumnType) -> _Writer:
    text = look(sheet)
    if kind == "number":
        whole = look(sheet, "0")
        by_decimals = [whole, *(look(sheet, f"0.{'0' * n}") for n in range(1, _DECIMALS + 1))]
        return lambda value: _number(by_decimals, text, value)
    if kind in ("date", "integer"):
        return look(sheet, "0" if kind == "integer" else DAY).value
    return lambda value: text.text(exact_text(value))


def _number(by_decimals: list[Look], text: Look, value: Decimal) -> str | None:
    """The cell of a number, formatted with as many decimals as were recorded."""
    decimals = max(0, -int(value.as_tuple().exponent))
    return by_decimals[min(decimals, _DECIMALS)].number(exact_text(value), text)
