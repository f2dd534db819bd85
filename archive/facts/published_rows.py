"""The rows of a published table: which records they are of, and what they do not say."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

from archive.facts.gather import Record
from archive.facts.tables import ID, MARK, TO_SUM
from archive.schema.collections import Collection
from archive.schema.columns import exact_text, labelled
from archive.schema.fields import fields
from archive.schema.ledgers import FieldType, without_attachments
from archive.schema.types import Model

Rows = list[dict[str, Any]]


def has_columns(collection: Collection, rows: Rows) -> bool:
    """Whether a description of a ledger makes just such columns."""
    known = fields(collection.model).values()
    public = {one.label for one in known if one.public}
    names = collection.ledger.public_names if collection.ledger else ()
    public |= {f"{label}{TO_SUM}" for name, label in collection.derived.items() if name in names}
    return all(row.keys() - {ID.label, MARK.label} == public for row in rows[:1])


def unshown(rows: Rows, collection: Collection) -> Iterator[str]:
    """Yield the fields that a table had no column for, and what is derived and does not follow from the others.

    They were not public then. What is derived is known to readers if all that it follows from is.
    """
    for row in rows[:1]:
        missing = {name for name, one in fields(collection.model).items() if one.label not in row}
        yield from missing
        for name, label in collection.derived.items():
            terms = collection.ledger.derived[name].factors if collection.ledger else []
            hidden = any(not missing.isdisjoint(term) for term in terms)
            if hidden and f"{label}{TO_SUM}" not in row:
                yield name


def matched(
    rows: Rows, records: list[Record[Model]], collection: Collection, by_numbers: bool = False
) -> tuple[list[Record[Model]], Rows]:
    """The records that published rows are of, which have other ids; and the rows that are of none.

    Of records alike, those come first that are not marked as not public. `by_numbers` only the day and
    the numbers are compared, if there are any.
    """
    own = collection.ledger.fields if collection.ledger else {}
    labels = {
        name: field.label
        for name, field in fields(collection.model).items()
        if field.public and (not by_numbers or field.value.is_number or name == "date")
    }
    if not by_numbers:
        labels |= {name: f"{label}{TO_SUM}" for name, label in collection.derived.items()}
    labels = {name: label for name, label in labels.items() if rows and label in rows[0]}
    if not labels or (by_numbers and labels.keys() <= {"date"}):
        return [], rows
    types = [own[name].type if name in own else None for name in labels]
    waiting: dict[tuple[str, ...], Rows] = defaultdict(list)
    for row in reversed(rows):
        values = (row[label] for label in labels.values())
        waiting[tuple(map(_comparable, values, types))].append(row)
    found = []
    for record in sorted(records, key=lambda one: bool(getattr(one.data, "disclosure", None))):
        values = (getattr(record.data, name) for name in labels)
        there = waiting.get(tuple(map(_comparable, map(_as_read, values), types)))
        if there:
            there.pop()
            found.append(record)
    return found, [row for there in waiting.values() for row in there]


def _comparable(value: Any, of: FieldType | None) -> str:
    """What a row and its record have in common: a reference is to another id, a list has no attachments."""
    if of == "引用":
        value = value is not None
    elif of == "列表" and _is_texts(value):
        value = without_attachments(value)
    return json.dumps(cast(Any, value), ensure_ascii=False, sort_keys=True)


def _is_texts(value: Any) -> bool:
    """Whether it is a list of texts: what was published under the name of one may be of another type."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _as_read(value: Any) -> Any:
    """A value as it comes back from a download."""
    if isinstance(value, tuple):
        return [_as_read(one) for one in value]
    if isinstance(value, Model):
        return {label: _as_read(one) for label, one in labelled(value).items()}
    return value if value is None or isinstance(value, bool) else exact_text(value)
