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
from archive.schema.ledgers import (
    COMMON,
    RULES,
    Ledger,
    LedgerField,
    TotalOf,
    without_attachments,
)
from archive.schema.types import Model


def public_ledger(site: Site, id_: str, ledger: Ledger) -> dict[str, Any]:
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
        plain_data(one) | {"where": where}
        for one in ledger.totals
        if _is_public(one, shown, bool(found["units"]))
        and (where := public_where(site, id_, one.where)) is not None
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
    own = _fields(site, name)
    found = public(record.data, own)
    for field, one in own.items():
        value = found.get(field)
        if one.type == "引用" and value is not None:
            found[field] = _public_id(site, one, value) or WITHHELD
        elif one.type == "列表" and field in found:
            found[field] = without_attachments(found[field])
    return found


def public_where(site: Site, name: str, where: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return conditions on the records of a collection as they are to be written for the public edition.

    None if one of them names a record that is left out, of which nothing can be said there.
    """
    found = dict(where)
    for field, one in _fields(site, name).items():
        if one.type == "引用" and field in where:
            found[field] = _public_id(site, one, str(where[field]))
    return None if None in found.values() else found


def _fields(site: Site, name: str) -> Mapping[str, LedgerField]:
    collection = site.archive.collections.get(name)
    return collection.ledger.fields if collection and collection.ledger else {}


def _public_id(site: Site, reference: LedgerField, id_: str) -> str | None:
    """Return the id in the public edition of the record that a reference names; None if it is left out."""
    return _public_ids(site).get(reference.of or "", {}).get(id_)
