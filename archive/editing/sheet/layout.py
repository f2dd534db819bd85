"""How a sheet is laid out: headings with notes, cells by form, prompts and lists, room for new rows."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from archive.editing.sheet import guidance
from archive.editing.sheet.fields import Field
from archive.files.workbooks import DAY, number_in, styled, text_in, value_in
from archive.schema.columns import told

ID = "编号"
"""Heading of the column that says which record a row is."""

BESIDE = "·对照"
"""What the heading ends with of a column that is there to be read only."""

ROOM = 1000
"""Rows below the last record in which the prompts and lists still work."""

GREY, YELLOW, BLUE = "E7E6E6", "FFF2CC", "DDEBF7"
"""What is not to be changed, what must be filled in, what may stay empty."""

_WIDTHS = {"text": 24, "lines": 30, "date": 12, "integer": 10, "number": 10, "boolean": 12}
_FORMATS = {"date": DAY, "integer": "0", "number": "General"}


def add_sheet(
    book: Any,
    label: str,
    shape: tuple[Field, ...],
    values: Iterable[tuple[str, list[Any]]],
    count: int,
    beside: str = "",
) -> None:
    """A sheet with a row for each of `count` values, its headings kept in sight."""
    sheet = book.create_sheet(label)
    read_only = (
        [text_in(styled(sheet, fill=GREY, bold=True), f"{beside}{BESIDE}")] if beside else []
    )
    first = 2 + len(read_only)
    columns = [get_column_letter(first + index) for index in range(len(shape))]
    for letter in (get_column_letter(index) for index in range(1, first)):
        _look(sheet, letter, 22, "@")
    for letter, field in zip(columns, shape, strict=True):
        _look(sheet, letter, _WIDTHS.get(field.form, 14), _FORMATS.get(field.form, "@"))
        area = f"{letter}2:{letter}{count + 1 + ROOM}"
        sheet.data_validations.append(guidance.validation(field, area))
    sheet.data_validations.append(_id_prompt(f"A2:A{count + 1 + ROOM}"))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{columns[-1]}{count + 1}"
    sheet.append([_head(sheet, ID, GREY, guidance.ID_NOTE), *read_only, *_heads(sheet, shape)])
    grey, text = styled(sheet, fill=GREY), styled(sheet)
    writers: list[Callable[[Any], Any]] = [_writer(sheet, field) for field in shape]
    if read_only:
        writers.insert(0, lambda value: text_in(text, value))
    for id_, row in values:
        cells = zip(writers, row, strict=True)
        sheet.append([text_in(grey, id_), *(write(value) for write, value in cells)])


def _heads(sheet: Any, shape: tuple[Field, ...]) -> Iterator[Any]:
    for field in shape:
        fill = YELLOW if field.required else BLUE
        yield _head(sheet, field.label, fill, guidance.told(field))


def _head(sheet: Any, label: str, fill: str, note: str) -> Any:
    cell = text_in(styled(sheet, fill=fill, bold=True), label)
    cell.comment = guidance.note(note)
    return cell


def _look(sheet: Any, letter: str, width: int, shown: str) -> None:
    """Width of a column and how it shows what is typed below the last row."""
    column = sheet.column_dimensions[letter]
    column.width, column.number_format = width, shown


def _id_prompt(area: str) -> DataValidation:
    return DataValidation(
        sqref=area, showInputMessage=True, promptTitle=ID, prompt=guidance.ID_NOTE
    )


def _writer(sheet: Any, field: Field) -> Callable[[Any], Any]:
    """From a value of a column to its cell; each cell is written before the next is filled."""
    text = styled(sheet)
    if field.form == "date":
        dates = styled(sheet, _FORMATS["date"])
        return lambda day: None if day is None else value_in(dates, day)
    if field.form in ("integer", "number"):
        numbers = styled(sheet, _FORMATS[field.form])
        return lambda value: None if value is None else number_in(numbers, text, told(value))
    return lambda value: text_in(text, told(value))
