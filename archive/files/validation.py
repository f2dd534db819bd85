"""Plain data against a model of the schema; what does not fit, as Chinese messages with a line."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from archive.files.corrections import correction, example, written
from archive.files.excerpts import clip, one_line, shorten
from archive.files.yaml import AmbiguousScalar, Document, Loc, Problem
from archive.schema.fields import Field, Value, adapter_of, fields, group
from archive.schema.types import CORRECTED, MAX_CHARACTERS, PLACEHOLDER, REMARK, is_placeholder

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], document: Document, at: Loc = ()) -> M | None:
    """The value at `at` in `document` as a `model`; else None, and the document gains problems.

    Of a file with faulty lines what was meant is looked at, so that all its problems are told at once.
    """
    value = document.content
    if value is None and document.problems:
        return None
    for step in at:
        value = value[step]
    try:
        found = model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        misspelt = {
            (*detail["loc"][:-1], name)
            for detail in details
            if detail["type"] == "extra_forbidden" and (name := _field_meant(model, detail["loc"]))
        }
        told = document.told_lines
        for detail in details:
            loc = tuple(step for step in detail["loc"] if step != "[key]")
            if detail["type"] == "missing":
                if detail["loc"] in misspelt:
                    continue  # it is there, under another name
            elif at + loc in document.lines and document.line(at + loc) in told:
                continue  # what was meant by a faulty line is only a guess
            message = _message(model, detail["type"], at, loc, detail["input"], detail["msg"])
            document.problems.append(Problem(document.path, document.line(at + loc), message))
        return None
    return found if document.data is not None else None


_left: ContextVar[list[int]] = ContextVar("how much may still be compared")


@contextmanager
def few_suggestions(most: int) -> Iterator[None]:
    """Within the context `suggestion` looks for words until it has compared `most` pairs of characters.

    Each word is compared with all that are known; of thousands of faults only the first are told.
    """
    token = _left.set([most])
    try:
        yield
    finally:
        _left.reset(token)


_ADD = "；请改为已有的，或者先把它加上"


def suggestion(wrong: str, known: Iterable[str], called: Mapping[str, str] | None = None) -> str:
    """What to type for a word that is not known: the nearest known one, or one of them if they are few.

    `called` are the names by which people call known words: word → name.
    """
    left = _left.get(None)
    if left and left[0] <= 0:
        return _ADD
    words = list(known)
    if left:
        left[0] -= len(wrong) * sum(map(len, words)) + 1
    meant = {(called or {}).get(word, word): word for word in words} | {
        word: word for word in words
    }
    near = get_close_matches(wrong, meant, n=1, cutoff=0.5)
    if near:
        return f"，是否为 {meant[near[0]]}？"
    if 0 < len(words) <= 20:
        return f"，可用：{'、'.join(words)}；请改用其中一个"
    return _ADD


def _field_meant(model: type[BaseModel], loc: Loc) -> str | None:
    """The field that a misspelt name stands for: one with that label, or a similar name."""
    owner, _, _ = _resolve(model, loc)
    wrong, known = str(loc[-1]), fields(owner)
    labelled = [name for name, field in known.items() if field.label == wrong]
    near = labelled or get_close_matches(wrong.strip().lower(), known, n=1, cutoff=0.6)
    return near[0] if near else None


def _message(model: type[BaseModel], kind: str, at: Loc, loc: Loc, found: Any, said: str) -> str:
    steps = (str(step + 1) if isinstance(step, int) else one_line(step) for step in at + loc)
    name = ".".join(steps)
    owner, one, value = _resolve(model, loc)
    if kind == "extra_forbidden":
        return _unknown_field(model, name, loc, found)
    field = f"{name}（{one.label}）" if one else name or "内容"
    if kind == "missing" and one:
        rule = "不知道的可以空着，这一行不能没有" if value.nullable else "必填"
        return f"须有字段 {field}：{rule}；请加一行，如 {example(one)}"
    if kind in ("string_too_long", "too_long") and isinstance(found, str):
        most = value.bounds.get("max_length", MAX_CHARACTERS)
        return f"{field}须不超过 {most} 个字符，现有 {len(found)} 个；请删短，或者写进页面"
    if kind == "string_pattern_mismatch" and isinstance(found, str) and is_starred(found):
        return f"{field}{STARS}，现为{show(found)}；请删去星号"
    if kind == REMARK:
        return f"{field}{REMARKS}，现为{show(found)}；请删去，不公开的字也一起删去"
    if kind == CORRECTED:  # what was found is not told: it may hold a password
        return f"{field}须为{value.expectation}；请改为 {said}"
    key = loc[-1] if loc else None
    if key is None:
        way_out = f"；例如：{example(next(iter(fields(model).values())))}"
    elif kind == PLACEHOLDER and isinstance(key, int):
        way_out = "；请删去这一项"
    elif kind == PLACEHOLDER and value.nullable:
        way_out = f"；请改为：{key}:"
    else:
        is_fit = fits(owner, one, inside=one is not None and one.value is not value)
        way_out = correction(key if isinstance(key, str) else "", one, value, found, is_fit)
    if kind == PLACEHOLDER:
        return f"{field}{placeholder_rule(value.nullable, loc)}，现为{show(found)}{way_out}"
    return f"{field}须为{value.expectation}，现为{show(found)}{way_out}"


def _unknown_field(model: type[BaseModel], name: str, loc: Loc, found: Any) -> str:
    meant = _field_meant(model, loc)
    if meant:
        shown = "" if found is None or isinstance(found, list | dict) else written(found)
        return f"不认识字段 {name}；请改为：{clip(f'{meant}: {shown}'.rstrip())}"
    owner, _, _ = _resolve(model, loc)
    known = "、".join(fields(owner))
    return f"不认识字段 {name}，可用：{known}；请改用其中一个，或者删去这一行"


def fits(
    owner: type[BaseModel], one: Field | None, *, inside: bool = False
) -> Callable[[Any], bool]:
    """A function that says whether a field, or if `inside` an item of its list, can hold a value."""
    if one is None or one.value.shape == "mapping":
        return lambda value: True
    adapter = adapter_of(owner, one.name)

    def holds(value: Any) -> bool:
        try:
            adapter.validate_python([value] if inside else value)
        except ValidationError:
            return False
        return True

    return holds


REMARKS = "不得有注释，数据里不认，会照原样显示"
STARS = "不得有星号，星号只由程序用来遮盖"


def is_starred(text: str) -> bool:
    """Whether a text is more than asterisks, and has some."""
    return "*" in text and not is_placeholder(text)


def placeholder_rule(nullable: bool, loc: Loc) -> str:
    """What must hold where a text only stands for one; `nullable`: whether there may be none."""
    way_out = "没有的不列" if type(loc[-1]) is int else "没有的空着" if nullable else "不能空着"
    return f"须写实际内容，{way_out}，“无”“待定”“同上”“/”一类不算"


def _resolve(model: type[BaseModel], loc: Loc) -> tuple[type[BaseModel], Field | None, Value]:
    """The model that holds `loc`, the last field on the way, what its value may be."""
    owner, last, value = model, None, group(model)
    for step in loc:
        if value.model:
            owner = value.model
            field = fields(owner).get(str(step))
            if field is None:
                return owner, None, value
            last, value = field, field.value
        elif value.item:
            value = value.item
    return owner, last, value


def show(value: Any) -> str:
    """A value as an editor would recognise it in the file."""
    if value is None:
        return "空"
    if isinstance(value, AmbiguousScalar):
        return f" {value.text}（YAML 会读作{_spaced(value.meaning)}）"
    if isinstance(value, bool):
        return f" {'true' if value else 'false'}"
    if isinstance(value, int | Decimal | date):
        return f" {value}"
    if isinstance(value, str):
        wide = "（全角）" if re.search("[０-９]", value) else ""
        return f' "{shorten(value)}"{wide}'
    if isinstance(value, list):
        return "列表" if value else "空列表"
    return "一组字段"


def _spaced(word: str) -> str:
    """`word` with a space before it if it begins with a Latin letter or a digit."""
    return f" {word}" if word[:1].isascii() else word
