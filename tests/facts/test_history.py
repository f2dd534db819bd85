"""When files were last changed, from repositories made for the test."""

from datetime import date
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from archive.facts.committed import uncommitted
from archive.facts.history import (
    blobs,
    folder_in_repository,
    head,
    last_changes,
    last_commit,
    source_digests,
)
from archive.facts.project import Project
from archive.files.git import GitError
from archive.render.edit_links import edit_url
from archive.schema.unit import Repository
from tests.samples import sample
from tests.samples.history import git

SHANGHAI = ZoneInfo("Asia/Shanghai")


def project(root: Path) -> Project:
    return Project(root, root / "data", date(2026, 6, 30))


def commit(folder: Path, name: str, text: str, day: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-m", name, day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "one"
    folder.mkdir()
    git(folder, "init")
    commit(folder, "docs/甲.md", "1", "2026-01-02")
    commit(folder, "docs/b.md", "1", "2026-01-03")
    commit(folder, "docs/甲.md", "2", "2026-02-04")
    commit(folder, "data/x.yml", "1", "2026-03-05")
    return folder


def test_the_last_change_of_each_page(repository: Path) -> None:
    days = {"docs/甲.md": date(2026, 2, 4), "docs/b.md": date(2026, 1, 3)}
    assert last_changes(project(repository)) == days
    assert last_commit(repository, SHANGHAI) == date(2026, 3, 5)


def test_days_are_those_of_the_time_zone(repository: Path) -> None:
    git(repository, "commit", "--allow-empty", "-m", "x", day="2026-03-31", time="23:30:00")
    assert last_commit(repository, SHANGHAI) == date(2026, 4, 1)
    assert last_commit(repository, ZoneInfo("UTC")) == date(2026, 3, 31)
    path = repository / "data" / "unit.yml"
    path.write_text("time_zone: Pacific/Kiritimati\n", "utf-8")
    git(repository, "add", ".")
    (repository / "docs" / "b.md").write_text("2", "utf-8")
    git(repository, "commit", "-a", "-m", "x", day="2026-04-01")
    assert last_changes(project(repository))["docs/b.md"] == date(2026, 4, 2)


def test_a_site_in_a_folder_of_a_repository(repository: Path) -> None:
    commit(repository, "site/docs/c.md", "1", "2026-04-06")
    assert folder_in_repository(repository / "site") == ""  # it has no mkdocs.yml there
    commit(repository, "site/mkdocs.yml", "1", "2026-04-06")
    assert folder_in_repository(repository / "site") == "site/"
    assert folder_in_repository(repository) == folder_in_repository(repository.parent) == ""
    assert last_changes(project(repository / "site")) == {"docs/c.md": date(2026, 4, 6)}


def test_a_conflict_in_the_settings_that_is_not_settled(repository: Path) -> None:
    """Git lists a file with a conflict once for each side."""
    start = head(repository)
    for branch in ("one", "other"):
        git(repository, "checkout", "-b", branch, start)
        commit(repository, "mkdocs.yml", branch, "2026-04-01")
    with pytest.raises(CalledProcessError):
        git(repository, "merge", "one")
    assert sample.git(repository, "ls-files", "mkdocs.yml").split() == ["mkdocs.yml"] * 2
    assert folder_in_repository(repository) == ""


def test_contents_beside_what_is_no_file(repository: Path) -> None:
    """A submodule has the id of a commit, which may be one of this repository, or one that is not there."""
    file = sample.git(repository, "hash-object", "data/x.yml").strip()
    there = head(repository)
    assert blobs(repository, [there, "0" * 40, file, there]) == {file: b"1"}


def test_no_history(tmp_path: Path, repository: Path) -> None:
    git(tmp_path, "clone", "--depth", "1", f"file://{repository}", "shallow")
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init")
    assert last_changes(project(tmp_path / "shallow")) == {}
    assert last_changes(project(empty)) == {}
    assert last_commit(empty, SHANGHAI) is None
    assert (head(empty), head(tmp_path)) == ("", "")
    assert last_changes(project(tmp_path)) == {}
    assert last_commit(tmp_path, SHANGHAI) is None


def test_settings_and_substitutes_change_no_day(repository: Path) -> None:
    days = last_changes(project(repository))
    git(repository, "config", "log.showRoot", "false")
    git(repository, "config", "log.showSignature", "true")
    git(repository, "replace", "--graft", "HEAD")
    assert last_changes(project(repository)) == days
    git(repository, "replace", "-d", "HEAD")
    (repository / ".git" / "info" / "grafts").write_text(head(repository), "utf-8")
    assert last_changes(project(repository)) == days


@pytest.mark.parametrize(
    "stamp", [" 253402300800 +0000", f" {'9' * 20} +0000", f" {2**63 - 1} +0000", " -1 +0000", ""]
)
def test_a_commit_of_no_day(repository: Path, stamp: str) -> None:
    """Whoever makes a commit writes its time: what is none is the day of nothing."""
    commit(repository, "docs/b.md", "2", "2026-04-01")
    who = f"a <a@example.invalid>{stamp}"
    tree, parent = (sample.git(repository, "rev-parse", name) for name in ("HEAD^{tree}", "HEAD^"))
    text = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nx\n"
    (repository / "made").write_text(text, "utf-8")
    made = sample.git(repository, "hash-object", "-t", "commit", "-w", "--literally", "made")
    git(repository, "reset", "--hard", made)
    assert last_changes(project(repository)) == {"docs/甲.md": date(2026, 2, 4)}
    assert last_commit(repository, SHANGHAI) is None


def test_a_refusal_is_no_answer(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    here = project(repository)
    for asked in (
        lambda: head(repository),
        lambda: last_commit(repository, SHANGHAI),
        lambda: last_changes(here),
        lambda: source_digests(here, "HEAD"),
        lambda: uncommitted(here),
    ):
        with pytest.raises(GitError, match="dubious ownership"):
            asked()


NAME = "main/docs/%E7%94%B2%20%231.md"


@pytest.mark.parametrize(
    ("forge", "editor", "at_line"),
    [
        ("github", f"edit/{NAME}", f"edit/{NAME}#L7"),
        ("gitlab", f"-/edit/{NAME}", f"-/edit/{NAME}#L7"),
        ("gitea", f"_edit/{NAME}", f"src/branch/{NAME}#L7"),
        ("forgejo", f"_edit/{NAME}", f"src/branch/{NAME}#L7"),
    ],
)
def test_edit_addresses(forge: Any, editor: str, at_line: str) -> None:
    address = "https://git.example/局/档案"
    repository = Repository(forge=forge, address=address, branch="main")
    assert edit_url(repository, "docs/甲 #1.md") == f"{address}/{editor}"
    assert edit_url(repository, "docs/甲 #1.md", 7) == f"{address}/{at_line}"


def test_without_a_repository_there_is_no_address() -> None:
    repository = Repository(forge=None, address=None, branch=None)
    assert edit_url(repository, "docs/index.md") is None
