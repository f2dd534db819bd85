"""The descriptions of ledgers for the public edition, and its records: without any internal field.

A record's file there has no line for an internal field of its own, so the description has none either, nor
a total, a rule or a number that rests on one: it would come out otherwise, or tell what the field says.
"""

from collections.abc import Mapping
from typing import Any

from archive.build.editions.fields import public
from archive.build.editions.records import named, public_records
from archive.facts.gather import Record
from archive.facts.site import Site, once
from archive.files.writing import plain_data
from archive.schema.disclosure import WITHHELD
from archive.schema.ledgers import COMMON, RULES, Ledger, TotalOf, without_attachments
from archive.schema.types import Model


def public_ledger(ledger: Ledger) -> dict[str, Any]:
    """Return the description of a ledger without its internal fields, and without all that rests on them."""
    shown = ledger.public_names
    found: dict[str, Any] = plain_data(ledger)
    found["fields"] = {
        name: one for name, one in found["fields"].items() if name in shown or name == "date"
    }
    for name, one in found["fields"].items():
        one["only"] = {other: values for other, values in one["only"].items() if other in shown}
        one["public"] = name in shown
    found["derived"] = {name: one for name, one in found["derived"].items() if name in shown}
    found["columns"] = [one for one in ledger.columns if one in shown or one in COMMON]
    for rests in ("key", "one_of"):
        if not shown.issuperset(getattr(ledger, rests)):
            found[rests] = []
    if "distinct_from" in found["common"] and not found["key"]:
        del found["common"]["distinct_from"]
        found["columns"] = [one for one in found["columns"] if one != "distinct_from"]
    if ledger.yearly not in shown:
        found["yearly"] = None
    if ledger.numbered and not shown >= {ledger.numbered.number, ledger.numbered.by}:
        found["numbered"] = None
    units = ledger.units
    if units and not shown >= {units.number, units.unit, units.by}:
        found["units"] = None
    found["totals"] = [
        plain_data(one) for one in ledger.totals if _is_public(one, shown, bool(found["units"]))
    ]
    found["rules"] = [rule for rule in ledger.rules if shown.issuperset(RULES[rule])]
    return found


def _is_public(total: TotalOf, shown: frozenset[str], with_units: bool) -> bool:
    """Return whether a total rests on public fields alone, its unit too."""
    on = {*total.where, *filter(None, (total.sums, total.each))}
    return on <= shown and bool(total.unit or with_units)


@once
def _public_ids(site: Site) -> Mapping[str, Mapping[str, str]]:
    """Collection → id of each public record → its id in the public edition."""
    return {
        name: {record.id: path.rpartition("/")[2].removesuffix(".yml") for path, record in there}
        for name, records in public_records(site).items()
        for there in (named(name, records),)
    }


def public_record(site: Site, name: str, record: Record[Model]) -> dict[str, Any]:
    """Return what is public of a record of a collection, as plain data for its file.

    A reference names a record as the public edition does, and says no more than that there is one if
    it is left out; a list has no paths of attachments, which are public where a page leads to them.
    """
    ledger = site.archive.collections[name].ledger
    own = ledger.fields if ledger else {}
    found = public(record.data, own)
    for field, one in own.items():
        value = found.get(field)
        if one.type == "引用" and value is not None:
            found[field] = _public_ids(site).get(one.of or "", {}).get(value, WITHHELD)
        elif one.type == "列表" and field in found:
            found[field] = without_attachments(found[field])
    return found
