"""Plain data against a model of the schema; what does not fit, as Chinese messages with a line."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from archive.files.yaml import Document, Loc, Misread, Problem, one_line, shorten
from archive.schema.types import MOST_CHARACTERS, Expect, Model

M = TypeVar("M", bound=BaseModel)


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
            message = _message(model, detail["type"], at, loc, detail["input"])
            document.problems.append(Problem(document.path, document.line(at + loc), message))
        return None


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """`，是否为 x？` with the known word nearest to `wrong`, or the known words if few, or nothing."""
    words = list(known)
    near = get_close_matches(wrong, words, n=1, cutoff=0.5)
    if near:
        return f"，是否为 {near[0]}？"
    return f"，可用：{'、'.join(words)}" if 0 < len(words) <= 20 else ""


def expectation(annotation: Any) -> str:
    """What a value of the annotated type must be, to be read after 须为."""
    if get_origin(annotation) is Annotated:
        marks = [mark.text for mark in annotation.__metadata__ if isinstance(mark, Expect)]
        return marks[-1] if marks else expectation(get_args(annotation)[0])
    core = bare(annotation)
    if core is not annotation:
        return expectation(core)
    if get_origin(core) is Literal:
        return f" {'、'.join(map(str, get_args(core)))} 之一"
    if get_origin(core) is tuple:
        return "列表"
    if isinstance(core, type) and issubclass(core, BaseModel):
        return f"一组字段（{'、'.join(core.model_fields)}）"
    return "一组字段"


def _message(model: type[BaseModel], kind: str, at: Loc, loc: Loc, found: Any) -> str:
    steps = (str(step + 1) if isinstance(step, int) else one_line(step) for step in at + loc)
    name = ".".join(steps)
    owner, label, annotation = _resolve(model, loc)
    if kind == "extra_forbidden":
        return f"不认识字段 {name}{suggestion(str(loc[-1]), owner.model_fields)}"
    field = f"{name}（{label}）" if label else name or "内容"
    if kind == "missing":
        rule = "不知道的可以空着，这一行不能没有" if may_be_empty(annotation) else "必填"
        return f"须有字段 {field}：{rule}"
    if kind == "string_too_long":
        return f"{field}须不超过 {MOST_CHARACTERS} 个字符，现有 {len(found)} 个"
    expected = expectation(annotation)
    return f"{field}须为{expected}，现为{show(found, expected)}"


def _resolve(model: type[BaseModel], loc: Loc) -> tuple[type[BaseModel], str, Any]:
    """The model that holds `loc`, the label of the last field on the way, the type found there."""
    owner: type[BaseModel] = model
    label = ""
    annotation: Any = model
    for step in loc:
        core = bare(annotation)
        if isinstance(core, type) and issubclass(core, BaseModel):
            owner = core
            info = core.model_fields.get(str(step))
            if info is None:
                return owner, "", None
            label = info.title or ""
            annotation = annotated(info)
        else:  # tuple[item, ...] or dict[str, item]
            args = get_args(core)
            annotation = args[1] if get_origin(core) is dict else args[0]
    return owner, label, annotation


def annotated(info: FieldInfo) -> Any:
    """The type of a field as it was written, its marks included."""
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


def bare(annotation: Any) -> Any:
    """The annotation without `Annotated` around it and without `| None` beside it."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation


def may_be_empty(annotation: Any) -> bool:
    """Whether a value of the annotated type may be left out after the field's name."""
    if get_origin(annotation) is Annotated:
        return may_be_empty(get_args(annotation)[0])
    return type(None) in get_args(annotation)


def show(value: Any, expected: str = "") -> str:
    """A value as an editor would recognise it in the file."""
    quote = "；如是文字须加引号" if expected == "文字" else ""
    if value is None:
        return "空"
    if isinstance(value, Misread):
        return f" {value.text}（YAML 会读作{_spaced(value.meaning)}{quote}）"
    if isinstance(value, bool):
        return f" {'true' if value else 'false'}{quote}"
    if isinstance(value, int | Decimal | date):
        return f" {value}{quote}"
    if isinstance(value, str):
        return f' "{shorten(value)}"'
    return "列表" if isinstance(value, list) else "一组字段"


def _spaced(word: str) -> str:
    """`word` with a space before it if it begins with a Latin letter or a digit."""
    return f" {word}" if word[:1].isascii() else word


def need(info: FieldInfo) -> str:
    """Whether a field must be there, and filled in."""
    if not info.is_required():
        return "可以不写"
    return "可以空着" if may_be_empty(info.annotation) else "必填"


def must(annotation: Any) -> str:
    """What a value must be; of a list, what each of its items must be."""
    kind = bare(annotation)
    if get_origin(kind) is tuple:
        return f"列表，每项为{must(get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, Model):
        return "一组字段，见下"
    if get_origin(kind) is dict and issubclass(bare(get_args(kind)[1]), Model):
        return "以编号为名的各组字段，见下"
    if get_origin(kind) is dict:
        return f"若干“名称: 值”，值为{must(get_args(kind)[1])}"
    return expectation(annotation).strip()
