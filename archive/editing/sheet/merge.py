"""Three-way merge: a workbook as exported, as filled in, and the records as they are now."""

from collections.abc import Mapping
from typing import Any

from archive.editing.merging import changes, clashing, moved_path
from archive.editing.sheet.entries import SheetEntry, check_entry, read_entries
from archive.editing.sheet.entry_rows import entry_faults
from archive.editing.sheet.fields import Fault, canonical
from archive.editing.sheet.layout import ID
from archive.editing.sheet.new_records import NewRecords
from archive.editing.sheet.plan import Conflict, MergePlan, RecordEdit, title
from archive.editing.sheet.reading import FilledWorkbook
from archive.editing.sheet.rearranged import FilledRow, rearranged
from archive.editing.sheet.sources import ENTRIES, ids_of, records_of
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.files.writing import plain_data
from archive.schema.types import Model


def merge(site: Site, filled: FilledWorkbook) -> MergePlan:
    """Merge the filled workbook with the present records; returns what an import would do."""
    done = MergePlan(filled, notes=filled.notes, faults=filled.faults)
    if filled.rows[""] is None:
        return done
    base = filled.base.records
    name = filled.base.collection
    records = {one.id: one for one in records_of(site, name)}
    found = read_entries(filled)
    fresh = [entry for entry in found if entry.id not in base]
    exported = []
    for entry in found:
        if entry.id in base:
            row = FilledRow(entry.row, base[entry.id], _as_filled(filled, entry, base[entry.id]))
            exported.append(row)
            _merge_exported(site, done, entry, row, records.get(entry.id))
    if done.edits or done.faults:
        done.rearranged = list(rearranged(filled, exported))
    there = {entry.id for entry in found}
    gone = [id_ for id_ in base if id_ not in there]
    done.missing = [f"{id_}（{title(filled.collection, base[id_])}）" for id_ in gone]
    if name in ENTRIES:
        done.faults += (_no_new_row(filled, entry, gone) for entry in fresh)
    elif fresh:
        NewRecords(site, done, records, fresh, gone).add()
    return done


def _as_filled(
    filled: FilledWorkbook, entry: SheetEntry, base: Mapping[str, Any]
) -> dict[str, Any]:
    """The canonical values of the row; where a cell could not be read, the exported one."""
    read = (one.name for one in filled.shape if one.name not in entry.unfit)
    return {**base, **{name: canonical(entry.values[name]) for name in read}}


def _merge_exported(
    site: Site, done: MergePlan, entry: SheetEntry, row: FilledRow, record: Record[Model] | None
) -> None:
    """Add the row of an exported record to `done` as an edit, conflict, fault or note, if any."""
    filled, base, new = done.filled, row.base, row.new
    if record is None:
        known = entry.id in ids_of(site, filled.base.collection)
        if any(changes(base, base, new)):
            broken = f"须为没有问题的记录，{entry.id} 的文件现有问题；请先改好（.venv/bin/archive check）"
            lost = f"须为现有的记录，{entry.id} 已被他人删去或改名；请重新导出再填"
            message = broken if known else lost
            done.faults.append(Fault(filled.label, entry.row, "编号", message))
        elif not known:
            place = filled.place(filled.label, entry.row, ID)
            done.notes.append(f"{place}：{entry.id} 已被他人删去或改名，不再写入")
        return
    found = list(changes(base, canonical(record.data), new))
    clashes = clashing(found)
    if clashes:
        done.conflicts.append(Conflict(record, entry.row, clashes))
    elif found:
        values = {one.field: entry.values[one.field] for one in found}
        whole = {**plain_data(record.data), **values}
        faults = check_entry(filled, filled.collection.model, entry, whole)
        if filled.base.collection in ENTRIES:
            faults += entry_faults(site, filled, entry, values)
        done.faults += faults
        if not faults:
            done.edits.append(
                RecordEdit(record, entry.row, found, values, moved_path(record, values))
            )


def _no_new_row(filled: FilledWorkbook, entry: SheetEntry, gone: list[str]) -> Fault:
    """The fault that a row is of no entry that was exported: a sheet adds none."""
    rule = f"须为导出时已有的编号，现为{f' {entry.id}' if entry.id else '空'}"
    way = "请改回来" if gone else "请删去这一行，要增加的，请维护人员登记"
    return Fault(filled.label, entry.row, ID, f"{rule}；{way}")
