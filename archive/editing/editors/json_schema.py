"""A model of the schema as JSON Schema, draft-07: what every version of the YAML extension reads.

A schema is told what a parser of YAML makes of a file, so it cannot see quotes: `"2024-03-05"` and
2024-03-05, `"no"` and `no` are the same text to it, where the model takes only one of them. Nor can
it tell 12.0 from 12, 010 from 8, leap years from others, or how many decimals a number has:
`multipleOf: 0.01` refuses 0.07 wherever numbers are binary. Rules across fields and records are
those of the check, except when a field is filled in at all.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from archive.files.validation import annotated, expectation, must, need
from archive.schema.collections import Collection
from archive.schema.types import Expect, Model

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"

_MONTHS = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
DAYS = f"^(?!1949-0)(?:1949|19[5-9][0-9]|20[0-9]{{2}})-{_MONTHS}$"
"""Days from FIRST_DAY to LAST_DAY, as they are written; February has 29 of them."""

_TYPES: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date", "pattern": DAYS},
}

_KEYWORDS = {
    "ge": "minimum", "le": "maximum", "lt": "exclusiveMaximum",
    "min_length": "minLength", "max_length": "maxLength", "pattern": "pattern",
}  # fmt: skip
"""A constraint of a type → the keyword that says the same."""


def of_model(model: type[Model]) -> Schema:
    """The fields of a model: labelled, described, and no others."""
    return {
        "type": "object",
        "properties": {name: _field(info) for name, info in model.model_fields.items()},
        "required": [name for name, info in model.model_fields.items() if info.is_required()],
        "additionalProperties": False,
    }


def of_collection(kind: Collection) -> Schema:
    """A record of a collection, with the fields that depend on another."""
    rules = [_only(kind.model, name, *rule) for name, rule in kind.only.items()]
    return of_model(kind.model) | ({"allOf": rules} if rules else {})


def _only(model: type[Model], name: str, other: str, values: tuple[str, ...]) -> Schema:
    """That the field `name` is filled in where `other` has one of the values, and there alone."""
    filled = {"properties": {name: {"not": {"type": "null"}}}, "required": [name]}
    needed = {"properties": {other: {"enum": list(values)}}, "required": [other]}
    return {"if": needed, "then": filled, "else": {"properties": {name: {"type": "null"}}}}


def mapping(model: type[Model], ids: str) -> Schema:
    """A file that maps ids of the form `ids` to groups of fields."""
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^(?:{ids})$"},
        "additionalProperties": of_model(model),
    }


def items(model: type[Model]) -> Schema:
    """A file that lists groups of fields."""
    return {"type": "array", "items": of_model(model)}


def _field(info: FieldInfo) -> Schema:
    """A field's value with its label, what it must be, and an example of it."""
    annotation = annotated(info)
    schema = _value(annotation)
    told = [info.description, f"填写：{must(annotation)}", need(info)]
    examples = info.examples or schema.pop("examples", [])
    return {
        "title": info.title,
        "description": "。".join(filter(None, told)) + "。",
        # The extension's own word: what it says instead of its English message.
        "errorMessage": f"{info.title}须为{expectation(annotation)}",
        **({"examples": examples} if examples else {}),
        **schema,
    }


def _value(annotation: Any) -> Schema:
    """What a value of a type must be."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(_value(args[0]), annotation.__metadata__)
    if origin in (Union, UnionType):
        return _or_null(_value(next(arg for arg in args if arg is not type(None))))
    if origin is Literal:
        return {"type": "string", "enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": _without_examples(_value(args[0]))}
    if origin is dict:
        return {"type": "object", "additionalProperties": _without_examples(_value(args[1]))}
    if issubclass(annotation, Model):
        return of_model(annotation)
    return dict(_TYPES[annotation])


def _marked(schema: Schema, marks: Iterable[Any]) -> Schema:
    """`schema` with the constraints that a type is marked with."""
    for mark in marks:
        if isinstance(mark, FieldInfo):
            schema = _marked(schema, mark.metadata)
        elif isinstance(mark, Expect):
            if mark.example is not None:
                schema = schema | {"examples": [mark.example]}
            schema = _or_also(schema, mark.also)
        else:
            for name, keyword in _KEYWORDS.items():
                bound = getattr(mark, name, None)
                if bound is not None:
                    schema = schema | {keyword: int(bound) if isinstance(bound, Decimal) else bound}
    return schema


def _or_null(schema: Schema) -> Schema:
    """What a value must be that may be left empty."""
    found = _or_also(schema, {"type": "null"})
    return found | {"enum": [*schema["enum"], None]} if "enum" in schema else found


def _or_also(schema: Schema, also: Mapping[str, Any]) -> Schema:
    """What a value must be that may be of another type too; each keyword binds one type only."""
    if not also:
        return schema
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, **also, "type": [*kinds, also["type"]]}


def _without_examples(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "examples"}
