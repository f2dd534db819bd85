"""Issue forms as files: GitHub's, and those of Gitea and Forgejo, which name one key differently."""

from collections.abc import Mapping
from typing import Any

import yaml

from archive.editing.questions import Form, Question, forms
from archive.schema.collections import Collection

FOLDERS = {
    ".github/ISSUE_TEMPLATE": "description",
    ".gitea/issue_template": "about",
    ".forgejo/issue_template": "about",
}
"""Where each forge looks for forms → its key for what a form is for."""

HEAD = "# 由 archive schema 生成，不要手工改动；台账的问题和取值在 data/ledgers/，别的在 archive/schema/ 和 archive/editing/questions.py。\n"
"""The first line of a form, by which it is told from what somebody has put beside it."""
_INTRO = (
    "请照原始资料填写；不知道的留空，不要写“无”或“待定”。不要写身份证号、电话、住址等个人信息。"
)


def issue_forms(collections: Mapping[str, Collection]) -> dict[str, str]:
    """Path from the repository's root → the text of each form."""
    return {
        f"{folder}/{kind}.yml": HEAD + _yaml(_form(form, about))
        for folder, about in FOLDERS.items()
        for kind, form in forms(collections).items()
    }


def _yaml(value: Any) -> str:
    dumper = yaml.CSafeDumper
    return yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=1000)


def _form(form: Form, about: str) -> dict[str, Any]:
    return {
        "name": form.title,
        about: form.about,
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
        if question.shape == "list"
        else "input",
        "id": question.field,
        "attributes": attributes,
        "validations": {"required": question.required},
    }
