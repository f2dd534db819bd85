"""A collection as a workbook that a clerk fills in."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from archive.columns import MOST_IN_A_CELL, size, told
from archive.gather import Record
from archive.schema.collections import COLLECTIONS
from archive.sheet import guidance
from archive.sheet.base import HIDDEN, Base, rows, signature
from archive.sheet.fields import NO, YES, Field, canonical, fields
from archive.site import Site
from archive.source import Problem
from archive.workbooks import DIGITS, as_bytes, new_book, number_in, styled, text_in, value_in

GUIDE = "说明"
"""Name of the first sheet."""

ID = "编号"
"""Heading of the column that says which record a row is."""

BESIDE = "·对照"
"""What the heading ends with of a column that is there to be read only."""

ROOM = 1000
"""Rows below the last record in which the prompts and lists still work."""

GREY, YELLOW, BLUE = "E7E6E6", "FFF2CC", "DDEBF7"
"""What is not to be changed, what must be filled in, what may stay empty."""

_WIDTHS = {"text": 24, "lines": 30, "date": 12, "integer": 10, "number": 10, "boolean": 12}
_FORMATS = {"date": "yyyy\\-mm\\-dd", "integer": "0", "number": "General"}


def export(site: Site, name: str) -> bytes:
    """The collection as a workbook; raises `UntellableError` where it holds what no cell can tell."""
    kind = COLLECTIONS[name]
    shape = fields(kind.model)
    records = sorted(site.archive.records[name], key=_order)
    faults = [*_broken(site, name), *_untellable(site, shape, records)]
    if faults:
        raise UntellableError(sorted(faults))
    demonstration = bool(site.archive.unit and site.archive.unit.demonstration)
    apart = [field for field in shape if field.apart]
    book = new_book(kind.label, site.archive.project.as_of)
    _guide(book, guidance.lines(name, kind, apart, demonstration))
    flat = tuple(field for field in shape if not field.apart)
    values = ((one.id, [getattr(one.data, field.name) for field in flat]) for one in records)
    _sheet(book, kind.label, flat, values, len(records))
    for field in apart:
        inner = list(_inner(field, records))
        _sheet(book, field.label, field.inner, inner, len(inner), kind.label_of("title"))
    known = {one.id: canonical(one.data) for one in records}
    hidden = book.create_sheet(HIDDEN)
    hidden.sheet_state = "veryHidden"
    cells = styled(hidden)
    for row in rows(Base(name, demonstration, signature(shape), known)):
        hidden.append(text_in(cells, piece) for piece in row)
    return as_bytes(book)


class UntellableError(ValueError):
    """Records that a workbook cannot hold: `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _order(record: Record) -> tuple[str, str]:
    return str(record.data.date or ""), record.id


def _broken(site: Site, name: str) -> Iterator[Problem]:
    """Faulty files of the collection would be missing in the sheet, and new ids might be theirs."""
    archive = site.archive
    folder = f"{archive.project.name(archive.project.data)}/{name}/"
    return (problem for problem in archive.problems if problem.path.startswith(folder))


def _untellable(site: Site, shape: Iterable[Field], records: list[Record]) -> Iterator[Problem]:
    for record in records:
        for field in shape:
            value = getattr(record.data, field.name)
            called = f"{field.name}（{field.label}）"
            if field.form == "lines" and any("\n" in one or not one.strip() for one in value):
                fault = f"{called}的各项须在一行之内且不为空白，电子表格里一行是一项"
                yield site.archive.record_problem(record, (field.name,), fault)
            elif not field.apart and size(value) > MOST_IN_A_CELL:
                fault = f"{called}须不超过 {MOST_IN_A_CELL} 字，电子表格的一格放不下更多"
                yield site.archive.record_problem(record, (field.name,), fault)


def _guide(book: Any, lines: list[str]) -> None:
    sheet = book.create_sheet(GUIDE)
    sheet.column_dimensions["A"].width = 100
    head, body = styled(sheet, bold=True), styled(sheet)
    sheet.append([text_in(head, "怎样填这份表")])
    for line in lines:
        sheet.append([text_in(body, line)])


def _inner(field: Field, records: list[Record]) -> Iterator[tuple[str, list[Any]]]:
    """The rows of a field that has a sheet to itself: record's id; its title, to read; the values."""
    for record in records:
        value = getattr(record.data, field.name)
        items = value if isinstance(value, tuple) else (value,) if value else ()
        for item in items:
            values = [getattr(item, one.name) for one in field.inner]
            yield record.id, [record.data.title, *values]


def _sheet(
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
        return lambda value: _number(numbers, text, value)
    if field.form == "boolean":
        return lambda value: None if value is None else text_in(text, YES if value else NO)
    return lambda value: text_in(text, told(value))


def _number(numbers: Any, text: Any, value: Any) -> Any:
    digits = told(value)
    if not digits:
        return None
    fits = len(digits.replace(".", "").lstrip("0")) <= DIGITS
    return number_in(numbers, digits) if fits else text_in(text, digits)
