"""Three versions of a record made one: nothing is lost, and what two changed apart is not mixed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.editing.merging import ValueChange, changes, clashing, merge
from archive.editing.sheet.editing import UnchangeableError
from archive.files.yaml import parse_bytes

NAMES = ["a", "b", "c"]
VALUES = st.none() | st.integers(0, 3) | st.sampled_from(["甲", "乙"])
VERSION = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))


def written(version: Mapping[str, object]) -> bytes:
    return "".join(f"{name}: {'' if one is None else one}\n" for name, one in version.items()).encode()  # fmt: skip


@given(base=VERSION, now=VERSION, new=VERSION)
def test_merging_loses_nothing(
    base: dict[str, object], now: dict[str, object], new: dict[str, object]
) -> None:
    done = merge(written(base), written(now), written(new), NAMES)
    expected = [
        ValueChange((name,), base[name], now[name], new[name]) for name in NAMES
        if now[name] != base[name] and new[name] not in (base[name], now[name])
    ]  # fmt: skip
    if isinstance(done, list):
        assert sorted(done, key=lambda one: one.at) == expected
        return
    assert expected == []
    held = parse_bytes(done, "").data
    assert held == {name: new[name] if new[name] != base[name] else now[name] for name in NAMES}


def test_merging_what_is_no_record() -> None:
    with pytest.raises(UnchangeableError):
        merge(b"a: 1\n", b"- 1\n", b"a: 2\n", NAMES)
    broken = merge(b"a:\n  x: 1\n", "a: 甲\n".encode(), b"a:\n  x: 2\n", NAMES, 2)
    assert broken == [ValueChange(("a",), {"x": 1}, "甲", {"x": 2})]


@pytest.mark.parametrize(
    ("base", "now", "new"),
    [
        (Decimal("2.5"), Decimal("2.50"), 3),
        ("甲", " 甲\u00a0", "乙"),
        ([], None, ["甲"]),
        (None, "", "乙"),
    ],
)
def test_a_value_written_otherwise_is_not_changed(base: Any, now: Any, new: Any) -> None:
    found = list(changes({"a": base}, {"a": now}, {"a": new}))
    assert found == [ValueChange(("a",), base, now, new)]
    assert clashing(found) == []
    assert list(changes({"a": new}, {"a": base}, {"a": now})) == []


BASE = "a:\n  x: 1\n  y: 1\nb:\n  x: 1\n"
NOW = "a:\n  # 人改的\n  x: 2\n  y: 1\nb:\n  x: 1\n"
NEW = "a:\n  x: 1\n  y: 3\nb:\n  x: 4\n"


def merged(levels: int) -> str | list[ValueChange]:
    base, now, new = (one.encode() for one in (BASE, NOW, NEW))
    done = merge(base, now, new, NAMES, levels)
    return done if isinstance(done, list) else done.decode()


def test_a_group_changed_both_ways_is_one_field() -> None:
    group = ValueChange(("a",), {"x": 1, "y": 1}, {"x": 2, "y": 1}, {"x": 1, "y": 3})
    assert merged(1) == [group]


def test_records_of_one_file_are_merged_field_by_field() -> None:
    assert merged(2) == "a:\n  # 人改的\n  x: 2\n  y: 3\nb:\n  x: 4\n"
