"""The rows of a workbook of entries, which all go to one file: what is wrong with them, and the file with them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from archive.editing.entries import entries, file_of, with_entries
from archive.editing.headings import by_heading, calls_in_entry
from archive.editing.merging import put
from archive.editing.sheet.editing import UnchangeableError
from archive.editing.sheet.entries import SheetEntry
from archive.editing.sheet.fields import Fault
from archive.editing.sheet.plan import MergePlan
from archive.editing.sheet.reading import FilledWorkbook
from archive.editing.sheet.sources import ENTRIES
from archive.facts.releases import settled_value
from archive.facts.site import Site
from archive.files.yaml import Problem, parse_bytes
from archive.schema.fields import fields
from archive.schema.form_models import WHERE
from archive.schema.register import MARK, Observation


class Drafts(Protocol):
    """What a dry run gathers of the files that would change."""

    drafts: dict[str, bytes | None]
    before: dict[str, bytes]
    faults: list[Fault]


def entry_faults(
    site: Site, filled: FilledWorkbook, entry: SheetEntry, values: Mapping[str, Any]
) -> list[Fault]:
    """The faults of a row that changes these values of an entry."""
    fixed = [(one.name, _FIXED) for one in filled.shape if one.fixed and one.name in values]
    return [
        Fault(filled.label, entry.row, filled.collection.label_of(name), message)
        for name, message in (*fixed, *_faults(site, filled.base.collection, entry.id, values))
    ]


_FIXED = "由程序填写，须与导出时相同；请改回来"


def _faults(
    site: Site, kind: str, id_: str, values: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    where = WHERE[kind]
    if kind != "figures":
        return
    for name in values:
        if MARK in id_ and name in where and where[name][0] not in fields(Observation):
            rule = (
                f"各期的须与指标一致，不单独填写；请改 {id_.partition(MARK)[0]} 那一行，这里改回来"
            )
            yield name, rule
    settled = settled_value(site, id_) if "value" in values else None
    if settled is not None:
        yield (
            "value",
            f"须仍为核定或报送的 {settled:f}，改它须用“修订或更正指标”的表单；请改回来",
        )


def _with(kind: str, entry: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
    for name, value in values.items():
        entry = put(entry, WHERE[kind][name], value)
    return entry


def write_entries(site: Site, merged: MergePlan, trial: Drafts) -> None:
    """Add the file of the entries to the drafts, with all rows that change one; or the fault that it cannot be."""
    filled, kind = merged.filled, merged.filled.base.collection
    if not merged.edits:
        return
    path = file_of(site, kind)
    try:
        raw = (site.archive.project.root / path).read_bytes()
        held = entries(kind, parse_bytes(raw, "").data)
        changed = {
            one.record.id: _with(kind, held[one.record.id], one.values) for one in merged.edits
        }
        trial.drafts[path] = with_entries(kind, raw, changed)
        trial.before[path] = raw
    except (OSError, KeyError, UnchangeableError):
        message = f"须为程序能改的写法，{path} 写法特殊，或者刚被改动；请在文件里手工修改"
        trial.faults.append(Fault(filled.label, 0, "", message))


_SUBJECT = re.compile(r"(?:names\.)?(?P<id>[^\s.（]+)[.（]")


def entry_fault(merged: MergePlan, problem: Problem) -> Fault | None:
    """The problem of an entry that a row changes as a fault of its row; None for any other."""
    filled, kind = merged.filled, merged.filled.base.collection
    found = _SUBJECT.match(problem.message)
    if (
        kind not in ENTRIES
        or not found
        or not merged.edits
        or problem.path != merged.edits[0].record.path
    ):
        return None
    labels = {one.name: one.label for one in filled.shape}
    named = calls_in_entry(WHERE[kind], labels)
    row = next((one.row for one in merged.edits if one.record.id == found["id"]), None)
    if row is None:
        return None
    for name, way in WHERE[kind].items():
        said = re.match(rf"{re.escape('.'.join(way))}（[^）]*）", problem.message[found.end() :])
        if said:
            message = problem.message[found.end() + said.end() :]
            return Fault(filled.label, row, labels[name], by_heading(message, named))
    return Fault(filled.label, row, "", by_heading(problem.message, named))
