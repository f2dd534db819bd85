"""The browser's own print, measured glyph by glyph: the page of an official document (GB/T 9704—2012)."""

import os
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from archive.files.cache import shared_folder
from archive.press.font_files import FETCHED
from tests.browser.conftest import SCHEMES, WIDE, Served
from tests.conftest import CHROMIUM, FROZEN, OPTIONS
from tests.samples import glyphs, scanned
from tests.samples.built import print_file
from tests.samples.glyphs import Glyph, text

LINE, CELL = 225 / 22, 156 / 28
TOP, INNER, OUTER, WIDTH, HEIGHT = 37, 28, 26, 156, 225
FANG, HEI, KAI = "FandolFang-Regular", "FandolHei-Regular", "FandolKai-Regular"
SIZE = 15.8
"""三号, as wide as its cell: 15.79 pt."""
TITLE, SONG = "NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular"
# What fills its cells: no digit, no letter, no two marks that would share a cell.
SQUARE = re.compile("([\u4e00-\u9fff]|[，、。；：《》“”（）](?![，、。；：《》“”（）]))+")

Print = Callable[..., list[glyphs.Page]]


@pytest.fixture(scope="module")
def printer(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser on a machine that has the free faces."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(
        "<fontconfig><include>/etc/fonts/fonts.conf</include>"
        f"<dir>{shared_folder() / FETCHED}</dir><cachedir>{folder}</cachedir></fontconfig>",
        "utf-8",
    )
    env: dict[str, str | float | bool] = {
        **os.environ,
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
    }
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=OPTIONS, env=env)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def opened(printer: Browser) -> Iterator[Page]:
    page = printer.new_page(viewport=WIDE)
    yield page
    page.close()


@pytest.fixture
def tab(opened: Page) -> Iterator[Page]:
    yield opened
    opened.set_viewport_size(WIDE)
    opened.emulate_media(media="null", color_scheme="null")


@pytest.fixture(scope="module")
def printed(opened: Page) -> Print:
    """Prints a page of a site; each only once."""
    kept: dict[str, list[glyphs.Page]] = {}

    def one(site: Served, path: str) -> list[glyphs.Page]:
        address = site.base + path
        if address not in kept:
            opened.goto(address)
            kept[address] = glyphs.pages(opened.pdf(prefer_css_page_size=True))
        return kept[address]

    return one


def print_section(tab: Page, section: str) -> None:
    """Print a section by the control beside its heading, as a reader does."""
    tab.locator(f".press:has([data-section={section}]) summary").click()
    tab.locator(f"[data-section={section}]").click()


def inner(number: int) -> int:
    """Where the text of that page begins, from the left: the inner margin is at the spine."""
    return INNER if number % 2 else OUTER


def body(page: glyphs.Page) -> list[list[Glyph]]:
    """The lines of a page's text, without its number and the mark in its head."""
    return [line for line in page.lines() if TOP < line[0].y < TOP + HEIGHT]


@pytest.mark.parametrize(
    "path", ["report/full/", pytest.param("regulations/work-rules/", marks=pytest.mark.deep)]
)
def test_a_full_page_holds_22_lines_at_the_pitch(real: Served, printed: Print, path: str) -> None:
    pages = [body(page) for page in printed(real, path)]
    full = 0
    for index, (lines, following) in enumerate(pairwise(pages)):
        assert lines[0][0].y > TOP
        # The line after the title is empty; headings go to the next page with their text.
        missing = 22 - len(lines) - (index == 0)
        headings = {glyph.font for glyph in following[0]} <= {HEI, KAI}
        assert missing in ((0, 1, 2) if headings else (0,))
        full += missing == 0
        baselines = [
            line[0].y for line in lines if {(g.font, g.size) for g in line} == {(FANG, SIZE)}
        ]
        # The browser puts a line on a whole pixel, 0.26 mm; the pitch holds over the page.
        off = [(y - baselines[0]) % LINE for y in baselines]
        assert all(min(one, LINE - one) < 0.3 for one in off)
    assert full >= 4


def test_a_line_holds_28_characters_from_margin_to_margin(real: Served, printed: Print) -> None:
    measured = 0
    for number, page in enumerate(printed(real, "report/full/"), 1):
        for line in body(page):
            if len(line) == 28 and SQUARE.fullmatch(text(line)) and line[0].char not in "“《（":
                steps = glyphs.steps(glyph.x for glyph in line)
                assert all(abs(step - CELL) < 0.03 for step in steps)
                assert abs(line[0].x - inner(number)) < 0.15
                assert abs(line[-1].x + CELL - inner(number) - WIDTH) < 0.2
                measured += 1
    assert measured > 20


def test_every_paragraph_is_indented_by_two_characters(real: Served, printed: Print) -> None:
    for number, page in enumerate(printed(real, "report/full/"), 1):
        for line in body(page):
            if line[0].size == SIZE:
                begin = line[0].x - inner(number)
                # A mark that opens a line, not a paragraph, loses the half of its cell that is empty.
                starts = [0, 2 * CELL] + [-CELL / 2] * (line[0].char in "“《（")
                assert min(abs(begin - start) for start in starts) < 0.15, text(line)


def test_a_long_title_is_broken_as_in_the_print_file(real: Served, printed: Print) -> None:
    lines = [line for line in body(printed(real, "report/full/")[0]) if line[0].font == TITLE]
    file = print_file(real.folder, FROZEN / "data", "report/full").read_bytes()
    in_file = [line for line in body(glyphs.pages(file)[0]) if line[0].font == TITLE]
    assert len(lines) > 1
    assert [text(line) for line in lines] == [text(line) for line in in_file]


SAME = ["report/part-2/"]
MORE = [
    "report/next/",
    "regulations/work-rules/",
    "report/overview/",
    "report/part-1/",
    "regulations/data-quality/",
    "regulations/personnel/",
]


@pytest.mark.parametrize(
    "path", [*SAME, *(pytest.param(path, marks=pytest.mark.deep) for path in MORE)]
)
def test_browser_and_print_file_break_the_same_lines(
    real: Served, printed: Print, path: str
) -> None:
    file = print_file(real.folder, FROZEN / "data", path.strip("/")).read_bytes()

    def texts(pages: list[glyphs.Page]) -> list[str]:
        lines = (line for page in pages for line in body(page))
        return [text(line) for line in lines if line[0].size == SIZE]

    assert texts(printed(real, path)) == texts(glyphs.pages(file))


def test_where_a_mark_ends_a_line_the_browser_may_need_one_more(
    real: Served, printed: Print
) -> None:
    """It makes no mark half as wide at a line's end to have it fit; the print file's engine does."""
    file = print_file(real.folder, FROZEN / "data", "report/full").read_bytes()
    shown, filed = (
        [text(line) for page in pages for line in body(page)]
        for pages in (printed(real, "report/full/"), glyphs.pages(file))
    )
    matcher = SequenceMatcher(a=shown, b=filed, autojunk=False)
    assert sum(block.size for block in matcher.get_matching_blocks()) > 0.95 * len(shown)


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [("report/full/", HEI, KAI), ("report/part-2/", None, KAI)],
)
def test_each_heading_has_its_face(
    real: Served, printed: Print, path: str, first: str | None, second: str
) -> None:
    faces: dict[str, set[tuple[str, float]]] = {"title": set(), "一、": set(), "（一）": set()}
    pages = printed(real, path)
    title = [line for line in body(pages[0]) if line[0].font == TITLE]
    for line in title:
        assert {glyph.size for glyph in line} == {22}
        middle = (line[0].x + line[-1].x + 22 * glyphs.MM) / 2
        assert abs(middle - (INNER + WIDTH / 2)) < 0.6
    for line in (line for page in pages for line in body(page) if line not in title):
        number = re.match("[一二三四五六七八九十]、|（[一二三四五六七八九十]）", text(line))
        if number and line[0].font != FANG:
            kind = "（一）" if number[0].startswith("（") else "一、"
            faces[kind] |= {(glyph.font, glyph.size) for glyph in line}
    assert title
    assert faces["一、"] == ({(first, SIZE)} if first else set())
    assert faces["（一）"] == {(second, SIZE)}


def test_the_text_is_set_in_fangsong(real: Served, printed: Print) -> None:
    page = printed(real, "report/full/")[1]
    fonts = {(glyph.font, glyph.size) for line in body(page) for glyph in line}
    assert (FANG, SIZE) in fonts
    assert fonts <= {(FANG, SIZE), (HEI, SIZE), (KAI, SIZE)}


def test_page_numbers(real: Served, printed: Print) -> None:
    for number, page in enumerate(printed(real, "report/full/"), 1):
        shown = [glyph for glyph in page.glyphs if glyph.y > TOP + HEIGHT]
        assert text(shown) == f"— {number} —"
        assert {(glyph.font, glyph.size) for glyph in shown} == {(SONG, 14)}
        em = 14 * glyphs.MM
        # The lines stand 7 mm below the text; this face draws them 0.27 em above the base line.
        assert abs(shown[0].y - 0.27 * em - (TOP + HEIGHT + 7)) < 0.3
        if number % 2:
            assert abs(INNER + WIDTH - em - (shown[-1].x + 0.89 * em)) < 0.3
        else:
            assert abs(shown[0].x - OUTER - em) < 0.3


def test_a_regulation_reads_as_one(real: Served, printed: Print) -> None:
    pages = printed(real, "regulations/leave/")
    first = body(pages[0])
    assert [text(line) for line in first[:2]] == ["请销假制度", "示范文本（待审定）"]
    assert first[0][0].font == TITLE
    heads = [text(g for g in page.glyphs if g.y < TOP) for page in pages]
    assert heads == ["内部版\u3000示范文本（待审定）"] * len(pages)
    article = next(line for line in first if text(line).startswith("第一条"))
    assert [glyph.font for glyph in article[:4]] == [HEI, HEI, HEI, FANG]
    assert abs(article[0].x - INNER - 2 * CELL) < 0.15
    assert abs(article[3].x - INNER - 6 * CELL) < 0.15


def test_demonstration_data_says_so_on_every_page(demo: Served, printed: Print) -> None:
    said = "内部版\u3000演示：人员、数字和事项均为虚构"
    report = printed(demo, "report/full/")
    heads = [text(g for g in page.glyphs if g.y < TOP) for page in report]
    assert heads == [said] * len(report)
    assert body(report[0])[0][0].font == TITLE
    rules = printed(demo, "regulations/leave/")
    heads = [text(g for g in page.glyphs if g.y < TOP) for page in rules]
    assert heads == [f"{said}\u3000示范文本（待审定）"] * len(rules)


def test_a_wide_table_lies_on_its_side_with_its_head_again(demo: Served, printed: Print) -> None:
    pages = printed(demo, "records/assistance/")
    wide = {n: page for n, page in enumerate(pages, 1) if page.width > page.height}
    assert len(wide) >= 2
    for number, page in wide.items():
        assert page.width == 297
        assert page.height == pytest.approx(210, abs=0.2)
        turned = [glyph for glyph in page.glyphs if glyph.angle == 90]
        assert text(turned) == f"— {number} —"
        upright = [glyph for glyph in page.glyphs if glyph.angle == 0 and glyph.y > 25]
        assert min(glyph.x for glyph in upright) > 35 - 0.1  # a pixel is 0.26 mm
        assert max(glyph.x for glyph in upright) < 297 - 37
        assert any(text(line).startswith("日期帮扶事项") for line in page.lines())
    # Where the print comes from stands on the last of them: there is room.
    assert max(wide) == len(pages)
    assert any(text(line).startswith("打印自") for line in pages[-1].lines())
    # The year stands with its table, not on the page before it.
    last = body(pages[min(wide) - 2])[-1]
    assert not re.fullmatch(r"\d{4}年", text(last))


def test_long_tables_have_their_head_on_each_page(demo: Served, printed: Print) -> None:
    for page in printed(demo, "criteria/")[:3]:
        head = "".join(text(line) for line in body(page) if {glyph.font for glyph in line} == {HEI})
        assert "说明报正式文会议记数据表" in head


ALONE = """article => { article.innerHTML = `<h1>题</h1><div id="above"></div><h2>年</h2><div class="scroll">
    <table><thead><tr><th>甲栏</th><th>乙栏</th></tr></thead><tbody>${"<tr><td>子</td><td>丑</td></tr>".repeat(8)}
    </tbody></table></div>` }"""


def test_a_tables_head_is_never_alone_at_the_foot_of_a_page(demo: Served, tab: Page) -> None:
    tab.goto(f"{demo.base}records/cadres/")
    tab.locator("article").evaluate(ALONE)
    feet = set()
    for height in range(640, 740, 20):
        tab.locator("#above").evaluate(
            "(one, height) => { one.style.height = `${height}px` }", height
        )
        first, *_ = glyphs.pages(tab.pdf(prefer_css_page_size=True))
        feet.add(text(body(first)[-1]))
    assert feet == {"题", "子丑"}


@pytest.mark.parametrize(
    ("path", "section", "title", "source"),
    [
        (
            "report/part-3/",
            "volunteering",
            "（四）深化志愿服务，弘扬奉献精神",
            "（三、坚持服务为民，走在优质服务前列）",
        ),
        ("criteria/", "branch", "二（二）支部堡垒", "（考评项目）"),
    ],
)
def test_a_section_printed_alone_has_its_heading_for_title(
    real: Served, tab: Page, path: str, section: str, title: str, source: str
) -> None:
    tab.goto(real.base + path)
    tab.evaluate("() => { window.print = () => {} }")
    closing = tab.locator(".press-end p")
    where, *_ = closing.all_text_contents()
    assert where.count(f"{path}，") == 1
    print_section(tab, section)
    assert closing.all_text_contents()[0] == where.replace(f"{path}，", f"{path}#{section}，")
    lines = body(glyphs.pages(tab.pdf(prefer_css_page_size=True))[0])
    assert (text(lines[0]), {(g.font, g.size) for g in lines[0]}) == (title, {(TITLE, 22)})
    assert (text(lines[1]), {(g.font, g.size) for g in lines[1]}) == (source, {(KAI, SIZE)})
    middle = (lines[1][0].x + lines[1][-1].x + SIZE * glyphs.MM) / 2
    assert abs(middle - (INNER + WIDTH / 2)) < 0.6
    # A line is left empty after them.
    assert abs(lines[2][0].y - lines[1][0].y - 2 * LINE) < 0.3


# That the other scheme prints the same is said of another page below.
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.deep)])
def test_a_camera_reads_where_a_page_and_a_section_were_printed(
    demo: Served, tab: Page, scheme: Literal["light", "dark"]
) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.goto(f"{demo.base}criteria/")
    assert not tab.locator(".press-code").is_visible()
    last = "https://wenming.example/criteria/"
    assert scanned.last_codes(tab.pdf(prefer_css_page_size=True)) == [last]
    tab.evaluate("() => { window.print = () => {} }")
    print_section(tab, "branch")
    drawn = tab.locator(".press-code")
    assert drawn.get_attribute("aria-label") == f"二维码：{last}#branch"
    assert tab.locator(".press-end p").all_text_contents() == [
        f"打印自文明单位创建档案（演示）：{last}#branch，以2026年6月30日的资料为准。"
    ]
    (section,) = [found for found in scanned.codes(tab.pdf(prefer_css_page_size=True)) if found]
    assert section == [f"{last}#branch"]
    # What was printed has told the page so, and it is whole again.
    assert scanned.last_codes(tab.pdf(prefer_css_page_size=True)) == [last]


def test_what_is_folded_is_open_and_what_is_for_the_screen_is_gone(real: Served, tab: Page) -> None:
    tab.goto(f"{real.base}report/part-1/")
    tab.evaluate(
        """() => document.querySelector("article").insertAdjacentHTML("beforeend",
        "<details><summary>折叠的题</summary><p>折叠的字</p></details>")"""
    )
    found = "".join(text(page.glyphs) for page in glyphs.pages(tab.pdf(prefer_css_page_size=True)))
    assert "折叠的题" in found
    assert "折叠的字" in found
    for gone in ("编辑此页", "搜索", "指标登记", "本节的链接", "¶", "上一页", "下一页"):
        assert gone not in found


DATES = re.compile(rb"/(CreationDate|ModDate) \([^)]*\)")


def test_the_dark_scheme_prints_the_same(real: Served, tab: Page) -> None:
    prints = []
    for scheme, name in SCHEMES.items():
        tab.emulate_media(color_scheme=scheme)
        tab.goto(f"{real.base}honours/")
        assert tab.evaluate("document.body.dataset.mdColorScheme") == name
        prints.append(DATES.sub(b"", tab.pdf(prefer_css_page_size=True)))
    assert prints[0] == prints[1]


def test_links_are_plain_and_a_figure_is_never_broken(demo: Served, tab: Page) -> None:
    page = tab
    page.set_viewport_size({"width": 589, "height": 850})
    page.emulate_media(media="print")
    page.goto(f"{demo.base}report/full/")
    looks = """() => [...new Set([...document.querySelectorAll("article a:not(.headerlink):not([rel=edit])")]
        .map((a) => getComputedStyle(a)).map((a) => `${a.color} ${a.textDecorationLine} ${a.borderBottomWidth}`))]"""
    assert page.evaluate(looks) == ["rgb(0, 0, 0) none 0px"]
    figures = page.locator(".fig").evaluate_all("all => all.map((a) => a.getClientRects().length)")
    assert len(figures) > 10
    assert set(figures) == {1}
