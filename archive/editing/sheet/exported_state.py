"""The hidden sheet of a workbook: the records as exported, with which an import is compared.

The first row holds a digest of everything after it, then a description of the workbook. Each other
row holds one record: its id, then its canonical values. Description and values are JSON, cut into
pieces that fit into a cell.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic_core import from_json

from archive.editing.sheet.fields import FieldForm, SheetField

HIDDEN = "_archive"
"""Name of the hidden sheet."""

VERSION: Literal[1] = 1
"""Version of the workbook's layout; a workbook of another version is refused."""

PIECE = 30_000
"""Characters of JSON per cell; a cell holds at most 32,767."""


@dataclass(frozen=True, slots=True)
class ExportedState:
    """What was exported; `records` is id → field → canonical value, `fields` a `signature`."""

    collection: str
    demonstration: bool
    fields: list[list[str]]
    records: Mapping[str, Mapping[str, Any]]


class DamagedError(ValueError):
    """The hidden sheet is not as it was exported, or of another version."""


_EXACTLY = ConfigDict(strict=True, extra="forbid")


class _About(BaseModel):
    """The description of a workbook."""

    model_config = _EXACTLY
    version: Literal[1]
    collection: str
    demonstration: bool
    fields: list[Annotated[list[str], Field(min_length=3, max_length=3)]]


def signature(fields: Iterable[SheetField]) -> list[list[str]]:
    """What a workbook depends on in the schema: name, label and form of all fields."""
    return [
        one
        for field in fields
        for one in ([field.name, field.label, field.form], *signature(field.inner))
    ]


def rows(base: ExportedState) -> Iterator[list[str]]:
    """The rows of the hidden sheet as text, one list per row."""
    records = [[id_, *_pieces(_json(values))] for id_, values in base.records.items()]
    about = _About(
        version=VERSION,
        collection=base.collection,
        demonstration=base.demonstration,
        fields=base.fields,
    )
    head = list(_pieces(_json(about.model_dump())))
    yield [_digest([head, *records]), *head]
    yield from records


def read(found: Iterable[list[str]]) -> ExportedState:
    """Parse the rows of the hidden sheet; raises DamagedError if they are not as exported.

    The records are any JSON; `check_records` says whether they fit the fields.
    """
    try:
        (digest, *head), *rest = found
        if digest != _digest([head, *rest]):
            raise DamagedError
        about = _About.model_validate_json("".join(head))
        records = {id_: from_json("".join(pieces), allow_inf_nan=False) for id_, *pieces in rest}
        return ExportedState(about.collection, about.demonstration, about.fields, records)
    except ValueError as error:
        raise DamagedError from error


def check_records(base: ExportedState, shape: Iterable[SheetField]) -> None:
    """Raise DamagedError if a record does not hold just these fields, each with a value of its form."""
    values = _model(shape)
    try:
        for record in base.records.values():
            values.model_validate(record)
    except ValueError as error:
        raise DamagedError from error


_TYPES: Mapping[FieldForm, Any] = {
    "integer": int | None,
    "boolean": bool | None,
    "lines": list[str] | None,
}
"""What a canonical value of a form is; of any other in one cell it is text."""


def _model(shape: Iterable[SheetField]) -> type[BaseModel]:
    """What the canonical values of a record are."""
    types: dict[str, Any] = {}
    for field in shape:
        inner: Any = _model(field.inner) if field.inner else None
        if field.form == "parts":
            types[field.name] = list[inner] | None
        else:
            types[field.name] = inner | None if inner else _TYPES.get(field.form, str | None)
    required: dict[str, Any] = {name: (one, ...) for name, one in types.items()}
    made: type[BaseModel] = create_model("Values", __config__=_EXACTLY, **required)
    return made


def _json(value: Any) -> str:
    """JSON without underscores, as a spreadsheet might take _x0041_ for an escaped character."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("_", "\\u005f")


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]


def _digest(rows_: list[list[str]]) -> str:
    whole = sha256()
    for row in rows_:
        parts = ("".join(row[:1]), "".join(row[1:]))
        whole.update("\0".join(parts).encode("utf-8", "surrogatepass") + b"\n")
    return whole.hexdigest()
