"""Issue forms: what each asks, taken from the models. People without Git file records by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from archive.files.validation import annotated, bare, expectation, may_be_empty
from archive.schema.collections import choices
from archive.schema.honours import Honour
from archive.schema.register import Revision
from archive.schema.types import Expect, Model
from archive.schema.volunteering import Volunteering


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. `options`: the words to choose from, none for free text."""

    field: str
    label: str
    description: str
    required: bool
    options: tuple[str, ...] = ()
    example: str = ""
    many: bool = False
    """Whether the answer is a list, a line each."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form for records of a model: `left_out` is not asked, `preset` is known beforehand,
    `beside` is asked but no field of the model.
    """

    title: str
    about: str
    model: type[Model]
    left_out: tuple[str, ...] = ()
    preset: Mapping[str, Any] = field(default_factory=dict)
    beside: tuple[Question, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in order."""
        fields = self.model.model_fields.items()
        asked = (it for it in fields if it[0] not in (*self.left_out, *self.preset))
        return (*self.beside, *(_question(name, info) for name, info in asked))


_FIGURE = Question(
    "figure",
    "指标编号",
    "在“指标登记”页上点开该指标，网址里 # 后面的就是。填写：由小写英文字母、数字、下划线组成",
    required=True,
    example="volunteer_hours",
)

FORMS: Mapping[str, Form] = {
    "honour": Form(
        "添加荣誉",
        "登记一项新获的荣誉。复查、撤销记在已有的荣誉里，不用此表。",
        Honour,
        left_out=("prefix", "certificate", "reviews", "withdrawn", "disclosure"),
    ),
    "activity": Form(
        "添加志愿服务活动",
        "登记一次志愿服务活动，跨日的一日一次。",
        Volunteering,
        left_out=("disclosure",),
    ),
    "correction": Form(
        "更正指标",
        "已经核定的数发现差错，用此表更正。资料更全而作的修订不用此表。",
        Revision,
        preset={"kind": "更正"},
        beside=(_FIGURE,),
    ),
}
"""The kinds of form there are: kind → form."""


def _question(name: str, info: FieldInfo) -> Question:
    kind = value_type(info)
    many = get_origin(kind) is tuple
    options = choices(kind)
    must = (
        "一行一项" if many else "" if options else f"填写：{expectation(annotated(info)).strip()}"
    )
    examples = info.examples or [_example(info.annotation, info.metadata)]
    example = examples[0][0] if many else examples[0]
    return Question(
        name,
        info.title or name,
        "。".join(filter(None, (info.description, must))),
        required=info.is_required() and not many and not may_be_empty(info.annotation),
        options=options,
        example="" if example is None else str(example),
        many=many,
    )


def value_type(info: FieldInfo) -> Any:
    """The type of a field's values, without its marks and without None beside it."""
    annotation = annotated(info)
    while (core := bare(annotation)) is not annotation:
        annotation = core
    return annotation


def _example(annotation: Any, marks: list[Any]) -> Any:
    """The example that a type gives of its values, if any."""
    found = [mark.example for mark in marks if isinstance(mark, Expect)]
    inner = (arg for arg in get_args(annotation) if arg is not type(None))
    for arg in inner:
        found += [m.example for m in getattr(arg, "__metadata__", ()) if isinstance(m, Expect)]
    return next((one for one in found if one is not None), None)
