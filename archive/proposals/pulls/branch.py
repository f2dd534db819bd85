"""The branch of a filed form: rebuilt while only the form writes to it, merged into afterwards."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.checks import check
from archive.editing.merging import merge
from archive.editing.questions import Form
from archive.editing.sheet.editing import UnchangeableError
from archive.files.git import GitError
from archive.proposals.diff.revisions import load_revision
from archive.proposals.pulls import answers
from archive.proposals.pulls.record_draft import RecordDraft, draft
from archive.proposals.pulls.repository import Repository
from archive.schema.fields import fields

MAX_ATTEMPTS = 3
"""How often to try again if somebody else pushes to the branch at the same time."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch from `main` that holds the record filed in the issue `number`."""

    repository: Repository
    number: int
    main: str
    as_of: date

    @property
    def name(self) -> str:
        """The name of the branch on the forge."""
        return f"form/{self.number}"

    def put(self, form: Form, values: dict[str, Any]) -> list[str]:
        """Push the filed form to the branch; returns faults, and then the branch is unchanged.

        Raises GitError.
        """
        for left in reversed(range(MAX_ATTEMPTS)):
            self.repository.fetch("+refs/heads/*:refs/remotes/origin/*")
            tip = self.repository.commit_of(f"refs/remotes/origin/{self.name}")
            made = self._make_commit(form, values, tip)
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

    def _make_commit(self, form: Form, values: dict[str, Any], tip: str | None) -> str | list[str]:
        """The commit to move the branch to from `tip`; or the faults of the form."""
        main = self.repository.commit_of(f"refs/remotes/origin/{self.main}")
        if main is None:
            raise GitError(
                f"默认分支须已取来，现在没有 {self.main}；请在工作流里取来整个历史（fetch-depth: 0）"
            )
        made = self.repository.since(main, tip) if tip else []
        filed = [one.commit for one in made if one.filed and not one.merge]
        if tip and not filed:
            return [f"分支 {self.name} 须由表单生成，现已有别人的内容；请审核人改名或删去"]
        # Without commits by others, the branch is rebuilt from the current default branch.
        only_form = all(one.filed for one in made)
        start = main if only_form else self.repository.parent(filed[-1])
        with load_revision(self.repository.root, start, self.as_of) as site:
            files = draft(site, form, values, self.number)
        if isinstance(files, list):
            return files
        if tip and not only_form:
            return self._merged(form, files, start, filed[0], tip)
        if tip and self._holds(tip, self.repository.fork(main, tip), files):
            return tip
        title = answers.title(form, self.number)
        return self._checked(self.repository.commit(main, files, title, [main]), main, files)

    def _holds(self, commit: str, start: str, files: RecordDraft) -> bool:
        """Whether a commit changes exactly these files of `start`, to these contents."""
        same = all(self.repository.content(commit, path) == raw for path, raw in files.items())
        return same and self.repository.changed(start, commit).keys() == files.keys()

    def _merged(
        self, form: Form, files: RecordDraft, start: str, last: str, tip: str
    ) -> str | list[str]:
        """The commit that merges the form's changes since `last`, its previous commit, into `tip`.

        Commits from the form are a line of their own, each merged into the branch, so that what the
        form said can be told from what people changed. Returns the faults if they cannot be merged.
        """
        if self._holds(last, start, files):
            return tip
        before = self.repository.changed(start, last).keys()
        if before != files.keys():
            there = "、".join(sorted(before))
            return [f"审核人已在分支上改过这条记录，改动后它要换文件，须由审核人直接改 {there}"]
        whole: RecordDraft = {}
        register = "data/figures.yml"
        for path, raw in files.items():
            was, now = (self.repository.content(commit, path) for commit in (last, tip))
            if was is None or now is None:
                return [f"审核人已在分支上删去 {path}，须由审核人处理"]
            try:
                # The register maps figures to fields.
                levels, order = (2, ()) if path == register else (1, fields(form.model))
                done = merge(was, now, raw, list(order), levels)
            except UnchangeableError:
                return [f"审核人已在分支上改过 {path}，程序不能再改，须由审核人处理"]
            if isinstance(done, list):
                return [answers.conflict(form, one) for one in done]
            whole[path] = done
        title = answers.title(form, self.number)
        filed = self.repository.commit(start, files, title, [last])
        merged = self.repository.commit(tip, whole, title, [tip, filed])
        return self._checked(merged, tip, files)

    def _checked(self, commit: str, before: str, files: RecordDraft) -> str | list[str]:
        """The commit, unless the check finds problems that `before` does not have: then those."""
        with load_revision(self.repository.root, before, self.as_of) as old:
            known = {(one.path, one.message) for one in check(old)}
        with load_revision(self.repository.root, commit, self.as_of) as new:
            found = [one for one in check(new) if (one.path, one.message) not in known]
        return [one.message if one.path in files else str(one) for one in found] or commit
