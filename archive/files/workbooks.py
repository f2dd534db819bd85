"""Workbooks as bytes: exact cells, nothing that is computed, nothing that depends on the hour."""

import io
import re
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.writer.excel import ExcelWriter

from archive.files.zips import timeless

# What stands for a character, as spreadsheets write it: control characters, and the line that
# would begin such a thing. Nothing else is escaped, so nothing else is read as if it were.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")

# A spreadsheet reads this as the character of that number (ECMA-376-1, 22.9.2.19, ST_Xstring).
_READ_AS_CHARACTER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

DAY = "yyyy\\-mm\\-dd"
"""Format of a day's cell."""

_DIGITS = 15
"""What a spreadsheet's number keeps; longer ones are written as text, so that no digit is lost."""

_LEVEL = 3
"""Of compression: it takes a third of the time of the usual 6."""


def new_book(title: str, as_of: date) -> Workbook:
    """An empty workbook that was made on that day."""
    midnight = datetime.combine(as_of, time())
    book = Workbook(write_only=True)
    book.properties = DocumentProperties(title=title, created=midnight, modified=midnight)
    return book


def as_bytes(book: Workbook) -> bytes:
    """The workbook as a compressed zip file whose entries know no hour: same content, same bytes."""
    written = io.BytesIO()
    # The library's own way to save puts the time of day into the file.
    with ZipFile(written, "w") as file:
        ExcelWriter(book, file).write_data()
    return timeless(written, _LEVEL)


def styled(sheet: Any, shown: str = "@", fill: str = "", bold: bool = False) -> Any:
    """An empty cell of the format `shown`; that of text, @, holds for what is typed over it too.

    It may be filled for each row anew, if each row is written before the next.
    """
    cell = WriteOnlyCell(sheet)
    cell.font = Font(name="宋体", size=11, bold=bold)
    cell.number_format = shown
    cell.alignment = Alignment(vertical="top", wrap_text=shown == "@" and not bold)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    return cell


def text_in(cell: Any, value: str) -> Any:
    """Text as text, whatever it looks like: the library takes =1 for a formula, #N/A for an error."""
    if not value:
        return None
    cell.value = _READ_AS_CHARACTER.sub("_x005F_", value)
    cell.data_type = "s"
    return cell


def text_from(value: str) -> str:
    """The text that a cell's string stands for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


def number_in(cell: Any, text: Any, digits: str) -> Any:
    """A number with just these digits, in the cell `text` if a spreadsheet would lose some of them.

    The library would write 9.95 as 9.949…9.
    """
    if len(digits.replace(".", "").lstrip("-0")) > _DIGITS:
        return text_in(text, digits)
    cell.value = digits
    cell.data_type = "n"
    return cell


def value_in(cell: Any, value: int | date) -> Any:
    """A whole number or a day as it is."""
    cell.value = value
    return cell
