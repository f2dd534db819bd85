"""What the search found is marked on the page opened; the marks change nothing else and can be cleared."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from archive.build.search import write_index
from archive.files.own_files import PROGRAM
from tests.browser.conftest import SEARCH_BUTTON, NewTab, Served, moved, serving

ARTICLE = """
<h1>志愿服务台账<a class="headerlink" href="#">志愿</a></h1>
<p id="plain">志愿服务，志愿。A GB/T 8170，ＧＢ 8170。</p>
<p id="joined">开展志<b>愿</b>服<a href="#plain">务</a>活动</p>
<p id="apart">志愿</p><p>服务</p><p>志愿<br>服务</p>
<p><input id="field" value="志愿服务"><textarea>志愿服务</textarea><button>志愿服务</button>
<span contenteditable>志愿服务</span><span data-search-skip>志愿服务</span></p>
<svg viewBox="0 0 60 9"><text y="8">志愿服务</text></svg>
<script>window.said = "志愿服务";</script><style>/* 志愿服务 */</style>
<table><thead><tr><th>日期</th><th>活动</th></tr></thead><tbody>
<tr id="record-a"><td>2025-03-05</td><td>无偿献血</td></tr>
<tr id="record-b"><td>2025-03-12</td><td>义务植树</td></tr></tbody></table>
<div style="height: 2000px"></div>
<h2 id="last">志愿服务以后</h2>
"""
PAGE = f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>页</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="../assets/search.css"></head>
<body data-md-color-scheme="default"><header style="height: 48px">{SEARCH_BUTTON}</header>
<p>志愿服务</p><article class="md-content__inner md-typeset">%s</article>
<script id="__config" type="application/json">{{"base": ".."}}</script>
<script src="../assets/search.js"></script></body></html>"""
"""A page whose header has its height from the first, as the theme's has: the button of the search moves nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("marks")
    (folder / "assets").mkdir()
    for path in (PROGRAM / "design" / "assets").glob("search*"):
        (folder / "assets" / path.name).write_bytes(path.read_bytes())
    (folder / "records").mkdir()
    (folder / "records" / "index.html").write_text(PAGE % ARTICLE, "utf-8")
    (folder / "long").mkdir()
    (folder / "long" / "index.html").write_text(PAGE % f"<p>{'志愿服务' * 2000}</p>", "utf-8")
    (folder / "404.html").write_text("无", "utf-8")
    write_index(folder, synonyms=[["义工", "志愿"]])
    with serving(folder) as served:
        yield served


@pytest.fixture
def tab(new_tab: NewTab) -> Iterator[Page]:
    """A tab in which nothing may complain."""
    page = new_tab()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    assert complaints == []


def marked(tab: Page, site: Served, words: str, anchor: str = "") -> list[str]:
    """What is marked on the page, opened with these words in its address."""
    with tab.expect_response("**/search_marks.js"):
        tab.goto(f"{site.base}records/?mark={quote(words)}{anchor}")
    tab.wait_for_load_state("networkidle")
    return tab.locator("mark").all_text_contents()


NOTE = ".archive-found"


def test_no_more_places_are_marked_than_anybody_looks_at(tab: Page, site: Served) -> None:
    """The first of them, also where one paragraph has them all."""
    tab.goto(f"{site.base}long/?mark={quote('服务 志愿服')}")
    expect(tab.locator(NOTE)).to_have_text("标出“服务”“志愿服” 500 处清除")
    marks = tab.locator("mark").evaluate_all("all => all.map((one) => one.textContent)")
    assert marks == ["志愿服"] * 500
    assert tab.locator("p").first.inner_text().startswith("志愿服务")


def test_words_are_marked_wherever_they_can_be_read(tab: Page, site: Served) -> None:
    """Within a line of text, whatever elements are in it; not in fields, drawings, scripts."""
    assert marked(tab, site, "志愿服务") == [
        "志愿服务",  # the heading
        "志愿服务",
        *["志", "愿", "服", "务"],
        "志愿服务",  # the last heading
    ]
    expect(tab.locator(NOTE)).to_have_text("标出“志愿服务” 4 处清除")
    assert tab.evaluate("window.said") == "志愿服务"
    assert tab.locator("#field").input_value() == "志愿服务"
    assert tab.locator("svg mark, script mark, style mark, button mark, textarea mark").count() == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gb 8170", ["GB", "8170", "ＧＢ", "8170"]),
        (
            "志愿 志愿服务",
            ["志愿服务", "志愿服务", "志愿", *"志愿服务", "志愿", "志愿", "志愿服务"],
        ),
        ("无偿献血", ["无偿献血"]),
        ("没有的词", []),
        ("", []),
        ("  ", []),
    ],
)
def test_what_is_marked(tab: Page, site: Served, words: str, found: list[str]) -> None:
    assert marked(tab, site, words) == found
    assert tab.locator(NOTE).count() == bool(found)


def test_the_address_stays_that_of_the_page(tab: Page, site: Served) -> None:
    marked(tab, site, "志愿服务", "#last")
    assert tab.url == f"{site.base}records/#last"
    expect(tab.locator(":target")).to_be_in_viewport()
    tab.goto(f"{site.base}records/?a=1&mark=%E5%BF%97#last")
    tab.wait_for_url(f"{site.base}records/?a=1#last")


def test_no_page_asks_for_it_unless_it_was_searched_for(tab: Page, site: Served) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    tab.goto(f"{site.base}records/", wait_until="networkidle")
    assert asked == ["", "search.css", "search.js"]


def test_marks_are_cleared_without_a_trace(tab: Page, site: Served) -> None:
    tab.goto(f"{site.base}records/")
    whole = "document.querySelector('article').innerHTML + document.querySelectorAll('article *').length"
    nodes = """() => {
        const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
        let number = 0;
        while (walker.nextNode()) number += 1;
        return number;
    }"""
    before = tab.evaluate(whole), tab.evaluate(nodes)
    for by_key in (True, False):
        assert marked(tab, site, "志愿服务 献血")
        assert tab.evaluate(whole) != before[0]
        if by_key:
            tab.keyboard.press("Escape")
        else:
            tab.get_by_role("button", name="清除").click()
        assert (tab.evaluate(whole), tab.evaluate(nodes)) == before
        expect(tab.locator(NOTE)).to_have_count(0)
        tab.keyboard.press("Escape")  # there is nothing left to clear


def test_the_key_closes_the_search_first(tab: Page, site: Served) -> None:
    assert marked(tab, site, "献血") == ["献血"]
    tab.keyboard.press("Control+k")
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    assert tab.locator("mark").count() == 1
    tab.keyboard.press("Escape")
    expect(tab.locator("mark")).to_have_count(0)


def test_nothing_moves(tab: Page, site: Served) -> None:
    tab.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
            for (const { value } of list.getEntries()) window.moved += value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    # A browser may round the width of a text in parts to another 64th of a pixel.
    text = "article, article *", "mark", 0.1
    for width in (360, 1280):
        tab.set_viewport_size({"width": width, "height": 700})
        assert marked(tab, site, "志愿服务 献血")
        moved(tab, *text)
        tab.keyboard.press("Escape")
        assert moved(tab, *text) is False
        assert tab.evaluate("window.moved") == 0


def test_nothing_of_it_is_printed(tab: Page, site: Served) -> None:
    marked(tab, site, "献血")
    mark, note = tab.locator("mark"), tab.locator(NOTE)
    assert mark.evaluate("it => getComputedStyle(it).color") == tab.locator("td").last.evaluate(
        "it => getComputedStyle(it).color"
    )
    expect(note).to_be_visible()
    tab.emulate_media(media="print")
    expect(note).to_be_hidden()
    expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")


EVIL = [
    "<img src=x onerror=window.harm=1>",
    "\"'><svg onload=window.harm=1>",
    "志愿<script>window.harm=1</script>",
    "javascript:window.harm=1",
    "&lt;b&gt; ( [ \\ .* ${window.harm=1}",
    "志" * 5000,
]


def test_words_in_an_address_are_text_and_nothing_else(tab: Page, site: Served) -> None:
    """Whatever the address says, the page holds the same elements and marks."""
    tab.goto(f"{site.base}records/")
    names = "[...document.querySelectorAll('*')].map((one) => one.localName).filter((one) => one !== 'mark')"
    before = tab.evaluate(names)
    for words in EVIL:
        assert marked(tab, site, f"献血 {words}") == ["献血"], words
        made: list[Any] = tab.evaluate(names)
        # The script itself, and the note with its button.
        assert sorted(made) == sorted([*before, "script", "p", "button"]), words
        assert tab.evaluate("window.harm") is None, words


def test_from_the_search_to_the_row_it_found(tab: Page, site: Served) -> None:
    """By what was typed: a synonym, a slip, letters. The row is gone to, the words as they stand there are marked."""
    for query, row, found in (
        ("献血", "record-a", ["献血"]),
        ("無償獻血", "record-a", ["无偿献血"]),
        ("无常献血", "record-a", ["无偿献血"]),
        ("ywzs", "record-b", ["义务植树"]),
        ("03-12 树", "record-b", ["03", "03", "12"]),
    ):
        tab.goto(f"{site.base}records/")
        tab.keyboard.press("Control+k")
        tab.get_by_role("combobox", name="搜索").fill(query)
        expect(tab.get_by_role("option").first).to_be_visible()
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{site.base}records/#{row}")
        expect(tab.locator(f"#{row}:target")).to_be_in_viewport()
        expect(tab.locator("mark.found")).to_have_text(found)


def test_from_disk(tab: Page, site: Served) -> None:
    path = Path(site.folder / "records" / "index.html").as_uri()
    tab.goto(f"{path}?mark={quote('献血')}#record-a")
    expect(tab.locator("mark.found")).to_have_text(["献血"])
    assert tab.url == f"{path}#record-a"
    tab.keyboard.press("Escape")
    expect(tab.locator("mark.found")).to_have_count(0)
