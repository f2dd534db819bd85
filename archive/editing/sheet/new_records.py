"""The rows of a workbook that are not exported records: new records, unless they exist already."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from archive.editing.sheet.entries import SheetEntry, check_entry
from archive.editing.sheet.fields import Fault, canonical
from archive.editing.sheet.plan import MergePlan, NewRecord
from archive.facts.gather import RECORD_ID, Record
from archive.facts.naming import FreeIds
from archive.facts.site import Site
from archive.schema.collections import Collection
from archive.schema.types import Model

MAX_RENAMED = 2
"""The most changed ids that are told each; more are a column that was numbered anew."""


class NewRecords:
    """Adds the rows `fresh` to a merge as new records.

    `records` are the present ones by id; `gone` are ids of exported records missing in the sheet.
    """

    def __init__(
        self,
        site: Site,
        done: MergePlan,
        records: Mapping[str, Record[Model]],
        fresh: list[SheetEntry],
        gone: list[str],
    ) -> None:
        base = done.filled.base
        self._done, self._filled, self._fresh = done, done.filled, fresh
        self._collection = self._filled.collection
        self._model = self._collection.model
        self._names = FreeIds(site, base.collection, [entry.id for entry in fresh if entry.id])
        self._ids = {id_.lower() for id_ in site.archive.record_ids(base.collection)}
        present = [(one, canonical(one.data)) for one in records.values()]
        # Exported records last, because of two with the same key the later one stays in the dict.
        present.sort(key=lambda one: one[0].id not in base.records)
        self._records = {_key(values): one for one, values in present}
        self._alike = {_likeness(self._collection, values): one for one, values in present}
        self._gone = {_likeness(self._collection, base.records[id_]): id_ for id_ in gone}
        self._rows: dict[str, int] = {}
        self._renamed: list[tuple[SheetEntry, str]] = []
        """Rows of exported records that have another id now, each with the one it had."""

    def add(self) -> None:
        """Add each row to the merge: as a new record, or as a fault or note that says why not."""
        for entry in self._fresh:
            if not entry.unfit and self._exists_already(entry):
                continue
            whole = {**dict.fromkeys(entry.unfit), **entry.values}
            faults = [
                *self._id_faults(entry),
                *check_entry(self._filled, self._model, entry, whole),
            ]
            self._done.faults += faults
            if not faults and not entry.unfit:
                id_ = entry.id or self._names.new_id(entry.values)
                path = self._names.file_path(id_, entry.values)
                self._done.added.append(NewRecord(id_, path, entry.row, entry.values))
        self._tell_renamed()

    def _tell_renamed(self) -> None:
        """Add the faults of ids that were changed: of many, as one that tells of the first."""
        count = len(self._renamed)
        for entry, old in self._renamed[: 1 if count > MAX_RENAMED else count]:
            many = count > MAX_RENAMED
            rows = f"共 {count} 行改了，这一行" if many else ""
            way_out = "请撤销，要记序号的另加一列" if many else "请改回来"
            message = f"编号不得改动，{rows}原为 {old}，现为{_spaced(entry.id)}；{way_out}"
            self._done.faults.append(self._fault(entry, message))

    def _exists_already(self, entry: SheetEntry) -> bool:
        """Whether the record exists or is in the sheet twice; adds a fault or note if so."""
        values = canonical(entry.values)
        key, likeness = _key(values), _likeness(self._collection, values)
        twin = self._records.get(key)
        if twin and twin.id not in self._filled.base.records:
            place = self._filled.place(self._filled.label, entry.row)
            self._done.notes.append(f"{place}：已在 {twin.path} 中，不再新增")
            return True
        alike = self._alike.get(likeness)
        message = ""
        if likeness in self._gone:
            self._renamed.append((entry, self._gone[likeness]))
            return True
        if twin:
            message = f"须不与别的记录完全相同，已见 {twin.path}；重复的行请删去"
        elif key in self._rows:
            message = f"须不与别的行完全相同，已见第 {self._rows[key]} 行；重复的行请删去"
        elif (
            alike and alike.id not in self._filled.base.records
        ):  # a sheet imported, then filled in further
            message = f"须不与导出以后新增的记录日期、名称相同，已见 {alike.path}；要改它、要另加一条，请重新导出"
        if message:
            self._done.faults.append(self._fault(entry, message))
            return True
        self._rows[key] = entry.row
        return False

    def _id_faults(self, entry: SheetEntry) -> Iterator[Fault]:
        if not entry.id:
            return
        if not RECORD_ID.fullmatch(entry.id):
            message = (
                f"须由汉字、字母、数字、点、短横、下划线组成，现为 {entry.id}；请改正，或者清空"
            )
            yield self._fault(entry, message)
        elif entry.id.lower() in self._ids:
            yield self._fault(
                entry,
                f"新增的行须用没有用过的编号或者空着，{entry.id} 已有记录；请换一个，或者清空",
            )
        self._ids.add(entry.id.lower())

    def _fault(self, entry: SheetEntry, message: str) -> Fault:
        return Fault(self._filled.label, entry.row, "编号", message)


def _spaced(id_: str) -> str:
    return f" {id_}" if id_ else "空"


def _key(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _likeness(collection: Collection, values: Mapping[str, Any]) -> object:
    """What two records have alike that may be one; where nothing is recorded once, all they say."""
    if collection.ledger and not collection.event and not collection.ledger.yearly:
        return _key(values)
    return values.get("date"), values.get(collection.named_by)
