"""A regulation amended twice and the releases, as readers meet them: old beside new, any two compared."""

import re
from decimal import Decimal

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from archive.build.search import index_text
from archive.press.article import read
from tests.browser.conftest import WIDE, NewTab, Served

NARROW: ViewportSize = {"width": 360, "height": 740}


def opened(new_tab: NewTab, site: Served, path: str) -> Page:
    page = new_tab(WIDE)
    page.goto(site.base + path)
    return page


def sideways(page: Page) -> bool:
    """Whether the page is wider than the screen, or would be than a narrow one, which it has from now on."""
    found = []
    for viewport in (page.viewport_size or WIDE, NARROW):
        page.set_viewport_size(viewport)
        found.append(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
    return any(found)


def test_old_and_new_stand_beside_each_other(changed: Served, new_tab: NewTab) -> None:
    page = opened(new_tab, changed, "regulations/leave/")
    folds = page.locator(".amended details")
    expect(folds).to_have_count(2)
    last = folds.nth(1)
    expect(last.locator(".before")).not_to_be_visible()
    last.locator("summary").click()
    before, after = last.locator(".before"), last.locator(".after")
    expect(before.locator("del")).to_contain_text("依照第九条办理")
    expect(after.locator("ins").first).to_be_visible()
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        left, right = before.bounding_box(), after.bounding_box()
        assert left
        assert right
        assert (left["y"] == right["y"]) == (viewport is WIDE)
    assert not sideways(page)
    expect(page.locator(".amended").last).to_have_text("2024年5月6日增加")
    page.locator(".amended a", has_text="2025年7月1日修改").first.click()
    expect(page).to_have_url(re.compile(r"#amended-2$"))
    expect(page.locator("#amended-2")).to_be_in_viewport()
    page.locator("#amended-2 a", has_text="第九条").click()
    expect(page.locator("#art-9")).to_be_in_viewport()


def test_the_contents_say_what_an_article_is_about(changed: Served, new_tab: NewTab) -> None:
    page = opened(new_tab, changed, "regulations/leave/")
    first = page.locator(".md-sidebar--secondary a[href='#art-1']")
    expect(first).to_have_text("第一条 为了规范干部职工请假")
    assert page.locator("#art-1").evaluate("one => one.firstChild.data.trim()") == "第一条"


def test_the_text_of_another_day_is_unmistakable(changed: Served, new_tab: NewTab) -> None:
    page = opened(new_tab, changed, "regulations/leave/")
    expect(page.locator(".standing")).to_have_count(0)
    page.get_by_role("link", name="2023年3月1日至2024年5月5日").click()
    expect(page).to_have_url(re.compile(r"/regulations/versions/leave-2023-03-01/$"))
    expect(page.locator(".standing")).to_be_in_viewport()
    expect(page.locator("#art-8 + p")).to_have_text("请病假应当提交医疗机构出具的诊断证明。")
    expect(page.locator("#art-9 + p")).to_have_text("（未记录原文）")
    expect(page.locator("#art-13")).to_have_count(0)
    for media in ("print", "screen"):
        page.emulate_media(media=media)
        expect(page.locator(".standing")).to_have_text("已被修改，不是现行文本")
        expect(page.locator(".standing")).to_be_visible()
    assert not sideways(page)
    page.get_by_role("link", name="现行文本").click()
    expect(page).to_have_url(re.compile(r"/regulations/leave/$"))


def test_print_has_the_text_alone(changed: Served) -> None:
    root = lxml.html.parse(changed.folder / "regulations/leave/index.html").getroot()
    article = read(root, str)
    text = "".join(
        run["text"]
        for block in article.blocks
        if block["kind"] == "paragraph"
        for run in block["runs"]
    )
    assert "第八条　请病假应当说明需要休息的时间；" in text
    assert not re.search("修改前|2024年5月6日(修改|增加)|修改记录2024|各个时候", text)
    report = lxml.html.parse(changed.folder / "report/part-1/index.html").getroot()
    assert "报送时" not in repr(read(report, str).blocks)


def test_a_changed_sentence_bears_a_mark_with_the_old_one_below(
    changed: Served, new_tab: NewTab
) -> None:
    page = opened(new_tab, changed, "report/part-1/")
    sentence = page.locator("p.changed-since")
    expect(sentence).to_have_count(1)
    expect(sentence).to_have_css("border-left-width", "3px")
    fold = page.locator(".since details")
    expect(fold).to_have_count(1)
    fold.locator("summary").click()
    expect(fold.locator("del")).to_be_visible()
    expect(page.locator(".reported")).to_contain_text("本页有 1 处的句子改了")
    assert not sideways(page)
    assert _broken(page) == []
    page.emulate_media(media="print")
    expect(sentence).to_have_css("border-left-width", "0px")
    expect(fold).not_to_be_visible()


def test_a_former_text_is_not_found_by_the_search(changed: Served) -> None:
    index = index_text((changed.folder / "search/index.js").read_text("utf-8"))
    assert "\nregulations/leave/\t" in index
    assert "\nregulations/versions/" not in index
    assert "请病假应当提交医疗机构" not in index


# A former text of the demonstration is looked at with a page of each kind.
FORMER = pytest.param("versions/leave-2023-03-01/", marks=pytest.mark.deep)


@pytest.mark.parametrize("path", ["leave/", FORMER])
def test_axe_finds_nothing_on_a_regulation(changed: Served, new_tab: NewTab, path: str) -> None:
    page = new_tab(WIDE, color_scheme="light", reduced_motion="reduce")
    page.goto(f"{changed.base}regulations/{path}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert _broken(page) == []
    # The other scheme changes colours and nothing else.
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert _broken(page, "color-contrast") == []


def _broken(page: Page, *rules: str) -> list[str]:
    """What axe finds by these rules, or by all."""
    only = {"runOnly": list(rules)} if rules else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only})
    return [violation["id"] for violation in found.response["violations"]]


def test_any_two_releases_are_compared(demo: Served, new_tab: NewTab) -> None:
    page = opened(new_tab, demo, "figures/releases/#any-two")
    table = page.locator("table[data-compare]")
    before, after = page.locator(".choose select").all()
    names = before.locator("option").all_text_contents()
    assert names[0] == "现在"
    for old, new in ((names[2], names[1]), (names[1], names[0]), (names[3], names[2])):
        before.select_option(label=old)
        after.select_option(label=new)
        columns = table.locator("thead th").all_text_contents()
        rows = table.locator("tbody tr").evaluate_all(
            READ, [columns.index(old), columns.index(new)]
        )
        for said, then, now in rows:
            assert said == expected(then, now)
        changed = [said[0] in "+-写" for said, _, _ in rows]
        assert changed == sorted(changed, reverse=True)
        expect(page.locator(".choose [role=status]")).to_have_text(
            f"{len(rows)} 项，变了 {sum(changed)} 项"
        )
    first = table.locator("tbody td").first
    table.evaluate("one => { one.parentElement.scrollLeft = 200 }")
    assert first.evaluate("one => one.getBoundingClientRect().left") >= 0
    assert not sideways(page)
    assert _broken(page) == []


READ = """(rows, columns) => rows.map((row) => [
  row.cells[1].textContent,
  ...columns.map((at) => {
    const one = row.cells[at].querySelector("[data-group]");
    return one && [one.dataset.group, one.dataset.exact || null, one.textContent];
  }),
])"""


def expected(then: list[str] | None, now: list[str] | None) -> str:
    """What stands in the column of differences, reckoned apart from the script."""
    if not then or not now:
        return "—"
    if then[0] != now[0]:
        return "口径或时期不同"
    if then[1] is None or now[1] is None:
        return "未变" if then[2] == now[2] else "写法不同"
    difference = Decimal(now[1]) - Decimal(then[1])
    text = f"{difference.normalize():f}"
    return "未变" if not difference else f"+{text}" if difference > 0 else text
