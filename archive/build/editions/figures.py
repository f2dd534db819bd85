"""Which figures the public edition masks, and its register of figures with their values frozen."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from archive.build.editions.fields import public
from archive.facts.approximation import Approximation, BoundedApproximation, parse
from archive.facts.figures import Value
from archive.facts.site import Site, once
from archive.schema.collections import COLLECTIONS
from archive.schema.fields import fields
from archive.schema.register import Counted, Figure, Period

_MASK = "***"
"""The mask of a figure that has none in the register: known only in words, or not reported."""


@once
def suppressed_figures(site: Site) -> frozenset[str]:
    """Ids of the suppressed figures: marked internal, of too few people, or open to subtraction."""
    found = {
        id_
        for id_, value in site.values.items()
        if value.figure.disclosure != "公开" or _is_of_few(site, value)
    }
    while more := set(_secondary(site, found)):
        found |= more
    return frozenset(found)


def suppression_threshold(site: Site) -> int | None:
    """The suppression threshold: the smallest number of people that is public; None if none is."""
    return site.archive.unit.least_people if site.archive.unit else None


def _is_of_few(site: Site, value: Value) -> bool:
    """Whether the figure is a number of people below the threshold, now or before a revision."""
    if not value.figure.counts_people:
        return False
    numbers = [number for one in value.figure.revisions for number in (one.old, one.new)]
    if value.exact is not None:
        numbers.append(value.exact)
    elif value.figure.approximation:
        numbers += _most(parse(value.figure.approximation))
    least = suppression_threshold(site)
    return bool(numbers) and (least is None or min(numbers) < least)


def _most(words: Approximation) -> Iterator[Decimal]:
    """The most people the words can mean, if they set a limit: 近十 is at most nine."""
    if isinstance(words, BoundedApproximation):
        yield words.high - 1


def is_part_of_count(part: Figure, whole: Figure) -> bool:
    """Whether `part` counts, by the same measure, a subset of the records that `whole` counts."""
    one, other = part.counted, whole.counted
    return (
        one is not None
        and other is not None
        and part is not whole
        and (one.collection, one.measure, one.field)
        == (other.collection, other.measure, other.field)
        and one.where.items() >= other.where.items()
        and _lies_in(part.period, whole.period)
    )


def _lies_in(part: Period, whole: Period) -> bool:
    starts = whole.start is None or (part.start is not None and part.start >= whole.start)
    ends = whole.end is None or (part.end is not None and part.end <= whole.end)
    return starts and ends


def _secondary(site: Site, masked: set[str]) -> Iterator[str]:
    """Ids of figures to mask too, so that no masked figure follows from others by subtraction.

    A public whole gives a part away if only one of its parts is masked, or if the masked parts
    together are too few people: then the smallest public part is masked, or the whole if there is
    no public part. A public part that leaves only a few people of the whole is masked as well.
    """
    least = suppression_threshold(site) or 0
    for whole in site.values.values():
        known = [
            value
            for value in _parts(site, whole)
            if value.exact is not None or value.provisional_count
        ]
        hidden = [value for value in known if value.id in masked]
        others = [value for value in known if value.id not in masked]
        few = least if whole.figure.counts_people else 0
        if whole.id in masked:
            continue
        if hidden and (len(hidden) == 1 or sum(map(_number, hidden)) < few):
            yield min(others, key=_number).id if others else whole.id
        for part in others:
            if part.exact is not None and 0 < _number(whole) - part.exact < few:
                yield part.id


def _parts(site: Site, whole: Value) -> Iterator[Value]:
    """The parts of a figure: those with `part_of` in the register, those that count a subset."""
    for value in site.values.values():
        if value.figure.part_of == whole.id or is_part_of_count(value.figure, whole.figure):
            yield value


def _number(value: Value) -> Decimal:
    return value.exact or value.provisional_count or Decimal(0)


def register(site: Site, masked: frozenset[str]) -> dict[str, Any]:
    """The register for the public edition: id → entry, counted figures with their value as well."""
    return {id_: _entry(value, id_ in masked) for id_, value in site.values.items()}


def _entry(value: Value, is_masked: bool) -> dict[str, Any]:
    entry = public(value.figure)
    if value.figure.counted and not _is_public_rule(value.figure.counted):
        entry["counted"] = None
    if not is_masked:
        return entry | {"value": value.exact}
    return without_value(entry) | {"disclosure": "内部"}


def without_value(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry of the register without anything that gives its value, and always with a mask."""
    hidden: dict[str, Any] = {
        "value": None,
        "approximation": None,
        "complete_through": None,
        "revisions": [],
    }
    return entry | hidden | {"mask": entry["mask"] or _MASK}


def _is_public_rule(counted: Counted) -> bool:
    """Whether a counting rule names public fields only; its conditions quote values of them."""
    known = fields(COLLECTIONS[counted.collection].model)
    return all(
        known[name].public for name in (counted.field or "", *counted.where) if name in known
    )
