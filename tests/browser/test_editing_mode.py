"""The editing mode: what is for editors is shown by the switch at the foot of a page, and nothing moves."""

import re
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, WIDE, NewTab, Served
from tests.samples.kinds import KINDS

READ = [path for path in KINDS if not path.startswith(("guide/", "none/"))]
WITH_MARKS = ["indicators/volunteer_hours/", "records/volunteering/", "criteria/", "report/part-3/"]
FILES = re.compile(r"\b(?:data|docs)/|\.(?:yml|md)\b|\barchive [a-z]{3,}")
"""What only editors have to know: where something is recorded, and which command does something."""
BOXES = """() => scrollTo(0, 0) ?? [...document.querySelectorAll("article *, footer *")]
    .filter((one) => one.getClientRects().length && !one.closest(".for-editors"))
    .flatMap((one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height]; })"""
SHOWN = """() => [...document.querySelectorAll("a.for-editors, .for-editors a, p.for-editors:not(.mend)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.textContent.trim())"""
FOCUSED = """() => [...document.querySelectorAll("a.for-editors, .for-editors a")]
    .filter((one) => { one.focus(); return document.activeElement === one; }).length"""
KEEPS_NOTHING = (
    """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no"); } })"""
)


def switch(page: Page) -> Locator:
    return page.get_by_role("button", name="编辑模式")


def open_page(tab: Page, site: Served, path: str) -> None:
    tab.goto(f"{site.base}{path}")
    expect(switch(tab)).to_be_visible()


@pytest.mark.parametrize("path", READ)
def test_a_reader_sees_nothing_that_is_for_editors(
    demo: Served, new_tab: NewTab, path: str
) -> None:
    tab = new_tab()
    open_page(tab, demo, path)
    expect(switch(tab)).to_have_attribute("aria-pressed", "false")
    assert tab.evaluate(SHOWN) == []
    assert tab.evaluate(FOCUSED) == 0
    assert FILES.findall(tab.locator("article").inner_text()) == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_switch_shows_it_and_moves_nothing(
    demo: Served, new_tab: NewTab, viewport: ViewportSize
) -> None:
    tab = new_tab(viewport=viewport)
    for path in WITH_MARKS:
        tab.goto("about:blank")
        open_page(tab, demo, path)
        tab.evaluate("localStorage.clear()")
        tab.reload()
        before = tab.evaluate(BOXES)
        switch(tab).focus()
        tab.keyboard.press("Space")
        expect(switch(tab)).to_have_attribute("aria-pressed", "true")
        shown = tab.evaluate(SHOWN)
        assert shown
        assert tab.evaluate(FOCUSED) == len(shown), path
        assert tab.evaluate(BOXES) == pytest.approx(before, abs=0.01), path


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
    demo: Served, chromium: Browser
) -> None:
    with closing(chromium.new_context()) as context:
        faults: list[str] = []
        tab = context.new_page()
        tab.goto(f"{demo.base}criteria/")
        tab.add_init_script(KEEPS_NOTHING)
        tab.reload()
        expect(switch(tab)).to_have_attribute("aria-pressed", "false")
        tab.on("pageerror", lambda error: faults.append(str(error)))
        switch(tab).click()
        expect(tab.get_by_role("link", name="修改数据").first).to_be_visible()
        switch(tab).click()
        expect(tab.get_by_role("link", name="修改数据")).to_have_count(0)
        assert faults == []


def test_without_a_script_a_page_is_a_readers(demo: Served, chromium: Browser) -> None:
    with closing(chromium.new_context(java_script_enabled=False)) as context:
        tab = context.new_page()
        tab.goto(f"{demo.base}criteria/")
        expect(switch(tab)).to_have_count(0)
        expect(tab.get_by_role("link", name="修改数据")).to_have_count(0)


def test_it_is_never_printed(demo: Served, new_tab: NewTab) -> None:
    tab = new_tab()
    for path in WITH_MARKS:
        open_page(tab, demo, path)
        if switch(tab).get_attribute("aria-pressed") == "false":
            switch(tab).click()
        tab.emulate_media(media="print")
        assert tab.evaluate(SHOWN) == []
        assert not tab.locator(".edit-switch").is_visible()
        tab.emulate_media(media="screen")
