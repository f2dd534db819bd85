"""What of a folder is read: its own regular files, whatever else lies in it."""

import os
from pathlib import Path

import pytest

from archive.build.folder import digest_of_sources
from archive.checks import check
from archive.facts.project import Project
from archive.facts.site import load
from archive.files.listing import list_files
from tests.samples.sample import AS_OF, FILES, write

NOT_A_FILE = "须是普通的文件，不得是管道、设备或通到别处的链接；请删去，把所要的文件复制进来"


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "a").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for name in ("x.md", "a/y.md", ".hidden/z.md", "a/.w"):
        (folder / name).write_text(name, "utf-8")
    (tmp_path / "secret").write_text("密", "utf-8")
    return folder


def listed(top: Path) -> tuple[dict[str, str], list[str]]:
    found = list_files(top, "docs")
    return (
        {name: path.read_text("utf-8") for name, path in found.files.items()},
        [str(problem) for problem in found.problems],
    )


def test_regular_files_without_hidden_ones(top: Path) -> None:
    assert listed(top) == ({"a/y.md": "a/y.md", "x.md": "x.md"}, [])


@pytest.mark.parametrize(
    "target",
    ["../secret", "/etc/passwd", "..", "a", ".", "nowhere", "l.md", ".hidden/z.md", "/dev/zero", "a/../../secret"],
)  # fmt: skip
def test_a_link_that_leads_elsewhere_is_told_and_not_read(top: Path, target: str) -> None:
    (top / "l.md").symlink_to(target)
    assert listed(top) == (
        {"a/y.md": "a/y.md", "x.md": "x.md"},
        [f"docs/l.md:1: {NOT_A_FILE}"],
    )


def test_a_link_to_a_file_of_the_folder_is_that_file(top: Path) -> None:
    (top / "l.md").symlink_to("a/y.md")
    (top / "m.md").symlink_to("l.md")
    assert listed(top)[0]["m.md"] == "a/y.md"
    assert listed(top)[1] == []


def test_a_pipe_is_told_and_not_waited_for(top: Path) -> None:
    os.mkfifo(top / "l.md")
    assert listed(top)[1] == [f"docs/l.md:1: {NOT_A_FILE}"]


def test_a_folder_that_is_a_link(top: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(top)
    found = list_files(tmp_path / "link", "docs")
    assert (found.files, len(found.problems)) == ({}, 1)


def test_no_folder(tmp_path: Path) -> None:
    assert listed(tmp_path / "none") == ({}, [])


@pytest.mark.parametrize(
    "name", [*(name for name in FILES if name != "docs/index.md"), "docs/x.md", "data/x.yml"]
)
def test_nothing_of_the_site_is_read_through_a_link(tmp_path: Path, name: str) -> None:
    """Every file in turn leads to one whose words would show in messages."""
    (tmp_path / "secret").write_text("密密密: [", "utf-8")
    root = tmp_path / "site"
    write(root, {name: "x"})
    (root / name).unlink()
    (root / name).symlink_to("../" * (name.count("/") + 1) + "secret")
    told = [str(one) for one in check(load(Project(root, root / "data", AS_OF)))]
    expected = "站点设置须是普通的文件；请恢复 mkdocs.yml" if name == "mkdocs.yml" else NOT_A_FILE
    assert [one for one in told if one.startswith(f"{name}:")] == [f"{name}:1: {expected}"]
    assert "密" not in "".join(told)


@pytest.mark.parametrize(
    ("name", "shown", "signs"),
    [
        ("a\n没有问题。\n.md", "aU+000A没有问题。U+000A.md", "U+000A"),
        ("a\x1b[2J.pdf", "aU+001B[2J.pdf", "U+001B"),
        ("b\r\x9b8m/x.md", "bU+000DU+009B8m", "U+000D、U+009B"),
        ("fdp.\u202egpj", "fdp.U+202Egpj", "U+202E"),
        ("\udcff.pdf", "U+DCFF.pdf", "U+DCFF"),
    ],
)
def test_a_name_that_orders_a_terminal_about_is_told_and_not_read(
    top: Path, name: str, shown: str, signs: str
) -> None:
    (top / name).parent.mkdir(exist_ok=True)
    (top / name).write_text("x", "utf-8")
    assert listed(top) == (
        {"a/y.md": "a/y.md", "x.md": "x.md"},
        [f"docs/{shown}:1: 文件和目录的名称须没有看不见的符号，现有 {signs}；请改名"],
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mkdocs.yml", "文件须不超过 2 MB，现有 50 MB以上；请拆成几个文件"),
        ("data/unit.yml", "文件须不超过 2 MB，现有 50 MB以上；请拆成几个文件"),
        (
            "data/volunteering/2024/20240305-a.yml",
            "文件须不超过 2 MB，现有 50 MB以上；请拆成几个文件",
        ),
        ("docs/index.md", "文件须不超过 0.5 MB，现有 50 MB以上；请拆成几个文件"),
        ("docs/files/a.pdf", "现有 8000000 MB 的文件，须不超过 50 MB"),
    ],
)
def test_a_file_larger_than_any_memory_is_told(tmp_path: Path, name: str, said: str) -> None:
    """A few octets of a commit are a file of any size."""
    write(tmp_path)
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    os.truncate(file, 8 * 10**12)
    here = Project(tmp_path, tmp_path / "data", AS_OF)
    told = [one.message for one in check(load(here)) if one.path == name]
    assert [one for one in told if said in one] != [], told
    assert digest_of_sources(here, False) != ""
