"""Issue forms: what each asks, taken from the models. People without Git file records by them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as of_dataclass
from typing import Any

from archive.facts.regulations import FOLDER
from archive.schema.collections import FIGURE_ID, GROUPS, RECORD, Collection
from archive.schema.fields import Field, Shape, fields
from archive.schema.form_models import (
    WHERE,
    Entered,
    NameShown,
    NewRegulation,
    Standing,
    Upload,
    example_asked,
)
from archive.schema.honours import Review
from archive.schema.kinds import Kinds, bound
from archive.schema.register import Revision
from archive.schema.types import MAX_CHARACTERS, Model


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
    pattern: str = ""
    """What an answer must be that is no field of the model."""
    long: bool = False
    """Whether the answer is a text of several paragraphs."""


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
    folder: str = ""
    """The folder of docs/ in which it makes a page."""

    @property
    def where(self) -> Mapping[str, tuple[str, ...]]:
        """Field → its path in the entry, or the page's front matter, that the form is of; empty for others."""
        return WHERE.get(self.kind, {})

    def changes(self, answers: Mapping[str, Any]) -> bool:
        """Whether it was filed to change a record or an entry, so that the answers alone make none."""
        if self.where and not self.folder:
            return True
        return self.model is not Review and RECORD in answers

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


_COMMIT = "(?:#[0-9a-f]{7,64})?"
_RECORD = Question(
    RECORD,
    "改已有的记录",
    "加新的记录，这一栏空着。改已有的，在网站上点那条记录的“改”，这里已经填好，不要动；"
    "自己写编号的，只改下面填了的各栏。填写：记录的编号",
    required=False,
    example="20240305-01",
    pattern=rf"[^\s#/]{{1,200}}{_COMMIT}",
)
_FIGURE = Question(
    "figure",
    "指标编号",
    "在“指标登记”页上点开该指标，网址的最后一段就是。填写：由汉字、小写英文字母、数字、下划线组成",
    required=True,
    example="volunteer_hours",
    pattern=FIGURE_ID.pattern,
)

PAGE = "page"
"""What a form asks beside: the name of the page that it makes."""
_PAGE = Question(
    PAGE,
    "网址的最后一段",
    "新的一页的文件名；空着的，用议题的编号。填写：英文小写字母、数字、短横，以字母开头",
    required=False,
    example="leave-rules",
    pattern="[a-z][a-z0-9-]{0,59}",
)

_ABOUT_UPLOADS = (
    "用电子表格加记录、改记录：在台账的页面下载填报表，填好以后在这里上传。一次加几条的，用它最快。"
)
_ABOUT_HONOURS = "登记一项新获的荣誉，或者改已经登记的一项。"
_ABOUT_ENTERED = "填报、审核、核定一个不由台账计数的指标：数值、时期、来源、岗位和日期。已经核定的数要改，用“修订或更正指标”。"
_ABOUT_EXAMINED = "一项荣誉复查以后，记下结果。不是新的荣誉。"
_WHICH_NAME = "在 data/unit.yml 的 names 里。填写：名称的编号"
_ABOUT_EXAMPLES = (
    "登记一个典型事例，或者改已经登记的一个的类别、时间、同意等；改正文，点那一页的“编辑此页”。"
)
_WHICH_EXAMPLE = "加新的事例，这一栏空着。改已有的，在事例那一页点“改概况”，这里已经填好，不要动。填写：事例的编号"
_ABOUT_NEW_REGULATION = (
    "登记一项档案里还没有的制度，连同条文；代替旧制度的，写明代替哪一项，旧制度随之标明。"
)
_WHICH_REGULATION = "制度那一页的网址的最后一段。填写：制度的编号"
_WHICH_HONOUR = "在“荣誉”页上点那项荣誉，网址里 # 后面的就是。填写：记录的编号"
_ABOUT_REVIEWS = "发布以前的初审、复审、终审，审过一次登记一条。"
_ABOUT_TASKS = "登记一项下一步的任务，或者改一项任务的进展、时限、佐证材料。"
_ABOUT_CORRECTIONS = (
    "已经核定、不由台账计数的数，资料更全了（修订）或者发现差错（更正），用此表。"
    "由台账计数的，改台账的记录。"
)


def forms(collections: Mapping[str, Collection], kinds: Kinds) -> dict[str, Form]:
    """Return the kinds of form there are: kind → form, one for each ledger that a form can ask for."""
    honour = Form(
        "honours",
        "登记荣誉",
        _ABOUT_HONOURS,
        collections["honours"].model,
        left_out=("prefix", "certificate", "reviews", "withdrawn", "disclosure"),
        beside=(_RECORD,),
        collection="honours",
    )
    others = (
        Form(name, title, about, collections[name].model, beside=(_RECORD,), collection=name)
        for name, title, about in (
            ("measures", "登记下一步任务", _ABOUT_TASKS),
            ("reviews", "登记发布审签", _ABOUT_REVIEWS),
        )
    )
    examined = Form(
        "honour_reviews",
        "登记荣誉复查",
        _ABOUT_EXAMINED,
        Review,
        needed=("date",),
        beside=(replace(_RECORD, label="荣誉编号", description=_WHICH_HONOUR, required=True),),
        collection="honours",
    )
    correction = Form(
        "correction",
        "修订或更正指标",
        _ABOUT_CORRECTIONS,
        Revision,
        needed=("by",),
        beside=(_FIGURE,),
    )
    upload = Form("sheet", "上传表格", _ABOUT_UPLOADS, Upload, needed=("files",))
    ledgers = (_ledger(name, one) for name, one in collections.items() if one.ledger)
    entered = Form(
        "figures",
        "填报指标",
        _ABOUT_ENTERED,
        Entered,
        beside=(replace(_FIGURE, pattern=rf"{FIGURE_ID.pattern}{_COMMIT}"),),
    )
    named = Form(
        "names",
        "填写名称",
        "填写网站上隐去的一个名称，或者写明它公开不公开。",
        NameShown,
        beside=(replace(_RECORD, label="名称编号", description=_WHICH_NAME, required=True),),
    )
    standing = Form(
        "regulations",
        "制度的文号和日期",
        "一项制度审定、印发、施行、复审、废止以后，记下文号和日期。改条文，点那一页的“编辑此页”。",
        Standing,
        beside=(replace(_RECORD, label="制度编号", description=_WHICH_REGULATION, required=True),),
    )
    enacted = Form(
        "new_regulation",
        "登记制度",
        _ABOUT_NEW_REGULATION,
        bound(NewRegulation, kinds),
        beside=(_PAGE,),
        folder=FOLDER,
    )
    example = Form(
        "examples",
        "登记典型事例",
        _ABOUT_EXAMPLES,
        example_asked(kinds),
        beside=(replace(_RECORD, description=_WHICH_EXAMPLE, example="model-worker"), _PAGE),
        folder="examples/",
    )
    every = (
        upload,
        entered,
        named,
        standing,
        enacted,
        example,
        honour,
        examined,
        *filter(None, ledgers),
        *others,
        correction,
    )
    return {form.kind: form for form in every}


def _ledger(name: str, collection: Collection) -> Form | None:
    """Return the form for a ledger's records; None if one must have what no form asks for."""
    if collection.ledger is None or not collection.has_form:
        return None
    asked = fields(collection.model).values()
    groups = (one for one in asked if one.value.shape in GROUPS)
    return Form(
        name,
        f"登记{collection.label}",
        f"登记{collection.ledger.record.rstrip('。')}，或者改已经登记的一条。",
        collection.model,
        left_out=("disclosure", *(one.name for one in groups)),
        beside=(_RECORD,),
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
        long=value.bounds.get("max_length", 0) > MAX_CHARACTERS,
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
