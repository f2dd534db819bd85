"""The guide to sheets tells what happens: each session in it is run, each message in it is met."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from textwrap import dedent

import pytest

from archive.editing import starter
from archive.editing.sheet.cells import InvalidCell, SheetCell, cell_value
from archive.editing.sheet.fields import canonical, sheet_fields
from tests.conftest import ROOT
from tests.samples.collections import Volunteering
from tests.samples.desk import Desk
from tests.samples.frozen import leave_out_guide

GUIDE = (ROOT / "archive" / "guide" / "sheet.md").read_text("utf-8")
SESSIONS = [
    dedent(found).split("\n", 1)
    for found in re.findall(
        r"^ *```console\n( *\$ \.venv/bin/archive sheet .*?) *```$", GUIDE, re.MULTILINE | re.DOTALL
    )
]
FILE = "data/volunteering/2024/20240305-学雷锋进社区.yml"
SHAPES = {one.label: one for one in sheet_fields(Volunteering)}
ADDED = {
    "日期": datetime(2024, 4, 12), "活动名称": "义务植树", "类别": "植树造林", "地点": "林场",
    "参加人数": 8, "总时长": 20, "服务人次": 8, "组织科室": "办公室", "原始资料": "活动签到表",
    "佐证材料": "活动照片\n活动小结", "记录人": "办公室",
}  # fmt: skip


def example() -> str:
    """The record that the guide shows as a file."""
    page = (ROOT / "archive" / "guide" / "index.md").read_text("utf-8")
    found = re.search(r"```yaml\n(date: 2024-03-05\n.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def test_the_sessions_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    from_wheel = starter.by_version("1.0", f"sha256:{0:064}")
    starter.write_archive(tmp_path, from_wheel, "练习", None, practice=True)
    assert (tmp_path / FILE).read_text("utf-8") == example()
    leave_out_guide(tmp_path)
    desk = Desk(tmp_path)
    desk.sheet = tmp_path / "志愿服务.xlsx"

    def first() -> None:
        desk.cells({(2, "参加人数"): 15})
        desk.row(3, ADDED)

    def again() -> None:
        desk.sheet.unlink()
        assert desk.run("export", "volunteering", desk.sheet.name).exit_code == 0
        desk.fill(lambda book: book["志愿服务活动"].delete_rows(3))

    def meanwhile() -> None:
        again()
        desk.row(3, {"编号": "20240412-01", **ADDED})
        desk.cells({(2, "参加人数"): 16})
        desk.edit(FILE, "participants: 15", "participants: 14")

    def faults() -> None:
        desk.cells({(2, "参加人数"): 14, (2, "人均时长"): "两小时"})
        desk.cells({(3, "日期"): datetime(2026, 4, 12)})

    steps: list[Callable[[], None]] = [lambda: None, first, lambda: None, again, meanwhile, faults]
    for step, (command, answer) in zip(steps, SESSIONS, strict=True):
        step()
        program, group, *args = command.removeprefix("$ ").split()
        assert (program, group) == (".venv/bin/archive", "sheet")
        result = desk.run(*args)
        assert result.stdout + result.stderr == answer


def rows(columns: int) -> list[list[str]]:
    """The rows of tables of so many columns, code without its marks."""
    found = re.findall(r"^\| (?!列 )(.*) \|$", GUIDE, re.MULTILINE)
    split = ([cell.strip("`") for cell in row.split(" | ")] for row in found)
    return [row for row in split if len(row) == columns]


@pytest.mark.parametrize(("label", "typed", "message", "right"), rows(4))
def test_each_fault_in_the_guide(label: str, typed: str, message: str, right: str) -> None:
    found = cell_value(SHAPES[label], SheetCell("s", typed))
    assert isinstance(found, InvalidCell)
    assert found.message.startswith(message)
    mended = re.sub(r".*：`", "", right)
    if label != "类别":
        assert not isinstance(cell_value(SHAPES[label], SheetCell("s", mended)), InvalidCell)


@pytest.mark.parametrize(("label", "typed", "read"), rows(3))
def test_what_the_guide_says_is_read_as_it_was_meant(label: str, typed: str, read: str) -> None:
    assert str(canonical(cell_value(SHAPES[label], SheetCell("s", typed)))) == read
