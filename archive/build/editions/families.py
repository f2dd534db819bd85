"""Figures that are parts of another by what is written, not by records: whole = parts + the rest."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from archive.facts.approximation import BoundedApproximation, parse
from archive.facts.figures import Value
from archive.facts.site import Site
from archive.schema.register import Figure, Period


@dataclass(frozen=True, slots=True)
class Family:
    """A whole with parts that do not overlap."""

    whole: str
    parts: tuple[str, ...]
    rest: Decimal
    """What is in none of the parts."""
    exhaustive: bool
    """Whether the parts make the whole, which a reader is taken to know."""


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
        and _lies_in(part.period, whole.period)
    )


def _lies_in(part: Period, whole: Period) -> bool:
    starts = whole.start is None or (part.start is not None and part.start >= whole.start)
    ends = whole.end is None or (part.end is not None and part.end <= whole.end)
    return starts and ends


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


def families(site: Site, summed: Collection[str], numbers: Mapping[str, Decimal]) -> list[Family]:
    """The families of the register; records relate those figures that are `summed` over them."""
    found: list[Family] = []
    for whole in site.values.values():
        for parts in _parts(site, whole, summed):
            found += _families(whole, parts, numbers)
    return found


def _parts(site: Site, whole: Value, summed: Collection[str]) -> Iterator[list[Value]]:
    """The parts that are said to be so, then those that differ in one condition, or in the time."""
    others = [value for value in site.values.values() if value.id != whole.id]
    yield [value for value in others if value.figure.part_of == whole.id]
    if whole.id in summed or not whole.figure.counted:
        return
    rule = whole.figure.counted
    split: dict[tuple[object, ...], list[Value]] = defaultdict(list)
    for value in others:
        one = value.figure.counted
        if one is None or value.figure.part_of or not is_part_of_count(value.figure, whole.figure):
            continue
        more = one.where.items() - rule.where.items()
        same_time = value.figure.period == whole.figure.period
        if len(more) == 1 and same_time:
            split[next(iter(more))[0], "where"].append(value)
        elif not more:
            split["time",].append(value)
        else:
            split[value.id,].append(value)
    yield from split.values()


def _families(whole: Value, parts: list[Value], numbers: Mapping[str, Decimal]) -> Iterator[Family]:
    there = {value.id: numbers[value.id] for value in parts if value.id in numbers}
    everything = numbers.get(whole.id)
    if everything is None or not there:
        return
    rest = everything - sum(there.values())
    if rest >= 0:
        exhaustive = not rest and len(there) == len(parts) and whole.exact is not None
        yield Family(whole.id, tuple(there), rest, exhaustive)
        return
    for id_, one in there.items():  # they overlap, so that each is a part by itself
        if one <= everything:
            yield Family(whole.id, (id_,), everything - one, exhaustive=False)
