"""Whatever the check passes, builds: forms of links one by one, and sites at random of which the rest is built."""

import re
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

from archive.build.engine import run_engine
from archive.build.site import build
from archive.checks import check
from archive.facts.macros import MACROS
from archive.facts.project import Project
from archive.facts.site import load
from archive.files.yaml import Problem
from archive.press import make_deferred
from tests.samples.blocks import PIXEL
from tests.samples.random_site import BASE, Changes, random_site, settings
from tests.samples.sample import FILES as SMALLEST
from tests.samples.sample import write

BASE_PAGES = [name for name in BASE if name.endswith(".md")]
CHINESE = re.compile("[\u4e00-\u9fff]")
FILES: Changes = {
    "docs/files/证书(1).txt": "甲\n",
    "docs/files/a#1.txt": "乙\n",
    "docs/files/a%231.txt": "丙\n",
    "docs/files/甲 乙?.txt": "丁\n",
    "docs/notes/pic/a.png": PIXEL,
}
LINKS = """\
<img src="pic/a.png" alt="图"> ![图](pic/a.png "题（1）'二'"){ width=300 } ![图][图]

<a href="../report/part-1.md#planning">甲</a> [甲](../report/part-1.md#planning) <a href="#x">乙</a> [乙](#x) [丙]()

[一](../files/证书(1).txt) [二](<../files/证书(1).txt> "(1)") [三](../files/证书%281%29.txt) <a href="../files/证书(1).txt">四</a>

[五](../files/a%231.txt) [六](../files/a%25231.txt) [七](<../files/甲 乙?.txt>) <a href="../files/甲 乙?.txt">八</a> [九][九]

[网](https://www.example.cn/A_(B)?c=d&e=f#g) <a href="https://www.example.cn/?c=d&amp;e=f">网</a>

## 小节 { #x }

[图]: pic/a.png
[九]: <../files/证书(1).txt> '九'
"""
NAMED = {
    "图": "notes/pic/a.png", "甲": "report/part-1/index.html#planning", "乙": "#x", "丙": "",
    "一": "files/证书(1).txt", "二": "files/证书(1).txt", "三": "files/证书(1).txt", "四": "files/证书(1).txt",
    "五": "files/a#1.txt", "六": "files/a%231.txt", "七": "files/甲 乙?.txt", "八": "files/甲 乙?.txt", "九": "files/证书(1).txt",
}  # fmt: skip
"""The text of a link → the file of the built site to which it must lead."""


def test_an_address_means_the_same_in_every_form_and_on_every_page(tmp_path: Path) -> None:
    text = f"---\ntitle: 页\nprint: 整页\n---\n\n# 页\n\n{LINKS}"
    pages = ("notes/p.md", "notes/index.md")
    changes = {**BASE, **FILES, **{f"docs/{page}": text for page in pages}}
    project = write(tmp_path / "site", {**changes, "mkdocs.yml": settings(changes, [])})
    assert check(load(project)) == ()
    out = tmp_path / "out"
    assert build(project, out, "late") == []
    for name in ("notes/p", "notes"):
        file = out / "print" / f"{name}.pdf"
        assert (make_deferred(project, file), file.stat().st_size > 0) == ([], True)
    for page in ("notes/p/index.html", "notes/index.html"):
        article = lxml.html.document_fromstring((out / page).read_bytes()).find(".//article")
        assert article is not None
        for element in article.iter("a", "img"):
            name = element.get("alt") or "".join(map(str, element.itertext()))
            if name in NAMED:
                address = element.get("href") or element.get("src") or ""
                assert _leads_to(out, page, address) == _wanted(page, NAMED[name]), (page, name)


def _leads_to(out: Path, page: str, address: str) -> str:
    path, mark, anchor = address.partition("#")
    target = (out / page).parent / unquote(path) if path else out / page
    file = target / "index.html" if target.is_dir() else target
    assert file.is_file(), address
    return f"{file.resolve().relative_to(out.resolve()).as_posix()}{mark}{anchor}"


def _wanted(page: str, named: str) -> str:
    return page + named if named[:1] in ("", "#") else named


def test_a_site_with_no_more_than_it_needs_builds(tmp_path: Path) -> None:
    """The pages that the program's own templates and macros lead to may be missing."""
    few = {
        name: text
        for name, text in BASE.items()
        if not re.match(
            "docs/(guide|records|honours)/|docs/regulations/(index|changes)|data/honours", name
        )
    }
    part = str(BASE["docs/report/part-1.md"]).replace('{{ honours("civilised") }}', "")
    few = {**few, "docs/report/part-1.md": part}
    project = write(tmp_path / "site", {**few, "mkdocs.yml": settings(few, [])})
    assert build(project, tmp_path / "out", "late") == []


def told(project: Project) -> list[Problem]:
    """What the check says; each message is Chinese, on one line, at a line that there is."""
    found = list(check(load(project)))
    for one in found:
        file = project.root / one.path
        lines = file.read_text("utf-8").count("\n") + 1 if file.is_file() else 1
        assert CHINESE.search(one.message), one
        assert "\n" not in one.message, one
        assert 1 <= one.line <= lines, one
    return found


def left_over(root: Path, changes: Changes) -> Project:
    """The site without what the check refuses."""
    project = write(root, changes)
    while problems := told(project):
        lines = (root / "mkdocs.yml").read_text("utf-8").split("\n")
        for line in {one.line for one in problems if one.path == "mkdocs.yml"}:
            lines[line - 1] = re.sub(r'".*": ', "", lines[line - 1])
        for path in {one.path for one in problems} - {"mkdocs.yml"}:
            (root / path).unlink()
            lines = [line for line in lines if not line.endswith(f" {path.removeprefix('docs/')}")]
        (root / "mkdocs.yml").write_text("\n".join(lines), "utf-8")
    return project


NUMBERS = [*range(5), *(pytest.param(number, marks=pytest.mark.deep) for number in range(5, 100))]
"""Sites of a hundred pages, of which some forty are right; a hundred sites where there is time."""


@pytest.mark.parametrize("number", NUMBERS)
def test_what_the_check_passes_builds(tmp_path: Path, number: int) -> None:
    project = left_over(tmp_path / "site", random_site(number))
    assert len(list(project.docs.rglob("*.md"))) > len(BASE_PAGES) + 15  # of the hundred
    assert build(project, tmp_path / "out", "late" if number % 10 else "now") == []


CALLS = {
    "change": 'change("activities", period="2023-2025", against="2023-2025")', "fig": 'fig("activities")',
    "glance": 'glance("summary")', "honours": 'honours("civilised")', "indicator": 'indicator("activities")',
    "name": 'name("bureau")', "records": 'records("volunteering")', "report": 'report("summary")',
    "table": 'table("volunteering")',
}  # fmt: skip
"""How a macro is called that wants something named."""


@pytest.mark.parametrize("name", MACROS)
def test_a_macro_whose_pages_are_not_there_is_told_by_the_check_or_built(
    tmp_path: Path, name: str
) -> None:
    """On a page of a site that has little else, no page of a ledger, an assessment or honours."""
    called = f"{{{{ {CALLS.get(name, f'{name}()')} }}}}"
    files: Changes = {**SMALLEST, "docs/x.md": f"---\ntitle: 甲\n---\n\n# 甲\n\n{called}\n"}
    project = write(tmp_path, {**files, "mkdocs.yml": settings(files, [])})
    site = load(project)
    assert check(site) or run_engine(site, tmp_path / "out") == []
