"""Every message says what to do: all that the guide shows, and all that any test calls forth (conftest)."""

import pytest

from archive.commands import options
from archive.editing.sheet.fields import Fault
from archive.files.yaml import Problem
from tests.samples.messages_guide import PAGES, sections
from tests.samples.ways_out import has_way_out


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("日期须不晚于今天，现为 2027-01-01；请改为今天或以前的日期", True),
        ("title（活动名称）须为文字，现为空；例如：title: 植树", True),
        ("没有指标 visitd，是否为 visited？", True),
        ("宏 fig 须写作 {{ fig(…) }}", True),
        ("须有标题，请加上", True),
        ("须有标题，现没有", False),
        ("须有标题，现有：请登记；可以没有的不写", False),
        ("没有指标 visitd", False),
    ],
)
def test_what_a_way_out_is(message: str, expected: bool) -> None:
    assert has_way_out(message) is expected


def test_every_message_of_the_guide_has_one() -> None:
    said = (case.message for page in PAGES for section in sections(page) for case in section.cases)
    told = [line.partition(": ")[2] for text in said for line in text.splitlines()]
    assert len(told) > 400
    assert [message for message in told if not has_way_out(message)] == []


def test_a_problem_without_one_is_noticed(dead_ends: list[Problem]) -> None:
    made = [Problem("a.yml", 1, "须有标题，现没有"), Problem("a.yml", 1, "须有标题；请加上")]
    assert dead_ends == made[:1]
    dead_ends.clear()


def test_so_is_a_fault_of_a_sheet(dead_ends: list[object]) -> None:
    made = [Fault("表", 2, "日期", "须为日期，现为空"), Fault("表", 2, "日期", "须为日期；请填写")]
    assert dead_ends == made[:1]
    dead_ends.clear()


def test_so_is_what_a_command_ends_with(dead_ends: list[object]) -> None:
    """The number of what it has told of says nothing to do, nor need it."""
    for message in ("须能写入，现在不能", "共 3 处问题。", "须能写入，现在不能；请换一个目录"):
        with pytest.raises(SystemExit):
            options.stop(message)
    assert dead_ends == ["须能写入，现在不能"]
    dead_ends.clear()
