"""The site itself, built once from the bureau's data and once from demonstration data; a browser."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from archive.build.whole import build
from archive.facts.project import Project
from demo.write import write
from tests.samples.desk import FILES, Desk
from tests.samples.sample import write as write_sample

# How fast an example runs says something of the machine, nothing of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOT = Path(__file__).parent.parent
AS_OF = date(2026, 6, 30)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first: then those that build, serve or try thousands of inputs; browsers last."""
    slow = {
        "test_any_input",
        "test_build",
        "test_messages_guide",
        "test_offline",
        "test_page_size",
        "test_word_pages",
        "test_publish",
        "test_server",
        "test_sentinels",
        "test_serve",
        "test_sheet_round_trip",
        "test_standards",
    }

    def weight(item: pytest.Item) -> int:
        if "chromium" in getattr(item, "fixturenames", ()):
            return 2
        return int(item.path.stem in slow)

    items.sort(key=weight)


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "data"
    write(ROOT / "data", folder)
    return folder


def built(data: Path, out: Path) -> Path:
    assert build(Project(ROOT, data, AS_OF), out) == []
    return out


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT / "data", tmp_path_factory.mktemp("real") / "site")


@pytest.fixture(scope="session")
def demo_site(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(demo_data, tmp_path_factory.mktemp("shown") / "site")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A site of its own to work in, three volunteer activities in it."""
    monkeypatch.chdir(tmp_path)
    write_sample(tmp_path, FILES)
    return Desk(tmp_path)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """The same, its volunteer activities exported."""
    desk.export()
    return desk


CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session; Playwright allows no second beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()
