"""The guide to bringing a report tells what happens: each session with the review sheet is run, each message is met."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from textwrap import dedent

import docx
import pytest
from click.testing import CliRunner

from archive.checks import check
from archive.commands.cli import main
from tests.conftest import ROOT
from tests.samples.brought import AS_OF, begin, bring, read
from tests.samples.review import Cells, confirm, fill, rows

GUIDE = (ROOT / "archive" / "guide" / "bring.md").read_text("utf-8")
SESSIONS = [
    dedent(found).split("\n", 1)
    for found in re.findall(
        r"^ *```console\n( *\$ \.venv/bin/archive [^\n]* --sheet .*?) *```$",
        GUIDE,
        re.MULTILINE | re.DOTALL,
    )
]
TEXT = """\
示例市某局2025年工作总结
一、学习
全年组织集中学习24次，党员参学率达98.5%，完成专报8篇。
56名干部参加培训。三次产业结构为9.1:38.3:52.6。
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path.resolve() / "档案"
    root.mkdir()
    monkeypatch.chdir(begin(root))
    return root


def test_the_sessions_of_the_guide(root: Path) -> None:
    file = docx.Document()
    for line in TEXT.splitlines():
        file.add_paragraph(line)
    file.save("总结.docx")
    assert bring("--write", file="总结.docx").exit_code == 0

    def filled() -> None:
        assert [row[1] for row in rows(root / "核对.xlsx", "指标")[1:]] == [
            "对",
            "对",
            "对",
            None,
            None,
        ]
        fill(root / "核对.xlsx", {
            ("指标", 2, "名称"): "集中学习", ("指标", 5, "确认"): "对", ("指标", 5, "名称"): "参训干部人数",
            ("指标", 6, "确认"): "不是指标",
        })  # fmt: skip

    steps: list[Callable[[], None]] = [lambda: None, filled, lambda: None]
    for step, (command, answer) in zip(steps, SESSIONS, strict=True):
        step()
        args = command.removeprefix("$ .venv/bin/archive ").split()
        done = CliRunner().invoke(main, [*args, "--as-of", str(AS_OF)], catch_exceptions=False)
        assert done.stdout + done.stderr == answer
    assert check(read(root)) == ()


REPORT = """\
题目

一、甲

全年组织集中学习24次，党员参学率达98.5%，完成专报8篇。办理专报4件。获评***先进。三次产业结构为9.1:38.3:52.6。我局荣获“平安单位”称号，被评为“书香机关”。
气温-4℃。举办讲座6期20人次。评为***模范。获＊＊＊奖。
"""
ROWS = {"集中学习": 2, "参学率": 3, "8篇": 4, "4件": 5, "结构": 6}
FAULTS: dict[str, Cells] = {
    "须为 对": {("指标", 2, "确认"): "是"},
    "比例": {("指标", 6, "确认"): "对"},
    "须由小写": {("指标", 2, "编号"): "Bad id"},
    "编号须一个": {("指标", 5, "编号"): "专报数"},
    "并入的须": {("指标", 2, "确认"): "并入", ("指标", 2, "编号"): "专报份数"},
    "须填写，现为空；请填写": {("指标", 2, "名称"): None},
    "名称须唯一": {("指标", 5, "名称"): "专报数"},
    "单位须与": {("指标", 2, "单位"): "人"},
    "这一列": {("指标", 3, "数值或掩码"): "99"},
    "起止日须": {("指标", 2, "起始日"): datetime(2025, 2, 3)},
    "须填写，现为空；请填时期": {("指标", 2, "截止日"): None},
    "时点须": {("指标", 2, "起始日"): None, ("指标", 2, "截止日"): datetime(2024, 12, 31)},
    "起始日须不晚于": {("指标", 2, "起始日"): datetime(2026, 1, 1)},
    "须由字母": {("名称", 2, "编号"): "1 号"},
    "须填写，现为空；请填写隐去": {("名称", 2, "含义"): None},
    "须由汉字": {("荣誉", 2, "编号"): "a b"},
    "并入的须是已有的荣誉": {("荣誉", 2, "确认"): "并入"},
    "同名的荣誉": {("荣誉", 2, "授予日期"): datetime(2024, 3, 5), ("荣誉", 3, "荣誉名称"): "平安单位"},
    "不得有星号": {("指标", 2, "名称"): "查处**数"},
    "须为一行": {("指标", 2, "名称"): "甲\n乙"},
    "须不超过": {("指标", 2, "名称"): "长" * 2001},
    "须写实际": {("指标", 2, "科室"): "无"},
    "写法须是": {("指标", 7, "确认"): "对", ("指标", 7, "名称"): "气温"},
    "单位须在": {("指标", 8, "单位"): "期20人次"},
    "并入的须是已有的名称": {("名称", 2, "确认"): "并入", ("名称", 2, "编号"): "名称_9"},
    "名称 bureau": {("名称", 2, "编号"): "bureau"},
    "名称 名称_1": {("名称", 2, "含义"): "优秀党员", ("名称", 3, "含义"): "模范", ("名称", 3, "编号"): "名称_1"},
    "掩码须是": {("名称", 4, "确认"): "对"},
    "须是工作表": {("指标", 2, "由台账计数"): "志愿服务"},
    "须是导出时": {("指标", 10, "名称"): "合计"},
    "序号须唯一": {("名称", 5, "序号"): "名称1"},
}  # fmt: skip
ELSEWHERE = (
    "指标 专报数 的名称",
    "指标 专报数 同一时期",
    "台账计得",
    "编号须没有用过",
    "荣誉 平安单位",
    "“99.15%”的小数",
)
"""What is met in test_report_sheet.py, test_report_honours.py and test_report_years.py."""


def test_each_fault_in_the_guide_is_met(root: Path) -> None:
    (root / "总结.txt").write_text(REPORT, "utf-8")
    assert bring("--sheet", "空.xlsx").exit_code == 0
    table = GUIDE.partition("{ #review-faults }")[2].partition("\n\n删去的行")[0]
    told = re.findall(r"^\| (?!列 )([^|]*) \| (.*?) \| .* \|$", table, re.MULTILINE)
    assert len(told) == len(FAULTS) + len(ELSEWHERE)
    confirm(
        root / "空.xlsx", but=dict.fromkeys((("指标", 6), ("指标", 7), ("名称", 4)), "以后再定")
    )
    fill(root / "空.xlsx", {("指标", 5, "名称"): "办理专报数", ("指标", 5, "编号"): "办理专报数"})
    for column, message in told:
        if message.startswith(ELSEWHERE):
            continue
        fitting = (begins for begins in FAULTS if message.startswith(begins))
        cells = FAULTS[max(fitting, key=len)]
        sheet = root / "核对.xlsx"
        sheet.write_bytes((root / "空.xlsx").read_bytes())
        fill(sheet, cells)
        found = [
            line for line in bring("--sheet", "核对.xlsx").stdout.splitlines() if " 第 " in line
        ]
        assert len(found) == 1, (message, found)
        assert f"列（{column}）：{message}" in found[0]
