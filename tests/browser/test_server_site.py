"""The demonstration site as published: under its security policy nothing of it stops working."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from archive.publish import publish
from tests.browser.conftest import COVER, NewTab, hear
from tests.samples.kinds import KINDS
from tests.samples.published import behind, served, whole_site


@pytest.fixture(scope="module")
def www(demo_site: Path, demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    site = whole_site(demo_site, demo_data, folder / "site")
    _, problems = publish(site, folder / "www", datetime(2026, 6, 30, tzinfo=UTC), trial=True)
    assert problems == []
    return folder / "www"


@pytest.fixture(scope="module")
def base(www: Path) -> Iterator[str]:
    with served(www) as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def tab(new_tab: NewTab, faults: list[str]) -> Page:
    """A page whose every complaint is kept: what the policy stops, errors, bad answers."""

    def look(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    page = new_tab()
    hear(page, "console", lambda said: faults.append(said.text))
    hear(page, "pageerror", lambda error: faults.append(str(error)))
    hear(page, "response", look)
    return page


@pytest.mark.parametrize("paths", [COVER[1::2], pytest.param(KINDS, marks=pytest.mark.deep)])
def test_no_page_breaks_the_policy(
    base: str, tab: Page, faults: list[str], paths: Sequence[str]
) -> None:
    for path in paths:
        tab.goto(base + path, wait_until="load")
        expect(tab.locator("dialog.archive-search")).to_have_count(1)
    missing = f"{base}none/such/"
    assert faults == [
        f"404 {missing}",
        "Failed to load resource: the server responded with a status of 404 (Not Found)",
    ]


def test_search_and_scheme_and_printing_work(base: str, tab: Page, faults: list[str]) -> None:
    tab.goto(f"{base}report/part-3/")
    tab.keyboard.press("Control+k")
    tab.get_by_role("combobox").fill("志愿服务")
    expect(tab.get_by_role("option").first).to_contain_text("志愿服务")
    tab.keyboard.press("Enter")
    expect(tab.locator("dialog[open]")).to_have_count(0)
    tab.goto(f"{base}report/part-3/")
    tab.locator(".press summary").first.click()
    expect(tab.locator(".press-print").first).to_be_visible()
    tab.keyboard.press("Escape")
    scheme = tab.evaluate("document.body.dataset.mdColorScheme")
    tab.get_by_title("切换到深色" if scheme == "default" else "切换到浅色").click()
    switched = tab.evaluate("document.body.dataset.mdColorScheme")
    assert {scheme, switched} == {"default", "slate"}
    tab.goto(f"{base}glance/")
    assert tab.evaluate("document.body.dataset.mdColorScheme") == switched
    assert faults == []


def test_below_a_prefix_everything_is_found(
    www: Path, base: str, tab: Page, faults: list[str]
) -> None:
    with behind(www, urlsplit(base).port or 80) as below:
        tab.goto(f"{below}report/part-3")
        assert tab.url == f"{below}report/part-3/"
        assert faults == []
        missing = f"{below}none/such/page"
        tab.goto(missing)
        assert faults == [
            f"404 {missing}",
            "Failed to load resource: the server responded with a status of 404 (Not Found)",
        ]
        expect(tab.locator("h1")).to_have_text("没有这个页面")
        assert tab.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"  # fmt: skip
        tab.get_by_title("切换到深色").click()
        assert tab.evaluate("Object.keys(localStorage)") == [f"{urlsplit(below).path}.__palette"]
        tab.keyboard.press("Control+k")
        tab.get_by_role("combobox").fill("志愿服务")
        expect(tab.get_by_role("option").first).to_contain_text("志愿服务")
        tab.keyboard.press("Enter")
        tab.wait_for_url(lambda url: url != missing)
        assert tab.url.startswith(below)
        tab.goto(missing)
        tab.get_by_role("link", name="报告全文").last.click()
        tab.wait_for_url(f"{below}report/full/")
        assert len(faults) == 4


def test_a_script_that_stands_in_a_page_is_not_run(base: str, tab: Page, faults: list[str]) -> None:
    tab.goto(base)
    tab.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.run = 1";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.run = 2">');
        }"""
    )
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.run") is None
    assert faults
    assert all("Content Security Policy" in fault for fault in faults)
