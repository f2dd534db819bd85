"""New rows: their ids and files, and rows that are no new ones."""

from datetime import datetime
from typing import Any

import pytest

from tests.samples.desk import ADDED, LABEL, NOTHING, ROW, SECOND, WRITTEN, Desk
from tests.samples.sample import write


def test_a_new_row_becomes_a_new_file(filled: Desk) -> None:
    filled.row(5, ROW)
    new = "data/volunteering/2025/20250312-01.yml"
    before = filled.files()
    exit_, lines, summary = filled.import_lines("--write")
    assert (exit_, summary) == (0, f"新增 1 条。{WRITTEN}")
    assert lines == [
        f"新增 {new}（植树，第 5 行）", "  日期：2025-03-12", "  活动名称：植树", "  类别：植树造林",
        "  地点：林场", "  参加人数：3", "  总时长：6.5", "  服务人次：4", "  组织科室：办公室",
        "  原始资料：签到表", "  记录人：办公室",
        "因此改变的指标（1 个）", "  activities 开展活动：***次（已计 3） → ***次（已计 4）",
    ]  # fmt: skip
    assert filled.files() == {**before, new: ADDED.encode()}
    # The same sheet again: what it added is there already.
    assert filled.unwritten("--write") == (
        0,
        [f"注意：{LABEL} 第 5 行：已在 {new} 中，不再新增"],
        NOTHING,
    )
    # Filled in further, it is neither that record nor surely another one.
    filled.cells({(5, "参加人数"): 9})
    rule = f"须不与导出以后新增的记录日期、名称相同，已见 {new}；要改它、要另加一条，请重新导出"
    assert filled.unwritten("--write")[:2] == (1, [f"{LABEL} 第 5 行 A 列（编号）：{rule}"])


def test_new_ids_never_clash(desk: Desk) -> None:
    write(
        desk.root, {"data/volunteering/2025/20250312-02.yml": ADDED.replace("植树\n", "旧的\n", 1)}
    )
    desk.export()
    names = ["甲", "乙", "丙", "丁"]
    for number, name in enumerate(names, 6):
        desk.row(number, {**ROW, "活动名称": name})
    desk.cells({(8, "编号"): "20250312-植树", (9, "编号"): "２０２５０３１２－０１"})
    exit_, lines, _ = desk.import_lines("--write")
    assert exit_ == 0
    assert [line.split("（")[0] for line in lines if line.startswith("新增")] == [
        f"新增 data/volunteering/2025/{id_}.yml"
        for id_ in ("20250312-03", "20250312-04", "20250312-植树", "20250312-01")
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"编号": "b"}, "5 行 A 列（编号）：编号须唯一，b 已用于第 3 行；复制的行请清空编号"),
        (
            {"编号": "甲 乙"},
            "5 行 A 列（编号）：须由汉字、字母、数字、点、短横、下划线组成，现为 甲 乙；请改正，或者清空",
        ),
        (
            {"编号": "B"},
            "5 行 A 列（编号）：新增的行须用没有用过的编号或者空着，B 已有记录；请换一个，或者清空",
        ),
        ({}, ""),
    ],
)
def test_ids_of_new_rows(filled: Desk, row: dict[str, Any], message: str) -> None:
    filled.row(5, {**ROW, **row})
    exit_, lines, _ = filled.unwritten()
    faults = [line for line in lines if line.startswith(LABEL)]
    assert (exit_, faults) == ((1, [f"{LABEL} 第 {message}"]) if message else (0, []))


def test_rows_that_are_there_twice(filled: Desk) -> None:
    filled.row(5, ROW)
    filled.row(6, ROW)
    copied = {
        "日期": datetime(2024, 4, 6), "活动名称": "植树", "类别": "学雷锋", "地点": "社区",
        "参加人数": 12, "人均时长": 2.5, "服务人次": 30, "组织科室": "办公室", "原始资料": "签到表",
        "记录人": "办公室",
    }  # fmt: skip
    filled.row(7, copied)
    filled.row(8, {**copied, "地点": "林场"})
    exit_, lines, _ = filled.unwritten("--write")
    assert (exit_, [line for line in lines if not line.startswith(("新增", "  "))]) == (
        1,
        [
            f"{LABEL} 第 6 行 A 列（编号）：须不与别的行完全相同，已见第 5 行；重复的行请删去",
            f"{LABEL} 第 7 行 A 列（编号）：须不与别的记录完全相同，已见 {SECOND}；重复的行请删去",
            f"{LABEL} 第 8 行 Q 列（别有一次）：同一件事须只记一次，日期、活动名称相同的已见 {SECOND}:2；请删去一条，确是另一次的，在“别有一次”里列出 b",
        ],
    )  # fmt: skip


def test_a_row_like_an_old_record_is_not_added_twice(filled: Desk) -> None:
    filled.row(5, {**ROW, "日期": datetime(2024, 4, 6), "别有一次": "b"})
    assert filled.import_lines("--write")[0] == 0
    filled.cells({(5, "参加人数"): 9})
    new = "data/volunteering/2024/20240406-01.yml"
    rule = f"须不与导出以后新增的记录日期、名称相同，已见 {new}；要改它、要另加一条，请重新导出"
    assert filled.unwritten("--write")[:2] == (1, [f"{LABEL} 第 5 行 A 列（编号）：{rule}"])


def test_an_id_may_not_be_changed(filled: Desk) -> None:
    filled.cells({(3, "编号"): "新的编号", (3, "参加人数"): 15, (4, "编号"): None})
    exit_, lines, _ = filled.unwritten()
    assert (exit_, lines) == (
        1,
        [
            "表中没有、不会删除：b（植树）、c（劝导）",
            f"{LABEL} 第 3 行 A 列（编号）：编号不得改动，原为 b，现为 新的编号；请改回来",
            f"{LABEL} 第 4 行 A 列（编号）：编号不得改动，原为 c，现为空；请改回来",
        ],
    )
