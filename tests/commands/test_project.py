"""Which site a command means, as of which day, and what it does where Git refuses an answer."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from archive.commands.cli import main
from archive.facts import project as clock
from archive.facts.project import Project
from tests.samples.sample import FILES, edited, git, problems, write

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the folder of the sample, which is a repository with one commit."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    return lambda *args: CliRunner().invoke(main, args, catch_exceptions=False)


REFUSED = "git {} 须成功，现为：fatal: detected dubious ownership in repository at '{}'"


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("freeze 2025年度", "rev-parse"),
        ("sign 初审 --by 办公室主任", "rev-parse"),
        ("build", "rev-parse"),
        ("build --as-of 2026-03-01 --no-print", "rev-parse"),
        ("publish www", "rev-parse"),
        ("offline site.zip", "rev-parse"),
        ("diff HEAD", "rev-parse"),
        ("check --publication internal", "rev-parse"),
        ("sheet export volunteering a.xlsx", "rev-parse"),
    ],
)
def test_what_git_refuses_ends_the_command_and_nothing_is_written(
    run: Run, command: str, asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    before = set(tmp_path.rglob("*"))
    done = run(*command.split())
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(REFUSED.format(asked, tmp_path))
    assert done.stderr.endswith(f"git config --global --add safe.directory {tmp_path}\n")
    after = set(tmp_path.rglob("*"))
    assert {path.name for path in after - before} <= {".site.lock"}


@pytest.mark.parametrize("command", ["check", "figures"])
def test_who_does_not_need_git_does_not_ask_it(
    run: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert run(command).exit_code == 0


def test_in_a_hook_the_repository_is_the_one_of_the_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".")
    assert run("freeze", "2025年度", "--as-of", "2026-03-01").exit_code == 0
    written = (tmp_path / "data" / "releases" / "2025年度.yml").read_text("utf-8")
    monkeypatch.delenv("GIT_DIR")
    assert f"commit: {git(tmp_path, 'rev-parse', 'HEAD')}\n" in written


def test_the_environment_tells_what_no_option_tells(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").rename(tmp_path / "other")
    monkeypatch.setenv("ARCHIVE_DATA", "other")
    monkeypatch.setenv("ARCHIVE_AS_OF", "2026-03-01")
    assert run("check").exit_code == 0
    assert run("check", "--data", "docs").exit_code == 1


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ARCHIVE_AS_OF", "昨天", "须写作 2023-01-02 的样子，现为 '昨天'"),
        ("ARCHIVE_DATA", "/无", "须是已有的目录，没有 /无"),
    ],
)
def test_what_the_environment_tells_wrongly_is_told_like_an_option(
    run: Run, name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    done = run("check")
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def _evening(zone: ZoneInfo) -> datetime:
    """Half past four in the afternoon of the last of March in London: April where the bureau is."""
    return datetime(2026, 3, 31, 16, 30, tzinfo=UTC).astimezone(zone)


@pytest.mark.parametrize(
    ("stated", "today"),
    [
        ("", date(2026, 4, 1)),
        ("time_zone: Asia/Urumqi\n", date(2026, 3, 31)),
        ("time_zone: UTC\n", date(2026, 3, 31)),
        ("time_zone: 上海\n", date(2026, 4, 1)),
        ("time_zone: [\n", date(2026, 4, 1)),
    ],
)
def test_today_is_the_day_where_the_bureau_is(
    tmp_path: Path, stated: str, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "datetime", SimpleNamespace(now=_evening))
    (tmp_path / "unit.yml").write_text(stated, "utf-8")
    assert Project(tmp_path, tmp_path, date.max).today() == today


def test_a_time_zone_there_is_not_is_a_problem(tmp_path: Path) -> None:
    old = "names:"
    changes = edited("data/unit.yml", old, f"time_zone: 上海\n{old}")
    line = FILES["data/unit.yml"].split("\n").index(old) + 1
    message = 'time_zone（时区）须为时区的名称，如 Asia/Shanghai，现为 "上海"；例如：time_zone: Asia/Shanghai'
    assert problems(tmp_path, changes) == [f"data/unit.yml:{line}: {message}"]
