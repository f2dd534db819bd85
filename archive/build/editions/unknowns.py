"""What a reader of a public edition does not know, what he knows of it, and what must stay unknown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from archive.build.editions.counting import Key
from archive.build.editions.intervals import Protected, Relation
from archive.build.editions.quantities import Pattern

FIGURE, REST = "figures", "rest"
"""Instead of a collection, in the key of a figure, and of what is left of a whole without its parts."""


NOUGHT = "nought"
"""Instead of a collection, in the key of a figure that counts nothing, which readers do not know."""
BOUND = "", ""
"""The source of what is known of a record by the description of its field, whatever is public."""
BEFORE = "@"
"""After the collection, in the key of what a record held in an edition published before."""


@dataclass(frozen=True)
class Group:
    """Unknown amounts that are in the same sums."""

    amounts: Mapping[Key, Decimal]
    people: bool = False

    @cached_property
    def total(self) -> Decimal:
        """All of them together."""
        return sum(self.amounts.values(), Decimal(0))

    @cached_property
    def largest(self) -> Decimal:
        """The largest of them."""
        return max(self.amounts.values(), default=Decimal(0))


@dataclass
class Unknowns:
    """Unknowns by number, with all that is known of them and all that must not be."""

    true: list[Fraction] = field(default_factory=list)
    least: list[Fraction] = field(default_factory=list)
    """What a reader takes each to be at least."""
    whole: list[bool] = field(default_factory=list)
    """Whether each is known to be a whole number."""
    people: set[int] = field(default_factory=set)
    relations: list[tuple[Relation, Key | None]] = field(default_factory=list)
    """Each with the public figure it comes from, or `BOUND`; None for one of an edition published before."""
    secrets: list[tuple[Protected, frozenset[Key]]] = field(default_factory=list)
    """What must stay unknown, and whose numbers these are."""
    owners: dict[int, frozenset[Key]] = field(default_factory=dict)
    lifted: dict[int, Fraction] = field(default_factory=dict)
    """Unknown → how much less it is than it is counted here, where its records may hold less than 0."""
    sums: dict[int, int] = field(default_factory=dict)
    """Unknown → the position of its quantity."""

    def add(
        self,
        value: Decimal | Fraction,
        whole: bool,
        people: bool,
        owners: Iterable[Key],
        least: Decimal | int = 0,
    ) -> int:
        """Add an unknown with this true value; returns its number."""
        self.true.append(Fraction(value))
        self.least.append(Fraction(least))
        self.whole.append(whole)
        number = len(self.true) - 1
        self.owners[number] = frozenset(owners)
        if people:
            self.people.add(number)
        return number

    def know(self, terms: Mapping[int, int], source: Key | None) -> None:
        """Add a sum that a reader knows."""
        if terms:
            self.relations.append((Relation(dict(terms)), source))


Layers = Sequence[Mapping[Pattern, Group]]
"""Quantity → set of sums → the hidden amounts in it."""
