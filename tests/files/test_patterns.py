"""Patterns compiled at their first use."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.files.patterns import _Late, late
from tests.conftest import ROOT

USERS = [
    path.relative_to(ROOT).with_suffix("")
    for path in sorted((ROOT / "archive").rglob("*.py"))
    if "patterns import late" in path.read_text("utf-8")
]


def test_it_is_the_pattern_that_would_have_been_compiled() -> None:
    made = late("(?P<day>[0-9]+)", re.IGNORECASE)
    compiled = re.compile("(?P<day>[0-9]+)", re.IGNORECASE)
    assert [made.sub("x", "a1b22"), made.flags, made.groupindex, made.pattern] == [
        "axbx",
        compiled.flags,
        compiled.groupindex,
        compiled.pattern,
    ]
    found = made.search("a1")
    assert found
    assert found.re == compiled


def test_what_a_pattern_has_not_it_has_not() -> None:
    assert not hasattr(late("a"), "finds")


def within(value: object) -> Iterator[Any]:
    """The patterns in what a module holds."""
    if isinstance(value, _Late):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from within(one)


@pytest.mark.parametrize("module", USERS, ids=str)
def test_each_can_be_compiled(module: Path) -> None:
    """A fault in one would else show only when it is asked."""
    made = [*within(vars(importlib.import_module(".".join(module.parts))))]
    assert made
    for one in made:
        assert re.compile(one.pattern, one.flags) == re.compile(*one._asked)
    tree = ast.parse((ROOT / module.with_suffix(".py")).read_text("utf-8"))
    inside = {
        call.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "late"
    }
    assert inside == set()  # made at each call, it would be compiled anew each time
