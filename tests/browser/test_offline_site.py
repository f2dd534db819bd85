"""The site unpacked from its zip file and opened from disk: pages, search and scheme work."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from archive.publish.offline import write_offline
from tests.samples.published import whole_site


@pytest.fixture(scope="module")
def home(demo_site: Path, demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("offline") / "在 U 盘 #1"
    folder.mkdir()
    site = whole_site(demo_site, demo_data, folder / "site")
    assert write_offline(site, folder / "a.zip") == []
    with ZipFile(folder / "a.zip") as read:
        read.extractall(folder)
    return (folder / "archive" / "index.html").as_uri()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    faults: list[str] = []
    with chromium.new_context(locale="zh-CN") as context:
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda failed: faults.extend(_missing(failed)))
        page.on(
            "request",
            lambda asked: faults.extend(
                [asked.url] * (not asked.url.startswith(("file:", "data:")))
            ),
        )
        yield page
    assert faults == []


def _missing(failed: Request) -> Iterator[str]:
    """Its address, unless the page was left before it had come."""
    if failed.failure != "net::ERR_ABORTED":
        yield failed.url


def test_from_page_to_page(home: str, tab: Page) -> None:
    tab.goto(home)
    tab.get_by_role("link", name="报告全文").first.click()
    expect(tab).to_have_url(re.compile("/report/full/index.html$"))
    tab.get_by_role("link", name="3176小时").click()
    expect(tab).to_have_url(re.compile("/figures/index.html#volunteer_hours$"))
    expect(tab.locator("#volunteer_hours")).to_be_in_viewport()
    tab.go_back()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()


def test_search_from_disk(home: str, tab: Page) -> None:
    tab.goto(home.replace("index.html", "report/part-3/index.html"))
    tab.keyboard.press("Control+k")
    tab.get_by_role("combobox").fill("请假")
    expect(tab.get_by_role("option").first).to_contain_text("请假")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/index\.html(#.*)?$"))
    expect(tab.get_by_role("heading", level=1)).to_contain_text("请")


def test_the_scheme_is_kept(home: str, tab: Page) -> None:
    tab.goto(home)
    tab.get_by_title("切换到深色").click()
    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"
    tab.goto(home.replace("index.html", "figures/index.html"))
    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"
