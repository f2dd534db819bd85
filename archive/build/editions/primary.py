"""Primary suppression: which figures and records are not public for what they themselves say."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from archive.build.editions.asked import listed_collections
from archive.build.editions.families import limits
from archive.build.editions.fields import has_public, public_names
from archive.facts.figures import Value
from archive.facts.gather import Record
from archive.facts.places import home_of
from archive.facts.site import Site, once
from archive.schema import register
from archive.schema.collections import Collection
from archive.schema.fields import fields
from archive.schema.page_models import is_public
from archive.schema.register import Figure
from archive.schema.types import Model

NEVER = "这类记录不公开"
"""Why a record is suppressed of whose kind nothing is public."""

_FEW = (1, 2)
"""So few records are known by what they hold: who reads their sum knows what the internal field says."""


def suppression_threshold(site: Site) -> int | None:
    """The suppression threshold: the smallest number of people that is public; None if none is."""
    return site.archive.unit.least_people if site.archive.unit else None


def why_figure(site: Site, value: Value) -> str:
    """Why a figure is suppressed for what it says itself, in Chinese; empty if it is not."""
    if value.figure.disclosure != "公开":
        return "登记里没有写明公开"
    rule = value.figure.counted
    if rule and value.records in _FEW and inner_conditions(site, value.figure):
        return "按不公开的字段挑选出的只有一两条记录"
    if not value.figure.counts_people:
        return ""
    least = suppression_threshold(site)
    numbers = [number for one in value.figure.revisions for number in (one.old, one.new)]
    if value.exact is not None:
        numbers.append(value.exact)
    elif within := limits(value):
        numbers.append(within[1])  # the most people the words can mean: 近十 is at most nine
    if numbers and (least is None or min(numbers) < least):
        return "人数小于可公开的最小人数"
    if any(0 < abs(one - other) < (least or 0) for one, other in combinations(numbers, 2)):
        return "修订前后相差的人数小于可公开的最小人数"
    return ""


def why_record(site: Site, collection: str, record: Record[Model]) -> str:
    """Why a record is suppressed for what it says itself, in Chinese; empty if it is not."""
    if getattr(record.data, "disclosure", None):
        return "写明不公开"
    kept = site.archive.collections[collection]
    if not has_public(kept.model):
        return NEVER
    home = site.archive.pages.get(home_of(collection))
    if home and not is_public(home.path, home.meta):
        return "列出它的页面写明不公开"
    if collection not in listed_collections(site):
        return "没有公开的页面列出它"
    least = suppression_threshold(site)
    if any(least is None or heads < least for heads in _heads(kept, record.data)):
        return "人数小于可公开的最小人数"
    return ""


def _heads(collection: Collection, record: Model) -> Iterator[int | Decimal]:
    """The numbers of people in a record."""
    for name in fields(type(record)):
        value = getattr(record, name)
        if value is not None and counts_people(collection, record, name):
            yield value


def counts_people(collection: Collection, record: Model, name: str) -> bool:
    """Whether a field of the record, or what is derived from it, is a number of people."""
    units = collection.ledger.units if collection.ledger else None
    if units and name == units.number:
        return register.counts_people(getattr(record, units.unit, ""))
    field = fields(type(record)).get(name)
    return field is not None and field.counts_people


def inner_conditions(site: Site, figure: Figure) -> frozenset[tuple[str, str]]:
    """The conditions of a figure's rule of which the public edition does not say what meets them.

    They are on a field that is not public, or on a reference to a record that it has not.
    """
    rule = figure.counted
    kept = site.archive.collections.get(rule.collection) if rule else None
    if rule is None or kept is None:
        return frozenset()
    shown = public_names(kept)
    return frozenset(
        (name, word)
        for name, word in rule.where.items()
        if name not in shown or ((of := referred(kept, name)) and word not in _shown(site)[of])
    )


def tells_reference(site: Site, kept: Collection, record: Model, name: str) -> bool:
    """Whether a field of a record names, for readers too, another record."""
    of = referred(kept, name)
    return name in public_names(kept) and bool(of) and getattr(record, name) in _shown(site)[of]


def referred(kept: Collection, name: str) -> str:
    """The ledger whose records a field names; empty if it is no reference."""
    one = kept.ledger.fields.get(name) if kept.ledger else None
    return (one.of or "") if one and one.type == "引用" else ""


@once
def _shown(site: Site) -> Mapping[str, frozenset[str]]:
    """Ledger that others refer to → the ids of its records that may be shown for what they say themselves."""
    described = [one.ledger for one in site.archive.collections.values() if one.ledger]
    referred = {one.of or "" for ledger in described for one in ledger.fields.values()}
    return {
        name: frozenset(
            one.id for one in site.archive.records.get(name, []) if not why_record(site, name, one)
        )
        for name in referred
    }
