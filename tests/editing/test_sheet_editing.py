"""A record's file changed in place: what was asked for changes, and not one byte besides."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import create_model

from archive.editing.sheet.editing import UnchangeableError, edited
from archive.files.writing import record, scalar
from archive.files.yaml import parse_bytes
from archive.schema.honours import Honour
from tests.samples.collections import Volunteering
from tests.samples.sheet_texts import TEXTS

ORDER = list(Volunteering.model_fields)
HONOUR = list(Honour.model_fields)

FILE = """\
# 抬头
date: 2024-03-05
# 待补
title: "学雷锋"
kind: 学雷锋
place:
participants: 12

# 人均
hours_each: 2.50
evidence:
  # 第一项
  - 照片
  # 第二项
  - 'it''s'

# 尾注
recorder: 办公室
reviewer:
"""


def after(text: str, changes: dict[str, Any], order: list[str] = ORDER) -> str:
    raw = text.encode()
    return edited(raw, parse_bytes(raw, "").data, changes, order).decode()


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"date": date(2024, 4, 1)}, "date: 2024-03-05", "date: 2024-04-01"),
        ({"title": '甲"乙'}, 'title: "学雷锋"', 'title: "甲\\"乙"'),
        ({"title": "植树\n造林"}, 'title: "学雷锋"', 'title: "植树\\n造林"'),
        ({"kind": "其他"}, "kind: 学雷锋", "kind: 其他"),
        ({"kind": "no"}, "kind: 学雷锋", 'kind: "no"'),
        ({"kind": "007"}, "kind: 学雷锋", 'kind: "007"'),
        ({"kind": "甲: 乙 #1"}, "kind: 学雷锋", 'kind: "甲: 乙 #1"'),
        ({"kind": "甲\n乙"}, "kind: 学雷锋", "kind: |-\n  甲\n  乙"),
        ({"kind": "甲\n\n  乙"}, "kind: 学雷锋", "kind: |-\n  甲\n\n    乙"),
        ({"kind": " 甲\n乙"}, "kind: 学雷锋", 'kind: " 甲\\n乙"'),
        ({"place": "广场"}, "place:", "place: 广场"),
        ({"place": "甲\n乙"}, "place:", "place: |-\n  甲\n  乙"),
        ({"participants": 7}, "participants: 12", "participants: 7"),
        ({"hours_each": Decimal("3.0")}, "hours_each: 2.50", "hours_each: 3.0"),
        ({"hours_each": None}, "hours_each: 2.50", "hours_each:"),
        ({"hours_each": None, "hours_total": Decimal(30)}, "hours_each: 2.50\n", "hours_each:\nhours_total: 30\n"),
        ({"hours_total": Decimal(30)}, "2.50\n", "2.50\nhours_total: 30\n"),
        ({"hours_total": None}, "date", "date"),
        ({"participants": 12, "hours_each": Decimal("2.5")}, "date", "date"),
        ({"reviewer": "甲"}, "reviewer:", "reviewer: 甲"),
        ({"note": "完"}, "reviewer:\n", "reviewer:\nnote: 完\n"),
        ({"evidence": ["照片", "表"]}, "- 'it''s'", "- '表'"),
        ({"evidence": ["照片", "it's", "no"]}, "- 'it''s'\n", "- 'it''s'\n  - \"no\"\n"),
        ({"evidence": ["甲", "照片", "it's"]}, "  - 照片", "  - 甲\n  - 照片"),
        ({"evidence": ["it's"]}, "  - 照片\n", ""),
        ({"evidence": ["照片"]}, "  - 'it''s'\n", ""),
        ({"evidence": []}, "\n  # 第一项\n  - 照片\n  # 第二项\n  - 'it''s'", " []"),
    ],
)  # fmt: skip
def test_only_what_was_asked_for_changes(changes: dict[str, Any], old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert after(FILE, changes) == FILE.replace(old, new)


@pytest.mark.parametrize(
    ("text", "changes", "new"),
    [
        ("title: 甲", {"reviewer": "乙"}, "title: 甲\nreviewer: 乙\n"),
        ("\ufefftitle: 甲\r\nkind: 乙\r\n", {"title": "丙\n丁"}, "\ufefftitle: |-\r\n  丙\r\n  丁\r\nkind: 乙\r\n"),
        ("title: |\n  甲\n  乙\n\n# 注\nkind: 丙\n", {"title": "丁"}, "title: 丁\n\n# 注\nkind: 丙\n"),
        ("title: 甲\n  乙\n\n# 注\nkind: 丙\n", {"title": "丁"}, "title: 丁\n\n# 注\nkind: 丙\n"),
        ("title:\n  甲\nkind: 丙\n", {"title": None}, "title:\nkind: 丙\n"),
        ("title: ~\nkind: null\n", {"title": "甲", "kind": "乙"}, "title: 甲\nkind: 乙\n"),
        ("evidence: [] \n# 注\nkind: 丙\n", {"evidence": ["甲"]}, "evidence: \n  - 甲\n# 注\nkind: 丙\n"),
        ("evidence: [甲, 乙]\n", {"evidence": ["甲", "丙, 丁", "no"]}, 'evidence: [甲, "丙, 丁", "no"]\n'),
        ("evidence:\n- 甲\n- 乙\nkind: 丙\n", {"evidence": ["甲", "乙", "丁"]}, "evidence:\n- 甲\n- 乙\n- 丁\nkind: 丙\n"),
        ("evidence:\n- 甲", {"evidence": ["甲", "乙"], "note": "丙"}, "evidence:\n- 甲\n- 乙\nnote: 丙\n"),
        ("title: \nkind: 丙\n", {"title": "甲\n乙"}, "title: |-\n  甲\n  乙\nkind: 丙\n"),
        ("---\ntitle: 甲\n...\n", {"title": "乙"}, "---\ntitle: 乙\n...\n"),
    ],
)  # fmt: skip
def test_whatever_way_the_file_is_written(text: str, changes: dict[str, Any], new: str) -> None:
    assert after(text, changes) == new


REVIEWED = """\
title: 甲
reviews:
  # 第一次
  - date: 2024-01-02
    document: "文"
    result: 确认保留
  - date:
    document:
    result: 限期整改
withdrawn:
note:
"""


def review(day: date | None, document: str | None, result: str) -> dict[str, Any]:
    return {"date": day, "document": document, "result": result, "until": None}


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"reviews": [review(date(2024, 1, 2), "书", "确认保留"), review(None, None, "限期整改")]}, '"文"', '"书"'),
        ({"reviews": [review(date(2024, 1, 2), "文", "确认保留"), review(date(2025, 1, 2), None, "限期整改")]}, "date:\n", "date: 2025-01-02\n"),
        ({"reviews": [review(date(2024, 1, 2), "文", "确认保留")]}, "  - date:\n    document:\n    result: 限期整改\n", ""),
        (
            {"reviews": [review(date(2024, 1, 2), "文", "确认保留"), review(None, None, "限期整改"), review(date(2026, 1, 2), None, "确认保留")]},
            "result: 限期整改\n", "result: 限期整改\n  - date: 2026-01-02\n    document:\n    result: 确认保留\n    until:\n",
        ),
        ({"withdrawn": {"date": None, "reason": "错"}}, "withdrawn:\n", "withdrawn:\n  date:\n  reason: 错\n"),
        ({"reviews": []}, REVIEWED[REVIEWED.index("\n  # 第一次") : REVIEWED.index("\nwithdrawn")], " []"),
    ],
)  # fmt: skip
def test_records_within_a_record(changes: dict[str, Any], old: str, new: str) -> None:
    assert REVIEWED.count(old) == 1
    assert after(REVIEWED, changes, HONOUR) == REVIEWED.replace(old, new)


def test_what_was_withdrawn_may_be_no_more() -> None:
    text = "title: 甲\nwithdrawn:\n  date: 2024-01-02\n  reason: 错\n  # 注\nnote:\n"
    assert after(text, {"withdrawn": None}, HONOUR) == "title: 甲\nwithdrawn:\n  # 注\nnote:\n"
    changes = {"withdrawn": {"date": date(2024, 1, 2), "reason": None}}
    assert after(text, changes, HONOUR) == text.replace("reason: 错", "reason:")


@pytest.mark.parametrize(
    "text",
    ["{title: 甲}\n", "evidence: [甲,\n  # 注\n  乙]\ntitle: 甲\n", "kind: 甲\n", "title: 乙\n", "title: [\n"],
)  # fmt: skip
def test_what_cannot_be_changed_is_refused(text: str) -> None:
    held = {"title": "甲", "evidence": ["甲", "乙"]}
    if text.startswith("{"):
        held.pop("evidence")
    with pytest.raises(UnchangeableError):
        edited(text.encode(), held, {"title": "丙", "evidence": ["丁"]}, ["title", "evidence"])


LISTS = st.lists(TEXTS.filter(lambda text: "\n" not in text), max_size=4)
BLANKS = st.sampled_from(["", "  ", "\t"])
STYLES = st.sampled_from(["", '"', "'"])
FIELDS = ("date", "title", "kind", "evidence", "participants", "note")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates(date(1950, 1, 1), date(2099, 1, 1)),
    "title": TEXTS,
    "kind": st.none() | TEXTS,
    "evidence": LISTS,
    "participants": st.integers(0, 99) | st.decimals(0, 99, places=2),
    "note": st.none() | TEXTS,
}


@st.composite
def files(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, str]]:
    """A record's values and the lines of each field, written in one of many ways."""
    values = {name: draw(VALUES[name]) for name in FIELDS}
    lines = {}
    for name, value in values.items():
        above = draw(st.sampled_from(["", "\n", f"# 说明 {name} # 'x': [y\n"]))
        after = draw(BLANKS)
        if isinstance(value, list) and value and draw(st.booleans()):
            pad = draw(st.sampled_from(["", "  "]))
            text = "".join(f"{pad}- {scalar(one, draw(STYLES))}\n" for one in value)
            lines[name] = f"{above}{name}:{after}\n{text}"
        elif isinstance(value, list):
            inside = ", ".join(scalar(one, flow=True) for one in value)
            lines[name] = f"{above}{name}: [{inside}]{after}\n"
        else:
            text = scalar(value, draw(STYLES))
            lines[name] = f"{above}{name}: {text}{after}\n"
    return values, lines


@given(file=files(), data=st.data())
def test_any_change_of_any_file_reads_back_and_leaves_the_rest(
    file: tuple[dict[str, Any], dict[str, str]], data: st.DataObject
) -> None:
    values, lines = file
    names = data.draw(st.lists(st.sampled_from(FIELDS), unique=True))
    changes = {name: data.draw(VALUES[name]) for name in FIELDS if name in names}
    raw = "".join(lines.values()).encode()
    result = edited(raw, values, changes, list(FIELDS))
    read = parse_bytes(result, "")
    assert (read.data, read.problems) == ({**values, **changes}, [])
    rest = result.decode()
    for name in FIELDS:
        if name not in changes or changes[name] == values[name]:
            before, found, rest = rest.partition(lines[name])
            assert found, (name, before)


_FIELDS: Any = {name: (str, None if name == "note" else ...) for name in FIELDS}
WRITTEN = create_model("Written", **_FIELDS)


@given(values=st.fixed_dictionaries(VALUES))
def test_a_new_record_reads_back(values: dict[str, Any]) -> None:
    read = parse_bytes(record(values, WRITTEN).encode(), "")
    wanted = {name: one for name, one in values.items() if name != "note" or one is not None}
    assert (read.data, read.problems) == (wanted, [])
