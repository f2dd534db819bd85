"""Plain data against a model of the schema; what does not fit, as Chinese messages with a line."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from archive.files.yaml import AmbiguousScalar, Document, Loc, Problem, one_line, shorten
from archive.schema.fields import Value, fields, group
from archive.schema.types import CORRECTED, MAX_CHARACTERS, PLACEHOLDER

M = TypeVar("M", bound=BaseModel)
_PASSWORD = re.compile(r"//[^/\s]{1,500}@")
"""A user's name and password in an address."""


def validate(model: type[M], document: Document, at: Loc = ()) -> M | None:
    """The value at `at` in `document` as a `model`; else None, and the document gains problems."""
    value = document.data
    for step in at:
        value = value[step]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False):
            loc = tuple(step for step in detail["loc"] if step != "[key]")
            message = _message(model, detail["type"], at, loc, detail["input"], detail["msg"])
            document.problems.append(Problem(document.path, document.line(at + loc), message))
        return None


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """`，是否为 x？` with the known word nearest to `wrong`, or the known words if few, or nothing."""
    words = list(known)
    near = get_close_matches(wrong, words, n=1, cutoff=0.5)
    if near:
        return f"，是否为 {near[0]}？"
    return f"，可用：{'、'.join(words)}" if 0 < len(words) <= 20 else ""


def _message(model: type[BaseModel], kind: str, at: Loc, loc: Loc, found: Any, said: str) -> str:
    steps = (str(step + 1) if isinstance(step, int) else one_line(step) for step in at + loc)
    name = ".".join(steps)
    owner, label, value = _resolve(model, loc)
    if kind == "extra_forbidden":
        return f"不认识字段 {name}{suggestion(str(loc[-1]), fields(owner))}"
    field = f"{name}（{label}）" if label else name or "内容"
    if kind == "missing":
        rule = "不知道的可以空着，这一行不能没有" if value.nullable else "必填"
        return f"须有字段 {field}：{rule}"
    if kind == "string_too_long":
        return f"{field}须不超过 {MAX_CHARACTERS} 个字符，现有 {len(found)} 个"
    if kind == PLACEHOLDER:
        return f"{field}{placeholder_rule(value.nullable, loc)}，现为{show(found)}"
    if kind == CORRECTED:  # what was found is not told: it may hold a password
        return f"{field}须为{value.expectation}；请改为 {said}"
    return f"{field}须为{value.expectation}，现为{show(found, value.expectation)}"


def placeholder_rule(nullable: bool, loc: Loc) -> str:
    """What must hold where a text only stands for one; `nullable`: whether there may be none."""
    way_out = "没有的不列" if type(loc[-1]) is int else "没有的空着" if nullable else "不能空着"
    return f"须写实际内容，{way_out}，“无”“待定”“同上”“/”一类不算"


def _resolve(model: type[BaseModel], loc: Loc) -> tuple[type[BaseModel], str, Value]:
    """The model that holds `loc`, the label of the last field on the way, what its value may be."""
    owner, label, value = model, "", group(model)
    for step in loc:
        if value.model:
            owner = value.model
            field = fields(owner).get(str(step))
            if field is None:
                return owner, "", value
            label, value = field.label, field.value
        elif value.item:
            value = value.item
    return owner, label, value


def show(value: Any, expected: str = "") -> str:
    """A value as an editor would recognise it in the file."""
    quote = "；如是文字须加引号" if expected == "文字" else ""
    if value is None:
        return "空"
    if isinstance(value, AmbiguousScalar):
        return f" {value.text}（YAML 会读作{_spaced(value.meaning)}{quote}）"
    if isinstance(value, bool):
        return f" {'true' if value else 'false'}{quote}"
    if isinstance(value, int | Decimal | date):
        return f" {value}{quote}"
    if isinstance(value, str):
        return f' "{shorten(_PASSWORD.sub("//…@", value))}"'
    return "列表" if isinstance(value, list) else "一组字段"


def _spaced(word: str) -> str:
    """`word` with a space before it if it begins with a Latin letter or a digit."""
    return f" {word}" if word[:1].isascii() else word
