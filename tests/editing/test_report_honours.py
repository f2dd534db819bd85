"""Honours of a report that is brought: found, reviewed in the sheet, recorded when confirmed."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from archive.checks import check
from archive.editing.report.honour_finding import Spot, awards
from archive.editing.report.review_page import review_page
from archive.schema.honours import Honour
from tests.samples.brought import begin, bring, contents, copy_to_work_in, read
from tests.samples.review import Cells, confirm, fill, rows

SHEET, FILE = "核对.xlsx", "汇报.docx"
LINES = """\
示例市某局2025年工作总结
一、创建成果
（一）主要做法
2023年3月5日，市文明委授予我局“文明单位标兵”荣誉称号。我局2017年获评省级文明单位。力争创成全国文明单位。
先后荣获全国“安康杯”竞赛优胜单位、“省级青年文明号”等称号，被评为五星级党支部。
（二）所获荣誉
1.2024年5月，全市信息工作先进集体（市委办公室）。
2.“书香机关”
二、有关情况
我局再次获评省级文明单位，大家受到鼓舞。三名职工获得“最美志愿者”称号。
"""
TABLE = (
    ("荣誉名称", "授予单位", "授予时间"),
    ("平安单位", "区平安办", "2024.03.05"),
    ("“巾帼文明岗”", "市妇联", "2024年"),
)
FIVE_STARS = ("荣誉", 6)
USUAL = ("--sheet", SHEET)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = begin(tmp_path_factory.mktemp("begun"))
    file = docx.Document()
    for line in LINES.splitlines():
        file.add_paragraph(line)
    table = file.add_table(rows=len(TABLE), cols=len(TABLE[0]))
    for at, row in enumerate(TABLE):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    file.save(str(root / FILE))
    return root


@pytest.fixture
def root(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = copy_to_work_in(begun, tmp_path, monkeypatch)
    assert bring(*USUAL, file=FILE).exit_code == 0
    return root


def told(root: Path, *args: str) -> list[str]:
    """What the import of the filled sheet lists, but for the pages."""
    done = bring(*USUAL, *args, file=FILE)
    lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return [line for line in lines if not line.startswith("report/")]


def agree(root: Path, but: dict[tuple[str, int], str] | None = None) -> None:
    """Confirm all honours, and that the numbers are no figures."""
    confirm(root / SHEET, but=(but or {}) | {("指标", at): "不是指标" for at in range(2, 5)})
    for at, row in enumerate(rows(root / SHEET, "荣誉")[1:], 2):
        if row[5] is None:
            fill(root / SHEET, {("荣誉", at, "获奖主体"): "集体"})


def recorded(root: Path) -> dict[str, tuple[Any, ...]]:
    honours = {one.id: one.data for one in read(root).archive.of(Honour)}
    return {
        id_: (one.title, one.recipient, one.level, one.body, one.date)
        for id_, one in honours.items()
    }


def test_the_sheet_has_what_the_text_says_and_no_more(root: Path) -> None:
    assert rows(root / SHEET, "荣誉") == [
        ("序号", "确认", "页面", "编号", "荣誉名称", "获奖主体", "级别", "授予单位", "授予日期", "原句", "尚缺"),
        ("荣誉1", None, ONE, "文明单位标兵", "文明单位标兵", "集体", "市级", "市文明委", datetime(2023, 3, 5), "2023年3月5日，市文明委授予我局“【文明单位标兵】”荣誉称号。", None),
        ("荣誉2", None, ONE, "省级文明单位", "省级文明单位", "集体", "省级", None, None, "我局2017年获评【省级文明单位】。", "授予单位、授予日期（文中为2017年）"),
        ("荣誉3", None, ONE, "全国_安康杯_竞赛优胜单位", "全国“安康杯”竞赛优胜单位", "集体", "国家级", None, None, "先后荣获【全国“安康杯”竞赛优胜单位】、“省级青年文明号”等称号，被评为五星级党支部。", "授予单位、授予日期"),
        ("荣誉4", None, ONE, "省级青年文明号", "省级青年文明号", "集体", "省级", None, None, "先后荣获全国“安康杯”竞赛优胜单位、“【省级青年文明号】”等称号，被评为五星级党支部。", "授予单位、授予日期"),
        ("荣誉5", None, ONE, "五星级党支部", "五星级党支部", "集体", None, None, None, "先后荣获全国“安康杯”竞赛优胜单位、“省级青年文明号”等称号，被评为【五星级党支部】。", "级别、授予单位、授予日期"),
        ("荣誉6", None, ONE, "全市信息工作先进集体", "全市信息工作先进集体", "集体", "市级", "市委办公室", None, "1.2024年5月，【全市信息工作先进集体】（市委办公室）。", "授予日期（文中为2024年5月）"),
        ("荣誉7", None, ONE, "书香机关", "书香机关", "集体", None, None, None, "“【书香机关】”", "级别、授予单位、授予日期"),
        ("荣誉8", None, TWO, "省级文明单位", "省级文明单位", "集体", "省级", None, None, "我局再次获评【省级文明单位】，大家受到鼓舞。", "授予单位、授予日期（文中为2017年）"),
        ("荣誉9", None, TWO, "最美志愿者", "最美志愿者", "个人", None, None, None, "三名职工获得“【最美志愿者】”称号。", "级别、授予单位、授予日期"),
        ("荣誉10", None, TWO, "平安单位", "平安单位", "集体", None, "区平安办", datetime(2024, 3, 5), "【平安单位】", "级别"),
        ("荣誉11", None, TWO, "巾帼文明岗", "巾帼文明岗", "集体", "市级", "市妇联", None, "“【巾帼文明岗】”", "授予日期（文中为2024年）"),
    ]  # fmt: skip


ONE, TWO = "一、创建成果", "二、有关情况"


def test_what_is_confirmed_is_recorded_once_and_then_nothing_is_left_to_do(root: Path) -> None:
    agree(root, {("荣誉", 10): "不是荣誉", FIVE_STARS: "对"})
    listed = told(root)
    assert listed[-1].startswith("共写 ")
    assert told(root, "--write")[:-1] == listed[:-1]
    assert [line for line in listed if line.startswith(("荣誉", "不是荣誉"))] == [
        "荣誉 文明单位标兵：文明单位标兵，集体，市级，市文明委，2023-03-05",
        "荣誉 省级文明单位：省级文明单位，集体，省级",
        "荣誉 全国_安康杯_竞赛优胜单位：全国“安康杯”竞赛优胜单位，集体，国家级",
        "荣誉 省级青年文明号：省级青年文明号，集体，省级",
        "荣誉 五星级党支部：五星级党支部，集体",
        "荣誉 全市信息工作先进集体：全市信息工作先进集体，集体，市级，市委办公室",
        "荣誉 书香机关：书香机关，集体",
        "荣誉 平安单位：平安单位，集体，区平安办，2024-03-05",
        "荣誉 巾帼文明岗：巾帼文明岗，集体，市级，市妇联",
        "不是荣誉：“三名职工获得“【最美志愿者】”称号。”",
    ]
    site = read(root)
    assert check(site) == ()
    assert (root / "data/honours/平安单位.yml").read_text("utf-8") == (
        "title: 平安单位\nrecipient: 集体\nlevel:\nbody: 区平安办\ndate: 2024-03-05\n"
        "basis:\ncertificate:\nterm:\nterm_end:\n"
    )
    pages = [site.archive.pages[f"report/2025/{at}.md"].text for at in (1, 2)]
    assert '授予我局“{{ honours("文明单位标兵") }}”荣誉称号。' in pages[0]
    assert pages[1].count('{{ honours("省级文明单位") }}') == 1
    assert '| “{{ honours("巾帼文明岗") }}” | 市妇联 |' in pages[1]
    # A number within a title is a find of its own: the honour is recorded, its title stays as typed.
    assert "被评为五星级党支部。" in pages[0]
    assert "最美志愿者" in site.archive.reports["2025"].typed
    shown = review_page(site, "2025")
    assert shown is not None
    assert "对，平安单位，集体，区平安办，2024-03-05" in shown
    assert "不是荣誉" in shown
    # The same sheet, no sheet and a new sheet change nothing.
    written = contents(root)
    assert told(root, "--write", "--replace")[:-1] == []
    assert contents(root) == written
    again = bring("--write", "--replace", file=FILE)
    assert "最美志愿者" not in again.stdout
    assert contents(root) == written
    assert bring("--sheet", "再.xlsx", "--replace", file=FILE).exit_code == 0
    found = {row[0]: row[1] for row in rows(root / "再.xlsx", "荣誉")}
    assert found == {
        "序号": "确认", **{f"荣誉{at}": "对" for at in range(1, 12)}, "荣誉5": None, "荣誉9": "不是荣誉",
    }  # fmt: skip


def test_an_honour_that_is_recorded_already_is_proposed_as_that_and_merged(root: Path) -> None:
    (root / "data/honours").mkdir(exist_ok=True)
    fields = "level: 省级\nbody: 省文明委\nbasis:\ncertificate:\nterm:\nterm_end:\n"
    (root / "data/honours/old.yml").write_text(f"title: 省级文明单位\nrecipient: 集体\ndate: 2017-11-01\n{fields}", "utf-8")  # fmt: skip
    (root / "data/honours/other.yml").write_text(f"title: 平安单位\nrecipient: 集体\ndate: 2021-02-03\n{fields}", "utf-8")  # fmt: skip
    assert bring("--sheet", "新.xlsx", file=FILE).exit_code == 0
    (root / "新.xlsx").replace(root / SHEET)
    found = rows(root / SHEET, "荣誉")
    assert [found[at][3:9] for at in (2, 8)] == [
        ("old", "省级文明单位", "集体", "省级", "省文明委", datetime(2017, 11, 1)),
    ] * 2  # fmt: skip
    assert (found[2][-1], found[10][3]) == ("是不是已有的 old", "平安单位")  # of another year
    agree(root, {("荣誉", 3): "并入", ("荣誉", 9): "对"})
    assert "并入 old：“我局2017年获评【省级文明单位】。”" in told(root, "--write")
    known = recorded(root)
    assert known["old"] == ("省级文明单位", "集体", "省级", "省文明委", date(2017, 11, 1))
    assert "省级文明单位" not in known
    assert known["平安单位"][4] == date(2024, 3, 5)
    assert 'honours("old")' in read(root).archive.pages["report/2025/1.md"].text
    assert check(read(root)) == ()


def test_what_is_not_confirmed_is_not_recorded(root: Path) -> None:
    done = bring("--write", file=FILE)
    assert done.stdout.splitlines()[-1] == (
        "请定：荣誉 10 项没有登记：“文明单位标兵”“省级文明单位”“全国“安康杯”竞赛优胜单位”“省级青年文明号”"
        "“五星级党支部”“全市信息工作先进集体”“书香机关”“最美志愿者”“平安单位”“巾帼文明岗”；请用核对表（--sheet）逐项定"
    )
    assert recorded(root) == {}
    confirm(root / SHEET, "以后再定")
    assert "请定：荣誉 第 2、3、4、5、6、7、8、9、10、11 等 11 行还没有确认" in [
        line.replace("11等", "11 等") for line in told(root, "--write", "--replace")
    ]
    assert recorded(root) == {}


FAULTS: dict[str, Cells] = {
    "D 列（编号）：须由汉字、字母、数字、点、短横、下划线组成，以汉字、字母、数字开头，现为 a b；请改正，或者清空，由名称得出": {("荣誉", 5, "编号"): "a b"},
    "D 列（编号）：并入的须是已有的荣誉，没有 甲乙": {("荣誉", 5, "确认"): "并入", ("荣誉", 5, "编号"): "甲乙"},
    "D 列（编号）：并入的须是已有的荣誉，现为空；请填它的编号": {("荣誉", 5, "确认"): "并入", ("荣誉", 5, "编号"): None},
    "E 列（荣誉名称）：须填写，现为空；请填写": {("荣誉", 5, "荣誉名称"): None},
    "F 列（获奖主体）：须填写，现为空；请填写": {("荣誉", 5, "获奖主体"): None},
    "F 列（获奖主体）：须为 集体、个人 之一，现为 \"全局\"；请重新填写": {("荣誉", 5, "获奖主体"): "全局"},
    "I 列（授予日期）：同名的荣誉 平安单位 已有，须写明不同的授予日期，现为 2024-03-05、空；请填写，是同一项的，确认填“并入”，编号填 平安单位": {("荣誉", 12, "荣誉名称"): "平安单位"},
    "H 列（授予单位）：荣誉 省级文明单位 在这份表里的授予单位是“省文明委”，须相同，现为“市文明委”；请改成相同，另是一项的请换一个编号": {("荣誉", 3, "授予单位"): "省文明委", ("荣誉", 9, "授予单位"): "市文明委"},
}  # fmt: skip


@pytest.mark.parametrize("said", FAULTS)
def test_faults(root: Path, said: str) -> None:
    agree(root)
    fill(root / SHEET, FAULTS[said])
    before = contents(root)
    found = [line for line in told(root, "--write") if " 列（" in line]
    assert [line for line in found if said in line], found
    assert contents(root) == before


def test_a_record_that_is_there_is_not_changed_from_the_sheet(root: Path) -> None:
    agree(root)
    assert told(root, "--write")
    fill(root / SHEET, {("荣誉", 11, "级别"): "市级"})
    before = contents(root)
    said = "荣誉 第 11 行 G 列（级别）：荣誉 平安单位 已有的级别是“空”，须相同，现为“市级”；请改成相同，另是一项的请换一个编号"
    assert said in told(root, "--write", "--replace")
    assert contents(root) == before


def test_an_id_that_another_record_has_in_other_letters(root: Path) -> None:
    (root / "data/honours").mkdir(exist_ok=True)
    (root / "data/honours/old.yml").write_text("title: 无\n", "utf-8")  # not valid
    agree(root)
    fill(root / SHEET, {("荣誉", 2, "编号"): "OLD"})
    assert "荣誉 第 2 行 D 列（编号）：编号须没有用过，OLD 已有记录；请换一个编号" in told(
        root, "--write"
    )


NONE = """\
力争荣获全国文明单位，争创省级文明单位，申报“平安单位”。
授予20户家庭“星级文明户”称号，将30户评为“最美家庭”。
获得资助资金20万元，群众获得感增强，获市领导批示19篇，获专利授权53项，荣获省级以上荣誉12项。
项目获得“绿色通道”支持，未获评省级文明单位。
12家企业被认定为高新技术企业。评选“好媳妇”78人。
"""


def test_what_is_no_honour_is_not_found() -> None:
    lines = NONE.splitlines()
    assert awards(lines, [Spot("text")] * len(lines)) == []
