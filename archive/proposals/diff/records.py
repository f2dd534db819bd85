"""What was added, removed and changed of all that is recorded, pages among it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archive.files.yaml import Loc
from archive.proposals.diff.entries import GROUPS, Entry, Key
from archive.schema.fields import fields
from archive.schema.types import Model


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs; `label` leads to it through the groups it stands in."""

    loc: Loc
    label: str
    old: Any
    new: Any

    @property
    def name(self) -> str:
        """The field as the file has it: `prepared.date`."""
        return ".".join(map(str, self.loc))


def differences(old: Model, new: Model) -> tuple[FieldChange, ...]:
    """The fields that differ, groups taken apart; a group that only one side has stays whole."""
    return tuple(_differences(old, new, (), ""))


def _differences(old: Model, new: Model, at: Loc, within: str) -> Iterator[FieldChange]:
    if type(old) is not type(new):  # a page that became one of another kind
        yield FieldChange(at, within or "内容", old, new)
        return
    for name, field in fields(type(new)).items():
        before, after = getattr(old, name), getattr(new, name)
        loc, label = (*at, name), f"{within}{field.label}"
        if isinstance(before, Model) and isinstance(after, Model):
            yield from _differences(before, after, loc, f"{label} · ")
        elif before != after:
            yield FieldChange(loc, label, before, after)


class Kind(StrEnum):
    """What happened to a thing; the word a reader sees."""

    ADDED = "新增"
    REMOVED = "删去"
    CHANGED = "改动"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that was added, removed or changed.

    `path` and `line` say where to look: in the new state, of what was removed in the old one.
    `moved_from` is the file it stood in before, if that is another. `sections` are the headings
    of a page under which its text differs.
    """

    group: str
    id: str
    kind: Kind
    path: str
    line: int
    title: str
    moved_from: str | None
    fields: tuple[FieldChange, ...]
    sections: tuple[str, ...]


def changed(old: Mapping[Key, Entry], new: Mapping[Key, Entry]) -> dict[Key, EntryChange]:
    """Every entry that differs, in the order of the groups, then by id."""
    keys = sorted(old.keys() | new.keys(), key=lambda key: (_ORDER[key[0]], key[1]))
    found = {key: _change(key, old.get(key), new.get(key)) for key in keys}
    return {key: change for key, change in found.items() if change}


_ORDER = {group: index for index, group in enumerate(GROUPS)}


def _change(key: Key, old: Entry | None, new: Entry | None) -> EntryChange | None:
    entry = new or old
    if entry is None or (old and new and _same(old, new)):
        return None
    kind = Kind.CHANGED if old and new else Kind.ADDED if new else Kind.REMOVED
    fields = differences(old.data, new.data) if old and new and old.data and new.data else ()
    sections = _sections(old, new) if old and new else ()
    return EntryChange(
        *key,
        kind,
        entry.path,
        _line(entry, fields, sections),
        entry.title,
        old.path if old and new and old.path != new.path else None,
        fields,
        sections,
    )


def _line(entry: Entry, fields: tuple[FieldChange, ...], sections: tuple[str, ...]) -> int:
    """Where to look first: at a field that differs, else at a section, else where the entry begins."""
    there = [entry.text[one].line for one in sections if one in entry.text]
    return there[0] if there and not fields else entry.line(fields[0].loc if fields else ())


def _same(old: Entry, new: Entry) -> bool:
    return (old.path, old.data, old.text) == (new.path, new.data, new.text)


def _sections(old: Entry, new: Entry) -> tuple[str, ...]:
    """Headings under which the text differs, in the order of the new text, removed ones last."""
    headings = dict.fromkeys([*new.text, *old.text])
    return tuple(one for one in headings if old.text.get(one) != new.text.get(one))
