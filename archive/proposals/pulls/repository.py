"""The clone a workflow runs in: make commits without touching the work tree, and push branches."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.facts.history import commit_of, folder_in_repository
from archive.files.git import GitError, git, line, names

AUTHOR = "档案表单"
EMAIL = "form@archive.invalid"
"""Committer of the commits made from a form; they are recognised by this address."""
_IDENTITY = {
    f"GIT_{who}_{what}": text
    for who in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", AUTHOR), ("EMAIL", EMAIL))
}


@dataclass(frozen=True, slots=True)
class BranchCommit:
    """A commit; `filed` is whether it was made from a form and not amended by somebody since."""

    commit: str
    filed: bool
    merge: bool


@dataclass(frozen=True, slots=True)
class Repository:
    """A clone whose remote `origin` is the repository on the forge."""

    root: Path

    def run(
        self, *args: str, data: bytes = b"", environment: Mapping[str, str] = _IDENTITY
    ) -> bytes:
        """The output of a Git command; raises GitError if it fails or has no answer."""
        answer = git(self.root, *args, data=data, environment=environment)
        if answer is None:
            raise GitError(f"git {args[0]} 须有结果，现在没有；请看克隆是否完整，再运行一次")
        return answer

    @property
    def folder(self) -> str:
        """The site's folder in the repository, with a slash at its end; empty if it is the top."""
        return folder_in_repository(self.root)

    def fetch(self, *refspecs: str) -> None:
        """Fetch from the forge, and delete refs that no longer exist there."""
        self.run("fetch", "--quiet", "--prune", "--no-tags", "origin", *refspecs)

    def commit_of(self, ref: str) -> str | None:
        """The commit that a full ref names; None if there is no such ref."""
        return commit_of(self.root, ref) or None

    def parent(self, commit: str) -> str:
        """The first parent of a commit."""
        return self._line("rev-parse", f"{commit}^")

    def fork(self, one: str, other: str) -> str:
        """The merge base of two commits."""
        return self._line("merge-base", one, other)

    def since(self, base: str, tip: str) -> list[BranchCommit]:
        """The commits in `base..tip`, newest first."""
        told = self.run("log", "--topo-order", "--format=%H%x00%ce%x00%P", f"{base}..{tip}")
        # An address may be in any encoding, and have what ends a line elsewhere than in Git.
        fields = (line.split(b"\0") for line in told.split(b"\n") if line)
        return [
            BranchCommit(commit.decode(), email == EMAIL.encode(), b" " in parents)
            for commit, email, parents in fields
        ]

    def changed(self, old: str, new: str) -> dict[str, str]:
        """The files that differ between two commits, each with its mode in `new` (000000: none).

        Those that `old` has come first, so that no new ones push them out of a list. Those beside the site's
        folder, which a pull request can change too, begin with `../`.
        """
        # Each entry is `:mode mode id id status`, then the path.
        raw = names(self.root, "diff", "--raw", "--no-renames", "--no-abbrev", "-z", old, new)
        folder = self.folder
        up = "../" * folder.count("/")
        found = sorted(
            zip(raw[::2], raw[1::2], strict=True), key=lambda one: one[0].startswith(":000000")
        )
        return {
            path.removeprefix(folder) if path.startswith(folder) else up + path: about.split(" ")[1]
            for about, path in found
        }

    def content(self, commit: str, path: str) -> bytes | None:
        """The content of a file in a commit; None if the commit does not have it."""
        blob = line(self.root, "rev-parse", "--verify", "--quiet", f"{commit}:./{path}")
        return self.run("cat-file", "blob", blob) if blob else None

    def record(self, commit: str, collection: str, id_: str) -> bytes | None:
        """The file of a record in a commit; None if there is no such commit, or none of that id in it."""
        if not self.commit_of(commit):
            return None
        paths = names(
            self.root, "ls-tree", "-r", "--name-only", "-z", commit, f"data/{collection}/"
        )
        found = [path for path in paths if path.rpartition("/")[2] == f"{id_}.yml"]
        return self.content(commit, found[0]) if len(found) == 1 else None

    def commit(
        self,
        source: str,
        files: Mapping[str, bytes | None],
        message: str,
        parents: Sequence[str],
    ) -> str:
        """Make a commit of the tree of `source` with these files written, or deleted (None); returns its id.

        No branch is moved.
        """
        after = (word for parent in parents for word in ("-p", parent))
        tree = self.tree(source, files)
        return self._line("commit-tree", tree, *after, data=message.encode())

    def tree(self, source: str, files: Mapping[str, bytes | None]) -> str:
        """The id of the tree of `source` with these files written, or deleted (None); the work tree is left alone."""
        with tempfile.TemporaryDirectory(prefix="archive-") as temporary:
            index = {"GIT_INDEX_FILE": f"{temporary}/index"}
            self.run("read-tree", source, environment=index)
            folder = self.folder
            for path, raw in files.items():
                if raw is None:
                    gone = f"{folder}{path}"
                    self.run("update-index", "--force-remove", "--", gone, environment=index)
                    continue
                blob = self._line("hash-object", "-w", "--stdin", data=raw)
                entry = f"100644,{blob},{folder}{path}"
                self.run("update-index", "--add", "--cacheinfo", entry, environment=index)
            return self.run("write-tree", environment=index).decode().strip()

    def push(self, commit: str, branch: str, was: str | None) -> None:
        """Push `commit` to `branch` if it is still at `was` on the forge (None: does not exist).

        Raises GitError.
        """
        ref = f"refs/heads/{branch}"
        lease = f"--force-with-lease={ref}:{was or ''}"
        self.run("push", "--quiet", lease, "origin", f"{commit}:{ref}")

    def _line(self, *args: str, data: bytes = b"") -> str:
        return self.run(*args, data=data).decode().strip()
