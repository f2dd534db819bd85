"""The assessment items, with their evidence and the figures in their statements."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.facts.evidence import WeighedEvidence, weigh_evidence, years
from archive.facts.figures import Value
from archive.facts.gather import Archive
from archive.facts.places import PageLocation
from archive.schema.criteria import Criterion
from archive.schema.kinds import in_role

CRITERIA = "criteria/index.md"
"""The page that lists the items."""

Year = int | None
"""A year, or None where none is known."""


class Mark(StrEnum):
    """How it is with a kind of evidence in a year; the value is the word a reader sees."""

    THERE = "有"
    MISSING = "缺"
    NOT_ASKED = "—"


@dataclass(frozen=True, slots=True)
class Item:
    """An assessment item with its evidence."""

    id: str
    criterion: Criterion
    evidence: tuple[WeighedEvidence, ...]
    stated: str | None
    """The kind of evidence that is its statement."""

    def mark(self, kind: str, year: Year) -> Mark:
        """Return whether evidence of a kind is there for a year, is missing or is not asked for."""
        if kind not in self.criterion.wanted:
            return Mark.NOT_ASKED
        return Mark.THERE if self._has_evidence_in(kind, year) else Mark.MISSING

    def _has_evidence_in(self, kind: str, year: Year) -> bool:
        """Return whether there is evidence of a kind for a year; with None, for any year.

        A statement counts for every year.
        """
        if kind == self.stated:
            return self.criterion.statement is not None
        valid = (piece for piece in self.evidence if piece.proof.kind == kind and not piece.lacks)
        return any(year is None or year in piece.years for piece in valid)

    def undated_evidence(self, kind: str) -> bool:
        """Return whether there is evidence of a kind whose year is not known."""
        of_kind = (piece for piece in self.evidence if piece.proof.kind == kind)
        return any(not piece.lacks and not piece.years for piece in of_kind)


def missing_kinds(archive: Archive, item: Item) -> dict[str, tuple[Year, ...]]:
    """Return the kinds that an item asks for and lacks → the years without; all of them, or None for no year."""
    found = {
        kind: tuple(year for year in asked(archive) if item.mark(kind, year) is Mark.MISSING)
        for kind in item.criterion.wanted
    }
    return {kind: without for kind, without in found.items() if without}


def asked(archive: Archive) -> tuple[Year, ...]:
    """Return the years for which evidence is asked; None for the whole period where it is not known."""
    return years(archive) or (None,)


ALL = "全缺"


def years_lacking(archive: Archive, missing: Sequence[Year]) -> str:
    """Return the years without evidence as text: 全缺, or 缺 and the years."""
    whole = len(missing) == len(asked(archive))
    return ALL if whole else f"缺 {'、'.join(f'{year}年' for year in missing)}"


def split(statement: str) -> list[str]:
    """Split a statement into text and figures in turn: every second part is the id from its braces."""
    # YAML joins lines with a blank, which must not stand between Chinese characters.
    whole = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", statement)
    return re.split(r"\{([^{}]*)\}", whole)


def stated(archive: Archive, statement: str) -> list[str]:
    """Split a statement as `split` does, with the key of each observation that is meant for its id."""
    parts = split(statement)
    parts[1::2] = [archive.figure_key(id_) or id_ for id_ in parts[1::2]]
    return parts


def length(parts: list[str], values: Mapping[str, Value]) -> int:
    """Count the characters of a statement, figures filled in, punctuation included, blanks not.

    `parts` are those that `stated` returns.
    """
    parts = list(parts)
    for index in range(1, len(parts), 2):
        value = values.get(parts[index])
        parts[index] = value.number + value.unit if value else ""
    return sum(not c.isspace() for c in "".join(parts))


def item_locations(archive: Archive) -> dict[str, list[PageLocation]]:
    """Return figure → the places of the items whose statement shows it."""
    found: dict[str, list[PageLocation]] = {}
    page = archive.pages.get(CRITERIA)
    if page is None:
        return found
    title = page.meta.title if page.meta else CRITERIA
    for id_, criterion in archive.criteria.items():
        for figure in dict.fromkeys(stated(archive, criterion.statement or "")[1::2]):
            place = PageLocation(CRITERIA, title, f"{criterion.code} {criterion.title}", id_)
            found.setdefault(figure, []).append(place)
    return found


def items(archive: Archive, values: Mapping[str, Value]) -> dict[str, Item]:
    """Return id → assessment item, in the order of the file.

    Evidence that points to nothing, or to several things, is left out.
    """
    found, stated = {}, in_role(archive.kinds, "evidence_kinds", "statement")
    for id_, criterion in archive.criteria.items():
        weighed = (weigh_evidence(archive, values, proof) for proof in criterion.evidence)
        evidence = tuple(piece for piece in weighed if piece)
        found[id_] = Item(id_, criterion, evidence, stated)
    return found
