"""What the figures sum: for each field of a collection, which sums each record is part of.

A reader knows every public sum and every public record, so what he knows of the rest is the sum of
the hidden records in it. Records that are in the same sums are alike and are handled together.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from archive.build.editions.primary import counts_people
from archive.facts.figures import Value, select
from archive.facts.gather import Record
from archive.facts.site import Site, once
from archive.schema.types import Model

Key = tuple[str, str]
"""A record: its collection and its id."""

Pattern = int
"""The sums that something is part of, one bit each, in the order of the figures."""

Piece = tuple[Pattern, Decimal]
"""A part of a record's amount, and the sums it is part of."""


@dataclass(eq=False)
class Quantity:
    """A field of a collection (None: the number of records), and the sums over it."""

    collection: str
    name: str | None
    """The field; None where records are counted."""
    figures: list[Value]
    patterns: dict[Key, Pattern] = field(default_factory=lambda: defaultdict(int))
    """Record → the figures of today that it is part of."""
    amounts: dict[Key, Decimal] = field(default_factory=dict)
    people: set[Key] = field(default_factory=set)
    """The records whose amount is a number of people."""

    @cached_property
    def alike(self) -> Mapping[Pattern, Sequence[tuple[Decimal, Key]]]:
        """The records in each set of sums, the smallest first."""
        found: dict[Pattern, list[tuple[Decimal, Key]]] = defaultdict(list)
        for key, pattern in self.patterns.items():
            found[pattern].append((self.amounts[key], key))
        return {pattern: sorted(all_) for pattern, all_ in found.items()}

    def summed(self) -> list[Key]:
        """The records that are part of a sum."""
        return list(self.amounts)

    def pieces(self, key: Key, hidden: bool) -> list[Piece]:
        """What a reader does not know of a record: its amount, if it is hidden."""
        return [(self.patterns[key], self.amounts[key])] if hidden and key in self.amounts else []


def amount_of(name: str | None) -> Callable[[Record[Model]], Decimal]:
    """A function that returns what a record adds to a sum of the field; 1 where records are counted."""
    if name is None:
        return lambda record: Decimal(1)

    def amount(record: Record[Model]) -> Decimal:
        value = getattr(record.data, name)
        return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)

    return amount


@once
def counted_records(site: Site) -> Mapping[str, list[Record[Model]]]:
    """Figure → the records that it counts."""
    return {
        id_: select(rule, value.figure.period, site.archive.records.get(rule.collection, []))
        for id_, value in site.values.items()
        if (rule := value.figure.counted)
    }


def quantities(site: Site) -> list[Quantity]:
    """Every quantity that a figure sums over the records of this site.

    A figure that is not the sum of its records is left out; with those of a release none is.
    """
    found: dict[tuple[str, str | None], Quantity] = {}
    for value in site.values.values():
        rule = value.figure.counted
        if rule is None or rule.measure == "distinct":
            continue
        key = rule.collection, rule.field if rule.measure == "sum" else None
        records, amount = counted_records(site)[value.id], amount_of(key[1])
        amounts = {(rule.collection, record.id): amount(record) for record in records}
        if value.exact in (None, sum(amounts.values())):
            quantity = found.setdefault(key, Quantity(*key, []))
            _add(quantity, value, records, amounts)
    return list(found.values())


def _add(
    quantity: Quantity, value: Value, records: list[Record[Model]], amounts: Mapping[Key, Decimal]
) -> None:
    bit = 1 << len(quantity.figures)
    quantity.figures.append(value)
    quantity.amounts |= amounts
    for record, key in zip(records, amounts, strict=True):
        quantity.patterns[key] |= bit
        if value.figure.counts_people or (
            quantity.name and counts_people(record.data, quantity.name)
        ):
            quantity.people.add(key)
