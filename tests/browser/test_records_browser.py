"""The pages of the collections as readers meet them: charts and tables fit the screen they are on."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Served
from tests.samples.collections import COLLECTIONS

PAGES = [name for name, kind in COLLECTIONS.items() if kind.totals]


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_of_a_chart_is_cut_off(chromium: Browser, demo: Served, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    beyond = """() => [...document.querySelectorAll(".charts text, .charts rect, .charts line")]
        .filter((one) => {
            const box = one.getBoundingClientRect();
            const frame = one.closest("svg").getBoundingClientRect();
            return box.right > frame.right + 1 || box.left < frame.left - 1
                || box.bottom > frame.bottom + 1;
        }).map((one) => one.outerHTML)"""
    for name in PAGES:
        page.goto(f"{demo.base}records/{name}/")
        assert page.locator(".charts svg").count() > 0
        assert page.evaluate(beyond) == []
    context.close()


def test_a_record_on_a_phone_has_the_lines_that_its_texts_want(
    chromium: Browser, demo: Served
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    rows = """() => [...document.querySelectorAll(".scroll tbody td")].map((one) => {
        const line = parseFloat(getComputedStyle(one).lineHeight);
        return [Math.round(one.clientHeight / line), one.parentElement.textContent];
    })"""
    for name in PAGES:
        page.goto(f"{demo.base}records/{name}/")
        assert [text for lines, text in page.evaluate(rows) if lines > 5] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_the_way_to_edit_a_record_takes_no_line_of_its_own(chromium: Browser, demo: Served) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    parted = """() => [...document.querySelectorAll("td:first-child > .screen-only")]
        .map((one) => one.getBoundingClientRect().top - one.parentElement.getBoundingClientRect().top)
        .filter((below) => below > 20).length"""
    for name in PAGES:
        page.goto(f"{demo.base}records/{name}/")
        assert page.locator("td:first-child > .screen-only").count() > 0
        assert page.evaluate(parted) == 0
    context.close()
