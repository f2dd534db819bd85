"""A review sheet that was filled in, read back: which find each row is of, what it says, what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.editing.report.deciding import Row, Sheet
from archive.editing.report.review import Review
from archive.editing.report.review_sheet import CHOICES, KEY, SHEETS, kept, shapes, source
from archive.editing.sheet.cells import EMPTY, InvalidCell, cell_value
from archive.editing.sheet.export import GUIDE
from archive.editing.sheet.exported_state import (
    HIDDEN,
    DamagedError,
    ExportedState,
    check_records,
    signature,
)
from archive.editing.sheet.fields import REFILL, Fault, SheetField, canonical
from archive.editing.sheet.opening import RefusedError, open_workbook
from archive.editing.sheet.reading import (
    DAMAGED,
    FilledSheets,
    SheetRow,
    exported_state,
    read_sheet,
)
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.validation import REMARKS, STARS, is_starred, placeholder_rule
from archive.schema.types import MAX_CHARACTERS, OPENING, is_placeholder

COMMAND = ".venv/bin/archive report import 文件 --sheet 表"
_EXPORT_AGAIN = "请换一个文件名重新导出再填"
_MOST = 10
_NAMED = ("name",)


@dataclass(slots=True)
class Filled:
    """What a review sheet says."""

    sheets: FilledSheets = field(default_factory=FilledSheets)
    rows: list[Row] = field(default_factory=list)


def read_review(site: Site, report: str, path: Path, review: Review) -> Filled:
    """Read a review sheet; raises RefusedError if it is none of this report, or cannot be read."""
    opened = open_workbook(path)
    base = exported_state(opened.book, f"用 {COMMAND} 导出")
    shape_of = shapes(site)
    _judge(site, report, base, shape_of)
    places = {(*one.at, one.nth): at for at, one in enumerate(review.items)}
    if base.records and not any(_place(one) in places for one in base.records.values()):
        raise RefusedError(
            f"须是由这个文件导出的核对表，表里的一处也不在文件里；请写对文件名，或者{_EXPORT_AGAIN[1:]}"
        )
    filled = Filled()
    sheets = filled.sheets
    for sheet, label in SHEETS.items():
        shape = shape_of[sheet]
        before = len(sheets.faults)
        found = list(read_sheet(opened, sheets, label, shape, KEY))
        if len(sheets.faults) == before:
            due = {key: one for key, one in base.records.items() if _is_of(key, label)}
            filled.rows += _rows(sheets, label, shape, found, due, places)
    extra = [one for one in opened.book.sheetnames if one not in (GUIDE, HIDDEN, CHOICES, *SHEETS.values())]  # fmt: skip
    if extra:
        sheets.notes.append(f"多出的工作表不读取：{'、'.join(extra)}")
    return filled


def _is_of(key: str, label: str) -> bool:
    return key.removeprefix(label).isdecimal()


def _place(record: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(record[name] for name in ("place_sentence", "place_before", "place_text", "place_nth"))  # fmt: skip


def _judge(
    site: Site, report: str, base: ExportedState, shape_of: Mapping[Sheet, tuple[SheetField, ...]]
) -> None:
    """Raise RefusedError if the hidden sheet is of another report, other data or another program."""
    if not base.collection.startswith(source("")):
        raise RefusedError(
            f"须是报告的核对表，此表是台账 {base.collection} 的；请换成核对表，台账的表用 .venv/bin/archive sheet import 导入"
        )
    if base.collection != source(report):
        other = base.collection.removeprefix(source(""))
        raise RefusedError(
            f"须是报告 {report} 的核对表，此表是报告 {other} 的；请写对 --sheet 或者 --report"
        )
    if base.demonstration != site.archive.demonstration:
        whose = ("本单位的数据", "演示数据")
        raise RefusedError(f"此表导出自{whose[base.demonstration]}，不能导入{whose[not base.demonstration]}；请重新导出")  # fmt: skip
    if base.fields != signature([field for shape in shape_of.values() for field in shape]):
        raise RefusedError(f"此表是别的一版程序导出的，各列与现在的不同；{_EXPORT_AGAIN}")
    try:
        for sheet, label in SHEETS.items():
            due = {key: one for key, one in base.records.items() if _is_of(key, label)}
            check_records(ExportedState("", False, [], due), kept(shape_of[sheet]))
        known = sum(_is_of(key, label) for key in base.records for label in SHEETS.values())
        if known != len(base.records):
            raise DamagedError
    except DamagedError as error:
        raise RefusedError(DAMAGED) from error


def _rows(
    sheets: FilledSheets,
    label: str,
    shape: Sequence[SheetField],
    found: Sequence[SheetRow],
    due: Mapping[str, Mapping[str, Any]],
    places: Mapping[tuple[Any, ...], int],
) -> Iterator[Row]:
    """Yield the rows of a sheet that are sound and of a find that there is; faults are added to the sheets'."""
    first: dict[str, int] = {}
    gone: list[int] = []
    for row in found:
        base = due.get(row.id)
        if base is None:
            what = f"没有 {shorten(row.id)}" if row.id else "现为空"
            sheets.faults.append(
                Fault(
                    label,
                    row.number,
                    KEY,
                    f"须是导出时的一行，{what}；增加的请整行删去，改了序号的请改回去",
                )
            )
            continue
        if row.id in first:
            sheets.faults.append(
                Fault(
                    label,
                    row.number,
                    KEY,
                    f"序号须唯一，{row.id} 已用于第 {first[row.id]} 行；复制出来的请整行删去",
                )
            )
            continue
        first[row.id] = row.number
        new = _said(sheets, label, shape, row, base)
        at = places.get(_place(base))
        own = [one.name for one in shape if not one.fixed]
        # Where a cell cannot be read, the rest of its row is judged all the same.
        words = {name: new.get(name, base[name]) for name in own}
        if at is not None:
            yield Row(at, label, row.number, {name: base[name] for name in own}, words)
        elif any(words[name] != base[name] for name in own):
            gone.append(row.number)
    if gone:
        listed = "、".join(map(str, gone[:_MOST]))
        rest = f"等 {len(gone)} 行" if len(gone) > _MOST else " 行"
        sheets.notes.append(f"{label} 第 {listed}{rest}的原句在文件里已没有或者改了，填的不再用")
    missing = [key for key in due if key not in first]
    if missing:
        listed = "、".join(missing[:_MOST])
        rest = f"等 {len(missing)} 行" if len(missing) > _MOST else ""
        sheets.faults.append(
            Fault(
                label,
                0,
                "",
                f"须有导出时的每一行，现没有 {listed}{rest}；请恢复，或者重新导出，不登记的填“不是指标”",
            )
        )


def _said(
    sheets: FilledSheets,
    label: str,
    shape: Sequence[SheetField],
    row: SheetRow,
    base: Mapping[str, Any],
) -> dict[str, Any]:
    """What the cells of a row say that can be read, as canonical values; faults are added to the sheets'."""
    said: dict[str, Any] = {}
    for one in shape:
        value = cell_value(one, row.cells.get(one.name, EMPTY))
        message = ""
        if one.fixed:
            if isinstance(value, InvalidCell) or canonical(value) != base[one.name]:
                message = f"这一列由程序填写，须照旧，原为“{shorten(base[one.name] or '')}”；请改回去，或者重新导出"
        elif isinstance(value, InvalidCell):
            message = value.message
        elif one.form == "text" and value is not None:
            message = _text_fault(value, base[one.name])
        if message:
            sheets.faults.append(Fault(label, row.number, one.label, message))
        else:
            said[one.name] = canonical(value)
    return said


def _text_fault(value: str, base: str | None) -> str:
    """What is wrong with a text that was typed; empty if nothing is."""
    if canonical(value) == base:
        return ""
    if len(value) > MAX_CHARACTERS:
        return f"须不超过 {MAX_CHARACTERS} 个字符，现有 {len(value)} 个；请删短"
    if "\n" in value:
        return f"须为一行文字，现有几行，“{shorten(value)}”；请改成一行"
    if is_starred(value):
        return f"{STARS}，现为“{shorten(value)}”；请删去星号"
    if OPENING in value:
        return f"{REMARKS}，现为“{shorten(value)}”；请删去，不公开的字也一起删去"
    if is_placeholder(value):
        return f"{placeholder_rule(False, _NAMED)}，现为“{shorten(value)}”{REFILL}"
    return ""
