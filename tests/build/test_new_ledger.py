"""The ledger that the guide adds: three files, no Python, and all that follows from them."""

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from click.testing import CliRunner

from archive.build.downloads import write_downloads
from archive.build.live import LiveSite
from archive.build.search import index_text, write_index
from archive.build.site import build
from archive.checks import check
from archive.commands.cli import main
from archive.editing.editors.files import generated
from archive.editing.forms import parse_form
from archive.editing.questions import forms
from archive.facts.gather import gather
from archive.facts.site import Site, load
from archive.files.addresses import address
from archive.proposals.pulls.record_draft import Draft, draft
from archive.proposals.pulls.repository import Repository
from archive.render import macros
from demo.write import write as write_demo
from tests.conftest import FROZEN, archive_of
from tests.samples.collections import COLLECTIONS, LISTS
from tests.samples.petitions import (
    DESCRIPTION,
    FIGURE,
    LEDGER,
    NAME,
    PAGE,
    PAGE_FILE,
    made,
)
from tests.samples.sample import FILES, problems, read, write

COLLECTION, RECORDS = made(DESCRIPTION, NAME, (2024, 2025))
ADDED = {LEDGER: DESCRIPTION, PAGE_FILE: PAGE}
SAMPLE = {**ADDED, **RECORDS, "data/figures.yml": FILES["data/figures.yml"] + FIGURE}
"""The sample site with the ledger; its navigation names no page of a ledger."""


CHANGED = (PAGE_FILE[5:], "records/index.md", "guide/dictionary.md")
"""The pages of the demonstration that are other pages for the ledger."""


@pytest.fixture(
    scope="module",
    params=[False, pytest.param(True, marks=pytest.mark.deep)],
    ids=["pages", "whole"],
)
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The folder of a site with the ledger; of its demonstration, in `out/` what the ledger changes there.

    The pages are made as a preview shows them, which is as they are built (test_live.py); in the deep run all is built.
    """
    root = tmp_path_factory.mktemp("new-ledger") / "site"
    shutil.copytree(FROZEN, root)
    with (root / "data/figures.yml").open("a", encoding="utf-8") as register:
        register.write(FIGURE)
    for name, text in ADDED.items():
        (root / name).write_text(text, "utf-8")
    write_demo(root, root / "demo")
    project, out = archive_of(root / "demo/data"), root / "out"
    if request.param:
        assert build(project, out, printing="never") == []
        return root
    shown = load(project)
    assert check(shown) == ()
    live = LiveSite(shown)
    for path in CHANGED:
        made = live.page(address(path))
        assert made
        (out / address(path)).mkdir(parents=True, exist_ok=True)
        (out / address(path) / "index.html").write_bytes(made)
    write_downloads(shown, out, "示例")
    write_index(out, [address(path) for path in CHANGED])
    return root


def test_it_is_three_short_files() -> None:
    texts = (DESCRIPTION, PAGE, FIGURE)
    assert sum(len(text.splitlines()) for text in texts) <= 45


def test_the_check_has_nothing_to_say(tmp_path: Path) -> None:
    assert problems(tmp_path, SAMPLE) == []


def test_what_is_counted_is_counted(tmp_path: Path) -> None:
    value = read(tmp_path, SAMPLE).values["petition_visits"]
    assert (value.provisional_count, value.records, str(value.state)) == (Decimal(8), 8, "未填报")


def test_its_page_has_the_records_by_year(site: Path) -> None:
    page: Any = lxml.html.parse(site / "out/records/petitions/index.html").getroot()
    assert page.xpath("//article//h2/@id") == ["totals", "y2025", "y2024", "y2023"]
    tables = page.xpath("//article//table[.//th='是否办结']")
    heads = [[cell.text_content() for cell in it.xpath(".//thead//th")] for it in tables]
    assert heads == [["日期", "事由", "方式", "承办科室", "是否办结", "佐证材料"]] * 3
    assert [len(it.xpath(".//tbody/tr")) for it in tables] == [4, 4, 4]


def test_once_declared_complete_its_page_has_totals_and_charts(tmp_path: Path) -> None:
    register = SAMPLE["data/figures.yml"].replace(
        "  complete_through:\n  prepared: {by: , date: }",
        "  complete_through: 2025-12-31\n  prepared: {by: 办公室, date: 2026-01-04}",
    )
    shown = macros(read(tmp_path, {**SAMPLE, "data/figures.yml": register}), PAGE_FILE[5:])
    page: Any = lxml.html.fromstring(shown["records"](NAME))
    assert "## 各年合计 { #totals }" in shown["records"](NAME)
    rows = page.xpath("(//table)[1]//tr")
    assert [[cell.text_content() for cell in row.xpath("th|td")] for row in rows] == [
        ["年份", "接待（次）", "已办结（次）"], ["2024年", "4", "2"], ["2025年", "4", "2"],
        ["合计", "8", "4"],
    ]  # fmt: skip
    assert page.xpath("//figcaption/text()") == ["单位：次"]


def test_the_demonstration_follows_a_description_that_has_changed(tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(FROZEN, root)
    described = root / "data/ledgers/volunteering.yml"
    text = described.read_text("utf-8")
    more = "  weather: {label: 天气, type: 选择, choices: [晴, 雨]}\nkey: [title]\n"
    described.write_text(text.replace("key: [title]\n", more), "utf-8")
    write_demo(root, tmp_path / "demo")
    made = load(archive_of(tmp_path / "demo/data"))
    assert [str(problem) for problem in check(made)] == []
    records: list[Any] = [one.data for one in made.archive.records["volunteering"]]
    assert {one.weather for one in records} == {"晴", "雨"}


def test_the_navigation_has_it_after_the_ledgers_it_names(site: Path) -> None:
    page: Any = lxml.html.parse(site / "out/records/index.html").getroot()
    links = page.xpath("//nav[contains(@class, 'md-nav--primary')]//a/@href")
    at = links.index("petitions/")
    assert links[at - 1 : at + 2] == ["cadres/", "petitions/", "download/"]


def test_it_is_downloaded_explained_and_found(site: Path) -> None:
    with (site / "out/download/petitions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert rows[0]["承办科室"].startswith("示例承办科室")
    dictionary: Any = lxml.html.parse(site / "out/guide/dictionary/index.html").getroot()
    assert dictionary.xpath("//h2[@id='petitions']")
    assert "records/petitions/" in index_text((site / "out/search/index.js").read_text("utf-8"))


def test_the_editor_has_its_schema_and_each_forge_its_form() -> None:
    files = generated({**COLLECTIONS, NAME: COLLECTION}, LISTS)
    schema = json.loads(files["schema/petitions.json"])
    assert schema["title"] == "信访接待"
    assert schema["properties"]["channel"]["enum"] == ["来访", "来信", "电话", "网上"]
    for folder in (".github/ISSUE_TEMPLATE", ".gitea/issue_template", ".forgejo/issue_template"):
        form = yaml.load(files[f"{folder}/petitions.yml"], yaml.CSafeLoader)
        assert form["name"] == "登记信访接待"
        assert [it["attributes"].get("label") for it in form["body"][1:8]] == [
            "改已有的记录", "日期", "事由", "方式", "承办科室", "是否办结", "原始资料",
        ]  # fmt: skip


def test_a_form_becomes_a_record(tmp_path: Path) -> None:
    site = read(tmp_path, SAMPLE)
    form = forms(site.archive.collections, site.archive.kinds)[NAME]
    answers = {
        "日期": "2025-03-05", "事由": "咨询", "方式": "电话", "承办科室": "办公室",
        "是否办结": "是", "原始资料": "登记簿", "记录人": "办公室",
    }  # fmt: skip
    body = "\n\n".join(f"### {q.label}\n\n{answers.get(q.label, '')}" for q in form.questions)
    values = parse_form(body, form)
    assert isinstance(values, dict)
    drafted = draft(site, form, values, 7, Repository(tmp_path))
    assert isinstance(drafted, Draft)
    assert drafted.files == {
        "data/petitions/2025/20250305-issue-7.yml": (
            "date: 2025-03-05\nkind: 咨询\nchannel: 电话\noffice: 办公室\nhandled: true\n"
            "source: 登记簿\nevidence: []\nrecorder: 办公室\nreviewer:\n"
        ).encode()
    }
    assert list(check(Site(gather(site.archive.project, drafted.files)))) == []


def test_a_sheet_goes_out_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, SAMPLE)
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> str:
        command = ["sheet", *args, "--as-of", "2026-03-01"]
        return CliRunner().invoke(main, command, catch_exceptions=False).output

    assert run("export", "信访接待", "a.xlsx") == f"已导出 {len(RECORDS)} 条记录到 a.xlsx。\n"
    assert run("import", "a.xlsx") == "没有改动。\n"


def test_without_its_description_what_is_left_is_told_of(tmp_path: Path) -> None:
    assert problems(tmp_path, {**SAMPLE, LEDGER: None}) == [
        "data/figures.yml:61: petition_visits（信访接待）所计台账须是已有的，没有 petitions，是否为 publications？",
        "data/petitions/2024/2024-001.yml:1: 台账目录须是已有的，没有 petitions，是否为 publications？"
        "是新台账的，请先写说明 data/ledgers/petitions.yml，不要这个台账的，请删去目录",
        "docs/records/petitions.md:10: 没有台账 petitions，是否为 publications？",
    ]


def test_a_faulty_description_is_told_of_alone(tmp_path: Path) -> None:
    wrong = {**SAMPLE, LEDGER: DESCRIPTION.replace("type: 是否", "type: 是")}
    (told,) = problems(tmp_path, wrong)
    assert told.startswith("data/ledgers/petitions.yml:8: fields.handled.type（类型）须为")
