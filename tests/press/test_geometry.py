"""The page: what follows from it in every format, and that another paper is one edit."""

import io
from datetime import date
from pathlib import Path

import docx as word
import lxml.html
import pytest

from archive.press import geometry
from archive.press.article import read
from archive.press.browser import SHEET, generated, rules
from archive.press.document import Document, document
from archive.press.faces import faces
from archive.press.geometry import PAGE, Page
from archive.press.pdf import Typesetter
from archive.press.word import docx
from archive.press.word.page import measures
from tests.conftest import FROZEN, ROOT
from tests.samples.frozen import HERE
from tests.samples.glyphs import MM, pages, steps

DAY = date(2026, 3, 1)
A3 = Page(width=420, height=297, top=37, bottom=35, inner=28, outer=26)
RULES = Path(__file__).with_name("a3.css")
HEADS = "".join(f"<th>第{n}栏的名称</th>" for n in range(1, 10))
CELLS = "".join(f"<td>{'较长的文字' * 2}</td>" for n in range(1, 10))
TITLE = "关于进一步做好全市统计系统文明单位创建档案整理工作的若干具体意见"
HTML = (
    f"<article><h1>{TITLE}</h1><p>{'统计服务文明创建' * 400}</p>"
    f"<table><thead><tr>{HEADS}</tr></thead><tbody><tr>{CELLS}</tr></tbody></table></article>"
)


def made() -> Document:
    return document(read(lxml.html.document_fromstring(HTML), str), "演示", [])


def shape(page: Page) -> tuple[float, ...]:
    return page.area_width, page.area_height, page.characters, page.lines


def test_the_page_of_the_standard() -> None:
    assert shape(PAGE) == (156, 225, 28, 22)
    assert PAGE.upright
    assert PAGE.held(12) == pytest.approx(36.85, abs=0.01)
    assert PAGE.held(12, across=True) == pytest.approx(53.15, abs=0.01)
    assert measures().placeholders() == {
        **{"width": 11906, "height": 16838, "area_width": 8844, "area_height": 12756},
        **{"top": 2098, "bottom": 1984, "inner": 1588, "outer": 1474, "footer": 1430},
        **{"pitch": 579, "half": 290, "title_line": 570, "spacing": -5, "cell": 315},
        **{"two": 630, "marker": 472, "table_line": 324, "dense_line": 243, "small_line": 320},
        **{"number_line": 280, "body": 32, "title": 44, "table": 24, "dense": 18, "small": 21},
        **{"number": 28, "number_x": 930600, "number_odd": 4464000, "number_even": 1008000},
        **{"number_wide": 2160000, "number_high": 177840},
        **{f"item{n}": 1102 + 630 * n for n in range(9)},
        **{f"contents{n}": 315 * (n - 1) for n in range(1, 10)},
    }


def test_the_style_sheet_is_in_step(tmp_path: Path) -> None:
    whole = (ROOT / SHEET).read_text("utf-8")
    assert generated(ROOT) == {SHEET: whole}
    assert generated(tmp_path) == {}
    sheet = tmp_path / SHEET
    sheet.parent.mkdir(parents=True)
    sheet.write_text(whole.replace("37mm", "36mm").replace('"SimSun", ', ""), "utf-8")
    assert generated(tmp_path) == {SHEET: whole}


def test_a_style_sheet_without_the_marks_gets_them(tmp_path: Path) -> None:
    sheet = tmp_path / SHEET
    sheet.parent.mkdir(parents=True)
    sheet.write_text("p { margin: 0 }\n", "utf-8")
    fresh = generated(tmp_path)
    assert rules(PAGE) in fresh[SHEET]
    assert fresh[SHEET].endswith("*/\n\np { margin: 0 }\n")
    sheet.write_text(fresh[SHEET], "utf-8")
    assert generated(tmp_path) == fresh


def test_another_paper_is_one_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A3, lying: what lay across an upright page stands on it, and the lines hold more."""
    upright = made()["parts"][0]
    assert [block["kind"] for block in upright["blocks"]] == ["paragraph", "across"]
    assert len(upright["lines"]) == 2
    monkeypatch.setattr(geometry, "PAGE", A3)
    assert shape(A3) == (366, 225, 65, 22)
    lying = made()
    assert [block["kind"] for block in lying["parts"][0]["blocks"]] == ["paragraph", "table"]
    assert lying["lines"] == [TITLE]
    found, problems = faces(HERE)
    assert problems == []
    printed = pages(Typesetter(found, FROZEN / "docs").pdf(lying, DAY))
    assert {(page.width, page.height) for page in printed} == {(420.0, 297.0)}
    for number, page in enumerate(printed[1:2], 2):
        lines = [line for line in page.lines() if 37 < line[0].y < 262]
        assert [len(line) for line in lines] == [65] * 22
        assert {round(step - 225 / 22, 1) for step in steps(line[0].y for line in lines)} == {0}
        left = 28 if number % 2 else 26
        assert {round(line[0].x - left, 1) for line in lines} == {0}
        assert {round(line[-1].x + 366 / 65 - left - 366, 1) for line in lines} == {0}
        assert round(page.lines()[-1][0].y - 0.36 * 14 * MM - 262, 1) == 7
    written = word.Document(io.BytesIO(docx(lying, DAY, Path(), found)))
    (section,) = written.sections
    lengths = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round((length or 0) / 36000) for length in lengths] == [420, 297, 28, 26]
    (table,) = written.tables
    assert round(sum(column.width or 0 for column in table.columns) / 36000) == 366
    assert measures().cell * 65 <= measures().area_width < measures().cell * 66
    assert rules(A3) == RULES.read_text("utf-8")
