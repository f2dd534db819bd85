"""Figures that are parts of another by what is written, not by records: whole = parts + the rest."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from archive.build.editions.in_time import Days, days, pieces
from archive.facts.approximation import BoundedApproximation, parse
from archive.facts.figures import Value
from archive.facts.observations import indicator_of, months
from archive.facts.site import Site
from archive.schema.register import Figure


@dataclass(frozen=True, slots=True)
class Family:
    """A whole with parts that do not overlap."""

    whole: str
    parts: tuple[str, ...]
    rest: Mapping[object, Decimal]
    """What is in none of the parts, in one piece or several that may be in other families as well.

    Empty where the parts make the whole, which a reader is taken to know.
    """

    @property
    def left(self) -> Decimal:
        """All that is in none of the parts."""
        return sum(self.rest.values(), Decimal(0))


def is_part_of_count(part: Figure, whole: Figure) -> bool:
    """Whether `part` counts, by the same measure, a subset of the records that `whole` counts."""
    one, other = part.counted, whole.counted
    return (
        one is not None
        and other is not None
        and part is not whole
        and (one.measure, one.field) == (other.measure, other.field)
        and is_of_records(part, whole)
    )


def is_of_records(part: Figure, whole: Figure) -> bool:
    """Whether `part` counts, by whatever measure, some of the records that `whole` counts, or all."""
    one, other = part.counted, whole.counted
    return (
        one is not None
        and other is not None
        and one.collection == other.collection
        and one.where.items() >= other.where.items()
        and part.period.lies_in(whole.period)
    )


def limits(value: Value) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest whole number that the words of a figure without a number allow."""
    if value.exact is not None or not value.figure.approximation:
        return None
    words = parse(value.figure.approximation, value.figure.unit)
    return words.limits.whole() if isinstance(words, BoundedApproximation) else None


def numbers(site: Site) -> dict[str, Decimal]:
    """Figure → its number, known to readers or not; figures without one are left out.

    For words alone it is one that they allow: the highest of a whole, the lowest of others, as
    then the parts fit into their whole.
    """
    wholes = {value.figure.part_of for value in site.values.values()}
    found = {}
    for id_, value in site.values.items():
        one = value.provisional_count if value.exact is None else value.exact
        if one is None and not value.figure.counted and (within := limits(value)):
            one = within[id_ in wholes]
        if one is not None:
            found[id_] = one
    return found


@dataclass(frozen=True, slots=True)
class State:
    """A register with its numbers: that of this edition, of one before, or before a revision."""

    figures: Mapping[str, Figure]
    numbers: Mapping[str, Decimal]
    """Figure → its number, known to readers or not."""
    exact: Collection[str]
    """The figures that have a number, not words alone."""


def state(site: Site) -> State:
    """The register of this edition with its numbers."""
    values = site.values
    exact = {id_ for id_, value in values.items() if value.exact is not None}
    return State({id_: value.figure for id_, value in values.items()}, numbers(site), exact)


def families(state: State, summed: Collection[str]) -> list[Family]:
    """The families of a register; records relate those figures that are `summed` over them."""
    found = list(_in_time(state))
    made = {one.whole for one in found}
    split = _Split.of(state)
    for whole in state.figures:
        for parts in _parts(state, split, whole, summed):
            found += _families(state, whole, parts)
        if whole not in made:
            for parts in _by_length(state, split, whole):
                found += _families(state, whole, parts)
    return found


@dataclass(frozen=True, slots=True)
class _Split:
    """Figures by what they have in common, so that each is looked for among few."""

    said: Mapping[str, list[str]]
    """Whole → the figures that are said to be parts of it."""
    observations: Mapping[str, list[str]]
    """Indicator → its entered observations of a period."""
    counted: Mapping[object, list[str]]
    """Collection, measure and field → the figures that count it and are said to be parts of none."""

    @classmethod
    def of(cls, state: State) -> "_Split":
        """Those of a register."""
        found = cls(defaultdict(list), defaultdict(list), defaultdict(list))
        for id_, one in state.figures.items():
            if one.part_of and one.part_of != id_:
                found.said[one.part_of].append(id_)
            if not one.counted and one.period.kind == "时期":
                found.observations[indicator_of(id_)].append(id_)
            if one.counted and not one.part_of:
                found.counted[_measured(one)].append(id_)
        return found


def _measured(figure: Figure) -> object:
    rule = figure.counted
    return rule and (rule.collection, rule.measure, rule.field)


def _in_time(state: State) -> Iterator[Family]:
    """The families of the observations of each entered indicator, as far as it is one to be summed."""
    periods: dict[str, dict[str, Days]] = defaultdict(dict)
    for id_ in state.exact:
        one = state.figures[id_]
        if one.period.kind == "时期" and one.period.start and one.period.end and not one.counted:
            periods[indicator_of(id_)][id_] = days(one.period.start, one.period.end)
    for indicator, of_one in periods.items():
        if len(of_one) > 1:
            for made in pieces(tuple(of_one.items()), tuple(state.numbers[id_] for id_ in of_one)):
                rest: dict[object, Decimal] = {
                    (indicator, *piece): amount for piece, amount in made.gaps
                }
                yield Family(made.whole, made.parts, rest if any(rest.values()) else {})


def _parts(state: State, split: _Split, whole: str, summed: Collection[str]) -> Iterator[list[str]]:
    """The parts that are said to be so, by kind and by time, then those that are so by their rules."""
    everything = state.figures[whole]
    said = split.said.get(whole, [])
    yield [id_ for id_ in said if state.figures[id_].period == everything.period]
    yield [id_ for id_ in said if state.figures[id_].period != everything.period]
    if whole in summed or not everything.counted:
        return
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for id_ in split.counted.get(_measured(everything), []):
        one = state.figures[id_]
        if one.counted is None or not is_part_of_count(one, everything):
            continue
        more = one.counted.where.items() - everything.counted.where.items()
        if len(more) == 1 and one.period == everything.period:
            found[next(iter(more))[0], "where"].append(id_)
        elif not more:
            found["time",].append(id_)
        else:
            found[id_,].append(id_)
    yield from found.values()


def _by_length(state: State, split: _Split, whole: str) -> Iterator[list[str]]:
    """The observations of the same indicator for periods within, those of one length apart.

    They may make about the whole, if it is known in words or was corrected alone.
    """
    everything = state.figures[whole]
    found: dict[int, list[str]] = defaultdict(list)
    for id_ in () if everything.counted else split.observations.get(indicator_of(whole), []):
        one = state.figures[id_].period
        if one != everything.period and one.lies_in(everything.period):
            found[months(one)].append(id_)
    yield from found.values()


def _families(state: State, whole: str, parts: Collection[str]) -> Iterator[Family]:
    there = {id_: state.numbers[id_] for id_ in parts if id_ in state.numbers}
    everything = state.numbers.get(whole)
    if everything is None or not there:
        return
    rest = everything - sum(there.values())
    if rest >= 0:
        exhaustive = not rest and len(there) == len(parts) and whole in state.exact
        left: dict[object, Decimal] = {} if exhaustive else {(whole, frozenset(there)): rest}
        yield Family(whole, tuple(there), left)
        return
    for id_, one in there.items():  # they overlap, so that each is a part by itself
        if one <= everything:
            yield Family(whole, (id_,), {(whole, id_): everything - one})
