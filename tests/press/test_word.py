"""Word files: every character of the tree in them, real styles, lists, notes, tables; the same bytes."""

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx as word
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.press.faces import faces
from archive.press.pdf import UnprintableError
from archive.press.pictures import ready
from archive.press.tree import Block, Run, text
from archive.press.word import docx
from archive.press.word.text import JOINER
from tests.samples.blocks import (
    BAR,
    BLOCKS,
    DAY,
    EVERYTHING,
    PIXEL,
    TABLE,
    cell,
    document,
    heading,
    listing,
    paragraph,
    part,
)
from tests.samples.frozen import HERE

FACES, _ = faces(HERE)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pressed(blocks: list[Block], folder: Path = Path()) -> bytes:
    return docx(ready(document(part(blocks)), folder, folder), DAY, folder, FACES)


def inside(raw: bytes, name: str = "word/document.xml") -> Any:
    """The root of a part; the stubs of lxml have all of it optional."""
    with ZipFile(io.BytesIO(raw)) as file:
        return etree.fromstring(file.read(name))


def shown(raw: bytes) -> str:
    """The text of the body, that of footnotes where their marks stand; titles are not in it."""
    notes = {note.get(f"{W}id"): note for note in inside(raw, "word/footnotes.xml")}

    def of(element: etree._Element) -> Iterator[str]:
        for one in element.iter():
            if one.tag == f"{W}footnoteReference":
                run = notes[one.get(f"{W}id")].iter(f"{W}r")
                yield from (said for each in list(run)[1:] for said in of(each))
            elif one.tag in (f"{W}tab", f"{W}br"):
                yield "\t" if one.tag == f"{W}tab" else "\n"
            elif one.tag == f"{W}t":
                yield one.text or ""

    paragraphs = [one for one in inside(raw).iter(f"{W}p") if style(one) != "Title"]
    return "\n".join("".join(of(one)) for one in paragraphs)


def style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if found is None else found.get(f"{W}val") or ""


def bare(words: str) -> str:
    """The text without what ends lines and what keeps them from ending."""
    return words.replace("\n", "").replace(JOINER, "")


def test_the_whole_text() -> None:
    assert bare(shown(pressed(EVERYTHING))) == bare(text(EVERYTHING))


def test_a_further_mark_of_a_note_refers_to_the_first() -> None:
    first = Run(text="", note=[Run(text="注")], shared="0-fn:1")
    again = Run(text="", note=[], shared="0-fn:1", again=True)
    alone = Run(text="", note=[Run(text="另注")])
    raw = pressed([paragraph("甲", alone, "乙", first, "丙", again)])
    made = inside(raw, "word/footnotes.xml").findall(f"{W}footnote")
    assert ["".join(one.itertext()) for one in made[-2:]] == [" 另注", " 注"]
    body = inside(raw)
    assert [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")] == ["1", "2"]
    (field,) = body.iter(f"{W}fldSimple")
    assert (field.get(f"{W}instr"), "".join(field.itertext())) == (" NOTEREF Note2 \\f \\h ", "2")
    (start,) = (one for one in body.iter(f"{W}bookmarkStart") if one.get(f"{W}name") == "Note2")
    (end,) = (
        one for one in body.iter(f"{W}bookmarkEnd") if one.get(f"{W}id") == start.get(f"{W}id")
    )
    marked = start.getnext()
    assert marked.find(f"{W}footnoteReference").get(f"{W}id") == "2"
    assert marked.getnext() is end


# ---- any tree


@given(BLOCKS)
def test_no_character_is_lost(blocks: list[Block]) -> None:
    raw = pressed(blocks)
    assert bare(shown(raw)) == bare(text(blocks))
    for table in inside(raw).iter(f"{W}tbl"):
        grid = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert {sum(map(_across, row.iter(f"{W}tc"))) for row in table.iter(f"{W}tr")} == {grid}


def _across(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val") or "")


@given(st.characters(whitelist_categories=("Cc", "Cs")).filter(lambda one: one not in "\t\n\r\x7f"))
def test_what_no_file_can_hold_is_refused(character: str) -> None:
    if "\x80" <= character <= "\x9f":
        assert character in shown(pressed([paragraph(character)]))
        return
    for blocks in ([paragraph(f"前{character}后")], [heading(1, 1, character)]):
        with pytest.raises(UnprintableError, match=f"U\\+{ord(character):04X}"):
            pressed(blocks)
    with pytest.raises(UnprintableError) as found:
        docx(document(part([], f"甲{character}乙")), DAY, Path(), FACES)
    assert str(found.value) == (
        f"文字须是 Word 文件能有的字符，现有 U+{ord(character):04X}（在“甲□乙”的“□”处）"
    )


# ---- what it is made of


def test_the_styles_of_paragraphs() -> None:
    raw = docx(
        document(part(EVERYTHING, source="（上级）"), end=["打印自", "未填报：甲。"]),
        DAY,
        Path(),
        FACES,
    )
    found = [
        f"{getattr(one.style, 'name', None)} {one.text}"
        for one in word.Document(io.BytesIO(raw)).paragraphs
    ]
    assert found == [
        "Title 样例",
        "来源 （上级）",
        "标注 示范文本（待审定）",
        "概况 文号：待补",
        "Heading 1 第一章 总则",
        "Heading 2 一、黑体",
        "Heading 3 （一）楷体",
        "Heading 3 1.仿宋",
        f"Normal 第一条　服务1234{JOINER}小{JOINER}时强调aaa\tb\nH23x = 1",
        "List Paragraph 甲",
        "List Paragraph 乙",
        "List Paragraph 丙",
        "List Paragraph 丁",
        "List Paragraph 丁续",
        "Quote 引文",
        "List Paragraph 引文中",
        "代码 if x:",
        "代码 \t  y - 1",
        "Normal 如图：",
        "图 ",
        "Heading 2 二、横排",
        "间隔 ",
        "Normal 末段",
        "小字 打印自",
        "小字 未填报：甲。",
    ]


def test_the_fonts_of_headings() -> None:
    """A style has the font of most headings on its level; the others have their own."""
    blocks = [heading(1, 3, "1.甲"), heading(1, 1, "一、乙"), heading(1, 3, "2.丙")]
    made = word.Document(io.BytesIO(pressed(blocks)))
    eastern = f"{W}rPr/{W}rFonts"
    common = made.styles["Heading 1"].element.find(eastern)
    own = [
        [one.get(f"{W}eastAsia") for one in found._p.iter(f"{W}rFonts")]
        for found in made.paragraphs
    ]
    assert (common.get(f"{W}eastAsia"), own) == ("仿宋_GB2312", [[], [], ["黑体"], []])


def test_lists_count_for_themselves() -> None:
    items = [paragraph("子"), listing(True, [paragraph("丑")], start=5)]
    raw = pressed([listing(True, items), listing(False, items), listing(True, items)])
    numbers = {
        one.get(f"{W}numId"): (
            one[0].get(f"{W}val"),
            one[1].get(f"{W}ilvl"),
            one[1][0].get(f"{W}val"),
        )
        for one in inside(raw, "word/numbering.xml").iter(f"{W}num")
    }
    assert [numbers[one.get(f"{W}val")] for one in inside(raw).iter(f"{W}numId")] == [
        ("1", "0", "1"),
        ("1", "1", "5"),
        ("0", "0", "1"),
        ("1", "1", "5"),
        ("1", "0", "1"),
        ("1", "1", "5"),
    ]


def test_every_item_of_a_list_within_a_quote_is_indented_alike() -> None:
    items = listing(True, [paragraph("子")], [paragraph("丑")], [paragraph("寅")])
    raw = pressed([{"kind": "quote", "blocks": [items]}])
    indents = [one.find(f"{W}pPr/{W}ind") for one in inside(raw).iter(f"{W}p")]
    lefts = [None if one is None else one.get(f"{W}left") for one in indents][1:4]
    assert None not in lefts
    assert len(set(lefts)) == 1


def test_tables() -> None:
    (table,) = inside(pressed([TABLE])).iter(f"{W}tbl")
    assert [one.get(f"{W}w") for one in table.iter(f"{W}gridCol")] == ["4422", "2211", "2211"]
    rows = [
        (
            "".join(one.tag.removeprefix(W)[0] for one in row[0]),
            [
                " ".join(
                    [
                        "".join(one.itertext()),
                        *(f"{p.tag.removeprefix(W)}={p.get(f'{W}val')}" for p in one[0]),
                        *(f"{p.tag.removeprefix(W)}={p.get(f'{W}val')}" for p in one[1][0]),
                    ]
                )
                for one in row.iter(f"{W}tc")
            ],
        )
        for row in table.iter(f"{W}tr")
    ]
    assert rows == [  # c: not split; t: head, again on each page
        (
            "ct",
            [
                "年份 pStyle=TableHead",
                "活动（次） pStyle=TableHead jc=right",
                "备注 pStyle=TableHead",
            ],
        ),
        ("c", ["一组 gridSpan=3 pStyle=TableSide keepNext=None"]),
        (
            "c",
            [
                "2024年 vMerge=restart pStyle=TableSide",
                "12 pStyle=TableNumber",
                "甲 pStyle=TableText",
            ],
        ),
        ("c", [" vMerge=continue pStyle=TableText", "3 gridSpan=2 pStyle=TableNumber"]),
    ]


def test_a_table_of_many_rows() -> None:
    body = [[cell(f"{row}行{column}栏") for column in range(10)] for row in range(2000)]
    table: Block = {"kind": "table", "head": [], "body": body, "widths": [0.1] * 10, "wide": False}
    assert bare(shown(pressed([table]))) == bare(text([table]))


def test_a_table_too_wide_for_word() -> None:
    table: Block = {
        "kind": "table",
        "head": [],
        "body": [[cell("甲")] * 64],
        "widths": [],
        "wide": False,
    }
    with pytest.raises(UnprintableError, match="Word 的表格须不超过 63 栏，现有 64 栏"):
        pressed([table])


def test_pages_and_their_numbers() -> None:
    raw = docx(document(part(EVERYTHING), banner="演示"), DAY, Path(), FACES)
    made = word.Document(io.BytesIO(raw))
    pages = [
        [
            round((length or 0) / 36000, 1)
            for length in (
                one.page_width,
                one.page_height,
                one.top_margin,
                one.bottom_margin,
                one.left_margin,
                one.right_margin,
            )
        ]
        for one in made.sections
    ]
    upright = [210.0, 297.0, 37.0, 35.0, 28.0, 26.0]
    assert pages == [upright, [297.0, 210.0, 28.0, 26.0, 35.0, 37.0], upright]
    grids = [dict(next(one._sectPr.iter(f"{W}docGrid")).attrib) for one in made.sections]
    assert grids == [{f"{W}type": "lines", f"{W}linePitch": "579"}] * 3
    assert made.settings.odd_and_even_pages_header_footer
    assert made.settings.element.find(f"{W}mirrorMargins") is not None
    footers = [inside(raw, f"word/footer-{side}.xml") for side in ("odd", "even")]
    assert ["".join("".join(one.itertext()).split()) for one in footers] == ["—PAGE1—"] * 2
    assert [one.find(f".//{W}jc").get(f"{W}val") for one in footers] == ["right", "left"]
    first = made.sections[0]
    assert [one.paragraphs[0].text for one in (first.header, first.even_page_header)] == [
        "演示"
    ] * 2


def test_where_it_comes_from_stands_on_the_turned_page_that_is_the_last() -> None:
    turned: Block = {"kind": "across", "blocks": [paragraph("宽")]}
    for blocks, lying in (
        ([paragraph("前"), turned], [False, True]),
        ([turned, paragraph("后")], [False, True, False]),
    ):
        raw = docx(document(part(blocks), end=["打印自样例。"]), DAY, Path(), FACES)
        sections = word.Document(io.BytesIO(raw)).sections
        wide = [(one.page_width or 0) > (one.page_height or 0) for one in sections]
        assert wide == lying


def test_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PIXEL)
    (tmp_path / "b.svg").write_text(BAR, "utf-8")
    blocks: list[Block] = [
        {
            "kind": "picture",
            "svg": svg,
            "file": file,
            "alt": alt,
            "width": width,
            "height": width / 2,
        }
        for svg, file, alt, width in [
            (BAR, "", "图一", 100.0),
            ("", "a.png", "图二", 0.0),
            ("", "b.svg", '“三”<">', 2000.0),
        ]
    ]
    raw = pressed(blocks, tmp_path)
    body = inside(raw)
    described = [one.get("descr") for one in body.iter("{*}docPr")]
    points = [
        (round(int(one.get("cx") or "") / 12700), round(int(one.get("cy") or "") / 12700))
        for one in body.iter("{*}extent")
    ]
    assert (described, points) == (
        ["图一", "图二", '“三”<">'],
        [(100, 50), (1, 1), (442, 221)],
    )
    with ZipFile(io.BytesIO(raw)) as file:
        media = {name: file.read(name) for name in file.namelist() if "/media/" in name}
    assert {name: content for name, content in media.items() if name.endswith("svg")} == {
        "word/media/drawing1.svg": BAR.encode(),
        "word/media/drawing3.svg": BAR.replace('20">', '20" width="40" height="20">', 1).encode(),
    }
    assert PIXEL in media.values()
    assert len(list(body.iter("{*}svgBlip"))) == 2


def test_a_book_and_its_contents() -> None:
    noted = heading(1, 1, "一、甲")
    assert noted["kind"] == "heading"
    noted["runs"].append({"text": "", "note": [{"text": "注"}]})
    parts = [
        part([noted, heading(2, 2, "（一）乙")], "上篇"),
        part([paragraph("文")], "下篇"),
    ]
    raw = docx(document(*parts, title="合编", lines=["合编"], contents=2), DAY, Path(), FACES)
    found = [(style(one), "".join(one.itertext())) for one in inside(raw).iter(f"{W}p")]
    assert found == [
        ("Title", "合编"),
        ("TOCHeading", "目　录"),
        ("TOC1", ' TOC \\o "1-2" \\h \\z \\u 上篇 PAGEREF _Toc000001 \\h '),
        ("TOC2", "一、甲 PAGEREF _Toc000002 \\h "),
        ("TOC1", "下篇 PAGEREF _Toc000004 \\h "),
        ("Gap", ""),
        ("PartTitle", "上篇"),
        ("Heading2", "一、甲"),
        ("Heading3", "（一）乙"),
        ("PartTitle", "下篇"),
        ("Normal", "文"),
    ]
    marks = {one.get(f"{W}name") for one in inside(raw).iter(f"{W}bookmarkStart")}
    assert {"_Toc000001", "_Toc000002", "_Toc000004"} <= marks


def test_the_same_bytes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = pressed(EVERYTHING)
    monkeypatch.setattr(time, "time", lambda: 2e9)
    assert pressed(EVERYTHING) == first
    with ZipFile(io.BytesIO(first)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    said = word.Document(io.BytesIO(first)).core_properties
    assert (said.title, said.author, said.last_modified_by) == ("样例", "", "")
    assert {said.created.date(), said.modified.date()} == {DAY}


# ISO/IEC 29500-1: properties stand in this order, and Word opens no file where they do not.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr tabs autoSpaceDE autoSpaceDN "
    "snapToGrid spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts spacing sz szCs vertAlign lang",
    "tcPr": "gridSpan vMerge vAlign",
    "trPr": "cantSplit tblHeader",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar",
    "sectPr": "headerReference footerReference pgSz pgMar docGrid",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr tcPr",
    "settings": "zoom mirrorMargins defaultTabStop evenAndOddHeaders drawingGridVerticalSpacing "
    "characterSpacingControl footnotePr compat themeFontLang",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "numbering": "abstractNum num",
}


def test_the_order_of_properties() -> None:
    raw = docx(
        document(part(EVERYTHING), part(EVERYTHING, "乙"), title="书", contents=3),
        DAY,
        Path(),
        FACES,
    )
    wrong = []
    with ZipFile(io.BytesIO(raw)) as file:
        parts = {
            name: etree.fromstring(file.read(name))
            for name in file.namelist()
            if "word/" in name and name.endswith(".xml")
        }
    for name, root in parts.items():
        for element in root.iter(*(W + one for one in ORDER)):
            order = ORDER[element.tag.removeprefix(W)].split()
            found = [one.tag.removeprefix(W) for one in element]
            known = [one for one in found if one in order]
            if found != known or known != sorted(known, key=order.index):
                wrong.append((name, element.tag, found))
    assert wrong == []
