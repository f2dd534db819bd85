"""What a workbook carries unseen: the records as they were exported, against which changes are told.

The first row of the hidden sheet holds a digest of all that follows, then what the workbook is; each
further row one record: its id, then its canonical values. Both as JSON, cut into pieces that a cell holds.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from archive.editing.sheet.fields import Field

HIDDEN = "_archive"
"""Name of the hidden sheet."""

VERSION = 1
"""Of the form of the workbook; one written in another form is refused."""

PIECE = 30_000
"""Characters of JSON in a cell, below the 32,767 that a cell holds."""


@dataclass(frozen=True, slots=True)
class Base:
    """What was exported: of which collection, and its records: id → field → canonical value."""

    collection: str
    demonstration: bool
    fields: list[list[str]]
    records: Mapping[str, Mapping[str, Any]]


class DamagedError(ValueError):
    """The hidden sheet does not hold what was written into it."""


def signature(fields: Iterable[Field]) -> list[list[str]]:
    """What of the schema a workbook depends on: name, label and form of each field."""
    return [
        one
        for field in fields
        for one in ([field.name, field.label, field.form], *signature(field.inner))
    ]


def rows(base: Base) -> Iterator[list[str]]:
    """The rows of the hidden sheet, as text."""
    told = [[id_, *_pieces(_json(values))] for id_, values in base.records.items()]
    about = {
        "version": VERSION,
        "collection": base.collection,
        "demonstration": base.demonstration,
        "fields": base.fields,
    }
    head = list(_pieces(_json(about)))
    yield [_digest([head, *told]), *head]
    yield from told


def read(found: Iterable[list[str]]) -> Base:
    """What the rows of the hidden sheet hold; `DamagedError` if they are not as they were written."""
    try:
        (digest, *head), *told = found
        if digest != _digest([head, *told]):
            raise DamagedError
        about = json.loads("".join(head))
        if about["version"] != VERSION:
            raise DamagedError
        records = {id_: json.loads("".join(pieces)) for id_, *pieces in told}
        return Base(about["collection"], about["demonstration"], about["fields"], records)
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise DamagedError from error


def _json(value: Any) -> str:
    """JSON without any text that a spreadsheet might take for an escaped character (_x0041_)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("_", "\\u005f")


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]


def _digest(rows_: list[list[str]]) -> str:
    whole = sha256()
    for row in rows_:
        whole.update("\0".join((row[0], "".join(row[1:]))).encode("utf-8", "surrogatepass") + b"\n")
    return whole.hexdigest()
