"""The review sheet of a report: a row a find, filled in by a person, brought back."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from archive.checks import check
from tests.samples.brought import begin, bring, contents, read
from tests.samples.review import confirm, fill, rows

SHEET = "核对.xlsx"
FIRST, LAST = datetime(2025, 1, 1), datetime(2025, 12, 31)
RATIO, UNNAMED = ("指标", 14), ("指标", 13)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def root(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = tmp_path.resolve() / "档案"
    shutil.copytree(begun, copied)
    monkeypatch.chdir(copied)
    return copied


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
        0, "", "已把 15 处写进 核对.xlsx，别的都没有写。填好“确认”一列，再运行同一条命令。\n",
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
        ("序号", "确认", "种类", "页面", "编号", "含义", "是否人名", "掩码", "原句"),
        ("名称1", None, "人名", one, "名称_1", "报告里“张…同志获评”中隐去的", "是", "**", "张【**】同志获评***优秀共产党员。"),
        ("名称2", None, "名称", one, "名称_2", "报告里“同志获评…优秀共产”中隐去的", "否", "***", "张**同志获评【***】优秀共产党员。"),
    ]  # fmt: skip
    book = openpyxl.load_workbook(root / SHEET)
    assert [(one.title, one.sheet_state, one.freeze_panes) for one in book] == [
        ("说明", "visible", None), ("指标", "visible", "B2"), ("名称", "visible", "B2"),
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
    assert done.stderr == "已写入 8 个文件。检查没有问题。\n"
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
    assert bring("--sheet", SHEET, "--write", "--replace").exit_code == 0
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
