"""The branch of a filed form: rebuilt while only the form writes to it, merged into afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from archive.checks import check
from archive.editing.merging import merge
from archive.editing.questions import Form
from archive.editing.sheet.editing import UnchangeableError
from archive.facts.site import Site
from archive.files.git import GitError
from archive.files.yaml import Problem, parse_bytes
from archive.proposals.diff.revisions import load_revision
from archive.proposals.pulls import answers
from archive.proposals.pulls.record_draft import Draft
from archive.proposals.pulls.repository import Repository

REGISTER, UNIT = "data/figures.yml", "data/unit.yml"

Drafting = Callable[[Site], Draft | list[str]]
"""What was filed, as files of a site; or its faults."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch from `main` that holds what was filed in the issue `number`."""

    repository: Repository
    number: int
    main: str
    as_of: date

    @property
    def name(self) -> str:
        """The name of the branch on the forge."""
        return f"form/{self.number}"

    def fetched(self) -> str | None:
        """Fetch from the forge; returns the branch's commit there, None if there is no branch yet."""
        self.repository.fetch("+refs/heads/*:refs/remotes/origin/*")
        return self.repository.commit_of(f"refs/remotes/origin/{self.name}")

    def put(
        self, form: Form, drafting: Drafting, tip: str | None, files: Mapping[str, bytes]
    ) -> Draft | list[str]:
        """Push what was filed to the branch and return it; or its faults, and the branch is unchanged.

        `files` are new ones that were filed with it. Raises GitError, also if the branch is no longer at `tip`.
        """
        made, drafted = self._make_commit(form, drafting, tip, files)
        if not isinstance(drafted, list) and made != tip:
            self.repository.push(made, self.name, tip)
        return drafted

    def _make_commit(
        self, form: Form, drafting: Drafting, tip: str | None, files: Mapping[str, bytes]
    ) -> tuple[str, Draft | list[str]]:
        """The commit to move the branch to from `tip`, with what it holds; or "" and the faults."""
        main = self.repository.commit_of(f"refs/remotes/origin/{self.main}")
        if main is None:
            raise GitError(
                f"默认分支须已取来，现在没有 {self.main}；请在工作流里取来整个历史（fetch-depth: 0）"
            )
        made = self.repository.since(main, tip) if tip else []
        filed = [one.commit for one in made if one.filed and not one.merge]
        if tip and not filed:
            return "", [f"分支 {self.name} 须由表单生成，现已有别人的内容；请审核人改名或删去"]
        # Without commits by others, the branch is rebuilt from the current default branch.
        only_form = all(one.filed for one in made)
        start = main if only_form else self.repository.parent(filed[-1])
        with load_revision(self.repository.root, start, self.as_of) as site:
            root = site.archive.project.root
            if there := [path for path in files if (root / path).exists()]:
                return "", [f"{one} 已是别的议题的文件，须不改动；请另填一份" for one in there]
            # The folder is a temporary one: what is drafted is judged with the files in their places.
            for path, raw in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(raw)
            drafted = drafting(site)
        if isinstance(drafted, list):
            return "", drafted
        drafted = replace(drafted, files={**drafted.files, **files})
        if tip and not only_form:
            done = self._merged(form, drafted, start, filed[0], tip)
        elif tip and self._holds(tip, self.repository.fork(main, tip), drafted):
            return tip, drafted
        else:
            title = answers.title(form, self.number)
            commit = self.repository.commit(main, drafted.files, title, [main])
            done = self._checked(form, commit, main, drafted)
        return ("", done) if isinstance(done, list) else (done, drafted)

    def _holds(self, commit: str, start: str, drafted: Draft) -> bool:
        """Whether a commit changes exactly these files of `start`, to these contents."""
        files = drafted.files
        same = all(self.repository.content(commit, path) == raw for path, raw in files.items())
        return same and self.repository.changed(start, commit).keys() == files.keys()

    def _merged(
        self, form: Form, drafted: Draft, start: str, last: str, tip: str
    ) -> str | list[str]:
        """The commit that merges what changed since `last`, the form's previous commit, into `tip`.

        Commits from the form are a line of their own, each merged into the branch, so that what the
        form said can be told from what people changed. Returns the faults if they cannot be merged.
        """
        if self._holds(last, start, drafted):
            return tip
        whole: dict[str, bytes | None] = {}
        faults: list[str] = []
        for path in dict.fromkeys((*self.repository.changed(start, last), *drafted.files)):
            was, now, at_first = (
                self.repository.content(commit, path) for commit in (last, tip, start)
            )
            new = drafted.files.get(path, at_first)
            if new == was:
                continue
            if now == was:
                whole[path] = new
            elif new is None or now is None or was is None:
                there = "删去" if now is None else "改过"
                moved = "，改动后它要换文件" if new is None else ""
                faults.append(f"审核人已在分支上{there} {path}{moved}，须由审核人直接改")
            else:
                done = self._both(form, drafted, path, (was, now, new))
                if isinstance(done, list):
                    faults += done
                else:
                    whole[path] = done
        if faults:
            return faults
        title = answers.title(form, self.number)
        filed = self.repository.commit(start, drafted.files, title, [last])
        merged = self.repository.commit(tip, whole, title, [tip, filed])
        return self._checked(form, merged, tip, drafted)

    def _both(
        self, form: Form, drafted: Draft, path: str, versions: tuple[bytes, bytes, bytes]
    ) -> bytes | list[str]:
        """A file that the reviewer and the form have both changed, with both; or the faults."""
        # The register maps figures to fields; the file of names has them one deeper.
        levels, order = {REGISTER: (2, ()), UNIT: (3, ())}.get(path, (1, drafted.order))
        try:
            done = merge(*versions, list(order), levels)
        except UnchangeableError:
            return [f"审核人已在分支上改过 {path}，程序不能再改，须由审核人直接改"]
        return [answers.conflict(form, one) for one in done] if isinstance(done, list) else done

    def _checked(self, form: Form, commit: str, before: str, drafted: Draft) -> str | list[str]:
        """The commit, unless the check finds problems that `before` does not have: then those."""
        with load_revision(self.repository.root, commit, self.as_of) as new:
            found = check(new)
        if not found:
            return commit
        with load_revision(self.repository.root, before, self.as_of) as old:
            known = {(one.path, one.message) for one in check(old)}
        fresh = [one for one in found if (one.path, one.message) not in known]
        return [self._told(form, one, commit, drafted) for one in fresh] or commit

    def _told(self, form: Form, problem: Problem, commit: str, drafted: Draft) -> str:
        """A problem as the author of the form is told it: by the answer it is in, since no line is seen."""
        if problem.path not in drafted.files:
            return str(problem)
        labels = {one.field: one.label for one in form.questions}
        raw = self.repository.content(commit, problem.path) if form.collection else None
        field = parse_bytes(raw, problem.path).field_at(problem.line) if raw else ""
        if field not in labels or any(label in problem.message for label in labels.values()):
            return problem.message
        return f"“{labels[field]}”{problem.message}"
