"""What tables are made of: labelled, typed columns from the schema, and values as text of a cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of_dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel

from archive.schema.fields import Field, fields
from archive.schema.types import Model

MAX_IN_A_CELL = 32_767
"""Characters that a cell of a spreadsheet holds; what is longer, Excel cuts off or refuses."""

ColumnType = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what its cells are, and what they must keep to."""

    label: str
    kind: ColumnType = "string"
    description: str = ""
    constraints: Mapping[str, Any] = of_dataclass(default_factory=dict, hash=False)


def exact_text(value: Any) -> str:
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
        return "\n".join(" ".join(exact_text(item).split("\n")) for item in value)
    if isinstance(value, Model | dict):
        texts = ((label, exact_text(one)) for label, one in labelled(value).items())
        known = "；".join(f"{label}：{text}" for label, text in texts if text)
        return known or ("待补" if isinstance(value, Model) else "")
    return str(value)


def labelled(value: Model | dict[str, Any]) -> dict[str, Any]:
    """What a record within a record holds, by the labels of its fields."""
    if isinstance(value, dict):
        return value
    return {one.label: getattr(value, one.name) for one in fields(type(value)).values()}


def size(value: Any) -> int:
    """The characters of a value as text of one cell, as spreadsheets count them (in UTF-16)."""
    return len(exact_text(value).encode("utf-16-le")) // 2


def columns(model: type[BaseModel]) -> dict[str, Column]:
    """The column that each field of a model makes; what is no single value becomes text."""
    return {name: _column(field) for name, field in fields(model).items()}


_KINDS: Mapping[str, ColumnType] = {
    "integer": "integer", "number": "number", "boolean": "boolean", "date": "date",
}  # fmt: skip
_KEPT = {"pattern": "pattern", "ge": "minimum", "le": "maximum"}
"""A bound of a value → the constraint of a column."""


def _column(field: Field) -> Column:
    value = field.value
    constraints: dict[str, Any] = {}
    if value.choices:
        constraints["enum"] = list(value.choices)
    constraints |= {_KEPT[name]: bound for name, bound in value.bounds.items() if name in _KEPT}
    if field.must_have_value:
        constraints["required"] = True
    return Column(field.label, _KINDS.get(value.shape, "string"), field.description, constraints)
