"""The rules for lines of YAML: silent about what is sound, whatever it holds, and never at a loss."""

import time
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from archive.files.yaml import parse
from archive.files.yaml_lines import Lines
from archive.files.yaml_values import NO_COMMA

NAMES = st.text("abcdefgh_", min_size=1, max_size=8)
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S"]) | st.just(" "), max_size=30)
ONES = st.one_of(TEXTS, st.integers(), st.booleans(), st.none(), st.dates())
# An item with a comma of another kind has to be in quotes, although YAML itself does not ask for it.
ITEMS = st.lists(ONES.filter(lambda one: not set(NO_COMMA) & set(str(one))), max_size=3)
GROUPS = st.dictionaries(NAMES, st.one_of(ONES, ITEMS), max_size=4)
RECORDS = st.dictionaries(NAMES, st.one_of(ONES, GROUPS, st.lists(GROUPS, max_size=3)), min_size=1)


@given(RECORDS, st.booleans())
@example({"__": "0'", "_": ""}, True)
@example({"a": 'it"s', "b": "it's", "c": ["x'y", "#1", "[", "'"]}, True)
def test_what_is_sound_has_no_faulty_line(record: dict[str, Any], flow: bool) -> None:
    style = None if flow else False
    text = yaml.safe_dump(
        record, allow_unicode=True, width=10**6, default_flow_style=style, sort_keys=False
    )
    assert Lines(text).faults == []


@given(st.text("ab：: \n-\t\"'[]{}|>*&!%@`#,?　”", max_size=60))
def test_every_line_has_at_most_one_fault_and_some_text_comes_of_it(text: str) -> None:
    lines = Lines(text)
    told = [at for at, _ in lines.faults]
    assert told == sorted(set(told))
    assert len(lines.mended.split("\n")) == len(text.split("\n"))
    parse(text, "x.yml")


HOSTILE = [
    "- ",
    "[\n",
    "[ ",
    '["\\"',
    "a: [\n",
    'a: "x\n',
    "'a\n",
    "  - [\n",
    "a：\n",
    "{\n",
    "\t\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    begun = time.process_time()
    Lines(text)
    assert time.process_time() - begun < 1.25
