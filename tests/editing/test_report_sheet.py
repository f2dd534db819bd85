"""The review sheet of a report: a row a find, filled in by a person, brought back."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.build.site import build
from archive.checks import check
from archive.commands.cli import main
from archive.editing.report.columns import Terms
from archive.editing.report.planning import plan
from archive.editing.report.reading import read_report
from archive.editing.report.reviewing import by_sheet, new_sheet
from archive.editing.writing import write_all
from archive.facts.project import Project
from archive.press import make_deferred
from archive.schema.register import Counted
from archive.schema.types import Span
from tests.samples import petitions
from tests.samples.brought import AS_OF, REPORT, begin, bring, contents, copy_to_work_in, read
from tests.samples.libreoffice import convert
from tests.samples.review import Cells, change, confirm, fill, rows

SHEET = "核对.xlsx"
TERMS = Terms(
    "2025", "年度总结", Span(start=date(2025, 1, 1), end=date(2025, 12, 31)), AS_OF,
    source="年报", office="办公室", by="填报岗", replace=True,
)  # fmt: skip
FIRST, LAST = datetime(2025, 1, 1), datetime(2025, 12, 31)
RATIO, UNNAMED = ("指标", 14), ("指标", 13)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def root(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return copy_to_work_in(begun, tmp_path, monkeypatch)


def export(root: Path, name: str = SHEET, *args: str) -> Path:
    done = bring("--sheet", name, *args)
    assert (done.exit_code, done.stdout) == (0, "")
    return root / name


def unwritten(root: Path, *args: str) -> list[str]:
    """What is told when no byte may change."""
    before = contents(root)
    done = bring("--sheet", SHEET, *args)
    assert contents(root) == before
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


def test_a_sheet_has_a_row_for_each_find_and_nothing_else_is_written(root: Path) -> None:
    before = contents(root)
    done = bring("--sheet", SHEET)
    assert (done.exit_code, done.stdout, done.stderr) == (
        0, "", "已把 16 处写进 核对.xlsx，别的都没有写。填好“确认”一列，再运行同一条命令。\n",
    )  # fmt: skip
    assert {**contents(root), SHEET: b""} == {**before, SHEET: b""}
    figures = rows(root / SHEET, "指标")
    assert figures[0] == (
        "序号", "确认", "种类", "页面", "编号", "名称", "单位", "数值或掩码", "报告所说时期", "起始日", "截止日",
        "来源", "科室", "由台账计数", "原句", "尚缺",
    )  # fmt: skip
    title, one, two = "示例市统计局2025年工作总结", "一、加强政治建设", "二、下一步打算"
    usual = ("报告期间", FIRST, LAST, "年报", "办公室", None)
    assert [figures[at] for at in (1, 2, 10, 11, 12, 13)] == [
        ("指标1", None, "数", title, "志愿服务活动次数", "志愿服务活动次数", "次", "12", *usual, "2025年，组织开展志愿服务活动【12次】，参加人员三十六名，完成专报8篇。", None),
        ("指标2", None, "数", title, "参加人员数", "参加人员数", "名", "三十六", *usual, "2025年，组织开展志愿服务活动12次，参加人员【三十六名】，完成专报8篇。", None),
        ("指标10", None, "数", one, "谈话人次降幅", "谈话人次降幅", "%", "3.2", *usual, "开展谈话45人次，下降【3.2%】；查处问题***件。", None),
        ("指标11", None, "掩码", one, "查处问题数", "查处问题数", "件", "***", *usual, "开展谈话45人次，下降3.2%；查处问题【***件】。", None),
        ("指标12", None, "数", one, None, None, "份", "500", *usual, "印发{{手册}}【500份】，见<附件>、[链接](x)，路径 C:\\a_b。", "名称"),
        ("指标13", None, "比例", two, None, "三次产业结构", None, "9.1:38.3:52.6", *usual, "三次产业结构为【9.1:38.3:52.6】。", "比例、范围不能登记为一个数"),
    ]  # fmt: skip
    assert rows(root / SHEET, "名称") == [
        ("序号", "确认", "种类", "页面", "编号", "含义", "是否人名", "掩码", "原句", "尚缺"),
        ("名称1", None, "人名", one, "名称_1", "报告里“张…同志获评”中隐去的", "是", "**", "张【**】同志获评***优秀共产党员。", None),
        ("名称2", None, "名称", one, "名称_2", "报告里“同志获评…优秀共产”中隐去的", "否", "***", "张**同志获评【***】优秀共产党员。", None),
    ]  # fmt: skip
    book = openpyxl.load_workbook(root / SHEET)
    assert [(one.title, one.sheet_state, one.freeze_panes) for one in book] == [
        ("说明", "visible", None), ("指标", "visible", "B2"), ("名称", "visible", "B2"), ("荣誉", "visible", "B2"),
        ("可选", "visible", "A2"), ("_archive", "veryHidden", None),
    ]  # fmt: skip
    lists = {
        (label, str(one.sqref)): one.formula1
        for label in ("指标", "名称")
        for one in book[label].data_validations.dataValidation
        if one.type == "list"
    }
    assert lists == {
        ("指标", "B2:B14"): '"对,不是指标,并入,以后再定"',
        ("名称", "B2:B3"): '"对,不是名称,并入,以后再定"',
        ("名称", "G2:G3"): '"是,否"',
    }


def test_what_is_confirmed_is_written_and_then_nothing_is_left_to_do(root: Path) -> None:
    sheet = export(root)
    confirm(sheet, but={RATIO: "不是指标"})
    fill(
        sheet,
        {
            (*UNNAMED, "名称"): "手册份数",
            ("指标", 2, "名称"): "开展志愿服务活动",
            ("指标", 2, "来源"): "台账",
        },
    )
    listed = unwritten(root)
    done = bring("--sheet", SHEET, "--write")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == listed[:-1]
    assert done.stderr == "已写入 9 个文件。检查没有问题。\n"
    assert "荣誉 优秀共产党员：优秀共产党员，个人" in listed
    assert "指标 志愿服务活动次数：开展志愿服务活动，12次" in listed
    assert "指标 手册份数：手册份数，500份" in listed
    assert "不是指标：“三次产业结构为【9.1:38.3:52.6】。”" in listed
    site = read(root)
    assert check(site) == ()
    assert site.archive.reports["2025"].typed == ("三次产业结构为9.1:38.3:52.6。",)
    first = site.archive.indicators["志愿服务活动次数"]
    assert (first.name, first.source, first.office) == ("开展志愿服务活动", "台账", "办公室")
    # The same sheet, no sheet and a new sheet change nothing.
    written = contents(root)
    done = bring("--sheet", SHEET, "--write", "--replace")
    assert [line for line in done.stdout.splitlines() if not line.startswith("report/")] == []
    assert contents(root) == written
    assert bring("--write", "--replace").exit_code == 0
    assert contents(root) == written
    again = export(root, "再.xlsx", "--replace")
    assert [row[1] for row in rows(again, "指标")] == ["确认", *["对"] * 12, "不是指标"]
    assert [row[1] for row in rows(again, "名称")] == ["确认", "对", "对"]
    assert rows(again, "可选")[1] == (
        "志愿服务活动次数",
        "开展志愿服务活动",
        "次",
        "2025",
        "12",
        None,
    )
    written = contents(root)
    assert bring("--sheet", "再.xlsx", "--write", "--replace").exit_code == 0
    assert contents(root) == written


def test_what_is_not_confirmed_stays_as_it_was_typed_and_is_asked_again(root: Path) -> None:
    sheet = export(root)
    fill(
        sheet,
        {
            ("指标", 2, "确认"): "对",
            ("指标", 3, "确认"): "以后再定",
            ("名称", 3, "确认"): "不是名称",
        },
    )
    done = bring("--sheet", SHEET, "--write")
    assert [line for line in done.stdout.splitlines() if not line.startswith("report/")] == [
        "指标 志愿服务活动次数：志愿服务活动次数，12次",
        "不是名称：“张**同志获评【***】优秀共产党员。”",
        "请定：指标 第 3、4、5、6、7、8、9、10、11、12等 12 行还没有确认",
        "请定：名称 第 2 行还没有确认",
        "请定：荣誉 第 2 行还没有确认",
    ]
    assert (
        (root / "docs/report/2025/overview.md")
        .read_text("utf-8")
        .endswith(
            '2025年，组织开展志愿服务活动{{ fig("志愿服务活动次数") }}，参加人员三十六名，完成专报8篇。\n'
        )
    )
    site = read(root)
    assert site.archive.reports["2025"].typed == ("同志获评***优秀共产党员。",)
    told = [one.message for one in check(site)]
    assert sum("现有手写的" in one for one in told) == 11
    assert sum("不得手写星号" in one for one in told) > 0
    again = export(root, "再.xlsx", "--replace")
    assert [row[1] for row in rows(again, "指标")] == ["确认", "对", *[None] * 12]
    assert [row[1] for row in rows(again, "名称")] == ["确认", None, "不是名称"]


def test_after_a_plain_import_the_sheet_renames_merges_and_drops(root: Path) -> None:
    assert bring("--write").exit_code == 0
    sheet = export(root, SHEET, "--replace")
    figures = rows(sheet, "指标")
    assert [row[1] for row in figures[1:]] == [*["对"] * 11, None, None]
    assert figures[12][4:6] == (None, None)
    fill(sheet, {
        (*UNNAMED, "确认"): "对", (*UNNAMED, "名称"): "手册份数",
        ("指标", 2, "编号"): "volunteering", ("指标", 3, "名称"): "志愿者人数", ("指标", 3, "单位"): "名",
        ("指标", 4, "确认"): "不是指标", (*RATIO, "确认"): "不是指标",
        ("名称", 2, "含义"): "优秀党员", ("名称", 3, "确认"): "不是名称",
    })  # fmt: skip
    done = bring("--sheet", SHEET, "--write", "--replace")
    assert done.stderr == "已写入 8 个文件。检查没有问题。\n"
    assert [line for line in done.stdout.splitlines() if not line.startswith("report/")] == [
        "指标 volunteering：志愿服务活动次数，12次",
        "修改 指标 参加人员数：名称 参加人员数 → 志愿者人数",
        "指标 手册份数：手册份数，500份",
        "删去 指标 专报数",
        "删去 指标 志愿服务活动次数",
        "删去 指标 未定名_印发_手册_份",
        "修改 名称 名称_1：含义 报告里“张…同志获评”中隐去的 → 优秀党员",
        "删去 名称 名称_2",
        "不是指标：“2025年，组织开展志愿服务活动12次，参加人员三十六名，完成专报【8篇】。”",
        "不是名称：“张**同志获评【***】优秀共产党员。”",
        "不是指标：“三次产业结构为【9.1:38.3:52.6】。”",
        "请定：荣誉 第 2 行还没有确认",
    ]
    site = read(root)
    assert site.archive.unit
    assert {id_: one.meaning for id_, one in site.archive.unit.names.items()} == {
        "bureau": "本单位名称",
        "名称_1": "优秀党员",
    }
    assert [*site.archive.indicators][:3] == ["参加人员数", "集中学习次数", "党员参学率"]
    assert [*site.archive.indicators][-2:] == ["volunteering", "手册份数"]
    written = contents(root)
    assert bring("--sheet", SHEET, "--write", "--replace").exit_code == 0
    assert contents(root) == written


def test_places_of_one_indicator_follow_what_is_changed_at_one(root: Path) -> None:
    text = "题目\n\n一、甲\n\n举办培训班3期。\n\n二、乙\n\n举办培训班3期。共举办培训班3期。举办讲座3期。\n"
    (root / "总结.txt").write_text(text, "utf-8")
    sheet = export(root)
    assert [row[4] for row in rows(sheet, "指标")[1:]] == ["培训班数"] * 3 + ["讲座数"]
    confirm(sheet, but={("指标", 5): "并入"})
    fill(sheet, {("指标", 3, "名称"): "业务培训班数", ("指标", 5, "编号"): "培训班数"})
    assert bring("--sheet", SHEET, "--write").stderr.endswith("检查没有问题。\n")
    site = read(root)
    assert {id_: one.name for id_, one in site.archive.indicators.items()} == {
        "培训班数": "业务培训班数"
    }
    assert [
        (root / f"docs/report/2025/{at}.md").read_text("utf-8").count('fig("培训班数")')
        for at in (1, 2)
    ] == [1, 3]


def test_a_place_of_next_year_is_merged_into_an_indicator_there_is(root: Path) -> None:
    assert bring("--write").exit_code == 0
    (root / "明年.txt").write_text("题目\n\n一、甲\n\n开展公益活动15次。\n", "utf-8")
    assert bring("--sheet", SHEET, file="明年.txt", report="2026").exit_code == 0
    fill(root / SHEET, {("指标", 2, "确认"): "并入", ("指标", 2, "编号"): "志愿服务活动次数"})
    done = bring("--sheet", SHEET, "--write", file="明年.txt", report="2026")
    assert "指标 志愿服务活动次数@2026：志愿服务活动次数，15次" in done.stdout
    assert str(read(root).values["志愿服务活动次数@2026"].exact) == "15"


def test_units_periods_and_dates_as_they_are_filled_in(root: Path) -> None:
    text = "题目\n\n一、甲\n\n收入348.9万元。得分98.5。年末在职56人。开展活动12次。2024年开展活动10次。借阅图书3册次。\n"
    (root / "总结.txt").write_text(text, "utf-8")
    sheet = export(root)
    found = {row[14]: at for at, row in enumerate(rows(sheet, "指标"), 1)}
    at = {
        word: next(row for sentence, row in found.items() if word in sentence)
        for word in ("收入", "得分", "年末", "12次", "10次", "图书")
    }
    confirm(sheet)
    fill(sheet, {
        ("指标", at["收入"], "单位"): "元", ("指标", at["收入"], "名称"): "收入",
        ("指标", at["得分"], "单位"): "分", ("指标", at["得分"], "名称"): "得分",
        ("指标", at["年末"], "起始日"): None, ("指标", at["年末"], "名称"): "在职人数",
        ("指标", at["12次"], "起始日"): "2025-07-01", ("指标", at["12次"], "截止日"): datetime(2025, 12, 31),
        ("指标", at["图书"], "单位"): "册", ("指标", at["图书"], "名称"): "借阅图书数",
    })  # fmt: skip
    done = bring("--sheet", SHEET, "--write")
    assert done.stderr.endswith("检查没有问题。\n"), done.stdout
    page = (root / "docs/report/2025/1.md").read_text("utf-8").splitlines()[-1]
    site = read(root)
    assert page == (
        '收入{{ fig("收入", written="348.9万元") }}。得分{{ fig("得分", written="98.5") }}。年末在职{{ fig("在职人数") }}。'
        '开展活动{{ fig("活动次数", period="2025-H2") }}。2024年开展活动{{ fig("活动次数", period="2024") }}。'
        '借阅图书{{ fig("借阅图书册次") }}次。'
    )
    assert {
        key: (str(one.exact), one.unit, one.figure.period.kind, one.figure.decimals)
        for key, one in site.values.items()
    } == {
        "收入": ("3489000", "元", "时期", 0),
        "得分": ("98.5", "分", "时期", 1),
        "在职人数": ("56", "人", "时点", 0),
        "活动次数": ("12", "次", "时期", 0),
        "活动次数@2024": ("10", "次", "时期", 0),
        "借阅图书册次": ("3", "册", "时期", 0),
    }


FAULTS: Cells = {
    ("指标", 2, "确认"): "是",
    ("指标", 3, "编号"): "Bad id", ("指标", 3, "确认"): "对",
    ("指标", 4, "确认"): "并入", ("指标", 4, "编号"): "专报份数",
    ("指标", 5, "确认"): "对", ("指标", 5, "单位"): "人", ("指标", 5, "原句"): "改了",
    ("指标", 6, "确认"): "对", ("指标", 6, "编号"): "培训班数", ("指标", 6, "数值或掩码"): "99",
    ("指标", 7, "确认"): "对", ("指标", 7, "起始日"): "2025-13-01",
    ("指标", 8, "确认"): "对", ("指标", 8, "起始日"): datetime(2025, 2, 3),
    ("指标", 9, "确认"): "对", ("指标", 9, "名称"): "谈话人次",
    ("指标", 10, "确认"): "对", ("指标", 10, "来源"): "=A1",
    ("指标", 11, "确认"): "对", ("指标", 11, "截止日"): None,
    ("指标", 12, "确认"): "对", ("指标", 12, "名称"): "查处**数", ("指标", 12, "由台账计数"): "没有的台账：条数",
    ("指标", 13, "确认"): "对", ("指标", 13, "科室"): "无", ("指标", 13, "来源"): "台账<!-- 内部 -->",
    ("指标", 14, "确认"): "对",
    ("指标", 15, "名称"): "合计",
    ("名称", 2, "确认"): "对", ("名称", 2, "编号"): "1 号",
    ("名称", 3, "确认"): "并入", ("名称", 3, "编号"): "bureau",
    ("名称", 4, "序号"): "名称1", ("名称", 4, "确认"): "对",
}  # fmt: skip


def test_all_faults_at_once_by_sheet_row_and_column(root: Path) -> None:
    sheet = export(root)
    fill(sheet, FAULTS)
    lines = unwritten(root, "--write")
    assert [line for line in lines if " 第 " in line or line.startswith("问题")] == [
        "名称 第 2 行 E 列（编号）：须由字母、数字、下划线、汉字组成，不以数字开头，现为 1 号；请改正",
        "名称 第 3 行 E 列（编号）：名称 bureau 显示为“示例市某局”，须与原文的“***”相同；请换一个编号",
        "名称 第 4 行 A 列（序号）：序号须唯一，名称1 已用于第 2 行；复制出来的请整行删去",
        '指标 第 2 行 B 列（确认）：须为 对、不是指标、并入、以后再定 之一，现为 "是"；请重新填写',
        "指标 第 3 行 E 列（编号）：须由小写字母、数字、下划线、汉字组成，以字母或者汉字开头，现为 Bad id；请改正，或者清空，由名称得出",
        "指标 第 4 行 E 列（编号）：并入的须是已有的指标，没有 专报份数，可用：培训班数、培训业务人员人次增长率；请改用其中一个",
        "指标 第 5 行 G 列（单位）：单位须与原文“24次”相配，现为“人”；请照原文改正",
        "指标 第 5 行 O 列（原句）：这一列由程序填写，须照旧，原为“全年组织集中学习【24次】，党员参学率达98.5%。”；请改回去，或者重新导出",
        "指标 第 6 行 H 列（数值或掩码）：这一列由程序填写，须照旧，原为“98.5”；请改回去，或者重新导出",
        "指标 第 7 行 E 列（编号）：编号须一个指标一个，培训班数 在这份表里已用于名称“党员参学率”、单位“%”的；请换一个编号，是同一指标的，把名称、单位改成相同",
        '指标 第 7 行 J 列（起始日）：须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 "2025-13-01"，没有这一天；请重新填写',
        "指标 第 8 行 J 列（起始日）：起止日须是报告期间，或者整年、半年、季、月、一天，现为 2025-02-03 至 2025-12-31；请改正",
        "指标 第 10 行 F 列（名称）：名称须唯一，“谈话人次”已是指标 培训业务人员人次增长率 的；请改名，是同一指标的，确认填“并入”，编号填 培训业务人员人次增长率",
        "指标 第 10 行 L 列（来源）：须填写结果，不能用公式，现为 =A1；请复制后只粘贴数值",
        "指标 第 11 行 K 列（截止日）：须填写，现为空；请填时期的最后一天，时点的那一天",
        "指标 第 12 行 F 列（名称）：不得有星号，星号只由程序用来遮盖，现为“查处**数”；请删去星号",
        "指标 第 12 行 N 列（由台账计数）：须是工作表“可选”里的一种，没有 没有的台账：条数；请从下拉中选",
        "指标 第 13 行 F 列（名称）：须填写，现为空；请填写",
        "指标 第 13 行 L 列（来源）：不得有注释，数据里不认，会照原样显示，现为“台账<!-- 内部 -->”；请删去，不公开的字也一起删去",
        "指标 第 13 行 M 列（科室）：须写实际内容，不能空着，“无”“待定”“同上”“/”一类不算，现为“无”；请重新填写",
        "指标 第 14 行 B 列（确认）：比例、范围不能登记为一个指标；请填“不是指标”或者“以后再定”",
        "指标 第 15 行 A 列（序号）：须是导出时的一行，现为空；增加的请整行删去，改了序号的请改回去",
        "问题 22 处。一处也没有写入；请在表里改好，再导入。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "delete", "said"),
    [
        ("指标", (2, 3), "指标：须有导出时的每一行，现没有 指标1、指标2、指标3；请恢复，或者重新导出，不登记的填“不是指标”"),
        ("名称", (3, 1), "名称：须有导出时的每一行，现没有 名称2；请恢复，或者重新导出，不登记的填“不是指标”"),
    ],
)  # fmt: skip
def test_rows_that_were_deleted(root: Path, label: str, delete: tuple[int, int], said: str) -> None:
    sheet = export(root)
    change(sheet, lambda book: book[label].delete_rows(*delete))
    assert said in unwritten(root, "--write")


def test_sheets_sorted_renamed_and_more(root: Path) -> None:
    sheet = export(root)

    def sorted_backwards(book: Any) -> None:
        lines = [[cell.value for cell in line] for line in book["指标"].iter_rows(min_row=2)]
        for number, line in enumerate(reversed(lines), 2):
            for column, value in enumerate(line, 1):
                book["指标"].cell(number, column).value = value
        book.create_sheet("我的")

    change(sheet, sorted_backwards)
    confirm(sheet, but={("指标", 2): "不是指标"})
    fill(sheet, {("指标", 3, "名称"): "手册份数"})
    assert "注意：多出的工作表不读取：我的" in bring("--sheet", SHEET, "--write").stdout
    assert check(read(root)) == ()

    def renamed(book: Any) -> None:
        book["指标"]["B1"].value = "看过"
        book["名称"].title = "人名"

    change(sheet, renamed)
    assert [
        line for line in unwritten(root, "--replace") if "：须有" in line or "第 1 行" in line
    ] == [
        "名称：须有这个名称的工作表，现有 说明、指标、人名、荣誉、可选、我的；请恢复它的名称",
        "指标 第 1 行：第一行须有标题“确认”，现有不认识的标题“看过”；请恢复原来的标题",
    ]


def other_report(root: Path) -> None:
    assert bring("--sheet", "别.xlsx", report="2024").exit_code == 0
    shutil.move(root / "别.xlsx", root / SHEET)


def other_file(root: Path) -> None:
    (root / "别.txt").write_text("题目\n\n一、甲\n\n植树30棵。\n", "utf-8")
    assert bring("--sheet", SHEET, file="别.txt").exit_code == 0


def a_ledger(root: Path) -> None:
    assert CliRunner().invoke(main, ["sheet", "export", "honours", SHEET]).exit_code == 0


def no_workbook(root: Path) -> None:
    (root / SHEET).write_text("确认,对\n", "utf-8")


def without_its_hidden_sheet(root: Path) -> None:
    change(export(root), lambda book: book.remove(book["_archive"]))


def damaged(root: Path) -> None:
    def shifted(book: Any) -> None:
        book["_archive"]["A2"].value = "指标2"

    change(export(root), shifted)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (other_report, "须是报告 2025 的核对表，此表是报告 2024 的；请写对 --sheet 或者 --report"),
        (other_file, "须是由这个文件导出的核对表，表里的一处也不在文件里；请写对文件名，或者换一个文件名重新导出再填"),
        (a_ledger, "须是报告的核对表，此表是台账 honours 的；请换成核对表，台账的表用 .venv/bin/archive sheet import 导入"),
        (no_workbook, "须为 .xlsx 文件，现为别的内容；CSV 等不带格式的文件会丢掉编号和日期，请填导出的表"),
        (without_its_hidden_sheet, "须用导出的表来填，此表没有导出时附带的隐藏工作表；请用 .venv/bin/archive report import 文件 --sheet 表 导出再填"),
        (damaged, "导出时附带的隐藏工作表须原样保留，现已被改动，或者不是这一版程序导出的；请重新导出再填"),
    ],
)  # fmt: skip
def test_what_is_no_review_sheet_of_this_report(
    root: Path, made: Callable[[Path], None], said: str
) -> None:
    made(root)
    assert unwritten(root, "--write") == [f"核对.xlsx：{said}。没有导入。"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--sheet", "核对.csv"), "--sheet 须以 .xlsx 结尾，现为 核对.csv；请写作 核对.xlsx"),
        (("--sheet", "没有.xlsx", "--write"), "加 --write 时 --sheet 须是填好的表，没有 没有.xlsx；请先不加 --write 写出表来，填好再写入"),
        (("--sheet", "无/核对.xlsx"), "须能写入 无/核对.xlsx，现为：没有这个文件或目录；请换一个目录或文件名"),
    ],
)  # fmt: skip
def test_where_no_sheet_can_be_written(root: Path, args: tuple[str, ...], said: str) -> None:
    before = contents(root)
    done = bring(*args)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{said}\n")
    assert contents(root) == before


def test_the_report_was_changed_meanwhile(root: Path) -> None:
    """One paragraph moved, one is gone, one is reworded, one is new."""
    sheet = export(root)
    confirm(sheet, but={RATIO: "不是指标"})
    fill(sheet, {(*UNNAMED, "名称"): "手册份数", ("指标", 2, "名称"): "志愿活动"})
    study = "全年组织集中学习24次，党员参学率达98.5%。张**同志获评***优秀共产党员。\n\n"
    text = REPORT.replace(study, "").replace("二、下一步打算\n\n", f"二、下一步打算\n\n{study}")
    text = text.replace("举办培训班3期，培训业务人员256人次，比上年增长12.5%。", "")
    text = text.replace("开展谈话45人次", "全年开展谈话45人次") + "\n新建阵地6个。\n"
    (root / "总结.txt").write_text(text, "utf-8")
    done = bring("--sheet", SHEET, "--write")
    assert [line for line in done.stdout.splitlines() if line.startswith(("注意", "请定"))] == [
        "请定：“全年开展谈话【45人次】，下降3.2%；查处问题***件。”不在表里，是导出以后才有的；请再导出一份表",
        "请定：“全年开展谈话45人次，下降【3.2%】；查处问题***件。”不在表里，是导出以后才有的；请再导出一份表",
        "请定：“全年开展谈话45人次，下降3.2%；查处问题【***件】。”不在表里，是导出以后才有的；请再导出一份表",
        "请定：“新建阵地【6个】。”不在表里，是导出以后才有的；请再导出一份表",
        "注意：指标 第 7、8、9、10、11、12 行的原句在文件里已没有或者改了，填的不再用",
    ]
    assert {*read(root).archive.indicators} == {
        "志愿服务活动次数",
        "参加人员数",
        "专报数",
        "集中学习次数",
        "党员参学率",
        "手册份数",
    }
    assert 'fig("集中学习次数")' in (root / "docs/report/2025/2.md").read_text("utf-8")
    # Another sheet asks for what is new alone.
    again = export(root, "再.xlsx", "--replace")
    assert [row[14] for row in rows(again, "指标")[1:] if row[1] is None] == [
        "全年开展谈话【45人次】，下降3.2%；查处问题***件。", "全年开展谈话45人次，下降【3.2%】；查处问题***件。",
        "全年开展谈话45人次，下降3.2%；查处问题【***件】。", "新建阵地【6个】。",
    ]  # fmt: skip


def test_what_others_changed_meanwhile_is_a_conflict_or_kept(root: Path) -> None:
    assert bring("--write").exit_code == 0
    sheet = export(root, SHEET, "--replace")
    fill(
        sheet,
        {
            ("指标", 2, "名称"): "表中的名称",
            ("指标", 3, "科室"): "人事科",
            ("指标", 4, "来源"): "台账",
        },
    )
    register = root / "data/figures.yml"
    text = register.read_text("utf-8")
    for old, new in (
        ("name: 志愿服务活动次数", "name: 别人的名称"),
        ("name: 参加人员数", "name: 别人的人数"),
        ("name: 专报数", "name: 专报数\n  people: false"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    register.write_text(text, "utf-8")
    done = bring("--sheet", SHEET, "--write", "--replace")
    assert done.exit_code == 1
    assert [
        line for line in done.stdout.splitlines() if not line.startswith(("report/", "请定"))
    ] == [
        "修改 指标 参加人员数：科室 办公室 → 人事科",
        "修改 指标 专报数：来源 年报 → 台账",
        "冲突 指标 第 2 行，这一处不照表：",
        "  名称：导出时 志愿服务活动次数，现已改为 别人的名称，表中改为 表中的名称",
        "冲突的要用现在的，请把表中这一格改成与它相同；要用表中的，请重新导出后再改。",
    ]
    known = read(root).archive.indicators
    assert [(known[id_].name, known[id_].office, known[id_].source, known[id_].people) for id_ in ("志愿服务活动次数", "参加人员数", "专报数")] == [
        ("别人的名称", "办公室", "年报", None), ("别人的人数", "人事科", "年报", None), ("专报数", "办公室", "台账", False),
    ]  # fmt: skip


def test_what_others_rest_on_is_not_changed_from_the_sheet(root: Path) -> None:
    assert bring("--write").exit_code == 0
    index = root / "docs/index.md"
    index.write_text(index.read_text("utf-8") + '\n{{ fig("专报数") }}\n', "utf-8")
    sheet = export(root, SHEET, "--replace")
    fill(
        sheet,
        {
            ("指标", 4, "名称"): "别名",
            ("指标", 2, "确认"): "并入",
            ("指标", 2, "编号"): "集中学习次数",
        },
    )
    lines = unwritten(root, "--write", "--replace")
    assert [line for line in lines if line.startswith("指标 第")] == [
        "指标 第 2 行 H 列（数值或掩码）：指标 集中学习次数 同一时期已记 24次，须相同，文件里是“12次”；请换一个编号，另立指标，改过的数请先修订或者更正",
        "指标 第 4 行 F 列（名称）：指标 专报数 的名称已是“专报数”，须相同，现为“别名”；请改成相同，另立指标的请换一个编号",
    ]


PLACES = "题目\n\n一、甲\n\n举办培训班3期。举办讲座3期。举办论坛3期，参加60人。查处问题***件。\n\n二、乙\n\n结构为3:2。获评***先进、**标兵。\n"
RANDOM_ROWS = 6
LATER = st.sampled_from([None, "以后再定"])
FIGURE = st.fixed_dictionaries(
    {
        "confirmed": st.sampled_from(["对", "对", "不是指标", "并入"]) | LATER,
        "renamed": st.booleans(),
        "with an id": st.booleans(),
        "source": st.sampled_from(["年报", "台账"]),
    }
)
DECISIONS = st.tuples(
    st.tuples(*[FIGURE] * RANDOM_ROWS),
    st.tuples(*[st.sampled_from(["对", "不是名称"]) | LATER] * 2),
    st.booleans(),
)


@settings(max_examples=settings().max_examples // 4)
@given(decisions=DECISIONS)
@example(decisions=(({"confirmed": "对", "renamed": True, "with an id": True, "source": "台账"},) * 6, ("对", "不是名称"), True))  # fmt: skip
def test_whatever_is_decided_comes_back(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, decisions: Any
) -> None:
    """A sheet is filled in at random and brought; the next sheet says the same, and changes nothing."""
    root = tmp_path_factory.mktemp("round") / "档案"
    shutil.copytree(begun, root)
    (root / "总结.txt").write_text(PLACES, "utf-8")
    if decisions[2]:  # what was brought without a sheet is there already
        written(root, by=None)
    exported(root)
    due = filled_in(root, *decisions[:2])
    written(root, by=SHEET)
    again = exported(root)
    found = {("指标", at): row for at, row in enumerate(rows(again, "指标"), 1)}
    found |= {("名称", at): row for at, row in enumerate(rows(again, "名称"), 1)}
    for at, (confirmed, columns) in due.items():
        row = found[at]
        assert row[1] == confirmed, at
        if columns:
            assert (row[4], row[5], row[6], row[11]) == columns
    before = contents(root)
    written(root, by=SHEET)
    assert contents(root) == before


def filled_in(root: Path, figures: Any, names: Any) -> dict[tuple[str, int], tuple[Any, Any]]:
    """Fill in the sheet; returns what the next sheet is to say of each row that is decided."""
    there = rows(root / SHEET, "指标")
    confirmed = {row: one["confirmed"] for row, one in enumerate(figures, 2)}
    confirmed[7] = "不是指标" if confirmed[7] in ("对", "并入") else confirmed[7]
    cells: dict[tuple[str, int, str], Any] = {}
    due: dict[tuple[str, int], tuple[Any, Any]] = {}
    decided: dict[int, tuple[Any, ...]] = {}
    for row, one in enumerate(figures, 2):
        id_, name, unit, source = (there[row - 1][at] for at in (4, 5, 6, 11))
        if confirmed[row] == "对":
            if one["renamed"] or not name:
                name = f"名称{row}"
            if one["with an id"] or not id_:
                id_ = f"id_{row}"
            source = one["source"]
            decided[row] = (id_, name, unit, source)
    for row in range(2, 8):
        target = next((at for at in (2, 3, 4) if at in decided and at != row and row < 5), None)
        if confirmed[row] == "并入" and target is None:
            confirmed[row] = "以后再定"
        cells["指标", row, "确认"] = confirmed[row]
        if confirmed[row] == "并入":
            assert target
            cells["指标", row, "编号"] = decided[target][0]
            due["指标", row] = ("对", decided[target])
        elif confirmed[row] == "对":
            values = decided[row]
            for head, value in zip(
                ("编号", "名称", "来源"), (values[0], values[1], values[3]), strict=True
            ):
                cells["指标", row, head] = value
            due["指标", row] = ("对", values)
        elif confirmed[row] == "不是指标":
            due["指标", row] = ("不是指标", ())
    for row, word in enumerate(names, 2):
        cells["名称", row, "确认"] = word
        if word in ("对", "不是名称"):
            due["名称", row] = (word, None)
    fill(root / SHEET, cells)
    return due


def exported(root: Path) -> Path:
    raw, _ = new_sheet(read(root), read_report(root / "总结.txt"), TERMS, "总结.txt")
    (root / SHEET).write_bytes(raw)
    return root / SHEET


def written(root: Path, by: str | None) -> None:
    site, brought = read(root), read_report(root / "总结.txt")
    made = by_sheet(site, brought, TERMS, root / by) if by else plan(site, brought, TERMS)
    assert (made.faults, made.clashes) == ([], [])
    there = {path: (root / path).read_bytes() for path in made.drafts if (root / path).is_file()}
    write_all(root, root / "data", made.drafts, there)


def test_what_a_ledger_counts(root: Path) -> None:
    """A mask that a ledger will count, a number that it counts already, and one that it does not give."""
    usual = "channel: 来访\noffice: 办公室\nhandled: true\nsource: 登记簿\nevidence: []\nrecorder: 办公室\nreviewer:\n"
    for path, text in {
        "data/ledgers/petitions.yml": petitions.DESCRIPTION,
        "docs/records/petitions.md": petitions.PAGE.replace('{{ fig("petition_visits") }}', "若干"),
        "data/petitions/2025/a.yml": f"date: 2025-03-05\nkind: 咨询\n{usual}",
        "data/petitions/2025/b.yml": f"date: 2025-04-05\nkind: 投诉\n{usual}",
        "总结.txt": "题目\n\n一、甲\n\n接待群众2批次。接访***次。办结4件。\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    sheet = export(root)
    book = openpyxl.load_workbook(sheet)
    counted = [
        one.formula1
        for one in book["指标"].data_validations.dataValidation
        if str(one.sqref).startswith("N2")
    ]
    assert counted == ["'可选'!$F$2:$F$2"]
    assert [row[5] for row in rows(sheet, "可选")] == ["由台账计数", "信访接待：条数"]
    confirm(sheet)
    fill(sheet, {("指标", row, "由台账计数"): "信访接待：条数" for row in (2, 3, 4)})
    fill(sheet, {("指标", row, "名称"): f"名称{row}" for row in (2, 3, 4)})
    assert [line for line in unwritten(root, "--write") if line.startswith("指标 第")] == [
        "指标 第 4 行 N 列（由台账计数）：台账计得 2，须与原文的 4 相同；请先补全台账，或者这一栏空着",
    ]
    fill(sheet, {("指标", 3, "由台账计数"): None, ("指标", 4, "由台账计数"): None})
    assert bring("--sheet", SHEET, "--write").exit_code == 0
    site = read(root)
    value = next(one for one in site.values.values() if one.figure.name == "名称2")
    assert (value.figure.counted, value.exact, value.figure.complete_through, value.figure.value) == (
        Counted(collection="petitions", measure="count"), Decimal(2), date(2025, 12, 31), None,
    )  # fmt: skip
    assert bring("--sheet", SHEET, "--write", "--replace").exit_code == 0
    assert [row[13] for row in rows(export(root, "再.xlsx", "--replace"), "指标")[1:]] == [
        "信访接待：条数",
        None,
        None,
    ]


@pytest.mark.deep
def test_through_libreoffice(root: Path) -> None:
    """LibreOffice writes the workbook anew: what was filled in is what is read."""
    sheet = export(root)
    confirm(sheet, but={RATIO: "不是指标", ("指标", 4): "以后再定"})
    fill(sheet, {(*UNNAMED, "名称"): "手册份数", ("指标", 2, "起始日"): datetime(2025, 7, 1)})
    listed = unwritten(root)
    convert("xlsx", root.parent / "out", sheet, profile=root.parent / "profile")
    shutil.copy(root.parent / "out" / SHEET, sheet)
    assert unwritten(root) == listed


def test_the_word_file_of_the_site_changes_nothing(root: Path) -> None:
    sheet = export(root)
    confirm(sheet, but={RATIO: "不是指标"})
    fill(
        sheet,
        {
            (*UNNAMED, "名称"): "手册份数",
            ("指标", 2, "名称"): "志愿活动",
            ("指标", 2, "编号"): "volunteering",
        },
    )
    assert bring("--sheet", SHEET, "--write").exit_code == 0
    out = root.parent / "site"
    here = Project(root, root / "data", AS_OF)
    assert build(here, out, "late") == []
    assert make_deferred(here, out / "print/report/2025/full.pdf") == []
    shutil.copy(out / "print/report/2025/full.docx", root / "全文.docx")
    before = contents(root)
    assert bring("--write", "--replace", file="全文.docx").exit_code == 0
    assert contents(root) == before
    assert bring("--write", "--replace", "--sheet", SHEET, file="全文.docx").exit_code == 0
    assert contents(root) == before


def test_what_was_confirmed_is_written_whatever_the_options_are_by_now(root: Path) -> None:
    sheet = export(root)
    confirm(sheet, but={RATIO: "不是指标"})
    fill(sheet, {(*UNNAMED, "名称"): "手册份数"})
    command = [
        "report",
        "import",
        "总结.txt",
        "--report",
        "2025",
        "--period",
        "2025-01-01..2025-12-31",
        "--as-of",
        str(AS_OF),
        "--sheet",
        SHEET,
        "--write",
    ]
    assert (
        CliRunner().invoke(main, [*command, "--by", "填报岗"], catch_exceptions=False).exit_code
        == 0
    )
    site = read(root)
    assert {(one.source, one.office) for one in site.archive.indicators.values()} == {
        ("年报", "办公室")
    }
    assert check(site) == ()


def test_what_a_person_added_to_the_report_is_kept(root: Path) -> None:
    assert bring("--write").exit_code == 0
    described = root / "data/reports/2025.yml"
    text = described.read_text("utf-8")
    text = text.replace("report/2025/1.md\n", "report/2025/1.md\n    icon: 星\n", 1)
    text = text.replace("next_steps:\n", "next_steps: report/2025/2.md\n").replace(
        "note:\n", "note: 已校对\n"
    )
    described.write_text(text, "utf-8")
    assert bring("--write", "--replace").exit_code == 0
    assert described.read_text("utf-8") == text


def test_an_id_that_is_given_to_another_number_tells_of_that(root: Path) -> None:
    assert bring("--write").exit_code == 0
    sheet = export(root, SHEET, "--replace")
    fill(sheet, {
        ("指标", 12, "编号"): "problems", ("指标", 5, "编号"): "查处问题数", ("指标", 5, "名称"): "学习次数",
        ("指标", 12, "名称"): "发现问题数", (*UNNAMED, "名称"): "手册份数", (*UNNAMED, "确认"): "对", (*RATIO, "确认"): "不是指标",
    })  # fmt: skip
    assert bring("--sheet", SHEET, "--write", "--replace").stderr.endswith("检查没有问题。\n")
    figure = read(root).archive.indicators["查处问题数"]
    assert (figure.name, str(figure.value), figure.prepared.by, figure.definition) == (
        "学习次数", "24", "填报岗", "报告原文：全年组织集中学习…次，党员参学率达…%。",
    )  # fmt: skip


def test_a_heading_with_a_figure_passes_the_check(root: Path) -> None:
    text = "题目\n\n一、开展活动12次\n\n好。\n\n二、两类之比为3:2\n\n好。\n"
    (root / "总结.txt").write_text(text, "utf-8")
    sheet = export(root)
    assert [row[14] for row in rows(sheet, "指标")[1:]] == [
        "一、开展活动【12次】",
        "二、两类之比为【3:2】",
    ]
    confirm(sheet, but={("指标", 3): "不是指标"})
    assert bring("--sheet", SHEET, "--write").exit_code == 0
    pages = [
        (root / f"docs/report/2025/{at}.md").read_text("utf-8").split("\n")[1] for at in (1, 2)
    ]
    assert pages == ["title: 第1部分", "title: 二、两类之比为3:2"]
    assert [one.message[:20] for one in check(read(root))] == []


def test_what_was_masked_and_is_known_by_now_stays(root: Path) -> None:
    sheet = export(root)
    confirm(sheet, but={RATIO: "不是指标"})
    fill(
        sheet,
        {
            (*UNNAMED, "名称"): "手册份数",
            ("名称", 2, "含义"): "优秀党员",
            ("名称", 3, "编号"): "honour",
        },
    )
    assert bring("--sheet", SHEET, "--write").exit_code == 0
    for path, old, new in (
        (
            "data/unit.yml",
            "meaning: 优秀党员\n    person: true\n    value:",
            "meaning: 优秀党员\n    person: true\n    value: 某某",
        ),
        ("data/figures.yml", "name: 查处问题数", "name: 查处问题数\n  value: 3"),
    ):
        text = (root / path).read_text("utf-8")
        assert text.count(old) == 1
        (root / path).write_text(text.replace(old, new), "utf-8")
    written = contents(root)
    assert bring("--write", "--replace").exit_code == 0
    assert contents(root) == written
    done = bring("--sheet", SHEET, "--write", "--replace")
    assert [line for line in done.stdout.splitlines() if not line.startswith("report/")] == []
    assert contents(root) == written


def test_what_the_register_knows_already_does_not_unmask_a_new_report(root: Path) -> None:
    (root / "总结.txt").write_text("题目\n\n一、甲\n\n开展活动12次。\n", "utf-8")
    assert bring("--write").exit_code == 0
    (root / "别.txt").write_text("题目\n\n一、甲\n\n2025年开展活动***次。\n", "utf-8")
    assert bring("--write", file="别.txt", report="2026").exit_code == 0
    assert "2025年开展活动\\*\\*\\*次。" in (root / "docs/report/2026/1.md").read_text("utf-8")
