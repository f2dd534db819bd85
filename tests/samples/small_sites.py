"""Small sites in place of the real one, for the tests of the preview.

Each is loaded in a process of its own, which finds it here by name: so this imports little.
"""

import os
import signal
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from archive.facts.project import Project
from archive.files.yaml import Problem

PATIENCE = 60
"""Seconds after which a test gives up; none waits for it to pass."""


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


class Copy:
    """The files of docs/ as they were when it was loaded, with the number from data.

    The first page may say what goes wrong: in a page (页), or in the whole site (整站).
    """

    def __init__(self, project: Project) -> None:
        self.root = project.root
        self.number = (project.data / "n.txt").read_text()
        self.files = {
            path.relative_to(project.docs).as_posix(): path.read_bytes()
            for path in project.docs.rglob("*")
            if path.is_file()
        }
        index = self.files["index.html"].decode().replace("{数}", self.number)
        self.files["index.html"] = index.encode()
        self.files["n.csv"] = self.number.encode()
        self._says = index

    def page(self, at: str) -> bytes | None:
        if "页猝死" in self._says:
            os._exit(3)
        if "页出事" in self._says:
            raise ValueError("页")
        return self.files.get(f"{at}index.html")

    def build(self, out: Path) -> list[Problem]:
        for name, content in self.files.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
        if "整站猝死" in self._says:
            _beget()
            os._exit(3)
        if "整站出事" in self._says:
            raise ValueError("整站")
        return [Problem("docs/b.html", 7, "整站须好")] if "整站不好" in self._says else []


class Held(Copy):
    """Is built when told: by a file `go-` with its number. What it began is written to `log`."""

    def build(self, out: Path) -> list[Problem]:
        problems = super().build(out)
        child = _beget()
        with (self.root / "log").open("a") as log:
            print("begin", self.number, file=log, flush=True)
            wait_for((self.root / f"go-{self.number}").exists)
            print("end", self.number, file=log)
        os.kill(child, signal.SIGKILL)
        return problems


def _beget() -> int:
    """Start a process, which runs on whatever becomes of this one; returns its id."""
    child = os.fork()
    while not child:
        signal.pause()
    return child


def _problems(project: Project) -> list[Problem]:
    """The word 错 is one. The first page may say to die now, at the next fork, or with the fork server."""
    index = (project.docs / "index.html").read_text()
    if "读猝死" in index:
        os._exit(3)
    if "分身猝死" in index:
        os.register_at_fork(before=lambda: os._exit(3))
    if "同归于尽" in index:
        os.killpg(os.getpgid(0), signal.SIGKILL)
    return [
        Problem(project.name(page), number, "须没有“错”字，请删去")
        for page in sorted(project.docs.rglob("*.html"))
        for number, line in enumerate(page.read_text().splitlines(), 1)
        if "错" in line
    ]


def copy(project: Project) -> tuple[list[Problem], Copy | None]:
    """The site, unless it has problems."""
    problems = _problems(project)
    return problems, None if problems else Copy(project)


def held(project: Project) -> tuple[list[Problem], Copy | None]:
    """The site that is built when told."""
    problems = _problems(project)
    return problems, None if problems else Held(project)


def own_code(project: Project) -> tuple[list[Problem], Copy]:
    """A page that says what the project's own code says."""
    text = import_module("archive.text").TEXT
    print("程序说", text)
    return [], _saying(project, text)


def say_archive(project: Project) -> tuple[list[Problem], Copy]:
    """A page that says what the program's own package is."""
    return [], _saying(project, str(import_module("archive").__doc__))


def _saying(project: Project, text: str) -> Copy:
    site = Copy(project)
    site.files = {"index.html": text.encode()}
    return site


def late(project: Project, file: Path) -> list[Problem]:
    """The file as its name says; the word 错 is a problem."""
    if "错" in file.name:
        return [Problem("docs/index.html", 1, "须没有“错”字，请删去")]
    if "猝死" in file.name:
        os._exit(3)
    file.write_text(f"迟到的 {file.stem}")
    return []
