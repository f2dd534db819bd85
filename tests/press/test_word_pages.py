"""Word files as an office program sets them: the page of an official document, glyph by glyph.

LibreOffice stands for Word: it knows the same grid. It sees the free faces only, by the names of those
the bureau has.
"""

import pytest

from archive.files.cache import shared_folder
from archive.press import geometry
from archive.press.document import Document
from archive.press.faces import faces
from archive.press.font_files import FETCHED
from archive.press.tree import Block, Run
from archive.press.word import docx
from archive.press.word.text import JOINER
from tests.samples.blocks import DAY, cell, document, heading, listing, paragraph, part, runs
from tests.samples.frozen import HERE
from tests.samples.glyphs import MM, Page, pages, steps, text
from tests.samples.libreoffice import convert

A3 = geometry.Page(width=420, height=297, top=37, bottom=35, inner=28, outer=26)
UNSEEN = dict.fromkeys(map(ord, JOINER))
CELL, PITCH = 15.75 * MM, 579 / 20 * MM
"""A character and a line as the file has them, in mm."""
FREE = {
    "仿宋_GB2312": "FandolFang R",
    "楷体_GB2312": "FandolKai",
    "黑体": "FandolHei",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
}
ALIAS = (
    '<match target="pattern"><test name="family"><string>{}</string></test>'
    '<edit name="family" mode="assign" binding="same"><string>{}</string></edit></match>'
)
FILLER = "统计服务文明创建"
LONG = paragraph(FILLER * 200)
WIDE: Block = {
    "kind": "table",
    "head": [[cell(f"第{n}栏", True) for n in range(1, 9)]],
    "body": [[cell(f"{row}行{n}栏") for n in range(1, 9)] for row in range(40)],
    "widths": [1 / 8] * 8,
    "wide": False,
}
DEEP = listing(True, [paragraph("丁")])
for _words, _ordered in (("丙", False), ("乙", True), ("甲", False)):
    DEEP = listing(_ordered, [paragraph(_words), DEEP], start=7)
FIGURES = ("1,234人次", "12.5%", "1234万小时", "３．５倍", "近百家（户）")
DOCUMENTS: dict[str, Document] = {
    "figures": document(
        part(
            [
                paragraph("统" * before, Run(text=figure, keep=True), "，文" * 12)
                for figure in FIGURES
                for before in range(17, 27)
            ]
        )
    ),
    "text": document(part([LONG], "样例标题")),
    "faces": document(
        part(
            [
                heading(1, 1, "一、黑体"),
                heading(2, 2, "（一）楷体"),
                heading(3, 3, "1.仿宋"),
                paragraph("仿宋"),
                DEEP,
                paragraph("正文", {"text": "", "note": runs("脚注文字")}),
            ],
            "样例标题",
        )
    ),
    "across": document(
        part([paragraph("前"), {"kind": "across", "blocks": [WIDE]}, paragraph("后")])
    ),
    "book": document(
        part([heading(1, 1, "一、甲")], "上篇"),
        part([paragraph("文")], "下篇"),
        title="合编",
        lines=["合编"],
        contents=2,
    ),
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """The pages of each document, as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("office")
    found, _ = faces(HERE)
    names = [*DOCUMENTS, "a3"]
    for name, one in DOCUMENTS.items():
        (folder / f"{name}.docx").write_bytes(docx(one, DAY, folder, found))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geometry, "PAGE", A3)
        (folder / "a3.docx").write_bytes(docx(DOCUMENTS["text"], DAY, folder, found))
    rules = "".join(ALIAS.format(*names) for names in FREE.items())
    (folder / "fonts.conf").write_text(
        f"<fontconfig><dir>{shared_folder() / FETCHED}</dir><cachedir>{folder / 'cache'}</cachedir>{rules}</fontconfig>",
        "utf-8",
    )
    convert(
        "pdf",
        folder,
        *(folder / f"{name}.docx" for name in names),
        profile=folder / "profile",
        environment={"FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )
    return {name: pages((folder / f"{name}.pdf").read_bytes()) for name in names}


def test_full_pages_of_text(opened: dict[str, list[Page]]) -> None:
    """22 lines of 28 characters in the type area; the title and the line below it take two."""
    first, second, *_ = opened["text"]
    lines = [*first.lines(), *second.lines()[:22]]
    title, body, number = lines[0], lines[1:21], lines[21]
    assert [len(line) for line in body] == [26] + [28] * 19
    assert all(glyph.size == 16.0 for line in body for glyph in line)
    across = {step for line in body for step in steps(glyph.x for glyph in line)}
    assert {round(abs(step - CELL), 1) for step in across} == {0.0}
    down = steps(line[0].y for line in body)
    assert {round(abs(step - PITCH), 1) for step in down} == {0.0}
    assert (text(title), title[0].size, round(body[0][0].y - title[0].y)) == ("样例标题", 22.0, 20)
    assert {round(line[0].x, 1) for line in body[1:]} == {28.0}
    assert {round(line[-1].x + 16 * MM, 1) for line in body} <= {183.6, 183.7}
    assert [text(line) for line in (title, number)] == ["样例标题", "—1—"]
    full = second.lines()[:22]
    assert [len(line) for line in full] == [28] * 22
    assert round(full[21][0].y - full[0][0].y - 21 * PITCH, 1) == 0.0
    assert full[0][0].y > 37 + 16 * MM / 2
    assert full[21][0].y < 262


def test_full_pages_of_a_lying_a3(opened: dict[str, list[Page]]) -> None:
    """22 lines of 65 characters, on a paper 420 mm wide."""
    first, second = opened["a3"]
    assert {(page.width, page.height) for page in (first, second)} == {(420.0, 297.0)}
    body = first.lines()[1:21]
    assert [len(line) for line in body] == [63] + [65] * 19
    assert {round(line[0].x, 1) for line in body[1:]} == {28.0}
    assert {round(line[-1].x + 16 * MM) for line in body} == {394}
    number = second.lines()[-1]
    assert (text(number), round(number[0].y - 0.36 * 14 * MM - 262)) == ("—2—", 7)


def test_a_figure_stays_with_its_unit(opened: dict[str, list[Page]]) -> None:
    lines = [text(line).translate(UNSEEN) for page in opened["figures"] for line in page.lines()]
    assert {figure: sum(figure in line for line in lines) for figure in FIGURES} == dict.fromkeys(
        FIGURES, 10
    )
    assert [line for line in lines if line.startswith("，")] == []


def test_page_numbers(opened: dict[str, list[Page]]) -> None:
    """7 mm below the type area, one character in from its outer edge: odd pages right, even left."""
    found = []
    for page in opened["text"][:3]:
        number = page.lines()[-1]
        dash = number[0].y - 0.36 * 14 * MM
        ends = 0.88 * 14 * MM  # an em dash of this face is narrower than its em
        found.append(
            (text(number), round(dash - 262), round(number[0].x), round(number[-1].x + ends))
        )
        assert {(glyph.size, glyph.font[:9]) for glyph in number} == {(14.0, "NotoSerif")}
    assert found == [("—1—", 7, 165, 179), ("—2—", 7, 31, 45), ("—3—", 7, 165, 179)]


def test_faces(opened: dict[str, list[Page]]) -> None:
    found = [
        (text(line), line[0].font.partition("-")[0], line[0].size)
        for line in opened["faces"][0].lines()[:5]
    ]
    assert found == [
        ("样例标题", "NotoSerifCJKjp", 22.0),
        ("一、黑体", "FandolHei", 16.0),
        ("（一）楷体", "FandolKai", 16.0),
        ("1.仿宋", "FandolFang", 16.0),
        ("仿宋", "FandolFang", 16.0),
    ]


def test_lists_and_notes(opened: dict[str, list[Page]]) -> None:
    """Four lists deep, each two characters farther in; the note at the foot, in 五号."""
    lines = opened["faces"][0].lines()
    items = [line for line in lines if text(line)[-2:-1] in ("·", ".")]
    assert [text(line) for line in items] == ["·甲", "7.乙", "·丙", "1.丁"]
    assert [round(item[0].x - 28, 0) for item in items] == [11, 22, 33, 44]
    (note,) = (line for line in lines if text(line).endswith("脚注文字"))
    assert (note[-1].size, note[-1].y > 255) == (10.5, True)


def test_a_wide_table_lies_across(opened: dict[str, list[Page]]) -> None:
    """Its head on each page; the page number at the edge that is below when it is held upright."""
    found = opened["across"]
    assert [(page.width, page.height) for page in found] == [
        (210.0, 297.0),
        *[(297.0, 210.0)] * 3,
        (210.0, 297.0),
    ]
    head = "".join(f"第{n}栏" for n in range(1, 9))
    assert [text(page.lines()[0]) for page in found[1:4]] == [head] * 3
    numbers = []
    for page in found[1:4]:
        turned = [glyph for glyph in page.glyphs if glyph.angle == 90 and not glyph.char.isspace()]
        dash = turned[0].x + 0.36 * 14 * MM
        numbers.append((text(turned), round(dash), round(turned[0].y)))
    assert numbers == [("—2—", 28, 33), ("—3—", 28, 165), ("—4—", 28, 33)]


def test_contents(opened: dict[str, list[Page]]) -> None:
    found = [[text(line).strip("·") for line in page.lines()] for page in opened["book"]]
    assert found == [
        ["合编", "目录", "上篇", "一、甲", "下篇", "—1—"],
        ["上篇", "一、甲", "—2—"],
        ["下篇", "文", "—3—"],
    ]
