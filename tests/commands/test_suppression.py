"""The command `archive suppression`, and what a build of the public edition tells the editor."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.commands.cli import main
from tests.samples.editions import Changes, parts
from tests.samples.sample import write

Run = Callable[..., Result]

LINES = [
    "从属抑制：指标 part_0（其中0）：若公开，可由公开的数推出指标 part_1（其中1）",
    "主动抑制：指标 part_1（其中1）：人数小于可公开的最小人数",
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder that holds the sample with three parts that make the whole."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, parts(10, 4, 16))

    def invoke(*args: str) -> Result:
        return CliRunner().invoke(main, [*args, "--as-of", "2026-03-01"], catch_exceptions=False)

    return invoke


def test_each_line_says_what_is_suppressed_and_why(run: Run) -> None:
    result = run("suppression")
    assert (result.exit_code, result.stdout.splitlines()) == (0, LINES)


def test_the_same_as_json(run: Run) -> None:
    found = json.loads(run("suppression", "--json").stdout)
    assert found == {
        "figures": [
            {
                "id": "part_0",
                "kind": "从属抑制",
                "reason": "若公开，可由公开的数推出指标 part_1（其中1）",
                "protects": [{"figure": "part_1"}],
                "compared": False,
            },
            {
                "id": "part_1",
                "kind": "主动抑制",
                "reason": "人数小于可公开的最小人数",
                "protects": [],
                "compared": False,
            },
        ],
        "records": [],
        "without_revisions": [],
        "advice": [],
        "without_records": [],
    }


def test_a_build_tells_what_is_suppressed_for_others(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site itself is not made here."""
    monkeypatch.setattr("archive.build.site._build", lambda _, out, *__: out.mkdir() or [])
    result = run("build", "--edition", "public", "--no-print")
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [LINES[0], "公开版共主动抑制 1 个指标、0 条记录，从属抑制 1 个指标、0 条记录。"],
    )


ADVICE = (
    "可能推得出：隐去的指标 part_1（其中1走访居民）正好是 visited（走访居民）减去 part_0（其中0走访居民）、part_2（其中2走访居民）；"
    "是其中数的，请在 part_1、part_0、part_2 下写 part_of: visited，各数才会一起核对"
)


def undeclared() -> Changes:
    """The same without any word of who is part of whom; names and numbers alone remain."""
    changes = parts(10, 4, 16)
    text = str(changes["data/figures.yml"]).replace("  part_of: visited\n", "")
    for at in range(3):
        text = text.replace(f"name: 其中{at}\n", f"name: 其中{at}走访居民\n")
    return {**changes, "data/figures.yml": text}


def test_a_relation_that_is_not_said_is_advised_of(run: Run) -> None:
    write(Path(), undeclared())
    result = run("suppression")
    assert (result.exit_code, result.stdout.splitlines()) == (0, [LINES[1].replace("其中1", "其中1走访居民"), ADVICE])  # fmt: skip
    assert json.loads(run("suppression", "--json").stdout)["advice"] == [{"figure": "part_1", "text": ADVICE}]  # fmt: skip
    result = run("check")
    assert result.exit_code == 0
    assert [line.partition(": ")[2] for line in result.stderr.splitlines()[:-1]] == [ADVICE]
    assert run("check", "--format", "github").stdout.startswith(
        "::notice file=data/figures.yml,line="
    )
    write(Path(), parts(10, 4, 16))
    assert "可能推得出" not in run("check").stderr + run("suppression").stdout
