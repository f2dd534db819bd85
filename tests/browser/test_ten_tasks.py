"""Ten tasks of readers and inspectors: each is done in three clicks at most, from where they start."""

import csv
import io
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.conftest import ADDRESS, DAY, INSECURE, ON_A_PHONE, NewTab, Served

MOST = 3


@dataclass
class Reader:
    """Somebody who reads the demonstration, and how often they have clicked or chosen."""

    tab: Page
    base: str
    clicks: int = 0

    def begin(self, address: str = "") -> None:
        self.tab.goto(f"{self.base}{address}")

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def follow(self, name: str | re.Pattern[str], within: str = "article") -> None:
        """Click the one link of that name in the article."""
        self.click(self.tab.locator(within).get_by_role("link", name=name, exact=True).first)

    def choose(self, label: str, option: str) -> None:
        self.clicks += 1
        self.tab.locator(".choose label", has_text=label).locator("select").select_option(option)

    def download(self, what: Locator) -> Download:
        with self.tab.expect_download() as found:
            self.click(what)
        return found.value

    def rows(self, table: str) -> list[list[str]]:
        """What the rows show that are left to see of a table named for screen readers."""
        rows = self.tab.get_by_role("region", name=table, exact=True).locator("tbody tr").all()
        return [row.locator("th, td").all_inner_texts() for row in rows if row.is_visible()]


@pytest.fixture(params=ON_A_PHONE)
def reader(request: pytest.FixtureRequest, new_tab: NewTab, demo: Served) -> Reader:
    reader = Reader(new_tab(viewport=request.param), demo.base)
    reader.begin()
    return reader


def test_1_the_hours_and_what_proves_them(reader: Reader) -> None:
    reader.follow(re.compile("志愿服务总时长$"))
    expect(reader.tab.locator("article")).to_contain_text("3176小时")
    row = reader.tab.locator("tr[id]", has_text="小区整治.jpg").first
    reader.click(row.get_by_role("link").first)
    picture = reader.tab.locator("tr.view img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    assert reader.clicks <= MOST


def test_2_from_a_sentence_to_a_record(reader: Reader) -> None:
    reader.begin("report/part-3/")
    reader.follow("3176小时")
    reader.click(reader.tab.get_by_role("dialog").get_by_role("link", name="出处和各期的数"))
    reader.click(reader.tab.locator("tr[id] a.row").first)
    expect(reader.tab.locator("tr.view")).to_contain_text("原始资料")
    assert reader.clicks <= MOST


def test_3_the_regulations_changed_last_year(reader: Reader) -> None:
    reader.follow("哪年改了哪些")
    reader.choose("年份", "2025年")
    assert [row[1:4] for row in reader.rows("制度的变动")] == [
        ["2025年7月31日", "有效期满", "示例市统计局普查数据质量抽查规定"],
        ["2025年4月10日", "修改", "示例市统计局统计资料提供办法"],
    ]
    assert reader.clicks <= MOST


def test_4_the_items_without_pictures(reader: Reader) -> None:
    reader.follow("考评项目")
    reader.choose("种类", "图片")
    items = reader.tab.locator("table.matrix tbody").all()
    lacking = [
        one.locator("tr").first.inner_text().split("\n")[0]
        for one in items
        if any(cell.is_visible() for cell in one.get_by_text("缺", exact=True).all())
    ]
    assert lacking == ["二（三） 先进典型", "三（一） 统计服务"]
    assert reader.clicks <= MOST


def test_5_a_section_to_be_printed(reader: Reader) -> None:
    reader.follow("三、服务为民")
    control = reader.tab.locator("#volunteering + .press, #volunteering ~ .press").first
    reader.click(control.locator("summary"))
    printed = reader.download(control.get_by_role("link", name=re.compile("PDF")))
    assert "（四）" in printed.suggested_filename
    assert printed.suggested_filename.endswith(".pdf")
    assert reader.clicks <= MOST


def test_6_the_sum_of_hours_of_2024_from_the_download(reader: Reader) -> None:
    reader.follow("下载")
    row = reader.tab.locator("article tr", has_text="志愿服务活动").first
    year = row.get_by_role("link", name=re.compile("2024.*CSV"))
    whole = reader.download(year).path().read_text("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(whole))
    column = next(index for index, head in enumerate(heads) if "求和用此列" in head)
    assert sum(float(one[column]) for one in rows) == 1099
    assert reader.clicks <= MOST


def test_7_national_honours_in_force(reader: Reader) -> None:
    reader.follow("荣誉")
    reader.choose("级别", "国家级")
    assert [(name, state) for name, *_, state in reader.rows("各项荣誉的状态")] == [
        ("示例节约型机关", "待复查"),
        ("示例经济普查先进集体", "一次性"),
        ("示例人口普查先进集体", "一次性"),
    ]
    assert reader.clicks <= MOST


def test_8_article_five_is_cited(reader: Reader) -> None:
    reader.follow("制度汇编")
    reader.follow("示例市统计局统计资料提供办法")
    reader.tab.evaluate(INSECURE)
    reader.click(reader.tab.locator("#art-5 .headerlink"))
    expect(reader.tab.get_by_role("button", name="已复制")).to_be_visible()
    text = str(reader.tab.evaluate("copied.pop()"))
    assert text.startswith("《示例市统计局统计资料提供办法》第五条：")
    assert text.endswith(f"{DAY}{ADDRESS}regulations/shili-provision/#art-5")
    assert reader.clicks <= MOST


def test_9_the_last_release_against_now(reader: Reader) -> None:
    reader.follow(re.compile("^2026年2月6日报送"))
    changed = [row for row in reader.rows("报送的数和现在的数") if row[-1] != "未变"]
    assert [row[:2] + row[3:4] + row[5:6] for row in changed] == [
        ["参与疫情防控", "260余人次（准确数 265）", "250余人次", "-12"],
        ["参与疫情防控（2024年）", "118人次", "106人次", "-12"],
    ]
    assert reader.clicks <= MOST


def test_10_who_answers_for_a_figure(reader: Reader) -> None:
    reader.begin("report/part-3/")
    reader.follow("3176小时")
    card = reader.tab.get_by_role("dialog")
    line = card.locator("dl div", has_text="责任科室")
    expect(line.locator("dd")).to_have_text("示例综合科")
    assert reader.clicks <= MOST
