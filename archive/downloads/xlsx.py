"""A table as an XLSX file: exact cells, nothing that is computed, nothing that depends on the hour."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from archive.columns import Kind, told
from archive.tables import Table
from archive.zips import timeless

_DIGITS = 15
"""What a spreadsheet's number keeps; longer ones are written as text, so that no digit is lost."""
_DECIMALS = 4
"""The most that the schema allows."""

_LEVEL = 3
"""Of compression: it takes a third of the time of the usual 6."""

# A spreadsheet reads this as the character of that number (ECMA-376-1, 22.9.2.19, ST_Xstring).
_READ_AS_CHARACTER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_WIDTHS: dict[Kind, int] = {"string": 22, "integer": 11, "number": 11, "boolean": 11, "date": 12}


def workbook(made: Table, as_of: date) -> bytes:
    """The table as a workbook of one sheet, its headings kept in sight; `as_of` is when it was made."""
    midnight = datetime.combine(as_of, time())
    book = Workbook(write_only=True)
    book.properties = DocumentProperties(title=made.label, created=midnight, modified=midnight)
    _fill(book.create_sheet(made.label), made)
    written = io.BytesIO()
    # The library's own way to save puts the time of day into the file.
    with ZipFile(written, "w") as file:
        ExcelWriter(book, file).write_data()
    return timeless(written, _LEVEL)


def _fill(sheet: Any, made: Table) -> None:
    last = get_column_letter(len(made.columns))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{len(made.rows) + 1}"
    for number, column in enumerate(made.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[column.kind]
    sheet.append([_text(_cell(sheet, "@", bold=True), column.label) for column in made.columns])
    writers = [_writer(sheet, column.kind) for column in made.columns]
    for row in made.rows:
        cells = zip(writers, row, strict=True)
        sheet.append([None if value is None else write(value) for write, value in cells])


def _cell(sheet: Any, shown: str, bold: bool = False) -> Any:
    """An empty cell of the format `shown`; that of text, @, holds for what is typed over it too."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = shown
    cell.font = Font(name="宋体", size=11, bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=shown == "@" and not bold)
    return cell


def _writer(sheet: Any, kind: Kind) -> Callable[[Any], Any]:
    """From a value of a column to its cell: one cell for all rows, each written before the next."""
    text = _cell(sheet, "@")
    if kind == "number":
        whole = _cell(sheet, "0")
        shown = [whole, *(_cell(sheet, f"0.{'0' * n}") for n in range(1, _DECIMALS + 1))]
        return lambda value: _number(shown, text, value)
    if kind in ("date", "integer"):
        cell = _cell(sheet, "0" if kind == "integer" else "yyyy\\-mm\\-dd")
        return lambda value: _as_it_is(cell, value)
    return lambda value: _text(text, told(value))


def _as_it_is(cell: Any, value: int | date) -> Any:
    cell.value = value
    return cell


def _text(cell: Any, value: str) -> Any:
    """Text as text, whatever it looks like: the library takes =1 for a formula, #N/A for an error."""
    if not value:
        return None
    cell.value = _READ_AS_CHARACTER.sub("_x005F_", value)
    cell.data_type = "s"
    return cell


def _number(shown: list[Any], text: Any, value: Decimal) -> Any:
    """A number with the decimals it was recorded with; the library would write 9.95 as 9.949…9."""
    _, digits, exponent = value.as_tuple()
    if len(digits) > _DIGITS:
        return _text(text, told(value))
    cell = shown[min(max(0, -int(exponent)), _DECIMALS)]
    cell.value = told(value)
    cell.data_type = "n"
    return cell
