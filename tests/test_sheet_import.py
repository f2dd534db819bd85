"""The sheet from export to import: what is told, what is written, and what is never lost."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from archive.sheet import writing
from archive.site import load
from tests.sample import RECORD, UNIT, write
from tests.test_collections import RECORDS, path
from tests.test_honours import CIVILISED

LABEL = "志愿服务活动"
FIRST = "data/volunteering/2024/20240305-a.yml"
SECOND = "data/volunteering/2024/b.yml"
THIRD = "data/volunteering/2024/c.yml"
OTHER = RECORD.replace("2024-03-05", "2024-04-06").replace("学雷锋进社区", "植树")
LAST = RECORD.replace("2024-03-05", "2024-05-07").replace("学雷锋进社区", "劝导")
FILES = {SECOND: OTHER, THIRD: LAST}
ROW = {
    "日期": datetime(2025, 3, 12), "活动名称": "植树", "类别": "植树造林", "地点": "林场",
    "参加人数": 3, "总时长": 6.5, "服务人次": 4, "组织科室": "办公室", "原始资料": "签到表",
    "记录人": "办公室",
}  # fmt: skip
ADDED = """\
date: 2025-03-12
title: 植树
kind: 植树造林
place: 林场
participants: 3
hours_total: 6.5
services: 4
organiser: 办公室
source: 签到表
evidence: []
recorder: 办公室
reviewer:
"""
NOTHING = "没有改动。\n"
TO_WRITE = "没有写入；核对无误后加 --write 写入。\n"
WRITTEN = "已写入。这份表已用过，再改请重新导出。\n"
REFUSED = "有问题，一条也没有写入；改好后再导入。\n"

Change = Callable[[Any], object]


class Desk:
    """A clerk's desk: a site in a folder, a workbook beside it, and the two commands."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sheet = root / "sheet.xlsx"

    def run(self, *args: str) -> Result:
        load.cache_clear()
        command = ["sheet", *args, "--as-of", "2026-03-01"]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    def export(self, name: str = "volunteering") -> None:
        assert self.run("export", name, "sheet.xlsx").exit_code == 0

    def fill(self, change: Change) -> None:
        """Change the workbook as a clerk would."""
        book = openpyxl.load_workbook(self.sheet)
        change(book)
        book.save(self.sheet)

    def cells(self, values: dict[tuple[int, str], Any], label: str = LABEL) -> None:
        """Fill cells: (row, heading) → value."""
        self.fill(lambda book: put(book[label], values))

    def row(self, number: int, values: dict[str, Any], label: str = LABEL) -> None:
        self.cells({(number, head): value for head, value in values.items()}, label)

    def edit(self, name: str, old: str, new: str) -> None:
        """What somebody else does meanwhile to a file."""
        text = self.text(name)
        assert text.count(old) == 1
        (self.root / name).write_bytes(text.replace(old, new).encode())

    def text(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def files(self) -> dict[str, bytes]:
        """Everything under data/, hidden files too."""
        found = (one for one in (self.root / "data").rglob("*") if one.is_file())
        return {str(one.relative_to(self.root)): one.read_bytes() for one in found}

    def told(self, *args: str) -> tuple[int, list[str], str]:
        """Import: exit, lines, summary."""
        result = self.run("import", "sheet.xlsx", *args)
        return result.exit_code, result.stdout.splitlines(), result.stderr

    def unwritten(self, *args: str) -> tuple[int, list[str], str]:
        """The same, when no byte may change."""
        before = self.files()
        told = self.told(*args)
        assert self.files() == before
        return told


def put(sheet: Any, values: dict[tuple[int, str], Any]) -> None:
    heads = {cell.value: cell.column for cell in sheet[1]}
    for (row, head), value in values.items():
        sheet.cell(row, heads[head]).value = value


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, FILES)
    return Desk(tmp_path)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.export()
    return desk


def test_an_untouched_sheet_changes_no_byte(filled: Desk) -> None:
    assert filled.unwritten("--write") == (0, [], NOTHING)


def test_a_cell_changes_one_line_of_one_file(filled: Desk) -> None:
    filled.cells({(3, "参加人数"): 15, (3, "备注"): "补记\n第二行"})
    told = [f"修改 {SECOND}（植树，第 3 行）", "  参加人数：12 → 15", "  备注：空 → 补记↵第二行"]
    assert filled.unwritten() == (0, told, f"修改 1 条。{TO_WRITE}")
    before = filled.files()
    assert filled.told("--write") == (0, told, f"修改 1 条。{WRITTEN}")
    new = OTHER.replace("participants: 12", "participants: 15") + "note: |-\n  补记\n  第二行\n"
    assert filled.files() == {**before, SECOND: new.encode()}
    assert filled.unwritten("--write") == (0, [], NOTHING)


def test_comments_order_quotes_and_line_breaks_stay(desk: Desk) -> None:
    text = "# 抬头\r\n" + OTHER.replace("title: 植树", 'title:   "植树" # 名').replace("\n", "\r\n")
    (desk.root / SECOND).write_bytes(text.encode())
    desk.export()
    desk.cells({(3, "活动名称"): "种树", (3, "佐证材料"): "照片\n签到表"})
    assert desk.told("--write")[0] == 0
    new = (
        text.replace('"植树"', '"种树"')
        .replace("[]", "\r\n  - 照片\r\n  - 签到表")
        .replace("evidence: ", "evidence:")
    )
    assert desk.text(SECOND) == new


def test_others_change_another_field_meanwhile(filled: Desk) -> None:
    filled.cells({(3, "参加人数"): 15})
    filled.edit(SECOND, "services: 30", "services: 31 # 核对")
    told = [f"修改 {SECOND}（植树，第 3 行）", "  参加人数：12 → 15"]
    assert filled.told("--write") == (0, told, f"修改 1 条。{WRITTEN}")
    assert filled.text(SECOND) == OTHER.replace("services: 30", "services: 31 # 核对").replace(
        "participants: 12", "participants: 15"
    )


def test_others_make_the_same_change(filled: Desk) -> None:
    filled.cells({(3, "参加人数"): 15})
    filled.edit(SECOND, "participants: 12", "participants: 15")
    assert filled.unwritten("--write") == (0, [], NOTHING)


def test_both_change_the_same_field(filled: Desk) -> None:
    filled.cells({(3, "参加人数"): 15, (3, "服务人次"): 33, (4, "地点"): "路口"})
    filled.edit(SECOND, "participants: 12", "participants: 16")
    told = [
        f"修改 {THIRD}（劝导，第 4 行）",
        "  地点：社区 → 路口",
        f"冲突 {SECOND}（植树，{LABEL} 第 3 行），这条记录不写入：",
        "  参加人数：导出时 12，他人已改为 16，表中改为 15",
    ]
    advice = "冲突的记录没有写入：要用他人的值，把表中这一格改成与它相同；要用表中的值，请重新导出后再改。\n"
    assert filled.told("--write") == (
        1, told, f"修改 1 条，冲突 1 条。{WRITTEN[:-1]}{advice}",
    )  # fmt: skip
    # Nothing of the record in conflict, not even the field that nobody else changed.
    assert filled.text(SECOND) == OTHER.replace("participants: 12", "participants: 16")
    assert filled.text(THIRD) == LAST.replace("place: 社区", "place: 路口")
    filled.cells({(3, "参加人数"): 16})
    assert filled.told("--write") == (
        0, [f"修改 {SECOND}（植树，第 3 行）", "  服务人次：30 → 33"], f"修改 1 条。{WRITTEN}",
    )  # fmt: skip


def test_a_new_row_becomes_a_new_file(filled: Desk) -> None:
    filled.row(5, ROW)
    new = "data/volunteering/2025/20250312-01.yml"
    before = filled.files()
    exit_, told, summary = filled.told("--write")
    assert (exit_, summary) == (0, f"新增 1 条。{WRITTEN}")
    assert told == [
        f"新增 {new}（植树，第 5 行）", "  日期：2025-03-12", "  活动名称：植树", "  类别：植树造林",
        "  地点：林场", "  参加人数：3", "  总时长：6.5", "  服务人次：4", "  组织科室：办公室",
        "  原始资料：签到表", "  记录人：办公室",
    ]  # fmt: skip
    assert filled.files() == {**before, new: ADDED.encode()}
    # The same sheet again: what it added is there already.
    assert filled.unwritten("--write") == (0, [f"注意：第 5 行已在 {new} 中，不再新增"], NOTHING)
    # Filled in further, it is neither that record nor surely another one.
    filled.cells({(5, "参加人数"): 9})
    rule = f"须不与导出以后新增的记录日期、名称相同，已见 {new}；要改它、要另加一条，请重新导出"
    assert filled.unwritten("--write")[:2] == (1, [f"{LABEL} 第 5 行“编号”：{rule}"])


def test_new_ids_never_clash(desk: Desk) -> None:
    write(
        desk.root, {"data/volunteering/2025/20250312-02.yml": ADDED.replace("植树\n", "旧的\n", 1)}
    )
    desk.export()
    names = ["甲", "乙", "丙", "丁"]
    for number, name in enumerate(names, 6):
        desk.row(number, {**ROW, "活动名称": name})
    desk.cells({(8, "编号"): "20250312-植树", (9, "编号"): "２０２５０３１２－０１"})
    exit_, told, _ = desk.told("--write")
    assert exit_ == 0
    assert [line.split("（")[0] for line in told if line.startswith("新增")] == [
        f"新增 data/volunteering/2025/{id_}.yml"
        for id_ in ("20250312-03", "20250312-04", "20250312-植树", "20250312-01")
    ]


def test_missing_rows_are_told_and_stay(filled: Desk) -> None:
    filled.fill(lambda book: book[LABEL].delete_rows(2))
    put_out = {(2, head): None for head in ("日期", "活动名称", "类别", "地点", "参加人数", "人均时长", "服务人次", "组织科室", "原始资料", "佐证材料", "记录人")}  # fmt: skip
    filled.cells(put_out)
    told = ["表中没有、不会删除：20240305-a（学雷锋进社区）、b（植树）"]
    assert filled.unwritten("--write") == (0, told, NOTHING)


def test_rows_in_another_order_and_columns_elsewhere(filled: Desk) -> None:
    def shuffle(book: Any) -> None:
        sheet = book[LABEL]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head, first, second, third = ([row[3], *row[:3], *row[4:]] for row in rows)
        for number, row in enumerate([[*head, "核对"], [*third, "已核"], second, first], 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        book.create_sheet("草稿")

    filled.fill(shuffle)
    filled.cells({(2, "地点"): "路口"})
    told = [
        f"修改 {THIRD}（劝导，第 2 行）",
        "  地点：社区 → 路口",
        f"注意：{LABEL}：多出的列不读取：核对",
        "注意：多出的工作表不读取：草稿",
    ]
    assert filled.unwritten() == (0, told, f"修改 1 条。{TO_WRITE}")


def test_hidden_and_filtered_rows_are_read(filled: Desk) -> None:
    def hide(book: Any) -> None:
        book[LABEL].row_dimensions[3].hidden = True
        put(book[LABEL], {(3, "地点"): "林场"})

    filled.fill(hide)
    told = [
        f"修改 {SECOND}（植树，第 3 行）", "  地点：社区 → 林场", f"注意：{LABEL}：隐藏或筛掉的 1 行照样读取",
    ]  # fmt: skip
    assert filled.unwritten() == (0, told, f"修改 1 条。{TO_WRITE}")


def test_a_day_in_another_year_moves_the_file(filled: Desk) -> None:
    filled.cells({(3, "日期"): datetime(2025, 4, 6)})
    new = "data/volunteering/2025/b.yml"
    told = [f"修改 {SECOND}（植树，第 3 行），移到 {new}", "  日期：2024-04-06 → 2025-04-06"]
    before = filled.files()
    assert filled.told("--write") == (0, told, f"修改 1 条。{WRITTEN}")
    text = before.pop(SECOND).replace(b"2024-04-06", b"2025-04-06")
    assert filled.files() == {**before, new: text}


def test_all_faults_at_once_by_sheet_row_and_column(filled: Desk) -> None:
    filled.cells(
        {
            (2, "参加人数"): "两个",
            (2, "活动名称"): None,
            (3, "人均时长"): 30,
            (3, "类别"): "种树",
            (3, "备注"): "长" * 2001,
            (4, "日期"): datetime(2026, 4, 1),
            (4, "服务人次"): "=1+1",
            (4, "总时长"): 3,
        }
    )
    filled.row(5, {**ROW, "参加人数": None, "日期": "2025-02-30", "人均时长": 25})
    filled.row(
        6, {**ROW, "活动名称": "远", "日期": datetime(2020, 1, 1), "佐证材料": "照片\nfiles/无.jpg"}
    )
    kinds = "植树造林、文明交通、疫情防控、学雷锋、无偿献血、社区服务、爱国卫生、文明宣传、其他"
    exit_, told, summary = filled.unwritten("--write")
    assert (exit_, [line for line in told if not line.startswith(("修改", "新增", "  "))]) == (
        1,
        [
            f"{LABEL} 第 2 行“参加人数”：须为不小于 0、不超过 1000000 的整数，现为 \"两个\"",
            f"{LABEL} 第 2 行“活动名称”：须为文字，现为空",
            f"{LABEL} 第 3 行“人均时长”：须为不小于 0、不超过 24 的数，现为 30",
            f"{LABEL} 第 3 行“备注”：须不超过 2000 个字符，现有 2001 个",
            f'{LABEL} 第 3 行“类别”：须为 {kinds} 之一，现为 "种树"',
            f"{LABEL} 第 4 行“人均时长”：“人均时长”与“总时长”须填其中一个，现在都填了",
            f"{LABEL} 第 4 行“日期”：须不晚于今天（2026-03-01），现为 2026-04-01",
            f"{LABEL} 第 4 行“服务人次”：须填写结果，不能用公式，现为 =1+1；请复制后只粘贴数值",
            f'{LABEL} 第 5 行“人均时长”：须为不小于 0、不超过 24 的数，现为 25',
            f"{LABEL} 第 5 行“参加人数”：须为不小于 0、不超过 1000000 的整数，现为空",
            f'{LABEL} 第 5 行“日期”：须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 "2025-02-30"，没有这一天',
            f"{LABEL} 第 6 行“佐证材料”：所列文件须在 docs/ 下，没有 files/无.jpg",
            f"{LABEL} 第 6 行“日期”：须在建档期间 2023-01-01 至 2025-12-31 之内，现为 2020-01-01",
        ],
    )  # fmt: skip
    assert summary.endswith(f"问题 13 处。{REFUSED}")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"编号": "b"}, "5 行“编号”：编号须唯一，b 已用于第 3 行；复制的行须清空编号"),
        ({"编号": "甲 乙"}, "5 行“编号”：须由汉字、字母、数字、点、短横、下划线组成，现为 甲 乙"),
        ({"编号": "B"}, "5 行“编号”：新增的行须用没有用过的编号或者空着，B 已有记录"),
        ({}, ""),
    ],
)
def test_ids_of_new_rows(filled: Desk, row: dict[str, Any], message: str) -> None:
    filled.row(5, {**ROW, **row})
    exit_, told, _ = filled.unwritten()
    faults = [line for line in told if line.startswith(LABEL)]
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
    exit_, told, _ = filled.unwritten("--write")
    assert (exit_, [line for line in told if not line.startswith(("新增", "  "))]) == (
        1,
        [
            f"注意：第 8 行与 {SECOND} 的日期、名称相同，请核对是否重复",
            f"{LABEL} 第 6 行“编号”：须不与别的行完全相同，已见第 5 行；重复的行请删去",
            f"{LABEL} 第 7 行“编号”：须不与别的记录完全相同，已见 {SECOND}；重复的行请删去",
        ],
    )


def test_a_row_like_an_old_record_is_not_added_twice(filled: Desk) -> None:
    filled.row(5, {**ROW, "日期": datetime(2024, 4, 6)})
    assert filled.told("--write")[0] == 0
    filled.cells({(5, "参加人数"): 9})
    new = "data/volunteering/2024/20240406-01.yml"
    rule = f"须不与导出以后新增的记录日期、名称相同，已见 {new}；要改它、要另加一条，请重新导出"
    assert filled.unwritten("--write")[:2] == (1, [f"{LABEL} 第 5 行“编号”：{rule}"])


def test_an_id_may_not_be_changed(filled: Desk) -> None:
    filled.cells({(3, "编号"): "新的编号", (3, "参加人数"): 15, (4, "编号"): None})
    exit_, told, _ = filled.unwritten()
    assert (exit_, told) == (
        1,
        [
            "表中没有、不会删除：b（植树）、c（劝导）",
            f"{LABEL} 第 3 行“编号”：编号不得改动，原为 b，现为 新的编号",
            f"{LABEL} 第 4 行“编号”：编号不得改动，原为 c，现为空",
        ],
    )


def test_records_taken_away_or_broken_meanwhile(filled: Desk) -> None:
    (filled.root / FIRST).unlink()
    (filled.root / SECOND).unlink()
    filled.edit(THIRD, "kind: 学雷锋", "kind: 不对")
    filled.cells({(3, "地点"): "林场", (4, "地点"): "路口"})
    exit_, told, _ = filled.unwritten("--write")
    assert (exit_, told) == (
        1,
        [
            "注意：第 2 行的记录 20240305-a 已被他人删去或改名，不再写入",
            f"{LABEL} 第 3 行“编号”：记录已被他人删去或改名，现为 b",
            f"{LABEL} 第 4 行“编号”：记录的文件现有问题，须先改好（archive check），现为 c",
        ],
    )


def test_faults_that_others_left_hinder_nobody(filled: Desk) -> None:
    filled.edit(THIRD, "kind: 学雷锋", "kind: 不对")
    filled.edit("data/figures.yml", "approximation: 近百", "approximation: 近百余")
    filled.cells({(3, "地点"): "林场"})
    exit_, told, _ = filled.told("--write")
    note = "注意：导入以前已有 2 处问题，见 archive check"
    assert (exit_, told) == (0, [f"修改 {SECOND}（植树，第 3 行）", "  地点：社区 → 林场", note])


def test_what_would_break_elsewhere_is_told_and_not_written(filled: Desk) -> None:
    figure = "  approximation: 近百\n  complete_through: 2025-12-31\n"
    filled.edit("data/figures.yml", "  complete_through:\n", figure)
    filled.edit("data/figures.yml", "measure: count", "measure: sum\n    field: services")
    filled.cells({(3, "服务人次"): 31})
    assert filled.unwritten()[0] == 0
    filled.cells({(3, "服务人次"): 3})
    exit_, told, summary = filled.unwritten("--write")
    assert (exit_, summary) == (1, f"修改 1 条，问题 1 处。{REFUSED}")
    wrong = (
        "data/figures.yml:19: activities（开展活动）写作“近百”，确数须不小于 90、小于 100，现为 63"
    )
    assert told[-2:] == ["写入以后，别处会有问题：", wrong]


def test_a_file_the_program_cannot_change_is_named(desk: Desk) -> None:
    flow = ", ".join(
        line.rstrip(":") if line.endswith(":") else line for line in OTHER.splitlines()
    )
    (desk.root / SECOND).write_text("{" + flow + "}\n", "utf-8")
    desk.export()
    desk.cells({(3, "地点"): "林场"})
    exit_, told, _ = desk.unwritten("--write")
    assert (exit_, told[-1]) == (
        1,
        f"{LABEL} 第 3 行：{SECOND} 写法特殊，或者刚被改动，程序改不了；请在文件里手工修改",
    )


def test_all_or_nothing(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third of three files cannot be put in its place: the two before it are as they were."""
    filled.cells({(2, "地点"): "甲", (3, "日期"): datetime(2025, 4, 6), (4, "地点"): "乙"})
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "c.yml":
            raise OSError(28, "没有空间")
        return replace(self, target)

    monkeypatch.setattr(writing.Path, "replace", fail)
    exit_, _, summary = filled.unwritten("--write")
    assert (exit_, summary) == (1, "写入未成，已全部复原：没有空间。\n")


KILLED = """
import os, signal, sys
from pathlib import Path
from archive.cli import main
replace = Path.replace
def second(self, target):
    if target.name == "b.yml":
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)
Path.replace = second
main(["sheet", "import", "sheet.xlsx", "--write", "--as-of", "2026-03-01"])
"""


def test_killed_in_the_middle_each_file_is_whole_and_the_rest_can_be_done(filled: Desk) -> None:
    filled.cells({(row, "地点"): "林场" for row in (2, 3, 4)})
    filled.row(5, ROW)
    before = filled.files()
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=filled.root, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    first = before[FIRST].replace("place: 社区".encode(), "place: 林场".encode())
    seen = {name: raw for name, raw in filled.files().items() if "/.sheet-" not in name}
    assert seen == {**before, FIRST: first}
    exit_, told, _ = filled.told("--write")
    assert (exit_, [line for line in told if not line.startswith("  ")]) == (
        0,
        [
            f"修改 {SECOND}（植树，第 3 行）",
            f"修改 {THIRD}（劝导，第 4 行）",
            "新增 data/volunteering/2025/20250312-01.yml（植树，第 5 行）",
        ],
    )


def test_killed_while_a_file_moves_it_is_still_there(filled: Desk) -> None:
    filled.cells({(3, "日期"): datetime(2025, 4, 6)})
    before = filled.files()
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=filled.root, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert {name: raw for name, raw in filled.files().items() if "/.sheet-" not in name} == before


def test_a_file_changed_in_the_last_moment(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.cells({(3, "地点"): "甲"})
    make = writing.tempfile.mkdtemp

    def meanwhile(**options: Any) -> str:
        filled.edit(SECOND, "services: 30", "services: 31")
        return make(**options)

    monkeypatch.setattr(writing.tempfile, "mkdtemp", meanwhile)
    exit_, _, summary = filled.told("--write")
    assert (exit_, summary) == (1, f"{SECOND} 刚被改动，什么也没有写入；请再运行一次。\n")
    assert filled.text(SECOND) == OTHER.replace("services: 30", "services: 31")


HONOUR = "data/honours/civilised.yml"


@pytest.fixture
def honoured(desk: Desk) -> Desk:
    write(desk.root, {HONOUR: CIVILISED})
    desk.export("honours")
    return desk


def test_what_has_a_sheet_to_itself(honoured: Desk) -> None:
    assert honoured.unwritten("--write") == (0, [], NOTHING)
    rows = honoured.text(HONOUR).count("result:")
    number = rows + 2
    honoured.row(number, {"编号": "civilised", "复查日期": datetime(2025, 12, 1), "复查结果": "确认保留"}, "复查")  # fmt: skip
    exit_, told, summary = honoured.told("--write")
    assert (exit_, summary) == (0, f"修改 1 条。{WRITTEN}")
    assert told[0].startswith(f"修改 {HONOUR}")
    assert told[1].endswith("（复查日期 2025-12-01，复查结果 确认保留）")
    assert (
        "  - date: 2025-12-01\n    document:\n    result: 确认保留\n    until:\n"
        in honoured.text(HONOUR)
    )
    assert honoured.unwritten("--write")[0] == 0


def test_a_new_honour_with_what_belongs_to_it(honoured: Desk) -> None:
    honoured.row(
        3,
        {"编号": "new-honour", "荣誉名称": "示例荣誉", "获奖主体": "集体", "期限方式": "届满复查"},
        "荣誉",
    )
    honoured.row(2, {"编号": "new-honour", "撤销日期": None}, "撤销")
    honoured.row(9, {"编号": "new-honour", "复查结果": "限期整改"}, "复查")
    honoured.row(4, {"荣誉名称": "另一荣誉", "获奖主体": "个人"}, "荣誉")
    exit_, told, _ = honoured.told("--write")
    assert (exit_, [line for line in told if line.startswith("新增")]) == (
        0,
        [
            "新增 data/honours/new-honour.yml（示例荣誉，第 3 行）",
            "新增 data/honours/honours-01.yml（另一荣誉，第 4 行）",
        ],
    )
    assert honoured.text("data/honours/new-honour.yml") == (
        "title: 示例荣誉\nrecipient: 集体\nlevel:\nbody:\ndate:\nbasis:\ncertificate:\nterm: 届满复查\nterm_end:\n"
        "reviews:\n  - date:\n    document:\n    result: 限期整改\n    until:\n"
        "withdrawn:\n  date:\n  reason:\n"
    )


def test_faults_in_a_sheet_apart(honoured: Desk) -> None:
    honoured.row(6, {"编号": "civilised", "复查日期": "昨天", "复查结果": "通过"}, "复查")
    honoured.row(7, {"编号": "civilised"}, "复查")
    honoured.row(8, {"复查结果": "确认保留"}, "复查")
    honoured.row(2, {"编号": "civilised"}, "撤销")
    honoured.row(3, {"编号": "civilised", "撤销原因": "错"}, "撤销")
    honoured.row(4, {"编号": "nobody"}, "撤销")
    exit_, told, _ = honoured.unwritten("--write")
    day = "确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年）"
    assert (exit_, told) == (
        1,
        [
            f'复查 第 6 行“复查日期”：须为{day}，现为 "昨天"',
            '复查 第 6 行“复查结果”：须为 确认保留、限期整改 之一，现为 "通过"',
            "复查 第 8 行“编号”：须为工作表“荣誉”里的编号，现为空；新增的记录须先在那里填写编号",
            "撤销 第 3 行“编号”：一条记录须只有一行，civilised 已见第 2 行",
            "撤销 第 4 行“编号”：须为工作表“荣誉”里的编号，现为 nobody",
        ],
    )


@pytest.mark.parametrize("name", RECORDS)
def test_every_collection_there_and_back(desk: Desk, name: str) -> None:
    write(desk.root, {path(name): RECORDS[name]})
    desk.export(name)
    assert desk.unwritten("--write") == (0, [], NOTHING)


def test_demonstration_and_real_data_do_not_mix(filled: Desk) -> None:
    write(filled.root, {**FILES, "data/unit.yml": UNIT.replace("demonstration: false", "demonstration: true")})  # fmt: skip
    assert filled.unwritten("--write") == (
        1, [], "sheet.xlsx：此表导出自本单位的数据，不能导入演示数据；请重新导出。没有导入。\n",
    )  # fmt: skip
