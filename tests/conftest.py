"""A site of the bureau's content as it once was, and the demonstration: each built once; a browser."""

import atexit
import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
from click import ClickException
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from archive.build.site import build
from archive.commands import options
from archive.editing.sheet.fields import Fault
from archive.facts.project import Project
from archive.files.cache import shared_folder
from archive.files.yaml import Problem
from archive.proposals.pulls.github import GitHub
from archive.proposals.pulls.gitlab import GitLab
from demo.write import write
from tests.samples.desk import FILES, Desk
from tests.samples.frozen import lay_out
from tests.samples.sample import write as write_sample
from tests.samples.ways_out import COUNTED, has_way_out

# How fast an example runs says something of the machine, nothing of the code.
for name, examples in (("house", 40), ("deep", 400)):
    settings.register_profile(
        name,
        deadline=None,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
settings.load_profile("house")

# After a commit or a fetch, Git looks each time whether there is something to tidy up; here nothing grows that old.
os.environ.update(
    GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="maintenance.auto", GIT_CONFIG_VALUE_0="false"
)

# A runner of a forge says where it is; the program would then say more, and ask that forge.
for _name in ("CI", *GitHub.environment, *GitLab.environment):
    os.environ.pop(_name, None)

# Until all tests are collected, everything that is made stays.
gc.disable()

ROOT = Path(__file__).parent.parent

AS_OF = date(2026, 6, 30)
"""The day called today."""


def _own_caches() -> Path:
    """A folder for caches that only this process of tests uses, with the fonts that `make` has fetched."""
    fetched = shared_folder() / "fonts"
    caches = Path(tempfile.mkdtemp(prefix="archive-caches-"))
    os.environ["XDG_CACHE_HOME"] = str(caches)
    shared_folder().mkdir()
    (shared_folder() / "fonts").symlink_to(fetched)
    return caches


atexit.register(shutil.rmtree, _own_caches(), ignore_errors=True)

FROZEN = lay_out(Path(tempfile.mkdtemp(prefix="archive-tests-")))
"""The site the tests read, frozen: whatever the bureau edits, they are the same."""
atexit.register(shutil.rmtree, FROZEN, ignore_errors=True)


_make_problem, _make_fault, _stop = Problem.__init__, Fault.__init__, options.stop
_make_end = ClickException.__init__
_dead_ends: list[object] = []
"""What a test makes the program say that does not say what to do."""


def _note(told: object, message: str) -> None:
    if not has_way_out(message):
        _dead_ends.append(told)


def _note_problem(self: Problem, path: str, line: int, message: str) -> None:
    _make_problem(self, path, line, message)
    _note(self, message)


def _note_fault(self: Fault, sheet: str, row: int, column: str, message: str) -> None:
    _make_fault(self, sheet, row, column, message)
    _note(self, message)


def _note_stop(message: str) -> NoReturn:
    if not COUNTED.fullmatch(message):  # what it counts has been told above it
        _note(message, message)
    _stop(message)


def _note_end(self: ClickException, message: str) -> None:
    _make_end(self, message)
    if (
        type(self) is ClickException
    ):  # those of its own kinds are click's own; they name what may be typed
        _note(self, message)


# Messages are put together all over the program, and all of them become one of these in one place.
ClickException.__init__ = _note_end  # type: ignore[method-assign]
Problem.__init__ = _note_problem  # type: ignore[method-assign]
Fault.__init__ = _note_fault  # type: ignore[method-assign]
options.stop = _note_stop  # before the commands import it


@pytest.fixture(autouse=True)
def dead_ends() -> Iterator[list[object]]:
    """Whatever a test makes the program say, to editors or maintainers, says what to do."""
    yield _dead_ends
    found = _dead_ends.copy()
    _dead_ends.clear()
    assert found == []


# They build, serve, start an office or try thousands of inputs; so does what takes a fixture of these.
SLOW = {
    "test_any_input",
    "test_backup",
    "test_doctor",
    "test_forms",
    "test_guide_commands",
    "test_interleavings",
    "test_live",
    "test_office_mistakes",
    "test_pdf",
    "test_press",
    "test_pulls_forms",
    "test_pulls_overlap",
    "test_releases",
    "test_workflows",
    "test_build",
    "test_downloads",
    "test_leaks_site",
    "test_ledgers",
    "test_messages_guide",
    "test_new_ledger",
    "test_offline",
    "test_page_size",
    "test_pages",
    "test_publish",
    "test_server",
    "test_sentinels",
    "test_serve",
    "test_sheet_files",
    "test_sheet_round_trip",
    "test_standards",
    "test_undo",
    "test_word",
    "test_word_pages",
}
BUILT = {"demo_site", "real_site", "chromium"}
LONGEST_FIRST = (
    "test_site",
    "test_serve",
    "test_sentinels",
    "test_print_sheet",
    "test_linear",
    "test_published",
    "test_search_browser",
    "test_built_again",
    "test_report_years",
    "test_sheet_files",
    "test_pulls_forms",
    "test_downloads",
    "test_doctor",
    "test_messages_guide",
    "test_report_finding",
    "test_versions_site",
    "test_clerk_tasks",
    "test_frame",
    "test_search_marks",
    "test_forms_site",
    "test_report_sheet",
    "test_check_and_build",
    "test_press",
    "test_workflow_steps",
    "test_ten_tasks",
    "test_offline_site",
    "test_pictures",
    "test_publish",
    "test_live",
    "test_server_site",
    "test_picture_blocks",
    "test_faulty_texts",
    "test_engines",
    "test_weight",
    "test_facts_site",
    "test_pulls_comment",
    "test_no_text_runs",
    "test_pdf_objects",
    "test_numerals",
    "test_leaks_site",
    "test_pages",
    "test_undo",
    "test_guide_commands",
    "test_standards",
    "test_office_mistakes",
    "test_sheet_round_trip",
    "test_editions",
    "test_leaks",
    "test_markup",
    "test_build",
    "test_backup",
    "test_pdf",
    "test_editing_mode",
    "test_criteria_site",
    "test_search_site",
    "test_report_reading",
    "test_search_demo",
    "test_forms",
    "test_pulls_sheets",
    "test_report_import",
    "test_office_parts",
    "test_committed",
    "test_report_years_sheet",
    "test_pulls_overlap",
    "test_report_years_random",
    "test_house",
    "test_ordinary_edits",
)
"""The files that take the longest: where workers share the suite, none is left alone with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make quick` leaves out, and put it after the rest, browsers last.

    For workers, which are given a file at a time in this order, the longest files come first.
    """

    def weight(item: pytest.Item) -> int:
        needed = set(getattr(item, "fixturenames", ()))
        if "chromium" in needed:
            return 2
        return int(item.path.stem in SLOW or bool(needed & BUILT))

    for item in items:
        if weight(item):
            item.add_marker(pytest.mark.slow)
    if os.environ.get("PYTEST_XDIST_WORKER"):
        rank = {name: place for place, name in enumerate(LONGEST_FIRST)}
        items.sort(key=lambda item: rank.get(item.path.stem, len(rank) - weight(item) / 4))
    else:
        items.sort(key=weight)


class _Shares(LoadFileScheduling):  # type: ignore[misc]
    """A file's tests stay with one worker, and all that is done in a browser with one: each browser more that is
    started, and its caches filled, takes as long as thirty tests.
    """

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        in_browser = file.startswith("tests/browser/") or "::test_in_a_browser_" in nodeid
        return "browser" if in_browser else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _Shares | None:
    """The deep run, which asks for all marks, opens many times as many pages: there the workers share them."""
    sampled = config.getvalue("dist") == "loadfile" and config.getvalue("markexpr")
    return _Shares(config, log) if sampled else None


def pytest_collection_finish() -> None:
    """Collect garbage seldom, and never look again at what is there before the first test.

    All modules and eight thousand tests are in memory, and each full collection goes through them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    gc.enable()


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name`, made by the first worker to want it and waited for by the others."""
    root = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent  # that of the session, which its workers share
    done = root / f"{name}.done"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(root / name)
            done.touch()
    return root / name


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the demonstration, which is made from the frozen site; its pages stand beside."""
    return once(tmp_path_factory, "demo", lambda folder: write(FROZEN, folder)) / "data"


def archive_of(data: Path) -> Project:
    """The site of which this is the folder of the data."""
    return Project(data.parent, data, AS_OF)


def built(data: Path, out: Path) -> None:
    """The site; its print files are empty until `tests.samples.built.print_file` makes one."""
    assert build(archive_of(data), out, "late") == []


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "real-site", partial(built, FROZEN / "data"))


@pytest.fixture(scope="session")
def demo_site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "demo-site", partial(built, demo_data))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A site of its own to work in, three volunteer activities in it."""
    monkeypatch.chdir(tmp_path)
    write_sample(tmp_path, FILES)
    return Desk(tmp_path)


_exported: list[bytes] = []


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """The same, its volunteer activities exported: once, for the same workbook comes of it each time."""
    if not _exported:
        desk.export()
        _exported.append(desk.sheet.read_bytes())
    desk.sheet.write_bytes(_exported[0])
    return desk


CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A page is left as soon as it has been looked at: what its scripts gain by being optimised is less than that costs.
    "--js-flags=--no-opt,--no-maglev",
]


PATIENCE = 60_000
"""Milliseconds after which a browser's test gives up; none waits for it to pass. Five seconds, the default,
are too few where the machine is busy."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session; Playwright allows no second beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()
