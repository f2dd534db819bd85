"""The collections: a sound record of each, one fault at a time, and all that is then said of it."""

from pathlib import Path

import pytest

from tests.samples.collections import COLLECTIONS
from tests.samples.faults import ONE_FAULT
from tests.samples.records import RECORDS, changed, path
from tests.samples.sample import problems


def test_a_sound_record_of_each_collection(tmp_path: Path) -> None:
    assert RECORDS.keys() <= COLLECTIONS.keys()
    assert problems(tmp_path, {path(name): text for name, text in RECORDS.items()}) == []


@pytest.mark.parametrize(("name", "old", "new", "message"), ONE_FAULT)
def test_one_fault(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    assert problems(tmp_path, {path(name): changed(name, old, new)}) == [f"{path(name)}:{message}"]


@pytest.mark.parametrize(
    ("name", "message", "way_out"),
    [
        (
            "party_members",
            "2: 一年一个阶段须只有一条记录，2024 年“发展党员”已见 ",
            "请删去一条，或者改正日期",
        ),
        (
            "cadres",
            "2: 一年一个培养环节须只有一条记录，2024 年“提拔科级干部”已见 ",
            "请删去一条，或者改正日期",
        ),
        (
            "publications",
            "3: 专报的 number（期号）一年内须唯一，“2024年第3期”已见 ",
            "请改正期号，没有的写 number:",
        ),
    ],
)
def test_what_must_stand_once(tmp_path: Path, name: str, message: str, way_out: str) -> None:
    texts = {id_: RECORDS[name].replace("题目", f"题目{id_}") for id_ in "ab"}
    assert problems(tmp_path, {path(name, id_): text for id_, text in texts.items()}) == [
        f"{path(name, 'b')}:{message}{path(name)}；{way_out}"
    ]


def test_publications_without_a_number_are_not_the_same(tmp_path: Path) -> None:
    text = changed("publications", "number: 2024年第3期", "number:")
    texts = {path("publications", id_): text.replace("题目", f"题目{id_}") for id_ in "ab"}
    assert problems(tmp_path, texts) == []
