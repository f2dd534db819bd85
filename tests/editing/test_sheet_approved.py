"""A sheet that moves figures that were approved: told before it is written, recorded along with it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.checks import check
from archive.commands.cli import main
from archive.facts.gather import gather
from archive.facts.project import Project
from archive.facts.site import Site
from tests.conftest import ROOT
from tests.samples.approvals import COUNTED, UNSIGNED, moved
from tests.samples.desk import ADDED, REFUSED, ROW, TO_WRITE, WRITTEN, Desk
from tests.samples.releases import FILE, Changes, frozen_text
from tests.samples.sample import AS_OF, git, write

REGISTER = "data/figures.yml"
NEW = "data/volunteering/2025/20250312-01.yml"
WHY = ("--revise", "修订", "--reason", "补录漏报的一次", "--by", "分管领导")
MOVED = ["因此改变的指标（1 个）", "  activities 开展活动：1次 → 2次，已经核定或报送"]
LISTED = [
    f"新增 {NEW}（植树，第 3 行）", "  日期：2025-03-12", "  活动名称：植树", "  类别：植树造林",
    "  地点：林场", "  参加人数：3", "  总时长：6.5", "  服务人次：4", "  组织科室：办公室",
    "  原始资料：签到表", "  记录人：办公室", *MOVED,
]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose register is approved and was reported, and a sheet with one record more."""
    register: Changes = {REGISTER: COUNTED + UNSIGNED}
    write(tmp_path, {**register, FILE: frozen_text(tmp_path / "then", register)})
    monkeypatch.chdir(tmp_path)
    found = Desk(tmp_path)
    found.export()
    found.row(3, ROW)
    return found


def test_without_a_word_nothing_is_written(desk: Desk) -> None:
    before = desk.files()
    exit_, lines, summary = desk.import_lines("--write")
    assert (exit_, summary) == (1, f"新增 1 条，问题 1 处。{REFUSED}")
    assert lines == [
        *LISTED,
        "写入以后，别处会有问题：",
        f"{REGISTER}:25: activities（开展活动）核定{moved(1, 2)}",
        "核定过的指标因此改变：改动有据的，加 --revise 修订（或更正）、--reason 原因、--by 核定岗位，连同记录一起写入。",
    ]
    assert desk.files() == before
    told = (
        "\n".join(MOVED),
        lines[-1],
        " ".join(("$ .venv/bin/archive sheet import 志愿服务.xlsx --write", *WHY)),
    )
    guide = (ROOT / "archive" / "guide" / "sheet.md").read_text("utf-8")
    assert [one for one in told if one not in guide] == []


def test_record_and_revision_are_written_at_once(desk: Desk) -> None:
    before = desk.files()
    assert desk.unwritten(*WHY) == (0, LISTED, f"新增 1 条。{TO_WRITE}")
    exit_, lines, summary = desk.import_lines("--write", *WHY)
    assert (exit_, lines, summary) == (0, LISTED, f"新增 1 条。{WRITTEN}")
    revision = (
        "    value: 1\n  revisions:\n    - kind: 修订\n      date: 2026-03-01\n      old: 1\n      new: 2\n"
        "      reason: 补录漏报的一次\n      by: 分管领导\n"
    )
    register = (COUNTED + UNSIGNED).replace("    value: 1\n", revision)
    assert desk.files() == {**before, NEW: ADDED.encode(), REGISTER: register.encode()}
    assert check(Site(gather(Project(desk.root, desk.root / "data", AS_OF)))) == ()


@pytest.mark.parametrize("given", [WHY[:2], WHY[:4], WHY[2:], (*WHY[:4], "--by", " ")])
def test_half_a_decision_is_none(desk: Desk, given: tuple[str, ...]) -> None:
    result = desk.run("import", "sheet.xlsx", *given)
    assert (result.exit_code, result.output) == (
        1,
        "--revise、--reason、--by 须一起写，现在只写了一部分；请补上其余的，或者都不写\n",
    )


def test_a_decision_follows_the_rules(desk: Desk) -> None:
    exit_, lines, _ = desk.unwritten("--write", *WHY[:5], "张三")
    rule = "activities（开展活动）的修订须写岗位，不写姓名，现有“张*”；例如：by: 办公室主任"
    assert (exit_, lines[-1]) == (1, f"{REGISTER}:35: {rule}")


REVISION = (
    "  revisions:\n    - {kind: 修订, date: 2026-02-03, old: 1, new: 2, reason: 补录, by: 丁}\n"
)
UNTOLD = [
    f"{REGISTER}:28: activities（开展活动）核定过的数是 1，现为 2，须记为修订或更正（revisions），核定数仍是原来的；请在 revisions 下加一项，不该变的，改回去"
]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param("    value: 1\n", "    value: 2\n", UNTOLD, id="the approved value retold"),
        pytest.param("    value: 1\n", f"    value: 1\n{REVISION}", [], id="revised"),
        pytest.param("    value: 1\n", f"    value: 3\n{REVISION.replace('old: 1', 'old: 3')}", UNTOLD, id="revised from another"),
        pytest.param(COUNTED[COUNTED.index("  approved:") : COUNTED.index("  note:")], "  approved:\n    by:\n    date:\n", [UNTOLD[0].replace(":28:", ":26:")], id="approved no more"),
        pytest.param("definition: 三年来", "definition: 三年内", [], id="another definition, approved anew"),
    ],
)  # fmt: skip
def test_an_approval_that_changes_with_the_value_is_told_by_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: list[str]
) -> None:
    """What the files of one day cannot tell, the check of a pull request does: `--since origin/main`."""
    write(tmp_path, {REGISTER: COUNTED + UNSIGNED})
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "x")
    assert COUNTED.count(old) == 1
    register = COUNTED.replace(old, new)
    if "definition" in new:
        register = register.replace("    value: 1\n", "    value: 2\n")
    write(tmp_path, {REGISTER: register + UNSIGNED, NEW: ADDED})
    command = ["check", "--since", "main", "--as-of", "2026-03-01"]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert (result.exit_code, result.stdout.splitlines()) == (int(bool(told)), told)


def test_diff_says_by_its_exit_code_whether_figures_changed(desk: Desk) -> None:
    def diff(*args: str) -> int:
        command = ["diff", ".", *args, "--as-of", "2026-03-01"]
        return CliRunner().invoke(main, command, catch_exceptions=False).exit_code

    write(desk.root / "then", {REGISTER: COUNTED + UNSIGNED})
    codes = [diff("then"), diff("then", "--exit-code")]
    (desk.root / "then" / NEW).parent.mkdir()
    (desk.root / "then" / NEW).write_text(ADDED, "utf-8")
    codes += [diff("then"), diff("then", "--exit-code")]
    (desk.root / "then" / REGISTER).write_text("- 1\n", "utf-8")
    assert [*codes, diff("then", "--exit-code")] == [0, 0, 0, 1, 1]
