"""The entries that were added, removed or changed, pages included."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archive.files.yaml import Loc
from archive.proposals.diff.entries import DiffEntry, Key
from archive.schema.fields import fields
from archive.schema.types import Model


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value changed; `label` names it with the groups it stands in."""

    loc: Loc
    label: str
    old: Any
    new: Any

    @property
    def name(self) -> str:
        """The field's path in the file, such as `prepared.date`."""
        return ".".join(map(str, self.loc))


def differences(old: Model, new: Model) -> tuple[FieldChange, ...]:
    """The fields that differ, one by one within groups, also those that a mapping has by a name.

    A group that only one has is one change.
    """
    return tuple(_differences(old, new, (), ""))


def _differences(old: Model, new: Model, at: Loc, within: str) -> Iterator[FieldChange]:
    if type(old) is not type(new):  # a page with another model than before
        yield FieldChange(at, within or "内容", old, new)
        return
    for name, field in fields(type(new)).items():
        before, after = getattr(old, name), getattr(new, name)
        loc, label = (*at, name), f"{within}{field.label}"
        if isinstance(before, dict) and isinstance(after, dict):
            for key in dict.fromkeys([*after, *before]):
                sides = before.get(key), after.get(key)
                yield from _difference(*sides, (*loc, key), f"{label} · {key}")
        else:
            yield from _difference(before, after, loc, label)


def _difference(before: Any, after: Any, loc: Loc, label: str) -> Iterator[FieldChange]:
    if isinstance(before, Model) and isinstance(after, Model):
        yield from _differences(before, after, loc, f"{label} · ")
    elif before != after:
        yield FieldChange(loc, label, before, after)


class ChangeKind(StrEnum):
    """What happened to an entry, as the word a reader sees."""

    ADDED = "新增"
    REMOVED = "删去"
    CHANGED = "改动"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that was added, removed or changed.

    `path` and `line` say where to look: in the new revision, or the old one if it was removed.
    `moved_from` is its former file if that is another. `sections` are the headings of a page under
    which the text changed, `order` those between the first and the last that stands elsewhere than before.
    """

    group: str
    id: str
    group_label: str
    kind: ChangeKind
    path: str
    line: int
    title: str
    moved_from: str | None
    fields: tuple[FieldChange, ...]
    sections: tuple[str, ...]
    order: tuple[str, ...]


def entry_changes(
    old: Mapping[Key, DiffEntry], new: Mapping[Key, DiffEntry], groups: Mapping[str, str]
) -> dict[Key, EntryChange]:
    """Key → change for every entry that differs, in the order of the groups, then by id.

    `groups` are those that there are, each with its label.
    """
    position = {group: index for index, group in enumerate(groups)}
    keys = sorted(old.keys() | new.keys(), key=lambda key: (position[key[0]], key[1]))
    found = {key: _change(key, groups, old.get(key), new.get(key)) for key in keys}
    return {key: change for key, change in found.items() if change}


def _change(
    key: Key, groups: Mapping[str, str], old: DiffEntry | None, new: DiffEntry | None
) -> EntryChange | None:
    entry = new or old
    if entry is None or (old and new and _same(old, new)):
        return None
    kind = ChangeKind.CHANGED if old and new else ChangeKind.ADDED if new else ChangeKind.REMOVED
    fields = differences(old.data, new.data) if old and new and old.data and new.data else ()
    sections = _sections(old, new) if old and new else ()
    order = _order(old, new) if old and new else ()
    return EntryChange(
        *key,
        groups[key[0]],
        kind,
        entry.path,
        _line(entry, fields, sections or order),
        entry.title,
        old.path if old and new and old.path != new.path else None,
        fields,
        sections,
        order,
    )


def _line(entry: DiffEntry, fields: tuple[FieldChange, ...], sections: tuple[str, ...]) -> int:
    """The line of the first changed field, else of the first of these sections, else of the entry."""
    starts = {one.heading: one.line for one in reversed(entry.text)}
    lines = [starts[one] for one in sections if one in starts]
    return lines[0] if lines and not fields else entry.line(fields[0].loc if fields else ())


def _same(old: DiffEntry, new: DiffEntry) -> bool:
    return (old.path, old.data, old.text) == (new.path, new.data, new.text)


def _sections(old: DiffEntry, new: DiffEntry) -> tuple[str, ...]:
    """Headings under which the text differs, in the order of the new text, removed ones last."""
    before, after = _by_heading(old), _by_heading(new)
    return tuple(
        one for one in dict.fromkeys([*after, *before]) if before.get(one) != after.get(one)
    )


def _by_heading(entry: DiffEntry) -> dict[str, list[str]]:
    """Heading → the texts under it; a page may have the same heading twice."""
    found: dict[str, list[str]] = {}
    for section in entry.text:
        found.setdefault(section.heading, []).append(section.text)
    return found


def _order(old: DiffEntry, new: DiffEntry) -> tuple[str, ...]:
    """The headings, of those that both have, from the first to the last that changed its place."""
    before, after = _numbered(old), _numbered(new)
    was = [one for one in before if one in after]
    now = [one for one in after if one in before]
    moved = [index for index, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1]]
    return tuple(heading for heading, _ in now[moved[0] : moved[-1] + 1]) if moved else ()


def _numbered(entry: DiffEntry) -> dict[tuple[str, int], None]:
    """The headings in order, each with how many of the same stand before it."""
    seen: Counter[str] = Counter()
    found: dict[tuple[str, int], None] = {}
    for section in entry.text:
        found[section.heading, seen[section.heading]] = None
        seen[section.heading] += 1
    return found
