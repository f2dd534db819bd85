"""The frame of a page: header, tabs, contents that follow, menu, scheme, what opens, the focus that shows."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import WIDE, NewTab, Served

PHONE: ViewportSize = {"width": 390, "height": 844}
LONG, OPENING = "report/full/", "regulations/shili-provision/"


@pytest.fixture
def wide(new_tab: NewTab) -> Page:
    return new_tab(viewport=WIDE, color_scheme="light", reduced_motion="reduce")


@pytest.fixture
def phone(new_tab: NewTab) -> Page:
    return new_tab(viewport=PHONE, color_scheme="light", reduced_motion="reduce")


def scroll_to(tab: Page, y: int | str) -> None:
    """Scroll, and wait until what follows from it is drawn."""
    tab.evaluate(
        f"""() => new Promise((done) => {{
          window.scrollTo(0, {y});
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)));
        }})"""
    )


def test_the_header_tells_where_one_is(demo: Served, wide: Page) -> None:
    wide.goto(demo.base + LONG)
    header, title = wide.locator("header.md-header"), wide.locator(".md-header__title")
    tabs = wide.locator("nav.md-tabs")
    states = []
    for y in (0, 600, 0):
        scroll_to(wide, y)
        states.append(
            (
                "md-header--shadow" in str(header.get_attribute("class")),
                "md-header__title--active" in str(title.get_attribute("class")),
                tabs.get_attribute("hidden") is not None,
            )
        )
    assert states == [(False,) * 3, (True,) * 3, (False,) * 3]


def test_the_contents_follow_the_text(demo: Served, wide: Page) -> None:
    wide.goto(demo.base + LONG)
    contents = wide.locator(".md-sidebar--secondary")
    active = contents.locator(".md-nav__link--active")
    expect(active).to_have_count(0)
    hrefs = "links => links.map((link) => link.getAttribute('href'))"
    links = contents.locator(".md-nav__link").evaluate_all(hrefs)
    for to in ("volunteering", "management", "statistical-service"):
        wide.evaluate("(id) => document.getElementById(id).scrollIntoView()", to)
        expect(active).to_have_attribute("href", f"#{to}")
        expect(active).to_be_in_viewport()
        passed = contents.locator(".md-nav__link--passed").evaluate_all(hrefs)
        assert passed == links[: links.index(f"#{to}") + 1]
    scroll_to(wide, "document.body.scrollHeight")
    expect(active).to_have_attribute("href", links[-1])
    scroll_to(wide, 0)
    expect(active).to_have_count(0)
    assert contents.locator(".md-nav__link--passed").count() == 0


def test_what_stands_beside_the_text_ends_with_the_screen_and_before_the_foot(
    demo: Served, wide: Page
) -> None:
    wide.goto(demo.base + LONG)
    for y in (0, 400, "document.body.scrollHeight"):
        scroll_to(wide, y)
        box = wide.locator(".md-sidebar--primary .md-sidebar__scrollwrap").bounding_box()
        foot = wide.locator("footer").bounding_box()
        head = wide.locator("header.md-header").bounding_box()
        assert box
        assert foot
        assert head
        assert head["y"] + head["height"] <= box["y"]
        assert box["y"] + box["height"] <= min(WIDE["height"], foot["y"])
        assert box["height"] > 300


def test_the_button_to_the_top_comes_on_the_way_back(demo: Served, wide: Page) -> None:
    wide.goto(demo.base + LONG)
    button = wide.get_by_role("button", name="回到页面顶部")
    for y, there in ((2000, False), (1500, True), (1600, False), (1400, True)):
        scroll_to(wide, y)
        assert (button.get_attribute("hidden") is None) is there, y
    button.click()
    wide.wait_for_function("window.scrollY === 0")
    expect(button).to_have_attribute("hidden", "")


def test_the_menu_of_a_phone_closes_where_it_leads(demo: Served, phone: Page) -> None:
    phone.goto(demo.base + LONG)
    drawer = phone.locator("#__drawer")
    phone.get_by_role("button", name="菜单").click()
    expect(drawer).to_be_checked()
    phone.evaluate("document.getElementById('__toc').click()")
    phone.locator(".md-sidebar--primary [data-md-component=toc] a").nth(1).click()
    expect(phone).to_have_url(re.compile("#"))
    expect(drawer).not_to_be_checked()


def test_the_menu_of_a_phone_by_keyboard(demo: Served, phone: Page) -> None:
    phone.goto(demo.base + LONG)
    menu = phone.get_by_role("button", name="菜单")
    where = (
        "(() => { const at = document.activeElement; return at.getBoundingClientRect().left; })()"
    )
    met = []
    for _ in range(8):  # past the header, into the text: closed, the menu is no stop on the way
        phone.keyboard.press("Tab")
        assert phone.evaluate(where) >= 0
        met.append(menu.evaluate("menu => menu === document.activeElement"))
    assert met.count(True) == 1
    menu.focus()
    for key in ("Enter", " "):
        phone.keyboard.press(key)
        expect(menu).to_have_attribute("aria-expanded", "true")
        first = phone.locator(".md-sidebar--primary").get_by_role("link", name="概述")
        expect(first).to_be_focused()
        expect(first).to_be_in_viewport()
        phone.keyboard.press("Escape")
        expect(menu).to_be_focused()
        expect(menu).to_have_attribute("aria-expanded", "false")
        expect(first).to_be_hidden()
    phone.set_viewport_size(WIDE)
    expect(menu).to_be_hidden()
    expect(phone.locator(".md-sidebar--primary")).to_be_visible()


IN_REACH = """() => {
  const at = document.activeElement, { left, top, width, height } = at.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return at === document.body ? null : at.closest(".md-sidebar--primary") && at.contains(there) ? at.innerText : "下面";
}"""


def met(tab: Page) -> list[str]:
    """What the keyboard meets from where it is until it leaves the page."""
    found = []
    while (told := tab.evaluate(IN_REACH)) is not None:
        found.append(told.strip())
        tab.keyboard.press("Tab")
    return found


def test_the_keyboard_meets_only_what_lies_on_top_while_the_menu_is_open(
    demo: Served, phone: Page
) -> None:
    """The part that is shown and the way back from it; not the page below, nor parts that are closed."""
    phone.goto(f"{demo.base}report/part-3/")
    menu = phone.get_by_role("button", name="菜单")
    menu.press("Enter")
    part = met(phone)
    assert (part[:3], part[-1]) == (["概述", "一、组织领导", "二、示范引领"], "下一步任务")
    assert "三、服务为民" in part
    phone.keyboard.press("Tab")
    assert met(phone) == ["创建报告", *part]
    phone.locator(".md-sidebar--primary label", has_text="三、服务为民").press("Enter")
    contents = met(phone)
    assert (contents[0], contents[-1]) == (
        "（一）优化统计服务，当好决策参谋",
        "（四）深化志愿服务，弘扬奉献精神",
    )
    phone.locator(".md-sidebar--primary label.md-nav__title[for=__toc]").press("Enter")
    assert met(phone) == part
    phone.locator("label.md-nav__title", has_text="创建报告").press("Enter")
    assert met(phone)[:3] == ["首页", "创建报告", "年度总结"]
    phone.keyboard.press("Escape")
    expect(menu).to_be_focused()
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('.md-sidebar--primary')") is None


def test_a_part_of_the_menu_opens_by_keyboard(demo: Served, phone: Page) -> None:
    phone.goto(f"{demo.base}guide/messages/")
    phone.get_by_role("button", name="菜单").click()
    label = phone.locator("label.md-nav__link[id]").last
    part = phone.locator(f"nav[aria-labelledby='{label.get_attribute('id')}']")
    expect(part).to_have_attribute("aria-expanded", "true")
    part.locator("> label.md-nav__title").press("Enter")
    expect(part).to_have_attribute("aria-expanded", "false")
    label.press("Enter")
    expect(part).to_have_attribute("aria-expanded", "true")


def test_the_scheme_follows_the_system_until_one_is_chosen(demo: Served, wide: Page) -> None:
    wide.goto(demo.base)
    body = wide.locator("body")
    for scheme in ("dark", "light", "dark"):
        wide.emulate_media(color_scheme=scheme)
        expect(body).to_have_attribute(
            "data-md-color-scheme", "slate" if scheme == "dark" else "default"
        )
        expect(wide.locator("meta[name=color-scheme]")).to_have_attribute("content", scheme)
    wide.get_by_title("切换到浅色").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    expect(wide.get_by_title("切换到深色")).to_be_visible()
    expect(wide.get_by_title("切换到浅色")).to_be_hidden()
    wide.emulate_media(color_scheme="light")
    wide.emulate_media(color_scheme="dark")
    wide.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    wide.locator("input[name=__palette]").first.focus()
    wide.keyboard.press("Enter")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_whatever_is_stored_the_page_has_a_scheme(demo: Served, wide: Page) -> None:
    wide.goto(demo.base)
    wide.emulate_media(color_scheme="dark")
    for kept in ("{", "null", '{"index": 7}', '{"index": "a"}', "[]"):
        wide.evaluate("(kept) => localStorage.setItem('/.__palette', kept)", kept)
        wide.reload()
        expect(wide.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_what_is_closed_opens_for_its_address_and_on_paper(demo: Served, wide: Page) -> None:
    wide.goto(demo.base + OPENING)
    opened = "document.querySelectorAll('details[open]').length"
    every = wide.locator("details").count()
    assert (wide.evaluate(opened), every) == (0, 4)
    wide.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert wide.evaluate(opened) == every
    wide.evaluate("dispatchEvent(new Event('afterprint'))")
    assert wide.evaluate(opened) == 0
    wide.evaluate(
        "() => { document.querySelector('details p').id = 'inside'; location.hash = '#inside'; }"
    )
    expect(wide.locator("#inside")).to_be_in_viewport()
    assert wide.evaluate(opened) == 1


def test_the_focus_shows_where_the_keyboard_has_brought_it(demo: Served, wide: Page) -> None:
    wide.goto(demo.base + OPENING)
    summary = wide.locator("summary").first
    shown = re.compile(r"(^| )focus-visible( |$)")
    summary.click()
    expect(summary).to_be_focused()
    expect(summary).not_to_have_class(shown)
    wide.keyboard.press("Shift+Tab")
    wide.keyboard.press("Tab")
    expect(summary).to_be_focused()
    expect(summary).to_have_class(shown)
    expect(summary).not_to_have_css("outline-style", "none")
    wide.keyboard.press("Tab")
    expect(summary).not_to_have_class(shown)


def test_what_is_wider_than_its_place_is_reached_by_keyboard(demo: Served, phone: Page) -> None:
    phone.goto(f"{demo.base}guide/publishing/")
    reached = """() => [...document.querySelectorAll("pre > code")].map(
        (one) => [one.scrollWidth > one.clientWidth, one.getAttribute("tabindex")])"""
    found = phone.evaluate(reached)
    assert {(wide, tab) for wide, tab in found} == {(True, "0"), (False, None)}
    phone.set_viewport_size({"width": 1900, "height": 844})
    expect(phone.locator("pre > code[tabindex]")).to_have_count(
        sum(wide for wide, _ in phone.evaluate(reached))
    )


def test_a_name_cut_short_is_told_whole(demo: Served, wide: Page) -> None:
    wide.goto(demo.base + LONG)
    title = wide.locator(".md-header__topic .md-ellipsis").first
    title.hover()
    assert title.get_attribute("title") is None
    wide.set_viewport_size({"width": 240, "height": 800})
    title.hover()
    expect(title).to_have_attribute("title", "文明单位创建档案（演示）")
