"""Three versions of a record, as it was, as others have it now and as it is to be: one rule for sheets and forms.

A field changes if the new version has it otherwise than the old one. If others changed it meanwhile,
and to something else, the two clash, and nothing of the record is written. A list or a group of fields
is one field: put together of parts that two people changed apart, it would say what neither has read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from archive.editing.sheet.editing import UnchangeableError, edited, without_empty
from archive.editing.sheet.fields import canonical
from archive.facts.gather import Record
from archive.files.yaml import parse_bytes
from archive.schema.types import Model


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A field that changes, by the path to it: its value as it was, as it is now, as it is to be."""

    at: tuple[str, ...]
    base: Any
    now: Any
    new: Any

    @property
    def field(self) -> str:
        """Its name."""
        return self.at[-1]


def changes(
    base: Mapping[str, Any], now: Mapping[str, Any], new: Mapping[str, Any], levels: int = 1
) -> Iterator[ValueChange]:
    """The fields that change; `levels`: 1 for a record, 2 for a mapping of records such as the register."""
    for name in (*now, *(one for one in new if one not in now)):
        was, is_, to = base.get(name), now.get(name), new.get(name)
        if (
            levels > 1
            and isinstance(was, Mapping)
            and isinstance(is_, Mapping)
            and isinstance(to, Mapping)
        ):
            for one in changes(was, is_, to, levels - 1):
                yield replace(one, at=(name, *one.at))
        elif not _same(to, was) and not _same(to, is_):
            yield ValueChange((name,), was, is_, to)


def clashing(found: Iterable[ValueChange]) -> list[ValueChange]:
    """The changes of fields that others have changed as well."""
    return [one for one in found if not _same(one.now, one.base)]


def _same(one: Any, other: Any) -> bool:
    """Whether two values are one, however each is written."""
    if one == other:
        return True
    plain, others = (without_empty({"": canonical(value)}) for value in (one, other))
    return bool(plain == others)


def merge(
    base: bytes, now: bytes, new: bytes, order: Sequence[str], levels: int = 1
) -> bytes | list[ValueChange]:
    """The file `now` with what changed from `base` to `new`, else byte for byte; or what clashes.

    Raises UnchangeableError where a version is no mapping, or `now` cannot be changed in place.
    """
    was, held, to = (parse_bytes(raw, "").data for raw in (base, now, new))
    if not all(isinstance(one, dict) for one in (was, held, to)):
        raise UnchangeableError
    found = list(changes(was, held, to, levels))
    clashes = clashing(found)
    if clashes:
        return clashes
    whole = held
    for one in found:
        whole = put(whole, one.at, one.new)
    changed = {name: one for name, one in whole.items() if one is not held.get(name)}
    return edited(now, held, changed, [*order, *(name for name in held if name not in order)])


def put(held: Mapping[str, Any], at: Sequence[str], value: Any) -> dict[str, Any]:
    """Return the mapping with a value at a path; the groups of fields on the way need not be there."""
    name, *within = at
    return {**held, name: put(held.get(name) or {}, within, value) if within else value}


def value_at(held: Any, at: Sequence[str]) -> Any:
    """Return the value at a path; None where something on the way is missing."""
    for name in at:
        held = held.get(name) if isinstance(held, Mapping) else None
    return held


def moved_path(record: Record[Model], values: Mapping[str, Any]) -> str:
    """The record's file once it has these values: in a folder of its year, it moves to the new year's."""
    path, old, new = PurePosixPath(record.path), record.day, values.get("date")
    if old and new and path.parent.name == str(old.year):
        return str(path.parent.parent / str(new.year) / path.name)
    return record.path
