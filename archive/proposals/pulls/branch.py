"""The branch of a filed form: made anew while it is the form's alone, merged into once people worked on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.checks import check
from archive.editing.merging import merge
from archive.editing.questions import FORMS
from archive.editing.sheet.editing import UnchangeableError
from archive.files.git import GitError
from archive.proposals.diff.sides import side
from archive.proposals.pulls import answers
from archive.proposals.pulls.drafting import Draft, draft
from archive.proposals.pulls.repository import Repository
from archive.schema.register import Revision

TRIES = 3
"""Times that a branch is made anew if somebody else pushes to it meanwhile."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch, from `main`, that holds what was filed in the issue `number`."""

    repository: Repository
    number: int
    main: str
    as_of: date

    @property
    def name(self) -> str:
        """What the forge calls it."""
        return f"form/{self.number}"

    def put(self, kind: str, values: dict[str, Any]) -> list[str]:
        """Bring the branch to what was filed; or why not, and the branch stays as it is."""
        for left in reversed(range(TRIES)):
            self.repository.fetch("+refs/heads/*:refs/remotes/origin/*")
            tip = self.repository.commit_of(f"refs/remotes/origin/{self.name}")
            made = self._made(kind, values, tip)
            if isinstance(made, list):
                return made
            if made == tip:
                break
            try:
                self.repository.push(made, self.name, tip)
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
        made = self.repository.since(main, tip) if tip else []
        filed = [one.commit for one in made if one.filed and not one.merge]
        if tip and not filed:
            return [f"分支 {self.name} 须由表单生成，现已有别人的内容；请审核人改名或删去"]
        # With nobody else's work on it, the branch is made anew from what the site is now.
        alone = all(one.filed for one in made)
        start = main if alone else self.repository.parent(filed[-1])
        with side(self.repository.root, start, self.as_of) as site:
            files = draft(site, kind, values, self.number)
        if isinstance(files, list):
            return files
        if tip and not alone:
            return self._merged(kind, files, start, filed[0], tip)
        if tip and self._holds(tip, self.repository.fork(main, tip), files):
            return tip
        title = answers.title(kind, self.number)
        return self._sound(self.repository.commit(main, files, title, [main]), main, files)

    def _holds(self, commit: str, start: str, files: Draft) -> bool:
        """Whether a commit changes just these files of `start`, to just this."""
        same = all(self.repository.content(commit, path) == raw for path, raw in files.items())
        return same and self.repository.changed(start, commit) == files.keys()

    def _merged(self, kind: str, files: Draft, start: str, last: str, tip: str) -> str | list[str]:
        """What the form changed since `last`, when it was filed before, put into what people made of it.

        What was filed stays a line of commits of its own, each merged into the branch: so it can be
        told what the form said from what people did.
        """
        if self._holds(last, start, files):
            return tip
        before = self.repository.changed(start, last)
        if before != files.keys():
            there = "、".join(sorted(before))
            return [f"审核人已在分支上改过这条记录，改动后它要换文件，须由审核人直接改 {there}"]
        whole: Draft = {}
        for path, raw in files.items():
            was, now = (self.repository.content(commit, path) for commit in (last, tip))
            if was is None or now is None:
                return [f"审核人已在分支上删去 {path}，须由审核人处理"]
            try:
                # A correction's file is the register: a mapping of figures.
                levels = 2 if FORMS[kind].model is Revision else 1
                done = merge(was, now, raw, list(FORMS[kind].model.model_fields), levels)
            except UnchangeableError:
                return [f"审核人已在分支上改过 {path}，程序不能再改，须由审核人处理"]
            if isinstance(done, list):
                return [answers.conflict(kind, one) for one in done]
            whole[path] = done
        title = answers.title(kind, self.number)
        filed = self.repository.commit(start, files, title, [last])
        merged = self.repository.commit(tip, whole, title, [tip, filed])
        return self._sound(merged, tip, files)

    def _sound(self, commit: str, before: str, files: Draft) -> str | list[str]:
        """The commit, if the check finds nothing in it that it does not find in the one before."""
        with side(self.repository.root, before, self.as_of) as old:
            known = {(one.path, one.message) for one in check(old)}
        with side(self.repository.root, commit, self.as_of) as new:
            found = [one for one in check(new) if (one.path, one.message) not in known]
        return [one.message if one.path in files else str(one) for one in found] or commit
