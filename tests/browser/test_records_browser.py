"""The pages of the collections as readers meet them: charts and tables fit the screen they are on."""

import pytest

from tests.browser.conftest import WIDE, NewTab, Served
from tests.samples.collections import COLLECTIONS

PAGES = [name for name, kind in COLLECTIONS.items() if kind.totals]


BEYOND = """() => [...document.querySelectorAll(".charts text, .charts rect, .charts line")]
    .filter((one) => {
        const box = one.getBoundingClientRect();
        const frame = one.closest("svg").getBoundingClientRect();
        return box.right > frame.right + 1 || box.left < frame.left - 1
            || box.bottom > frame.bottom + 1;
    }).map((one) => one.outerHTML)"""
ROWS = """() => [...document.querySelectorAll(".scroll tbody td")].map((one) => {
    const line = parseFloat(getComputedStyle(one).lineHeight);
    return [Math.round(one.clientHeight / line), one.parentElement.textContent];
})"""
PARTED = """() => [...document.querySelectorAll("td:first-child > .for-editors")]
    .map((one) => one.getBoundingClientRect().top - one.parentElement.getBoundingClientRect().top)
    .filter((below) => below > 20).length"""


@pytest.mark.parametrize("names", [PAGES[::2], pytest.param(PAGES[1::2], marks=pytest.mark.deep)])
def test_nothing_is_cut_off_and_no_line_is_wasted_on_a_phone(
    new_tab: NewTab, demo: Served, names: list[str]
) -> None:
    """A record has the lines that its texts want; the way to edit it takes none of its own."""
    page = new_tab()
    for name in names:
        page.set_viewport_size(WIDE)
        page.goto(f"{demo.base}records/{name}/")
        assert page.locator(".charts svg").count() > 0
        assert page.evaluate(BEYOND) == [], name
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate(BEYOND) == [], name
        assert [text for lines, text in page.evaluate(ROWS) if lines > 5] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") == 360, name
        assert page.locator("td:first-child > .for-editors").count() > 0, name
        assert page.evaluate(PARTED) == 0, name
