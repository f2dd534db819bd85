"""What each field of a model is, read off its annotation here and nowhere else.

Messages, JSON Schemas, columns, sheets, forms, the data dictionary and the public edition all ask
this description; how a model's fields are annotated is nobody else's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

from archive.schema.disclosure import Disclosure
from archive.schema.types import HEADS, MODELS, Expect, Retired

Shape = Literal[
    "text", "integer", "number", "boolean", "date", "choice", "list", "group", "mapping"
]
"""`choice`: one of a few words; `group`: the fields of a model; `list`, `mapping`: of items."""

_PLAIN: Mapping[Any, Shape] = {
    str: "text", int: "integer", Decimal: "number", bool: "boolean", date: "date",
}  # fmt: skip
_BOUNDS = ("ge", "le", "lt", "min_length", "max_length", "pattern")


@dataclass(frozen=True, slots=True)
class Value:
    """What a value may be."""

    shape: Shape
    expectation: str = ""
    """To be read after 须为."""
    nullable: bool = False
    """Whether it may be left empty after the field's name."""
    choices: tuple[str, ...] = ()
    """The words of a choice, as an editor writes them."""
    retired: Mapping[str, date] = field(default_factory=dict)
    """Those of them that are retired → the day they were."""
    example: str | int | float | None = None
    bounds: Mapping[str, Any] = field(default_factory=dict)
    """Bounds by pydantic's names for them, in the order they are written."""
    also: Mapping[str, Any] = field(default_factory=dict)
    """What may be written beside it, as JSON Schema says it."""
    item: "Value | None" = None
    """What the items of a list or a mapping are."""
    model: type[BaseModel] | None = None
    """Whose fields a group has."""

    @property
    def words(self) -> tuple[str, ...]:
        """The values there are, as an editor writes them, if they are few and fixed."""
        return ("true", "false") if self.shape == "boolean" else self.choices

    @property
    def offered(self) -> tuple[str, ...]:
        """The words that a new record may have."""
        return tuple(word for word in self.words if word not in self.retired)

    @property
    def is_number(self) -> bool:
        """Whether it can be summed."""
        return self.shape in ("integer", "number")

    @property
    def must(self) -> str:
        """What it must be; of a list, what each of its items must be."""
        if self.shape == "group":
            return self.expectation if self.also else "一组字段，见下"
        if self.shape == "list" and self.item:
            return f"列表，每项为{self.item.must}"
        if self.shape == "mapping" and self.item:
            groups = self.item.shape == "group"
            return (
                "以编号为名的各组字段，见下" if groups else f"若干“名称: 值”，值为{self.item.must}"
            )
        return self.expectation.strip()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model."""

    name: str
    label: str
    description: str
    required: bool
    """Whether its name must be there; whether a value must is said by `value.nullable`."""
    value: Value
    examples: tuple[Any, ...]
    marks: tuple[Disclosure, ...]
    """Whether it is public: exactly one mark, as a test insists."""
    counts_people: bool

    @property
    def public(self) -> bool:
        """Whether the public edition has the field."""
        return self.marks == (Disclosure.PUBLIC,)

    @property
    def must_be_filled(self) -> bool:
        """Whether it must be there with a value."""
        return self.required and not self.value.nullable

    @property
    def must_have_value(self) -> bool:
        """Whether a value must be written for it; a list that must be there may be an empty one."""
        return self.must_be_filled and self.value.shape != "list"

    @property
    def need(self) -> str:
        """Whether it must be there, and filled in, for an editor to read."""
        if not self.required:
            return "可以不写"
        return "必填" if self.must_be_filled else "可以空着"


@lru_cache(MODELS)
def fields(model: type[BaseModel]) -> Mapping[str, Field]:
    """The fields of a model by name, in its order."""
    return {name: _field(name, info) for name, info in model.model_fields.items()}


@lru_cache(20 * MODELS)
def adapter_of(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    """What judges a value of a field by itself, as strictly as the model does."""
    info = model.model_fields[name]
    annotation: Any = Annotated[info.annotation, *info.metadata]
    grouped = fields(model)[name].value.shape == "group"
    return TypeAdapter(annotation, config=None if grouped else ConfigDict(strict=True))


def group(model: type[BaseModel]) -> Value:
    """A value that is the fields of `model`."""
    return Value("group", f"一组字段（{'、'.join(model.model_fields)}）", model=model)


def _field(name: str, info: FieldInfo) -> Field:
    return Field(
        name,
        info.title or name,
        info.description or "",
        info.is_required(),
        _marked(_value(info.annotation), info.metadata),
        tuple(info.examples or ()),
        tuple(mark for mark in info.metadata if isinstance(mark, Disclosure)),
        HEADS in info.metadata,
    )


def _value(annotation: Any) -> Value:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(_value(args[0]), annotation.__metadata__)
    if origin in (Union, UnionType):
        inner = _value(next(arg for arg in args if arg is not type(None)))
        return replace(inner, nullable=True)
    if origin is Literal:
        words = tuple(map(str, args))
        return Value("choice", _one_of(words), choices=words)
    if origin is tuple:
        return Value("list", "列表", item=_value(args[0]))
    if origin is dict:
        return Value("mapping", "一组字段", item=_value(args[1]))
    if issubclass(annotation, BaseModel):
        return group(annotation)
    return Value(_PLAIN[annotation])


def _one_of(words: tuple[str, ...]) -> str:
    return f" {'、'.join(words)} 之一"


def _plain(bound: Any) -> Any:
    """A bound as JSON has it: a whole number without a point."""
    if isinstance(bound, Decimal):
        return int(bound) if bound == int(bound) else float(bound)
    return bound


def _marked(value: Value, marks: Any) -> Value:
    """`value` with what it is marked with; of two marks that say the same, the outer one holds."""
    for mark in marks:
        if isinstance(mark, FieldInfo):
            value = _marked(value, mark.metadata)
        elif isinstance(mark, Expect):
            example = value.example if mark.example is None else mark.example
            value = replace(
                value, expectation=mark.text, example=example, also={**value.also, **mark.also}
            )
        elif isinstance(mark, Retired):
            value = replace(value, retired=dict(mark.days))
            value = replace(value, expectation=_one_of(value.offered))
        else:
            found = {name: getattr(mark, name, None) for name in _BOUNDS}
            bounds = {name: _plain(bound) for name, bound in found.items() if bound is not None}
            value = replace(value, bounds={**value.bounds, **bounds})
    return value
