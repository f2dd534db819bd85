"""Three versions of a file: as the form had it, as people have it now, as the form has it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.editing.sheet.editing import UnchangeableError, edited
from archive.files.yaml import parse_bytes


@dataclass(slots=True)
class Merge:
    """What comes of it; `conflicts` are the fields changed both ways: name, people's value, the form's."""

    raw: bytes
    conflicts: list[tuple[str, Any, Any]] = field(default_factory=list)


def merge(base: bytes, now: bytes, new: bytes, order: Sequence[str]) -> Merge:
    """`now` with what the form changed from `base` to `new`; people's bytes stay as they are.

    Raises UnchangeableError where a version is no mapping, or `now` cannot be changed in place.
    """
    versions = [parse_bytes(raw, "").data for raw in (base, now, new)]
    if not all(isinstance(one, dict) for one in versions):
        raise UnchangeableError
    done = Merge(now)
    held = versions[1]
    whole = _mapping(versions[0], held, versions[2], (), done)
    if not done.conflicts:
        changes = {name: one for name, one in whole.items() if one != held.get(name)}
        done.raw = edited(now, held, changes, [*order, *(k for k in held if k not in order)])
    return done


def _mapping(
    base: Mapping[str, Any],
    now: Mapping[str, Any],
    new: Mapping[str, Any],
    at: tuple[str, ...],
    done: Merge,
) -> dict[str, Any]:
    names = [*now, *(name for name in new if name not in now)]
    return {
        name: _value(base.get(name), now.get(name), new.get(name), (*at, name), done)
        for name in names
    }


def _value(base: Any, now: Any, new: Any, at: tuple[str, ...], done: Merge) -> Any:
    if new in (base, now):
        return now
    if now == base:
        return new
    if all(isinstance(one, dict) for one in (base, now, new)):
        return _mapping(base, now, new, at, done)
    done.conflicts.append((".".join(at), now, new))
    return now
