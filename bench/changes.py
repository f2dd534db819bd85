"""Measure `archive diff` between two commits of the demonstration data."""

import re
from pathlib import Path

from bench.measure import runs
from bench.sites import COLLECTION, commit, own

CHANGED = 20
"""Number of records that the second commit changes."""
COMMANDS = {
    "两次提交之间": "archive diff HEAD~1 HEAD",
    "提交与工作目录之间": "archive diff HEAD",
    "写成 Markdown": "archive diff HEAD~1 HEAD --format markdown",
}


def changes(sources: Path, folder: Path) -> str:
    """The fastest run of each command as text, one line each."""
    root = own(sources, folder / "site")
    for path in sorted((root / "data" / COLLECTION).rglob("*.yml"))[:CHANGED]:
        add_one(path)
    commit(root)
    total = len(list((root / "data").rglob("*.yml")))
    lines = [f"演示数据 {total} 个文件，改动 {CHANGED} 条记录："]
    for label, command in COMMANDS.items():
        seconds = min(one.seconds for one in runs(root, command))
        lines.append(f"  {label} {seconds:.2f} 秒（{command}）")
    return "\n".join(lines)


def first_record(root: Path) -> Path:
    """A record of volunteering of the site, always the same."""
    return next((root / "data" / COLLECTION).rglob("*.yml"))


def add_one(record: Path) -> None:
    """Add one service to a record."""
    record.write_text(one_more(record.read_text("utf-8")), "utf-8")


def one_more(record: str) -> str:
    """The text of a record of volunteering with its `services` raised by one."""
    return re.sub(r"(?<=services: )\d+", lambda match: str(int(match[0]) + 1), record)
