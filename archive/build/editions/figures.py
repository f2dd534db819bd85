"""Which figures the public edition masks, and its register of figures with their values frozen."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from archive.build.editions.asked import without_left_out
from archive.build.editions.fields import public, public_names
from archive.build.editions.ledgers import public_where
from archive.build.editions.revisions import without_revisions
from archive.build.editions.suppression import suppression
from archive.checks.withheld_numbers import told_numbers
from archive.facts.figures import Value
from archive.facts.observations import indicator_of
from archive.facts.places import keys_of_call
from archive.facts.reported import DRAFTED, before_revisions, shown_in_report
from archive.facts.site import Site
from archive.schema.disclosure import WITHHELD
from archive.schema.register import Counted, Figure

_MASK = "***"
"""The mask of a figure that has none in the register: known only in words, or not reported."""


def suppressed_figures(site: Site) -> frozenset[str]:
    """Ids of the suppressed figures: marked internal, of too few people, or open to subtraction."""
    return frozenset(suppression(site).figures)


def register(site: Site, masked: frozenset[str]) -> dict[str, Any]:
    """The register for the public edition: id → entry, counted figures with their value as well."""
    unrevised, untold = without_revisions(site), _untold(site, masked)
    found = {
        id_: _entry(site, value, id_ in masked, id_ in unrevised) | untold.get(id_, {})
        for id_, value in without_left_out(site).values.items()
    }
    observed = {indicator_of(key) for key in found}
    # Pages may name and link to an indicator of which there is no observation.
    bare = {id_: one for id_, one in site.archive.indicators.items() if id_ not in observed}
    return found | {id_: _undated(site, one) for id_, one in bare.items()}


def _untold(site: Site, masked: Collection[str]) -> dict[str, dict[str, str]]:
    """Figure → those texts that tell a masked number, with a word for it.

    The check refuses such numbers where the register of today says that they are masked. Which are masked
    for the sake of others is known only here, and what a release said is not to be changed.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    # From the end, so that the places of the numbers before stay valid.
    for id_, name, text, typed, _ in reversed([*told_numbers(site, masked)]):
        text = found[id_].get(name, text)
        found[id_][name] = (
            f"{text[: typed.start].rstrip()}（{WITHHELD}）{text[typed.end :].lstrip()}"
        )
    return found


def _undated(site: Site, indicator: Figure) -> dict[str, Any]:
    entry = without_value(public(indicator)) | {"counted": _public_rule(site, indicator.counted)}
    return entry | {"period": entry["period"] | {"start": None, "end": None}}


def untold_figures(site: Site, report_id: str) -> list[str]:
    """Ids of the figures that a report does not show as it was reported, as the public register has no such number.

    It has today's, and those of its revisions as far as they are told. What was reported otherwise (a number
    that was not known then or was in other words) is none that the audit of the edition knows of.
    """
    report = site.archive.reports[report_id]
    if report.state == DRAFTED or report.reported is None:
        return []
    masked, unrevised = suppressed_figures(site), without_revisions(site)
    found = []
    for page in site.archive.pages_of(report_id):
        for call in page.calls:
            for key in keys_of_call(site.archive, report_id, call):
                if key in masked or key not in site.values:
                    continue
                now = site.values[key]
                if key in unrevised:
                    now = replace(now, figure=now.figure.model_copy(update={"revisions": ()}))
                then = shown_in_report(site, now, report_id)
                told = before_revisions(now, report.reported)
                if (then.exact, then.shown, then.unit) != (told.exact, told.shown, told.unit):
                    found.append(key)
    return sorted(set(found))


def _entry(site: Site, value: Value, is_masked: bool, is_unrevised: bool) -> dict[str, Any]:
    entry = public(value.figure)
    if is_unrevised:
        entry["revisions"] = []
    entry["counted"] = _public_rule(site, value.figure.counted)
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


def _public_rule(site: Site, counted: Counted | None) -> dict[str, Any] | None:
    """A counting rule for the public edition; None if it names an internal field, or a record that is left out."""
    if counted is None:
        return None
    shown = public_names(site.archive.collections[counted.collection])
    where = public_where(site, counted.collection, counted.where)
    if where is None or not shown.issuperset(filter(None, (counted.field, *counted.where))):
        return None
    return public(counted) | {"where": where}
