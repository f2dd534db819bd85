"""Word files as an office program sets them: the page of an official document, glyph by glyph.

LibreOffice stands for Word: it knows the same grid. It sees the free faces only, by the names of those
the bureau has.
"""

import os
import subprocess
from pathlib import Path

import pytest

from archive.press.faces import FETCHED, faces
from archive.press.tree import Block
from archive.press.word import docx
from tests.conftest import ROOT
from tests.glyphs import MM, Page, pages, steps, text
from tests.test_press_word import DAY, cell, document, heading, listing, paragraph, part, runs

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
LONG = paragraph(FILLER * 80)
FIGURES = [
    paragraph("开展志愿活动" * times + FILLER[:extra], {"text": "1234小时", "keep": True}, "。")
    for times, extra in ((4, 0), (4, 1), (4, 2), (4, 3), (3, 5), (3, 7))
]
WIDE: Block = {
    "kind": "table",
    "head": [[cell(f"第{n}栏", True) for n in range(1, 9)]],
    "body": [[cell(f"{row}行{n}栏") for n in range(1, 9)] for row in range(40)],
    "widths": [1 / 8] * 8,
}
DOCUMENTS: dict[str, list[Block]] = {
    "text": [LONG],
    "faces": [
        heading(1, 1, "一、黑体"),
        heading(2, 2, "（一）楷体"),
        heading(3, 3, "1.仿宋"),
        *FIGURES,
        paragraph("注", {"text": "", "note": runs("脚注文字")}),
        listing(
            False,
            [
                paragraph("甲"),
                listing(
                    True,
                    [
                        paragraph("乙"),
                        listing(False, [paragraph("丙"), listing(True, [paragraph("丁")])]),
                    ],
                    start=7,
                ),
            ],
        ),
    ],
    "across": [paragraph("前"), {"kind": "across", "blocks": [WIDE]}, paragraph("后")],
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """The pages of each document, as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("office")
    found, _ = faces(ROOT)
    for name, blocks in DOCUMENTS.items():
        raw = docx(document(part(blocks, "样例标题"), end=["打印自样例"]), DAY, folder, found)
        (folder / f"{name}.docx").write_bytes(raw)
    rules = "".join(ALIAS.format(*names) for names in FREE.items())
    (folder / "fonts.conf").write_text(
        f"<fontconfig><dir>{ROOT / FETCHED}</dir><cachedir>{folder / 'cache'}</cachedir>{rules}</fontconfig>",
        "utf-8",
    )
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *(folder / f"{name}.docx" for name in DOCUMENTS),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: pages((folder / f"{name}.pdf").read_bytes()) for name in DOCUMENTS}


def test_show(opened):
    for name, ps in opened.items():
        for n, p in enumerate(ps, 1):
            print(name, n, p.width, p.height)
            for l in p.lines():
                print(
                    f"   {l[0].y:.2f} {l[0].x:.2f}..{l[-1].x + l[-1].size * MM:.2f} {len(l)} {l[0].font} {l[0].size} {text(l)[:34]}"
                )
            print([g for g in p.glyphs if g.angle])
    assert 0
