"""What the public edition holds from Git: the id of the commit, in two files, and nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.commands.cli import main
from archive.facts.history import head
from tests.samples.history import git
from tests.samples.random_site import write_base


@pytest.mark.slow
def test_only_two_files_name_the_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_base(tmp_path / "site", named=True).root
    git(root, "init")
    git(root, "config", "user.name", "Somebody Committing")
    git(root, "config", "user.email", "somebody@committing.example")
    git(root, "add", ".")
    git(root, "commit", "-m", "A message of the commit", day="2026-01-05")
    monkeypatch.chdir(root)
    out = tmp_path / "out"
    done = CliRunner().invoke(
        main, ["build", "--edition", "public", "--as-of", "2026-06-30", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    words = {
        head(root)[:7]: [".manifest.json", ".sbom.cdx.json"],
        "Somebody": [],
        "committing.example": [],
        "A message of the commit": [],
        "2026-01-05": [],
        "2026年1月5日": [],
    }
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*.*")
        if path.is_file()
    }
    found = {
        word: sorted(name for name, raw in files.items() if word.encode() in raw) for word in words
    }
    assert found == words
