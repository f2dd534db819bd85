"""What is published, signed or reported is what the commit holds, whatever Git's settings hide."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import archive
from archive.commands.cli import main
from archive.commands.options import project
from archive.facts.committed import uncommitted
from archive.publish import manifest, write_manifest
from tests.samples.sample import git, write

PAGE, NEW = "docs/index.md", "docs/新页.md"
DAY = datetime(2026, 3, 1)
ADD = "须是已经提交的，提交里没有这个文件；请运行 git add -f {}，再提交，不要的删去"
CHANGED = "须是已经提交的，现在改了还没有提交；请运行 git add {}，再提交"
FETCH = (
    "须与提交的一致，现在提交里有，这里没有；请运行 git checkout HEAD -- {} 取回，不要的提交删除"
)
UNFLAG = (
    "须与提交的一致，现不一致，Git 又被设成不理会它的改动；请运行 git update-index "
    "--no-skip-worktree --no-assume-unchanged {}，再提交改动，或者用 git checkout 取回"
)
CONVERTED = (
    "须与提交的逐字节一致，现在 Git 取出时转换了内容，如换行符、链接，这样的有 {n} 个文件；请用 git config "
    "--get-regexp ^core 和 git check-attr -a {} 查看是哪一项设置，改正以后删去文件，用 git checkout 取回"
)
FOREIGN = "须由本仓库提交，现在另一个仓库（子模块）里；请把文件放进本仓库的目录，再提交"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample, committed; the current folder. Git's global settings are a file of the test's own."""
    folder = tmp_path / "site"
    write(folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder


def commit(root: Path) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    return git(root, "rev-parse", "HEAD")


def run(*args: str) -> Result:
    return CliRunner().invoke(main, [*args, "--as-of", "2026-03-01"])


def edit(root: Path, name: str = PAGE, text: str = "\n又一段。\n") -> None:
    with (root / name).open("a", encoding="utf-8") as file:
        file.write(text)


def no_untracked(root: Path) -> None:
    git(root, "config", "status.showUntrackedFiles", "no")
    edit(root, NEW, "# 新\n")


def excluded_here(root: Path) -> None:
    (root / ".git" / "info" / "exclude").write_text("docs/*\n", "utf-8")
    edit(root, NEW, "# 新\n")


def excluded_everywhere(root: Path) -> None:
    excludes = root.parent / "excludes"
    excludes.write_text("*.md\n", "utf-8")
    git(root, "config", "--global", "core.excludesFile", str(excludes))
    edit(root, NEW, "# 新\n")


def skipped(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", PAGE)
    edit(root)


def assumed(root: Path) -> None:
    git(root, "update-index", "--assume-unchanged", PAGE)
    edit(root)


def staged(root: Path) -> None:
    edit(root)
    git(root, "add", "-A")


def same_stat(root: Path) -> None:
    """The content changes; size and times, by which Git knows a changed file, do not."""
    path = root / PAGE
    for name in ("core.trustctime", "core.fileMode"):
        git(root, "config", name, "false")
    git(root, "config", "core.checkStat", "minimal")
    os.utime(path, (10**9, 10**9))
    git(root, "status")
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, (10**9, 10**9))


def line_endings(root: Path) -> None:
    git(root, "config", "core.autocrlf", "true")
    for name in (PAGE, "data/unit.yml"):
        path = root / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    git(root, "add", "-A")


def attributes_of_line_endings(root: Path) -> None:
    (root / ".gitattributes").write_text("* text=auto eol=crlf\n", "utf-8")
    commit(root)
    (root / PAGE).unlink()
    git(root, "checkout", "--", PAGE)


def clean_filter(root: Path) -> None:
    """Git takes every version of the page for the one that is committed."""
    (root / ".git" / "info" / "attributes").write_text("*.md filter=once\n", "utf-8")
    git(root, "config", "filter.once.clean", f"git cat-file blob HEAD:{PAGE}")
    edit(root)


def fetched_back(root: Path) -> None:
    git(root, "checkout", "--", PAGE)


def sparse(root: Path) -> None:
    git(root, "sparse-checkout", "set", "--no-cone", "/*", f"!/{PAGE}")


def deleted(root: Path) -> None:
    (root / PAGE).unlink()


def other_case(root: Path) -> None:
    git(root, "config", "core.ignoreCase", "true")
    (root / PAGE).rename(root / "docs" / "Index.md")


def embedded(root: Path) -> None:
    (root / "docs" / "sub").mkdir()
    git(root / "docs" / "sub", "init", "-q")
    edit(root, "docs/sub/a.md", "# 甲\n")
    commit(root / "docs" / "sub")


def submodule(root: Path) -> None:
    embedded(root)
    commit(root)


def replaced_content(root: Path) -> None:
    old = git(root, "rev-parse", f"HEAD:{PAGE}")
    edit(root)
    git(root, "replace", old, git(root, "hash-object", "-w", PAGE))


def replaced_commit(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    edit(root)
    commit(root)
    git(root, "replace", first, "HEAD")
    git(root, "update-ref", "HEAD", first)


def link(root: Path) -> None:
    edit(root, "docs/a.md", "# 甲\n")
    edit(root, "docs/b.md", "# 乙\n")
    (root / "docs" / "c.md").symlink_to("./a.md")
    commit(root)
    (root / "docs" / "c.md").unlink()
    (root / "docs" / "c.md").symlink_to("b.md")


def link_as_text(root: Path) -> None:
    edit(root, "docs/a.md", "# 甲\n")
    (root / "docs" / "c.md").symlink_to("a.md")
    commit(root)
    git(root, "config", "core.symlinks", "false")
    (root / "docs" / "c.md").unlink()
    git(root, "checkout", "--", "docs/c.md")


def packages(root: Path) -> None:
    edit(root, "requirements.txt", "")


Setting = Callable[[Path], object]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (no_untracked, {NEW: ADD}),
        (excluded_here, {NEW: ADD}),
        (excluded_everywhere, {NEW: ADD}),
        (skipped, {PAGE: UNFLAG}),
        (assumed, {PAGE: UNFLAG}),
        (staged, {PAGE: CHANGED}),
        (same_stat, {PAGE: CHANGED}),
        (line_endings, {"data/unit.yml": CONVERTED.replace("{n}", "2")}),
        (attributes_of_line_endings, {PAGE: CONVERTED.replace("{n}", "1")}),
        (clean_filter, {PAGE: CONVERTED.replace("{n}", "1")}),
        (sparse, {PAGE: UNFLAG}),
        (deleted, {PAGE: FETCH}),
        (other_case, {"docs/Index.md": ADD, PAGE: FETCH}),
        (embedded, {"docs/sub/a.md": FOREIGN}),
        (submodule, {"docs/sub/a.md": FOREIGN}),
        (replaced_content, {PAGE: CHANGED}),
        (replaced_commit, {PAGE: CHANGED}),
        (link, {"docs/c.md": CHANGED}),
        (link_as_text, {"docs/c.md": CONVERTED.replace("{n}", "1")}),
        (packages, {"requirements.txt": ADD}),
    ],
)
def test_what_no_commit_holds_does_not_go_out(
    root: Path, tmp_path: Path, setting: Setting, expected: dict[str, str]
) -> None:
    setting(root)
    told = [
        f"{path}:1: {message.format(path if path.isascii() else repr(path))}"
        for path, message in expected.items()
    ]
    assert [str(problem) for problem in uncommitted(project(None, DAY))] == told
    (tmp_path / "built").mkdir()
    write_manifest(tmp_path / "built", project(None, DAY))
    refused = run("publish", str(tmp_path / "www"), "--site", str(tmp_path / "built"))
    assert refused.stderr == (
        "发布的网站须全部出自已提交的内容，现含未提交的改动；"
        "请用 .venv/bin/archive check --publication internal 查看，提交后再生成，试发布可加 --trial\n"
    )


def test_nor_is_it_signed_reported_or_passed_by_the_check(root: Path) -> None:
    skipped(root)
    (root / ".git" / "info" / "exclude").write_text("*.csv\n", "utf-8")
    edit(root, "docs/a.csv", "甲,1\n")
    told = [
        f"docs/a.csv:1: {ADD.format('docs/a.csv')}",
        f"{PAGE}:1: {UNFLAG.format(PAGE)}",
    ]
    for args in (
        ("sign", "初审", "--by", "经办人"),
        ("freeze", "2025年度"),
        ("check", "--publication", "internal"),
    ):
        refused = run(*args)
        assert (refused.exit_code, refused.stdout.splitlines()) == (1, told), args


def executable(root: Path) -> None:
    git(root, "config", "core.fileMode", "false")
    (root / PAGE).chmod(0o755)


def not_read(root: Path) -> None:
    for name in ("notes.txt", "docs/.draft.md", "data/~unit.yml", ".gitignore"):
        edit(root, name)
    git(root, "add", "docs/.draft.md")
    git(root, "commit", "-qm", "x")
    (root / "docs" / ".draft.md").unlink()


def odd_names(root: Path) -> None:
    for name in ('"q"', " x", "甲'乙"):
        edit(root, f"docs/{name}.md", "# 甲\n")
    (root / "docs" / "link.md").symlink_to("./ x.md")
    commit(root)


def other_index(root: Path) -> None:
    git(root, "rm", "-q", "--cached", PAGE)


def test_a_name_with_signs_that_nobody_sees_is_told_once(root: Path) -> None:
    edit(root, "docs/a\nb.md", "# 甲\n")
    commit(root)
    assert list(map(str, uncommitted(project(None, DAY)))) == [
        "docs/aU+000Ab.md:1: 文件和目录的名称须没有看不见的符号，现有 U+000A；请改名"
    ]


@pytest.mark.parametrize("setting", [executable, not_read, odd_names, other_index])
def test_what_the_build_reads_as_committed_passes(root: Path, setting: Setting) -> None:
    setting(root)
    assert uncommitted(project(None, DAY)) == []


@pytest.mark.parametrize("name", ["GIT_INDEX_FILE", "GIT_ICASE_PATHSPECS", "GIT_GRAFT_FILE"])
def test_variables_hide_nothing(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(root)
    monkeypatch.setenv(name, "1")
    (found,) = uncommitted(project(None, DAY))
    assert found.path == PAGE


def test_a_work_tree_elsewhere_answers_for_nothing_here(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "as-committed", ignore=shutil.ignore_patterns(".git"))
    edit(root)
    git(root, "config", "core.worktree", str(tmp_path / "as-committed"))
    assert uncommitted(project(None, DAY)) != []


def test_a_site_in_a_folder_of_a_repository(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = root / "局 a"
    write(inner)
    (inner / "data").rename(root / "资料")
    commit(root)
    monkeypatch.chdir(inner)
    here = project(root / "资料", DAY)
    assert uncommitted(here) == []
    edit(root, "资料/unit.yml")
    edit(inner)
    assert [(problem.path, problem.message) for problem in uncommitted(here)] == [
        ("../资料/unit.yml", CHANGED.format("'../资料/unit.yml'")),
        (PAGE, CHANGED.format(PAGE)),
    ]
    git(root, "checkout", "-f", "--", ".")
    attributes_of_line_endings(inner)
    assert [(problem.path, problem.message) for problem in uncommitted(here)] == [
        (PAGE, CONVERTED.format(PAGE, n=1))
    ]


def test_the_program_that_runs_is_the_one_committed(root: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(archive.__file__).parent, root / "archive", ignore=ignored)
    commit(root)
    assert uncommitted(project(None, DAY)) == []
    edit(root, "archive/press/template.typ")
    edit(root, "archive/more.py", "")
    commit(root)
    assert [(problem.path, problem.message) for problem in uncommitted(project(None, DAY))] == [
        ("archive/more.py", FETCH.format("archive/more.py")),
        ("archive/press/template.typ", CHANGED.format("archive/press/template.typ")),
    ]


@pytest.mark.parametrize(
    ("before", "meanwhile", "expected"),
    [
        ([], [], False),
        ([skipped], [], True),
        ([], [edit], True),
        ([], [edit, fetched_back], True),
        ([], [edit, commit], True),
        ([edit], [fetched_back], True),
        ([edit], [commit], True),
        ([edit, commit], [], False),
    ],
)
def test_a_build_says_whether_a_commit_holds_its_sources(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: list[Setting],
    meanwhile: list[Setting],
    expected: bool,
) -> None:
    def make(_: object, out: Path, *__: object) -> list[object]:
        out.mkdir()
        for step in meanwhile:
            step(root)
        return []

    monkeypatch.setattr("archive.build.site.build", make)
    for step in before:
        step(root)
    done = run("build", "--out", str(tmp_path / "built"))
    assert done.exit_code == 0, done.output
    made = manifest.read(tmp_path / "built")
    assert made
    assert made.uncommitted is expected
