"""Issue forms: what each asks, taken from the models, and what somebody filed, as a record again.

A forge writes a filed form down as Markdown: for each question its label as a heading of the third
level, then the answer, `_No response_` for none:

    ### 日期

    2024-03-05

So a label stands for its field; `parse_form` leads back from it. Whatever is done with the outcome,
the text is data: it is never part of a command.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from archive.gather import FIGURE_ID
from archive.schema.collections import choices
from archive.schema.honours import Honour
from archive.schema.register import Revision
from archive.schema.types import Expect, Model
from archive.schema.volunteering import Volunteering
from archive.source import Document, decode, resolve
from archive.validation import annotated, bare, expectation, may_be_empty, validate

NO_ANSWER = "_No response_"
_NONE_CHOSEN = (NO_ANSWER, "None")


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
        left_out=("prefix", "certificate", "reviews", "withdrawn"),
    ),
    "activity": Form("添加志愿服务活动", "登记一次志愿服务活动，跨日的一日一次。", Volunteering),
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
    kind = _kind(info)
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


def _kind(info: FieldInfo) -> Any:
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


def kind_of(body: str) -> str | None:
    """The kind of the form that `body` was filed with: the one all of whose labels stand in it."""
    for kind, form in FORMS.items():
        labels = [question.label for question in form.questions]
        if set(labels) <= {found[1] for found in _HEADING.finditer(_lines(body))}:
            return kind
    return None


def parse_form(body: str, kind: str) -> dict[str, Any] | list[str]:
    """What was filed as the fields of a record, in order; or all that is wrong with it, in Chinese.

    Values are plain data as `source` reads it: text, whole numbers, exact decimals, dates, lists.
    They fit the model; rules across fields are for the check, once the record is in its place.
    """
    form = FORMS[kind]
    text = decode(_lines(body).encode("utf-8", "replace"), "")
    if text.problems:
        return [f"第 {problem.line} 行{problem.message}" for problem in text.problems]
    answers, problems = _answers(text.data, form)
    beside = {question.field for question in form.beside}
    told = {name: value for name, value in answers.items() if name in beside}
    document = Document("", _record(form, answers))
    validate(form.model, document)
    problems += _beside(form, told)
    problems += [problem.message for problem in document.problems]
    return problems or {**told, **document.data}


def _lines(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\r", "\n")


_HEADING = re.compile(r"^### (.+?)[ \t]*$", re.MULTILINE)


def _answers(text: str, form: Form) -> tuple[dict[str, Any], list[str]]:
    """Field → its answer, unanswered ones left out; what is asked twice or not at all."""
    questions = {question.label: question for question in form.questions}
    # A heading that is no label belongs to the answer it stands in.
    found = [it for it in _HEADING.finditer(text) if it[1] in questions]
    if not found:
        return {}, [f"须用“{form.title}”表单填写，现没有它的任何一栏"]
    answers: dict[str, Any] = {}
    seen: set[str] = set()
    problems = []
    ends = [*(it.start() for it in found[1:]), len(text)]
    for heading, end in zip(found, ends, strict=True):
        question = questions[heading[1]]
        if question.label in seen:
            problems.append(f"“{question.label}”一栏须只出现一次，现有多次")
        seen.add(question.label)
        answer = text[heading.end() : end].strip()
        if answer and answer not in (_NONE_CHOSEN if question.options else (NO_ANSWER,)):
            answers[question.field] = _value(form, question, answer)
    return answers, problems


def _record(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the record in order; what was not answered is empty where it may be."""
    record: dict[str, Any] = {}
    for name, info in form.model.model_fields.items():
        if name in form.preset or name in answers:
            record[name] = {**answers, **form.preset}[name]
        elif get_origin(_kind(info)) is tuple and info.is_required():
            record[name] = []
        elif info.is_required() and may_be_empty(info.annotation):
            record[name] = None
    return record


def _beside(form: Form, told: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the answers that are no fields: each is an id."""
    for question in form.beside:
        found = told.get(question.field, "")
        if not FIGURE_ID.fullmatch(found):
            rule = question.description.partition("填写：")[2]
            yield f"{question.field}（{question.label}）须{rule}，现为{f' {found}' if found else '空'}"


def _value(form: Form, question: Question, answer: str) -> Any:
    """An answer as the value it means; what means none stays text, for the model to refuse."""
    info = form.model.model_fields.get(question.field)
    kind = _kind(info) if info else str
    if question.many:
        return [line for raw in answer.split("\n") if (line := raw.strip().removeprefix("- "))]
    if kind is date:
        return _day(answer)
    if kind in (int, Decimal):
        return _number(answer)
    return " ".join(answer.split())


_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def _day(answer: str) -> Any:
    """A day as people write it: 2024-03-05, 2024/3/5, 2024年3月5日, in full-width digits too."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", answer).replace(" ", ""))
    if not found:
        return answer
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return answer


def _number(answer: str) -> Any:
    """A number as people write it: 1200, 1,200, 12.50, in full-width digits too."""
    plain = unicodedata.normalize("NFKC", answer)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    value = resolve(plain)
    return value if type(value) in (int, Decimal) else answer
