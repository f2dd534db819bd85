"""Lists of kinds (data/kinds.yml): what a bureau chooses from, and models narrowed to what it lists.

A field whose annotation bears `OneOf` takes the labels of that list. The models in code take any text there;
`bound` makes of such a model one that takes only the labels of an archive's list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    create_model,
)
from pydantic.fields import FieldInfo

from archive.schema.disclosure import Public
from archive.schema.types import MODELS, Day, Expect, Model, Text, labelled, one_of

M = TypeVar("M", bound=BaseModel)

MAX_LABEL = 20
_LABEL = rf"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9（）]{{0,{MAX_LABEL - 1}}}"
Label = Annotated[
    Text,
    StringConstraints(pattern=rf"^{_LABEL}$"),
    Expect(f"不超过 {MAX_LABEL} 个字的汉字、字母、数字，以汉字、字母开头，可以有（）", "省级"),
]
"""A word to choose: it stands in headings, anchors, lists of a sheet, and has no sign that acts there."""
Anchor = Annotated[
    Text,
    StringConstraints(pattern=r"^[a-z\u4e00-\u9fff][a-z0-9\u4e00-\u9fff-]*$"),
    Expect("由汉字、小写英文字母、数字、短横组成的标题编号，以汉字、字母开头", "team"),
]


@dataclass(frozen=True, slots=True)
class OneOf:
    """The mark of a text that is a label of the list of that name."""

    list: str


class Word(Model):
    """What every item has."""

    label: Public[Label] = Field(title="名称", examples=["省级"])


class Kind(Word):
    """A kind."""

    retired: Public[Day | None] = Field(
        title="停用日期", description="这一天以后的记录不得再用，以前的照旧", default=None
    )


class EvidenceKind(Kind):
    """A kind of evidence."""

    role: Public[Literal["statement", "document", "picture"] | None] = Field(
        title="作用",
        description="statement 写在项目里的说明；document 有文号的文件，荣誉须有依据文件；picture 须有图片说明",
        default=None,
    )


class TaskState(Kind):
    """How far a task is."""

    role: Public[Literal["done"] | None] = Field(
        title="作用", description="done 已办结：须有佐证材料，不再逾期", default=None
    )


class Measure(Kind):
    """A measure of the report."""

    anchor: Public[Anchor] = Field(
        title="标题编号", description="报告下一步一页里这项举措的小节", examples=["team"]
    )


class Section(Word):
    """A section that a page must have."""

    anchor: Public[Anchor] = Field(title="标题编号", examples=["background"])


_ITEM = (
    BeforeValidator(labelled),
    Expect("名称，或者 {label: 名称, …} 一组字段", also={"type": "string"}),
)


def _some(items: tuple[Any, ...]) -> tuple[Any, ...]:
    # Once the items are sound, so that a list of one faulty item is not called empty as well.
    if not items:
        raise ValueError
    return items


_LIST = (Field(strict=False), AfterValidator(_some), Expect("列表，至少一项"))
_Kinds = Annotated[tuple[Annotated[Kind, *_ITEM], ...], *_LIST]


class KindsFile(Model):
    """data/kinds.yml."""

    honour_levels: Public[_Kinds] = Field(
        title="荣誉级别", description="高的在前", examples=[["省级", "市级"]]
    )
    honour_recipients: Public[_Kinds] = Field(title="获奖主体", examples=[["集体", "个人"]])
    regulation_categories: Public[_Kinds] = Field(
        title="制度类别", description="依次是制度汇编的各章", examples=[["行政管理"]]
    )
    measures: Public[Annotated[tuple[Annotated[Measure, *_ITEM], ...], *_LIST]] = Field(
        title="举措",
        description="依报告的次序",
        examples=[[{"label": "队伍建设", "anchor": "team"}]],
    )
    task_states: Public[Annotated[tuple[Annotated[TaskState, *_ITEM], ...], *_LIST]] = Field(
        title="任务进展",
        description="由未开始到办结",
        examples=[["进行中", {"label": "已完成", "role": "done"}]],
    )
    evidence_kinds: Public[Annotated[tuple[Annotated[EvidenceKind, *_ITEM], ...], *_LIST]] = Field(
        title="材料种类",
        description="依次是考评材料矩阵的各列",
        examples=[["方案", {"label": "图片", "role": "picture"}]],
    )
    example_kinds: Public[_Kinds] = Field(title="典型事例类别", examples=[["个人", "做法"]])
    example_sections: Public[Annotated[tuple[Annotated[Section, *_ITEM], ...], *_LIST]] = Field(
        title="典型事例的小节",
        description="每个事例依次写这些小节",
        examples=[[{"label": "背景", "anchor": "background"}]],
    )
    phrase_kinds: Public[_Kinds] = Field(title="固定用语类别", examples=[["专名", "届次"]])


Kinds = Mapping[str, tuple[Word, ...]]
"""Name of a list → its items in order; without the lists that are not sound."""


def labels(kinds: Kinds, name: str) -> tuple[str, ...]:
    """Return the labels of a list in order, empty if it is not sound."""
    return tuple(one.label for one in kinds.get(name, ()))


def in_role(kinds: Kinds, name: str, role: str) -> str | None:
    """Return the label that has a role in a list; None if the list is not sound."""
    found = (one.label for one in kinds.get(name, ()) if getattr(one, "role", None) == role)
    return next(found, None)


def anchors(kinds: Kinds, name: str) -> dict[str, str]:
    """Return label → anchor for a list whose items have one."""
    found = cast(tuple[Measure | Section, ...], kinds.get(name, ()))
    return {one.label: one.anchor for one in found}


def faults(name: str, items: tuple[Word, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield (place in the file, message) for what one item alone cannot be blamed for.

    A label or an anchor twice; a role that no item or more than one has.
    """
    for field in ("label", "anchor"):
        first: dict[str, int] = {}
        for index, item in enumerate(items):
            found = getattr(item, field, None)
            if found is None:
                continue
            if first.setdefault(found, index) != index:
                what = type(item).label_of(field)
                rule = f"{name}.{index + 1}.{field}（{what}）须各不相同，{found} 已见第 {first[found] + 1} 项"
                yield (name, index, field), f"{rule}；请删去一项，或者改名"
    roles = [role for one in items if (role := getattr(one, "role", None))]
    for role in _roles(type(items[0])):
        having = [index for index, one in enumerate(items) if getattr(one, "role", None) == role]
        if not having and len(set(roles)) == len(roles):  # else one too many is told of
            message = f"{name}（{KindsFile.label_of(name)}）须有一项写明 role: {role}，现在没有"
            yield (name,), f"{message}；请在那一项写 {{label: 名称, role: {role}}}"
        for index in having[1:]:
            message = f"{name}.{index + 1}.role（作用）须各不相同，{role} 已见第 {having[0] + 1} 项"
            yield (name, index, "role"), f"{message}；请删去 role"


@cache
def _roles(item: type[Word]) -> tuple[str, ...]:
    info = item.model_fields.get("role")
    return get_args(get_args(info.annotation)[0]) if info else ()


def bound(model: type[M], kinds: Kinds) -> type[M]:
    """Return `model` with its fields narrowed to the labels of the lists; itself if it uses none.

    A field whose list is not sound takes any text: it cannot be judged.
    """
    wanted = tuple((name, kinds[name]) for name in _lists(model) if name in kinds)
    return cast(type[M], _bound(model, wanted)) if wanted else model


@lru_cache(MODELS)
def _lists(model: type[BaseModel]) -> tuple[str, ...]:
    """The lists that the fields of a model, and of those within it, take labels of."""
    found: dict[str, None] = {}
    for info in model.model_fields.values():
        found.update(dict.fromkeys(_lists_in(_whole(info))))
    return tuple(found)


def _lists_in(annotation: Any) -> Iterator[str]:
    if isinstance(annotation, OneOf):
        yield annotation.list
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _lists(annotation)
    for inner in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield from _lists_in(inner)


def _whole(info: FieldInfo) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


@lru_cache(MODELS)
def _bound(
    model: type[BaseModel], kinds: tuple[tuple[str, tuple[Word, ...]], ...]
) -> type[BaseModel]:
    lists = dict(kinds)
    changed: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        old = _whole(info)
        if any(one in lists for one in _lists_in(old)):
            changed[name] = (_narrowed(old, lists), _told(info))
    return create_model(
        model.__name__,
        __base__=model,
        __module__=model.__module__,
        __doc__=model.__doc__,
        **changed,
    )


def _told(info: FieldInfo) -> Any:
    """What a field says of itself, without what its annotation says."""
    usual: Any = {"default": info.default}
    if info.default_factory is not None:
        usual = {"default_factory": info.default_factory}
    return Field(**usual, title=info.title, description=info.description, examples=info.examples)


def _narrowed(annotation: Any, lists: Kinds) -> Any:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marks = annotation.__metadata__
        at = next((i for i, mark in enumerate(marks) if isinstance(mark, OneOf)), None)
        if at is None or marks[at].list not in lists:
            return Annotated[_narrowed(args[0], lists), *marks]
        chosen = one_of((one.label, getattr(one, "retired", None)) for one in lists[marks[at].list])
        more = marks[at + 1 :]
        return Annotated[chosen, *more] if more else chosen
    if origin in (Union, UnionType):
        return reduce(or_, (_narrowed(one, lists) for one in args))
    if origin is tuple:
        item: Any = _narrowed(args[0], lists)
        return tuple[item, ...]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bound(annotation, lists)
    return annotation
