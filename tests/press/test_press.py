"""Print files made of a built site: which, where, when anew, and what stops them."""

import io
import json
import re
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text

from archive.facts.project import Project
from archive.facts.site import load
from archive.files.addresses import address
from archive.press import actions, make_deferred, press
from archive.press.codes import encoded, modules, packed, svg
from archive.press.make import SERIAL_LIMIT
from archive.press.plan import FOLDERS
from tests.conftest import FROZEN
from tests.samples import sample, scanned

FORMATS = ("pdf", "docx")

PAGES = {
    "docs/index.md": "<h1>首页</h1><p>不单印</p>",
    "docs/report/overview.md": "<h1>汇报</h1><p>概述<b>文</b></p>",
    "docs/report/part-1.md": (
        '<h1 id="t">一、组织</h1><h2 id="planning">（一）统筹<a class="headerlink" href="#planning">¶</a></h2>'
        '<p>走访<a class="fig fig--open" title="走访居民\n状态：未填报">***</a>。</p>'
        '<h2 id="b">（二）乙</h2><p>乙文</p>'
    ),
    "docs/regulations/leave.md": '<h1>请销假制度</h1><h2 id="ch-1">第一章 总则</h2><h3 id="art-1">第一条</h3><p>文</p>',
    "docs/regulations/index.md": "<h1>制度汇编</h1>",
    "docs/figures/index.md": "<h1>指标登记</h1>",
}
INDEX = "---\ntitle: 制度汇编\n---\n\n# 制度汇编\n"


SITE = "https://wenming.example/档案/"
NOTE = "打印自样例档案：report/part-1/，以2026年3月1日的资料为准。"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The sample, its pages built by hand in site/, the real faces at hand."""
    made = sample.write(tmp_path, {"docs/regulations/index.md": INDEX})
    build(made)
    return made


def build(project: Project, old: str = "", new: str = "") -> None:
    """The pages as an engine leaves them, `new` for `old`."""
    for page, inside in PAGES.items():
        built(project, page, inside.replace(old, new) if old else inside)


def built(project: Project, page: str, inside: str) -> Path:
    file = project.root / "site" / address(page.removeprefix("docs/")) / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"<html><body><article>{inside}</article></body></html>", "utf-8")
    return file


def pressed(project: Project) -> list[str]:
    return [str(problem) for problem in press(load(project), project.root / "site", "样例档案")]


def files(project: Project) -> dict[str, bytes]:
    folder = project.root / "site" / "print"
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def words(pdf: bytes) -> str:
    return "".join(extract_text(io.BytesIO(pdf)).split())


def test_each_printable_page_section_and_book_has_its_files(project: Project) -> None:
    assert pressed(project) == []
    stems = [
        "book/regulations", "figures", "regulations", "regulations/leave",
        "report/overview", "report/part-1", "report/part-1.b", "report/part-1.planning",
    ]  # fmt: skip
    assert sorted(files(project)) == sorted(f"{stem}.{kind}" for stem in stems for kind in FORMATS)


def test_a_page_leads_to_its_files_and_ends_with_where_it_was_printed(project: Project) -> None:
    assert pressed(project) == []
    html = (project.root / "site" / "report" / "part-1" / "index.html").read_text("utf-8")
    assert re.findall(r'href="([^"#]+)"', html) == [
        f"../../print/report/part-1{section}.{kind}"
        for section in ("", ".planning", ".b")
        for kind in FORMATS
    ]
    assert re.findall(r'data-section="([^"]+)"(?: data-end="([^"]+)")?', html) == [
        ("planning", "未填报：走访居民。"),
        ("b", ""),
    ]
    assert html.endswith(
        f'<div class="press-end" data-search-skip><p>{NOTE}</p><p>未填报：走访居民。</p></div>'
        "</article></body></html>"
    )
    assert (project.root / "site" / "index.html").read_text("utf-8") == (
        f"<html><body><article>{PAGES['docs/index.md']}</article></body></html>"
    )


def test_page_section_and_book_lead_back_to_where_they_stand(tmp_path: Path) -> None:
    unit = sample.UNIT.replace("names:", f"site_address: {SITE.rstrip('/')}\nnames:", 1)
    made = sample.write(tmp_path, {"data/unit.yml": unit, "docs/regulations/index.md": INDEX})
    build(made)
    assert pressed(made) == []
    print_ = made.root / "site" / "print"
    for file, there in (
        ("report/part-1.pdf", "report/part-1/"),
        ("report/part-1.b.pdf", "report/part-1/#b"),
        ("book/regulations.pdf", "regulations/"),
    ):
        *_, last = scanned.codes((print_ / file).read_bytes())
        assert last == [encoded(f"{SITE}{there}")]
    html = (made.root / "site/report/part-1/index.html").read_text("utf-8")
    line = f"打印自样例档案：{SITE}report/part-1/，以2026年3月1日的资料为准。"
    code = svg(modules(f"{SITE}report/part-1/"), f"{SITE}report/part-1/")
    assert f'<div class="press-end press-coded" data-search-skip>{code}<p>{line}</p>' in html
    assert f'data-code="{packed(modules(f"{SITE}report/part-1/#b"))}"' in html


def test_without_an_address_nothing_has_a_code(project: Project) -> None:
    assert pressed(project) == []
    for file in (project.root / "site" / "print").rglob("*.pdf"):
        assert not any(scanned.codes(file.read_bytes()))
    html = (project.root / "site/report/part-1/index.html").read_text("utf-8")
    assert "press-code" not in html
    assert "data-code" not in html


def test_a_section_is_printed_under_its_own_title(project: Project) -> None:
    assert pressed(project) == []
    made = files(project)
    assert words(made["report/part-1.planning.pdf"]) == (
        "内部版（一）统筹（一、组织）走访***。"
        "打印自样例档案：report/part-1/#planning，以2026年3月1日的资料为准。未填报：走访居民。—1—"
    )
    assert words(made["report/part-1.pdf"]) == (
        f"内部版一、组织（一）统筹走访***。（二）乙乙文{NOTE}未填报：走访居民。—1—"
    )


def test_a_book_holds_the_regulations_with_their_pages(project: Project) -> None:
    assert pressed(project) == []
    book = words(files(project)["book/regulations.pdf"])
    assert book.startswith("内部版制度汇编目录请销假制度")
    assert "第一条\u3000文" in extract_text(io.BytesIO(files(project)["book/regulations.pdf"]))
    html = (project.root / "site" / "regulations" / "index.html").read_text("utf-8")
    assert html.count("../print/book/regulations.pdf") == 1


def test_front_matter_says_otherwise_than_the_folder(project: Project) -> None:
    page = (project.docs / "report/overview.md").read_text("utf-8")
    for said, kept in (("不打印", []), ("整页", ["report/overview.pdf"])):
        (project.docs / "report/overview.md").write_text(
            page.replace("title: 概述", f"title: 概述\nprint: {said}"), "utf-8"
        )
        for path in (project.root / "site" / "print").rglob("overview*"):
            path.unlink()
        build(project)
        assert pressed(project) == []
        assert [name for name in files(project) if name.endswith("overview.pdf")] == kept


def test_the_same_site_gives_the_same_bytes_kept_or_made(project: Project) -> None:
    assert pressed(project) == []
    first = files(project)
    build(project)
    assert pressed(project) == []
    assert files(project) == first
    for path in project.cache("press").iterdir():
        path.write_bytes(path.read_bytes()[:-1])  # no longer whole: made again
    build(project)
    assert pressed(project) == []
    assert files(project) == first


def test_what_did_not_change_is_not_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def table(columns: int) -> tuple[str, str]:
        cells = "".join(f"<td>第{n}列里的文字要占不少地方</td>" for n in range(columns))
        return "乙文", f'<div class="scroll"><table><tr>{cells}</tr></table></div>'

    def made() -> tuple[dict[str, bytes], str]:
        assert pressed(project) == []
        page = project.root / "site" / "report" / "part-1" / "index.html"
        return files(project), page.read_text("utf-8")

    build(project, *table(8))
    wide = made()
    build(project, *table(2))
    narrow = made()
    assert ["scroll wide" in html for _, html in (wide, narrow)] == [True, False]
    build(project, *table(8))
    assert made() == wide
    monkeypatch.delattr(import_module("archive.press.plan"), "read")
    monkeypatch.delattr(actions, "table")
    build(project, *table(8))
    assert made() == wide


def test_files_made_late_are_those_made_at_once(project: Project) -> None:
    assert pressed(project) == []
    at_once, out = files(project), project.root / "site"
    led = (out / "report/part-1/index.html").read_text("utf-8")
    build(project)
    assert press(load(project), out, "样例档案", at_once=False) == []
    assert (out / "report/part-1/index.html").read_text("utf-8") == led
    assert set(files(project).values()) == {b""}
    for name in at_once:
        if name.endswith(".pdf"):
            assert make_deferred(project, out / "print" / name) == []
    assert files(project) == at_once
    waiting = json.loads((out / ".print").read_text("utf-8"))
    assert {job["file"] for job in waiting} == {
        f"print/{name.removesuffix('.pdf')}" for name in at_once if name.endswith(".pdf")
    }
    empty = out / "empty.css"
    empty.touch()
    assert (make_deferred(project, empty), empty.read_bytes()) == ([], b"")


def press_few_then_many(project: Project) -> None:
    assert pressed(project) == []
    sections = "".join(f'<h2 id="s{n}">（{n}）节</h2><p>文{n}</p>' for n in range(2 * SERIAL_LIMIT))
    built(project, "report/part-1.md", f"<h1>一、组织</h1>{sections}")
    assert pressed(project) == []


def test_many_files_are_made_where_few_were_before(project: Project) -> None:
    # Typst leaves threads behind, for which a process forked from here would wait.
    process = get_context("spawn").Process(target=press_few_then_many, args=(project,))
    process.start()
    process.join(60)
    process.kill()
    assert process.exitcode == 0
    assert len(files(project)) > 2 * SERIAL_LIMIT * len(FORMATS)


def test_only_what_changed_is_made_again(project: Project) -> None:
    assert pressed(project) == []
    kept = project.cache("press")
    before = {path.name for path in kept.iterdir()}
    build(project, "乙文", "新文")
    assert pressed(project) == []
    fresh = {path.name for path in kept.iterdir()} - before
    assert len(fresh) == 2 * len(FORMATS)  # the page and the section, nothing else


def test_what_no_face_holds_is_said_with_its_place(project: Project) -> None:
    source = project.docs / "report/part-1.md"
    source.write_text(source.read_text("utf-8") + "\n好👍。\n", "utf-8")
    built(project, "docs/report/part-1.md", "<h1>一、组织</h1><p>好👍，\u202e反\u202c。</p>")
    line = source.read_text("utf-8").split("\n").index("好👍。") + 1
    must = "打印用的字体须有每个字，现在没有"
    how = "：请改用别的字，或在 fonts/ 放进有这个字的字体"
    assert pressed(project) == [
        f"docs/report/part-1.md:1: {must}“\u202c”（U+202C）{how}",
        f"docs/report/part-1.md:1: {must}“\u202e”（U+202E）{how}",
        f"docs/report/part-1.md:{line}: {must}“👍”（U+1F44D）{how}",
    ]
    assert files(project) == {}


def test_a_picture_that_is_not_there_is_said(project: Project) -> None:
    built(
        project,
        "docs/report/part-1.md",
        '<h1>一、组织</h1><p><img src="../a%20b.png" alt="图"></p>',
    )
    assert pressed(project) == [
        "docs/report/part-1.md:1: 图片须在站内，现在没有 report/a b.png；请放进这个文件，或者改正路径",
    ]


def test_without_faces_nothing_is_printed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(project.root / "caches"))
    found = pressed(project)
    assert len(found) == 6
    assert found[0].startswith("fonts/:1: 须有")
    assert files(project) == {}


def test_every_folder_of_pages_is_decided_on() -> None:
    folders = {path.name for path in (FROZEN / "docs").iterdir() if path.is_dir()}
    assert folders <= FOLDERS.keys()
