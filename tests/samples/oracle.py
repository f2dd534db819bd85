"""Every assignment of numbers that fits a public edition, by trying all: slow, and plainly right."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product

from archive.build.editions.counting import Key, counted_records
from archive.build.editions.families import is_part_of_count
from archive.build.editions.reasons import Suppression
from archive.facts.figures import select
from archive.facts.former import FormerEdition
from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.register import Figure
from archive.schema.types import Model

Sum = tuple[frozenset[int], int]
"""The positions of the unknowns in a sum, and the sum."""


def _assignments(length: int, sums: Sequence[Sum], free: int) -> Iterator[tuple[int, ...]]:
    """All whole numbers that make these sums; an unknown in no sum is 0 or `free`."""

    # Of each unknown: the sums it is in, which of their members come before it, and whether it is the last.
    of = [
        [([one for one in members if one < at], left, max(members) == at) for members, left in sums if at in members]
        for at in range(length)
    ]  # fmt: skip

    def extend(found: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(found) == length:
            yield found
            return
        own = [(left - sum(found[one] for one in before), last) for before, left, last in of[len(found)]]  # fmt: skip
        most = min((left for left, _ in own), default=None)
        whole = {left for left, last in own if last}  # what makes a sum whole is what is left of it
        if whole:
            values: Iterable[int] = whole if len(whole) == 1 and whole == {most} else ()
        else:
            values = (0, free) if most is None else range(most + 1)
        for value in values:
            if value >= 0:
                yield from extend((*found, value))

    yield from extend(())


def number(site: Site, key: Key, field: str) -> int:
    """What a record holds in a field."""
    (record,) = (one for one in site.archive.records[key[0]] if one.id == key[1])
    return int(getattr(record.data, field))


def _of(site: Site, id_: str) -> frozenset[Key]:
    return frozenset((rule.collection, one.id) for one in counted_records(site)[id_] if (rule := site.values[id_].figure.counted))  # fmt: skip


def _noughts(edition: FormerEdition) -> list[str]:
    return [
        id_
        for id_, figure in edition.figures.items()
        if id_ not in edition.values
        and (rule := figure.counted)
        and not select(rule, figure.period, edition.records.get(rule.collection, []))
    ]


Today = Mapping[Key, Record[Model]]


def _is(edition: FormerEdition, key: Key, today: Today) -> bool:
    """Whether a record of today was in an edition as it is."""
    return any(today.get(key) is one for one in edition.records[key[0]])


def _changed(edition: FormerEdition, today: Today, at: int) -> dict[Key, Record[Model]]:
    """The records that an edition hid and that are others now, under keys of their own."""
    return {
        (f"volunteering@{at}", one.id): one
        for one in edition.records["volunteering"]
        if ("volunteering", one.id) not in edition.public
        and today.get(("volunteering", one.id)) is not one
    }


def open_to(
    site: Site, masked: Collection[str], records: Collection[Key], field: str, least: int
) -> list[str]:
    """What a reader can work out if these figures and records are suppressed, in words.

    He does not know that a masked figure without records is 0, which is one more unknown. From the
    editions before he knows the records they showed, and their sums of those they did not.
    """
    counted = {id_: _of(site, id_) for id_, value in site.values.items() if value.figure.counted}
    hidden = sorted(set(records).union(*(counted[id_] for id_ in counted if id_ in masked)))
    today = {("volunteering", one.id): one for one in site.archive.records["volunteering"]}
    shown = {
        (name, one.id)
        for edition in site.former
        for name, there in edition.records.items()
        for one in there
        if (name, one.id) in edition.public & today.keys()
        and getattr(one.data, field) == getattr(today[name, one.id].data, field)
    }
    hidden = [key for key in hidden if key not in shown]
    # What was hidden in an edition and is another now, or gone, is an unknown of its own.
    known = {key for key in today if key not in hidden}
    of_then = [
        {
            key: one
            for key, one in _changed(edition, today, at).items()
            if ("volunteering", key[1]) not in known
            or getattr(one.data, field) != getattr(today["volunteering", key[1]].data, field)
        }
        for at, edition in enumerate(site.former)
    ]
    hidden += [key for one in of_then for key in one]
    now = [id_ for id_ in counted if id_ in masked and not counted[id_]]
    then = [_noughts(edition) for edition in site.former]
    noughts = sorted({*now, *chain.from_iterable(then)})

    def without_records(id_: str, among: Collection[str]) -> set[int]:
        figure = site.values[id_].figure
        return {
            len(hidden) + at
            for at, one in enumerate(noughts)
            if one in among and (one == id_ or is_part_of_count(site.values[one].figure, figure))
        }

    def members(id_: str) -> frozenset[int]:
        own = {at for at, key in enumerate(hidden) if key in counted[id_]}
        return frozenset(own | without_records(id_, now))

    true = [
        *(
            int(getattr(today[key].data, field)) if key in today else one[key]
            for key in hidden
            for one in [
                {
                    old: int(getattr(record.data, field))
                    for each in of_then
                    for old, record in each.items()
                }
            ]
        ),
        *(0 for _ in noughts),
    ]
    sums = [(members(id_), sum(true[at] for at in members(id_))) for id_ in counted if id_ not in masked]  # fmt: skip
    for edition, among in zip(site.former, then, strict=True):
        changed = of_then[site.former.index(edition)]
        for id_ in edition.values:
            figure = edition.figures[id_]
            assert figure.counted
            keys = {
                ("volunteering", one.id)
                for one in select(figure.counted, figure.period, edition.records["volunteering"])
            }
            old = {
                at
                for at, key in enumerate(hidden)
                if (key in changed and (key[0].partition("@")[0], key[1]) in keys)
                or (key in keys and _is(edition, key, today))
            }
            own = frozenset(old | without_records(id_, among))
            sums.append((own, sum(true[at] for at in own)))
    found = list(_assignments(len(true), [one for one in sums if one[0]], 100))
    assert tuple(true) in found or len(found) > 1

    def spread(group: Collection[int]) -> int:
        values = {sum(world[at] for at in group) for world in found}
        return max(values) - min(values)

    told = [f"record {key[1]}" for at, key in enumerate(hidden) if spread([at]) < least]
    told += [
        f"figure {id_}"
        for id_ in counted
        if id_ in masked and members(id_) and spread(members(id_)) < least
    ]
    groups = chain.from_iterable(combinations(range(len(hidden)), n) for n in range(2, len(hidden) + 1))  # fmt: skip
    return told + [
        f"group {[hidden[at][1] for at in group]}"
        for group in groups
        if 0 < sum(true[at] for at in group) < least and not spread(group)
    ]


Number = tuple[str, int]


Register = tuple[dict[str, int], set[Number]]
"""The numbers of a register, and what it prints."""


def _registers(figures: Mapping[str, Figure], values: Mapping[str, int]) -> Iterator[Register]:
    """A register that shows these values, then as it was before its revisions."""
    numbers = {id_: int(figure.value or 0) for id_, figure in figures.items()}
    changes = [(id_, one) for id_ in values for one in figures[id_].revisions]
    yield numbers, {*values.items(), *((id_, int(n)) for id_, one in changes for n in (one.old, one.new))}  # fmt: skip
    for id_, one in changes:  # a single one in all, here
        yield {**numbers, id_: int(one.old)}, set()


def parts_open_to(site: Site, masked: Collection[str] | None, least: int, most: int) -> set[Number]:
    """What a reader can work out of the entered figure `whole` and its parts, now or before.

    All numbers are less than `most`. What did not change is taken to be the same, and is known if it
    is shown now or was. With None, it is what the editions before tell alone.
    """
    before = [
        register
        for one in site.former
        for register in _registers(one.figures, {id_: int(n) for id_, n in one.values.items()})
    ]
    shown = {id_: int(one.exact or 0) for id_, one in site.values.items() if id_ not in (masked or ())}  # fmt: skip
    today = list(_registers(site.archive.figures, shown)) if masked is not None else []
    known = {one for _, printed in (*before, *today) for one in printed}
    relations: dict[object, tuple[frozenset[Number], int]] = {}
    for numbers, _ in (*before, *today):
        rest = numbers["whole"] - sum(one for id_, one in numbers.items() if id_ != "whole")
        members = {*numbers.items(), *([("rest", rest)] if rest else [])} - {("whole", numbers["whole"])}  # fmt: skip
        outside = sum(number for _, number in members & known)
        relations[frozenset(numbers.items())] = (frozenset(members - known), outside)
    told: set[Number] = set()
    for linked in _linked(relations, known):
        unknown = sorted({one for members, _, _ in linked for one in members})
        free = sorted({whole for _, whole, _ in linked if whole not in known})
        left = {one: (most, -1) for one in (*unknown, *free) if 0 <= one[1] < least and (one[0] != "rest" or one[1])}  # fmt: skip
        for world in _worlds(linked, unknown, free, most) if left else ():
            for one in left.keys() & world.keys():
                low, high = left[one]
                left[one] = min(low, world[one]), max(high, world[one])
                if left[one][1] - left[one][0] >= least:
                    del left[one]
            if not left:
                break
        told |= left.keys()
    return told


Linked = tuple[frozenset[Number], Number, int]


def _worlds(
    linked: Sequence[Linked], unknown: Sequence[Number], free: Sequence[Number], most: int
) -> Iterator[dict[Number, int]]:
    """What the parts and the wholes that are not known may be, all together."""
    for values in product(range(most), repeat=len(free)):
        chosen = dict(zip(free, values, strict=True))
        sums = [(frozenset(map(unknown.index, members)), chosen.get(whole, whole[1]) - outside) for members, whole, outside in linked]  # fmt: skip
        if all(left >= 0 if members else not left for members, left in sums):
            for world in _assignments(len(unknown), [one for one in sums if one[0]], most):
                yield {**dict(zip(unknown, world, strict=True)), **chosen}


def _linked(relations: Mapping[object, tuple[frozenset[Number], int]], known: Collection[Number]) -> list[list[Linked]]:  # fmt: skip
    """The relations (unknown parts, whole, known parts) in groups that have no unknown in common."""
    groups: list[tuple[set[Number], list[Linked]]] = []
    for numbers, (members, outside) in relations.items():
        assert isinstance(numbers, frozenset)
        (whole,) = (one for one in numbers if one[0] == "whole")
        own = set(members) | ({whole} - set(known))
        mine: list[Linked] = [(members, whole, outside)]
        for other in [one for one in groups if one[0] & own]:
            groups.remove(other)
            own |= other[0]
            mine += other[1]
        groups.append((own, mine))
    return [mine for _, mine in groups]


def secondary(found: Suppression) -> tuple[list[str], list[str]]:
    """The figures and the records that are suppressed for others."""
    return (
        [id_ for id_, why in found.figures.items() if why.kind == "从属抑制"],
        [id_ for (_, id_), why in found.records.items() if why.kind == "从属抑制"],
    )


def needless(site: Site, found: Suppression, least: int = 10) -> list[str]:
    """What is suppressed for others and would tell nothing if it were shown."""
    figures, records = secondary(found)
    chosen = [key for key, why in found.records.items() if not why.why.startswith("由隐去")]
    return [
        *(one for one in figures if not open_to(site, found.figures.keys() - {one}, chosen, "participants", least)),
        *(
            one for one in records if ("volunteering", one) in chosen
            and not open_to(site, found.figures.keys(), [key for key in chosen if key[1] != one], "participants", least)
        ),
    ]  # fmt: skip
