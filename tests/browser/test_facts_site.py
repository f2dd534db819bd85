"""The card of a figure, the fields of a record, citations, the register chosen by columns: tapped and typed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ADDRESS, DAY, INSECURE, ON_A_PHONE, WIDE, NewTab, Served


@pytest.fixture(params=ON_A_PHONE)
def tab(request: pytest.FixtureRequest, new_tab: NewTab) -> Page:
    return new_tab(viewport=request.param)


def copied(page: Page, within: Any, what: str = "引用") -> str:
    button = within.locator(".copies button").nth(0 if what == "引用" else 1)
    expect(button).to_have_text(f"复制{what}")
    page.evaluate(INSECURE)
    button.click()
    expect(button).to_have_text("已复制")
    return str(page.evaluate("copied.pop()"))


def test_a_tap_on_words_of_time_tells_their_days(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}report/overview/")
    word = tab.get_by_role("link", name="三年来")
    said = "三年来：2023年1月1日至2025年12月31日"
    word.click()
    card = tab.get_by_role("dialog", name="所指的时间")
    expect(card).to_be_in_viewport(ratio=1)
    expect(card.locator(".card-head")).to_have_text(said)
    tab.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(word).to_be_focused()
    tab.set_viewport_size(WIDE)
    tab.keyboard.press("Enter")
    expect(card).to_be_in_viewport(ratio=1)
    expect(card.locator(".card-head")).to_have_text(said)
    tab.keyboard.press("Escape")
    sentence = tab.locator("article p", has_text="三年来，我局获得")
    assert sentence.inner_text().startswith("三年来，我局获得")
    tab.emulate_media(media="print")
    note = tab.locator(".when-note")
    expect(note).to_be_visible()
    assert note.inner_text().startswith(
        "文中“三年来”指2023年1月1日至2025年12月31日；“今年”指2025年"
    )
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('a.when')).textDecorationLine")
        == "none"
    )


def test_a_tap_on_a_number_opens_its_card(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}report/part-3/")
    figure = tab.get_by_role("link", name="3176小时")
    figure.click()
    card = tab.get_by_role("dialog", name="志愿服务总时长")
    expect(card).to_be_in_viewport(ratio=1)
    expect(card).to_be_focused()
    lines = dict(zip(card.locator("dt").all_text_contents(), card.locator("dd").all_text_contents(), strict=True))  # fmt: skip
    assert list(lines) == ["口径", "计算方法", "时期", "来源", "责任科室", "状态"]
    assert (lines["时期"], lines["状态"]) == ("2023年1月1日至2025年12月31日", "核定")
    assert copied(tab, card) == (
        "志愿服务总时长：3176小时（时期：2023年1月1日至2025年12月31日，"
        f"责任科室：{lines['责任科室']}，状态：核定）。{DAY}{ADDRESS}indicators/volunteer_hours/"
    )
    assert copied(tab, card, "地址") == f"{ADDRESS}indicators/volunteer_hours/"
    tab.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(figure).to_be_focused()
    tab.set_viewport_size(WIDE)
    tab.keyboard.press("Enter")
    expect(card).to_be_in_viewport(ratio=1)
    card.get_by_role("link", name="出处和各期的数").click()
    expect(tab).to_have_url(f"{demo.base}indicators/volunteer_hours/")


def test_a_card_goes_when_another_opens_or_the_reader_leaves_it(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}report/part-3/")
    tab.get_by_role("link", name="3176小时").click()
    tab.get_by_role("link", name="72次").first.evaluate("link => link.click()")
    expect(tab.get_by_role("dialog")).to_have_count(1)
    expect(tab.get_by_role("dialog", name="开展志愿活动")).to_be_visible()
    for _ in range(5):
        tab.keyboard.press("Tab")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    tab.get_by_role("link", name="3176小时").click()
    tab.locator("h1").click(position={"x": 2, "y": 2})
    expect(tab.get_by_role("dialog")).to_have_count(0)


def test_a_record_opens_below_its_row_and_has_an_address(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}records/volunteering/")
    row = tab.locator("tr[id^='r-']").nth(3)
    link = row.locator("a.row")
    day = link.text_content()
    link.click()
    address = f"records/volunteering/#{row.get_attribute('id')}"
    view = tab.locator("tr.view")
    expect(view).to_have_count(1)
    shown = dict(zip(view.locator("dt").all_text_contents(), view.locator("dd").all_text_contents(), strict=True))  # fmt: skip
    assert shown["日期"] == day
    assert {"活动名称", "服务时长", "佐证材料", "原始资料", "记录人", "复核人"} <= shown.keys()
    text = copied(tab, view)
    assert text.startswith(f"志愿服务活动，日期：{day}；活动名称：{shown['活动名称']}；")
    assert text.endswith(f"{DAY}{ADDRESS}{address}")
    link.click()
    expect(view).to_have_count(0)
    tab.goto("about:blank")
    tab.goto(f"{demo.base}{address}")
    expect(tab.locator("tr.view dd").first).to_have_text(str(day))
    expect(tab.locator("tr.view")).to_be_in_viewport()


OWN_TABLE = (
    '<table><thead><tr><th>甲</th></tr></thead><tbody><tr id="r-own"><td>'
    '<a href="https://elsewhere.example/seen.png" title="图">图</a></td></tr></tbody></table>'
    '<p><a href="#r-own">看这一行</a></p>'
)
"""HTML as an editor may type it into a page, its row with an id like that of a record's."""


def test_a_row_that_an_editor_wrote_fetches_nothing(demo: Served, tab: Page) -> None:
    asked: list[str] = []
    faults: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(f"{demo.base}records/volunteering/")
    tab.locator("article").evaluate(
        "(article, html) => article.insertAdjacentHTML('beforeend', html)", OWN_TABLE
    )
    tab.get_by_role("link", name="看这一行").click()
    expect(tab).to_have_url(re.compile("#r-own$"))
    expect(tab.locator("tr.view")).to_have_count(0)
    tab.locator("a.row").first.click()  # the script goes on after it
    expect(tab.locator("tr.view")).to_have_count(1)
    assert [one for one in asked if not one.startswith(demo.base)] == faults == []


def test_an_address_that_is_no_text_stops_nothing(demo: Served, tab: Page) -> None:
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(f"{demo.base}figures/#%E0%A4%A")
    expect(tab.locator(".choose select").first).to_be_visible()
    assert faults == []


@pytest.mark.parametrize(
    ("path", "anchor", "start", "has"),
    [
        ("regulations/leave/", "art-2", "《请销假制度》第二条：", True),
        ("report/part-3/", "volunteering", "《三、坚持服务为民，走在优质服务前列》（四）", True),
        ("honours/", "timeline", "《荣誉》时间线：", True),
    ],
)
def test_sections_and_articles_are_cited(
    demo: Served, tab: Page, path: str, anchor: str, start: str, has: bool
) -> None:
    tab.goto(f"{demo.base}{path}")
    tab.evaluate(INSECURE)
    tab.locator(f"[id='{anchor}'] .headerlink").evaluate("link => link.click()")
    expect(tab).to_have_url(f"{demo.base}{path}#{anchor}")
    expect(tab.get_by_role("dialog").get_by_role("button", name="已复制")).to_be_visible()
    text = str(tab.evaluate("copied.pop()"))
    assert text.startswith(start)
    assert text.endswith(f"{DAY}{ADDRESS}{path}#{anchor}")
    assert "¶" not in text
    assert len(text) < 500


def test_the_register_is_chosen_by_state_office_and_part(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}figures/")
    rows = tab.locator("table[data-choose] tbody tr")
    every = rows.count()
    state, _, part = (
        tab.locator(".choose label", has_text=name).locator("select")
        for name in ("状态", "科室", "所在")
    )
    state.select_option("初步")
    shown = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < every
    assert {row.locator("td").nth(3).text_content() for row in shown} == {"初步"}
    expect(tab.get_by_role("status").last).to_have_text(f"{len(shown)} / {every} 项")
    part.select_option(index=1)
    both = [row for row in rows.all() if row.is_visible()]
    assert all(row.locator("td").nth(3).text_content() == "初步" for row in both)
    state.select_option("")
    part.select_option("")
    expect(tab.get_by_role("status").last).to_have_text(f"{every} 项")


def test_each_number_leads_to_a_page_with_its_rows(demo: Served, new_tab: NewTab) -> None:
    """Hours and what proves them, from the sentence: the card, the indicator, the record."""
    page = new_tab(viewport=WIDE)
    page.goto(f"{demo.base}report/part-3/")
    page.get_by_role("link", name="3176小时").click()
    page.get_by_role("dialog").get_by_role("link", name="出处和各期的数").click()
    expect(page.locator(".headline")).to_contain_text("3176小时 核定，时期：")
    page.locator("a.row").first.click()
    proof = page.locator("tr.view dt", has_text="佐证材料")
    expect(proof).to_be_visible()
    sums = page.locator("#volunteer_hours-records ~ * table[data-more] tbody tr[id]")
    column = page.locator("#volunteer_hours-records ~ * table[data-more] thead th").all_text_contents().index("服务时长")  # fmt: skip
    total = sum(float(row.locator("td").nth(column).text_content() or 0) for row in sums.all())
    assert total == 3176


def test_without_a_script_every_number_is_a_link(demo: Served, without_scripts: Page) -> None:
    page = without_scripts
    page.goto(f"{demo.base}report/part-3/")
    page.get_by_role("link", name="3176小时").click()
    expect(page).to_have_url(f"{demo.base}indicators/volunteer_hours/")
    page.locator("a.row").first.click()
    expect(page).to_have_url(re.compile(r"/indicators/volunteer_hours/#r-"))
    expect(page.locator(":target")).to_be_in_viewport()
