"""Issue forms: what each asks, taken from the models. People without Git file records by them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as of_dataclass
from typing import Any, Literal

from pydantic import Field as PydanticField

from archive.schema.collections import Collection
from archive.schema.disclosure import Internal
from archive.schema.fields import Field, Shape, fields
from archive.schema.register import Revision
from archive.schema.types import Model, Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. `options`: the words to choose from, none for free text."""

    field: str
    label: str
    description: str
    required: bool
    options: tuple[str, ...] = ()
    example: str = ""
    shape: Shape = "text"
    """What the answer is; a list has a line for each item."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form for records of a model: `left_out` is not asked, `preset` is known beforehand,
    `needed` may be empty in the model and must be answered, `beside` is asked but no field of the model.
    A form for a record of a `collection`, or for a workbook, asks as well why approved figures change.
    """

    kind: str
    title: str
    about: str
    model: type[Model]
    left_out: tuple[str, ...] = ()
    preset: Mapping[str, Any] = of_dataclass(default_factory=dict)
    needed: tuple[str, ...] = ()
    beside: tuple[Question, ...] = ()
    collection: str = ""

    @property
    def decides(self) -> bool:
        """Whether it asks why approved figures change."""
        return bool(self.collection) or self.model is Upload

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in order."""
        known = (*self.left_out, *self.preset)
        asked = (one for name, one in fields(self.model).items() if name not in known)
        own = (_question(one, needed=one.name in self.needed) for one in asked)
        return (*self.beside, *own, *(DECISION.values() if self.decides else ()))


class Upload(Model):
    """What the form for a filled workbook asks."""

    files: Internal[tuple[Text, ...]] = PydanticField(
        title="表格",
        strict=False,
        description="把填好的 .xlsx 文件拖到这里，等它变成一个链接；一次一份表",
    )
    rearranged: Internal[Literal["确要这样改"] | None] = PydanticField(
        title="许多值换到了别的记录",
        description="答复里问到、确是这样改的才选；只排了一列的，请撤销以后再传",
        default=None,
    )


_FIGURE = Question(
    "figure",
    "指标编号",
    "在“指标登记”页上点开该指标，网址里 # 后面的就是。填写：由汉字、小写英文字母、数字、下划线组成",
    required=True,
    example="volunteer_hours",
)

_ABOUT_UPLOADS = (
    "用电子表格加记录、改记录：在台账的页面下载填报表，填好以后在这里上传。一次加几条的，用它最快。"
)
_ABOUT_HONOURS = "登记一项新获的荣誉。复查、撤销记在已有的荣誉里，不用此表。"
_ABOUT_CORRECTIONS = (
    "已经核定、不由台账计数的数发现差错，用此表更正。资料更全而作的修订不用此表。"
    "由台账计数的，用添加记录的表，或者改记录。"
)


def forms(collections: Mapping[str, Collection]) -> dict[str, Form]:
    """Return the kinds of form there are: kind → form, one for each ledger that a form can ask for."""
    honour = Form(
        "honour",
        "添加荣誉",
        _ABOUT_HONOURS,
        collections["honours"].model,
        left_out=("prefix", "certificate", "reviews", "withdrawn", "disclosure"),
        collection="honours",
    )
    correction = Form(
        "correction",
        "更正指标",
        _ABOUT_CORRECTIONS,
        Revision,
        preset={"kind": "更正"},
        needed=("by",),
        beside=(_FIGURE,),
    )
    upload = Form("sheet", "上传表格", _ABOUT_UPLOADS, Upload, needed=("files",))
    ledgers = (_ledger(name, one) for name, one in collections.items() if one.ledger)
    return {form.kind: form for form in (upload, honour, *filter(None, ledgers), correction)}


def _ledger(name: str, collection: Collection) -> Form | None:
    """Return the form for a ledger's records; None if one must have what no form asks for."""
    asked = fields(collection.model).values()
    groups = [one for one in asked if one.value.shape in ("group", "mapping")]
    if any(one.must_be_filled for one in groups) or collection.ledger is None:
        return None
    return Form(
        name,
        f"添加{collection.label}",
        f"登记{collection.ledger.record.rstrip('。')}。",
        collection.model,
        left_out=("disclosure", *(one.name for one in groups)),
        collection=name,
    )


YES_NO = {"是": True, "否": False}
"""The options of a question that is answered by yes or no → what they mean."""


def _question(field: Field, *, needed: bool = False) -> Question:
    value = field.value
    many = value.shape == "list"
    one_value = "" if value.words else f"填写：{value.expectation.strip()}"
    must = "一行一项" if many else one_value
    example: Any = field.examples[0] if field.examples else value.example
    if many and example:
        example = example[0]
    return Question(
        field.name,
        field.label,
        "。".join(filter(None, (field.description, must))),
        required=needed or field.must_have_value,
        options=tuple(YES_NO) if value.shape == "boolean" else value.offered,
        example="" if example is None else str(example),
        shape=value.shape,
    )


_IF_REVISED = "这条记录使已经核定的指标改变时才填"
DECISION: Mapping[str, Question] = {
    name: replace(
        _question(fields(Revision)[name]),
        field=f"revision_{name}",
        label=label,
        description=f"{_IF_REVISED}。{about}",
        required=False,
    )
    for name, label, about in (
        ("kind", "修订或更正", "资料更全了是修订，原来漏了、错了是更正"),
        ("date", "修订或更正的日期", "决定改动的那一天"),
        ("reason", "修订或更正的原因", "填写：文字"),
        ("by", "修订或更正的核定岗位", "写岗位，不写姓名"),
    )
}
"""Why approved figures change: field of a revision → the question for it; its values are counted."""
