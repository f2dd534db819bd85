"""A model of the schema as JSON Schema, draft-07: what every version of the YAML extension reads.

A schema is told what a parser of YAML makes of a file, so it cannot see quotes: `"2024-03-05"` and
2024-03-05, `"no"` and `no` are the same text to it, where the model takes only one of them. Nor can
it tell 12.0 from 12, 010 from 8, leap years from others, or how many decimals a number has:
`multipleOf: 0.01` refuses 0.07 wherever numbers are binary; nor a text from one that only stands for
a text, such as 无. Rules across fields and records are
those of the check, except when a field is filled in at all.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from archive.schema.collections import Collection
from archive.schema.fields import Field, Shape, Value, fields
from archive.schema.types import Model

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"

_MONTHS = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
DAYS = f"^(?!1949-0)(?:1949|19[5-9][0-9]|20[0-9]{{2}})-{_MONTHS}$"
"""Days from FIRST_DAY to LAST_DAY, as they are written; February has 29 of them."""

_TYPES: Mapping[Shape, Schema] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date", "pattern": DAYS},
}

_KEYWORDS = {
    "ge": "minimum", "le": "maximum", "lt": "exclusiveMaximum",
    "min_length": "minLength", "max_length": "maxLength", "pattern": "pattern",
}  # fmt: skip
"""A bound of a value → the keyword that says the same."""


def of_model(model: type[BaseModel]) -> Schema:
    """The fields of a model: labelled, described, and no others."""
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in fields(model).items()},
        "required": [name for name, field in fields(model).items() if field.required],
        "additionalProperties": False,
    }


def of_collection(collection: Collection) -> Schema:
    """A record of a collection, with the fields that depend on another."""
    rules = [_only(collection.model, name, *rule) for name, rule in collection.only.items()]
    return of_model(collection.model) | ({"allOf": rules} if rules else {})


def _only(model: type[Model], name: str, other: str, values: tuple[str, ...]) -> Schema:
    """That the field `name` is filled in where `other` has one of the values, and there alone."""
    filled = {"properties": {name: {"not": {"type": "null"}}}, "required": [name]}
    needed = {"properties": {other: {"enum": list(values)}}, "required": [other]}
    return {"if": needed, "then": filled, "else": {"properties": {name: {"type": "null"}}}}


def mapping(model: type[Model], ids: str, others: Mapping[str, type[Model]]) -> Schema:
    """A file that maps ids of the form `ids` to groups of fields; `others` are those of ids with a sign."""
    apart = {pattern: of_model(other) for pattern, other in others.items()}
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^(?:{ids})$"},
        **({"patternProperties": apart} if apart else {}),
        "additionalProperties": of_model(model),
    }


def items(model: type[Model]) -> Schema:
    """A file that lists groups of fields."""
    return {"type": "array", "items": of_model(model)}


def _field(field: Field) -> Schema:
    """A field's value with its label, what it must be, and an example of it."""
    value = field.value
    described = [field.description, f"填写：{value.must}", field.need]
    examples = list(field.examples) or ([] if value.example is None else [value.example])
    return {
        "title": field.label,
        "description": "。".join(filter(None, described)) + "。",
        # The extension's own word: what it says instead of its English message.
        "errorMessage": f"{field.label}须为{value.expectation}",
        **({"examples": examples} if examples else {}),
        **_value(value),
    }


def _value(value: Value) -> Schema:
    """What a value must be; each keyword binds one type only, so more types may stand beside it."""
    schema = _one_type(value)
    for more in ([value.also] if value.also else []) + (
        [{"type": "null"}] if value.nullable else []
    ):
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        schema = {**schema, **more, "type": [*types, more["type"]]}
    if value.nullable and "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema


def _one_type(value: Value) -> Schema:
    if value.choices:
        return {"type": "string", "enum": list(value.choices)}
    if value.shape == "list" and value.item:
        return {"type": "array", "items": _value(value.item)}
    if value.shape == "mapping" and value.item:
        return {"type": "object", "additionalProperties": _value(value.item)}
    if value.model:
        return of_model(value.model)
    bounds = {_KEYWORDS[name]: it for name, it in value.bounds.items() if name in _KEYWORDS}
    return {**_TYPES[value.shape], **bounds}
