"""Files written all or none, whatever happens meanwhile."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

import pytest

from tests.samples.desk import FIRST, OTHER, ROW, SECOND, THIRD, Desk


def test_all_or_nothing(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third of three files cannot be put in its place: the two before it are as they were."""
    filled.cells({(2, "地点"): "甲", (3, "日期"): datetime(2025, 4, 6), (4, "地点"): "乙"})
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "c.yml":
            raise OSError(28, "没有空间")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    exit_, _, summary = filled.unwritten("--write")
    assert (exit_, summary) == (1, "写入未成，已全部复原：没有空间；请除去这个原因再运行一次。\n")


KILLED = """
import os, signal, sys
from pathlib import Path
from archive.commands.cli import main
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
    exit_, lines, _ = filled.import_lines("--write")
    assert (exit_, [line for line in lines if not line.startswith("  ")]) == (
        0,
        [
            f"修改 {SECOND}（植树，第 3 行）",
            f"修改 {THIRD}（劝导，第 4 行）",
            "新增 data/volunteering/2025/20250312-01.yml（植树，第 5 行）",
            "因此改变的指标（1 个）",
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
    make: Callable[..., str] = tempfile.mkdtemp

    def meanwhile(**options: Any) -> str:
        filled.edit(SECOND, "services: 30", "services: 31")
        return make(**options)

    monkeypatch.setattr(tempfile, "mkdtemp", meanwhile)
    exit_, _, summary = filled.import_lines("--write")
    assert (exit_, summary) == (1, f"{SECOND} 刚被改动，什么也没有写入；请再运行一次。\n")
    assert filled.text(SECOND) == OTHER.replace("services: 30", "services: 31")


def test_two_commands_write_one_after_the_other(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits while the first compares and writes: it cannot put its own file in between."""
    filled.cells({(3, "日期"): datetime(2025, 4, 6)})
    make: Callable[..., str] = tempfile.mkdtemp
    waits: list[bool] = []

    def meanwhile(**options: Any) -> str:
        folder = os.open(filled.root / "data", os.O_RDONLY)
        with suppress(BlockingIOError):
            flock(folder, LOCK_EX | LOCK_NB)
            waits.append(False)
        os.close(folder)
        return make(**options)

    monkeypatch.setattr(tempfile, "mkdtemp", meanwhile)
    assert (filled.import_lines("--write")[0], waits) == (0, [])


def test_what_was_written_is_taken_back_on_a_full_disk(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing more can be written once the files are being put in place."""
    filled.cells({(2, "地点"): "甲", (3, "日期"): datetime(2025, 4, 6), (4, "地点"): "乙"})
    before, replace = filled.files(), Path.replace

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "没有空间")

    def third(self: Path, target: Path) -> Path:
        if target.name == "c.yml":
            monkeypatch.setattr(Path, "open", full)
            full()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", third)
    assert filled.import_lines("--write")[0] == 1
    monkeypatch.undo()
    assert filled.files() == before
