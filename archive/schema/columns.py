"""What tables are made of: labelled, typed columns from the schema, and values as text of a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from archive.schema.types import Model

MOST_IN_A_CELL = 32_767
"""Characters that a cell of a spreadsheet holds; what is longer, Excel cuts off or refuses."""

Kind = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what its cells are, and what they must keep to."""

    label: str
    kind: Kind = "string"
    description: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict, hash=False)


def told(value: Any) -> str:
    """A value as text of one cell: items of a list on a line each, a record by its labels.

    A record of which nothing is known is still there: it says so.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return "\n".join(" ".join(told(item).split("\n")) for item in value)
    if isinstance(value, Model | dict):
        texts = ((label, told(one)) for label, one in labelled(value).items())
        known = "；".join(f"{label}：{text}" for label, text in texts if text)
        return known or ("待补" if isinstance(value, Model) else "")
    return str(value)


def labelled(value: Model | dict[str, Any]) -> dict[str, Any]:
    """What a record within a record holds, by the labels of its fields."""
    if isinstance(value, dict):
        return value
    return {
        info.title or name: getattr(value, name) for name, info in type(value).model_fields.items()
    }


def size(value: Any) -> int:
    """The characters of a value as text of one cell, as spreadsheets count them (in UTF-16)."""
    return len(told(value).encode("utf-16-le")) // 2


def columns(model: type[Model]) -> dict[str, Column]:
    """The column that each field of a model makes."""
    properties = model.model_json_schema()["properties"]
    return {
        name: _column(properties[name], info.is_required(), info.description or "")
        for name, info in model.model_fields.items()
    }


_KINDS: Mapping[Any, Kind] = {
    "integer": "integer", "number": "number", "boolean": "boolean", "date": "date",
}  # fmt: skip
_KEPT = {
    "enum": "enum", "pattern": "pattern",
    "minimum": "minimum", "maximum": "maximum", "ge": "minimum", "le": "maximum",
}  # fmt: skip
"""What a JSON Schema says of a value → the constraint of a column."""


def _column(schema: dict[str, Any], required: bool, description: str) -> Column:
    """A column from a field's JSON Schema; what is no single value becomes text."""
    title, nullable = schema["title"], False
    while "anyOf" in schema:  # empty is allowed beside it, or an exact number may come as text
        nullable = nullable or {"type": "null"} in schema["anyOf"]
        schema = {**schema["anyOf"][0], **{k: v for k, v in schema.items() if k != "anyOf"}}
    kind = _KINDS.get(schema.get("format") or schema.get("type"), "string")
    constraints = {name: schema[key] for key, name in _KEPT.items() if key in schema}
    if required and not nullable and schema.get("type") != "array":
        constraints["required"] = True
    return Column(title, kind, description, constraints)
