"""What a first visit costs: no page looks otherwise for the style that is cut, little is sent, nothing moves."""

import re
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from archive.build.theme import theme_sheets
from archive.publish.deployment import _packed
from tests.browser.conftest import WIDE, NewTab, Served, hear
from tests.samples.kinds import KINDS

PAGES = [*KINDS, "regulations/shili-provision/"]
"""One of each kind, and one with what opens."""
NARROW: ViewportSize = {"width": 390, "height": 844}
SAMPLE = ("report/part-3/",)
MOVING = ("", "report/part-3/", "figures/", "indicators/volunteer_hours/", "records/volunteering/")
"""Pages to which scripts add something above the text, or within it."""
WHOLE = b"".join(theme_sheets("mkdocs")).decode()
"""The theme's style as it comes."""

DIFFERENCES = """([rules, whole, everywhere]) => {
  const linked = document.querySelector('link[href$="assets/theme.css"]');
  const [cut, other] = [rules, whole].map((text) => {
    const style = document.createElement("style");
    style.textContent = text;
    linked.after(style);
    return style;
  });
  linked.disabled = true;

  // What no rule of the theme sets can only differ where something differs that one sets.
  const names = new Set();
  const read = (rules) => [...rules].forEach((rule) => {
    [...(rule.style || [])].filter((name) => !name.startsWith("--")).forEach((name) => names.add(name));
    read(rule.cssRules || []);
  });
  read(other.sheet.cssRules);

  const every = [document.documentElement, ...document.querySelectorAll("body, body *")];
  const asked = everywhere ? every : every.filter((one) => one.hasAttribute("data-sample"));
  const settle = () => document.getAnimations().forEach((one) => {
    if (one.effect.getComputedTiming().endTime === Infinity) one.cancel();
    else one.finish();
  });
  const looks = () => {
    settle();
    return asked.map((one) => ["", "::before", "::after", "::marker"].map((part) => {
      const style = getComputedStyle(one, part || null);
      const unseen = part === "::marker" ? getComputedStyle(one).display !== "list-item"
        : part && ["none", "normal"].includes(style.content);
      return unseen ? [style.content] : [...names].map((name) => `${name}: ${style.getPropertyValue(name)}`);
    }));
  };
  other.sheet.disabled = true;
  const ours = looks();
  other.sheet.disabled = false;
  cut.sheet.disabled = true;
  const theirs = looks();
  linked.disabled = false;
  cut.remove();
  other.remove();
  settle();
  return asked.flatMap((one, index) => ours[index].flatMap((look, part) =>
    look.map((said, at) => [said, theirs[index][part][at]]).filter(([a, b]) => a !== b)
      .map(([a, b]) => `<${one.tagName} class="${one.className}"> ${part}: ${a}, not ${b}`))).slice(0, 5);
}"""
SAMPLE_MARKS = """() => {
  // Of elements that are named alike, in places alike, one stands for all.
  const free = new Set(["id", "href", "title", "src", "alt", "for", "d", "style", "name", "data-sample"]);
  const own = (one) => one && [one.tagName, ...[...one.attributes].map((each) => (
    free.has(each.name) || each.name.startsWith("aria-") ? each.name : `${each.name}=${each.value}`))].join(" ");
  const kinds = new Map();
  const kind = new Map();
  for (const one of document.querySelectorAll("body, body *")) {
    const key = [kind.get(one.parentElement), own(one.previousElementSibling), !one.nextElementSibling, own(one)].join("|");
    if (!kinds.has(key)) {
      kinds.set(key, kinds.size);
      one.setAttribute("data-sample", "");
    }
    kind.set(one, kinds.get(key));
  }
}"""


def looks_otherwise(
    page: Page, site: Served, everywhere: bool, state: str, whole: str = WHOLE
) -> list[str]:
    """What looks otherwise with the whole of the theme's style."""
    page.evaluate(SAMPLE_MARKS)
    sheets = [(site.folder / "assets/theme.css").read_text("utf-8"), whole]
    if state == FORCED:  # an attribute, for it weighs as much as what it stands for
        sheets = [re.sub(STATES, "[data-forced]", sheet) for sheet in sheets]
    # What the style makes stands; a page that was still being laid out is looked at again.
    found: list[str] = []
    for _ in range(4):
        before, found = found, page.evaluate(DIFFERENCES, [*sheets, everywhere])
        if not found or found == before:
            break
    return found


STATES = r":(active|focus|focus-within|hover|target)(?![\w-])"
FORCED = "dark, scrolled, opened, found, focused, under the mouse"


def states(page: Page) -> Iterator[str]:
    """Bring a page into state after state in which other rules of the style hold."""
    yield "as it opens"
    page.locator("label[title='切换到深色']").click()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="搜索").fill("志愿服务")
    expect(page.locator("a[role=option]").first).to_be_visible()
    page.evaluate(
        "document.querySelectorAll('*').forEach((one) => one.setAttribute('data-forced', ''));"
        "document.querySelectorAll('a, button, input, label, summary, [tabindex]')"
        ".forEach((one) => one.classList.add('focus-visible'))"
    )
    yield FORCED
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    yield "printed"
    page.emulate_media(media="screen")
    page.set_viewport_size(NARROW)
    page.evaluate("document.getElementById('__drawer').checked = true")
    page.evaluate(
        "document.querySelectorAll('.md-nav__toggle').forEach((one) => { one.checked = true; })"
    )
    yield "a phone with its menu open"


def each(everywhere: bool) -> Iterator[Any]:
    for path in PAGES:
        deep = everywhere or path not in SAMPLE
        yield pytest.param(path, everywhere, marks=[pytest.mark.deep] * deep)


@pytest.mark.parametrize(("path", "everywhere"), [*each(False), *each(True)])
def test_no_page_looks_otherwise_with_the_whole_style(
    demo: Served, new_tab: NewTab, path: str, everywhere: bool
) -> None:
    page = new_tab(color_scheme="light")
    page.goto(demo.base + path)
    found = {state: looks_otherwise(page, demo, everywhere, state) for state in states(page)}
    assert {state: looks for state, looks in found.items() if looks} == {}


@pytest.mark.deep
def test_one_rule_more_is_found(demo: Served, new_tab: NewTab) -> None:
    rules = {".md-footer{color:red}", ".md-nav__link:hover{top:1px}", "h2::after{content:'x'}"}
    page = new_tab(color_scheme="light")
    page.goto(f"{demo.base}examples/first-secretary/")
    opened, forced, *_ = [
        {rule for rule in rules if looks_otherwise(page, demo, False, state, WHOLE + rule)}
        for state in islice(states(page), 2)
    ]
    assert opened == rules - {".md-nav__link:hover{top:1px}"}
    assert forced == rules


def sent(site: Path, address: str) -> int:
    """The bytes of a file as the server sends it, compressed when it was published."""
    name = unquote(urlsplit(address).path).lstrip("/")
    name = f"{name}index.html" if name.endswith("/") or not name else name
    return min(map(len, _packed(name, (site / name).read_bytes(), {}).values()))


@pytest.mark.parametrize("path", ["", "report/part-3/"])
def test_a_first_visit_is_light(demo: Served, new_tab: NewTab, path: str) -> None:
    page = new_tab()
    asked: list[str] = []
    hear(page, "request", lambda request: asked.append(request.url))
    page.goto(demo.base + path, wait_until="networkidle")
    sizes = {address.removeprefix(demo.base): sent(demo.folder, address) for address in set(asked)}
    assert {"assets/theme.css", "assets/frame.js"} <= sizes.keys()
    assert sum(sizes.values()) <= 50_000, sizes


MOVED = """() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { moved += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(moved))));
})"""


@pytest.mark.parametrize(
    ("path", "viewport"),
    [
        pytest.param(
            path,
            viewport,
            marks=[pytest.mark.deep] * (path not in moving),
            id=f"{path}-{viewport['width']}",
        )
        for viewport, moving in ((NARROW, MOVING[:3]), (WIDE, MOVING[:1]))
        for path in dict.fromkeys((*PAGES, *MOVING))
    ],
)
def test_nothing_moves_while_a_page_loads(
    demo: Served, new_tab: NewTab, path: str, viewport: ViewportSize
) -> None:
    """Also where the scripts come so late that the page is drawn before each of them."""

    def late(route: Route) -> None:
        time.sleep(0.1)
        route.continue_()

    page = new_tab(viewport=viewport, color_scheme="dark")
    page.route("**/*.js", late)
    page.goto(demo.base + path)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate(MOVED) == 0
