"""How each field of a collection stands in a spreadsheet: its column, or the sheet it has to itself."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel

from archive.files.writing import shortest
from archive.schema.columns import exact_text
from archive.schema.fields import Value
from archive.schema.fields import fields as described
from archive.schema.types import Model

FieldForm = Literal[
    "text", "integer", "number", "boolean", "date", "choice", "lines", "part", "parts"
]
"""One value in a cell; `lines`: texts, one a line of the cell; `part`, `parts`: rows of a sheet apart."""

YES, NO = "是", "否"

RULES: dict[FieldForm, str] = {"boolean": f"{YES}或{NO}", "lines": "文字，一行一项"}
"""What must hold where a cell is filled in otherwise than a file."""


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field: its heading, its form, and what must hold of it, to be read after 须为."""

    name: str
    label: str
    form: FieldForm
    rule: str
    description: str
    required: bool
    choices: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    """The choices that a new record may have."""
    least: int | None = None
    most: int | None = None
    inner: tuple["SheetField", ...] = ()
    """Of a `part` or `parts`: the fields of a row of its sheet."""
    fixed: bool = False
    """Whether the program alone fills it in."""
    width: int = 0
    """How wide its column is; 0 as is usual for its form."""
    listed_in: str = ""
    """The cells that list what may be chosen, such as '可选'!$A$2:$A$9; empty if the choices are offered."""
    owner: type[BaseModel] | None = None
    """The model that has the field; None of a column that is no such field."""

    @property
    def must(self) -> str:
        """The rule as a sentence begins."""
        spaced = self.rule[0].isascii() or bool(self.choices and self.form == "choice")
        return f"须为{' ' if spaced else ''}{self.rule}"

    @property
    def own_sheet(self) -> bool:
        """Whether the field has a sheet to itself."""
        return self.form in ("part", "parts")


def sheet_fields(model: type[BaseModel]) -> tuple[SheetField, ...]:
    """The fields of a model in its order."""
    found = []
    for field in described(model).values():
        value, form = field.value, _form(field.value)
        inner = (value.item or value).model
        found.append(
            SheetField(
                field.name,
                field.label,
                form,
                RULES.get(form) or value.expectation.strip(),
                field.description,
                field.must_have_value,
                (YES, NO) if form == "boolean" else value.choices,
                (YES, NO) if form == "boolean" else value.offered,
                value.bounds.get("ge"),
                value.bounds.get("le"),
                sheet_fields(inner) if inner else (),
                fixed=field.name in getattr(model, "FIXED", ()),
                owner=model,
            )
        )
    return tuple(found)


def _form(value: Value) -> FieldForm:
    if value.shape == "list":
        return "parts" if value.item and value.item.model else "lines"
    if value.shape == "group":
        return "part"
    return "text" if value.shape == "mapping" else value.shape


def canonical(value: Any) -> Any:
    """A value as JSON holds it, the same for all ways to write it: 2.50 and 2.5 are one number."""
    if isinstance(value, Decimal):
        return shortest(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, tuple | list):
        return [canonical(item) for item in value]
    if isinstance(value, Model):
        return {name: canonical(getattr(value, name)) for name in described(type(value))}
    if isinstance(value, dict):
        return {name: canonical(one) for name, one in value.items()}
    return value


def clean(text: str) -> str:
    """`text` without what nobody sees in a cell: white space at its ends, spaces that do not break."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()


def display_text(field: SheetField, value: Any) -> str:
    """A canonical value as a message tells it."""
    if value is None or value == []:
        return "空"
    if isinstance(value, list):
        return " / ".join(_item(field, item) for item in value)
    return _item(field, value)


def _item(field: SheetField, value: Any) -> str:
    if isinstance(value, dict):
        known = (
            f"{one.label} {display_text(one, value[one.name])}"
            for one in field.inner
            if value[one.name] not in (None, [])
        )
        return f"（{'，'.join(known) or '待补'}）"
    return exact_text(value).replace("\n", "↵")


REFILL = "；请重新填写"
"""What to do about a cell of which no more can be said."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by sheet, row and heading; row 0 is the sheet, or the file, as a whole."""

    sheet: str
    row: int
    column: str
    message: str

    @property
    def is_of_empty(self) -> bool:
        """Whether it says no more than that a cell is empty which must be filled."""
        return self.message.endswith(f"现为空{REFILL}")
