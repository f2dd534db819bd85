"""The assessment items, the next steps and the picture as readers meet them."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import ON_A_DESK, ON_A_PHONE, NewTab, Served

# What a sheet of A4 holds beside its margins of 10 mm, in CSS pixels.
SHEET: ViewportSize = {"width": 718, "height": 1046}


@pytest.fixture
def page(new_tab: NewTab) -> Page:
    return new_tab()


@pytest.mark.parametrize(
    ("site", "scheme"),
    [
        ("real", "light"),
        pytest.param("real", "dark", marks=pytest.mark.deep),
        pytest.param("demo", "light", marks=pytest.mark.deep),
        ("demo", "dark"),
    ],
)
def test_the_picture_is_one_sheet_filled_to_its_foot_and_nothing_is_cut_off(
    page: Page, site: str, scheme: Any, request: pytest.FixtureRequest
) -> None:
    served: Served = request.getfixturevalue(site)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{served.base}glance/")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    found = page.evaluate("""() => {
        const sheet = document.querySelector("svg.poster").getBoundingClientRect();
        const boxes = [...document.querySelectorAll("svg.poster text, svg.poster rect")]
            .map((one) => [one.getBoundingClientRect(), one.textContent]);
        return {
            height: sheet.bottom,
            foot: Math.max(...boxes.map(([box]) => box.bottom)),
            beyond: boxes.filter(([box]) => box.right > sheet.right + 1 || box.left < sheet.left - 1)
                .map(([, said]) => said),
            shown: [...document.querySelectorAll(".md-content__inner > *")]
                .filter((one) => one.getClientRects().length).map((one) => one.className),
        };
    }""")
    assert found["beyond"] == []
    assert found["shown"] == ["glance-sheet"]
    assert found["height"] <= SHEET["height"]
    assert 0 <= SHEET["height"] - found["foot"] <= 12  # of the paper, in CSS pixels: 3 mm


def test_the_picture_of_the_years_is_told_too(page: Page, demo: Served) -> None:
    page.goto(f"{demo.base}glance/")
    drawn = page.get_by_role("img", name="志愿服务总时长")
    expect(drawn).to_have_count(1)
    assert drawn.locator("desc").text_content() == "2023年 1035，2024年 1099，2025年 1042"
    marked = page.locator(".glance-tiles li").filter(has_text=re.compile("初步|已修订"))
    assert marked.count() == 3
    assert page.locator(".glance-tiles, .glance strong").filter(has_text="第").count() == 0
    expect(page.locator("svg.poster")).to_be_hidden()


def test_the_picture_holds_every_figure_and_needs_no_script(
    without_scripts: Page, real: Served
) -> None:
    page = without_scripts
    page.goto(f"{real.base}figures/")
    figures = {one.get_attribute("id") for one in page.locator("table[data-choose] tbody tr").all()}
    page.goto(f"{real.base}glance/")
    links = page.locator(".glance-figures a").all()
    assert {str(one.get_attribute("href")).split("/")[-2] for one in links} == figures
    expect(page.locator(".glance-tiles")).to_have_count(
        0
    )  # none has a number to stand for the whole
    assert all("未填报" in one.inner_text() for one in links)


@pytest.mark.parametrize("viewport", ON_A_PHONE)
def test_from_the_matrix_to_an_item_and_what_proves_it(
    page: Page, demo: Served, viewport: ViewportSize
) -> None:
    page.set_viewport_size(viewport)
    page.goto(f"{demo.base}criteria/")
    item = page.locator(".matrix tbody", has_text="志愿服务")
    expect(item.get_by_role("row")).to_have_count(4)
    expect(item.get_by_role("row", name="2024年").get_by_role("cell")).to_have_text(
        ["有", "有", "—", "有", "有", "有", "有", "有"]
    )
    item.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/criteria/#volunteering$"))
    expect(page.locator("#volunteering")).to_be_in_viewport()
    expect(page.get_by_text(re.compile(r"已写 \d+/500 字")).last).to_be_visible()
    page.get_by_role("link", name="志愿服务活动", exact=True).click()
    expect(page).to_have_url(re.compile(r"/records/volunteering/$"))


@pytest.mark.parametrize("viewport", ON_A_DESK)
def test_from_the_report_to_the_tasks_of_a_measure_and_back(
    page: Page, demo: Served, viewport: ViewportSize
) -> None:
    page.set_viewport_size(viewport)
    page.goto(f"{demo.base}report/next/")
    page.get_by_role("link", name="建立清单、动态管理").click()
    expect(page).to_have_url(re.compile(r"/measures/#data-quality$"))
    tasks = page.get_by_role("region", name="数据质量的任务").get_by_role("row")
    expect(tasks).to_have_count(7)
    expect(tasks.filter(has_text="已逾期")).to_have_count(1)
    page.get_by_role("link", name="（四）狠抓数据质量，夯实统计工作根基").last.click()
    expect(page).to_have_url(re.compile(r"/report/next/#data-quality$"))


@pytest.mark.parametrize("viewport", ON_A_PHONE)
def test_from_an_example_to_a_regulation_of_the_same_item_and_to_the_index(
    page: Page, real: Served, viewport: ViewportSize
) -> None:
    page.set_viewport_size(viewport)
    page.goto(f"{real.base}examples/lenient-supervision/")
    page.locator(".related").get_by_role("link", name="《统计诚信承诺制度》").click()
    expect(page).to_have_url(re.compile(r"/regulations/honesty-pledge/$"))
    page.locator(".proves").get_by_role("link", name="三（二） 入企服务").click()
    expect(page).to_have_url(re.compile(r"/criteria/#enterprises$"))
    expect(page.locator("#enterprises")).to_be_in_viewport()
    page.goto(f"{real.base}topics/#enterprises")
    group = page.locator("#enterprises ~ ul").first
    group.get_by_role("link", name="统计执法包容审慎监管", exact=True).click()
    expect(page).to_have_url(re.compile(r"/examples/lenient-supervision/$"))
