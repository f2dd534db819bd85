"""Values as YAML text that reads back as the same values: nothing is left to YAML 1.1's guesses."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from archive.files.yaml import parse
from archive.schema.fields import fields
from archive.schema.types import Model


def plain_data(value: Any, record: Callable[[Model], Any] | None = None) -> Any:
    """A value of a record as plain data, as its file holds it; `record` says what of records within."""
    if isinstance(value, tuple):
        return [plain_data(item, record) for item in value]
    if isinstance(value, Model):
        if record:
            return record(value)
        return {name: plain_data(getattr(value, name)) for name in fields(type(value))}
    if isinstance(value, Mapping):
        return {name: plain_data(one, record) for name, one in value.items()}
    return value


def shortest(number: Decimal) -> str:
    """A number without needless zeros: 2.50 and 2.5 are one, told one way."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


YamlValue = str | bool | int | Decimal | date | None


def scalar(value: YamlValue, style: str = "", flow: bool = False) -> str:
    """One value on one line; text in quotes of the `style` it had, or where it needs them.

    `flow`: it stands between the brackets of a list or mapping.
    """
    if value is None:
        return "null" if flow else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | date):
        return str(value)
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if style == '"' or not _is_plain(value, flow):
        return json.dumps(value, ensure_ascii=False)
    return value


@lru_cache(10_000)
def _is_plain(text: str, flow: bool) -> bool:
    """Whether the text, written without quotes, is read as itself, as a value and as an item."""
    if "\n" in text:
        return False
    if flow:
        return bool(parse(f"- [{text}, a]", "").data == [[text, "a"]])
    return bool(parse(f"- a: {text}\n- - {text}", "").data == [{"a": text}, [text]])


@lru_cache(10_000)
def _key(name: str) -> str:
    """The name of a field, in quotes where it needs them."""
    is_plain = parse(f"{name}: a", "").data == {name: "a"}
    return name if is_plain else json.dumps(name, ensure_ascii=False)


def block(name: str, value: Any, indent: int = 0) -> str:
    """A field and its value as lines, each with its line break, as people write them by hand."""
    pad = " " * indent
    name = _key(name)
    if isinstance(value, list) and value:
        return f"{pad}{name}:\n" + "".join(item(one, indent + 2) for one in value)
    if isinstance(value, Mapping) and value:
        return f"{pad}{name}:\n" + "".join(block(*one, indent + 2) for one in value.items())
    empty = "[]" if isinstance(value, list) else "{}" if isinstance(value, Mapping) else ""
    text = empty or literal(value, indent + 2)
    return f"{pad}{name}:{' ' if text else ''}{text}\n"


def literal(value: Any, indent: int) -> str:
    """A value after its field's colon: text of several lines as a block, if it is read back so."""
    if isinstance(value, str) and "\n" in value:
        pad = "\n" + " " * indent
        text = "|-" + "".join(pad + line if line else "\n" for line in value.split("\n"))
        if parse(f"{' ' * (indent - 2)}a: {text}\n", "").data == {"a": value}:
            return text
    return scalar(value)


def item(value: Any, indent: int) -> str:
    """An item of a list as lines."""
    pad = " " * indent
    if isinstance(value, Mapping):
        if not value:
            return f"{pad}- {{}}\n"
        lines = "".join(block(*one, indent + 2) for one in value.items())
        return f"{pad}- {lines[indent + 2 :]}"
    return f"{pad}- {scalar(value)}\n"


def record(values: Mapping[str, Any], model: type[BaseModel]) -> str:
    """A new record's file: the fields of `model` in order; optional ones of which nothing is known, left out."""
    stated = ((field, values.get(name)) for name, field in fields(model).items())
    return "".join(
        block(field.name, value)
        for field, value in stated
        if field.required or value not in (None, [])
    )
