"""A clerk's desk, as tests of sheets have it: a site, a workbook beside it, and the two commands."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from click.testing import CliRunner, Result

from archive.commands.cli import main
from tests.samples.sample import RECORD

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

    def import_lines(self, *args: str) -> tuple[int, list[str], str]:
        """Import: exit, lines, summary."""
        result = self.run("import", "sheet.xlsx", *args)
        return result.exit_code, result.stdout.splitlines(), result.stderr

    def unwritten(self, *args: str) -> tuple[int, list[str], str]:
        """The same, when no byte may change."""
        before = self.files()
        result = self.import_lines(*args)
        assert self.files() == before
        return result


def put(sheet: Any, values: dict[tuple[int, str], Any]) -> None:
    heads = {cell.value: cell.column for cell in sheet[1]}
    for (row, head), value in values.items():
        sheet.cell(row, heads[head]).value = value


def zipped(parts: dict[str, bytes]) -> bytes:
    """A file of these parts."""
    raw = io.BytesIO()
    with ZipFile(raw, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return raw.getvalue()


def repacked(raw: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The file with each part as `change` (name, content) makes it."""
    with ZipFile(io.BytesIO(raw)) as file:
        return zipped({name: change(name, file.read(name)) for name in file.namelist()})
