"""What an import would do: records changed, added, in conflict, missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.editing.merging import Change
from archive.editing.sheet.fields import Fault
from archive.editing.sheet.reading import Filled
from archive.facts.gather import Record


@dataclass(frozen=True, slots=True)
class Edit:
    """A record that the sheet changes: `changes` are canonical, `values` plain; `path` is its file then."""

    record: Record
    row: int
    changes: list[Change]
    values: dict[str, Any]
    path: str


@dataclass(frozen=True, slots=True)
class New:
    """A record that the sheet adds."""

    id: str
    path: str
    row: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record of which a field was changed by the sheet and by others, differently."""

    record: Record
    row: int
    changes: list[Change]


@dataclass(slots=True)
class Merged:
    """What would be written, and what will not be; notes and faults go on from those of the reading."""

    filled: Filled
    edits: list[Edit] = field(default_factory=list)
    added: list[New] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def title(values: Mapping[str, Any]) -> str:
    """What people call a record: its title; a yearly count has its day and stage."""
    return str(values["title"]) if "title" in values else f"{values['date']} {values['stage']}"
