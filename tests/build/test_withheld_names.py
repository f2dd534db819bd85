"""No file of the public edition shows a name that is not public, of whatever kind the file is."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from archive.build import leaks as built
from archive.build.built_kinds import read_built
from archive.build.editions.names import find_withheld_names
from archive.build.editions.tree import redacted_tree
from archive.build.search import index_script
from archive.build.search.pages import SearchPage, SearchSection
from archive.build.site import build
from archive.facts.project import Project
from archive.facts.site import load
from archive.leaks.names import withheld_search
from tests.conftest import AS_OF
from tests.samples import hostile
from tests.samples.attachments import changed, document, sheet, word
from tests.samples.editions import PUBLIC_UNIT, Changes
from tests.samples.frozen import lay_out
from tests.samples.sample import FILES, read

RIVER = "  river:\n    meaning: 样例\n    person: false\n    value: 丁戊河\n    mask: '***'\n"
UNIT = str(PUBLIC_UNIT["data/unit.yml"]) + RIVER
OUT = "请在页面里用 name 宏，台账、附件里换一种写法，可以公开的，在 data/unit.yml 里写明公开"
RULE = "公开版里不得有没有公开的名称，现有 丁**（river）"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>丁</text><text x="9">戊<tspan>河</tspan></text></svg>'
RUNS = "<w:p><w:r><w:t>丁</w:t></w:r><w:r><w:t>戊</w:t></w:r><w:r><w:t>河</w:t></w:r></w:p>"


def linked(name: str, content: str | bytes) -> Changes:
    page = f"{FILES['docs/index.md']}\n[附件](<{name}>)\n"
    return {"data/unit.yml": UNIT, "docs/index.md": page, f"docs/{name}": content}


def found(tmp_path: Path, changes: Changes) -> list[str]:
    site = read(tmp_path, changes)
    with redacted_tree(site) as tree:
        return [str(one) for one in find_withheld_names(site, tree)]


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("files/a.csv", "名称,数\n甲,1\n丁 戊河,2\n", ":3: {}"),
        ("files/a.txt", "甲\n丁\n戊河\n".encode("gb18030"), ":2: {}"),
        ("files/a.json", r'{"a": "\u4e01\u620a\u6cb3"}', ":1: {}"),
        ("files/a.svg", SVG, ":1: {}"),
        ("files/a.docx", changed(word(), {"word/document.xml": document(RUNS)}), ":1: {}（word/document.xml）"),
        ("files/a.xlsx", sheet("丁戊河"), ":1: {}（xl/worksheets/sheet1.xml）"),
        ("files/丁戊河.txt", "甲", ":1: {}（文件名）"),
        ("丁戊河/a.txt", "甲", ":1: {}（文件名）"),
    ],
)  # fmt: skip
def test_names_in_attachments(tmp_path: Path, name: str, content: str | bytes, place: str) -> None:
    link = [f"docs/index.md:9: {RULE}；{OUT}"] if "丁戊河" in name else []
    expected = [f"docs/{name}{place.format(RULE)}；{OUT}", *link]
    assert found(tmp_path, linked(name, content)) == sorted(expected)


def test_names_in_synonyms_are_told(tmp_path: Path) -> None:
    """Search in the public edition knows them."""
    changes: Changes = {"data/unit.yml": UNIT, "data/synonyms.yml": "- words: [大河, 丁戊河]\n"}
    assert found(tmp_path, changes) == [f"data/synonyms.yml:1: {RULE}；{OUT}"]


def test_a_search_index_that_cannot_be_read_is_a_problem() -> None:
    search = withheld_search({"river": "丁戊河"})
    (told,) = read_built("search/index.js", b"window.archiveSearch={};\n", search)
    assert told.kind == "无法检查"


def test_names_in_pages_are_told_at_their_lines(tmp_path: Path) -> None:
    page = str(FILES["docs/index.md"])
    lines = (
        "见丁&#25098;河。", "", "丁\u200b戊<b>河</b>", "", "丁戊河 <!-- 内部 -->", "", "![丁戊河](x.png)",
    )  # fmt: skip
    changes: Changes = {
        "data/unit.yml": UNIT,
        "docs/index.md": f"{page}\n" + "\n".join(lines) + "\n",
    }
    first = page.count("\n") + 2
    assert found(tmp_path, changes) == [
        f"docs/index.md:{line}: {RULE}；{OUT}" for line in (first, first + 2, first + 6)
    ]


@pytest.mark.parametrize(
    "name", ["a: b", "- a", "a #b", "{a}", "'a", "yes", "1", "null", "&a", "*", "? a", "", '"']
)
def test_a_name_may_be_called_anything(tmp_path: Path, name: str) -> None:
    unit = UNIT.replace("  river:", f"  {json.dumps(name)}:")
    site = read(tmp_path, {"data/unit.yml": unit})
    assert site.archive.unit
    with redacted_tree(site) as tree:
        public = load(tree).archive
        assert public.problems == []
        assert public.unit
        assert name in site.archive.unit.names.keys() == public.unit.names.keys()


@pytest.mark.parametrize(
    "written",
    [
        "&#x0000793A;&#x00005C0F;&#x00004E01;",
        "&#31034&#23567&#19969",
        "&#000031034;小&#19969 ",
        "示&#x202a;小&zwnj;丁",
        "\u202e丁小示",
        "示\u1ab0小\u302a丁",
        "甲，示小丁。",
    ],
)
@pytest.mark.parametrize("element", ['<abbr title="{}">某人</abbr>', '<img alt="{}">', "<p>{}</p>"])
def test_names_on_built_pages_are_read_as_a_browser_does(element: str, written: str) -> None:
    raw = f"<html><body>{element.format(written)}</body></html>".encode()
    told = read_built("a.html", raw, withheld_search({"person": "示小丁"}))
    assert {(one.kind, one.found) for one in told} == {("未公开的名称", "示**（person）")}


NAMED_PDF = hostile.pdf(
    [b"<</Type/Catalog/Pages 2 0 R/Lang<feff4e01620a6cb3>>>", b"<</Type/Pages/Count 0/Kids[]>>"]
)


INDEXED = SearchPage("a/", "题", (SearchSection("", "题", "甲丁戊河乙"),))


def test_every_file_of_the_site_is_read(tmp_path: Path) -> None:
    files = {
        "index.html": "<p>丁<b>戊</b>&shy;河</p>".encode(),
        "alt.html": '<img alt="丁&#x620a;河">'.encode(),
        "id.html": b'<p id="%E4%B8%81%E6%88%8A%E6%B2%B3">',
        "tag.html": "<p>丁<i title='<a>'>戊</i>河</p>".encode(),
        "line.html": "<p>丁<b>\n\n</b>戊河</p>".encode(),
        "search/index.js": index_script([INDEXED]).encode(),
        "download/a.csv": "丁戊河\n".encode(),
        "download/a.json": '["丁戊河"]'.encode(),
        "download/a.xlsx": sheet("丁戊河"),
        "print/a.docx": word("丁戊河"),
        "sitemap.xml": b"<loc>/%E4%B8%81%E6%88%8A%E6%B2%B3/</loc>",
        "sitemap.xml.gz": gzip.compress("丁戊河".encode()),
        "assets/site.css": 'a { content: "丁戊河" }'.encode(),
        "a.svg": SVG.encode(),
        "a.jpg": b"\xff\xd8\xff\xef\0\x08" + "丁戊河".encode("gb18030"),
        "b.jpg": b"\xff\xd8\xff\xd9" + "丁戊河".encode("utf-16-le"),
        "a.pdf": NAMED_PDF,
        "丁戊河/a.txt": b"a",
        "files/a.zip": b"PK",
        "clean.html": "<p>丁河</p>".encode(),
    }
    for name, raw in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    terms = built.Terms(withheld={"river": "丁戊河"})
    project = Project(tmp_path, tmp_path / "data", date(2026, 6, 30))
    for _ in ("made", "kept"):
        problems = built.withheld_names(tmp_path / "site", project, terms)
        assert {one.path for one in problems} == {
            f"site/{name}" for name in files if name != "clean.html"
        }
        assert {one.message.partition("，现有")[0] for one in problems} == {
            "公开版里不得有没有公开的名称",
            "附件须能检查内容（另存为 docx、xlsx、pptx 或 PDF，不加密）",
        }
    assert built.withheld_names(tmp_path / "site", project, built.Terms()) == []


def test_a_name_that_only_the_built_page_shows(tmp_path: Path) -> None:
    """Half of it stands in the page, half comes from a macro: no source holds it."""
    root = lay_out(tmp_path)
    unit = (root / "data/unit.yml").read_text("utf-8")
    half = "  half:\n    meaning: 样例\n    person: false\n    value: 戊河\n    mask: '***'\n    disclosure: 公开\n"
    (root / "data/unit.yml").write_text(unit.rstrip("\n") + "\n" + RIVER + half, "utf-8")
    page = root / "docs/index.md"
    page.write_text(f"{page.read_text('utf-8')}\n丁{{{{ name('half') }}}}。\n", "utf-8")
    problems = build(Project(root, root / "data", AS_OF), tmp_path / "site", "never", "public")
    assert {one.path for one in problems} == {"site/index.html", "site/search/index.js"}
    assert {one.message for one in problems} == {
        f"{RULE}；{OUT}；网站由 docs/ 和 data/ 生成，请在那里改"
    }


ADDRESSES = "site_address: https://wm.bureau.example/a/\npublic_address: {}\n"


@pytest.mark.parametrize(
    ("public", "expected"),
    [
        (
            "https://wm.bureau.example.org/",
            [
                f"docs/index.md:10: 公开版里不得有没有公开的名称，现有 w****************（site_address）；{OUT}"
            ],
        ),
        ("https://wm.bureau.example/b/", []),
    ],
)
def test_where_the_internal_edition_is_found_is_not_told_in_the_public_one(
    tmp_path: Path, public: str, expected: list[str]
) -> None:
    unit = str(PUBLIC_UNIT["data/unit.yml"]).replace("names:", f"{ADDRESSES.format(public)}names:")
    page = f"{FILES['docs/index.md']}\n公开版：<{public}>。\n内部版：<https://wm.bureau.example/a/records/>。\n"
    site = read(tmp_path, {"data/unit.yml": unit, "docs/index.md": page})
    with redacted_tree(site) as tree:
        assert [str(one) for one in find_withheld_names(site, tree)] == expected
        assert "wm.bureau.example/a" not in (tree.data / "unit.yml").read_text("utf-8")
        shown = load(tree)
    assert (site.web_address, shown.web_address) == ("https://wm.bureau.example/a/", public)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("丁戊河边办理。", 22),
        ("|\n          甲\n\n          丁 <b>戊河</b>", 25),
        (r'"\u4e01戊河"', 22),
    ],
)
def test_names_in_former_texts_of_a_regulation(tmp_path: Path, text: str, line: int) -> None:
    written = f"    summary: 增加一条\n    before:\n      - article: 2\n        text: {text}\n"
    regulation = FILES["docs/regulations/leave.md"].replace("    summary: 增加一条\n", written)
    changes: Changes = {"data/unit.yml": UNIT, "docs/regulations/leave.md": regulation}
    assert found(tmp_path, changes) == [f"docs/regulations/leave.md:{line}: {RULE}；{OUT}"]
