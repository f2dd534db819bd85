"""An office around a forge, as tests of pull requests have it: people at work, and the workflows' commands."""

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from click.testing import CliRunner, Result

from archive.commands.cli import main
from archive.commands.pulls import FORGES
from archive.editing.editors import files as editors_files
from archive.facts.history import blobs
from archive.files.git import git as read
from archive.files.git import names
from tests.conftest import ROOT
from tests.samples.collections import COLLECTIONS, LISTS
from tests.samples.history import git
from tests.samples.sample import write
from tests.samples.standin import NAME, TOKEN, Forge

DAY = "2026-03-01"
SAID = "<!-- archive:pull -->\n以下是提交 <code>{}</code> 并入 <code>main</code> 的结果。\n\n"
"""How the comment on a pull request begins, with the first twelve letters of the commit."""
MAINTAINER = {
    f"GIT_{who}_{what}": said
    for who in ("AUTHOR", "COMMITTER")
    for what, said in (("NAME", "甲"), ("EMAIL", "a@example.org"), ("DATE", "2026-01-01T12:00:00Z"))
}


class ConflictError(Exception):
    """A forge merges no pull request that Git cannot."""


@cache
def _pushed(files: tuple[tuple[str, str | bytes | None], ...], inside: str) -> Path:
    """A bare repository with the sample site in its first commit."""
    folder = Path(tempfile.mkdtemp(prefix="archive-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    first, bare = folder / "first", folder / "bare"
    write(first / inside, dict(files))
    editors_files.write(first / inside, editors_files.generated(COLLECTIONS, LISTS))
    shutil.copy(ROOT / ".gitignore", first)
    git(folder, "init", "--bare", "--template=", "-b", "main", str(bare))
    git(first, "init", "-b", "main")
    git(first, "add", ".")
    git(first, "commit", "-m", "x")
    git(first, "push", str(bare), "main")
    return bare


class Office:
    """The sample site on a forge, and the clones of it that people and workflows work in."""

    def __init__(
        self,
        folder: Path,
        forge: Forge,
        files: dict[str, str | bytes | None],
        inside: str = "",
    ) -> None:
        """`inside` is the folder of the repository that the site is in."""
        self.folder, self.forge, self.inside = folder, forge, inside
        shutil.copytree(_pushed(tuple(files.items()), inside), forge.bare, dirs_exist_ok=True)
        self._clones = self._numbered()

    # People.

    def edit(self, branch: str, path: str, old: str, new: str) -> str:
        """Change a file in the forge's editor and commit to the branch, from main if it is new."""
        bare, start = self.forge.bare, self._start(branch)
        whole = (Path(self.inside) / path).as_posix()
        text = self.text(branch, path)
        assert text.count(old) == 1, (path, old)
        content = text.replace(old, new).encode()
        commit = (
            f"commit refs/heads/{branch}\ncommitter 甲 <a@example.org> 1767268800 +0000\ndata 3\n改\n"
            f"from {start}\nM 100644 inline {whole}\ndata {len(content)}\n"
        )
        read(bare, "fast-import", "--quiet", data=commit.encode() + content + b"\n")
        return self.forge.head(branch)

    def upload(self, clone: Path, branch: str) -> str:
        git(clone, "add", ".")
        git(clone, "commit", "-m", "改")
        git(clone, "push", "origin", f"HEAD:refs/heads/{branch}")
        return self.forge.head(branch)

    def merge(self, number: int) -> None:
        """A reviewer merges a pull request with the forge's button. Raises ConflictError where Git cannot."""
        bare, branch = self.forge.bare, self.forge.issues[number]["branch"]
        tree = read(bare, "merge-tree", "--write-tree", "main", branch)
        if tree is None:
            raise ConflictError
        parents = ("-p", "main", "-p", branch, "-m", "并")
        commit = read(bare, "commit-tree", tree.decode().strip(), *parents, environment=MAINTAINER)
        git(bare, "update-ref", "refs/heads/main", (commit or b"").decode().strip())
        self.forge.close(number, merged=True)

    def _start(self, branch: str) -> str:
        """The commit of a branch; that of main if there is none yet."""
        return self.forge.head(branch) or self.forge.head("main")

    def _blob(self, branch: str, name: str) -> bytes:
        """A file of a branch by its path in the repository, as Git holds it."""
        found = read(self.forge.bare, "cat-file", "blob", f"{self._start(branch)}:{name}")
        assert found is not None, name
        return found

    def text(self, branch: str, path: str) -> str:
        return self._blob(branch, (Path(self.inside) / path).as_posix()).decode()

    def files(self, branch: str) -> dict[str, bytes]:
        """Everything on a branch."""
        listed = names(self.forge.bare, "ls-tree", "-r", "-z", self._start(branch))
        ids = {name: entry.split()[2] for entry, _, name in (one.partition("\t") for one in listed)}
        found = blobs(self.forge.bare, ids.values())
        return {name: found[id_] for name, id_ in ids.items()}

    def changed(self, branch: str) -> set[str]:
        """The files that a branch changes, adds or removes."""
        commits = (self._start("main"), self._start(branch))
        return {*names(self.forge.bare, "diff", "--no-renames", "--name-only", "-z", *commits)}

    def clone(self, branch: str) -> Path:
        """A fresh clone with the branch checked out; one from main if there is none yet."""
        clone = self.folder / next(self._clones)
        there = bool(self.forge.head(branch))
        start = branch if there else "main"
        git(
            self.folder, "clone", "--template=", "--branch", start, str(self.forge.bare), clone.name
        )
        if not there:
            git(clone, "checkout", "-b", branch)
        return clone

    def _numbered(self) -> Iterator[str]:
        number = 0
        while True:
            number += 1
            yield f"clone-{number}"

    # Workflows.

    def checked(self, number: int) -> list[Result]:
        """The steps that judge a pull request, as the workflow has them, on its commit."""
        clone = self.clone(self.forge.issues[number]["branch"])
        workflow = yaml.load(
            (ROOT / ".github/workflows/check.yml").read_text("utf-8"), yaml.CSafeLoader
        )
        steps = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
        own = [run.replace('"origin/$BASE"', "origin/main") for run in steps]
        commands = [run.split()[1:] for run in own if run.startswith(".venv/bin/archive")]
        assert [command[0] for command in commands] == ["check", "schema"]
        return [self.run(clone, *command) for command in commands]

    def is_green(self, number: int) -> bool:
        return all(result.exit_code == 0 for result in self.checked(number))

    def commented(self, number: int) -> str:
        """The comment workflow, after those steps; the one comment that it has written by then."""
        result = self.work("comment", self.forge.pull_event(number))
        assert result.exit_code == 0, result.output
        (said,) = [
            one for one in self.forge.said(number) if one.startswith("<!-- archive:pull -->")
        ]
        return said

    def formed(self, number: int) -> str:
        """The workflow that answers a form; the comment that it has written by then."""
        result = self.work("form", self.forge.issue_event(number))
        assert result.exit_code == 0, result.output
        (said,) = [
            one for one in self.forge.said(number) if one.startswith("<!-- archive:form -->")
        ]
        return said.removeprefix("<!-- archive:form -->\n")

    def work(self, command: str, event: Any) -> Result:
        """One of the two commands, in a clone of the default branch."""
        clone = self.clone("main")
        (clone / self.inside / "event.json").write_text(json.dumps(event))
        forge = ("--forge", self.forge.kind)
        return self.run(clone, "pulls", command, "--event", "event.json", *forge)

    def run(self, clone: Path, *args: str) -> Result:
        """The program, as in a workflow."""
        names = FORGES[self.forge.kind].environment
        payload = dict(zip(names, (self.forge.api, NAME, TOKEN, self.forge.web), strict=True))
        payload["ARCHIVE_AS_OF"] = DAY
        here = Path.cwd()
        os.chdir(clone / self.inside)
        try:
            with mock.patch.dict(os.environ, payload):
                return CliRunner().invoke(main, list(args), catch_exceptions=False)
        finally:
            os.chdir(here)
