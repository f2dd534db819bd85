"""How long `archive diff` takes between two commits of the demonstration data."""

import re
import shutil
import subprocess
from pathlib import Path

from bench.measure import run
from demo.write import write

CHANGED = 20
"""Records that the second commit changes."""
ROUNDS = 3
"""The quickest of so many counts."""
COMMANDS = {
    "两次提交之间": "archive diff HEAD~1 HEAD",
    "提交与工作目录之间": "archive diff HEAD",
    "写成 Markdown": "archive diff HEAD~1 HEAD --format markdown",
}


def changes(sources: Path, folder: Path) -> str:
    """The quickest run of each command, a line each."""
    root = folder / "site"
    shutil.copytree(sources, root, ignore=shutil.ignore_patterns("data"))
    write(sources / "data", root / "data")
    _git(root, "init", "-q")
    _commit(root, "1")
    records = sorted((root / "data" / "volunteering").rglob("*.yml"))
    for path in records[:CHANGED]:
        more = re.sub(
            r"(?<=services: )\d+", lambda found: str(int(found[0]) + 1), path.read_text("utf-8")
        )
        path.write_text(more, "utf-8")
    _commit(root, "2")
    total = len(list((root / "data").rglob("*.yml")))
    lines = [f"演示数据 {total} 个文件，改动 {CHANGED} 条记录："]
    for label, command in COMMANDS.items():
        seconds = min(run(root, command).seconds for _ in range(ROUNDS))
        lines.append(f"  {label} {seconds:.2f} 秒（{command}）")
    return "\n".join(lines)


def _commit(folder: Path, message: str) -> None:
    _git(folder, "add", ".")
    _git(
        folder,
        "-c",
        "user.name=bench",
        "-c",
        "user.email=bench@example.invalid",
        "commit",
        "-q",
        "-m",
        message,
    )


def _git(folder: Path, *args: str) -> None:
    subprocess.run(["git", *args], cwd=folder, check=True, capture_output=True)
