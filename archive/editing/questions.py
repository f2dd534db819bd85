"""Issue forms: what each asks, taken from the models. People without Git file records by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of_dataclass
from typing import Any

from archive.schema.fields import Field, fields
from archive.schema.honours import Honour
from archive.schema.register import Revision
from archive.schema.types import Model
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
    preset: Mapping[str, Any] = of_dataclass(default_factory=dict)
    beside: tuple[Question, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in order."""
        known = (*self.left_out, *self.preset)
        asked = (one for name, one in fields(self.model).items() if name not in known)
        return (*self.beside, *map(_question, asked))


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


def _question(field: Field) -> Question:
    value = field.value
    many = value.shape == "list"
    one_value = "" if value.words else f"填写：{value.expectation.strip()}"
    must = "一行一项" if many else one_value
    example: Any = field.examples[0] if field.examples else value.example
    if many:
        example = example[0]
    return Question(
        field.name,
        field.label,
        "。".join(filter(None, (field.description, must))),
        required=field.must_have_value,
        options=value.words,
        example="" if example is None else str(example),
        many=many,
    )
