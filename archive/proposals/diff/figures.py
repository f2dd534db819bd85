"""The figures that changed, and the records that made them change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from archive.facts.figures import Value, rounded, select
from archive.facts.gather import Record
from archive.facts.observations import counterpart
from archive.facts.places import PageLocation
from archive.facts.site import Site
from archive.proposals.diff.entries import Key
from archive.proposals.diff.records import EntryChange, FieldChange, differences
from archive.schema.register import Revision
from archive.schema.types import Model


class CauseKind(StrEnum):
    """How a record changed a figure, as the word a reader sees."""

    ENTERED = "计入"
    LEFT = "不再计入"
    DIFFERS = "数值改变"


@dataclass(frozen=True, slots=True)
class Cause:
    """A record that counts differently than before; `old`, `new` are amounts, None if not counted.

    `change` is None if the record is unchanged, and the counting rule or the period has changed.
    """

    path: str
    why: CauseKind
    old: Decimal | None
    new: Decimal | None
    change: EntryChange | None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that was added (`old` is None), removed (`new` is None) or changed.

    `fields` are the changed fields of its entry in the register; `recorded` are the 修订 and 更正
    added since. `places` are where pages show it, or showed it before it was removed. `line` is
    the line of its value if that changed, else of another changed field, else of its entry.
    """

    id: str
    old: Value | None
    new: Value | None
    line: int
    fields: tuple[FieldChange, ...]
    recorded: tuple[Revision, ...]
    causes: tuple[Cause, ...]
    places: tuple[PageLocation, ...]

    @property
    def value(self) -> Value:
        """The new value, or the old one if the figure was removed."""
        found = self.new or self.old
        assert found  # at least one of them is given
        return found

    @property
    def numbers(self) -> tuple[Decimal | None, Decimal | None]:
        """Old and new exact value, or old and new running count if one of them is 未填报."""
        if self.old is None or self.new is None:
            return self.old.exact if self.old else None, self.new.exact if self.new else None
        if self.old.exact is None or self.new.exact is None:
            return self.old.provisional_count, self.new.provisional_count
        return self.old.exact, self.new.exact

    @property
    def difference(self) -> Decimal | None:
        """New minus old, exact; None if one of them is not known."""
        old, new = self.numbers
        return None if old is None or new is None else new - old

    @property
    def percent(self) -> Decimal | None:
        """The difference in % of the old value, to two decimals; None if that is 0 or unknown."""
        old, _ = self.numbers
        return (
            rounded(self.difference * 100 / old, 2) if old and self.difference is not None else None
        )

    @property
    def shows_otherwise(self) -> bool:
        """Whether anything shown differs: words, exact value, running count, unit or state."""
        return _shown_parts(self.old) != _shown_parts(self.new)

    @property
    def is_unexplained(self) -> bool:
        """Whether an approved value changed without a new 修订 or 更正."""
        settled = self.old is not None and self.old.state.is_settled
        return settled and self.new is not None and bool(self.difference) and not self.recorded


def _shown_parts(value: Value | None) -> tuple[object, ...]:
    if value is None:
        return ()
    return value.exact, value.provisional_count, value.shown, value.figure.unit, value.state


def figure_changes(old: Site, new: Site, changes: Mapping[Key, EntryChange]) -> list[FigureChange]:
    """Every figure that changed, in the order of the register, removed ones last."""
    before = {
        id_: counterpart(id_, value.figure, old.archive.figures)
        for id_, value in new.values.items()
    }
    kept = {*before.values()}
    pairs: list[tuple[str, Value | None, Value | None]] = [
        (id_, old.values.get(before[id_]), value) for id_, value in new.values.items()
    ]
    pairs += [(id_, value, None) for id_, value in old.values.items() if id_ not in kept]
    found = (_change(id_, a, b, old, new, changes) for id_, a, b in pairs)
    return [one for one in found if one.shows_otherwise or one.fields]


def _change(
    id_: str, before: Value | None, after: Value | None,
    old: Site, new: Site, changes: Mapping[Key, EntryChange],
) -> FigureChange:  # fmt: skip
    side = new if after else old
    known = before.figure.revisions if before else ()
    recorded = tuple(one for one in after.figure.revisions if one not in known) if after else ()
    fields = differences(before.figure, after.figure) if before and after else ()
    locs = sorted((field.loc for field in fields), key=lambda loc: loc != ("value",))
    return FigureChange(
        id_,
        before,
        after,
        side.archive.documents["figures"].line((id_, *locs[0]) if locs else (id_,)),
        fields,
        recorded,
        tuple(_causes(_counted(before, old), _counted(after, new), changes)),
        tuple(side.places.get(id_, ())),
    )


_Counts = dict[Key, tuple[Record[Model], Any, Decimal]]
"""Key → a counted record, the value of the counted field, and the amount it adds."""


def _counted(value: Value | None, site: Site) -> _Counts:
    rule = value.figure.counted if value else None
    if not value or not rule:
        return {}
    found: _Counts = {}
    chosen = select(rule, value.figure.period, site.archive.records.get(rule.collection, []))
    for record in chosen:
        held = getattr(record.data, rule.field, None) if rule.field else None
        number = Decimal(1)
        if rule.measure == "sum":
            number = Decimal(held) if isinstance(held, int | Decimal) else Decimal(0)
        found[rule.collection, record.id] = record, held, number
    return found


def _causes(old: _Counts, new: _Counts, changes: Mapping[Key, EntryChange]) -> Iterator[Cause]:
    for key in sorted(old.keys() | new.keys()):
        before, after, change = old.get(key), new.get(key), changes.get(key)
        if before and after:
            if before[1:] != after[1:]:
                yield Cause(after[0].path, CauseKind.DIFFERS, before[2], after[2], change)
        elif after:
            yield Cause(after[0].path, CauseKind.ENTERED, None, after[2], change)
        elif before:
            path = change.path if change else before[0].path
            yield Cause(path, CauseKind.LEFT, before[2], None, change)
