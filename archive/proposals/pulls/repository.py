"""The clone a workflow runs in: commits made without touching the work tree, branches pushed."""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

AUTHOR = "档案表单"
EMAIL = "form@archive.invalid"
"""Whose commits those made from a form are; by it they are found again."""


class GitError(Exception):
    """A Git command failed; says which and why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A commit: whether it was made from a form, and left so (whoever amends one makes it theirs)."""

    commit: str
    filed: bool
    merge: bool


@dataclass(frozen=True, slots=True)
class Repository:
    """A clone whose remote `origin` is the repository on the forge."""

    root: Path

    def run(self, *args: str, data: bytes = b"", index: str | None = None) -> bytes:
        """What a Git command prints; raises GitError. No shell: an argument is an argument."""
        identity = {f"GIT_{who}_NAME": AUTHOR for who in ("AUTHOR", "COMMITTER")}
        identity |= {f"GIT_{who}_EMAIL": EMAIL for who in ("AUTHOR", "COMMITTER")}
        environment = {**os.environ, **identity, "GIT_TERMINAL_PROMPT": "0"}
        if index:
            environment["GIT_INDEX_FILE"] = index
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *args],
            cwd=self.root,
            input=data,
            env=environment,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise GitError(f"git {args[0]} 须成功，现为：{said}")
        return done.stdout

    def fetch(self, *refspecs: str) -> None:
        """Bring in what the forge has; what is gone there is gone here."""
        self.run("fetch", "--quiet", "--prune", "--no-tags", "origin", *refspecs)

    def commit_of(self, ref: str) -> str | None:
        """The commit that a full ref names, None if there is no such ref."""
        try:
            return self._line("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        except GitError:
            return None

    def parent(self, commit: str) -> str:
        """The first parent of a commit."""
        return self._line("rev-parse", f"{commit}^")

    def fork(self, one: str, other: str) -> str:
        """Where two commits parted."""
        return self._line("merge-base", one, other)

    def since(self, base: str, tip: str) -> list[Made]:
        """The commits on the way from `base` to `tip`, the newest first."""
        lines = self._line("log", "--topo-order", "--format=%H%x00%ce%x00%P", f"{base}..{tip}")
        told = (line.split("\0") for line in lines.splitlines())
        return [Made(commit, email == EMAIL, " " in parents) for commit, email, parents in told]

    def changed(self, old: str, new: str) -> set[str]:
        """The files that differ between two commits."""
        listed = self.run("diff", "--name-only", "--no-renames", "-z", old, new)
        return {name for name in listed.decode("utf-8", "replace").split("\0") if name}

    def content(self, commit: str, path: str) -> bytes | None:
        """A file as a commit has it, None if it has none."""
        try:
            return self.run("cat-file", "blob", f"{commit}:{path}")
        except GitError:
            return None

    def commit(
        self, source: str, files: Mapping[str, bytes], message: str, parents: Sequence[str]
    ) -> str:
        """A commit of what `source` holds with these files written; no branch moves."""
        with tempfile.TemporaryDirectory(prefix="archive-") as folder:
            index = f"{folder}/index"
            self.run("read-tree", source, index=index)
            for path, raw in files.items():
                blob = self._line("hash-object", "-w", "--stdin", data=raw)
                entry = f"100644,{blob},{path}"
                self.run("update-index", "--add", "--cacheinfo", entry, index=index)
            tree = self._line("write-tree", index=index)
        after = (word for parent in parents for word in ("-p", parent))
        return self._line("commit-tree", tree, *after, data=message.encode())

    def push(self, commit: str, branch: str, was: str | None) -> None:
        """Let `branch` on the forge be `commit`, if it still is at `was` (None: is not there)."""
        ref = f"refs/heads/{branch}"
        lease = f"--force-with-lease={ref}:{was or ''}"
        self.run("push", "--quiet", lease, "origin", f"{commit}:{ref}")

    def _line(self, *args: str, data: bytes = b"", index: str | None = None) -> str:
        return self.run(*args, data=data, index=index).decode().strip()
