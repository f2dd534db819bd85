"""Git asked in one way: an answer, none, or a refusal in its own words."""

import os
from pathlib import Path

import pytest

from archive.files.git import GitError, git, line, names
from tests.samples.sample import git as prepare


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "甲"
    folder.mkdir()
    prepare(folder, "init", "-q")
    (folder / "乙.md").write_text("1", "utf-8")
    prepare(folder, "add", ".")
    prepare(folder, "commit", "-qm", "x")
    return folder


def test_an_answer(repository: Path) -> None:
    assert names(repository, "ls-files", "-z") == ["乙.md"]
    assert git(repository, "hash-object", "--stdin", data=b"1") == (
        b"56a6051ca2b02b04ef92d5150c9ef600403cb1de\n"
    )
    assert line(repository, "config", "--get", "core.bare") == "false"


def test_a_quiet_no_is_no_answer(repository: Path) -> None:
    assert git(repository, "rev-parse", "--verify", "--quiet", "nowhere") is None
    assert line(repository, "rev-parse", "--verify", "--quiet", "HEAD:nothing") == ""


def test_no_repository_is_no_answer(tmp_path: Path) -> None:
    assert git(tmp_path, "status") is None
    assert names(tmp_path, "ls-files", "-z") == []


def test_what_git_refuses_is_told_in_its_own_words(repository: Path) -> None:
    with pytest.raises(GitError) as refused:
        git(repository, "show", "nowhere")
    assert str(refused.value) == (
        "git show 须成功，现为：fatal: ambiguous argument 'nowhere': unknown revision or path not in "
        "the working tree. Use '--' to separate paths from revisions, like this: "
        "'git <command> [<revision>...] -- [<file>...]'；请照 Git 所说的改好，再运行一次"
    )


def test_a_folder_of_another_user_is_refused_with_what_to_type(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitError) as refused:
        git(repository, "rev-parse", "HEAD")
    said = str(refused.value)
    assert said.startswith(
        "git rev-parse 须成功，现为：fatal: detected dubious ownership in repository"
    )
    assert said.endswith(
        f"；目录属于另一个用户，确认可信后请运行 git config --global --add safe.directory {repository}"
    )


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"]
)
def test_the_repository_of_a_hook_is_not_the_one_asked(
    repository: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = git(repository, "log", "-1", "--format=%H %s", "--name-only")
    monkeypatch.setenv(name, ".")
    assert git(repository, "log", "-1", "--format=%H %s", "--name-only") == clean
    assert git(repository, "status", "--porcelain") == b""


def test_words_are_understood_in_any_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert git(tmp_path, "status") is None


def test_without_git_a_repository_cannot_be_asked(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert git(tmp_path, "status") is None
    with pytest.raises(GitError, match=r"^须装有 git，现在找不到它"):
        git(repository, "status")


def test_nothing_has_a_name_that_cannot_be(repository: Path) -> None:
    assert git(repository, "show", "a\0b") is None


def test_an_answer_that_no_memory_holds_is_refused(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.files.git.MAX_TOLD_BY_GIT", 1_000_000)
    page = b"1" * 1_000_000
    id_ = (git(repository, "hash-object", "-w", "--stdin", data=page) or b"").decode().strip()
    assert git(repository, "cat-file", "blob", id_) == page
    with pytest.raises(GitError) as refused:
        # What is asked is more than a pipe holds, so that both sides would wait for each other.
        git(repository, "cat-file", "--batch", data=f"{id_}\n".encode() * 100_000)
    assert str(refused.value) == (
        "git cat-file 的结果须不超过 1 MB，现在超过；"
        "请看提交里是不是有极多的文件或者极大的文件，删去再提交"
    )
