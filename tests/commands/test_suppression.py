"""The command `archive suppression`, and what a build of the public edition tells the editor."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.commands.cli import main
from tests.samples.editions import parts
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
