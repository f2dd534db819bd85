"""Word files, written in fifteen ways, are brought into one archive, built, and say what they said."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.shared import Pt
from lxml import html

from archive.build.site import build
from archive.commands.cli import main
from archive.facts.brought import letters
from archive.facts.project import Project
from archive.facts.site import load
from archive.schema.periods import period_name
from tests.samples.brought import empty_archive
from tests.samples.libreoffice import convert
from tests.samples.word_files import (
    BOLD,
    CENTRED,
    LARGE,
    Related,
    abstract,
    begin_at,
    cell,
    field,
    level,
    listed,
    note,
    notes,
    num,
    outline,
    p,
    r,
    raw,
    row,
    table,
    word_file,
)

pytestmark = pytest.mark.slow

DAY = date(2026, 1, 20)
TITLE = "示例市某局工作总结"
SECTIONS = [
    ("一、抓学习", [
        ("（一）强化培训", "举办培训班3期，培训业务人员二百五十六人次，比上年增长12.5%。"),
        ("（二）深入研讨", "全年组织集中学习24次，党员参学率达98.5%，下降的只有迟到人次。"),
    ]),
    ("二、强服务", [
        ("（一）走访企业", "走访企业近百家，编印手册1,200册，帮助解决困难***件。"),
        ("（二）接待群众", "接待来访群众45人次，满意度百分之九十七。"),
    ]),
    ("三、下一步打算", [("（一）再接再厉", "继续做好各项工作，把好事办实、实事办好。")]),
]  # fmt: skip
"""What each file says: parts, sections, a paragraph of each."""
LINES = [
    (depth, line)
    for part, sections in SECTIONS
    for depth, line in [(1, part), *((depth, one) for pair in sections for depth, one in zip((2, 0), pair, strict=True))]
]  # fmt: skip
SAID = TITLE + "".join(line for _, line in LINES)


def by_styles() -> bytes:
    return word_file(p(TITLE, style="t"), *(p(line, style=str(depth) if depth else "") for depth, line in LINES))  # fmt: skip


def by_own_style_and_outline() -> bytes:
    def looks(depth: int) -> dict[str, str]:
        return {0: {}, 1: {"looks": outline(0)}, 2: {"style": "own"}}[depth]

    return word_file(p(TITLE, style="t"), *(p(line, **looks(depth)) for depth, line in LINES))


def by_bold() -> bytes:
    return word_file(p(TITLE, runs=BOLD + LARGE, looks=CENTRED), *(p(line, runs=BOLD if depth else "") for depth, line in LINES))  # fmt: skip


def by_size() -> bytes:
    sizes = {0: "", 1: LARGE, 2: '<w:sz w:val="36"/>'}
    return word_file(p(TITLE, runs='<w:sz w:val="52"/>', looks=CENTRED), *(p(line, runs=sizes[depth]) for depth, line in LINES))  # fmt: skip


def by_hand() -> bytes:
    return word_file(p(TITLE, looks=CENTRED), *(p(line) for _, line in LINES))


def by_automatic_numbers() -> bytes:
    """Word counts 一、 and （一）; the second level begins anew in each part."""
    body = [
        p(re.sub("^(.、|（.）)", "", line), looks=listed(1, depth - 1) if depth else "")
        for depth, line in LINES
    ]
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
    )
    numbering = abstract(0, *levels) + num(1, 0)
    return word_file(p(TITLE, style="t"), *body, numbering=numbering)


def by_restarted_numbers() -> bytes:
    """Each part's sections are a list of their own, begun at one."""
    body, lists = [p(TITLE, style="t")], 1
    numbers = abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0)
    numbers += abstract(1, level(0, "ideographDigital", "（%1）"))
    for depth, line in LINES:
        bare = re.sub("^(.、|（.）)", "", line)
        if depth == 1:
            lists += 1
            numbers += num(lists, 1, begin_at(1))
        said = {0: "", 1: listed(1), 2: listed(lists)}[depth]
        body.append(p(bare, looks=said + (outline(depth - 1) if depth else "")))
    return word_file(*body, numbering=numbers)


def of_split_runs() -> bytes:
    """Runs split in the middle of words and numbers, full-width spaces, tabs, breaks and soft hyphens."""

    def split(line: str) -> list[str]:
        pieces = [r(line[at : at + 3], BOLD if at % 2 else "") for at in range(0, len(line), 3)]
        return [r("\u3000\u3000"), *pieces[:1], raw("<w:softHyphen/>"), *pieces[1:], raw("<w:tab/>")]  # fmt: skip

    return word_file(p(TITLE, style="t"), *(p(*split(line), style=str(depth) if depth else "") for depth, line in LINES))  # fmt: skip


def of_tracked_changes() -> bytes:
    def changed(line: str) -> list[str]:
        gone = '<w:del w:id="1"><w:r><w:delText>删去的99次</w:delText></w:r></w:del>'
        return [r(line[:4]), gone, f'<w:ins w:id="2">{r(line[4:9])}</w:ins>', r(line[9:])]

    return word_file(p(TITLE, style="t"), *(p(*changed(line), style=str(depth) if depth else "") for depth, line in LINES))  # fmt: skip


def of_controls_fields_and_links() -> bytes:
    def within(at: int, line: str) -> str:
        run = r(line)
        around = (
            f"<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>",
            field("DATE", run),
            f'<w:hyperlink r:id="rL">{run}</w:hyperlink>',
            f'<w:smartTag w:element="a">{run}</w:smartTag>',
        )
        return around[at % 4]

    body = [
        p(within(at, line), style=str(depth) if depth else "")
        for at, (depth, line) in enumerate(LINES)
    ]
    return word_file(p(TITLE, style="t"), *body, related={"rL": Related("hyperlink", "https://example.org/", True)})  # fmt: skip


def by_libreoffice(
    folder: Path, made: Mapping[str, tuple[bytes, str]]
) -> dict[str, tuple[bytes, str]]:
    """Three of the files as LibreOffice writes them, which has read them."""
    names = ["by_styles", "by_restarted_numbers", "with_table_and_note"]
    for name in names:
        (folder / f"{name}.docx").write_bytes(made[name][0])
    read = [folder / f"{name}.docx" for name in names]
    convert("docx:MS Word 2007 XML", folder / "out", *read, profile=folder / "profile")
    return {
        f"{name} by LibreOffice": ((folder / "out" / f"{name}.docx").read_bytes(), made[name][1])
        for name in names
    }


def with_table_and_note() -> bytes:
    rows = table(row("项目", "数量"), row("办件", "36件"), row(cell("合计"), "81件"))
    body = [p(line, style=str(depth) if depth else "") for depth, line in LINES]
    marked = p(r("按科室统计"), note(1), r("如下："))
    return word_file(
        p(TITLE, style="t"),
        *body,
        p("四、办件情况", style="1"),  # the part before is of plans, whose numbers are asked
        marked,
        rows,
        related={"rF": Related("footnotes", "footnotes.xml")},
        parts={"footnotes.xml": notes("footnote", p("不含信访件。"))},
    )


COUNTED = "四、办件情况按科室统计如下：项目数量办件36件合计81件不含信访件。"
LINES_OF_CHAPTER = 20
"""In full: they make forty pages and four hundred figures, a page of the site for each. Else two."""
LONG = "一年来各科室按照年初定下的安排，把各项工作做在平时、做到细处，群众看得见、摸得着。"


def of_ten_chapters(folder: Path, lines: int) -> tuple[bytes, str]:
    """A report of so many lines a chapter, two figures in each, written by the library, and what it says."""
    made, said = Document(), [TITLE]
    made.styles["Normal"].font.size = Pt(16)
    made.add_heading(TITLE, 0)
    for chapter in range(1, 11):
        made.add_heading(f"第{'一二三四五六七八九十'[chapter - 1]}章", 1)
        said.append(f"第{'一二三四五六七八九十'[chapter - 1]}章")
        for at in range(lines):
            name = (
                "甲乙丙丁戊己庚辛壬癸"[chapter - 1] + "子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"[at]
            )
            line = f"走访{name}企业{chapter * 20 + at + 3}家，建成{name}站点{chapter * 7 + at + 2}个。{LONG * 2}"
            made.add_paragraph(line)
            said.append(line)
    made.save(str(folder / "long.docx"))
    return (folder / "long.docx").read_bytes(), "".join(said)


WAYS: dict[str, Callable[[], bytes]] = {
    one.__name__: one
    for one in (
        by_styles, by_own_style_and_outline, by_bold, by_size, by_hand, by_automatic_numbers, by_restarted_numbers,
        of_split_runs, of_tracked_changes, of_controls_fields_and_links,
    )
}  # fmt: skip


FEW = ("by_styles", "by_automatic_numbers", "of_tracked_changes")
"""Ways that a run which is not deep tries, beside a table with a note and ten chapters."""


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.deep)])
def files(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[bytes, str]]:
    """Name → each file, and what it says."""
    whole, folder = request.param, tmp_path_factory.mktemp("office")
    made = {name: (way(), SAID) for name, way in WAYS.items() if whole or name in FEW}
    made["with_table_and_note"] = with_table_and_note(), SAID + COUNTED
    by_office = by_libreoffice(folder, made) if whole else {}
    long = of_ten_chapters(folder, LINES_OF_CHAPTER if whole else 2)
    return {**made, **by_office, "of_ten_chapters": long}


def test_each_is_brought_without_a_fault_and_says_on_the_site_what_it_said(
    files: Mapping[str, tuple[bytes, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path.resolve() / "档案"
    empty_archive(root)
    monkeypatch.chdir(root)
    years = {name: 2010 + at for at, name in enumerate(files)}
    for name, year in years.items():
        assert bring(root, files[name][0], year) == "检查没有问题。"
    here = Project(root, root / "data", DAY)
    assert build(here, tmp_path / "site", "late") == []
    said = {name: shown(tmp_path / "site" / "report" / str(year)) for name, year in years.items()}
    assert said == {name: letters(text) for name, (_, text) in files.items()}
    long = str(years["of_ten_chapters"])
    there = [one for one in load(here).archive.figures.values() if period_name(one.period) == long]
    assert len(there) == 2 * files["of_ten_chapters"][1].count("走访")


def bring(root: Path, content: bytes, year: int) -> str:
    """Bring a file as the report of a year; how the command ends."""
    (root / "报告.docx").write_bytes(content)
    period = ["--period", f"{year}-01-01..{year}-12-31", "--as-of", str(DAY)]
    said = ["--source", "年报", "--office", "办公室", "--by", "填报岗"]
    command = ["report", "import", "报告.docx", "--report", str(year), *period, *said, "--write"]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    return done.stderr.strip().rpartition(" 个文件。")[2]


def shown(folder: Path) -> str:
    """What a reader sees of a whole report, but for what the site adds to it."""
    page = html.parse(str(folder / "full" / "index.html"), html.HTMLParser(encoding="utf-8"))
    (article,) = page.getroot().xpath("//article")
    added = ("a[@rel='edit']", "a[@class='headerlink']", "a[@class='footnote-backref']", "*[@data-search-skip]", "sup")  # fmt: skip
    for one in article.xpath("|".join(f".//{path}" for path in added)):
        one.drop_tree()
    return letters(article.text_content())
