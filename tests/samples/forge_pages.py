"""The pages of a forge that a clerk sees: its form for an issue, as the repository describes it, and its editor."""

import html
import itertools
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import yaml
from playwright.sync_api import Page, Route

from archive.editing.forms import NO_ANSWER
from tests.samples.office import Office

HOST = "https://git.example/ju/dangan"
FIELD = "field:"
"""How Gitea's address of a form begins the name of an answer."""


class ForgePages:
    """Answers what a tab asks of the forge; what is submitted there is done in the office's repository."""

    def __init__(self, office: Office, tab: Page) -> None:
        self._office = office
        self._branches = itertools.count(1)
        tab.route(f"{HOST}/**", self._answer)

    def _answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        path = asked.path.removeprefix(urlsplit(HOST).path)
        sent = {name: one[0] for name, one in parse_qs(route.request.post_data or "", keep_blank_values=True).items()}  # fmt: skip
        query = {name: one[0] for name, one in parse_qs(asked.query).items()}
        if path.startswith("/_edit/main/"):
            file = unquote(path.removeprefix("/_edit/main/"))
            told = self._proposed(file, sent["text"]) if sent else self._editor(file)
        elif sent:
            told = self._filed(query["template"], sent)
        else:
            told = self._form(query)
        body = f"<!doctype html><meta charset=utf-8><form method=post>{told}</form>"
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    def _described(self, template: str) -> Any:
        return yaml.load(self._office.text("main", template), yaml.CSafeLoader)

    def _form(self, query: dict[str, str]) -> str:
        """The form, begun with the answers of the address as Gitea does."""
        form = self._described(query["template"])
        parts = [
            _control(one, query.get(f"{FIELD}{one['id']}", ""))
            for one in form["body"]
            if "id" in one
        ]
        return f"<h1>{form['name']}</h1>{''.join(parts)}<button>创建工单</button>"

    def _filed(self, template: str, sent: dict[str, str]) -> str:
        """The issue that the forge makes of a form: for each question its label as a heading, then the answer."""
        form = self._described(template)
        asked = [one for one in form["body"] if "id" in one]
        body = "\n\n".join(
            f"### {one['attributes']['label']}\n\n{sent[one['id']].replace(chr(13), '') or NO_ANSWER}"
            for one in asked
        )
        number = self._office.forge.file(form["title"], body)
        return f"<h1>工单 {number}</h1>"

    def _editor(self, file: str) -> str:
        text = html.escape(self._office.text("main", file))
        field = f"<label for=text>{file}</label><textarea id=text name=text>\n{text}</textarea>"
        return f"{field}<button>提议更改</button>"

    def _proposed(self, file: str, text: str) -> str:
        branch = f"clerk-{next(self._branches)}"
        clone = self._office.clone(branch)
        (clone / file).write_bytes(text.replace("\r\n", "\n").encode())
        self._office.upload(clone, branch)
        return f"<h1>合并请求 {self._office.forge.open(branch)}</h1>"


def _control(one: Any, answer: str) -> str:
    about, name = one["attributes"], f'id="{one["id"]}" name="{one["id"]}"'
    needed = " required" if one["validations"]["required"] else ""
    if one["type"] == "dropdown":
        inner = f"<select {name}{needed}>{''.join(_options(about['options'], answer))}</select>"
    elif one["type"] == "textarea":
        inner = f"<textarea {name}{needed}>\n{html.escape(answer)}</textarea>"
    else:
        inner = f'<input {name} value="{html.escape(answer)}"{needed}>'
    return f'<p><label for="{one["id"]}">{html.escape(about["label"])}</label> {inner}</p>'


def _options(options: list[str], answer: str) -> Iterator[str]:
    for option in ("", *options):
        chosen = " selected" if option == answer else ""
        yield f'<option value="{html.escape(option)}"{chosen}>{html.escape(option)}</option>'
