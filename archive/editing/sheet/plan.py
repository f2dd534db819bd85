"""What an import would do: records changed, added, in conflict, or missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.editing.merging import ValueChange
from archive.editing.sheet.fields import Fault
from archive.editing.sheet.reading import FilledWorkbook
from archive.facts.gather import Record
from archive.schema.collections import Collection
from archive.schema.types import Model


@dataclass(frozen=True, slots=True)
class RecordEdit:
    """A record that the sheet changes; `path` is its file after the change.

    `changes` hold canonical values, `values` the plain ones to write, by field.
    """

    record: Record[Model]
    row: int
    changes: list[ValueChange]
    values: dict[str, Any]
    path: str


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that the sheet adds."""

    id: str
    path: str
    row: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record with fields that the sheet and somebody else have changed differently."""

    record: Record[Model]
    row: int
    changes: list[ValueChange]


@dataclass(slots=True)
class MergePlan:
    """What an import would write and what not; `notes` and `faults` include those of reading."""

    filled: FilledWorkbook
    edits: list[RecordEdit] = field(default_factory=list)
    added: list[NewRecord] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    rearranged: list[str] = field(default_factory=list)
    """What looks like values moved to other records, to be confirmed before it is written."""
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def title(collection: Collection, values: Mapping[str, Any]) -> str:
    """The name of a record for messages: its title, or its date and what it is known by without one."""
    name = collection.named_by
    return str(values[name]) if name == "title" else f"{values['date']} {values[name]}"
