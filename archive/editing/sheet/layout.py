"""The layout of a sheet: headings with notes, cell formats, prompts and lists, blank rows."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from archive.editing.sheet import guidance
from archive.editing.sheet.fields import SheetField
from archive.files.workbooks import DAY, Rows, look, styled, text_in
from archive.schema.columns import exact_text

ID = "编号"
"""Heading of the column with the record's id."""

BESIDE = "·对照"
"""End of the heading of a read-only column."""

BLANK_ROWS = 1000
"""Blank rows below the last record in which prompts and lists work."""

GREY, YELLOW, BLUE = "E7E6E6", "FFF2CC", "DDEBF7"
"""Colours of headings: not to be changed, required, optional."""

_LINE, _MOST_LINES = 15, 20
_LAST_NARROW = 0x2E7F
"""The last character before those that are as wide as two."""
_WIDTHS = {"text": 24, "lines": 30, "date": 12, "integer": 10, "number": 10, "boolean": 12}
_FORMATS = {"date": DAY, "integer": "0", "number": "General"}


def add_sheet(
    book: Any,
    label: str,
    shape: tuple[SheetField, ...],
    values: Iterable[tuple[str, list[Any]]],
    count: int,
    beside: str = "",
    key: tuple[str, str] = (ID, guidance.ID_NOTE),
    blank_rows: int = BLANK_ROWS,
) -> None:
    """Add a sheet with a row for each (id, cells) of `values`; `count` is their number.

    `beside` is the heading of a read-only column after the id; empty for none. `key` is the heading and the
    note of the column of ids.
    """
    sheet = book.create_sheet(label)
    read_only = (
        [text_in(styled(sheet, fill=GREY, bold=True), f"{beside}{BESIDE}")] if beside else []
    )
    first, last = 2 + len(read_only), max(2, count + 1 + blank_rows)
    columns = [get_column_letter(first + index) for index in range(len(shape))]
    for letter in (get_column_letter(index) for index in range(1, first)):
        _look(sheet, letter, 22, "@")
    for letter, field in zip(columns, shape, strict=True):
        width = field.width or _WIDTHS.get(field.form, 14)
        _look(sheet, letter, width, _FORMATS.get(field.form, "@"))
        area = f"{letter}2:{letter}{last}"
        sheet.data_validations.append(guidance.validation(field, area))
    sheet.data_validations.append(_id_prompt(f"A2:A{last}", *key))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{columns[-1]}{count + 1}"
    sheet.append([_head(sheet, key[0], GREY, key[1]), *read_only, *_heads(sheet, shape)])
    rows, grey, text = Rows(sheet, 2), look(sheet, fill=GREY), look(sheet)
    writers: list[Callable[[Any], str | None]] = [_writer(sheet, field) for field in shape]
    if read_only:
        writers.insert(0, text.text)
    wide = [at for at, field in enumerate(shape) if field.width]
    for id_, row in values:
        texts = ((exact_text(row[at]), shape[at].width) for at in wide)
        cells = (write(value) for write, value in zip(writers, row, strict=True))
        rows.append([grey.text(id_), *cells], height(texts) if wide else 0)


def height(cells: Iterable[tuple[str, int]]) -> int:
    """Return how high a row is, in points, in which texts stand in columns of a width: not all programs reckon it."""
    lines = max(
        sum(-(-max(1, _columns_of(line)) // width) for line in text.split("\n"))
        for text, width in cells
    )
    return _LINE * min(lines, _MOST_LINES)


def _columns_of(line: str) -> int:
    return sum(2 if ord(sign) > _LAST_NARROW else 1 for sign in line)


def _heads(sheet: Any, shape: tuple[SheetField, ...]) -> Iterator[Any]:
    for field in shape:
        fill = GREY if field.fixed else YELLOW if field.required else BLUE
        yield _head(sheet, field.label, fill, guidance.field_guidance(field))


def _head(sheet: Any, label: str, fill: str, note: str) -> Any:
    cell = text_in(styled(sheet, fill=fill, bold=True), label)
    cell.comment = guidance.note(note)
    return cell


def _look(sheet: Any, letter: str, width: int, shown: str) -> None:
    """Set the width of a column and its number format for new rows."""
    column = sheet.column_dimensions[letter]
    column.width, column.number_format = width, shown


def _id_prompt(area: str, heading: str, note: str) -> DataValidation:
    return DataValidation(sqref=area, showInputMessage=True, promptTitle=heading, prompt=note)


def _writer(sheet: Any, field: SheetField) -> Callable[[Any], str | None]:
    """Return the function that turns a value of a field into its cell."""
    text = look(sheet, fill=GREY if field.fixed else "")
    if field.form == "date":
        dates = look(sheet, _FORMATS["date"])
        return lambda day: None if day is None else dates.value(day)
    if field.form in ("integer", "number"):
        numbers = look(sheet, _FORMATS[field.form])
        return lambda value: None if value is None else numbers.number(exact_text(value), text)
    return lambda value: text.text(exact_text(value))
