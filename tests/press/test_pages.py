"""Print files as a reader measures them: the page of an official document, glyph by glyph."""

import re
from collections.abc import Callable
from itertools import pairwise

import lxml.html
import pytest

from archive.press.article import Article, read, turn_wide_tables
from archive.press.document import Document, document
from archive.press.faces import faces
from archive.press.pdf import Typesetter
from archive.press.tree import Block, Cell, Run
from tests.conftest import FROZEN
from tests.samples.blocks import DAY, cell, heading, paragraph
from tests.samples.frozen import HERE
from tests.samples.glyphs import MM, Glyph, Page, pages, steps, text

CELL, PITCH = 156 / 28, 225 / 22
"""A character and a line of the grid, in mm (GB/T 9704—2012, 5.2)."""
TOP, BOTTOM = 37, 262
BODY, HEAD, SECOND = "FandolFang-Regular", "FandolHei-Regular", "FandolKai-Regular"
TITLE, NUMBER = "NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular"
FILLER = "统计服务文明创建"
LONG = paragraph(FILLER * 400)

Setter = Callable[..., list[Page]]


@pytest.fixture(scope="module")
def printed() -> Setter:
    """The pages of a document of these blocks."""
    found, problems = faces(HERE)
    assert problems == []
    setter = Typesetter(found, FROZEN / "docs")

    def of(*blocks: Block, title: str = "样例", end: tuple[str, ...] = ()) -> list[Page]:
        made: Document = document(Article(title, "", list(blocks)), "", list(end))
        return pages(setter.pdf(made, DAY))

    return of


def body(page: Page) -> list[list[Glyph]]:
    """The lines of the type area, without the page number."""
    return [line for line in page.lines() if TOP < line[0].y < BOTTOM]


def inner(number: int) -> int:
    """Where the type area begins on that page: 28 mm at the spine, 26 mm outside."""
    return 28 if number % 2 else 26


def test_full_pages_hold_22_lines_of_28_characters_and_fill_the_type_area(printed: Setter) -> None:
    made = printed(LONG)
    assert {(page.width, page.height) for page in made} == {(210.0, 297.0)}
    first, *others, _last = made
    assert len(others) == 4
    assert [len(line) for line in body(first)] == [2, 26, *[28] * 19]  # title, an empty line, text
    for number, page in enumerate(others, 2):
        lines = body(page)
        assert [len(line) for line in lines] == [28] * 22
        assert {(glyph.font, glyph.size) for line in lines for glyph in line} == {(BODY, 15.8)}
        assert {round(step - CELL, 1) for line in lines for step in steps(g.x for g in line)} == {0}
        assert {round(step - PITCH, 1) for step in steps(line[0].y for line in lines)} == {0}
        assert {round(line[0].x - inner(number), 1) for line in lines} == {0}
        assert {round(line[-1].x + CELL - inner(number) - 156, 1) for line in lines} == {0}
        assert TOP + PITCH / 2 < lines[0][0].y < TOP + PITCH
        assert BOTTOM - PITCH / 2 < lines[-1][0].y < BOTTOM


def test_page_numbers_are_7_mm_below_and_at_the_outer_edge(printed: Setter) -> None:
    found = []
    for page in printed(LONG)[:3]:
        number = page.lines()[-1]
        assert {(glyph.font, glyph.size) for glyph in number} == {(NUMBER, 14.0)}
        dash = number[0].y - 0.36 * 14 * MM  # that far above the line the dash is drawn
        edges = number[0].x, number[-1].x + 0.89 * 14 * MM
        found.append((text(number), round(dash - BOTTOM), *map(round, edges)))
    # One character, 14 pt or 5 mm, in from the outer edge: 184 mm on odd pages, 26 mm on even.
    assert found == [("—1—", 7, 165, 179), ("—2—", 7, 31, 45), ("—3—", 7, 165, 179)]


def test_title_and_headings_have_their_faces(printed: Setter) -> None:
    blocks = [
        heading(1, 1, "一、黑体"),
        heading(2, 2, "（一）楷体"),
        heading(3, 3, "1.仿宋"),
        heading(4, 4, "（1）仿宋"),
        paragraph("正文"),
    ]
    (page,) = printed(*blocks)
    found = [(text(line), line[0].font, line[0].size) for line in body(page)]
    assert found == [
        ("样例", TITLE, 22.0),
        ("一、黑体", HEAD, 15.8),
        ("（一）楷体", SECOND, 15.8),
        ("1.仿宋", BODY, 15.8),
        ("（1）仿宋", BODY, 15.8),
        ("正文", BODY, 15.8),
    ]
    title, *others = body(page)
    middle = (title[0].x + title[-1].x + 22 * MM) / 2
    assert round(middle - 28 - 156 / 2, 1) == 0
    assert {round(line[0].x - 28 - 2 * CELL, 1) for line in others} <= {0, -0.2, -2.8}


def test_a_figure_stays_with_its_unit(printed: Setter) -> None:
    for before in range(20, 28):
        figure: Run = {"text": "1,234人次", "keep": True}
        (page,) = printed(paragraph("统" * before, figure, "。"))
        assert sum("1,234人次" in text(line) for line in body(page)) == 1


def table(columns: int, rows: int, wide: bool) -> Block:
    head: list[Cell] = [cell(f"第{n}栏", True) for n in range(1, columns + 1)]
    filled = [[cell(f"{row}行{n}栏") for n in range(1, columns + 1)] for row in range(rows)]
    widths = [1 / columns] * columns
    return {"kind": "table", "head": [head], "body": filled, "widths": widths, "wide": wide}


def test_a_long_table_has_its_head_again_and_says_that_it_goes_on(printed: Setter) -> None:
    made = printed(paragraph("前文"), table(3, 90, False))
    heads = [[text(line) for line in body(page)[:2]] for page in made]
    assert heads[0] == ["样例", "前文"]
    assert heads[1:] == [["续表", "第1栏第2栏第3栏"]] * (len(made) - 1)
    assert len(made) > 2
    shown = "".join(text(line) for page in made for line in body(page))
    assert all(f"{row}行{n}栏" in shown for row in range(90) for n in (1, 2, 3))


def rows(*rows: tuple[str, ...]) -> Block:
    """The table as it is read from a page."""
    cells = ("".join(f"<td>{words}</td>" for words in row) for row in rows)
    inside = "".join(f"<tr>{row}</tr>" for row in cells)
    html = f"<article><table><tbody>{inside}</tbody></table></article>"
    return read(lxml.html.document_fromstring(html), str).blocks[0]


def test_a_row_of_a_table_stays_on_one_page(printed: Setter) -> None:
    made = printed(rows(*((f"{n}", FILLER * 6, FILLER * 8) for n in range(60))))
    assert len(made) > 3
    for page in made:
        shown = "".join(text(line) for line in body(page) if line[0].font == BODY)
        assert shown.count("统") == 14 * len(re.findall(r"\d+", shown)) > 0


def test_a_row_higher_than_a_page_goes_on_over_pages(printed: Setter) -> None:
    made = printed(rows(("甲", FILLER * 400), ("乙", FILLER)))
    assert len(made) > 2
    assert sum(text(line).count("统") for page in made for line in body(page)) == 401


def test_a_wide_table_lies_across_and_its_number_keeps_its_corner(printed: Setter) -> None:
    across = turn_wide_tables([table(9, 30, True)])
    upright, *turned = printed(paragraph("前文"), *across)
    assert (upright.width, upright.height) == (210.0, 297.0)
    assert {(page.width, page.height) for page in turned} == {(297.0, 210.0)}
    for number, page in enumerate(turned, 2):
        shown = [glyph for glyph in page.glyphs if glyph.angle == 90 and not glyph.char.isspace()]
        assert text(shown) == f"—{number}—"
        # Held upright, the left edge of the sheet is its foot: 7 mm below the text, at 35 mm.
        assert all(20 < glyph.x < 35 for glyph in shown)
        ends = shown[0].y, shown[-1].y
        assert (min(ends) > 150) if number % 2 else (max(ends) < 50)
        head = next(line for line in page.lines() if text(line).startswith("第1栏"))
        assert {glyph.font for glyph in head} == {HEAD}


def test_tables_that_lie_across_share_pages_and_no_head_stands_alone(printed: Setter) -> None:
    def year(number: int, rows: int) -> list[Block]:
        heading: Block = {
            "kind": "heading", "level": 1, "face": 1, "id": "", "runs": [{"text": f"{number}年"}],
        }  # fmt: skip
        return [heading, table(9, rows, True)]

    short = turn_wide_tables([*year(2025, 2), *year(2024, 2), *year(2023, 2)])
    upright, turned = printed(paragraph("前文"), *short, end=("打印自样例。",))
    assert (upright.width, turned.width) == (210.0, 297.0)
    lines = [text(line) for line in turned.lines()]
    assert [line for line in lines if line.endswith("年")] == ["2025年", "2024年", "2023年"]
    assert "打印自样例。" in lines
    for rows in range(9, 15):  # wherever the page ends
        made = printed(*turn_wide_tables([*year(2025, rows), *year(2024, 3)]))
        for page in made:
            lines = [text(line) for line in page.lines() if not text(line).startswith("—")]
            assert page.width == 210 or not lines[-1].startswith("第1栏"), rows
            assert not lines[-1].endswith("年"), rows


def test_footnotes_stand_at_the_foot_and_what_was_printed_from_at_the_end(printed: Setter) -> None:
    noted: Block = {
        "kind": "paragraph",
        "runs": [{"text": "正文"}, {"text": "", "note": [{"text": "脚注文字"}]}],
    }
    (page,) = printed(noted, end=("打印自样例。",))
    lines = {text(line): line for line in body(page)}
    note = next(line for words, line in lines.items() if words.endswith("脚注文字"))
    assert (note[-1].size, BOTTOM - 16 * MM < note[-1].y < BOTTOM) == (10.5, True)
    last = lines["打印自样例。"]
    assert {glyph.size for glyph in last} == {10.5}
    assert last[0].y < note[-1].y


def test_a_note_with_several_marks_is_printed_once(printed: Setter) -> None:
    shared: Run = {"text": "", "note": [{"text": "脚注文字"}], "shared": "fn:1"}
    head: Cell = {**cell("表头", head=True), "runs": [{"text": "表头"}, shared]}
    table: Block = {
        "kind": "table", "head": [[head]], "body": [[cell("格")]], "widths": [1.0], "wide": False,
    }  # fmt: skip
    for blocks in (
        [paragraph("甲", shared), table, paragraph("乙", shared)],
        [table, paragraph("丙", shared)],
    ):
        (page,) = printed(*blocks)
        lines = [text(line) for line in body(page)]
        assert [line for line in lines if "脚注" in line] == ["脚注文字"]
        assert "".join(lines).count("1") == len(blocks) + 1  # the marks, and the note's own number


def note(words: str) -> Run:
    return {"text": "", "note": [{"text": words}]}


@pytest.mark.parametrize("before", [0, 17, 18, 19, 20])
def test_notes_stand_where_their_marks_first_stand(printed: Setter, before: int) -> None:
    noted = table(2, 60, wide=False)
    assert noted["kind"] == "table"
    noted["head"][0][1]["runs"] += [note("表头的注"), note("又一条")]
    filler: list[Block] = [paragraph(f"第{number}段") for number in range(before)]
    second = heading(1, 1, "一、题")
    assert second["kind"] == "heading"
    second["runs"].append(note("标题的注"))
    made = printed(second, *filler, noted, paragraph("完", note("末注")))
    shown = [[text(line) for line in page.lines()] for page in made]
    heads = [at for at, lines in enumerate(shown) if "第1栏第2栏" in lines]
    assert ["续表" in shown[at] for at in heads] == [False, *[True] * (len(heads) - 1)]
    assert len(heads) >= 2
    where = {
        words: [at for at, lines in enumerate(shown) for it in lines if it.endswith(words)]
        for words in ("标题的注", "表头的注", "又一条", "末注")
    }
    assert where == {
        "标题的注": [0],
        "表头的注": [heads[0]],
        "又一条": [heads[0]],
        "末注": [len(made) - 1],
    }


def test_no_mark_begins_a_line(printed: Setter) -> None:
    for before in range(22, 30):
        (page,) = printed(paragraph("统" * before + "，" + "计" * 40 + "）。" + "文" * 30))
        for line, following in pairwise(body(page)):
            assert text(following)[0] not in "，。）、；：”》", text(line)
