"""What somebody filed by an issue form, as a record again.

A forge writes a filed form down as Markdown: for each question its label as a heading of the third
level, then the answer, `_No response_` for none:

    ### 日期

    2024-03-05

So a label stands for its field; `parse_form` leads back from it. Whatever is done with the outcome,
the text is data: it is never part of a command.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import unquote, urlsplit

from archive.editing.headings import by_heading
from archive.editing.questions import DECISION, YES_NO, Form, Question
from archive.files.validation import validate
from archive.files.yaml import Document, decode, resolve_scalar
from archive.schema.fields import fields
from archive.schema.register import Revision

DECIDED = "decision"
"""Among what was filed: why approved figures change with the record."""

NO_ANSWER = "_No response_"
_NONE_CHOSEN = (NO_ANSWER, "None")


def form_of(forms: Iterable[Form], title: str, body: str) -> Form | None:
    """The form that an issue was filed with: by its title, else the one all of whose labels are there.

    People edit titles, and damage bodies. Of forms whose labels are all there, the one with most holds
    the others; two with as many cannot be told apart.
    """
    there = {found[1] for found in _HEADING.finditer(_lines(body))}
    whole: dict[int, list[Form]] = {}
    for form in forms:
        if title.startswith(f"{form.title}："):
            return form
        labels = {question.label for question in form.questions}
        if labels <= there:
            whole.setdefault(len(labels), []).append(form)
    longest = whole[max(whole)] if whole else []
    return longest[0] if len(longest) == 1 else None


def parse_form(body: str, form: Form) -> dict[str, Any] | list[str]:
    """What was filed as the fields of a record, in order; or all that is wrong with it, in Chinese.

    Values are plain data as `source` reads it: text, whole numbers, exact decimals, dates, lists.
    They fit the model; rules across fields are for the check, once the record is in its place. Of a form
    that changes a record, these are the answers alone: only with the record's others they make a whole.
    """
    text = decode(_lines(body).encode("utf-8", "replace"), "")
    if text.problems:
        return [f"第 {problem.line} 行{problem.message}" for problem in text.problems]
    damage = _damage(text.data, form)
    if damage:  # nobody can tell then to which question an answer belongs
        return damage
    answers, problems = _answers(text.data, form)
    beside = {question.field: question for question in form.beside}
    answers_beside = {name: value for name, value in answers.items() if name in beside}
    if form.changes(answers_beside):
        decision, faults = _decision(answers)
        problems += [*_beside(form, answers_beside), *faults]
        own = fields(form.model)
        changed = {name: value for name, value in answers.items() if name in own}
        return problems or {**answers_beside, **changed, **decision}
    document = Document("", _record(form, answers))
    validate(form.model, document)
    problems += _beside(form, answers_beside)
    problems += [problem.message for problem in document.problems]
    problems += _unanswered(form, document.data)
    decision, faults = _decision(answers)
    problems += faults
    return problems or {**answers_beside, **document.data, **decision}


def _lines(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\r", "\n")


_HEADING = re.compile(r"^### (.*[^ \t\n])[ \t]*$", re.MULTILINE)


def _answers(text: str, form: Form) -> tuple[dict[str, Any], list[str]]:
    """Field → its answer, unanswered ones left out; what is answered by a file."""
    questions = {question.label: question for question in form.questions}
    # A heading that is no label belongs to the answer it stands in.
    found = [it for it in _HEADING.finditer(text) if it[1] in questions]
    answers: dict[str, Any] = {}
    problems: list[str] = []
    ends = [*(it.start() for it in found[1:]), len(text)]
    for heading, end in zip(found, ends, strict=True):
        question = questions[heading[1]]
        answer = text[heading.end() : end].strip()
        nothing = _NONE_CHOSEN if question.options else (NO_ANSWER,)
        rest = answer if question.shape == "list" else _LINKED.sub(_without_file, answer).strip()
        if rest != answer:
            problems.append(f"“{question.label}”不收照片和文件，现有；{_where_files_go(form)}")
            answer = rest if rest in nothing else answer
        if answer and answer not in nothing:
            answers[question.field] = _value(question, answer)
    return answers, problems


_LINKED = re.compile(r"!?\[[^\[\]\n]*\]\([^()\s]*\)|<img\b[^<>]*>")
"""A link, or a picture: what a forge makes of a file that is dragged into a text."""
_FILED = re.compile(r"/(?:user-attachments|attachments|uploads|files)/")


def _without_file(found: re.Match[str]) -> str:
    """Nothing in place of a link to a file that a forge has taken in; any other link as it is."""
    return "" if _FILED.search(found[0]) else found[0]


def _where_files_go(form: Form) -> str:
    lists = [one.label for one in form.questions if one.field in ("evidence", "files")]
    return f"请拖到“{lists[0]}”一栏" if lists else "请删去，这张表不收文件"


def _damage(text: str, form: Form) -> list[str]:
    """What has happened to the headings of a form, for whoever is to restore them; empty if they are there."""
    labels = {question.label for question in form.questions}
    there = Counter(found[1] for found in _HEADING.finditer(text) if found[1] in labels)
    if not there:
        return [f"须用“{form.title}”表单填写，现没有它的任何一栏；请另填一份，或者恢复原来的文字"]
    needed = [one for one in form.questions if one.required and one.label not in there]
    return [
        *(
            f"“{again}”一栏须只出现一次，现有多次；请删去多余的，连同它的标题"
            for again, times in there.items()
            if times > 1
        ),
        *(
            f"“{one.label}”一栏的标题须保留，现没有；请补上一行“### {one.label}”，下面写答案"
            for one in needed
        ),
    ]


def _record(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the record in order; what was not answered is empty where it may be."""
    record: dict[str, Any] = {}
    for name, field in fields(form.model).items():
        if name in form.preset or name in answers:
            record[name] = {**answers, **form.preset}[name]
        elif field.value.shape == "list" and field.required:
            record[name] = []
        elif field.required and field.value.nullable:
            record[name] = None
    return record


def _beside(form: Form, answers_beside: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the answers that are no fields: each is an id."""
    for question in form.beside:
        found = answers_beside.get(question.field, "")
        if (found or question.required) and not re.fullmatch(question.pattern, found):
            rule = question.description.rpartition("填写：")[2]
            yield f"{question.field}（{question.label}）须{rule}，现为{f' {found}' if found else '空'}"


def _unanswered(form: Form, record: Mapping[str, Any]) -> Iterator[str]:
    """What must be answered though the model lets it be empty."""
    for name in form.needed:
        if record.get(name) is None:
            yield f"须有字段 {name}（{fields(form.model)[name].label}）：必填"


def _decision(answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """`{DECIDED: why approved figures change}`, or nothing if that is not answered; what is wrong with it."""
    found = {
        name: answers[question.field]
        for name, question in DECISION.items()
        if question.field in answers
    }
    if not found:
        return {}, []
    document = Document("", {"by": None, **found, "old": 0, "new": 1})
    validate(Revision, document)
    named = {f"{name}（{fields(Revision)[name].label}）": DECISION[name].label for name in DECISION}
    faults = [by_heading(problem.message, named) for problem in document.problems]
    if found.get("by") is None:
        faults.append(f"“{DECISION['by'].label}”须填写，现为空")
    return {DECIDED: found}, faults


def _value(question: Question, answer: str) -> Any:
    """An answer as the value it means; what means none stays text, for the model to refuse."""
    if question.long:
        return answer
    if question.shape == "list":
        return [line for raw in answer.split("\n") if (line := _BULLET.sub("", raw.strip()))]
    if question.pattern:
        return _id(answer)
    if question.shape == "date":
        return _day(answer)
    if question.shape == "boolean":
        return YES_NO.get(answer, answer)
    if question.shape in ("integer", "number"):
        return _number(answer)
    return " ".join(answer.split())


_BULLET = re.compile(r"[-*+•·] ")


def _id(answer: str) -> str:
    """The id of a record or an entry, taken from the address of its place on the site if that is given."""
    if not answer.startswith(("http://", "https://")):
        return " ".join(answer.split())
    try:
        address = urlsplit(answer)
    except ValueError:  # the name of no host
        return answer
    return unquote(address.fragment or address.path.rstrip("/").rpartition("/")[2])


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
    value = resolve_scalar(plain)
    return value if type(value) in (int, Decimal) else answer
