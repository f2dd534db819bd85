"""Workbooks as bytes: exact cells, nothing that is computed, nothing that depends on the hour."""

import io
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from html import escape
from itertools import count
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.writer.excel import ExcelWriter

from archive.files.zips import timeless
from archive.schema.columns import MAX_IN_A_CELL

# What stands for a character, as spreadsheets write it: control characters, and the line that
# would begin such a thing. Nothing else is escaped, so nothing else is read as if it were.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")

# A spreadsheet reads this as the character of that number (ECMA-376-1, 22.9.2.19, ST_Xstring).
_READ_AS_CHARACTER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

DAY = "yyyy\\-mm\\-dd"
"""Format of a day's cell."""

_UNWRITABLE = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""

_DIGITS = 15
"""What a spreadsheet's number keeps; longer ones are written as text, so that no digit is lost."""

_LEVEL = 3
"""Of compression: it takes a third of the time of the usual 6."""


class Book(Workbook):
    """A workbook, with the rows of its sheets that are written as text."""

    def __init__(self, title: str, as_of: date) -> None:
        super().__init__(write_only=True)
        midnight = datetime.combine(as_of, time())
        self.properties = DocumentProperties(title=title, created=midnight, modified=midnight)
        self.rows: list[Rows] = []
        self.looks: dict[tuple[str, str, bool], Look] = {}


def as_bytes(book: Book) -> bytes:
    """The workbook as a compressed zip file whose entries know no hour: same content, same bytes."""
    written = io.BytesIO()
    # The library's own way to save puts the time of day into the file.
    with ZipFile(written, "w") as file:
        ExcelWriter(book, file).write_data()
    added = {rows.sheet.path.lstrip("/"): rows.xml() for rows in book.rows}

    def with_rows(name: str, raw: bytes) -> bytes:
        return raw.replace(_END, added[name] + _END, 1) if name in added else raw

    return timeless(written, _LEVEL, with_rows)


_END = b"</sheetData>"


def styled(sheet: Any, shown: str = "@", fill: str = "", bold: bool = False) -> Any:
    """An empty cell of the format `shown`; that of text, @, holds for what is typed over it too."""
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


def look(sheet: Any, shown: str = "@", fill: str = "", bold: bool = False) -> "Look":
    """How cells of the sheet of a `Book` look that are as `styled` says; the library takes long to know it."""
    made: dict[tuple[str, str, bool], Look] = sheet.parent.looks
    asked = shown, fill, bold
    if asked not in made:
        made[asked] = Look(styled(sheet, *asked))
    return made[asked]


_days: Callable[[date], float] = to_excel
"""The number of a day in a workbook; the library has no type for it."""


class Look:
    """How cells of a book look; its methods return such a cell as XML without its place, for `Rows`."""

    def __init__(self, cell: Any) -> None:
        # A book counts its looks from the first that is asked for.
        self._style: int = cell.style_id

    def text(self, value: str) -> str | None:
        """Text as text, whatever it looks like; None, for no cell, if it is empty."""
        if not value:
            return None
        if value.isalnum() and len(value) <= MAX_IN_A_CELL:  # nothing in it to escape
            return f'" s="{self._style}" t="inlineStr"><is><t>{value}</t></is></c>'
        value = _READ_AS_CHARACTER.sub("_x005F_", value)[:MAX_IN_A_CELL]
        if not value.isprintable():
            value = _UNWRITABLE.sub("", value)
        space = ' xml:space="preserve"' if value != value.strip() else ""
        shown = escape(value, quote=False).replace("\r", "&#13;")
        return f'" s="{self._style}" t="inlineStr"><is><t{space}>{shown}</t></is></c>'

    def number(self, digits: str, otherwise: "Look") -> str | None:
        """A number with just these digits, as a text if a spreadsheet would lose some of them."""
        if len(digits.replace(".", "").lstrip("-0")) > _DIGITS:
            return otherwise.text(digits)
        return f'" s="{self._style}" t="n"><v>{digits}</v></c>'

    def value(self, value: int | date) -> str:
        """A whole number or a day as it is."""
        days = _days(value) if isinstance(value, date) else value
        return f'" s="{self._style}" t="n"><v>{days:.16g}</v></c>'


_NUMBER = "\0"
"""What stands for the number of a row until it has one; XML cannot hold it."""
_END_OF_ROW = "</row>"


def row_text(cells: Iterable[str | None], height: int = 0) -> str:
    """A row of cells made by a `Look`, None for none, wherever it will stand; `height` in points, 0 for the usual one."""
    high = f' ht="{height}" customHeight="1"' if height else ""
    made = [
        f'<c r="{get_column_letter(at)}{_NUMBER}{cell}'
        for at, cell in enumerate(cells, 1)
        if cell is not None
    ]
    return f'<row r="{_NUMBER}"{high}>{"".join(made)}{_END_OF_ROW}'


class Rows:
    """Rows of a sheet of a `Book` as XML, below those that the library has written of it.

    The library takes five times as long for a cell.
    """

    def __init__(self, sheet: Any, first: int = 1) -> None:
        self.sheet = sheet
        self._numbers = count(first)
        self._written: list[str] = []
        sheet.parent.rows.append(self)

    def append(self, cells: Iterable[str | None], height: int = 0) -> None:
        """Add a row of cells made by a `Look`, None for none; `height` in points, 0 for the usual one."""
        self.add(row_text(cells, height))

    def add(self, rows: str) -> None:
        """Add rows that `row_text` has made, one after another."""
        # No text holds the end of a row, for its signs are escaped there.
        for row in rows.split(_END_OF_ROW)[:-1]:
            self._written.append(row.replace(_NUMBER, str(next(self._numbers))) + _END_OF_ROW)

    def xml(self) -> bytes:
        """The rows in the encoding in which the library writes the others."""
        return "".join(self._written).encode("ascii", "xmlcharrefreplace")
