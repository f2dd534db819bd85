"""The command `archive`: output, exit, and how it answers a wrong call."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.build.folder import build_lock
from archive.commands import checking, cli
from archive.commands.cli import main
from archive.commands.judging import annotation
from archive.files.cache import FOLDER
from archive.files.yaml import Problem
from tests.conftest import ROOT
from tests.samples.sample import FILES, edited, write

RECORD = "data/volunteering/2024/20240305-a.yml"
PART = "docs/report/part-1.md"
BROKEN = {
    **edited(RECORD, "services: 30", "services: 三十"),
    PART: FILES[PART].replace('fig("activities")', 'fig("activity")'),
}

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder that holds the sample, changed."""
    monkeypatch.chdir(tmp_path)

    def invoke(*args: str, changes: dict[str, str | bytes | None] | None = None) -> Result:
        write(tmp_path, changes)
        return CliRunner().invoke(main, [*args, "--as-of", "2026-03-01"], catch_exceptions=False)

    return invoke


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = [
        subprocess.run(
            [sys.executable, "-m", "archive", "--version"], stdout=PIPE, text=True
        ).stdout,
        CliRunner().invoke(main, ["--version"]).stdout,
    ]
    assert versions == [f"档案程序 {project['version']}\n"] * 2
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first
    assert first[1] == project["version"]


def test_check_finds_nothing(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "没有问题。\n")


def test_check_lists_everything_at_once(run: Run) -> None:
    result = run("check", changes=BROKEN)
    assert result.exit_code == 1
    assert result.stdout == (
        f'{RECORD}:7: services（服务人次）须为不小于 0、不超过 1000000 的整数，现为 "三十"；请改为：services: 30\n'
        f"{PART}:9: 没有指标 activity，是否为 activities？\n"
    )
    assert result.stderr == "共 2 处问题。\n"


def test_check_annotates_for_github(run: Run) -> None:
    result = run("check", "--format", "github", changes=BROKEN)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        f"::error file={RECORD},line=7::"
        'services（服务人次）须为不小于 0、不超过 1000000 的整数，现为 "三十"；请改为：services: 30'
    )


def test_annotations_escape_what_github_would_read() -> None:
    problem = Problem("a,b:c%.yml", 3, "甲\n乙 100%: x, y，请改")
    assert (
        annotation(problem, "甲,乙/")
        == "::error file=甲%2C乙/a%2Cb%3Ac%25.yml,line=3::甲%0A乙 100%25: x, y，请改"
    )


def test_figures_show_the_running_count_to_editors(run: Run) -> None:
    assert run("figures").stdout == (
        "activities\t开展活动\t*** 次\t未填报（已计 1，1 条记录）\nvisited\t走访居民\t近百 人\t未填报\n"
    )


def test_figures_as_data(run: Run) -> None:
    expected: dict[str, Any] = {
        "编号": "activities",
        "指标编号": "activities",
        "参照期": "2023-2025",
        "指标名称": "开展活动",
        "计量单位": "次",
        "显示": "***",
        "数值": None,
        "状态": "未填报",
        "时期或时点": "时期",
        "起始日": "2023-01-01",
        "截止日": "2025-12-31",
        "口径": "三年来开展的志愿活动",
        "计算方法": "按活动计数",
        "是否人数": None,
        "属于": None,
        "计数规则": {"台账": "volunteering", "算法": "count", "字段": None, "条件": {}},
        "数据来源": "台账",
        "责任科室": "办公室",
        "修约位数": 0,
        "公开属性": "公开",
        "约数写法": None,
        "资料始于": None,
        "资料齐全至": None,
        "填报岗位": None,
        "填报日期": None,
        "审核岗位": None,
        "审核日期": None,
        "核定岗位": None,
        "核定日期": None,
        "核定数": None,
        "修订与更正": [],
        "停用日期": None,
        "备注": None,
        "已计数": 1,
        "记录数": 1,
    }
    from_json = json.loads(run("figures", "--json").stdout)
    assert list(from_json[0].items()) == list(expected.items())
    from_csv = list(csv.DictReader(io.StringIO(run("figures", "--csv").stdout)))
    texts = {key: str(value or "") for key, value in expected.items()}
    texts |= {
        "计数规则": "台账：volunteering；算法：count",
        "修约位数": "0",
        "修订与更正": "",
    }
    assert from_csv[0] == texts
    assert [row["编号"] for row in from_json] == ["activities", "visited"]
    assert [row["已计数"] for row in from_csv] == ["1", ""]


def test_figures_of_a_register_that_cannot_be_read(run: Run) -> None:
    result = run("figures", changes={"data/figures.yml": "a: ***\n"})
    assert (result.exit_code, result.stdout) == (0, "")


def test_elsewhere_than_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert (
        result.stderr
        == "须在站点根目录（有 mkdocs.yml 的目录）下运行，现在没有 mkdocs.yml；请先用 cd 到那个目录\n"
    )


HOLD = """
import fcntl, sys
with open(".site.lock", "w") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    print(flush=True)
    sys.stdin.read()
"""


def test_one_builds_at_a_time(run: Run) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=PIPE, stdout=PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        result = run("build", "--no-print")
        other.communicate()
    assert (result.exit_code, result.stdout, result.stderr) == (
        1, "", "site/ 正在由另一个进程生成，请等它结束再试\n",
    )  # fmt: skip
    assert not Path(".site.new").exists()
    with build_lock(Path("site")) as free:  # what is left of a lock does not stand in the way
        assert free


def test_the_check_tells_of_characters_that_no_font_has(run: Run) -> None:
    told = run("check", changes={PART: f"{FILES[PART]}\n甲👍乙。\n"})
    assert told.exit_code == 1
    assert f"{PART}:11: 打印用的字体须有每个字，现在没有“👍”（U+1F44D）" in told.output


@pytest.mark.parametrize("out", ["mine", "docs", "build/www", ".", "data"])
def test_only_a_site_is_replaced_by_a_site(run: Run, tmp_path: Path, out: str) -> None:
    """What an editor has there stays, and so do deployments."""
    for name in ("mine/a.txt", "build/www/releases/a"):
        write(tmp_path / Path(name).parent, dict.fromkeys(FILES) | {Path(name).name: "甲"})
    result = run("build", "--no-print", "--out", out)
    assert (result.exit_code, result.output) == (
        1,
        f"生成到的目录须还没有、是空的，或者是以前生成的网站，{out}/ 现有别的内容；"
        "请用 --out 另写一个目录，或者先把它移走\n",
    )
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}  # fmt: skip
    assert files == {*FILES, "mine/a.txt", "build/www/releases/a"}


@pytest.mark.parametrize("ci", ["", "true"])
def test_a_failure_that_nobody_foresaw_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str
) -> None:
    def fails(*_: object) -> None:
        raise RecursionError("密")

    monkeypatch.setattr(checking, "project", fails)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    with pytest.raises(SystemExit) as ended:
        cli.run(["check"])
    file = tmp_path / FOLDER / "failed.txt"
    told, last = file.read_text("utf-8"), capsys.readouterr()
    assert (ended.value.code, last.out) == (3, "")
    assert told.endswith("RecursionError: 密\n")
    printed = f"{told}\n" if ci else ""
    assert re.sub(r":\d+）", ":9）", last.err) == (
        f"{printed}程序须把内容读完，或者说出哪里不对，现在意外停下"
        "（RecursionError，archive/commands/checking.py:9）；"
        f"请把最近改过的文件逐个退回再试，并把 {file} 交维护人员\n"
    )


def test_a_full_disk_is_no_fault_of_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor is a user without a home, who has no place for what failed."""

    def fails(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device", "site/a")

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(checking, "project", fails)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(SystemExit) as ended:
        cli.run(["check"])
    told = re.sub(r":\d+）", ":9）", capsys.readouterr().err)
    assert (ended.value.code, told) == (
        3,
        "site/a 须能读写，现为：没有空间（OSError，archive/commands/checking.py:9）；请除去这个原因再运行一次\n",
    )


def test_a_sign_that_the_encoding_lacks_is_told_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {PART: f"{FILES[PART]}\n甲👍乙。\n"})
    printed = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, "gbk"))
    with pytest.raises(SystemExit) as ended:
        cli.run(["check", "--as-of", "2026-03-01"])
    sys.stdout.flush()
    told = printed.getvalue().decode("gbk")
    assert ended.value.code == 1
    assert f"{PART}:11: 打印用的字体须有每个字，现在没有“\\U0001f44d”（U+1F44D）" in told


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_no_text_is_an_order_for_the_terminal(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    def prints(*_: object, **__: object) -> None:
        print("甲\x1b[8m乙\r丙\u202e丁\x9b2J\t戊\r\n己", file=getattr(sys, stream))

    monkeypatch.setattr(cli, "main", prints)
    ours, theirs = pty.openpty()
    with (
        os.fdopen(ours, encoding="utf-8", newline="\n") as terminal,
        os.fdopen(theirs, "w", encoding="utf-8") as its,
    ):
        monkeypatch.setattr(sys, stream, its)
        cli.run([])
        told = [terminal.readline(), terminal.readline()]
    assert told == ["甲U+001B[8m乙U+000D丙U+202E丁U+009B2J\t戊\r\r\n", "己\r\n"]
