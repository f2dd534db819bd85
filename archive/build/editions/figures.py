"""Which figures the public edition masks, and its register of figures with their values frozen."""

from typing import Any

from archive.build.editions.fields import public, public_names
from archive.build.editions.revisions import without_revisions
from archive.build.editions.suppression import suppression
from archive.facts.figures import Value
from archive.facts.site import Site
from archive.schema.register import Counted

_MASK = "***"
"""The mask of a figure that has none in the register: known only in words, or not reported."""


def suppressed_figures(site: Site) -> frozenset[str]:
    """Ids of the suppressed figures: marked internal, of too few people, or open to subtraction."""
    return frozenset(suppression(site).figures)


def register(site: Site, masked: frozenset[str]) -> dict[str, Any]:
    """The register for the public edition: id → entry, counted figures with their value as well."""
    unrevised = without_revisions(site)
    return {
        id_: _entry(site, value, id_ in masked, id_ in unrevised)
        for id_, value in site.values.items()
    }


def _entry(site: Site, value: Value, is_masked: bool, is_unrevised: bool) -> dict[str, Any]:
    entry = public(value.figure)
    if is_unrevised:
        entry["revisions"] = []
    if value.figure.counted and not _is_public_rule(site, value.figure.counted):
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


def _is_public_rule(site: Site, counted: Counted) -> bool:
    """Whether a counting rule names public fields only; its conditions quote values of them."""
    shown = public_names(site.archive.collections[counted.collection])
    return shown.issuperset(filter(None, (counted.field, *counted.where)))
