"""What a public record tells of a number that is not public: by other fields, or as it can have none."""

from archive.build.editions.counting import Key
from archive.build.editions.said import names_known
from archive.facts.site import Site
from archive.schema.collections import Collection
from archive.schema.types import Model, yaml_text


def told_by_others(site: Site, collection: str, name: str) -> set[Key]:
    """The records that, while they are public, tell by other fields what they hold in one that is not."""
    kept, records = site.archive.collections[collection], site.archive.records.get(collection, [])
    return {
        (collection, one.id)
        for one in records
        if _is_told(kept, one.data, name, names_known(site, collection, one))
    }


def _is_told(collection: Collection, record: Model, name: str, shown: frozenset[str]) -> bool:
    """Whether the fields of a record that are `shown` tell what it holds in a field, or what is derived from it."""
    ledger = collection.ledger
    if ledger is None:
        return False
    if name in ledger.fields:
        return has_none(collection, record, name, shown)
    derived = ledger.derived.get(name)
    may_be = derived is None
    for names in derived.factors if derived else ():
        if any(has_none(collection, record, one, shown) for one in names):
            continue
        values = {one: getattr(record, one) for one in names}
        if None not in values.values():
            return shown.issuperset(names) or any(values[one] == 0 for one in shown & {*names})
        may_be = True  # a reader sees no more than that another field may be empty
    return not may_be


def has_none(collection: Collection, record: Model, name: str, shown: frozenset[str]) -> bool:
    """Whether a reader sees that a field is empty: it is `shown`, is none of such a record, or another stands for it."""
    one = collection.ledger.fields.get(name) if collection.ledger else None
    if collection.ledger is None or one is None:
        return False
    if name in shown:
        return getattr(record, name) is None
    either = {*collection.ledger.one_of}
    if name in either and any(getattr(record, other) is not None for other in either & shown):
        return True
    return any(
        other in shown
        and hasattr(record, other)
        and yaml_text(getattr(record, other)) not in values
        for other, values in one.only.items()
    )
