"""Make the commit that takes a pull request back, on top of the branch: no other commit is touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from archive.checks import check
from archive.editing.revising import Decision, MovedFigure, moved_figures, revised
from archive.editing.sheet.editing import UnchangeableError
from archive.facts.gather import RELEASES, gather
from archive.facts.history import commit_of
from archive.facts.site import Site
from archive.files.content import RECORDS, SETTINGS, is_content
from archive.files.git import git
from archive.files.yaml import Problem
from archive.proposals.diff.as_text import text
from archive.proposals.diff.compare import compare, reading_problems
from archive.proposals.diff.revisions import load_revision
from archive.proposals.diff.unexplained import unexplained_between
from archive.proposals.pulls.repository import Repository
from archive.proposals.undo.clashes import Clash, clashes, conflicting
from archive.proposals.undo.merged import MergedPull, UndoError
from archive.proposals.undo.register import kept_entries
from archive.schema.releases import short


@dataclass(slots=True)
class Undoing:
    """What taking a pull request back does; `commit` is empty if it cannot be done as it is."""

    branch: str
    commit: str = ""
    clashes: list[Clash] = field(default_factory=list)
    moved: list[MovedFigure] = field(default_factory=list)
    """Figures with another value, those that need a revision among them."""
    unrevised: bool = False
    """Whether a revision must be recorded, and none was decided."""
    problems: list[Problem] = field(default_factory=list)
    """What the check finds that it did not find before."""
    changes: str = ""
    """The changes, as `archive diff` tells them."""
    files: int = 0
    outside: list[str] = field(default_factory=list)
    """Files that are not content, whose change the check does not judge."""


def undo(
    repository: Repository,
    pull: MergedPull,
    base: str,
    as_of: date,
    decision: Decision | None = None,
) -> Undoing:
    """Take the pull request back on top of the commit `base`, and name the branch, if nothing stands against it.

    With a `decision`, approved figures that move back are recorded as revised. Raises UndoError, GitError.
    """
    made = Undoing(branch_of(pull.number))
    own = repository.changed(pull.before, pull.after)
    _require_undoable(repository, pull, own, made.branch)
    made.clashes = clashes(repository, pull, base)
    if made.clashes:
        return made
    tree = _reverted(repository, pull, base)
    if tree is None:
        made.clashes = conflicting(repository, pull, base)
        return made
    # A commit that no branch names yet: the revisions are read by their commits.
    draft = _commit(repository, tree, pull, base)
    with (
        load_revision(repository.root, base, as_of) as old,
        load_revision(repository.root, draft, as_of) as new,
    ):
        register = _judge(made, old, new, decision)
    if made.unrevised or made.problems:
        return made
    if register:
        tree = repository.tree(draft, register)
        draft = _commit(repository, tree, pull, base)
    changed = repository.changed(base, draft)
    if not changed:
        raise UndoError(f"拉取请求 #{pull.number} 的改动现在已经没有了，不用撤回；请看 git log")
    made.files = len(changed)
    made.outside = [path for path in changed if not is_content(path) and path != SETTINGS]
    _create_branch(repository, made.branch, draft)
    made.commit = draft
    return made


def branch_of(number: int) -> str:
    """The branch with the change that takes a pull request back."""
    return f"undo/{number}"


def _require_undoable(
    repository: Repository, pull: MergedPull, own: Iterable[str], branch: str
) -> None:
    released = [path for path in own if path.startswith(f"{RECORDS}{RELEASES}/")]
    if released:
        raise UndoError(
            f"报送过的不得改动，拉取请求 #{pull.number} 里有 {'、'.join(released)}；请用修订或更正改数，不撤回"
        )
    if commit_of(repository.root, f"refs/heads/{branch}"):
        raise UndoError(
            f"分支 {branch} 须还没有，现在已有；请看 git log {branch}，不要它的用 git branch -D {branch} 删去，再运行"
        )


def _reverted(repository: Repository, pull: MergedPull, base: str) -> str | None:
    """The tree of `base` without the changes of the pull request; None if Git cannot put them together.

    A three-way merge: from what the pull request left, back to what was there before it. Commits are
    made for it alone, because `merge-tree` of older versions of Git takes a common commit but no tree.
    """
    common = _bare(repository, pull.after, [])
    sides = [_bare(repository, commit, [common]) for commit in (base, pull.before)]
    plain = ("-c", "merge.renames=false", "-c", "merge.directoryRenames=false")
    merged = git(repository.root, *plain, "merge-tree", "--write-tree", *sides)
    return None if merged is None else merged.decode().split("\n", 1)[0]


def _bare(repository: Repository, commit: str, parents: Sequence[str]) -> str:
    after = (word for parent in parents for word in ("-p", parent))
    made = repository.run("commit-tree", f"{commit}^{{tree}}", *after, data=b"undo")
    return made.decode().strip()


def _commit(repository: Repository, tree: str, pull: MergedPull, base: str) -> str:
    """A commit by whoever runs this, without a word that others wrote: a forge acts on messages."""
    where = f"{short(pull.after)}"
    message = f"撤回拉取请求 #{pull.number}\n\n改回提交 {where} 合并以前的样子，此后的改动不变。\n"
    made = repository.run("commit-tree", tree, "-p", base, data=message.encode(), environment={})
    return made.decode().strip()


def _judge(made: Undoing, old: Site, new: Site, decision: Decision | None) -> dict[str, bytes]:
    """Fill in what moves and what is wrong; returns the register with revisions, if it has any.

    `new` is in a folder of its own, where the register is written to be read again.
    """
    known = {(one.path, one.message) for one in check(old)}
    made.problems = [one for one in reading_problems(new) if (one.path, one.message) not in known]
    if made.problems:
        return {}
    if reading_problems(old):  # it may be just this that is taken back
        made.problems = [one for one in check(new) if (one.path, one.message) not in known]
        made.changes = "撤回以前的数据读不出来，没有列出改动。\n"
        return {}
    made.moved = moved_figures(old, new)
    held = old.archive.documents["figures"].data
    settled = [one for one in made.moved if one.is_revised and one.old.id in held and _is_same(one)]
    register: dict[str, bytes] = {}
    if settled and decision is None:
        made.unrevised = True
        return {}
    if settled and decision:
        new, register = _with_revisions(old, new, settled, decision)
    found = [*check(new), *unexplained_between(old, new)]
    made.problems = [one for one in found if (one.path, one.message) not in known]
    made.changes = text(compare(old, new))
    return register


def _is_same(moved: MovedFigure) -> bool:
    """Whether a figure means the same before and after: another definition makes it another figure."""
    old, new = moved.old.figure, moved.new.figure
    return (old.period, old.unit, old.definition) == (new.period, new.unit, new.definition)


def _with_revisions(
    old: Site, new: Site, settled: Sequence[MovedFigure], decision: Decision
) -> tuple[Site, dict[str, bytes]]:
    """The site and its register once each settled figure keeps its entry of today, revised once more.

    The entry as it was before the pull request has not heard of what was approved or revised since.
    """
    project = new.archive.project
    path = new.archive.documents["figures"].path
    ids = [one.old.id for one in settled]
    raw = kept_entries(_raw(old, path), _raw(new, path), ids)
    (project.root / path).write_bytes(raw)
    try:
        register = revised(Site(gather(project)), list(settled), decision)
    except UnchangeableError:
        raise UndoError(
            f"{path} 的写法特殊，程序不能记修订；请手工改数并记修订，另开拉取请求"
        ) from None
    (project.root / path).write_bytes(register[path])
    return Site(gather(project)), register


def _raw(site: Site, path: str) -> bytes:
    return Path(site.archive.project.root / path).read_bytes()


def _create_branch(repository: Repository, branch: str, commit: str) -> None:
    """Name a new branch; one that somebody has made meanwhile stays as it is."""
    none = "0" * len(commit)
    git(repository.root, "update-ref", f"refs/heads/{branch}", commit, none)
