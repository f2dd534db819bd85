"""A filed form, an issue on the forge, turned into a branch and a pull request, or answered."""

from dataclasses import dataclass
from typing import Any

from archive.editing.forms import kind_of, parse_form
from archive.editing.questions import FORMS
from archive.proposals.pulls import answers
from archive.proposals.pulls.api import Forge, ForgeError
from archive.proposals.pulls.branch import Branch

MARK = "archive:form"
"""By it the comment that answers a form is found again."""

WORKFLOWS = ("check.yml", "ci.yml")
"""What a pull request is judged by. The forge starts none for what a workflow pushes: that is asked for."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One form: its issue on the forge, and the branch its record is on."""

    forge: Forge
    branch: Branch

    @property
    def number(self) -> int:
        """The issue's."""
        return self.branch.number

    def answer(self) -> str:
        """Do all there is to do about the issue as it is now; what was done, in one line."""
        issue = self.forge.call("GET", f"/issues/{self.number}")
        body = issue["body"] or ""
        kind = kind_of(body) or _meant(issue["title"])
        if issue.get("pull_request") or issue["state"] != "open" or kind is None:
            return f"议题 #{self.number} 不是待办的表单，不作处理。"
        pull = self._pull()
        if pull and pull["state"] != "open":
            self._say(answers.finished(pull["number"], merged=bool(pull["merged_at"])))
            return f"议题 #{self.number} 的拉取请求已了结，不再更新。"
        values = parse_form(body, kind)
        refused = values if isinstance(values, list) else self.branch.put(kind, values)
        if refused:
            self._say(answers.refused(kind, refused, pull and pull["number"]))
            return f"议题 #{self.number} 有 {len(refused)} 处要改，已答复。"
        number = self._open(kind, pull)
        self._say(answers.accepted(number, self._started()))
        return f"议题 #{self.number} 已成为拉取请求 #{number}。"

    def _say(self, text: str) -> None:
        self.forge.say(self.number, MARK, text)

    def _pull(self) -> Any:
        """The pull request from the form's branch: the newest, in whatever state it is."""
        for pull in self.forge.pulls("all"):
            head = pull["head"]
            own = head["repo"] and head["repo"]["full_name"] == self.forge.repository
            if own and head["ref"] == self.branch.name:
                return pull
        return None

    def _open(self, kind: str, pull: Any) -> int:
        """The number of the form's pull request, opened if there is none."""
        if pull is None:
            text = {
                "title": answers.title(kind, self.number),
                "body": answers.body(kind, self.number),
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
        """Have the branch checked; whether the forge agreed to."""
        try:
            for name in WORKFLOWS:
                self.forge.call(
                    "POST", f"/actions/workflows/{name}/dispatches", {"ref": self.branch.name}
                )
        except ForgeError:
            return False
        return True


def _meant(title: str) -> str | None:
    """The form that an issue was begun with, told by its title: the text may be spoilt."""
    found = (kind for kind, form in FORMS.items() if title.startswith(f"{form.title}："))
    return next(found, None)
