"""What the figures sum: for each field of a collection, which sums each record is part of.

A sum is a figure counted from records, or the same figure in a public edition published before. A
reader knows every public sum and every public record, so what he knows of the rest is the sum of
the hidden records in it. Records that are in the same sums are alike and are handled together.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, reduce
from operator import mul, or_

from archive.build.editions.compared import FormerSum, former_sums, shown_before
from archive.build.editions.counting import Key, amount_of, counted_records, summed_field
from archive.build.editions.fields import public_names
from archive.build.editions.identity import former_editions
from archive.build.editions.primary import counts_people
from archive.build.editions.said import names_known
from archive.build.editions.told import has_none, told_by_others
from archive.facts.figures import Value
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.collections import Collection
from archive.schema.fields import fields
from archive.schema.types import FAR, Model

Pattern = int
"""The sums that something is part of, one bit each: the figures in their order, then former sums."""

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
    former: list[FormerSum] = field(default_factory=list)
    lowest: Decimal = Decimal(0)
    """The least that a record may hold, 0 or below; all amounts here are what it holds above that."""
    floor: Decimal = Decimal(0)
    """The least that each record must hold, where that is above 0."""
    highest: Decimal | None = None
    """The most that a record may hold, above `lowest`; None if there is no end."""
    tops: Mapping[Key, Decimal] = field(default_factory=dict)
    """Record → the most that it may hold, where its public fields tell more than `highest`."""
    whole: bool = False
    """Whether readers know that all amounts are whole numbers."""
    internal: bool = False
    """Whether the field is not public, so that a reader knows it of no record but those that are `told`."""
    told: Set[Key] = frozenset()
    """The records that, if they are public, tell by other fields what they hold."""
    missed: bool = False
    """Whether readers see by the numbers that the records have, such as 第 3 期, that there is a hidden one."""
    yearly: bool = False
    """Whether readers know that no more records are hidden: a year has one of each kind at most."""
    shown: Mapping[Key, Decimal] = field(default_factory=dict)
    """Record → the most of what it holds now that an edition published before showed."""

    @cached_property
    def alike(self) -> Mapping[Pattern, Sequence[tuple[Decimal, Key]]]:
        """The records in each set of sums that a reader would not know if hidden, smallest first."""
        found: dict[Pattern, list[tuple[Decimal, Key]]] = defaultdict(list)
        for key in self.amounts:
            pattern = self.patterns[key]
            for bit, _ in self.earlier.get(key, ()):
                pattern |= bit
            if key in self.shown and not self.pieces(key, hidden=True):
                continue
            found[pattern].append((self.amounts[key], key))
        return {pattern: sorted(all_) for pattern, all_ in found.items()}

    @cached_property
    def filled(self) -> Pattern:
        """The figures of today that count some record."""
        return reduce(or_, self.patterns.values(), 0)

    @cached_property
    def earlier(self) -> Mapping[Key, Sequence[Piece]]:
        """Record → its amounts in the former sums in which it was hidden, each with its bit."""
        found: dict[Key, list[Piece]] = defaultdict(list)
        for at, one in enumerate(self.former, len(self.figures)):
            for key, amount in one.hidden.items():
                found[key].append((1 << at, amount))
        return dict(found)

    def is_unchanged(self, key: Key) -> bool:
        """Whether what is hidden of a record is all that it holds: it did not change, nor was it shown."""
        return len(self._versions(key)) == 1 and key not in self.shown

    def least(self, key: Key) -> Decimal:
        """What a reader takes a hidden record to hold at least: some people, so at least one.

        Not where it changed: then what is hidden of it may be what it has more today.
        """
        if self.lowest or not self.is_unchanged(key):
            return Decimal(0)
        one = key in self.people and min(self._versions(key)) >= 1
        return max(self.floor, Decimal(one))

    def above_nothing(self, amounts: Mapping[Key, Decimal]) -> int:
        """How many of these are all that a record held at some time, not only what it holds more."""
        if not self.lowest:
            return 0
        return sum(
            key not in self.shown and amount == min(self._versions(key), default=None)
            for key, amount in amounts.items()
        )

    def _versions(self, key: Key) -> set[Decimal]:
        """What a record holds, and what it held while it was hidden."""
        versions = {amount for _, amount in self.earlier.get(key, ())}
        return versions | {self.amounts[key]} if key in self.amounts else versions

    def summed(self) -> list[Key]:
        """The records that are part of a sum, or were."""
        return list({**self.amounts, **self.earlier})

    def pieces(self, key: Key, hidden: bool) -> list[Piece]:
        """What a reader does not know of a record, in layers: what changed since is one of its own.

        He knows all of a public record, except an internal field that nothing else tells, and as much of a hidden one as an
        edition before showed.
        """
        hidden = hidden or (self.internal and key not in self.told)
        there = key in self.amounts
        now = self.amounts[key] if there else _NOTHING
        versions = list(self.earlier.get(key, ()))
        floor = now
        if hidden and there:
            versions.append((self.patterns[key], now))
            floor = self.shown.get(key, _NOTHING)
        # What was less than a reader knows of it today may have been anything.
        lower = [one for one in versions if one[1] < floor]
        upper = [one for one in versions if one[1] > floor]
        return [*_layers(lower, _NOTHING), *_layers(upper, floor)]


_NOTHING = Decimal(-1)
"""Less than any amount, as even a nought is something that a reader may not know."""


def _layers(versions: Sequence[Piece], floor: Decimal) -> list[Piece]:
    """The amounts as layers above what is known: each is part of the sums of all that reach it."""
    found: list[Piece] = []
    below = max(floor, Decimal(0))
    for level in sorted({amount for _, amount in versions}):
        pattern = 0
        for bits, amount in versions:
            pattern |= bits if amount >= level else 0
        found.append((pattern, level - below))
        below = level
    return found


def quantities(site: Site) -> list[Quantity]:
    """Every quantity that a figure sums over the records of this site.

    A figure that is not the sum of its records is left out; with those of a release none is.
    """
    found: dict[tuple[str, str | None], Quantity] = {}
    for value in site.values.values():
        rule = value.figure.counted
        if rule is None or rule.measure == "distinct":
            continue
        key = rule.collection, summed_field(rule)
        records, amount = counted_records(site)[value.id], amount_of(key[1])
        amounts = {(rule.collection, record.id): amount(record) for record in records}
        if value.exact in (None, sum(amounts.values())):
            quantity = found.setdefault(key, _quantity(site, *key))
            _add(site.archive.collections[rule.collection], quantity, value, records, amounts)
    for key in dict.fromkeys(_summed_before(site)):
        if key not in found:
            found[key] = _quantity(site, *key)
    for quantity in found.values():
        if quantity.internal:
            quantity.told = told_by_others(site, quantity.collection, quantity.name or "")
        _compare(site, quantity)
        _bound(site.archive.collections[quantity.collection], quantity)
        if quantity.internal and quantity.name and not quantity.lowest:
            quantity.tops = _tops(site, quantity.collection, quantity.name)
    return list(found.values())


def _quantity(site: Site, collection: str, name: str | None) -> Quantity:
    kept = site.archive.collections[collection]
    shown, numbered = public_names(kept), kept.ledger.numbered if kept.ledger else None
    return Quantity(
        collection,
        name,
        [],
        internal=name is not None and name not in shown,
        missed=numbered is not None and numbered.number in shown,
        yearly=kept.ledger is not None and kept.ledger.yearly in shown,
    )


def _summed_before(site: Site) -> Iterator[tuple[str, str | None]]:
    """Yield what editions before summed, although no figure may sum it today."""
    for edition in former_editions(site):
        for id_ in edition.values:
            rule = edition.figures[id_].counted if id_ in edition.figures else None
            kept = site.archive.collections.get(rule.collection) if rule else None
            if rule is None or kept is None or rule.measure == "distinct":
                continue
            name = summed_field(rule)
            if name is None or name in kept.labels:
                yield rule.collection, name


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What a field, or what is derived, may be, as readers know from the description of its ledger."""

    low: Decimal
    high: Decimal | None
    whole: bool = False
    filled: bool = False
    """Whether every record says it."""


def _bounds(collection: Collection, name: str) -> _Bounds:
    known = fields(collection.model)
    if name in known:
        value = known[name].value
        low, high = (value.bounds.get(one) for one in ("ge", "le"))
        return _Bounds(
            Decimal(str(low or 0)),
            None if high is None else Decimal(str(high)),
            value.shape == "integer",
            known[name].must_have_value,
        )
    terms = collection.ledger.derived[name].factors if collection.ledger else []
    products = [_product([_bounds(collection, one) for one in term]) for term in terms]
    highs = [one.high for one in products]
    return _Bounds(
        min([Decimal(0), *(one.low for one in products)]),
        max((one for one in highs if one is not None), default=None) if None not in highs else None,
        all(one.whole for one in products),
    )


def _tops(site: Site, name: str, derived: str) -> dict[Key, Decimal]:
    """Record → the most that what is derived can be, as readers see the factors that are public."""
    collection = site.archive.collections[name]
    ledger = collection.ledger
    one = ledger.derived.get(derived) if ledger else None
    found = {}
    for record in site.archive.records.get(name, []) if one else ():
        shown = names_known(site, name, record)
        highs = [
            _top([_high(collection, shown, record, factor) for factor in names])
            for names in (one.factors if one else ())
            if not any(has_none(collection, record.data, factor, shown) for factor in names)
        ]
        known = [high for high in highs if high is not None]
        if known and len(known) == len(highs) and amount_of(derived)(record) <= max(known):
            found[name, record.id] = max(known)
    return found


def _high(
    collection: Collection, shown: Set[str], record: Record[Model], name: str
) -> Decimal | None:
    return amount_of(name)(record) if name in shown else _bounds(collection, name).high


def _top(factors: Sequence[Decimal | None]) -> Decimal | None:
    """The product; None if one of the factors may be anything."""
    known = [one for one in factors if one is not None]
    return reduce(mul, known) if len(known) == len(factors) else None


def _product(factors: Sequence[_Bounds]) -> _Bounds:
    if len(factors) == 1:
        return factors[0]
    if any(one.low < 0 for one in factors):
        return _Bounds(-FAR, None, all(one.whole for one in factors))
    high = _top([one.high for one in factors])
    return _Bounds(Decimal(0), high, all(one.whole for one in factors))


def _bound(collection: Collection, quantity: Quantity) -> None:
    """Add what readers know each record may hold, and count amounts from the least of it.

    So the audit has none below 0. What does not fit its description, as this was another then, has no bounds.
    """
    if quantity.name is None:
        return
    bounds = _bounds(collection, quantity.name)
    former = [amount for one in quantity.former for amount in one.hidden.values()]
    held = [*quantity.amounts.values(), *former, *quantity.shown.values()]
    quantity.lowest = min([min(bounds.low, Decimal(0)), *former, *quantity.shown.values()])
    quantity.whole = bounds.whole and all(one == one.to_integral_value() for one in held)
    if bounds.filled and min(held, default=bounds.low) >= bounds.low:
        quantity.floor = max(bounds.low, Decimal(0))
    if bounds.high is not None and max(held, default=bounds.high) <= bounds.high:
        quantity.highest = bounds.high - quantity.lowest

    def lifted(amounts: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
        return {key: amount - quantity.lowest for key, amount in amounts.items()}

    if quantity.lowest:
        quantity.amounts, quantity.shown = lifted(quantity.amounts), lifted(quantity.shown)
        quantity.former = [replace(one, hidden=lifted(one.hidden)) for one in quantity.former]


def _compare(site: Site, quantity: Quantity) -> None:
    """Add what readers know of a quantity from editions published before."""
    if not site.former:
        return
    name, amount = quantity.collection, amount_of(quantity.name)
    quantity.former = former_sums(site, name, quantity.name, amount)
    quantity.shown = shown_before(site, name, quantity.name, amount)
    now = {(name, record.id): record for record in site.archive.records.get(name, [])}
    known = dict(now)
    for edition in former_editions(site):
        known |= {
            (name, one.id): one
            for one in edition.records.get(name, [])
            if (name, one.id) not in now
        }
    collection = site.archive.collections[name]
    # Not by way of `earlier`, which is worked out once and for all: the amounts are still to be lifted.
    before = dict.fromkeys(key for one in quantity.former for key in one.hidden)
    for key in before if quantity.name else ():
        if counts_people(collection, known[key].data, quantity.name or ""):
            quantity.people.add(key)
    for one in quantity.former:
        quantity.people |= one.hidden.keys() if one.figure.counts_people else set()
        for key in one.hidden.keys() & now.keys() - quantity.amounts.keys():
            quantity.amounts[key] = amount(now[key])


def _add(
    collection: Collection,
    quantity: Quantity,
    value: Value,
    records: list[Record[Model]],
    amounts: Mapping[Key, Decimal],
) -> None:
    bit = 1 << len(quantity.figures)
    quantity.figures.append(value)
    quantity.amounts |= amounts
    for record, key in zip(records, amounts, strict=True):
        quantity.patterns[key] |= bit
        if value.figure.counts_people or (
            quantity.name and counts_people(collection, record.data, quantity.name)
        ):
            quantity.people.add(key)
