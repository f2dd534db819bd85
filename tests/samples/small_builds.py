"""Small builds in place of the real one, for the tests of the preview.

Each runs in a process of its own, which finds it here by name: so this imports little.
"""

import os
import shutil
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


def copy(project: Project, out: Path) -> list[Problem]:
    """The pages as they are, with the number from data; the word 错 is a problem."""
    problems = [
        Problem(project.name(page), number, "须没有“错”字，请删去")
        for page in sorted(project.docs.rglob("*.html"))
        for number, line in enumerate(page.read_text().splitlines(), 1)
        if "错" in line
    ]
    if not problems:
        shutil.copytree(project.docs, out)
        index = out / "index.html"
        index.write_text(index.read_text().replace("{数}", (project.data / "n.txt").read_text()))
    return problems


def copy_with_care(project: Project, out: Path) -> list[Problem]:
    """Copy, unless the page says to die, or to take the fork server along."""
    if "猝死" in (project.docs / "index.html").read_text():
        os._exit(3)
    if "同归于尽" in (project.docs / "index.html").read_text():
        os.killpg(os.getpgid(0), signal.SIGKILL)
    return copy(project, out)


def copy_when_told(project: Project, out: Path) -> list[Problem]:
    """Copy the pages as they are now, but end only when there is a file `go`."""
    with (project.root / "log").open("a") as log:
        print("begin", (project.data / "n.txt").read_text(), file=log, flush=True)
        problems = copy(project, out)
        wait_for((project.root / "go").exists)
        print("end", file=log)
    return problems


def run_own_code(project: Project, out: Path) -> list[Problem]:
    """A page that says what the project's own code says."""
    text = import_module("archive.text").TEXT
    print("程序说", text)
    out.mkdir()
    (out / "index.html").write_text(text)
    return []


def say_archive(project: Project, out: Path) -> list[Problem]:
    """A page that says what the program's own package is."""
    out.mkdir()
    (out / "index.html").write_text(str(import_module("archive").__doc__))
    return []


def make_late(project: Project, file: Path) -> list[Problem]:
    """The file as its name says; the word 错 is a problem."""
    if "错" in file.name:
        return [Problem("docs/index.html", 1, "须没有“错”字，请删去")]
    file.write_text(f"迟到的 {file.stem}")
    return []
