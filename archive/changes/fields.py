"""Which fields of a thing differ, each by its label."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.schema.types import Model
from archive.source import Loc


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
    for name, info in type(new).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        loc, label = (*at, name), f"{within}{info.title or name}"
        if isinstance(before, Model) and isinstance(after, Model):
            yield from _differences(before, after, loc, f"{label} · ")
        elif before != after:
            yield FieldChange(loc, label, before, after)
