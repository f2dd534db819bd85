"""A line break within Chinese text is not shown, in pages and in data."""

import pytest

from archive.files.line_breaks import between, without_line_breaks
from archive.files.yaml import parse

FOLDED = [
    ("示例社区东\n  片区广场", "示例社区东片区广场"),
    ("示例社区\n  abc\n  def\n  3 次，\n  “完”", "示例社区 abc def 3 次，“完”"),
    ("张三 李四\n  王五", "张三 李四王五"),
    ("甲\n\n  乙", "甲\n乙"),
    (">\n  继\n  续\n\n  又一段\n   更深\n   一行\n", "继续\n又一段\n 更深\n 一行\n"),
    (">-\n  甲。\n  乙", "甲。乙"),
    ("|\n  甲\n  乙\n", "甲\n乙\n"),
    ('"甲\n  乙\\\n  丙\\n丁"', "甲乙丙\n丁"),
    ("'甲''\n  乙\n  丙'", "甲' 乙丙"),
    ("[甲\n  乙, 丙]", ["甲乙", "丙"]),
    ("甲\n  - 乙", "甲 - 乙"),
    ("甲\n  # 注", "甲"),
]


@pytest.mark.parametrize(("written", "value"), FOLDED)
def test_folded_values(written: str, value: object) -> None:
    read = parse(f"a: {written}\nb: 1\n", "a.yml")
    assert (read.data, read.problems) == ({"a": value, "b": 1}, [])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("继\n续", "继续"),
        ("继  \n  续", "继续"),
        ("继</b>\n<i>续", "继</b><i>续"),
        ("继\n\n续", "继\n\n续"),
        ("继\nabc\ndef", "继\nabc\ndef"),
        ("，\n“", "，“"),
        ("<pre>继\n续</pre>", "<pre>继\n续</pre>"),
        ("\U00020000\n乙", "\U00020000乙"),
    ],
)
def test_breaks_in_text_and_html(written: str, shown: str) -> None:
    assert without_line_breaks(written) == shown


def test_a_search_sees_words_and_numbers_whole() -> None:
    pairs = ("甲乙", "12", "ab", "甲1", "1，", "")
    assert [between(pair[:1], pair[1:]) for pair in pairs] == ["", "", "", " ", " ", " "]
