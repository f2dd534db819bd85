"""The archive of another bureau: both editions of it hold nothing of ours."""

import io
import json
import re
import zipfile
from pathlib import Path

import lxml.html
import pypdf
import pytest
from click.testing import CliRunner

from archive.build.site import build
from archive.commands.cli import main
from archive.facts.project import WAITING, Project
from archive.press import make_deferred
from archive.schema.disclosure import Edition
from tests.samples.frozen import leave_out_guide
from tests.samples.justice import (
    AS_OF,
    LEFT_OUT,
    NAME,
    PARTS,
    TITLE,
    YEARS,
    lay_out,
)

pytestmark = pytest.mark.deep

EDITIONS: tuple[Edition, ...] = ("internal", "public")

OURS = re.compile(
    r"统计|普查|调查队|自治区|宁夏|灵武|狼皮子|天盛|文明单位|part-\d|civilised|"
    + "|".join(LEFT_OUT)
)
"""Words of our field of work and our region, and names of our files."""


def text_of(path: Path) -> str:
    """All that a file of a site says, as its readers get it and as it is written."""
    raw = path.read_bytes()
    if not raw:  # a print file yet to be made
        return ""
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages)
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as packed:
            parts = [packed.read(name) for name in packed.namelist() if name.endswith(".xml")]
        return "".join(re.sub(r"<[^>]*>", "", part.decode()) for part in parts)
    if path.suffix in (".html", ".js", ".json", ".csv", ".xml", ".svg", ".css"):
        return raw.decode()
    return ""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The archive without the guide, in which tests/test_house.py looks for the same words.

    The first of its years is reported: sealed, with the figures of a release.
    """
    project = lay_out(tmp_path_factory.mktemp("justice"))
    leave_out_guide(project.root)
    command = ["freeze", f"{YEARS[0]}年度", "--report", str(YEARS[0]), "--as-of", f"{AS_OF}"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.root)
        assert CliRunner().invoke(main, command).exit_code == 0
    return project


@pytest.fixture(scope="module")
def sites(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[Edition, Path]:
    """Both editions, with the print files of a book of each year; the others are yet to be made."""
    found: dict[Edition, Path] = {}
    for edition in EDITIONS:
        found[edition] = out = tmp_path_factory.mktemp(edition) / "site"
        assert build(project, out, "late", edition) == []
        for year in YEARS:
            assert make_deferred(project, out / f"print/book/report-{year}.pdf") == []
    return found


def foreign(site: Path) -> dict[str, list[str]]:
    """File of a built site → words of ours in it."""
    files = [path for path in site.rglob("*") if path.is_file()]
    found = {
        path.relative_to(site).as_posix(): OURS.findall(f"{path.name} {text_of(path)}")
        for path in files
    }
    return {name: words for name, words in found.items() if words}


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_of_ours_is_in_it(sites: dict[Edition, Path], edition: Edition) -> None:
    site = sites[edition]
    kinds = {path.suffix for path in site.rglob("*") if path.is_file() and text_of(path)}
    assert kinds >= {".html", ".pdf", ".docx", ".xlsx", ".csv", ".json", ".js"}
    assert foreign(site) == {}
    # What the print files say that are yet to be made.
    waiting = json.dumps(json.loads((site / WAITING).read_text("utf-8")), ensure_ascii=False)
    assert "人民调解" in waiting
    assert OURS.findall(waiting) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_of_ours_is_in_any_print_file(
    project: Project, tmp_path: Path, edition: Edition
) -> None:
    assert build(project, tmp_path / "site", "now", edition) == []
    assert foreign(tmp_path / "site") == {}


@pytest.mark.parametrize(("edition", "there"), [("internal", True), ("public", False)])
def test_who_edits_has_a_switch_for_it(
    sites: dict[Edition, Path], edition: Edition, there: bool
) -> None:
    pages = list(sites[edition].rglob("*.html"))
    assert {"编辑模式" in page.read_text("utf-8") for page in pages} == {there}


@pytest.mark.parametrize("edition", EDITIONS)
def test_both_years_are_told_whole(sites: dict[Edition, Path], edition: Edition) -> None:
    site = sites[edition]
    listed = (site / "report/index.html").read_text("utf-8")
    for year in YEARS:
        assert f"{year}年度工作报告" in listed
        whole = lxml.html.parse(site / f"report/{year}/full/index.html").getroot()
        heads = [str(one.text).strip() for one in whole.findall(".//article//h2")]
        assert heads == [
            *PARTS,
            "结语",
        ]
        printed = text_of(site / f"print/book/report-{year}.pdf")
        assert "调解纠纷4件" in re.sub(r"\s", "", printed)
    home = lxml.html.parse(site / "index.html").getroot().find(".//article").text_content()
    assert f"{TITLE}\n" in home.replace("¶", "\n")
    assert f"这里是{NAME}的档案" in home


def test_the_ledger_of_its_own_is_there_and_those_left_out_are_not(
    sites: dict[Edition, Path],
) -> None:
    downloads = {path.stem for path in (sites["public"] / "download").glob("*.csv")}
    assert "mediation" in downloads
    assert not downloads & set(LEFT_OUT)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_year_that_was_reported_says_so(sites: dict[Edition, Path], edition: Edition) -> None:
    listed = lxml.html.parse(sites[edition] / "report/index.html").getroot()
    rows = [" ".join(row.text_content().split()) for row in listed.findall(".//article//tbody/tr")]
    assert rows == [
        "2025年度工作报告 年度总结 2025年1月1日至2025年12月31日 起草 全文",
        "2024年度工作报告 年度总结 2024年1月1日至2024年12月31日 已报送，2026年3月1日 全文",
    ]
    said = "本报告2026年3月1日报送，已报送，文字和数照报送时的样子。"
    told = {
        year: said in (sites[edition] / f"report/{year}/2/index.html").read_text("utf-8")
        for year in YEARS
    }
    assert told == {2024: True, 2025: False}
