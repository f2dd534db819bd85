"""A site that was built of just what there is now is left as it is; whatever differs, it is built."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.build import folder
from archive.commands import building, judging
from archive.commands.cli import main
from archive.facts.project import Project
from archive.files.yaml import Problem
from archive.publish import manifest
from tests.samples.sample import AS_OF, FILES, write

BUILT = "已生成 site/（以 2026-03-01 为今天）。\n没有问题。\n"
TOLD = "从属抑制：说明\n"

REAL_BUILD = building._build
Again = Callable[..., bool]
"""Runs the build; whether it was built anew."""


@pytest.fixture
def again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Again:
    """A site that has been built once, of small things in place of the real ones."""
    program = tmp_path / "program"
    write(program, dict.fromkeys(FILES) | {"a.py": "1", "design/a.css": "a"})
    root = tmp_path / "root"
    write(root)
    monkeypatch.chdir(root)
    monkeypatch.setattr(folder, "PROGRAM", program)
    built: list[object] = []

    def small(site: Project, out: Path, *told: object) -> list[str]:
        built.append(told)
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        (out / "index.html").write_text("甲", "utf-8")
        (out / manifest.NAME).touch()
        (out / "a").mkdir()
        (out / "a" / "b.csv").write_text("乙", "utf-8")
        return [TOLD.strip()]

    monkeypatch.setattr(building, "_build", small)

    def run(*options: str) -> bool:
        folder._program.cache_clear()  # as in a process of its own
        before = len(built)
        command = ["build", "--as-of", "2026-03-01", *options]
        result = CliRunner().invoke(main, command, catch_exceptions=False)
        assert (result.exit_code, result.output) == (0, f"{TOLD}{BUILT}")
        return len(built) > before

    assert run()
    return run


def test_what_is_there_is_left_as_it_is(again: Again) -> None:
    before = Path("site/index.html").stat()
    assert not again()
    assert Path("site/index.html").stat() == before


@pytest.mark.parametrize(
    "name",
    [
        "data/volunteering/2024/20240305-a.yml", "docs/files/a.txt", "mkdocs.yml", "fonts/a.otf", "../program/new.html",
        *(pytest.param(one, marks=pytest.mark.deep) for one in ("data/new.yml", "docs/index.md", "../program/a.py", "../program/design/a.css")),
    ],
)  # fmt: skip
def test_other_sources_are_built(again: Again, name: str) -> None:
    file = Path(name)
    there = file.read_bytes() if file.exists() else b""
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(there + b"\n")
    os.utime(file, (0, 0))  # by content alone
    assert again()
    assert not again()


def more_where_compiled_code_would_be() -> None:
    """Publishing takes every file."""
    Path("site/__pycache__").mkdir()
    Path("site/__pycache__/a.html").write_text("丙", "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda: Path("site/index.html").write_text("丙", "utf-8"),
        lambda: Path("site/a/b.csv").unlink(),
        lambda: Path("site/a/new").touch(),
        more_where_compiled_code_would_be,
        lambda: shutil.rmtree("site"),
        lambda: Path("site/a/link").symlink_to("b.csv"),
    ],
)
def test_a_site_that_is_no_longer_what_was_built_is_built(
    again: Again, change: Callable[[], object]
) -> None:
    change()
    assert again()


def test_other_wishes_are_built(again: Again) -> None:
    assert again("--no-print")
    assert not again("--no-print")
    assert again()


def test_what_is_changed_while_it_is_looked_at_is_not_taken_for_what_was_built(
    again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Path("docs/index.md")
    text = page.read_bytes()

    def changed_after(project: Project, printing: bool, *told: object) -> str:
        found = folder.digest_of_sources(project, printing, *told)
        page.write_bytes(text + b"\n")
        return found

    Path("docs/new.txt").touch()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(building, "digest_of_sources", changed_after)
        assert again()
    page.write_bytes(text)
    assert again()


def test_a_compiled_file_of_the_program_is_none_of_it(again: Again) -> None:
    compiled = Path("../program/__pycache__/a.pyc")
    compiled.parent.mkdir()
    compiled.touch()
    assert not again()


def test_what_is_no_plain_file_is_left_to_the_check(again: Again) -> None:
    os.mkfifo("docs/pipe")
    assert again()
    assert again()


@pytest.mark.parametrize("name", [".site.lock", ".site.new", ".site.old", "site"])
def test_a_link_that_came_with_a_commit_leads_nowhere(
    again: Again, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What is built takes the place of the link; what the link leads to stays as it is."""
    monkeypatch.setattr(building, "_build", REAL_BUILD)

    def small(site: Project, out: Path, *_: object) -> list[Problem]:
        out.mkdir()
        (out / "index.html").write_text("丙", "utf-8")
        return []

    monkeypatch.setattr("archive.build.site.build", small)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a").write_text("甲", "utf-8")
    there = Path(name)
    if there.is_dir():
        shutil.rmtree(there)
    there.unlink(missing_ok=True)
    there.symlink_to(elsewhere / "a" if there.suffix == ".lock" else elsewhere)
    (Path("docs") / "files").mkdir(exist_ok=True)
    (Path("docs") / "files" / "b.txt").write_text("乙", "utf-8")
    result = CliRunner().invoke(main, ["build", "--as-of", "2026-03-01"], catch_exceptions=False)
    assert (result.exit_code, result.output) == (0, BUILT)
    assert {one.name: one.read_text("utf-8") for one in elsewhere.iterdir()} == {"a": "甲"}
    assert not there.is_symlink()
    assert not Path("site").is_symlink()
    assert Path("site/index.html").read_text("utf-8") == "丙"


def test_what_is_no_file_is_no_font(again: Again) -> None:
    Path("fonts").mkdir()
    Path("fonts/a.otf").symlink_to("/dev/null")  # as good as /dev/zero, which has no end
    assert not again()
    Path("fonts/a.otf").unlink()
    Path("a").write_bytes(b"1")
    Path("fonts/a.otf").symlink_to("../a")
    assert again()
    assert not again()


def test_a_name_that_is_no_utf8(again: Again) -> None:
    Path("fonts").mkdir()
    Path("fonts/\udcff.otf").touch()
    assert again()
    assert not again()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"sources": 1}', "\udc80"])
def test_what_was_written_down_may_be_broken(again: Again, text: str) -> None:
    (known,) = Project(Path.cwd(), Path("data").resolve(), AS_OF).cache("x").parent.glob("built-*")
    known.write_text(text, "utf-8", errors="surrogateescape")
    assert again()


def test_what_was_found_right_is_not_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    judged: list[object] = []
    judge = judging.judge

    def counting(*args: Any) -> tuple[list[str], bool]:
        judged.append(args)
        return judge(*args)

    monkeypatch.setattr(judging, "judge", counting)

    def run() -> tuple[int, str]:
        before = len(judged)
        result = CliRunner().invoke(main, ["check", "--as-of", "2026-03-01"])
        return len(judged) - before, result.output

    right = "没有问题。\n"
    assert [run(), run()] == [(1, right), (0, right)]
    page = Path("docs/index.md")
    text = page.read_text("utf-8")
    page.write_text(f"{text}\n{{{{ fig('no') }}}}\n", "utf-8")
    wrong = run()
    assert wrong[0] == 1
    assert wrong[1].startswith("docs/index.md:9: ")
    assert run() == wrong
    page.write_text(text, "utf-8")
    assert run() == (0, right)
    page.write_text(f"{text}\n𠮷\n", "utf-8")  # the fonts decide
    assert [run()[0], run()[0]] == [1, 1]
