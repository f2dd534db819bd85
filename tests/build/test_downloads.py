"""The downloads: whole files, exact cells, nothing that a spreadsheet computes, nothing held back shown."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from archive.build.downloads import write_downloads, xlsx
from archive.build.downloads.rows import as_csv, as_json
from archive.build.downloads.xlsx import workbook
from archive.build.editions.tree import redacted_tree
from archive.editing.sheet.export import UnexportableError, export, fill_in
from archive.editing.sheet.merge import merge
from archive.editing.sheet.opening import opened
from archive.editing.sheet.reading import read_workbook
from archive.editing.sheet.sources import sources
from archive.facts.project import Project
from archive.facts.site import load
from archive.facts.tables import FILL_IN, FORMATS, MARK, MARKED, DataTable, by_year, table
from archive.files.yaml import decode, parse_bytes
from archive.render import macros
from archive.render.downloads import year_files
from archive.schema.columns import Column
from tests.conftest import AS_OF, FROZEN
from tests.samples.collections import TABLES
from tests.samples.editions import LISTED
from tests.samples.sample import FIGURES, RECORD, UNIT, edited, problems, read, unsized

COMPLETE = FIGURES.replace("complete_through:\n", "complete_through: 2025-12-31\n", 1)
RECORD_FILE = "data/volunteering/2024/20240305-a.yml"
SECOND = "data/volunteering/2023/20230101-b.yml"
CHANGES = {
    SECOND: RECORD.replace("2024-03-05", "2023-01-01")
    .replace("hours_each: 2.5", "hours_total: 30.50")
    .replace("evidence: []", 'evidence: [照片, "甲\\n乙"]')
    .replace("title: 学雷锋进社区", 'title: "=1+1"')
}
HEADS = (
    "编号,日期,活动名称,类别,地点,参加人数,人均时长,总时长,服务时长（求和用此列）,服务人次,"
    "组织科室,原始资料,佐证材料,记录人,复核人,公开属性,备注,别有一次"
)


def downloaded(root: Path, changes: dict[str, Any]) -> Path:
    write_downloads(read(root, changes), root / "site", "样例")
    return root / "site" / "download"


def sheet(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]


def totals_in(raw: bytes) -> list[tuple[Any, ...]]:
    """The rows of the second sheet, without the empty cells at their ends."""
    _, totals = openpyxl.load_workbook(io.BytesIO(raw)).worksheets
    assert totals.title == "合计"
    rows = totals.iter_rows(values_only=True)
    return [row if None not in row else row[: row.index(None)] for row in rows]


def written(made: DataTable) -> str:
    """The sheet as it stands in the file: a reader may round what it finds there."""
    with ZipFile(io.BytesIO(workbook(made, AS_OF))) as file:
        return file.read("xl/worksheets/sheet1.xml").decode()


def test_a_collection_as_csv(tmp_path: Path) -> None:
    raw = (downloaded(tmp_path, CHANGES) / "volunteering.csv").read_bytes()
    assert raw.decode("utf-8") == (
        f"\ufeff{HEADS}\r\n"
        "20230101-b,2023-01-01,'=1+1,学雷锋,社区,12,,30.50,30.50,30,办公室,签到表,"
        '"照片\n甲 乙",办公室,,,,\r\n'
        "20240305-a,2024-03-05,学雷锋进社区,学雷锋,社区,12,2.5,,30.0,30,办公室,签到表,,办公室,,,,\r\n"
    )


def test_a_collection_as_json(tmp_path: Path) -> None:
    text = (downloaded(tmp_path, CHANGES) / "volunteering.json").read_text("utf-8")
    first, second = json.loads(text, parse_float=Decimal)
    assert text.splitlines()[1] == (
        '{"编号": "20230101-b", "日期": "2023-01-01", "活动名称": "=1+1", "类别": "学雷锋", '
        '"地点": "社区", "参加人数": 12, "人均时长": null, "总时长": 30.50, "服务时长（求和用此列）": 30.50, "服务人次": 30, '
        '"组织科室": "办公室", "原始资料": "签到表", "佐证材料": ["照片", "甲\\n乙"], '
        '"记录人": "办公室", "复核人": null, "公开属性": null, "备注": null, "别有一次": []},'
    )
    assert (str(first["总时长"]), second["编号"]) == ("30.50", "20240305-a")


def test_a_collection_as_a_workbook(tmp_path: Path) -> None:
    found = sheet((downloaded(tmp_path, CHANGES) / "volunteering.xlsx").read_bytes())
    assert found.title == "志愿服务活动"
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:R3"
    heads, first, second = found.iter_rows()
    assert ",".join(cell.value for cell in heads) == HEADS
    assert [cell.value for cell in first] == [
        "20230101-b", datetime(2023, 1, 1), "=1+1", "学雷锋", "社区", 12, None, 30.5, 30.5, 30,
        "办公室", "签到表", "照片\n甲 乙", "办公室", None, None, None, None,
    ]  # fmt: skip
    assert [cell.number_format for cell in second] == [
        "@", "yyyy\\-mm\\-dd", "@", "@", "@", "0", "0.0", "General", "0.0", "0",
        "@", "@", "General", "@", "General", "General", "General", "General",
    ]  # fmt: skip
    assert [cell.data_type for cell in first] == list("sdsssnnnnnssssnnnn")


def test_a_workbook_holds_nothing_of_the_hour(tmp_path: Path) -> None:
    raw = (downloaded(tmp_path, {}) / "figures.xlsx").read_bytes()
    with ZipFile(io.BytesIO(raw)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(raw)).properties
    assert (properties.title, properties.created, properties.modified) == (
        "指标登记", datetime(2026, 3, 1), datetime(2026, 3, 1),
    )  # fmt: skip


def test_what_is_not_filled_in_is_masked_and_its_running_count_kept_back(tmp_path: Path) -> None:
    text = (downloaded(tmp_path, CHANGES) / "figures.csv").read_text("utf-8-sig")
    activities, visited = csv.DictReader(io.StringIO(text))
    shown = ("显示", "数值", "状态")
    assert [activities[key] for key in shown] == ["***", "", "未填报"]
    assert [visited[key] for key in shown] == ["近百", "", "未填报"]
    assert not {"已计数", "记录数"} & activities.keys()
    assert "2" not in [*activities.values()]


def test_a_figure_with_all_its_records_shows_its_value(tmp_path: Path) -> None:
    changes = {**CHANGES, "data/figures.yml": COMPLETE}
    rows = json.loads((downloaded(tmp_path, changes) / "figures.json").read_text("utf-8"))
    assert [(row["显示"], row["数值"], row["状态"]) for row in rows] == [
        ("2", 2, "初步"), ("近百", None, "未填报"),
    ]  # fmt: skip


HONOUR = """\
title: 文明单位
prefix: bureau
recipient: 集体
level:
body:
date:
basis:
certificate:
term: 届满复查
term_end: 2024-12-31
reviews:
  - {date: 2024-12-01, document: 复查通报, result: 确认保留, until: 2027-12-31}
withdrawn: {date: , reason: }
"""


def test_an_honour_has_its_full_title_and_state(tmp_path: Path) -> None:
    folder = downloaded(tmp_path, {"data/honours/a.yml": HONOUR})
    (row,) = csv.DictReader(io.StringIO((folder / "honours.csv").read_text("utf-8-sig")))
    (kept,) = json.loads((folder / "honours.json").read_text("utf-8"))
    assert (row["荣誉全称"], row["状态"], row["撤销"]) == ("***文明单位", "已撤销", "待补")
    assert row["复查"] == (
        "复查日期：2024-12-01；复查文件：复查通报；复查结果：确认保留；保留至：2027-12-31"
    )
    assert kept["撤销"] == {"撤销日期": None, "撤销原因": None}
    assert kept["复查"] == [
        {
            "复查日期": "2024-12-01",
            "复查文件": "复查通报",
            "复查结果": "确认保留",
            "保留至": "2027-12-31",
        }
    ]


def test_yes_and_no_are_words(tmp_path: Path) -> None:
    text = (
        "date: 2024-03-05\nkind: 专报\nnumber:\ntitle: 题目\nendorsed: true\noffice: 办公室\n"
        "source: 印发件\nevidence: []\nrecorder: 甲\nreviewer:\n"
    )
    folder = downloaded(tmp_path, {"data/publications/2024/a.yml": text})
    (row,) = csv.DictReader(io.StringIO((folder / "publications.csv").read_text("utf-8-sig")))
    (kept,) = json.loads((folder / "publications.json").read_text("utf-8"))
    assert (row["是否获批示"], kept["是否获批示"]) == ("是", True)
    assert sheet((folder / "publications.xlsx").read_bytes())["F2"].value == "是"


def test_an_empty_table_has_its_headings(tmp_path: Path) -> None:
    folder = downloaded(tmp_path, {"data/volunteering/2024/20240305-a.yml": None})
    assert (folder / "volunteering.csv").read_text("utf-8-sig") == f"{HEADS}\n"
    assert (folder / "volunteering.json").read_text("utf-8") == "[]\n"
    assert sheet((folder / "volunteering.xlsx").read_bytes()).max_row == 1


def test_the_description_of_a_table(tmp_path: Path) -> None:
    folder = downloaded(tmp_path, {})
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert (package["profile"], package["title"], package["created"]) == (
        "tabular-data-package", "样例", "2026-03-01T00:00:00Z",
    )  # fmt: skip
    assert [one["path"] for one in package["resources"]] == [f"{name}.csv" for name in TABLES]
    resource = package["resources"][list(TABLES).index("volunteering")]
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert ",".join(fields) == HEADS
    assert [fields[name] for name in ("编号", "日期", "参加人数", "人均时长", "佐证材料")] == [
        {"name": "编号", "title": "编号", "type": "string",
         "constraints": {"required": True, "unique": True}},
        {"name": "日期", "title": "日期", "type": "date", "constraints": {"required": True}},
        {"name": "参加人数", "title": "参加人数", "type": "integer",
         "description": "单位：人",
         "constraints": {"minimum": 0, "maximum": 1000000, "required": True}},
        {"name": "人均时长", "title": "人均时长", "type": "number",
         "description": "单位：小时；与总时长填一个；求和用“服务时长（求和用此列）”，不用这一列",
         "constraints": {"minimum": 0, "maximum": 24}},
        {"name": "佐证材料", "title": "佐证材料", "type": "string",
         "description": "以 files/ 开头的，须在 docs/files/ 下有这个文件"},
    ]  # fmt: skip
    assert resource["bytes"] == (folder / "volunteering.csv").stat().st_size
    assert resource["schema"]["primaryKey"] == "编号"


VALIDATE = """
import json, os, sys
from frictionless import validate
found = []
for folder in sys.argv[1:]:
    os.chdir(folder)
    report = validate("datapackage.json")
    found.append([report.valid, [task.name for task in report.tasks if task.valid]])
print(json.dumps(found))
"""


def validated(*folders: Path) -> list[tuple[bool, list[str]]]:
    """Whether each package is valid, and which of its tables are.

    One process reads them all: to start it takes longer than to read.
    """
    command = [sys.executable, "-c", VALIDATE, *map(str, folders)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return [(valid, tables) for valid, tables in json.loads(done.stdout)]


SPOILT = [("2023-01-06", "2023-13-06"), ("爱国卫生", "爱国"), ("示例", "样例")]


def test_frictionless_accepts_the_downloads_and_reads_what_the_description_says(
    demo_site: Path, real_site: Path, tmp_path: Path
) -> None:
    spoilt = []
    for number, (old, new) in enumerate(SPOILT):
        folder = shutil.copytree(demo_site / "download", tmp_path / str(number))
        changed = folder / "volunteering.csv"
        assert old in changed.read_text("utf-8")
        changed.write_bytes(changed.read_bytes().replace(old.encode(), new.encode(), 1))
        spoilt.append(folder)
    every = sorted(TABLES)
    others = [name for name in every if name != "volunteering"]
    found = validated(demo_site / "download", real_site / "download", *spoilt)
    assert [(valid, sorted(tables)) for valid, tables in found] == [
        *[(True, every)] * 2,
        *[(False, others)] * 3,
    ]


def test_demonstration_is_marked_in_every_download(demo_site: Path, real_site: Path) -> None:
    for site, mark in ((demo_site, True), (real_site, False)):
        folder = site / "download"
        package = json.loads((folder / "datapackage.json").read_text("utf-8"))
        assert ("（演示）" in package["title"]) is mark
        for name in TABLES:
            raw = (folder / f"{name}.xlsx").read_bytes()
            found = sheet(raw)
            rows = list(csv.reader(io.StringIO((folder / f"{name}.csv").read_text("utf-8-sig"))))
            assert rows[0][mark] == found.cell(1, 1 + mark).value == "编号"
            assert found.title.endswith("（演示）") is mark
            kept = json.loads((folder / f"{name}.json").read_text("utf-8"))
            if mark:
                assert len(kept) == found.max_row - 1 == len(rows) - 1 > 0
                assert {row[MARK.label] for row in kept} == {MARKED}
                assert {row[0] for row in rows[1:]} == {MARKED}
                assert {cell.value for cell in found["A"][1:]} == {MARKED}


def test_headings_stand_once_and_names_fit_a_sheet() -> None:
    site = load(Project(FROZEN, FROZEN / "data", AS_OF))
    for name, label in TABLES.items():
        heads = [column.label for column in table(site, name).columns]
        assert len(heads) == len(set(heads)), name
        assert len(f"{label}（演示）") <= 31
        assert not set("[]:*?/\\'") & set(label)


def test_a_table_that_is_still_the_same_is_not_written_anew(tmp_path: Path) -> None:
    def made(changes: dict[str, Any]) -> dict[str, bytes]:
        folder = downloaded(tmp_path, changes)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    first = made(CHANGES)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr("archive.build.downloads.xlsx.workbook")
        assert made(CHANGES) == first
    later = made({SECOND: CHANGES[SECOND].replace("services: 30", "services: 31")})
    changed = {name for name in later if later[name] != first[name]}
    assert changed == {
        *(f"volunteering{year}.{suffix}" for suffix in FORMATS for year in ("", "-2023")),
        "datapackage.json",
    }
    assert b",31," in later["volunteering.csv"]


def test_after_an_edit_only_the_rows_beside_it_are_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.build.downloads.rows._ROWS", 2)
    made: list[list[str]] = []
    make = xlsx.row_texts

    def row_texts(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> str:
        if len(columns) == len(HEADS.split(",")):
            made.append([row[0] for row in rows])
        return make(columns, rows)

    monkeypatch.setattr("archive.build.downloads.xlsx.row_texts", row_texts)
    # By its name this one stands before those of another year.
    names = ("2024/20220101-c", "2024/20240305-d", "2024/20240306-e")
    changes = CHANGES | {f"data/volunteering/{name}.yml": RECORD for name in names}
    downloaded(tmp_path, changes)
    assert made == [["20220101-c"], ["20230101-b"], ["20240305-a", "20240305-d"], ["20240306-e"]]
    made.clear()
    changes[RECORD_FILE] = RECORD.replace("services: 30", "services: 31")
    folder = downloaded(tmp_path, changes)
    assert made == [["20240305-a", "20240305-d"]]

    site = read(tmp_path, changes)
    whole = table(site, "volunteering")
    for one in (whole, by_year(site, "volunteering", whole)[2024]):
        raw = (folder / f"{one.name}.csv").read_bytes()
        assert raw.decode("utf-8-sig") == as_csv(one)
        assert (folder / f"{one.name}.json").read_text("utf-8") == as_json(one)
        with ZipFile(folder / f"{one.name}.xlsx") as file:
            assert file.read("xl/worksheets/sheet1.xml").decode() == written(one)


def test_rows_are_sorted(tmp_path: Path) -> None:
    changes = {**CHANGES, "data/volunteering/2024/20220101-c.yml": RECORD}
    made = table(read(tmp_path, changes), "volunteering")
    assert [row[0] for row in made.rows] == ["20220101-c", "20230101-b", "20240305-a"]


def one(value: Any, kind: Any) -> DataTable:
    """A table of one row, its cell between two others."""
    columns = (Column("前"), Column("值", kind), Column("后"))
    return DataTable("t", "表", columns, [("前", value, "后")])


TEXTS = st.text().filter(lambda text: "\r" not in text and decode(text.encode(), "").data == text)
AWKWARD = st.builds(
    "".join, st.lists(st.sampled_from([*"=+-@＝＋－＠'\"\t\n ,;<>&_x\u3000\u200b", "]]>", "甲"]))
)


@example(" =1+1")
@example("\u3000\u200b@甲")
@given(TEXTS | AWKWARD)
def test_text_comes_back_from_csv_and_is_never_a_formula(text: str) -> None:
    _, (before, cell, after) = csv.reader(io.StringIO(as_csv(one(text, "string")), newline=""))
    assert (before, cell.removeprefix("'") if cell != text else cell, after) == ("前", text, "后")
    assert not cell.lstrip(" \u3000\u200b\xa0").startswith(tuple("=+-@＝＋－＠"))
    assert not cell.startswith(("\t", "\n"))
    # One apostrophe taken away always gives the text again, also where it began with one.
    assert cell.startswith("'") or cell == text


@given(TEXTS | AWKWARD)
def test_text_comes_back_from_json_and_the_workbook(text: str) -> None:
    made = one(text, "string")
    assert json.loads(as_json(made)) == [{"前": "前", "值": text, "后": "后"}]
    cell = sheet(workbook(made, AS_OF))["B2"]
    assert unescape(cell.value or "") == text
    assert cell.data_type == ("s" if text else "n")


@pytest.mark.parametrize("text", ["=1+1", "=", "#N/A", "#DIV/0!", "123", "1e5", " a", "a\n\tb"])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    cell = sheet(workbook(one(text, "string"), AS_OF))["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_text_that_a_spreadsheet_would_decode_is_written_so_that_it_reads_the_same() -> None:
    cell = sheet(workbook(one("_x0041_ 与 _x41_", "string"), AS_OF))["B2"]
    assert cell.value == "_x005F_x0041_ 与 _x41_"


def test_the_longest_list_that_is_let_through_comes_back_whole(tmp_path: Path) -> None:
    items = ["长" * 2000] * 16
    changes = edited(RECORD_FILE, "evidence: []", f"evidence: [{', '.join(items)}]")
    assert problems(tmp_path, changes) == []
    found = sheet((downloaded(tmp_path, changes) / "volunteering.xlsx").read_bytes())
    assert found["M2"].value == "\n".join(items)


NO_XML = [chr(c) for c in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)]


@pytest.mark.parametrize("escaped", [False, True])
def test_no_character_that_xml_cannot_hold_gets_into_a_text(escaped: bool) -> None:
    for c in NO_XML:
        form = 'a: "\\u{:04X}"' if escaped else "a: {1}"
        text = form.format(ord(c), c)
        assert any(
            f"U+{ord(c):04X}" in problem.message
            for problem in parse_bytes(text.encode(), "").problems
        )


NUMBERS = st.decimals(-(10**12), 10**12, places=4) | st.decimals(0, 10**6, places=2)


FEWER = settings(max_examples=30)
"""A workbook takes its time to write and to read."""


@FEWER
@given(NUMBERS)
def test_numbers_keep_every_digit(number: Decimal) -> None:
    made = one(number, "number")
    _, (_, text, _) = csv.reader(io.StringIO(as_csv(made)))
    (kept,) = json.loads(as_json(made), parse_float=Decimal, parse_int=Decimal)
    cell = sheet(workbook(made, AS_OF))["B2"]
    assert text == f"{number:f}"
    assert str(kept["值"]) == text
    # A spreadsheet keeps 15 digits: what has more is text there.
    long = len(number.as_tuple().digits) > 15
    assert isinstance(cell.value, str) is long
    assert Decimal(str(cell.value)) == number
    assert long or f"<v>{number:f}</v>" in written(made)
    assert cell.number_format == ("@" if long else f"0.{'0' * -int(number.as_tuple().exponent)}")


@FEWER
@given(st.integers(0, 10**6))
def test_whole_numbers_come_back(number: int) -> None:
    made = one(number, "integer")
    _, (_, text, _) = csv.reader(io.StringIO(as_csv(made)))
    cell = sheet(workbook(made, AS_OF))["B2"]
    assert (text, cell.value, cell.number_format) == (str(number), number, "0")


@FEWER
@given(st.dates(date(1949, 10, 1), date(2099, 12, 31)))
def test_dates_come_back(day: date) -> None:
    made = one(day, "date")
    _, (_, text, _) = csv.reader(io.StringIO(as_csv(made)))
    assert text == day.isoformat()
    assert sheet(workbook(made, AS_OF))["B2"].value.date() == day


def test_many_columns_have_the_names_of_a_spreadsheet() -> None:
    columns = tuple(Column(f"列{number}") for number in range(703))
    found = sheet(workbook(DataTable("t", "表", columns, [tuple("x" * 703)]), AS_OF))
    assert [found[f"{name}1"].value for name in ("A", "Z", "AA", "ZZ", "AAA")] == [
        "列0", "列25", "列26", "列701", "列702",
    ]  # fmt: skip


def test_further_columns_stand_on_the_right() -> None:
    made = one("x", "string").with_columns((Column("旁", "integer"),), [(1,)])
    assert as_csv(made) == "前,值,后,旁\r\n前,x,后,1\r\n"
    assert replace(made, rows=[]).rows == []


def links(stem: str = "", saved: str = "", named: str = "") -> str:
    """The links to the ledger of volunteering, or to one year of it."""
    return " · ".join(
        f'<a href="../../download/volunteering{stem}.{suffix}" download="志愿服务活动{saved}.{suffix}"'
        f' aria-label="志愿服务活动{named} {name}">{name}</a>'
        for suffix, name in FORMATS.items()
    )


def test_a_page_offers_its_table(tmp_path: Path) -> None:
    site = read(tmp_path, {"docs/records/download.md": "---\ntitle: 下载\n---\n\n# 下载\n"})
    text = macros(site, "records/volunteering.md")["records"]("volunteering")
    assert text.partition("\n\n")[0] == (
        f'下载：<span class="nowrap">{links()}</span>（[说明](../records/download.md)）'
        '<span class="for-editors">。加记录、改记录：下载<a href="../../download/volunteering-fill-in.xlsx" '
        'download="志愿服务活动填报表.xlsx">填报表</a></span>\n{: .screen-only data-search-skip=1 }'
    )


def test_the_internal_edition_offers_workbooks_to_fill_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = read(tmp_path, CHANGES)
    assert export(site, "honours") == fill_in(site, "honours")
    with pytest.raises(
        UnexportableError
    ):  # a record that no cell can hold is left out, the others are there
        export(site, "volunteering")
    for _ in range(2):  # made, then as the cache has it
        write_downloads(site, tmp_path / "site", "样例")
        found = {
            path.name: path.read_bytes()
            for path in (tmp_path / "site/download").glob(f"*{FILL_IN}")
        }
        assert found == {f"{name}{FILL_IN}": fill_in(site, name) for name in sources(site)}
    with redacted_tree(site) as tree:
        public = load(tree)
        write_downloads(public, tmp_path / "out", "样例")
        assert list((tmp_path / "out/download").glob(f"*{FILL_IN}")) == []
        assert "填报表" not in macros(public, "records/volunteering.md")["records"]("volunteering")
    # Of many records the latest; what is not in the workbook is left as it is.
    monkeypatch.setattr("archive.editing.sheet.export.MOST_FILLED_IN", 1)
    opened_book = openpyxl.load_workbook(io.BytesIO(fill_in(site, "volunteering")))
    assert [row[1].value for row in opened_book["志愿服务活动"].iter_rows(min_row=2)][:1] == [
        datetime(2024, 3, 5)
    ]
    assert opened_book["说明"].cell(opened_book["说明"].max_row, 1).value == (
        "记录较多，表里只有最近的 1 条；另外 1 条不在表里，导入时不受影响。"
    )
    merged = merge(site, read_workbook(site, opened(fill_in(site, "volunteering"))))
    assert (merged.missing, merged.edits, merged.faults) == ([], [], [])


def test_a_year_is_offered_alone(tmp_path: Path) -> None:
    site = read(tmp_path, CHANGES)
    page = "records/volunteering.md"
    assert year_files(site, "volunteering", 2023, page) == (
        f'下载2023年：<span class="nowrap">{links("-2023", "-2023年", " 2023年")}</span>\n'
        "{: .screen-only data-search-skip=1 }"
    )
    assert year_files(site, "volunteering", 2022, page) == ""
    assert year_files(site, "honours", 2024, page) == ""
    folder = downloaded(tmp_path, CHANGES)
    whole = (folder / "volunteering.csv").read_text("utf-8-sig")
    head, first, second = re.split(r"\n(?=20|$)", whole)[:3]
    assert (folder / "volunteering-2023.csv").read_text("utf-8-sig") == f"{head}\n{first}\n"
    assert (folder / "volunteering-2024.csv").read_text("utf-8-sig") == f"{head}\n{second}\n"
    rows = json.loads((folder / "volunteering.json").read_text("utf-8"))
    for row, year in zip(rows, (2023, 2024), strict=True):
        assert json.loads((folder / f"volunteering-{year}.json").read_text("utf-8")) == [row]
        assert (
            sheet((folder / f"volunteering-{year}.xlsx").read_bytes()).title
            == f"志愿服务活动-{year}年"
        )


HEADS_OF_TOTALS = (
    "年份",
    "活动（次）",
    "参加人数（人次）",
    "参加疫情防控（人次）",
    "服务时长（小时）",
    "服务人次（人次）",
)
EXPLAINED = (
    "服务时长由“服务时长（求和用此列）”一列求和，算法：总时长；没有填的，为人均时长乘以参加人数。单位：小时",
)


def test_totals_a_year_stand_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    complete = FIGURES.replace("complete_through:\n", "complete_through: 2025-12-31\n")
    folder = downloaded(tmp_path, {**CHANGES, "data/figures.yml": complete})
    span = ("时期：2023年1月1日至2025年12月31日，资料已宣布齐全。",)
    assert totals_in((folder / "volunteering.xlsx").read_bytes()) == [
        HEADS_OF_TOTALS,
        ("2023年", 1, 12, 0, 30.5, 30),
        ("2024年", 1, 12, 0, 30, 30),
        ("各年合计", 2, 24, 0, 60.5, 60),
        (),
        span,
        EXPLAINED,
    ]
    assert totals_in((folder / "volunteering-2024.xlsx").read_bytes()) == [
        HEADS_OF_TOTALS, ("2024年", 1, 12, 0, 30, 30), (), span, EXPLAINED,
    ]  # fmt: skip
    # They are not among the rows.
    assert sheet((folder / "volunteering.xlsx").read_bytes()).max_row == 3


def test_totals_are_the_sums_of_the_column_that_says_so(demo_site: Path) -> None:
    raw = (demo_site / "download/volunteering-2024.xlsx").read_bytes()
    heads, *rows = sheet(raw).iter_rows(values_only=True)
    at = heads.index("服务时长（求和用此列）")
    assert heads[at - 1] == "总时长"
    (names, sums, *_) = totals_in(raw)
    assert sum(row[at] for row in rows) == sums[names.index("服务时长（小时）")]


def test_where_records_may_be_missing_there_are_no_totals_and_why(tmp_path: Path) -> None:
    folder = downloaded(tmp_path, CHANGES)
    for name in ("volunteering", "volunteering-2024"):
        assert totals_in((folder / f"{name}.xlsx").read_bytes()) == [
            ("资料尚未宣布齐全，暂不列合计。",)
        ]
    hidden = {SECOND: f"{CHANGES[SECOND]}disclosure: 内部\n"}
    unit = UNIT.replace("names:", "least_people: 1\nnames:", 1)
    more = {**LISTED, **hidden, "data/figures.yml": COMPLETE, "data/unit.yml": unit}
    whole = read(tmp_path, {**CHANGES, **more})
    with redacted_tree(whole) as tree:
        write_downloads(load(tree), tmp_path / "public", "样例")
    folder = tmp_path / "public" / "download"
    assert totals_in((folder / "volunteering.xlsx").read_bytes()) == [
        ("本文件只有公开的记录，故不列合计；由本台账计算的指标仍按全部记录计算。",)
    ]
    assert not (folder / "volunteering-2023.xlsx").exists()


def test_a_year_outside_of_what_is_complete_has_no_totals(tmp_path: Path) -> None:
    complete = COMPLETE.replace("complete_through: 2025-12-31", "complete_through: 2023-12-31", 1)
    complete = complete.replace("end: 2025-12-31", "end: 2023-12-31", 1)
    folder = downloaded(tmp_path, {**CHANGES, "data/figures.yml": complete})
    assert totals_in((folder / "volunteering-2024.xlsx").read_bytes()) == [
        ("这一年不在宣布齐全的时期内，不列合计。",)
    ]
    assert totals_in((folder / "volunteering.xlsx").read_bytes())[1][0] == "2023年"


def test_everything_that_can_be_had_stands_on_one_page(tmp_path: Path) -> None:
    dictionary = {"docs/guide/dictionary.md": "---\ntitle: 数据字典\n---\n\n# 数据字典\n"}
    text = macros(read(tmp_path, dictionary), "records/download.md")["downloads"]()
    table, described = unsized(text).split("\n\n")
    heads, *rows = table.split("<tr>")[1:]
    assert re.findall(">([^<>]+)</th>", heads) == ["内容", "条数", "文件", "字段"]
    assert rows[0] == (
        '<td>指标登记</td><td class="number">2</td><td><span class="nowrap">'
        '<a href="../../download/figures.csv" download="指标登记.csv" aria-label="指标登记 CSV">CSV</a>'
        ' · <a href="../../download/figures.json" download="指标登记.json" aria-label="指标登记 JSON">JSON</a>'
        ' · <a href="../../download/figures.xlsx" download="指标登记.xlsx" aria-label="指标登记 XLSX">XLSX</a></span></td>'
        '<td><a href="../../guide/dictionary/#figures" aria-label="指标登记的字段">说明</a></td></tr>'
    )
    (volunteering,) = (row for row in rows if row.startswith("<td>志愿服务活动<"))
    lines = f"全部：{links()}", f"2024年：{links('-2024', '-2024年', ' 2024年')}"
    assert volunteering.split("</td><td>")[1] == "<br>".join(
        f'<span class="nowrap">{line}</span>' for line in lines
    )
    counts = dict.fromkeys(TABLES.values(), "0") | {"指标登记": "2", "志愿服务活动": "1"}
    found = [re.findall(r"<td[^>]*>([^<>]+)</td>", row)[:2] for row in rows]
    assert dict(found) == counts
    assert described == (
        '供程序读取的各表说明：<a href="../../download/datapackage.json" '
        'aria-label="各表的说明 datapackage.json">datapackage.json</a>。'
    )
