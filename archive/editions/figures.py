"""Which figures the public edition masks, and the register with all others frozen."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from archive.editions.fields import public
from archive.figures import Value
from archive.schema.collections import COLLECTIONS
from archive.schema.disclosure import is_public
from archive.schema.register import Counted
from archive.site import Site

_MASK = "***"
"""The mask of a figure that is known in words and so has none of its own."""


def withheld(site: Site) -> set[str]:
    """The figures whose value is not public: by their own word, as few people, or by subtraction."""
    found = {
        id_
        for id_, value in site.values.items()
        if value.figure.disclosure != "公开" or _is_of_few(site, value)
    }
    while more := set(_told_by_others(site, found)):
        found |= more
    return found


def least_people(site: Site) -> int | None:
    """The smallest number of people that is public; None while no number is."""
    return site.archive.unit.least_people if site.archive.unit else None


def _is_of_few(site: Site, value: Value) -> bool:
    """Whether the figure is, or was before a revision, a number of people too small to be public."""
    if not value.figure.counts_people:
        return False
    numbers = [number for one in value.figure.revisions for number in (one.old, one.new)]
    if value.exact is not None:
        numbers.append(value.exact)
    least = least_people(site)
    return bool(numbers) and (least is None or min(numbers) < least)


def _told_by_others(site: Site, masked: set[str]) -> Iterator[str]:
    """Where a whole is public and one part of it alone is not: the smallest other part, else the whole.

    Otherwise the one that is masked could be had by subtraction.
    """
    parts: dict[str, list[Value]] = {}
    for value in site.values.values():
        if value.figure.part_of and value.exact is not None:
            parts.setdefault(value.figure.part_of, []).append(value)
    for whole, known in parts.items():
        others = [value for value in known if value.id not in masked]
        if whole not in masked and len(known) - len(others) == 1:
            yield min(others, key=_number).id if others else whole


def _number(value: Value) -> Decimal:
    return value.exact or Decimal(0)


def register(site: Site, masked: set[str]) -> dict[str, Any]:
    """The register for the public edition, counted figures with their value beside their rule."""
    return {id_: _entry(value, id_ in masked) for id_, value in site.values.items()}


def _entry(value: Value, is_masked: bool) -> dict[str, Any]:
    entry = public(value.figure)
    if value.figure.counted and not _is_told(value.figure.counted):
        entry["counted"] = None
    if not is_masked:
        return entry | {"value": value.exact}
    hidden: dict[str, Any] = {
        "value": None,
        "approximation": None,
        "complete_through": None,
        "revisions": [],
    }
    return entry | hidden | {"disclosure": "内部", "mask": entry["mask"] or _MASK}


def _is_told(counted: Counted) -> bool:
    """Whether a counting rule names public fields alone: its conditions hold values of them."""
    fields = COLLECTIONS[counted.collection].model.model_fields
    return all(
        is_public(fields[name]) for name in (counted.field, *counted.where) if name in fields
    )
