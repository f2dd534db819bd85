"""Searching the demonstration: what stands first, how large the index is, how soon a result is there."""

import gzip
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from archive.build.search import INDEX
from tests.browser.conftest import SCHEMES, NewTab, Served

QUERIES = [
    tuple(line.split(" → "))
    for line in Path(__file__).with_name("search_queries.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def asked(chromium: Browser, demo: Served) -> Iterator[Page]:
    """A tab with the search open and the index there."""
    page = chromium.new_page()
    page.goto(demo.base)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("status")).to_have_text("输入要找的词，多个词用空格隔开")
    yield page
    page.close()


def test_what_one_expects_stands_first(asked: Page) -> None:
    """All of them in one go: what is asked here is the ranking, not the dialog."""
    firsts = asked.evaluate(
        """(queries) => {
            const { prepare, search } = window.archiveSearchRanking;
            const index = prepare(window.archiveSearch);
            return queries.map((query) => {
                const [first] = search(index, query).hits;
                return first ? [first.section.page.url, first.section.anchor] : ["", "nothing"];
            });
        }""",
        [query for query, _ in QUERIES],
    )
    wrong = {
        query: f"{page}#{anchor}"
        for (query, expected), (page, anchor) in zip(QUERIES, firsts, strict=True)
        if expected not in ((f"{page}#{anchor}" if anchor else page), f"{page}#")
    }
    assert wrong == {}
    assert len(QUERIES) == len({query for query, _ in QUERIES}) >= 60


def test_the_index_is_small(demo: Served) -> None:
    """As the server sends it, which packs it as well as gzip can."""
    raw = (demo.folder / INDEX).read_bytes()
    assert len(gzip.compress(raw, 9)) <= 150_000


@pytest.mark.deep
def test_results_may_be_narrowed_to_each_kind(new_tab: NewTab, demo: Served) -> None:
    """Each leads to pages of that kind alone; all together they are no more than all."""
    begins = {
        "报告": "report/|glance/|measures/",
        "指标": "figures/|indicators/",
        "台账": "records/",
        "制度": "regulations/",
        "荣誉": "honours/",
        "事例": "examples/",
        "指南": "guide/",
    }
    tab = new_tab()
    tab.goto(demo.base)
    tab.keyboard.press("Control+k")
    tab.get_by_role("combobox", name="搜索").fill("统计")
    group = tab.get_by_role("group", name="只看一类")
    chips = group.get_by_role("button")
    expect(chips.first).to_be_visible()
    named = [re.fullmatch(r"(\D+)(\d+)", chip.inner_text()) for chip in chips.all()]
    counts = {one[1]: int(one[2]) for one in named if one}
    assert list(counts) == ["全部", *begins]
    assert sum(counts.values()) <= 2 * counts["全部"]
    for kind, folder in begins.items():
        chip = group.get_by_role("button", name=kind)
        chip.click()
        expect(chip).to_have_attribute("aria-pressed", "true")
        expect(chip).to_be_focused()
        expect(tab.get_by_role("status")).to_contain_text(f"共 {counts[kind]} 条")
        links = tab.get_by_role("option").evaluate_all("all => all.map((one) => one.href)")
        assert links
        assert all(re.match(f"{re.escape(demo.base)}(?:{folder})", link) for link in links)


AXE = Axe()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def test_axe_finds_nothing(new_tab: NewTab, demo: Served) -> None:
    """In the open search with its results and kinds, and on a page with marks."""
    tab = new_tab(reduced_motion="reduce")
    run = """([where, rules]) => axe.run(where, { runOnly: rules }).then(({ violations }) => (
        violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 90))])
    ))"""

    def look(where: Any) -> None:
        tab.evaluate(AXE.axe_script)
        # The other scheme changes colours and nothing else.
        for scheme, name in SCHEMES.items():
            tab.emulate_media(color_scheme=scheme)
            expect(tab.locator("body")).to_have_attribute("data-md-color-scheme", name)
            rules = RULES if scheme == "light" else ["color-contrast"]
            assert tab.evaluate(run, [where, rules]) == [], scheme

    tab.goto(demo.base)
    tab.keyboard.press("Control+k")
    tab.get_by_role("combobox", name="搜索").fill("志愿服务")
    expect(tab.get_by_role("option").first).to_be_visible()
    tab.get_by_role("button", name="指标").last.click()
    look("dialog")
    tab.get_by_role("combobox", name="搜索").press("Enter")
    expect(tab.locator(".archive-found")).to_be_visible()
    look([["mark.found"], [".archive-found"]])


def test_queries_cover_what_the_search_can_do() -> None:
    """Each part of the list has some: plain words, the guide, and what is written otherwise."""
    text = Path(__file__).with_name("search_queries.txt").read_text("utf-8")
    heads = [match.start() for match in re.finditer(r"^# .*\n(?!#)", text, re.MULTILINE)][1:]
    parts = [text[start:end] for start, end in pairwise([*heads, len(text)])]
    assert all(part.count(" → ") >= 7 for part in parts)
    assert len(parts) == 6
