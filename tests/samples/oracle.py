"""Every assignment of numbers that fits a public edition, by trying all: slow, and plainly right."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations

from archive.build.editions.families import is_part_of_count
from archive.build.editions.quantities import Key, counted_records
from archive.facts.site import Site

Sum = tuple[frozenset[int], int]
"""The positions of the unknowns in a sum, and the sum."""


def _assignments(length: int, sums: Sequence[Sum], free: int) -> Iterator[tuple[int, ...]]:
    """All whole numbers that make these sums; an unknown in no sum is 0 or `free`."""

    def extend(found: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        index = len(found)
        if index == length:
            yield found
            return
        own = [(members, left - sum(found[one] for one in members if one < index)) for members, left in sums if index in members]  # fmt: skip
        most = min((left for _, left in own), default=None)
        last = [left for members, left in own if max(members) == index]
        for value in (0, free) if most is None else range(most + 1):
            if all(value == left for left in last):
                yield from extend((*found, value))

    yield from extend(())


def number(site: Site, key: Key, field: str) -> int:
    """What a record holds in a field."""
    (record,) = (one for one in site.archive.records[key[0]] if one.id == key[1])
    return int(getattr(record.data, field))


def _of(site: Site, id_: str) -> frozenset[Key]:
    return frozenset((rule.collection, one.id) for one in counted_records(site)[id_] if (rule := site.values[id_].figure.counted))  # fmt: skip


def open_to(
    site: Site, masked: Collection[str], records: Collection[Key], field: str, least: int
) -> list[str]:
    """What a reader can work out if these figures and records are suppressed, in words.

    He does not know that a masked figure without records is 0, which is one more unknown.
    """
    counted = {id_: _of(site, id_) for id_, value in site.values.items() if value.figure.counted}
    hidden = sorted(set(records).union(*(counted[id_] for id_ in counted if id_ in masked)))
    noughts = [id_ for id_ in counted if id_ in masked and not counted[id_]]

    def members(id_: str) -> frozenset[int]:
        figure = site.values[id_].figure
        within = {
            len(hidden) + at
            for at, one in enumerate(noughts)
            if one == id_ or is_part_of_count(site.values[one].figure, figure)
        }
        return frozenset({at for at, key in enumerate(hidden) if key in counted[id_]} | within)

    true = [*(number(site, key, field) for key in hidden), *(0 for _ in noughts)]
    sums = [(members(id_), sum(true[at] for at in members(id_))) for id_ in counted if id_ not in masked]  # fmt: skip
    found = list(_assignments(len(true), [one for one in sums if one[0]], 100))
    assert tuple(true) in found or len(found) > 1

    def spread(group: Collection[int]) -> int:
        values = {sum(world[at] for at in group) for world in found}
        return max(values) - min(values)

    told = [f"record {key[1]}" for at, key in enumerate(hidden) if spread([at]) < least]
    told += [f"figure {id_}" for id_ in counted if id_ in masked and spread(members(id_)) < least]
    groups = chain.from_iterable(combinations(range(len(hidden)), n) for n in range(2, len(hidden) + 1))  # fmt: skip
    return told + [
        f"group {[hidden[at][1] for at in group]}"
        for group in groups
        if 0 < sum(true[at] for at in group) < least and not spread(group)
    ]
