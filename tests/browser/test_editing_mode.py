"""The editing mode: what is for editors is shown by the switch at the foot of a page, and nothing moves."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import FOCUSED, PHONE, SHOWN, WIDE, NewTab, Served, hear, moved

WITH_MARKS = ["indicators/volunteer_hours/", "records/volunteering/", "criteria/", "report/part-3/"]
TEXT = "article *, footer *", ".for-editors, .press-menu"
KEEPS_NOTHING = (
    """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no"); } })"""
)


def switch(page: Page) -> Locator:
    return page.get_by_role("button", name="编辑模式")


def open_page(tab: Page, site: Served, path: str) -> None:
    tab.goto(f"{site.base}{path}")
    expect(switch(tab)).to_be_visible()


@pytest.mark.parametrize("everywhere", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_the_switch_shows_it_and_moves_nothing_and_prints_nothing(
    demo: Served, new_tab: NewTab, everywhere: bool
) -> None:
    """On each page on a screen or a phone in turn; in full on both."""
    tab = new_tab()
    for number, path in enumerate(WITH_MARKS):
        open_page(tab, demo, path)
        for viewport in (WIDE, PHONE) if everywhere else ((WIDE, PHONE)[number % 2],):
            tab.set_viewport_size(viewport)
            moved(tab, *TEXT)
            switch(tab).focus()
            tab.keyboard.press("Space")
            expect(switch(tab)).to_have_attribute("aria-pressed", "true")
            shown = tab.evaluate(SHOWN)
            assert shown
            assert tab.evaluate(FOCUSED) == len(shown), path
            assert moved(tab, *TEXT) is False, path
            tab.emulate_media(media="print")
            assert tab.evaluate(SHOWN) == []
            expect(tab.locator(".edit-switch")).to_be_hidden()
            tab.emulate_media(media="screen")
            switch(tab).click()
            expect(switch(tab)).to_have_attribute("aria-pressed", "false")
            assert tab.evaluate(SHOWN) == []


def test_it_is_kept_until_it_is_switched_off(demo: Served, new_tab: NewTab) -> None:
    tab = new_tab()
    open_page(tab, demo, "report/part-3/")
    switch(tab).click()
    open_page(tab, demo, "records/volunteering/")
    expect(tab.get_by_role("link", name="编辑此页")).to_be_visible()
    expect(switch(tab)).to_have_attribute("aria-pressed", "true")
    tab.locator("a.row").first.click()
    expect(tab.locator("tr.view").get_by_role("link", name="修改这条记录")).to_be_visible()
    switch(tab).click()
    open_page(tab, demo, "report/part-3/")
    expect(switch(tab)).to_have_attribute("aria-pressed", "false")
    assert tab.evaluate(SHOWN) == []


def test_where_a_browser_keeps_nothing_it_lasts_as_long_as_the_page(
    demo: Served, new_tab: NewTab
) -> None:
    def first(route: Route) -> None:
        page = route.fetch().text()
        route.fulfill(body=page.replace("<head>", f"<head><script>{KEEPS_NOTHING}</script>", 1))

    faults: list[str] = []
    tab = new_tab()
    tab.route("**/criteria/", first)
    open_page(tab, demo, "criteria/")
    expect(switch(tab)).to_have_attribute("aria-pressed", "false")
    hear(tab, "pageerror", lambda error: faults.append(str(error)))
    assert tab.evaluate("() => { try { return localStorage } catch { return null } }") is None
    switch(tab).click()
    expect(tab.get_by_role("link", name="修改数据").first).to_be_visible()
    switch(tab).click()
    expect(tab.get_by_role("link", name="修改数据")).to_have_count(0)
    assert faults == []


def test_without_a_script_a_page_is_a_readers(demo: Served, without_scripts: Page) -> None:
    without_scripts.goto(f"{demo.base}criteria/")
    expect(switch(without_scripts)).to_have_count(0)
    expect(without_scripts.get_by_role("link", name="修改数据")).to_have_count(0)
