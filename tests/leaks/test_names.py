"""Names that may not be published are found as a reader would see them, however they are written."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.leaks.leak import FileLeak, leaks_by_line
from archive.leaks.names import withheld_search
from archive.leaks.text import find_private, private_search
from archive.leaks.visible import UNSEEN, visible_text
from tests.samples.leaks import without_digests

NAME = "丁戊河"
SEARCH = withheld_search({"river": NAME, "firm": "ABC公司", "short": "东西"})


@pytest.mark.parametrize(
    "text",
    [
        "见丁戊河。",
        "丁&#25098;河",
        "丁&#x620A;河",
        "丁&amp;#25098;河",
        "丁<b>戊</b>河",
        "丁<span title='>'>戊</span>河",
        "丁<!-- 甲 -->戊河",
        "丁<br>戊<br/>\n河",
        "丁\u200b戊\u00ad河",
        "丁\ufe0f戊\u2060河\U000e0020",
        "丁\u3164戊\u0336河",
        "丁 戊\u3000河",
        "丁\n  戊\n河",
        "**丁**戊_河_",
        "丁`戊`河",
        "丁\\戊河",
        "丁·戊-河",
        '["丁" + "戊河"]',
        r"\u4e01\u620a\u6cb3",
        r"丁\u620a河",
        "%E4%B8%81%E6%88%8A%E6%B2%B3",
        "?q=%25E4%25B8%2581%25E6%2588%258A%25E6%25B2%25B3",
        "%u4E01%u620A%u6CB3",
        "<a id='丁戊河'></a>",
        "[甲](丁戊河.md#丁戊河)",
        "ＡＢＣ公司",
        "abc 公司",
        "A\u200bBC公司",
        "⼀丁戊河",
        "\u202e河戊丁\u202c",
        "丁\u202e河戊\u202c",
        "&#8238;河<b>戊</b>丁",
        "丁&#x0000620A;&#000027827",
        "丁\u1ab0戊\u302a河",
        "丁\u3099戊\u0591河\U00011001",
        "丁\ufe20戊\u20dd河",
        "<bdo dir=rtl>河戊丁</bdo>",
        "<ruby>丁<rp>(</rp><rt>ding</rt><rp>)</rp>戊<rt>wu</rt>河</ruby>",
        "丁🙂戊☆河",
        r"丁\n戊河",
        r"content: '\4e01\620a \6cb3'",
        "丁_x620A_河",
        "丁\u180f戊\U0001d173河",
        "丁\u2800戊\ufff0河",
        "丁⺼河",
        "<td>丁</td>\n<td class=a>戊</td> <th>河</th>",
        "| 丁 | 戊河 |",
        "丁,戊河",
        "找丁、戊河去",
        "姓名：丁；戊河",
        "东西",
        "<td>东</td><td>西</td>",
        "（东、西）",
        "“丁戊”河",
        "丁「戊」河",
        "丁（戊河）",
        "《丁戊》河",
        "“东”西",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert {leak.kind for leak in SEARCH(text)} == {"未公开的名称"}


def test_a_name_is_found_in_traditional_writing() -> None:
    search = withheld_search({"bank": "国华银行"}, ["国华银行支行"])
    for text, found in (("國華銀行", 1), ("國华銀行", 1), ("國華銀行支行", 0), ("國樺銀行", 0)):
        assert len(list(search(text))) == found, text


def test_a_name_is_found_whatever_mark_stands_on_its_letters() -> None:
    marks = [
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Mn", "Me")
    ]
    found = SEARCH("。\n\n".join(f"丁{mark}戊{mark}河" for mark in marks))
    assert len(list(found)) == len(marks) > 1900


def test_every_sign_that_has_no_shape_is_unseen() -> None:
    unseen = re.compile(f"[{UNSEEN}]")
    formats = (chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf")
    assert [f"{ord(one):X}" for one in formats if not unseen.fullmatch(one)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("丁戊河村", 0),
        ("丁戊河被处分，丁戊河村公开", 1),
        ("丁<b>戊</b>河村、丁戊河、丁 戊 河 村", 1),
    ],
)
def test_a_name_within_a_public_one_is_looked_for_elsewhere(text: str, found: int) -> None:
    search = withheld_search({"river": NAME}, ["丁戊河村"])
    assert len(list(search(text))) == found


@pytest.mark.parametrize(
    "text",
    [
        "丁。戊河",
        "甲丁\n\n戊河",
        "<p>丁</p><p>戊河</p>",
        "<tr><td>丁</td></tr><tr><td>戊河</td></tr>",
        "丁！戊河",
        "东山和西沟",
        "东、西方",
        "<td>山东</td><td>西</td>",
        "丁戊江河",
        "xABC公司",
        "南东（西）",
        "%E4%B8%81%E6",
        "",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert list(SEARCH(text)) == []


def test_a_name_is_told_masked_with_its_line() -> None:
    text = "甲\n&#x4e01;戊\n河 **丁**\u200b戊河\n"
    assert without_digests(leaks_by_line(text, SEARCH(text))) == [
        FileLeak("未公开的名称", "丁**（river）", 2),
        FileLeak("未公开的名称", "丁**（river）", 3),
    ]
    assert [(one.kind, one.found) for one in find_private(text, names=[NAME])] == [
        ("姓名", "丁**")
    ] * 2


@given(st.text())
def test_what_is_visible_leads_back_to_what_is_written(text: str) -> None:
    visible = visible_text(text)
    places = [visible.written_at(at) for at in range(len(visible.text))]
    assert places == sorted(places)
    assert all(0 <= at < len(text) for at in places)


@given(st.lists(st.sampled_from([" ", "\n", "\u200b", "<b>", "</b>", "*", "&shy;", "<!-- -->"])))
def test_whatever_stands_between(between: list[str]) -> None:
    text = f"丁{''.join(between)}戊河"
    assert "\n" in between or list(SEARCH(text))


TURNED = st.text("\u202e\u202d\u202c\u202b\u2067\u2069\u200f<b>/ =1\n丁戊河", max_size=30)


@given(TURNED, TURNED)
def test_whatever_is_turned_around_is_searched(before: str, after: str) -> None:
    """A name stands in a text whatever is turned around it, and its letters are found where they are."""
    text = f"{before}\u2069。\n\n\u202d丁戊河。\u202c\n\n{after}"
    assert any(leak.found == "丁**（river）" for leak in SEARCH(text))
    for leak in SEARCH(text):
        assert text[leak.at] in "丁戊河"


def test_names_that_are_not_there_take_no_time() -> None:
    names = {f"{n}": f"甲{chr(0x4E00 + n)}乙" for n in range(3000)}
    shown = private_search(names.values())
    start = time.process_time()
    for _ in range(100):
        assert [*shown("示例市的甲和丙"), *withheld_search(names)("示例市的甲和丙")] == []
    assert time.process_time() - start < 2  # trying a pattern for each took minutes
    assert [leak.found for leak in shown("甲*丁*乙")] == ["甲**"]
