"""Ids in Chinese, of figures and of assessment items: checked, built, printed, searched, compared, filled in."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote, unquote

import lxml.html
import pytest
from pdfminer.high_level import extract_text

from archive.build.search import index_text
from archive.files.excerpts import shorten
from archive.press import make_deferred
from archive.proposals.diff.report import report
from tests.browser.conftest import NewTab, Served
from tests.samples import sample
from tests.samples.approvals import COUNTED, UNSIGNED
from tests.samples.changed import FIGURE, ITEM, project
from tests.samples.corrections import APPROVED, CORRECTED
from tests.samples.desk import ROW, WRITTEN, Desk
from tests.samples.releases import Changes

SMALL = "开展活动_次数"


@pytest.mark.slow
def test_a_link_leads_to_the_page_of_the_indicator(new_tab: NewTab, changed: Served) -> None:
    page = new_tab()
    page.goto(f"{changed.base}report/part-3/")
    page.locator(f"a.fig[href*='{quote(FIGURE)}'], a.fig[href*='{FIGURE}']").first.click()
    page.get_by_role("dialog").get_by_role("link", name="出处和各期的数").click()
    page.wait_for_url("**/indicators/*/")
    assert unquote(page.url) == f"{changed.base}indicators/{FIGURE}/"
    page.locator(".way-up a").click()
    page.locator(f"[id='{FIGURE}'] a").click()
    page.wait_for_url("**/indicators/*/")
    assert unquote(page.url) == f"{changed.base}indicators/{FIGURE}/"
    page.goto(f"{changed.base}criteria/#{ITEM}")
    assert page.locator(":target").get_attribute("id") == ITEM


@pytest.mark.slow
def test_downloads_search_and_print_files_have_it(changed: Served) -> None:
    for name in ("figures", "report/part-3"):
        file = changed.folder / "print" / f"{name}.pdf"
        assert make_deferred(project(changed.folder.parent), file) == []
    rows = csv.DictReader(
        StringIO((changed.folder / "download/figures.csv").read_text("utf-8-sig"))
    )
    assert FIGURE in {row["编号"] for row in rows}
    assert f"\nindicators/{quote(FIGURE)}/\t" in index_text(
        (changed.folder / "search/index.js").read_text("utf-8")
    )
    register = lxml.html.parse(changed.folder / "figures/index.html")
    (entry,) = register.xpath(f"//*[@id='{FIGURE}']")
    name = entry.xpath(".//a")[0].text_content()
    printed = extract_text(BytesIO((changed.folder / "print/figures.pdf").read_bytes()))
    assert name
    assert name in "".join(printed.split())
    assert (changed.folder / "print/report/part-3.pdf").read_bytes().startswith(b"%PDF-")


def called(text: str) -> str:
    return text.replace("activities:\n", f"{SMALL}:\n")


USED: Changes = {
    sample_file: text.replace('fig("activities")', f'fig("{SMALL}")')
    for sample_file, text in sample.FILES.items()
    if sample_file == "docs/report/part-1.md"
}


def test_revisions_are_compared(tmp_path: Path) -> None:
    sample.write(tmp_path)
    for name, register in (("old", APPROVED), ("new", CORRECTED)):
        sample.write(tmp_path / name, {**USED, "data/figures.yml": called(register)})
    told = report(tmp_path, "old", "new", sample.AS_OF, "json")
    (figure,) = json.loads(told.text)["figures"]
    assert (figure["id"], figure["path"]) == (SMALL, "data/figures.yml")


def test_a_sheet_records_the_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register = called(COUNTED + UNSIGNED)
    sample.write(tmp_path, {**USED, "data/figures.yml": register})
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    desk.export()
    desk.row(3, ROW)
    why = ("--revise", "修订", "--reason", "补录漏报的一次", "--by", "分管领导")
    exit_, lines, summary = desk.import_lines("--write", *why)
    assert (exit_, summary) == (0, f"新增 1 条。{WRITTEN}")
    assert lines[-1] == f"  {SMALL} 开展活动：1次 → 2次，已经核定或报送"
    assert "    - kind: 修订\n" in desk.text("data/figures.yml")


@pytest.mark.parametrize(
    "id_", ["开展 活动", "开展，活动", "2活动", "_活动", "开展-活动", "Ａ活动", "活" * 61]
)
def test_what_is_no_id(tmp_path: Path, id_: str) -> None:
    register = sample.FIGURES + sample.FIGURES.replace("activities:\n", f"{id_}:\n").partition(
        "visited:"
    )[0].replace("开展活动", "再开展")
    rule = "指标编号须由汉字、小写英文字母、数字、下划线组成，以汉字、字母开头，不超过 60 个字"
    found = sample.problems(tmp_path, {"data/figures.yml": register})
    line = sample.FIGURES.count("\n") + 1
    assert f"data/figures.yml:{line}: {rule}，现为 {shorten(id_)}；例如：planning" in found


def test_a_heading_of_the_register_called_as_a_figure(tmp_path: Path) -> None:
    register = sample.FIGURES.replace("activities:\n", "指标登记:\n")
    used = {name: str(text).replace(SMALL, "指标登记") for name, text in USED.items()}
    assert sample.problems(tmp_path, {**used, "data/figures.yml": register}) == [
        "docs/figures/index.md:5: 标题编号在一页内须唯一，指标登记 已由宏 register 用过；请换一个编号，如 { #指标登记-2 }"
    ]
