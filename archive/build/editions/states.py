"""Families of figures as they were: in the public editions published before, and before each revision.

What a whole was and what its parts were is known to readers as far as it was printed. A number that did
not change is one unknown, or is known, at all times; one that changed is two.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from archive.build.editions.compared import is_like, printed
from archive.build.editions.families import Family, State, families
from archive.build.editions.identity import former_editions
from archive.facts.figures import count_records, select
from archive.facts.former import FormerEdition
from archive.facts.site import Site
from archive.schema.register import Figure

Number = tuple[str, Decimal]
"""A figure and one of its numbers."""


@dataclass(frozen=True, slots=True)
class PastFamily:
    """A family with the numbers that it had."""

    family: Family
    state: State

    def members(self) -> list[tuple[Number, int]]:
        """The whole and the parts, each with its number and its factor in their relation."""
        ids = [(self.family.whole, -1), *((part, 1) for part in self.family.parts)]
        return [((id_, self.state.numbers[id_]), factor) for id_, factor in ids]


def past_families(site: Site, now: State, summed: Collection[str]) -> list[PastFamily]:
    """The families of all registers before, those that had the same numbers once."""
    states = list(_before_revisions(now))
    for edition in former_editions(site):
        then = _state(site, edition, now, summed)
        states += [then, *_before_revisions(then)]
    found: dict[object, PastFamily] = {}
    for state in states:
        for family in families(state, summed):
            one = PastFamily(family, state)
            found.setdefault((tuple(one.members()), frozenset(family.rest.items())), one)
    return list(found.values())


def numbers_seen(site: Site) -> frozenset[Number]:
    """The numbers that the editions before showed."""
    return frozenset(
        (_called(site, edition, id_), one)
        for edition in former_editions(site)
        for id_, number in edition.values.items()
        for one in printed(number, edition.figures.get(id_))
    )


def numbers_printed(site: Site) -> frozenset[Number]:
    """The numbers that this edition shows of its figures unless they are masked."""
    return frozenset(
        (id_, one)
        for id_, value in site.values.items()
        if value.exact is not None
        for one in printed(value.exact, value.figure)
    )


def _called(site: Site, edition: FormerEdition, id_: str) -> str:
    """The id today of a figure of an edition: the same, or that of a new figure that is like it."""
    then = edition.figures.get(id_)
    if id_ in site.values or then is None:
        return id_
    new = (one for one in site.values.values() if one.id not in edition.figures)
    return next((one.id for one in new if is_like(then, one.figure, same_id=False)), id_)


def _state(site: Site, edition: FormerEdition, now: State, summed: Collection[str]) -> State:
    """The register of an edition, under the ids of today, with its numbers.

    If its records and what it withheld are not at hand, a reader takes that to be as it is today.
    """
    ids = {id_: _called(site, edition, id_) for id_ in edition.figures}
    figures = {
        ids[id_]: _part(one, one.part_of and ids.get(one.part_of))
        for id_, one in edition.figures.items()
    }
    wanted = _in_families(figures.values(), figures) | (figures.keys() - summed)
    numbers: dict[str, Decimal] = {}
    for id_, one in edition.figures.items():
        number = edition.values.get(id_)
        if number is None and edition.missing is not None:
            number = now.numbers.get(ids[id_])
        elif number is None and one.counted and ids[id_] in wanted:
            there = edition.records.get(one.counted.collection, [])
            number = count_records(one.counted, select(one.counted, one.period, there))
        elif number is None and not one.counted:
            number = one.value
        if number is not None:
            numbers[ids[id_]] = number
    return State(figures, numbers, numbers.keys())


def _part(figure: Figure, part_of: str | None) -> Figure:
    """The figure as a part of that one."""
    return figure if figure.part_of == part_of else figure.model_copy(update={"part_of": part_of})


def _in_families(figures: Iterable[Figure], ids: Iterable[str]) -> set[str]:
    pairs = list(zip(ids, figures, strict=True))
    return {one for id_, figure in pairs if figure.part_of for one in (id_, figure.part_of)}


def _before_revisions(state: State) -> Iterator[State]:
    """The register as it was before each day on which a number was revised, the latest first."""
    days = {one.date for figure in state.figures.values() for one in figure.revisions}
    for day in sorted(days, reverse=True):
        numbers = {
            id_: next((one.old for one in state.figures[id_].revisions if one.date >= day), number)
            for id_, number in state.numbers.items()
        }
        yield replace(state, numbers=numbers)
