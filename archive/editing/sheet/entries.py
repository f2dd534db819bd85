"""Read the rows of a workbook as values of records, with the rows of own sheets joined to them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from archive.editing.sheet.cells import EMPTY, InvalidCell, cell_text, cell_value
from archive.editing.sheet.fields import REFILL, Fault, SheetField
from archive.editing.sheet.layout import ID
from archive.editing.sheet.reading import FilledWorkbook, SheetRow
from archive.files.excerpts import shorten
from archive.files.validation import REMARKS, STARS, is_starred, placeholder_rule, show
from archive.schema.types import PLACEHOLDER, REMARK, Model

_TOTAL = re.compile(
    r"(?:[0-9]{1,4}年|[0-9]{1,2}月|第?[一二三四1-4]季度|[上下]半年|全年|本[年季月页表]|以上)*+"
    r"(?:合计|小计|总计|共计|累计|总和|汇总|平均|合计数|总数|平均数|平均值)[:：]?"
)
"""What stands in a row that adds up others."""


@dataclass(slots=True)
class SheetEntry:
    """A row of the records' sheet: row number, id, and plain values by field.

    A cell that could not be read has no value; `unfit` names its field.
    """

    row: int
    id: str
    values: dict[str, Any] = field(default_factory=dict)
    unfit: set[str] = field(default_factory=set)
    inner_rows: dict[str, list[int]] = field(default_factory=dict)
    """Field with its own sheet → the row numbers there that hold its items."""


def read_entries(filled: FilledWorkbook) -> list[SheetEntry]:
    """The entries of the records' sheet; wrong cells and ids are added to `filled.faults`."""
    found: list[SheetEntry] = []
    first: dict[str, int] = {}
    for row in filled.rows[""] or []:
        if all(cell.value is None for cell in row.cells.values()):
            if row.id not in filled.base.records:
                place = filled.place(filled.label, row.number, ID)
                filled.notes.append(f"{place}：这一行别处是空的，不读取：{shorten(row.id)}")
            continue  # only an id is left: the row was cleared, which means the same as deleted
        if _is_no_record(filled, filled.label, filled.shape, row):
            continue
        entry = SheetEntry(row.number, row.id)
        _read(filled, filled.label, filled.shape, row, entry.values, entry.unfit)
        if row.id and row.id in first:
            message = f"编号须唯一，{row.id} 已用于第 {first[row.id]} 行；复制的行请清空编号"
            filled.faults.append(Fault(filled.label, row.number, "编号", message))
            continue
        first.setdefault(row.id, row.number)
        found.append(entry)
    for field_ in filled.shape:
        if field_.own_sheet:
            _join_own_sheet(filled, field_, found)
    return found


def _is_no_record(
    filled: FilledWorkbook, label: str, shape: tuple[SheetField, ...], row: SheetRow
) -> bool:
    """Whether a row is something else than a record, which is one fault; never one of an exported record."""
    if row.id in filled.base.records:
        return False
    texts = {ID: row.id, **{one.label: cell_text(row.cells.get(one.name, EMPTY)) for one in shape}}
    heading, found = _other_row(texts, required=sum(one.required for one in shape))
    if found:
        message = f"须一行是一条记录，现为{found}；请整行删去"
        filled.faults.append(Fault(label, row.number, heading, message))
    return bool(found)


def _other_row(texts: Mapping[str, str], required: int) -> tuple[str, str]:
    """The heading by which a row is seen to be no record, and what it is; empty if it may be one.

    A single filled cell is a signature or a remark where a record has at least three that must be filled.
    """
    there = {heading: text for heading, text in texts.items() if text}
    for heading, text in there.items():
        if _TOTAL.fullmatch("".join(text.split())):
            return heading, f"合计的一行（{shorten(text)}）"
    same = [heading for heading, text in there.items() if heading == text]
    if len(same) > 1 and 2 * len(same) > len(there):
        return "", "又写了一遍的标题"
    if len(there) == 1 and required > 2:
        ((heading, text),) = there.items()
        return heading, f"别处都空着的一行（{shorten(text)}），像是说明、签名"
    return "", ""


def _read(
    filled: FilledWorkbook,
    label: str,
    shape: tuple[SheetField, ...],
    row: SheetRow,
    values: dict[str, Any],
    unfit: set[str],
) -> None:
    for one in shape:
        if one.name not in row.cells:
            continue
        value = cell_value(one, row.cells[one.name])
        if isinstance(value, InvalidCell):
            filled.faults.append(Fault(label, row.number, one.label, value.message))
            unfit.add(one.name)
        elif one.form == "lines" and filled.attached and label == filled.label:
            held = filled.base.records.get(row.id, {}).get(one.name) or ()
            values[one.name] = [
                item if item in held else filled.attached.stored(item) for item in value or ()
            ]
            for item in filled.attached.missing(values[one.name], held):
                message = f"须是拖进“照片和文件”一栏的文件，没有 {shorten(item)}；请拖进来，或者改正文件名"
                filled.faults.append(Fault(label, row.number, one.label, message))
        else:
            values[one.name] = value


def _join_own_sheet(filled: FilledWorkbook, shape: SheetField, found: list[SheetEntry]) -> None:
    """Add the rows of the field's own sheet to the entries with their ids."""
    rows = filled.rows[shape.name]
    by_id = {entry.id: entry for entry in found if entry.id}
    items: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if rows is None:
        for one in found:
            one.unfit.add(shape.name)
        return
    for row in rows:
        if _is_no_record(filled, shape.label, shape.inner, row):
            continue
        entry = by_id.get(row.id)
        if entry is None:
            wanted = (
                f"现为 {row.id}；请照那里的编号填写"
                if row.id
                else "现为空；新增的记录请先在那里填写编号"
            )
            message = f"须为工作表“{filled.label}”里的编号，{wanted}"
            filled.faults.append(Fault(shape.label, row.number, "编号", message))
            continue
        values: dict[str, Any] = {}
        unfit: set[str] = set()
        _read(filled, shape.label, shape.inner, row, values, unfit)
        items[row.id].append({**dict.fromkeys(unfit), **values})
        entry.inner_rows.setdefault(shape.name, []).append(row.number)
        if unfit:
            entry.unfit.add(shape.name)
        if shape.form == "part" and len(items[row.id]) > 1:
            message = f"一条记录须只有一行，{row.id} 已见第 {entry.inner_rows[shape.name][0]} 行；请并成一行"
            filled.faults.append(Fault(shape.label, row.number, "编号", message))
            entry.unfit.add(shape.name)
    for one in found:
        own = items[one.id] if one.id else []
        one.values[shape.name] = own if shape.form == "parts" else own[0] if own else None


def check_entry(
    filled: FilledWorkbook, model: type[Model], entry: SheetEntry, values: dict[str, Any]
) -> list[Fault]:
    """The faults of `values` by the schema, placed in the workbook; none for unreadable cells."""
    try:
        model.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = [
            _fault(filled, entry, detail)
            for detail in details
            if detail["loc"][0] not in entry.unfit
        ]
        return _joined(faults)
    return []


def _joined(faults: list[Fault]) -> list[Fault]:
    """The faults of a row, with those of columns left empty as one."""
    empty = [one for one in faults if one.is_of_empty]
    if len(empty) < 2:
        return faults
    columns = "、".join(one.column for one in empty)
    message = f"须填写必填的各栏，现有 {len(empty)} 栏空着：{columns}；请填上，不是记录的整行删去"
    return [
        Fault(empty[0].sheet, empty[0].row, "", message),
        *(one for one in faults if one not in empty),
    ]


def _fault(filled: FilledWorkbook, entry: SheetEntry, detail: ErrorDetails) -> Fault:
    loc, error_type, found = detail["loc"], detail["type"], detail["input"]
    shape = next(one for one in filled.shape if one.name == loc[0])
    label, row = filled.label, entry.row
    if shape.own_sheet:
        steps = [step for step in loc[1:] if isinstance(step, str)]
        at = next((step for step in loc[1:] if isinstance(step, int)), 0)
        label, row = shape.label, entry.inner_rows[shape.name][at]
        shape = next((one for one in shape.inner if one.name in steps), shape)
    if error_type in ("string_too_long", "too_long") and isinstance(found, str):
        longest = detail["ctx"]["max_length"]
        rule = f"须不超过 {longest} 个字符，现有 {len(found)} 个；请删短"
        return Fault(label, row, shape.label, rule)
    if error_type == PLACEHOLDER:
        rule = placeholder_rule(not shape.required, loc)
        way_out = REFILL if shape.required else "；没有的请清空"
        return Fault(label, row, shape.label, f"{rule}，现为{show(found)}{way_out}")
    if error_type == REMARK:
        return Fault(
            label, row, shape.label, f"{REMARKS}，现为{show(found)}；请删去，不公开的字也一起删去"
        )
    starred = error_type == "string_pattern_mismatch" and is_starred(found)
    if starred:
        return Fault(label, row, shape.label, f"{STARS}，现为{show(found)}；请删去星号")
    return Fault(label, row, shape.label, f"{shape.must}，现为{show(found)}{REFILL}")
