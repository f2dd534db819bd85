"""Figures that a change of records moves, and the revision (修订 or 更正) of those that were approved.

A counted figure changes with its records, so one change holds both: the records, and in the register a
revision of each figure that was approved, or reported, with another value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.editing.sheet.editing import edited
from archive.facts.figures import Value
from archive.facts.releases import settled_value
from archive.facts.site import Site
from archive.files.writing import plain_data
from archive.files.yaml import parse_bytes
from archive.render.figures import number_text
from archive.schema.fields import fields
from archive.schema.register import Figure, Observation, Revision

Decision = Mapping[str, Any]
"""Why approved figures change: the fields of a revision but for its values."""


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A figure that a change of records moves; `settled` is the value it may not leave unrevised."""

    old: Value
    new: Value
    settled: Decimal | None

    @property
    def is_revised(self) -> bool:
        """Whether it must be recorded as a revision."""
        return self.settled is not None and self.new.exact not in (None, self.settled)

    def __str__(self) -> str:
        """`volunteer_activities 开展志愿活动：72次 → 77次，已经核定或报送`."""
        name, settled = self.old.figure.name, "" if self.settled is None else "，已经核定或报送"
        return f"{self.old.id} {name}：{number_text(self.old)} → {number_text(self.new)}{settled}"


def moved_figures(old: Site, new: Site) -> list[MovedFigure]:
    """The figures in both sites whose value, or count so far, differs, in the order of the register."""
    pairs = ((old.values[id_], value) for id_, value in new.values.items() if id_ in old.values)
    return [
        MovedFigure(before, after, settled_value(old, before.id))
        for before, after in pairs
        if (before.exact, before.provisional_count) != (after.exact, after.provisional_count)
    ]


def revised(site: Site, moved: list[MovedFigure], decision: Decision) -> dict[str, bytes]:
    """The register with a revision of each figure that needs one: file → its new content.

    Raises UnchangeableError if the register cannot be changed in place.
    """
    changes = {
        one.old.id: {**decision, "old": one.settled, "new": one.new.exact}
        for one in moved
        if one.is_revised
    }
    return with_revisions(site, changes)


def with_revisions(site: Site, changes: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """The register with these revisions added: file → its new content; id → fields of the revision.

    A figure that is not counted takes the new value. Raises UnchangeableError as `revised`.
    """
    path = site.archive.documents["figures"].path
    raw = (site.archive.project.root / path).read_bytes()
    held = parse_bytes(raw, path).data
    new = {id_: _entry(site, held[id_], id_, change) for id_, change in changes.items()}
    return {path: edited(raw, held, new, list(held))} if new else {}


def _entry(
    site: Site, held: Mapping[str, Any], id_: str, change: Mapping[str, Any]
) -> dict[str, Any]:
    revision = {name: plain_data(change.get(name)) for name in fields(Revision)}
    changed: dict[str, Any] = {"revisions": [*(held.get("revisions") or []), revision]}
    if not site.archive.figures[id_].counted:
        changed["value"] = revision["new"]
    model = Observation if id_ in site.archive.register.observations else Figure
    whole = {**dict.fromkeys(fields(model)), **held, **changed}
    return {name: one for name, one in whole.items() if name in held or name in changed}
