"""What a bureau edits in the course of a year breaks neither the check nor the program's tests."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from archive.checks import check
from archive.facts.project import Project
from archive.facts.site import load
from demo.write import write
from tests.conftest import AS_OF, FROZEN, ROOT, archive_of
from tests.samples.edits import EDITS, Changes, apply

TOGETHER = 10
"""Edits made before the site is checked; a deep run checks it after each by itself too."""


def edited(root: Path, edits: Iterable[Changes]) -> Path:
    """The frozen site in the folder `root`, with the edits made."""
    shutil.copytree(FROZEN, root, symlinks=True)
    for changes in edits:
        apply(changes, root)
    return root


def found(root: Path, data: Path) -> list[str]:
    return [str(problem) for problem in check(load(Project(root, data, AS_OF)))]


def test_there_are_forty() -> None:
    assert len(EDITS) >= 40


@pytest.mark.parametrize("first", range(0, len(EDITS), TOGETHER))
def test_the_check_has_nothing_to_say_of_a_few_ordinary_edits(tmp_path: Path, first: int) -> None:
    root = edited(tmp_path / "site", list(EDITS.values())[first : first + TOGETHER])
    assert found(root, root / "data") == []


@pytest.mark.deep
@pytest.mark.parametrize("what", EDITS)
def test_the_check_has_nothing_to_say_of_an_ordinary_edit(tmp_path: Path, what: str) -> None:
    root = edited(tmp_path / "site", [EDITS[what]])
    assert found(root, root / "data") == []


def test_nor_of_all_together_nor_of_the_demonstration_made_from_them(tmp_path: Path) -> None:
    root = edited(tmp_path / "site", EDITS.values())
    assert found(root, root / "data") == []
    write(root, tmp_path / "demo")
    made = load(archive_of(tmp_path / "demo/data"))
    assert "books_bought" in made.values
    assert [str(problem) for problem in check(made)] == []


def _content(path: Path) -> set[str]:
    """Where a test file names content itself: `ROOT / "data"` or `ROOT / "docs"`."""
    named = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        text = ast.unparse(node) if isinstance(node, ast.BinOp) else ""
        if text.startswith(("ROOT / 'data'", "ROOT / 'docs'")):
            named.add(text)
    return {
        text
        for text in named
        if not any(text != other and other.startswith(f"{text} /") for other in named)
    }


def test_no_test_reads_the_content_itself() -> None:
    reading = {
        path.relative_to(ROOT / "tests").as_posix(): _content(path)
        for path in (ROOT / "tests").rglob("*.py")
        if _content(path)
    }
    assert reading == {
        # The lists of fields beside the records are the program's, which CI knows too.
        "test_house.py": {"ROOT / 'data' / name / 'README.md'"},
    }


@pytest.mark.deep
def test_the_quick_tests_pass_where_all_of_them_were_made(tmp_path: Path) -> None:
    """In a copy of the project whose content is that of the frozen site, edited."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    root = tmp_path / "project"
    for name in filter(None, listed.stdout.split("\0")):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    site = edited(tmp_path / "site", EDITS.values())
    for name in ("data", "docs", "mkdocs.yml"):
        path = site / name
        if path.is_dir():
            shutil.copytree(path, root / name, dirs_exist_ok=True)
        else:
            shutil.copy(path, root / name)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not slow and not deep", "-p", "no:cacheprovider"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
