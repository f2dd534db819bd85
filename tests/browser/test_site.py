"""The site as readers meet it: the walk from a sentence to the register and back, on wide and narrow
screens and by keyboard alone; accessibility in both schemes; no request elsewhere, no error.
"""

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import (
    COVER,
    EVERY_KIND,
    FOCUSED,
    ON_A_DESK,
    ON_A_PHONE,
    SCHEMES,
    SHOWN,
    WIDE,
    NewTab,
    Served,
    hear,
    leave,
)
from tests.conftest import FROZEN

AXE = Axe()
NARROW: ViewportSize = {"width": 360, "height": 740}

FILES = re.compile(r"\b(?:data|docs)/|\.(?:yml|md)\b|\barchive [a-z]{3,}")
"""What only editors have to know: where something is recorded, and which command does something."""

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
  const dim = [...document.querySelectorAll("a[href], button, summary, select, input, [tabindex='0']")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".md-toggle"))
    .filter((one) => {
      one.focus({ preventScroll: true });
      if (document.activeElement !== one) return false;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown(one));
      const [line, back] = [channels(outlineColor), ground(shown(one).parentElement)].map(light).sort((a, b) => b - a);
      return outlineStyle !== "solid" || parseFloat(outlineWidth) < 2 || (line + 0.05) / (back + 0.05) < 3;
    })
    .map((one) => `${one.outerHTML.slice(0, 120)} in ${one.parentElement.className}`);
  document.activeElement.blur();
  return dim;
}"""


@pytest.fixture
def open_page(new_tab: NewTab) -> Iterator[Any]:
    """Opens a page in a browser that lets nothing pass: requests elsewhere, errors, bad answers."""
    faults: list[str] = []
    pages: list[Page] = []

    def opened(site: Served, path: str, **options: Any) -> Page:
        page = new_tab(**options)
        pages.append(page)
        hear(page, "console", lambda m: faults.extend([m.text] * (m.type in ("error", "warning"))))
        hear(page, "pageerror", lambda error: faults.append(str(error)))
        hear(
            page,
            "request",
            lambda r: faults.extend(
                [f"elsewhere: {r.url}"] * (not r.url.startswith((site.base, "data:")))
            ),
        )
        page.goto(site.base + path)
        return page

    yield opened
    for page in pages:
        leave(page)
    missing = "the server responded with a status of 404"
    assert [fault for fault in faults if missing not in fault] == []


@pytest.mark.parametrize("viewport", ON_A_PHONE)
def test_from_home_to_a_figure_and_back(
    demo: Served, open_page: Any, viewport: dict[str, int]
) -> None:
    page = open_page(demo, "", viewport=viewport)
    page.get_by_role("link", name="报告全文").first.click()
    expect(page).to_have_url(re.compile(r"/report/full/$"))
    figure = page.get_by_role("link", name="3176小时")
    figure.scroll_into_view_if_needed()
    figure.click()
    page.get_by_role("dialog").get_by_role("link", name="出处和各期的数").click()
    expect(page).to_have_url(re.compile(r"/indicators/volunteer_hours/$"))
    expect(page.locator("table.entry")).to_contain_text("对“服务时长”求和")
    page.get_by_role("link", name="三、服务为民 · （四）深化志愿服务，弘扬奉献精神").last.click()
    expect(page).to_have_url(re.compile(r"/report/part-3/#volunteering$"))
    expect(page.locator("#volunteering")).to_be_in_viewport()


def test_the_same_walk_by_keyboard(demo: Served, open_page: Any) -> None:
    page = open_page(demo, "report/part-3/", viewport=WIDE)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文：三、服务为民")
    page.keyboard.press("Enter")
    for _ in range(20):
        if "fig" in page.evaluate("document.activeElement.className").split():
            break
        page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("36期")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="统计分析专报")
    expect(card).to_be_focused()
    expect(card).to_contain_text("状态核定")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/indicators/analysis_reports/$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/report/part-3/"))


def test_number_and_unit_are_never_parted(demo: Served, open_page: Any) -> None:
    page = open_page(demo, "report/full/", viewport=WIDE)
    parted = "links => links.filter(a => a.getClientRects().length > 1).map(a => a.textContent)"
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        assert page.eval_on_selector_all("a.fig", parted) == []
    assert page.locator("a.fig").count() == 23


@pytest.mark.parametrize("everywhere", [False, pytest.param(True, marks=pytest.mark.deep)])
@pytest.mark.parametrize("path", EVERY_KIND)
def test_a_page_of_each_kind(demo: Served, open_page: Any, path: str, everywhere: bool) -> None:
    """Accessible by axe, with the focus seen and targets large enough, no wider than a phone, none of it an editor's."""
    page = open_page(demo, path, viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    assert faults(page) == []
    assert page.evaluate(SHOWN) == []
    assert page.evaluate(FOCUSED) == 0
    if not path.startswith(("guide/", "none/")):
        assert FILES.findall(page.locator("article").inner_text()) == []
    # The schemes differ in colours alone.
    for scheme, name in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        assert poor_contrast(page, everywhere) == []
        page.keyboard.press("Tab")
        assert page.evaluate(DIM) == [], scheme
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for editing in (False, True):
            page.evaluate("on => document.documentElement.classList.toggle('editing', on)", editing)
            assert page.evaluate(SMALL) == [], (viewport, editing)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def components(site: Served, path: str) -> set[tuple[str, str]]:
    """The kinds of element on a page, those aside that colour a piece of code: each with a class, or a role, of it."""
    name = "404.html" if path == "none/such/" else f"{path}index.html"
    elements = lxml.html.parse(site.folder / name).xpath("//body//*[not(ancestor::code)]")
    return {
        (one.tag, kind)
        for one in elements
        for kind in (*one.get("class", "").split(), f"role={one.get('role')}")
    }


def test_the_pages_that_are_opened_hold_every_kind_of_component(demo: Served) -> None:
    covered = set().union(*(components(demo, path) for path in COVER))
    for page in demo.folder.rglob("index.html"):
        path = f"{page.parent.relative_to(demo.folder)}/"
        assert components(demo, path) <= covered, path


def faults(page: Page) -> list[Any]:
    """What breaks the rules of WCAG 2.1 AA, contrast aside."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    return _found(page, None, {"runOnly": rules, "rules": {"color-contrast": {"enabled": False}}})


def poor_contrast(page: Page, everywhere: bool = False) -> list[Any]:
    """The texts with too little contrast for AAA (7 : 1, large 4.5 : 1): the first and the last of each style that no page before had, or
    all `everywhere`.
    """
    # The rule for AAA leaves what fails AA too to the rule for AA. Neither asks for the sheets, to be fetched anew.
    only = {"runOnly": ["color-contrast", "color-contrast-enhanced"], "preload": False}
    if everywhere:
        return _found(page, None, only)
    new = page.evaluate(MARK_STYLES, list(_looked_at))
    _looked_at.update(new)
    return _found(page, {"include": [[f"[{MARK}]"]]}, only) if new else []


_looked_at: set[str] = set()
"""The styles of which texts have been looked at."""


def _found(page: Page, context: dict[str, Any] | None, options: dict[str, Any]) -> list[Any]:
    """What axe finds: each rule that is broken, with the first places."""
    asked = options | {"resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    run = "([where, asked]) => axe.run(where ?? document, asked)"
    found = page.evaluate(run, [context, asked])["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]


MARK = "data-contrast"
MARK_STYLES = """(known) => {
  // Contrast follows from the style of a text and from the grounds of all that it stands in.
  const styles = new Map();
  const looked = new Set(known);
  const short = (text) => {  // for keys of some thousand characters: two sums of 32 bits
    let one = 5381, two = 52711;
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one, 33) ^ text.charCodeAt(at);
      two = Math.imul(two, 31) + text.charCodeAt(at) | 0;
    }
    return `${one} ${two}`;
  };
  // The shadow that hints at more of a table is drawn at its edges; of any drawn ground the tool says nothing.
  document.querySelectorAll(".scroll").forEach((one) => { one.style.backgroundImage = "none"; });
  for (const one of document.body.querySelectorAll("*")) {
    one.removeAttribute("data-contrast");
    const shown = one.checkVisibility() && one.getClientRects().length;
    const texts = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!texts || !shown) continue;
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(one);
    const style = [color, fontSize, fontWeight, textShadow];
    for (let up = one; up; up = up.parentElement) {
      const {backgroundColor, backgroundImage, opacity, filter, position, transform} = getComputedStyle(up);
      style.push(backgroundColor, backgroundImage, opacity, filter, position, transform);
    }
    const key = short(style.join());
    if (looked.has(key)) continue;
    styles.set(key, [...(styles.get(key) || []).slice(0, 1), one]);
  }
  [...styles.values()].flat().forEach((one) => one.setAttribute("data-contrast", ""));
  return [...styles.keys()];
}"""


def test_one_text_with_too_little_contrast_is_found(demo: Served, open_page: Any) -> None:
    page = open_page(demo, "figures/", viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    assert poor_contrast(page) == []
    cell = page.locator("article td:not(:has(*))", has_text="2025年").first
    for style, rule in (
        ("color: #aaa", "color-contrast"),
        ("color: #666", "color-contrast-enhanced"),
        ("background: #555", "color-contrast"),
        ("opacity: .4", "color-contrast"),
    ):
        cell.evaluate("(cell, style) => cell.setAttribute('style', style)", style)
        (found,) = poor_contrast(page)
        assert found[0] == rule, style


def test_one_target_too_small_and_one_line_too_thin_are_found(demo: Served, open_page: Any) -> None:
    page = open_page(demo, "figures/", viewport=WIDE)
    page.keyboard.press("Tab")
    page.add_style_tag(
        content="td > a { padding: 0 !important } summary:focus { outline-color: #eee !important }"
    )
    assert len(page.evaluate(SMALL)) > 10
    assert len(page.evaluate(DIM)) == 1


def test_what_a_phone_opens_is_large_enough_to_hit(demo: Served, open_page: Any) -> None:
    page = open_page(demo, "records/community/", viewport=NARROW)
    page.get_by_role("button", name="菜单").click()
    page.get_by_role("link", name="社区共建").first.wait_for()
    assert page.evaluate(SMALL) == []
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("志愿服务")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate(SMALL) == []


def test_the_scheme_is_remembered(demo: Served, open_page: Any) -> None:
    page = open_page(demo, "", viewport=WIDE, color_scheme="light")
    page.locator("label[title='切换到深色']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(demo.base + "figures/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_states_are_told_in_words(demo: Served, real: Served, open_page: Any) -> None:
    page = open_page(demo, "figures/", viewport=WIDE)
    words = page.locator("table[data-choose] tbody td:nth-child(4)").all_text_contents()
    assert {word: words.count(word) for word in set(words)} == {"核定": 19, "初步": 2, "已修订": 2}
    expect(page.get_by_role("row", name=re.compile("^核定"))).to_contain_text("19")
    other = open_page(real, "figures/", viewport=WIDE)
    expect(other.get_by_role("row", name=re.compile("^未填报"))).to_contain_text("23")


def test_an_address_that_is_wrong(demo: Served, open_page: Any) -> None:
    page = open_page(demo, "report/part-9/", viewport=WIDE)
    expect(page.get_by_role("heading", level=1)).to_have_text("没有这个页面")
    page.get_by_role("link", name="指标登记").last.click()
    expect(page).to_have_url(re.compile(r"/figures/$"))


@pytest.mark.parametrize("viewport", ON_A_DESK)
def test_from_the_report_to_a_regulation_and_back(
    real: Served, open_page: Any, viewport: dict[str, int]
) -> None:
    page = open_page(real, "report/part-1/", viewport=viewport)
    page.get_by_role("link", name="请销假").click()
    expect(page).to_have_url(re.compile(r"/regulations/leave/$"))
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        expect(page.locator(".draft")).to_have_text("示范文本（待审定）")
        expect(page.locator(".draft")).to_be_visible()
        expect(page.locator(".facts")).to_contain_text("草案")
    page.emulate_media(media="screen")
    page.locator(".cited a").click()
    expect(page).to_have_url(re.compile(r"/report/part-1/#management$"))
    expect(page.locator("#management")).to_be_in_viewport()


def test_an_article_reads_as_in_print_and_has_a_link(real: Served, open_page: Any) -> None:
    page = open_page(real, "regulations/leave/", viewport=NARROW)
    number, text = page.locator("#art-2"), page.locator("#art-2 + p")
    first_line = "p => { const r = document.createRange(); r.selectNodeContents(p); return r.getClientRects()[0].y }"
    assert number.evaluate(first_line) == text.evaluate(first_line)
    page.set_viewport_size(WIDE)
    assert number.evaluate(first_line) == text.evaluate(first_line)
    link = number.locator(".headerlink")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/regulations/leave/#art-2$"))


def test_all_regulations_are_listed_with_their_states(real: Served, open_page: Any) -> None:
    page = open_page(real, "", viewport=WIDE)
    page.get_by_role("link", name="制度汇编").last.click()
    expect(page).to_have_url(re.compile(r"/regulations/$"))
    there = {path.stem for path in (FROZEN / "docs" / "regulations").glob("*.md")}
    there -= {"index", "changes"}
    rows = page.locator("tbody tr", has=page.locator("td a"))
    expect(rows).to_have_count(len(there))
    assert {row.locator("a").get_attribute("href").strip("/") for row in rows.all()} == there
    assert all("草案" in text for text in rows.all_text_contents())


@pytest.mark.parametrize("viewport", ON_A_PHONE)
def test_from_a_sentence_to_the_records_behind_its_figure_and_back(
    demo: Served, open_page: Any, viewport: dict[str, int]
) -> None:
    page = open_page(demo, "report/part-3/", viewport=viewport)
    page.locator("a.fig", has_text="12篇").last.click()
    page.get_by_role("dialog").get_by_role("link", name="出处和各期的数").click()
    expect(page).to_have_url(re.compile(r"/indicators/reports_endorsed/$"))
    page.locator("#reports_endorsed-records ~ p a", has_text="统计产品").first.click()
    expect(page).to_have_url(re.compile(r"/records/publications/$"))
    totals = page.get_by_role("region", name="各年合计")
    expect(totals.get_by_role("row").last).to_have_text(re.compile(r"合计.*12$"))
    chart = page.get_by_role("img", name="统计产品各年合计（条）")
    expect(chart).to_be_visible()
    assert chart.locator("text:not(.tick)").all_text_contents()[-7:] == [
        "专报中获批示的", "2023年", "4", "2024年", "4", "2025年", "4",
    ]  # fmt: skip
    page.locator(".cited a").click()
    expect(page).to_have_url(re.compile(r"/report/part-3/#statistical-service$"))


@pytest.mark.parametrize("viewport", ON_A_DESK)
def test_from_the_report_to_an_honour_and_back(
    demo: Served, open_page: Any, viewport: dict[str, int]
) -> None:
    page = open_page(demo, "report/overview/", viewport=viewport)
    page.get_by_role("link", name="示例级文明单位").click()
    expect(page).to_have_url(re.compile(r"/honours/#civilised-unit$"))
    entry = page.locator("#civilised-unit")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("保留")
    expect(entry).to_contain_text("复查结果：确认保留")
    entry.get_by_role("link", name="概述").click()
    expect(page).to_have_url(re.compile(r"/report/overview/$"))


def test_honours_are_found_by_state_and_stand_on_a_timeline(demo: Served, open_page: Any) -> None:
    page = open_page(demo, "honours/", viewport=NARROW)
    life = page.get_by_role("img", name="荣誉时间线")
    expect(life.locator("circle")).to_have_count(13)
    expect(life.locator("path")).to_have_count(4)
    outside = """marks => marks.filter(mark => {
        const box = mark.getBoundingClientRect();
        return box.left < 0 || box.right > window.innerWidth;
    }).length"""
    assert life.locator("circle, path, text, line").evaluate_all(outside) == 0
    page.get_by_role("region", name="各项荣誉的状态").get_by_role("row", name="已撤销").get_by_role(
        "link"
    ).click()
    expect(page).to_have_url(re.compile(r"/honours/#shili-youth$"))
    expect(page.locator("#shili-youth")).to_be_in_viewport()


def test_without_dates_the_honours_say_so(real: Served, open_page: Any) -> None:
    page = open_page(real, "honours/", viewport=WIDE)
    expect(page.locator("article")).to_contain_text("各项荣誉的日期均待补")
    expect(page.locator("svg.timeline")).to_have_count(0)
    expect(page.get_by_role("row", name=re.compile("^待补"))).to_contain_text("9")


@pytest.mark.parametrize("viewport", ON_A_PHONE)
def test_from_the_examples_to_the_report_that_names_them(
    real: Served, open_page: Any, viewport: dict[str, int]
) -> None:
    page = open_page(real, "examples/", viewport=viewport)
    page.locator("article").get_by_role("link", name="驻村第一书记").click()
    expect(page).to_have_url(re.compile(r"/examples/first-secretary/$"))
    expect(page.get_by_role("row", name=re.compile("^人物"))).to_contain_text("****")
    expect(page.get_by_role("heading", level=2)).to_have_text(
        [re.compile(text) for text in ("背景", "做法", "成效")]
    )
    page.locator(".cited a").click()
    expect(page).to_have_url(re.compile(r"/report/part-3/#assistance$"))
    page.get_by_role("link", name="第一书记").click()
    expect(page).to_have_url(re.compile(r"/examples/first-secretary/$"))
