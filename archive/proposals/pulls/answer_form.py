"""Answer a filed form: turn its issue into a branch and a pull request, or say what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.editing.forms import form_of, parse_form
from archive.editing.questions import Form
from archive.files.git import GitError
from archive.proposals.pulls import answers
from archive.proposals.pulls.attached import UnfetchableError, fetch_one
from archive.proposals.pulls.branch import Branch
from archive.proposals.pulls.filed_files import by_name, with_files
from archive.proposals.pulls.forge import Forge, ForgeError, Issue
from archive.proposals.pulls.record_draft import Draft, draft
from archive.schema.form_models import Upload

MARK = "archive:form"
"""The mark by which the comment that answers a form is found again."""

WAYS = "archive:ways"
"""The mark of the one answer to an issue that is no form."""

MAX_ATTEMPTS = 5
"""How often to go over an issue that is edited, or a branch that is pushed to, at the same time."""

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
        """Act on the issue as it is now; returns one line on what was done. Raises ForgeError, GitError.

        If somebody edits the issue or pushes to its branch meanwhile, it is done again. The issue is read
        after the branch: so of two workflows that run at once, the one with the older text cannot push last.
        """
        for left in reversed(range(MAX_ATTEMPTS)):
            tip = self.branch.fetched()
            issue = self.forge.issue(self.number)
            try:
                done = self._answered(issue, tip)
            except GitError:
                if left and self.branch.fetched() != tip:
                    continue
                raise
            except ForgeError:
                raise
            except Exception:  # whatever was filed, it is answered
                self._say(answers.FAILED)
                raise
            if self.forge.issue(self.number) == issue:
                break
        return done

    def _answered(self, issue: Issue, tip: str | None) -> str:
        form = form_of(self.forms, issue.title, issue.body)
        if not issue.is_open:
            return f"议题 #{self.number} 不是待办的表单，不作处理。"
        if form is None:
            self.forge.say(self.number, "issues", WAYS, answers.ways(self.forms))
            return f"议题 #{self.number} 不是表单，已答复有哪些办法。"
        pull = self.forge.newest_pull(self.branch.name)
        if pull and pull.state != "open":
            self._say(answers.finished(self._named(pull.number), merged=pull.state == "merged"))
            return f"议题 #{self.number} 的拉取请求已了结，不再更新。"
        values = parse_form(issue.body, form)
        drafted = values if isinstance(values, list) else self._put(form, values, tip)
        if isinstance(drafted, list):
            self._say(answers.refused(form, drafted, self._named(pull.number) if pull else None))
            return f"议题 #{self.number} 有 {len(drafted)} 处要改，已答复。"
        name = self._named(pull.number if pull else self._open(form))
        self._say(answers.accepted(name, drafted.notes, started=self._started()))
        return f"议题 #{self.number} 已成为{name}。"

    def _put(self, form: Form, values: dict[str, Any], tip: str | None) -> Draft | list[str]:
        """Put what was filed on the branch; returns it, or what is wrong with it."""
        if form.model is not Upload:
            filed = with_files(self.forge, form, values, self.number, self.branch.as_of)
            if isinstance(filed, list):
                return filed
            answered, files = filed
            there = self.branch.repository
            return self.branch.put(
                form,
                lambda site: draft(site, form, answered, self.number, there),
                tip,
                files,
            )
        from archive.proposals.pulls.sheet_draft import sheet_draft  # with a library few forms need

        try:
            workbook = fetch_one(self.forge, values["files"])
        except UnfetchableError as error:
            return [str(error)]
        kept = by_name(self.forge, values.get("photos", ()), self.number, self.branch.as_of)
        if isinstance(kept, list):
            return kept
        paths, files = kept
        return self.branch.put(
            form,
            lambda site: sheet_draft(site, workbook, values, paths),
            tip,
            files,
        )

    def _say(self, text: str) -> None:
        self.forge.say(self.number, "issues", MARK, text)

    def _named(self, pull: int) -> str:
        return self.forge.pull_name.format(pull)

    def _open(self, form: Form) -> int:
        """Open the form's pull request; returns its number."""
        title, body = answers.title(form, self.number), answers.body(form, self.number)
        try:
            return self.forge.open_pull(title, body, self.branch.name, self.branch.main)
        except ForgeError:
            # Another workflow may have opened it at the same time.
            pull = self.forge.newest_pull(self.branch.name)
            if pull is None or pull.state != "open":
                self._say(answers.unopened(self.branch.name, self.forge.opening_right))
                raise
            return pull.number

    def _started(self) -> bool:
        """Start the checks of the branch; returns whether the forge accepted all of them."""
        try:
            self.forge.start_checks(self.branch.name, WORKFLOWS)
        except ForgeError:
            return False
        return True
