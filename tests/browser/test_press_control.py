"""The control beside a title: it opens to what prints, leads to the files and cites, and moves nothing."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ON_A_PHONE, PHONE, WIDE, NewTab, Served, moved

SECTION = "（四）深化志愿服务，弘扬奉献精神"


@pytest.fixture(params=ON_A_PHONE)
def tab(request: pytest.FixtureRequest, new_tab: NewTab) -> Page:
    return new_tab(viewport=request.param)


def control(page: Page, title: str) -> Locator:
    return page.locator(".press", has=page.locator(f'summary[aria-label="打印、引用：{title}"]'))


def test_it_holds_all_that_is_done_with_a_section(demo: Served, new_tab: NewTab) -> None:
    tab = new_tab()
    tab.goto(f"{demo.base}report/part-3/")
    section = control(tab, SECTION)
    menu = section.locator(".press-menu > *")
    for viewport in (WIDE, PHONE):
        tab.set_viewport_size(viewport)
        expect(section.locator(".press-menu")).to_be_hidden()
        moved(tab, "article *", ".press")
        section.locator("summary").click()
        expect(menu).to_have_text(["打印", "PDF", "Word", "复制引用", "复制地址"])
        assert moved(tab, "article *", ".press") is False
        for one in menu.all():
            expect(one).to_be_in_viewport(ratio=1)
            box = one.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24
        tab.keyboard.press("Escape")
    named = [link.get_attribute("aria-label") for link in section.locator("a").all()]
    assert named == [f"{SECTION} PDF", f"{SECTION} Word"]


def test_the_whole_report_has_its_book_in_the_same_one(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}report/full/")
    expect(tab.locator("h1 + .press .press-menu > *")).to_have_text(
        ["打印", "PDF", "Word", "成册，有目录 PDF", "成册，有目录 Word", "复制引用", "复制地址"]
    )


def test_a_keyboard_opens_and_escape_closes_it(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}report/part-3/")
    summary = control(tab, SECTION).locator("summary")
    summary.focus()
    tab.keyboard.press("Enter")
    for name in ("打印", f"{SECTION} PDF", f"{SECTION} Word", "复制引用", "复制地址"):
        tab.keyboard.press("Tab")
        expect(control(tab, SECTION).locator(":focus")).to_have_accessible_name(name)
    tab.keyboard.press("Escape")
    expect(control(tab, SECTION)).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_it_closes_when_the_reader_goes_on(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}report/part-3/")
    opened = tab.locator(".press[open]")
    tab.locator("h1 + .press summary").click()
    expect(opened).to_have_count(1)
    tab.locator(".press summary").nth(1).focus()
    tab.keyboard.press("Space")
    expect(opened).to_have_count(1)
    expect(opened.locator("button").first).to_have_attribute("data-section", "statistical-service")
    tab.locator("h1").click(position={"x": 2, "y": 2})
    expect(opened).to_have_count(0)
    tab.locator("h1 + .press summary").click()
    tab.evaluate("() => { window.print = () => { window.printed = true; } }")
    opened.get_by_role("button", name="打印").click()
    assert tab.evaluate("window.printed")
    expect(opened).to_have_count(0)


def test_it_cites_its_section(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}report/part-3/")
    tab.evaluate("""() => {
        Object.defineProperty(window, "isSecureContext", { value: false });
        document.addEventListener("copy", () => { window.copied = document.activeElement.value; });
    }""")
    section = control(tab, SECTION)
    section.locator("summary").click()
    section.get_by_role("button", name="复制引用").click()
    expect(section.get_by_role("button", name="已复制")).to_be_visible()
    said = tab.evaluate("copied")
    assert said.startswith(f"《三、坚持服务为民，走在优质服务前列》{SECTION}：")
    assert said.endswith(
        "数据截至2026年6月30日。https://wenming.example/report/part-3/#volunteering"
    )
    section.get_by_role("button", name="复制地址").click()
    assert tab.evaluate("copied") == "https://wenming.example/report/part-3/#volunteering"


def test_without_a_script_it_leads_to_the_files(demo: Served, without_scripts: Page) -> None:
    without_scripts.goto(f"{demo.base}report/part-3/")
    section = control(without_scripts, SECTION)
    section.locator("summary").click()
    expect(section.locator(".press-menu > :visible")).to_have_text(["PDF", "Word"])
    with without_scripts.expect_download() as download:
        section.get_by_text("Word").click()
    assert download.value.suggested_filename == f"{SECTION}.docx"
