"""Whatever a reader taps or reaches by keyboard: large enough to hit (WCAG 2.5.8), and seen to have the focus."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, NewTab, Served
from tests.samples.kinds import KINDS

SCHEMES: dict[Literal["light", "dark"], str] = {"light": "default", "dark": "slate"}
PAGES = [*KINDS, "indicators/volunteer_hours/"]

# A link in a sentence is as high as its line; any other control is at least 24 by 24 pixels. In a sentence is a
# link whose paragraph, item or cell has words of its own that are no link.
SMALL = """() => {
  const BLOCK = "p, li, td, th, dd, dt, div, figcaption, caption, h1, h2, h3, h4, h5, h6, summary, label, nav, header, footer, main, body";
  const wordsOutside = (block) => {
    let said = "";
    const walk = (node) => node.childNodes.forEach((one) => {
      if (one.nodeType === 3) said += one.data;
      else if (one.nodeType === 1 && !one.matches("a, button, select, .unseen, [hidden], .for-editors")) walk(one);
    });
    walk(block);
    return /[\\p{L}\\p{N}]/u.test(said);
  };
  return [...document.querySelectorAll("a[href], button, summary, select, input, label[for][tabindex], [tabindex='0']:not(.scroll)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".md-skip, .md-toggle, .md-option"))
    .filter((one) => {
      const rects = [...one.getClientRects()].filter((box) => box.width);
      if (!rects.length || rects.some((box) => box.width < 2)) return false;
      if (one.matches("a") && wordsOutside(one.parentElement.closest(BLOCK))) return false;
      const { width, height } = one.getBoundingClientRect();
      return Math.min(width, height) < 24;
    })
    .map((one) => `${one.outerHTML.slice(0, 120)} in ${one.parentElement.className}`);
}"""
# The line around what has the focus: two pixels, and three times as light or dark as what it is drawn on.
DIM = """() => {
  const channels = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const over = ([r, g, b, a = 1], [R, G, B]) => [r, g, b].map((one, at) => one * a + [R, G, B][at] * (1 - a));
  const ground = (one) => one
    ? over(channels(getComputedStyle(one).backgroundColor), ground(one.parentElement)) : [255, 255, 255];
  const light = (rgb) => rgb.map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const shown = (one) => (one.matches(".md-option") ? one.nextElementSibling : one);
  return [...document.querySelectorAll("a[href], button, summary, select, input, [tabindex='0']")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".md-toggle"))
    .filter((one) => {
      one.focus({ preventScroll: true });
      if (document.activeElement !== one) return false;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown(one));
      const [line, back] = [channels(outlineColor), ground(shown(one).parentElement)].map(light).sort((a, b) => b - a);
      return outlineStyle !== "solid" || parseFloat(outlineWidth) < 2 || (line + 0.05) / (back + 0.05) < 3;
    })
    .map((one) => `${one.outerHTML.slice(0, 120)} in ${one.parentElement.className}`);
}"""


@pytest.mark.parametrize("path", PAGES)
def test_what_stands_alone_is_large_enough_to_hit(demo: Served, new_tab: NewTab, path: str) -> None:
    tab = new_tab()
    tab.goto(f"{demo.base}{path}")
    for viewport in (WIDE, PHONE):
        tab.set_viewport_size(viewport)
        for editing in (False, True):
            tab.evaluate("on => document.documentElement.classList.toggle('editing', on)", editing)
            assert tab.evaluate(SMALL) == [], (viewport, editing)


def test_what_a_phone_opens_is_large_enough_to_hit(demo: Served, new_tab: NewTab) -> None:
    tab = new_tab(viewport=PHONE)
    tab.goto(f"{demo.base}records/volunteering/")
    tab.get_by_role("button", name="菜单").click()
    tab.get_by_role("link", name="社区共建").first.wait_for()
    assert tab.evaluate(SMALL) == []
    tab.reload()
    tab.keyboard.press("Control+k")
    tab.get_by_role("combobox").fill("志愿服务")
    tab.get_by_role("option").first.wait_for()
    assert tab.evaluate(SMALL) == []


def test_what_has_the_focus_is_seen_to_have_it(demo: Served, new_tab: NewTab) -> None:
    tab = new_tab()
    for path in PAGES:
        tab.goto(f"{demo.base}{path}")
        for scheme, name in SCHEMES.items():
            tab.emulate_media(color_scheme=scheme)
            expect(tab.locator("body")).to_have_attribute("data-md-color-scheme", name)
            tab.keyboard.press("Tab")
            assert tab.evaluate(DIM) == [], (path, scheme)


def test_one_target_too_small_and_one_line_too_thin_are_found(
    demo: Served, new_tab: NewTab
) -> None:
    tab = new_tab()
    tab.goto(f"{demo.base}figures/")
    tab.keyboard.press("Tab")
    tab.add_style_tag(
        content="td > a { padding: 0 !important } summary:focus { outline-color: #eee !important }"
    )
    assert len(tab.evaluate(SMALL)) > 10
    assert len(tab.evaluate(DIM)) == 1
