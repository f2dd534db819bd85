"""Read a filled workbook: the hidden sheet, and the rows by headings, in any order of columns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from archive.editing.sheet.attached import AttachedFiles
from archive.editing.sheet.cells import EMPTY, SheetCell, cell_text, sheet_cell
from archive.editing.sheet.export import GUIDE
from archive.editing.sheet.exported_state import (
    HIDDEN,
    DamagedError,
    ExportedState,
    check_records,
    read,
    signature,
)
from archive.editing.sheet.fields import Fault, SheetField, sheet_fields
from archive.editing.sheet.layout import BESIDE, ID
from archive.editing.sheet.opening import OpenedWorkbook, RefusedError
from archive.editing.sheet.sources import sources
from archive.editing.sheet.unread import unread
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.workbooks import text_from
from archive.schema.collections import Collection

MAX_ROWS = 100_000
"""Limit of the rows of a sheet."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: its number, its id (may be empty), and its cells by field name."""

    number: int
    id: str
    cells: dict[str, SheetCell]


@dataclass(slots=True)
class FilledSheets:
    """The sheets of a filled workbook: what is read of them, and what is wrong with them."""

    rows: dict[str, list[SheetRow] | None] = field(default_factory=dict)
    """The rows of each sheet; None if it is unreadable."""
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    """Sheet → heading → letter of its column, of the columns that are read."""
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def place(self, sheet: str, row: int, heading: str = "") -> str:
        """Where it is, as the spreadsheet shows it: `志愿服务活动 第 5 行 C 列（服务时长）`."""
        letter = self.letters.get(sheet, {}).get(heading)
        column = f" {letter} 列（{heading}）" if letter else heading and f"“{heading}”"
        return f"{sheet}{f' 第 {row} 行' if row else ''}{column}"

    def column(self, sheet: str, index: int) -> str:
        """A column by its number: `C 列（服务时长）`, or `X 列` of one that is not read."""
        letter = get_column_letter(index)
        headings = {at: heading for heading, at in self.letters.get(sheet, {}).items()}
        return f"{letter} 列" + (f"（{headings[letter]}）" if letter in headings else "")

    def told(self, faults: Iterable[Fault]) -> list[str]:
        """Faults as text, each once, by sheet, row and column."""
        ordered = sorted(
            set(faults), key=lambda one: (one.sheet, one.row, self._position(one), one.message)
        )
        return [f"{self.place(one.sheet, one.row, one.column)}：{one.message}" for one in ordered]

    def _position(self, fault: Fault) -> int:
        letter = self.letters.get(fault.sheet, {}).get(fault.column)
        return column_index_from_string(letter) if letter else 0


@dataclass(slots=True, kw_only=True)
class FilledWorkbook(FilledSheets):
    """The content of a filled workbook of a collection.

    `rows` has the records' sheet under "", own sheets under the field's name.
    """

    base: ExportedState
    collection: Collection
    shape: tuple[SheetField, ...]
    attached: AttachedFiles | None = None
    """The files that came with it; None where none can."""

    @property
    def label(self) -> str:
        """The name of the records' sheet, also used in messages."""
        return self.collection.label


def read_workbook(site: Site, opened: OpenedWorkbook) -> FilledWorkbook:
    """The content of the workbook; raises RefusedError if exported from other data or schema."""
    collections, demonstration = sources(site), site.archive.demonstration
    book = opened.book
    base = exported_state(book, _EXPORTED)
    if base.collection not in collections:
        raise RefusedError(
            f"台账须是已有的，没有 {base.collection}{suggestion(base.collection, collections)}；请重新导出再填"
        )
    if base.demonstration != demonstration:
        whose = ("本单位的数据", "演示数据")
        raise RefusedError(
            f"此表导出自{whose[base.demonstration]}，不能导入{whose[demonstration]}；请重新导出"
        )
    collection = collections[base.collection]
    shape = sheet_fields(collection.model)
    now = signature(shape)
    if base.fields != now:
        labels = [
            one[1] for one in [*base.fields, *now] if one not in base.fields or one not in now
        ]
        raise RefusedError(
            f"字段须与导出时一样，现有变动：{'、'.join(dict.fromkeys(labels))}；请重新导出再填"
        )
    try:
        check_records(base, shape)
    except DamagedError as error:
        raise RefusedError(DAMAGED) from error
    filled = FilledWorkbook(base=base, collection=collection, shape=shape)
    sheets = {"": filled.label, **{one.name: one.label for one in shape if one.own_sheet}}
    for name, label in sheets.items():
        flat = tuple(one for one in shape if not one.own_sheet)
        inner = next((one.inner for one in shape if one.name == name), flat)
        before = len(filled.faults)
        found = list(read_sheet(opened, filled, label, inner))
        filled.rows[name] = found if len(filled.faults) == before else None
    extra = [one for one in book.sheetnames if one not in (GUIDE, HIDDEN, *sheets.values())]
    if extra:
        filled.notes.append(f"多出的工作表不读取：{'、'.join(extra)}")
    return filled


def exported_state(book: Workbook, way: str) -> ExportedState:
    """What the hidden sheet says; raises RefusedError if it is not as exported. `way` is how that is done."""
    if HIDDEN not in book.sheetnames:
        raise RefusedError(f"须用导出的表来填，此表没有导出时附带的隐藏工作表；请{way}再填")
    found = (
        [text for cell in row if (text := cell.value if isinstance(cell.value, str) else "")]
        for row in (list(cells.values()) for _, cells in _written(book[HIDDEN]))
    )
    try:
        return read([list(map(text_from, row)) for row in found if row])
    except DamagedError as error:
        raise RefusedError(DAMAGED) from error


_EXPORTED = "在网站上下载填报表，或者用 .venv/bin/archive sheet export 导出"
DAMAGED = "导出时附带的隐藏工作表须原样保留，现已被改动，或者不是这一版程序导出的；请重新导出再填"


def read_sheet(
    opened: OpenedWorkbook,
    filled: FilledSheets,
    label: str,
    shape: tuple[SheetField, ...],
    key: str = ID,
) -> Iterator[SheetRow]:
    """The rows of a sheet that are not empty; faults of the sheet are added to `filled.faults`.

    `key` is the heading of the column of ids.
    """
    book = opened.book
    if label not in book.sheetnames:
        found = "、".join(one for one in book.sheetnames if one != HIDDEN)
        filled.faults.append(
            Fault(label, 0, "", f"须有这个名称的工作表，现有 {found}；请恢复它的名称")
        )
        return
    sheet = book[label]
    if sheet.max_row > MAX_ROWS:
        filled.faults.append(
            Fault(
                label,
                0,
                "",
                f"须不超过 {MAX_ROWS} 行，现为 {sheet.max_row} 行；下面的空行请整行删去",
            )
        )
        return
    rows = dict(_written(sheet))
    heads = _heads(rows.pop(1, {}))
    wanted = {key: "", **{one.label: one.name for one in shape}}
    below = next((number for number, row in rows.items() if _is_head(row, wanted)), 0)
    if below and not wanted.keys() & set(heads.values()):
        message = f"标题须在第一行，现在第 {below} 行；请删去它上面的行"
        filled.faults.append(Fault(label, below, "", message))
        return
    columns = _columns(filled, label, heads, wanted)
    if columns is None:
        return
    _refuse_merged_cells(filled, sheet, label)
    drawn, read_ = opened.drawn.get(label, ()), set(columns.values())
    notes = unread(sheet, heads, rows, read_, drawn, partial(filled.column, label))
    filled.notes += [f"{label}：{note}" for note in notes]
    hidden = 0
    for number, row in rows.items():
        cells = {name: sheet_cell(row[at]) if at in row else EMPTY for name, at in columns.items()}
        if all(cell.value is None for cell in cells.values()):
            continue
        hidden += bool(sheet.row_dimensions[number].hidden) if number in sheet.row_dimensions else 0
        yield SheetRow(number, cell_text(cells.pop("")), cells)
    if hidden:
        filled.notes.append(f"{label}：隐藏或筛掉的 {hidden} 行照样读取")


def _written(sheet: Any) -> Iterator[tuple[int, dict[int, Any]]]:
    """Yield the number and the cells, by column, of each row that is written, in order.

    The library's own `iter_rows` makes every cell of the rectangle: one far out fills the memory.
    """
    written = sorted(sheet._cells.items())
    for number, cells in groupby(written, lambda one: one[0][0]):
        yield number, {column: cell for (_, column), cell in cells}


def _is_head(row: dict[int, Any], wanted: Mapping[str, str]) -> bool:
    """Whether a row has most of the headings."""
    return 2 * len(wanted.keys() & set(_heads(row).values())) > len(wanted)


def _heads(row: dict[int, Any]) -> dict[int, str]:
    return {column: cell_text(sheet_cell(cell)) for column, cell in row.items()}


def _columns(
    filled: FilledSheets, label: str, row: dict[int, str], wanted: Mapping[str, str]
) -> dict[str, int] | None:
    """Field → number of its column, "" for the id; None, with faults added, if one is not found.

    `wanted` are the headings with their fields.
    """
    heads = list(row.values())
    found = {wanted[head]: at for at, head in row.items() if head in wanted}
    letters = {head: get_column_letter(at) for at, head in row.items() if head in wanted}
    filled.letters[label] = letters
    missing = [head for head, name in wanted.items() if name not in found]
    twice = [head for head in wanted if heads.count(head) > 1]
    extra = [head for head in heads if head and head not in wanted and not head.endswith(BESIDE)]
    if missing:
        known = f"，现有不认识的标题“{'”“'.join(extra)}”" if extra else ""
        message = f"第一行须有标题“{'”“'.join(missing)}”{known}；请恢复原来的标题"
        filled.faults.append(Fault(label, 1, "", message))
    for head in twice:
        columns = "、".join(get_column_letter(at) for at, one in row.items() if one == head)
        message = f"同一标题须只有一列，现有 {columns} 列；请删去多出的列，或改它的标题"
        filled.faults.append(Fault(label, 1, head, message))
    if missing or twice:
        return None
    if extra:
        filled.notes.append(f"{label}：多出的列不读取：{'、'.join(extra)}")
    return found


def _refuse_merged_cells(filled: FilledSheets, sheet: Any, label: str) -> None:
    for area in sorted(sheet.merged_cells.ranges, key=lambda one: one.bounds):
        message = f"须没有合并的单元格，现有 {area.coord}；请取消合并，逐格填写"
        filled.faults.append(Fault(label, area.min_row, "", message))
