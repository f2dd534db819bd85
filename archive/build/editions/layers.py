"""Which amounts are hidden, by the sums they are part of; each change makes a new state."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from archive.build.editions.counting import Key
from archive.build.editions.quantities import Pattern, Quantity
from archive.build.editions.unknowns import Group, Layers


def layers(quantities: Sequence[Quantity]) -> Layers:
    """The state in which every record is public."""
    found: list[dict[Pattern, Group]] = [{} for _ in quantities]
    for quantity, hidden in zip(quantities, found, strict=True):
        for key in quantity.summed():
            for pattern, amount in quantity.pieces(key, hidden=False):
                _add(hidden, pattern, key, amount, quantity)
    return found


def changed(
    before: Layers, quantities: Sequence[Quantity], keys: Iterable[Key], hidden: bool
) -> Layers:
    """The state in which these records, which were the other way round, are hidden or public."""
    keys = list(keys)
    return [_changed(dict(one), quantity, keys, hidden) for one, quantity in zip(before, quantities, strict=True)]  # fmt: skip


def _changed(
    groups: dict[Pattern, Group], quantity: Quantity, keys: Sequence[Key], hidden: bool
) -> dict[Pattern, Group]:
    fresh: dict[Pattern, dict[Key, Decimal]] = {}

    def amounts(pattern: Pattern) -> dict[Key, Decimal]:
        if pattern not in fresh:
            fresh[pattern] = dict(groups[pattern].amounts) if pattern in groups else {}
        return fresh[pattern]

    for key in keys:
        if key[0] != quantity.collection:
            continue
        for pattern, _ in quantity.pieces(key, not hidden):
            amounts(pattern).pop(key, None)
        for pattern, amount in quantity.pieces(key, hidden):
            there = amounts(pattern)
            there[key] = there.get(key, Decimal(0)) + amount
    for pattern, held in fresh.items():
        groups[pattern] = Group(held, not quantity.people.isdisjoint(held))
    return groups


def _add(
    groups: dict[Pattern, Group], pattern: Pattern, key: Key, amount: Decimal, quantity: Quantity
) -> None:
    held = {**groups[pattern].amounts} if pattern in groups else {}
    held[key] = held.get(key, Decimal(0)) + amount
    groups[pattern] = Group(held, not quantity.people.isdisjoint(held))
