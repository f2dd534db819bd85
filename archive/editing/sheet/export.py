"""Export a collection as a workbook that clerks fill in."""

from collections.abc import Iterable, Iterator
from typing import Any

from archive.editing.entries import file_of
from archive.editing.sheet import guidance
from archive.editing.sheet.exported_state import HIDDEN, ExportedState, rows, signature
from archive.editing.sheet.fields import SheetField, canonical, sheet_fields
from archive.editing.sheet.layout import add_sheet, height
from archive.editing.sheet.sources import ENTRIES, records_of, sources
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.files.workbooks import Book, Rows, as_bytes, look, styled, text_in
from archive.files.yaml import Problem
from archive.schema.columns import MAX_IN_A_CELL, size
from archive.schema.types import Model

GUIDE = "说明"
"""Name of the first sheet."""
_GUIDE_WIDTH = 100


def export(site: Site, name: str) -> bytes:
    """The bytes of the collection's workbook; raises UnexportableError if a cell cannot hold it."""
    shape = sheet_fields(sources(site)[name].model)
    records = _in_order(site, name)
    faults = [*_broken(site, name), *_unexportable(site, shape, records)]
    if faults:
        raise UnexportableError(sorted(faults))
    return _workbook(site, name, records, shape, 0)


def fill_in(site: Site, name: str) -> bytes:
    """The bytes of the workbook that readers of the internal edition download to fill in.

    It holds the latest `MOST_FILLED_IN` records; its guide says of how many others it does not. A record
    that no cell can hold is one of these: what a workbook does not hold, it does not change.
    """
    shape = sheet_fields(sources(site)[name].model)
    whole = _in_order(site, name)
    held = [one for one in whole[-MOST_FILLED_IN:] if not any(_unexportable(site, shape, [one]))]
    return _workbook(site, name, held, shape, len(whole) - len(held))


MOST_FILLED_IN = 2000


def _workbook(
    site: Site,
    name: str,
    records: list[Record[Model]],
    shape: tuple[SheetField, ...],
    left_out: int,
) -> bytes:
    """The bytes of a workbook of these records, `left_out` of which are not among them."""
    collection = sources(site)[name]
    demonstration = site.archive.demonstration
    own_sheets = [field for field in shape if field.own_sheet]
    book = Book(collection.label, site.archive.project.as_of)
    lines = guidance.lines(name, collection, own_sheets, demonstration)
    if left_out:
        lines.append(
            f"记录较多，表里只有最近的 {len(records)} 条；另外 {left_out} 条不在表里，导入时不受影响。"
        )
    add_guide(book, lines)
    flat = tuple(field for field in shape if not field.own_sheet)
    values = ((one.id, [getattr(one.data, field.name) for field in flat]) for one in records)
    add_sheet(book, collection.label, flat, values, len(records))
    for field in own_sheets:
        inner = list(_inner(field, records, collection.named_by))
        named = collection.label_of(collection.named_by)
        add_sheet(book, field.label, field.inner, inner, len(inner), named)
    known = {one.id: canonical(one.data) for one in records}
    write_state(book, ExportedState(name, demonstration, signature(shape), known))
    return as_bytes(book)


def write_state(book: Book, state: ExportedState) -> None:
    """Add the hidden sheet with what is exported."""
    sheet = book.create_sheet(HIDDEN)
    sheet.sheet_state = "veryHidden"
    written, text = Rows(sheet), look(sheet)
    for row in rows(state):
        written.append(map(text.text, row))


class UnexportableError(ValueError):
    """Records that a workbook cannot hold; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _in_order(site: Site, name: str) -> list[Record[Model]]:
    """The records by their days; entries as they stand in their file."""
    found = records_of(site, name)
    return found if name in ENTRIES else sorted(found, key=_order)


def _order(record: Record[Model]) -> tuple[str, str]:
    return str(record.day or ""), record.id


def _broken(site: Site, name: str) -> Iterator[Problem]:
    """Problems of the collection's files; a faulty record would be missing, its id reused."""
    archive = site.archive
    if name in ENTRIES:
        folder = file_of(site, name)
    else:
        folder = f"{archive.project.name(archive.project.data)}/{name}/"
    return (problem for problem in archive.problems if problem.path.startswith(folder))


def _unexportable(
    site: Site, shape: Iterable[SheetField], records: list[Record[Model]]
) -> Iterator[Problem]:
    for record in records:
        for field in shape:
            value = getattr(record.data, field.name)
            called = f"{field.name}（{field.label}）"
            if field.form == "lines" and any("\n" in one or not one.strip() for one in value):
                fault = f"{called}的各项须在一行之内且不为空白，电子表格里一行是一项；请合成一行，空的删去"
                yield site.archive.record_problem(record, fault, field.name)
            elif not field.own_sheet and size(value) > MAX_IN_A_CELL:
                fault = f"{called}须不超过 {MAX_IN_A_CELL} 字，电子表格的一格放不下更多"
                yield site.archive.record_problem(record, fault, field.name)


def add_guide(book: Any, lines: list[str]) -> None:
    """Add the sheet that says how the others are filled in."""
    sheet = book.create_sheet(GUIDE)
    sheet.column_dimensions["A"].width = _GUIDE_WIDTH
    head, body = styled(sheet, bold=True), styled(sheet)
    sheet.append([text_in(head, "怎样填这份表")])
    for number, line in enumerate(lines, 2):
        sheet.row_dimensions[number].height = height([(line, _GUIDE_WIDTH)])
        sheet.append([text_in(body, line)])


def _inner(
    field: SheetField, records: list[Record[Model]], named_by: str
) -> Iterator[tuple[str, list[Any]]]:
    """The rows of a field's own sheet: the record's id, then its title (read-only) and values."""
    for record in records:
        value = getattr(record.data, field.name)
        items = value if isinstance(value, tuple) else (value,) if value else ()
        for item in items:
            values = [getattr(item, one.name) for one in field.inner]
            yield record.id, [getattr(record.data, named_by), *values]
