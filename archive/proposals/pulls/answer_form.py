"""Answer a filed form: turn its issue into a branch and a pull request, or say what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.editing.forms import form_of, parse_form
from archive.editing.questions import Form
from archive.proposals.pulls import answers
from archive.proposals.pulls.api import Forge, ForgeError
from archive.proposals.pulls.attached import UnfetchableError, fetch_one
from archive.proposals.pulls.branch import Branch
from archive.proposals.pulls.filed_files import with_files
from archive.proposals.pulls.record_draft import Draft, draft, with_also
from archive.proposals.pulls.sheet_draft import sheet_draft
from archive.schema.form_models import Upload

MARK = "archive:form"
"""The mark by which the comment that answers a form is found again."""

WAYS = "archive:ways"
"""The mark of the one answer to an issue that is no form."""

WORKFLOWS = ("check.yml", "ci.yml")
"""Workflows to start for the branch; a forge starts none by itself for a push by a workflow."""


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """One filed form: its forge, the branch with its record, and the forms there are."""

    forge: Forge
    branch: Branch
    forms: Sequence[Form]

    @property
    def number(self) -> int:
        """The number of the issue."""
        return self.branch.number

    def answer(self) -> str:
        """Act on the issue as it is now; returns one line on what was done. Raises ForgeError."""
        issue = self.forge.call("GET", f"/issues/{self.number}")
        body = issue["body"] or ""
        form = form_of(self.forms, issue["title"], body)
        if issue.get("pull_request") or issue["state"] != "open":
            return f"议题 #{self.number} 不是待办的表单，不作处理。"
        if form is None:
            self.forge.comment(self.number, WAYS, answers.ways(self.forms))
            return f"议题 #{self.number} 不是表单，已答复有哪些办法。"
        pull = self._pull()
        if pull and pull["state"] != "open":
            self._say(answers.finished(pull["number"], merged=bool(pull["merged_at"])))
            return f"议题 #{self.number} 的拉取请求已了结，不再更新。"
        values = parse_form(body, form)
        drafted = values if isinstance(values, list) else self._put(form, values, issue)
        if isinstance(drafted, list):
            self._say(answers.refused(form, drafted, pull and pull["number"]))
            return f"议题 #{self.number} 有 {len(drafted)} 处要改，已答复。"
        number = self._open(form, pull)
        self._say(answers.accepted(number, self._started(), drafted.notes))
        return f"议题 #{self.number} 已成为拉取请求 #{number}。"

    def _put(self, form: Form, values: dict[str, Any], issue: Any) -> Draft | list[str]:
        """Put what was filed on the branch; returns it, or what is wrong with it."""
        if form.model is not Upload:
            filed = with_files(self.forge, form, values, self.number, self.branch.as_of)
            if isinstance(filed, list):
                return filed
            answered, files = filed
            there = self.branch.repository
            return self.branch.put(
                form, lambda site: with_also(draft(site, form, answered, self.number, there), files)
            )
        try:
            workbook = fetch_one(self.forge, issue, values["files"])
        except UnfetchableError as error:
            return [str(error)]
        return self.branch.put(form, lambda site: sheet_draft(site, workbook, values))

    def _say(self, text: str) -> None:
        self.forge.comment(self.number, MARK, text)

    def _pull(self) -> Any:
        """The newest pull request from the form's branch, open or closed; None if there is none."""
        for pull in self.forge.pulls("all"):
            head = pull["head"]
            own = head["repo"] and head["repo"]["full_name"] == self.forge.repository
            if own and head["ref"] == self.branch.name:
                return pull
        return None

    def _open(self, form: Form, pull: Any) -> int:
        """The number of the form's pull request, which is opened if `pull` is None."""
        if pull is None:
            text = {
                "title": answers.title(form, self.number),
                "body": answers.body(form, self.number),
                "head": self.branch.name,
                "base": self.branch.main,
            }
            try:
                pull = self.forge.call("POST", "/pulls", text)
            except ForgeError:
                self._say(answers.unopened(self.branch.name))
                raise
        return int(pull["number"])

    def _started(self) -> bool:
        """Start the checks of the branch; returns whether the forge accepted all of them."""
        try:
            for name in WORKFLOWS:
                self.forge.call(
                    "POST", f"/actions/workflows/{name}/dispatches", {"ref": self.branch.name}
                )
        except ForgeError:
            return False
        return True
