"""What an edit shows at once, and what is built of it by a process that has built before, is what a build from nothing makes.

Another process, which has read nothing yet, builds from nothing; it has no cache but what belongs to the
program alone: fonts, the theme's templates and its style sheets.
"""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from archive.build.live import LiveSite, open_live
from archive.build.site import build
from archive.facts.project import Project
from archive.files.addresses import address
from archive.files.cache import shared_folder
from tests.conftest import AS_OF
from tests.samples.built import files as tree
from tests.samples.editing import EDITS, RARE, START, Files, edit
from tests.samples.sample import write as write_sample

ROUND = 10
"""Edits of a run; each run begins with the same site."""


def write(root: Path, files: Files, before: Files) -> None:
    """Write what differs, as an editor does."""
    for name in before.keys() - files.keys():
        (root / name).unlink()
    for name, text in files.items():
        if before.get(name) != text:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")


Answer = tuple[list[str], dict[str, bytes]]
"""The problems, or what was made: name → content."""


def pages(found: LiveSite | None) -> dict[str, bytes]:
    """Each page of a site as it is shown after an edit."""
    shown = {f"{address(path)}index.html": found.page(address(path)) for path in found.paths} if found else {}  # fmt: skip
    return {name: raw for name, raw in shown.items() if raw is not None}


def from_nothing(root: Path, out: Path | None) -> Answer:
    """All of a site, or without `out` its pages, made with nothing before but what is the program's alone."""
    own = shared_folder()
    caches = root.with_name("caches")
    shutil.rmtree(caches, ignore_errors=True)
    (caches / own.name).mkdir(parents=True)
    for name in ("fonts", "templates", "sheets", "characters"):
        if (own / name).exists():
            (caches / own.name / name).symlink_to(own / name)
    os.environ["XDG_CACHE_HOME"] = str(caches)
    project = Project(root, root / "data", AS_OF)
    if out is None:
        problems, found = open_live(project)
        return [str(problem) for problem in problems], pages(found)
    shutil.rmtree(out, ignore_errors=True)
    problems = build(project, out, "late")
    return [str(problem) for problem in problems], {} if problems else tree(out)


@contextmanager
def builder(other: Path) -> Iterator["Connection[object, object]"]:
    """A process that has read no site but an `other` one: each build is made by a fork of it.

    It has thus what belongs to the program alone, its modules, patterns and templates, once for all of them.
    """
    here, there = Pipe()
    process = os.fork()
    if not process:
        here.close()
        own = os.environ["XDG_CACHE_HOME"]
        write_sample(other)
        from_nothing(other, None)
        os.environ["XDG_CACHE_HOME"] = own
        while True:
            try:
                root, out = there.recv()
            except EOFError:
                os._exit(0)
            child = os.fork()
            if not child:
                there.send(from_nothing(root, out))
                os._exit(0)
            os.waitpid(child, 0)
    there.close()
    yield here
    here.close()
    os.waitpid(process, 0)


def answer(line: "Connection[object, object]") -> Answer:
    found = line.recv()
    assert isinstance(found, tuple)
    told, made = found
    return told, made


def run(tmp_path: Path, seed: int, every: int) -> int:
    """Edit a site at random and compare its pages after each edit, and all of it after `every` so many.

    What is wrong is corrected by the next edit. Returns how many edits left nothing wrong.
    """
    random, files, steps = Random(seed), dict(START), list[str]()
    root, whole, again = (tmp_path / name for name in ("site", "whole", "again"))
    project = Project(root, root / "data", AS_OF)
    good, right, before = 0, dict(START), dict[str, str]()
    with builder(tmp_path / "other") as nothing:
        for number in range(1, ROUND + 1):
            steps.append(edit(random, files, (*EDITS, *RARE)))
            write(root, files, before)
            before = dict(files)
            out = None if number % every else whole
            nothing.send((root, out))
            problems, live = open_live(project)
            told, made = answer(nothing)
            if live and out:
                shutil.rmtree(again, ignore_errors=True)
                problems = live.build(again)
            assert [str(problem) for problem in problems] == told, steps
            if problems or live is None:
                files = dict(right)
                continue
            good, right = good + 1, dict(files)
            shown = pages(live)
            assert len(shown) == len(live.paths)
            if out is None:
                assert shown == made, steps
            else:
                assert tree(again) == made, steps
                assert shown == {name: made[name] for name in made if name in shown}, steps
    return good


@pytest.mark.parametrize("seed", range(6))
def test_what_is_shown_after_an_edit_is_what_is_made_from_nothing(
    tmp_path: Path, seed: int
) -> None:
    assert run(tmp_path, seed, ROUND) >= 5


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(50))
def test_so_is_all_of_the_site_after_each_of_500_edits(tmp_path: Path, seed: int) -> None:
    run(tmp_path, seed, 1)


MANY = 1000
"""Edits of a preview that is left open."""
FULL = 800
"""After so many, a process keeps as much as it ever will."""


def in_use() -> tuple[float, int]:
    """The MB of memory that this process has in use, and the objects in it."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(gc.get_objects())


@pytest.mark.deep
def test_a_preview_left_open_for_many_edits_does_not_grow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    random, files, right, before = Random(1), dict(START), dict(START), dict[str, str]()
    root = tmp_path / "site"
    project = Project(root, root / "data", AS_OF)
    used: dict[int, tuple[float, int]] = {}
    for number in range(1, MANY + 1):
        edit(random, files, EDITS if number % 2 else RARE)
        write(root, files, before)
        before = dict(files)
        _, live = open_live(project)
        if live:
            right = dict(files)
            for path in random.sample(live.paths, 3):
                live.page(address(path))
        else:
            files = dict(right)
        if number % 200 == 0:
            used[number] = in_use()
    with capsys.disabled():
        print({number: (round(mb), objects) for number, (mb, objects) in used.items()}, end=" ")
    (mb, objects), (mb_then, objects_then) = used[MANY], used[FULL]
    assert mb - mb_then < 10
    assert objects / objects_then < 1.08
