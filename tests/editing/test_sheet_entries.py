"""Workbooks of the register and of the names: filled in, merged three-way, written into their one file."""

from pathlib import Path

import openpyxl
import pytest

from tests.samples.approvals import ENTERED
from tests.samples.desk import REFUSED, TO_WRITE, WRITTEN, Desk
from tests.samples.sample import FIGURES, UNIT, write

REGISTER, NAMES = "data/figures.yml", "data/unit.yml"
VISITED = FIGURES[FIGURES.index("visited:") :]
HELPED = ENTERED.replace("visited:", "helped:").replace("走访居民", "帮扶企业")
LATER = "visited@2025:\n  value:\n"
CITY = '  city:\n    meaning: 所在地\n    person: false\n    value:\n    mask: "**"\n'
PART = "docs/report/part-1.md"
FILLED = {
    "数值": 96, "时期起始日": "2023-01-01", "时期截止日": "2025-12-31", "数据来源": "走访记录",
    "责任科室": "办公室", "公开属性": "公开", "填报岗位": "办公室", "填报日期": "2026-02-01",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    text = '---\ntitle: 一、组织\n---\n\n# 一、组织\n\n## （一）统筹 { #planning }\n\n{{ fig("activities") }}、{{ fig("visited") }}、{{ fig("helped") }}、{{ name("city") }}。\n'
    write(tmp_path, {REGISTER: FIGURES + HELPED + LATER, NAMES: UNIT + CITY, PART: text})
    return Desk(tmp_path)


def rows(desk: Desk, label: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(desk.sheet)[label].iter_rows(max_col=3, values_only=True))


def test_what_stands_in_the_register_is_filled_in(desk: Desk) -> None:
    desk.export("figures")
    assert rows(desk, "指标登记") == [
        ("编号", "指标名称", "数值"),
        ("visited", "走访居民", None),
        ("helped", "帮扶企业", 96),
        ("visited@2025", "走访居民（2025）", None),
    ]
    desk.row(2, FILLED, "指标登记")
    desk.row(4, {"数值": 31, "填报岗位": "办公室", "填报日期": "2026-02-01"}, "指标登记")
    code, lines, summary = desk.unwritten()
    assert (code, summary) == (0, f"修改 2 条。{TO_WRITE}")
    assert lines[:3] == [
        f"修改 {REGISTER}（走访居民，第 2 行）",
        "  数值：空 → 96",
        "  时期起始日：空 → 2023-01-01",
    ]
    assert desk.import_lines("--write") == (0, lines, f"修改 2 条。{WRITTEN}")
    expected = (
        (FIGURES + HELPED + LATER)
        .replace("    start:\n    end:\n", "    start: 2023-01-01\n    end: 2025-12-31\n")
        .replace("  source:\n  office:\n", "  source: 走访记录\n  office: 办公室\n")
        .replace("  disclosure:\n", "  disclosure: 公开\n")
    )
    there = desk.text(REGISTER)
    for text in ("  value: 96\n  prepared:\n    by: 办公室\n    date: 2026-02-01\n", "visited@2025:\n  value: 31\n  prepared:\n    by: 办公室\n"):  # fmt: skip
        assert text in there
    assert there.partition("  value: 96\n")[0] == expected.partition("  value:\n")[0]


def test_names_are_filled_in(desk: Desk) -> None:
    desk.export("名称")
    assert rows(desk, "名称")[:3] == [
        ("编号", "含义", "名称"),
        ("bureau", "本单位", None),
        ("city", "所在地", None),
    ]
    desk.row(2, {"名称": "样例市", "公开属性": "公开"}, "名称")
    desk.row(3, {"名称": "样例"}, "名称")
    desk.edit(NAMES, "meaning: 所在地", "meaning: 所在的市")
    code, _, summary = desk.import_lines("--write")
    assert (code, summary) == (0, f"修改 2 条。{WRITTEN}")
    assert desk.text(NAMES) == (UNIT + CITY).replace(
        "meaning: 所在地", "meaning: 所在的市"
    ).replace(
        '    value:\n    mask: "***"\n',
        '    value: 样例市\n    mask: "***"\n    disclosure: 公开\n',
    ).replace('    value:\n    mask: "**"\n', '    value: 样例\n    mask: "**"\n')


def test_a_name_has_the_bound_of_its_field(desk: Desk) -> None:
    desk.export("名称")
    desk.row(2, {"名称": "市" * 51}, "名称")
    assert desk.unwritten("--write")[1] == [
        "名称 第 2 行 C 列（名称）：须不超过 50 个字符，现有 51 个；请删短"
    ]


def test_others_changes_stay_and_clashes_are_told(desk: Desk) -> None:
    desk.export("figures")
    desk.row(2, {"数据来源": "走访记录"}, "指标登记")
    desk.edit(REGISTER, VISITED, VISITED.replace("  office:\n", "  office: 综合科\n"))
    assert desk.import_lines("--write")[0] == 0
    assert "  source: 走访记录\n  office: 综合科\n" in desk.text(REGISTER)
    mine = "  source: 走访记录\n  office: 综合科\n"
    desk.edit(REGISTER, mine, mine.replace("走访记录", "台账"))
    code, lines, _ = desk.unwritten("--write")
    assert (code, lines) == (
        1,
        [
            f"冲突 {REGISTER}（走访居民，指标登记 第 2 行），这条记录不写入：",
            "  数据来源：导出时 空，他人已改为 台账，表中改为 走访记录",
        ],
    )


def test_what_a_sheet_of_entries_cannot_do_is_told(desk: Desk) -> None:
    desk.export("figures")
    desk.row(2, {"指标名称": "走访", "数值": "许多"}, "指标登记")
    desk.row(3, {"数值": 97}, "指标登记")
    desk.row(4, {"责任科室": "办公室"}, "指标登记")
    desk.row(5, {"指标名称": "新的", "数值": 1}, "指标登记")
    code, lines, summary = desk.unwritten("--write")
    assert (code, summary) == (1, f"问题 5 处。{REFUSED}")
    assert lines == [
        "指标登记 第 2 行 B 列（指标名称）：由程序填写，须与导出时相同；请改回来",
        '指标登记 第 2 行 C 列（数值）：须为不小于 0 的数，小数不超过 4 位，现为 "许多"；请重新填写',
        "指标登记 第 3 行 C 列（数值）：须仍为核定或报送的 96，改它须用“修订或更正指标”的表单；请改回来",
        "指标登记 第 4 行 H 列（责任科室）：各期的须与指标一致，不单独填写；请改 visited 那一行，这里改回来",
        "指标登记 第 5 行 A 列（编号）：须为导出时已有的编号，现为空；请删去这一行，要增加的，请维护人员登记",
    ]


def test_a_problem_that_the_check_finds_is_told_by_its_row(desk: Desk) -> None:
    desk.export("figures")
    desk.row(2, {**FILLED, "时期起始日": "2026-01-01"}, "指标登记")
    _, lines, _ = desk.unwritten("--write")
    assert [one for one in lines if one.startswith("指标登记")] == [
        "指标登记 第 2 行：visited（走访居民）的截止日须不早于起始日 2026-01-01，现为 2025-12-31；请改正其中一个日期"
    ]
    desk.row(2, {"时期起始日": "2023-01-01", "填报日期": "2027-01-01"}, "指标登记")
    _, lines, _ = desk.unwritten("--write")
    assert [one for one in lines if one.startswith("指标登记")] == [
        "指标登记 第 2 行：visited（走访居民）的填报日期须不晚于今天，现为 2027-01-01；请改为今天或以前的日期，还没有发生的先不写"
    ]
