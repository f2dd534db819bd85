"""Searching the bureau's own site: which result stands first for what people look for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import NewTab, Served, hear, leads_to

QUERIES = [
    # Words inside sentences.
    ("包容审慎", "examples/lenient-supervision/"),
    ("易错指标提示单", "examples/error-prone-indicators/"),
    ("诚信承诺", "regulations/honesty-pledge/"),
    ("狼皮子梁村", "examples/first-secretary/#background"),
    ("天盛社区", "report/part-3/#assistance"),
    ("第一书记", "report/part-3/#assistance"),
    ("无偿献血", "report/part-3/#volunteering"),
    ("请销假", "regulations/leave/"),
    ("阅览室", "report/part-1/#common-effort"),
    ("制度汇编", "regulations/"),
    ("一书三单", "records/community/"),
    ("意识形态", "regulations/ideology-responsibility/"),
    ("书画展", "report/part-2/#carriers"),
    ("数库 智库", "report/next/#monitoring"),
    ("体育道德风尚奖", "honours/#sportsmanship"),
    # Two words together, in either order; several.
    ("志愿 时长", "indicators/volunteer_hours/"),
    ("时长 志愿", "indicators/volunteer_hours/"),
    ("批示 专报", "indicators/reports_endorsed/"),
    ("第五次 普查", "report/next/#data-quality"),
    ("数据 安全", "regulations/network-security/#ch-4"),
    ("党员 转正", "indicators/party_members_confirmed/"),
    ("水果 帮扶", "indicators/fruit_sold/"),
    ("硬化道路 灌溉", "examples/first-secretary/#practice"),
    ("三会一课 主题党日", "records/activities/"),
    # Phrases, with their marks and without.
    ("“两个确立”", "report/overview/"),
    ("让党中央放心、让人民群众满意", "honours/#model-organ"),
    ("不敢造假不能造假不想造假", "report/next/#rule-of-law"),
    ("责任、忠诚、清廉、依法、独立、奉献", "report/part-2/#carriers"),
    ("四上企业", "report/next/#data-quality"),
    # Names of figures, and near them.
    ("志愿服务总时长", "indicators/volunteer_hours/"),
    ("志愿服务时长", "indicators/volunteer_hours/"),
    ("简明统计信息", "indicators/brief_bulletins/"),
    ("入党积极分子", "indicators/party_activists/"),
    ("专报", "indicators/analysis_reports/"),
    # Pages by what they are.
    ("志愿服务", "records/volunteering/"),
    ("指标登记", "figures/"),
    ("考评项目", "criteria/"),
    ("请销假制度", "regulations/leave/"),
    ("主题索引", "topics/"),
    ("材料一览", "criteria/#matrix"),
    ("举措与任务", "measures/"),
    ("怎样修改", "guide/"),
    ("加一条记录", "guide/#add-record"),
    ("看懂提示", "guide/#messages"),
    ("数据字典", "guide/dictionary/"),
    ("下载", "records/download/"),
]


@pytest.fixture(scope="module")
def asked(chromium: Browser, real: Served) -> Iterator[Page]:
    page = chromium.new_page()
    page.goto(real.base)
    page.keyboard.press("Control+k")
    yield page
    page.close()


@pytest.mark.parametrize(("query", "first"), QUERIES)
def test_the_page_one_expects_stands_first(
    asked: Page, real: Served, query: str, first: str
) -> None:
    asked.get_by_role("combobox").fill(query)
    leads_to(asked.get_by_role("option").first, real.base + first)


def test_the_whole_report_on_one_page_is_not_found_beside_its_parts(asked: Page) -> None:
    asked.get_by_role("combobox").fill("狼皮子梁村")
    links = asked.get_by_role("option").evaluate_all("all => all.map(one => one.href)")
    assert [link for link in links if "/full/" in link] == []


def test_the_index_is_fetched_when_the_search_is_opened(new_tab: NewTab, real: Served) -> None:
    page = new_tab()
    requests: list[Request] = []
    hear(page, "request", lambda request: requests.append(request))
    page.goto(real.base + "report/part-3/", wait_until="networkidle")
    assert [request.url for request in requests if "/search/" in request.url] == []
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("combobox").fill("硬化道路 灌溉")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(real.base + "examples/first-secretary/#practice")
    assert [request.url for request in requests if "/search/" in request.url] == [
        real.base + "search/index.js"
    ]
