"""The assessment items: what there is of each, and what its statement says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive.facts.evidence import Evidence, weigh
from archive.facts.figures import Value
from archive.facts.gather import Archive
from archive.facts.places import Place
from archive.schema.criteria import Criterion

CRITERIA = "criteria/index.md"
"""The page of the items."""

Year = int | None
"""A year, or None where none is known."""


@dataclass(frozen=True, slots=True)
class Item:
    """An assessment item with its evidence."""

    id: str
    criterion: Criterion
    evidence: tuple[Evidence, ...]

    def has(self, kind: str, year: Year) -> bool:
        """Whether there is evidence of a kind for a year, of whatever year if that is None.

        A 说明报告 speaks of every year.
        """
        if kind == "说明报告":
            return self.criterion.statement is not None
        counting = (one for one in self.evidence if one.proof.kind == kind and not one.lacks)
        return any(year is None or year in one.years for one in counting)

    def undated(self, kind: str) -> bool:
        """Whether there is evidence of a kind whose year is not known."""
        of_kind = (one for one in self.evidence if one.proof.kind == kind)
        return any(not one.lacks and not one.years for one in of_kind)


def split(statement: str) -> list[str]:
    """A statement as text and figures in turn: every second part is the id between braces."""
    # Where a line ends in the file YAML puts a blank; between Chinese characters none belongs.
    whole = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", statement)
    return re.split(r"\{([^{}]*)\}", whole)


def length(statement: str, values: Mapping[str, Value]) -> int:
    """The characters of a statement with its figures filled in: punctuation counts, blanks do not."""
    parts = split(statement)
    for index in range(1, len(parts), 2):
        value = values.get(parts[index])
        parts[index] = value.number + value.figure.unit if value else ""
    return sum(not c.isspace() for c in "".join(parts))


def shown(archive: Archive) -> dict[str, list[Place]]:
    """Figure → the items whose statement shows it."""
    found: dict[str, list[Place]] = {}
    page = archive.pages.get(CRITERIA)
    if page is None:
        return found
    title = page.meta.title if page.meta else CRITERIA
    for id_, criterion in archive.criteria.items():
        for figure in dict.fromkeys(split(criterion.statement or "")[1::2]):
            place = Place(CRITERIA, title, f"{criterion.code} {criterion.title}", id_)
            found.setdefault(figure, []).append(place)
    return found


def items(archive: Archive, values: Mapping[str, Value]) -> dict[str, Item]:
    """Every assessment item with what could be found of its evidence, in the order of the file."""
    found = {}
    for id_, criterion in archive.criteria.items():
        weighed = (weigh(archive, values, proof) for proof in criterion.evidence)
        found[id_] = Item(id_, criterion, tuple(one for one in weighed if one))
    return found
