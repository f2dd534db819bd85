"""The messages of an import: each record and field, old → new, and a summary."""

from collections.abc import Iterator, Mapping
from typing import Any

from archive.editing.sheet.dry_run import DryRun
from archive.editing.sheet.fields import SheetField, canonical, display_text
from archive.editing.sheet.plan import Conflict, MergePlan, NewRecord, RecordEdit, title
from archive.editing.sheet.reading import FilledWorkbook
from archive.files.excerpts import shorten
from archive.schema.collections import Collection

MAX_MISSING = 20
"""The most missing rows that are named; the others are only counted."""


def format_import(merged: MergePlan, trial: DryRun) -> Iterator[str]:
    """The lines about an import: what changes and is added, then what is not, and why."""
    for edit in merged.edits:
        yield from _edit(edit, merged.filled.collection, merged.filled.shape)
    for new in merged.added:
        yield from _new(new, merged.filled.collection, merged.filled.shape)
    if trial.moved and not (merged.faults or trial.faults):  # else nothing is written
        yield f"因此改变的指标（{len(trial.moved)} 个）"
        yield from (f"  {one}" for one in trial.moved)
    for lines in conflicts(merged):
        yield from lines
    if merged.missing:
        shown_ = merged.missing[:MAX_MISSING]
        rest = f"等 {len(merged.missing)} 条" if len(merged.missing) > len(shown_) else ""
        yield f"表中没有、不会删除：{'、'.join(shown_)}{rest}"
    yield from merged.rearranged
    for note in (*merged.notes, *_as_one_item(merged)):
        yield f"注意：{note}"
    if trial.existing_problems:
        yield f"注意：导入以前已有 {trial.existing_problems} 处问题，见 .venv/bin/archive check"
    yield from merged.filled.told((*merged.faults, *trial.faults))
    if trial.problems:
        yield "写入以后，别处会有问题："
        yield from map(str, trial.problems)


def _as_one_item(merged: MergePlan) -> Iterator[str]:
    """What is typed as one item of a list, and may be several: names have such signs too."""
    filled = merged.filled
    typed = [(edit.row, edit.values) for edit in merged.edits]
    for row, values in (*typed, *((new.row, new.values) for new in merged.added)):
        for field in filled.shape:
            for item in values.get(field.name) or () if field.form == "lines" else ():
                if any(sign in item for sign in "、；;"):
                    place = filled.place(filled.label, row, field.label)
                    yield f"{place}：“{shorten(item)}”算一项；是几项的，一行写一项（格子里换行按 Alt+Enter）"


def _edit(edit: RecordEdit, collection: Collection, shape: tuple[SheetField, ...]) -> Iterator[str]:
    moved = f"，移到 {edit.path}" if edit.path != edit.record.path else ""
    values = canonical(edit.record.data)
    yield f"修改 {edit.record.path}（{title(collection, values)}，第 {edit.row} 行）{moved}"
    fields = {field.name: field for field in shape}
    for one in edit.changes:
        field = fields[one.field]
        yield f"  {field.label}：{display_text(field, one.now)} → {display_text(field, one.new)}"


def _new(new: NewRecord, collection: Collection, shape: tuple[SheetField, ...]) -> Iterator[str]:
    values: Mapping[str, Any] = canonical(new.values)
    yield f"新增 {new.path}（{title(collection, values)}，第 {new.row} 行）"
    for field in shape:
        if values[field.name] not in (None, []):
            yield f"  {field.label}：{display_text(field, values[field.name])}"


def conflicts(merged: MergePlan) -> Iterator[list[str]]:
    """The lines about each record that others have changed otherwise."""
    for conflict in merged.conflicts:
        yield list(_conflict(conflict, merged.filled))


def _conflict(conflict: Conflict, filled: FilledWorkbook) -> Iterator[str]:
    record, label = conflict.record, filled.label
    fields = {field.name: field for field in filled.shape}
    yield f"冲突 {record.path}（{title(filled.collection, canonical(record.data))}，{label} 第 {conflict.row} 行），这条记录不写入："
    for one in conflict.changes:
        field = fields[one.field]
        base, now, new = (display_text(field, value) for value in (one.base, one.now, one.new))
        yield f"  {field.label}：导出时 {base}，他人已改为 {now}，表中改为 {new}"


def summary(merged: MergePlan, trial: DryRun, written: bool, unconfirmed: bool) -> str:
    """One line: numbers of records by outcome, and whether anything was written.

    `unconfirmed`: values seem to have moved to other records, and nobody has confirmed it.
    """
    faults = len({*merged.faults, *trial.faults}) + len(trial.problems)
    counts = [
        f"{name} {count} {unit}"
        for name, count, unit in (
            ("修改", len(merged.edits), "条"),
            ("新增", len(merged.added), "条"),
            ("冲突", len(merged.conflicts), "条"),
            ("问题", faults, "处"),
        )
        if count
    ]
    counted = "，".join(counts)
    if faults:
        return f"{counted}。有问题，一条也没有写入；改好后再导入。"
    advice = "冲突的记录没有写入：要用他人的值，把表中这一格改成与它相同；要用表中的值，请重新导出后再改。"
    conflict = advice if merged.conflicts else ""
    if not (merged.edits or merged.added):
        return f"{counted}。{conflict}" if counted else "没有改动。"
    if written:
        done = "已写入。这份表已用过，再改请重新导出。"
    elif unconfirmed:
        done = "没有写入；排错、移错的，请在表里撤销，或者重新导出再填；确要这样改的，加 --write --rearranged 写入。"
    else:
        done = "没有写入；核对无误后加 --write 写入。"
    return f"{counted}。{done}{conflict}"
