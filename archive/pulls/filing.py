"""A filed form, an issue on the forge, turned into a branch and a pull request, or answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.changes.sides import side
from archive.checks import check
from archive.forms import kind_of, parse_form
from archive.pulls import answers
from archive.pulls.api import Forge, ForgeError
from archive.pulls.drafting import Draft, draft
from archive.pulls.merging import merge
from archive.pulls.repository import GitError, Repository
from archive.questions import FORMS
from archive.sheet.editing import UnchangeableError

MARK = "archive:form"
"""By it the comment that answers a form is found again."""

WORKFLOWS = ("check.yml", "ci.yml")
"""What a pull request is judged by. The forge starts none for what a workflow pushes: that is asked for."""

TRIES = 3
"""Times that a branch is made anew if somebody else pushes to it meanwhile."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One form: its issue, and the branch (from `main`, the default one) that its record is on."""

    forge: Forge
    repository: Repository
    number: int
    main: str
    as_of: date

    @property
    def branch(self) -> str:
        """The branch of the form's pull request."""
        return f"form/{self.number}"

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
        refused = values if isinstance(values, list) else self._put(kind, values)
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
            if own and head["ref"] == self.branch:
                return pull
        return None

    def _put(self, kind: str, values: dict[str, Any]) -> list[str]:
        """Bring the branch to what was filed; or why not, and the branch stays as it is."""
        for left in reversed(range(TRIES)):
            self.repository.fetch("+refs/heads/*:refs/remotes/origin/*")
            tip = self.repository.commit_of(f"refs/remotes/origin/{self.branch}")
            made = self._made(kind, values, tip)
            if isinstance(made, list):
                return made
            if made == tip:
                break
            try:
                self.repository.push(made, self.branch, tip)
                break
            except GitError:
                if not left:
                    raise
        return []

    def _made(self, kind: str, values: dict[str, Any], tip: str | None) -> str | list[str]:
        """The commit that the branch, now at `tip`, is to be at; or what is wrong with it."""
        main = self.repository.commit_of(f"refs/remotes/origin/{self.main}")
        if main is None:
            raise GitError(f"默认分支须已取来，没有 {self.main}")
        last = tip and self.repository.filed(main, tip)
        if tip and not last:
            return [f"分支 {self.branch} 须由表单生成，现已有别人的内容；请审核人改名或删去"]
        # Nobody else's work is on the branch: it is made anew from what the site is now.
        alone = last == tip
        start = main if alone else self.repository.parent(str(last))
        with side(self.repository.root, start, self.as_of) as site:
            files = draft(site, kind, values, self.number)
        if isinstance(files, list):
            return files
        if tip and last and not alone:
            return self._merged(kind, files, last, tip)
        if tip and self._holds(tip, main, files):
            return tip
        return self._sound(main, files, kind)

    def _holds(self, tip: str, main: str, files: Draft) -> bool:
        """Whether the branch changes just these files, to just this."""
        found = self.repository.changed(self.repository.fork(main, tip), tip)
        same = all(self.repository.content(tip, path) == raw for path, raw in files.items())
        return found == files.keys() and same

    def _merged(self, kind: str, files: Draft, last: str, tip: str) -> str | list[str]:
        """What the form changed since its last commit, put into what people made of it."""
        before = self.repository.changed(self.repository.parent(last), last)
        if before != files.keys():
            return [
                f"审核人已在分支上改过这条记录，改动后它要换文件，须由审核人直接改 {'、'.join(sorted(before))}"
            ]
        changed: Draft = {}
        for path, raw in files.items():
            was, now = (self.repository.content(commit, path) for commit in (last, tip))
            if was is None or now is None:
                return [f"审核人已在分支上删去 {path}，须由审核人处理"]
            try:
                done = merge(was, now, raw, list(FORMS[kind].model.model_fields))
            except UnchangeableError:
                return [f"审核人已在分支上改过 {path}，程序不能再改，须由审核人处理"]
            if done.conflicts:
                return [answers.conflict(kind, *one) for one in done.conflicts]
            if done.raw != now:
                changed[path] = done.raw
        return self._sound(tip, changed, kind) if changed else tip

    def _sound(self, parent: str, files: Draft, kind: str) -> str | list[str]:
        """A commit with the files, if the check finds nothing that it does not find without them."""
        made = self.repository.commit(parent, files, answers.title(kind, self.number))
        with side(self.repository.root, parent, self.as_of) as old:
            known = {(one.path, one.message) for one in check(old)}
        with side(self.repository.root, made, self.as_of) as new:
            found = [one for one in check(new) if (one.path, one.message) not in known]
        return [one.message if one.path in files else str(one) for one in found] or made

    def _open(self, kind: str, pull: Any) -> int:
        """The number of the form's pull request, opened if there is none."""
        if pull is None:
            text = {
                "title": answers.title(kind, self.number),
                "body": answers.body(kind, self.number),
                "head": self.branch,
                "base": self.main,
            }
            try:
                pull = self.forge.call("POST", "/pulls", text)
            except ForgeError:
                self._say(answers.unopened(self.branch))
                raise
        return int(pull["number"])

    def _started(self) -> bool:
        """Have the branch checked; whether the forge agreed to."""
        try:
            for name in WORKFLOWS:
                self.forge.call(
                    "POST", f"/actions/workflows/{name}/dispatches", {"ref": self.branch}
                )
        except ForgeError:
            return False
        return True


def _meant(title: str) -> str | None:
    """The form that an issue was begun with, told by its title: the text may be spoilt."""
    found = (kind for kind, form in FORMS.items() if title.startswith(f"{form.title}："))
    return next(found, None)
