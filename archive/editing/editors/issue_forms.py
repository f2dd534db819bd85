"""Issue forms as files: GitHub's, those of Gitea and Forgejo, which name one key differently, and GitLab's.

GitLab has no forms, but templates: text to fill in, here with the headings that the other forges write over the
answers, and under each what is asked as a remark, which is not shown.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from archive.editing.questions import Form, Question, forms
from archive.schema.collections import Collection
from archive.schema.kinds import Kinds

FOLDERS = {
    ".github/ISSUE_TEMPLATE": "description",
    ".gitea/issue_template": "about",
    ".forgejo/issue_template": "about",
}
"""Where each forge looks for forms → its key for what a form is for."""

HEAD = "# 由 archive schema 生成，不要手工改动；台账的问题和取值在 data/ledgers/，别的在 archive/schema/ 和 archive/editing/questions.py。\n"
"""The first line of a form, by which it is told from what somebody has put beside it."""
TEMPLATES = ".gitlab/issue_templates"
"""Where GitLab looks for templates; links to a new issue name them as they name forms."""
TEMPLATE_HEAD = f"<!-- {HEAD.removeprefix('# ').rstrip()} -->\n"
"""The first line of a template."""
_INTRO = (
    "请照原始资料填写；不知道的留空，不要写“无”或“待定”。不要写身份证号、电话、住址等个人信息。"
)


def issue_forms(collections: Mapping[str, Collection], kinds: Kinds) -> dict[str, str]:
    """Path from the repository's root → the text of each form and template."""
    asked = forms(collections, kinds)
    made: dict[str, str] = {}
    for kind, form in asked.items():
        questions = _yaml(_questions(form))  # the same for each forge, and nearly all of its text
        for folder, about in FOLDERS.items():
            name = _yaml({"name": form.title, about: form.about})
            made[f"{folder}/{kind}.yml"] = HEAD + name + questions
        made[f"{TEMPLATES}/{kind}.md"] = _template(form)
    return made


def _yaml(value: Any) -> str:
    dumper = yaml.CSafeDumper
    return yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=1000)


def _questions(form: Form) -> dict[str, Any]:
    return {
        "title": f"{form.title}：",
        "body": [
            {"type": "markdown", "attributes": {"value": _INTRO}},
            *map(_element, form.questions),
        ],
    }


def _element(question: Question) -> dict[str, Any]:
    """A question as the kind of field that fits its answer."""
    attributes: dict[str, Any] = {"label": question.label}
    if question.description:
        attributes["description"] = question.description
    if question.options:
        attributes["options"] = list(question.options)
    elif question.example:
        attributes["placeholder"] = f"如 {question.example}"
    return {
        "type": "dropdown"
        if question.options
        else "textarea"
        if question.shape == "list" or question.long
        else "input",
        "id": question.field,
        "attributes": attributes,
        "validations": {"required": question.required},
    }


def _template(form: Form) -> str:
    asked = (f"### {one.label}\n\n{_remark(*_hints(one))}\n" for one in form.questions)
    return TEMPLATE_HEAD + "\n".join([_remark(form.title, form.about, _INTRO), "", *asked])


def _hints(question: Question) -> Iterator[str]:
    """What is said of a question to the one who answers it."""
    yield "必填" if question.required else "可以空着"
    yield question.description.rstrip("。")
    if question.options:
        yield f"写其中一个：{'、'.join(question.options)}"
    elif question.example:
        yield f"如 {question.example}"


def _remark(*sentences: str) -> str:
    text = "。".join(one.rstrip("。") for one in sentences if one)
    return f"<!-- {text.replace('--', '—')}。 -->"
