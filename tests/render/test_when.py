"""今年, 三年来 and the like in a report: what they mean, where they are marked, and that nothing else is."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.facts.saying import Period, meant
from archive.render import macros
from archive.render.when import when_marks
from tests.samples.sample import FILES, read

YEAR = date(2025, 1, 1), date(2025, 12, 31)
THREE = date(2023, 1, 1), date(2025, 12, 31)
HALF = date(2025, 1, 1), date(2025, 6, 30)
PAGE = "report/part-1.md"


def told(text: str, report: Period) -> list[str]:
    return [
        f"{text[one.start : one.end]} {one.days[0]:%Y%m%d}-{one.days[1]:%Y%m%d}"
        for one in meant(text, (0, len(text)), report)
    ]


@pytest.mark.parametrize(
    ("text", "report", "expected"),
    [
        ("今年，我局参加运动会", THREE, ["今年 20250101-20251231"]),
        ("今年以来，办理事项", HALF, ["今年 20250101-20250630"]),
        ("三年来，开展活动", THREE, ["三年来 20230101-20251231"]),
        ("近三年来，开展活动", THREE, ["近三年来 20230101-20251231"]),
        ("近三年，开展活动", YEAR, ["近三年 20230101-20251231"]),
        ("五年来，成绩显著；十年来亦然", THREE, ["五年来 20210101-20251231", "十年来 20160101-20251231"]),
        ("比去年增长5%，比上年增加3人", YEAR, ["去年 20240101-20241231", "上年 20240101-20241231"]),
        ("上半年完成10项，前三季度完成20项", YEAR, ["上半年 20250101-20250630", "前三季度 20250101-20250930"]),
        ("去年上半年和今年3月", YEAR, ["去年上半年 20240101-20240630", "今年3月 20250301-20250331"]),
        ("近两年我局获奖", HALF, ["近两年 20230701-20250630"]),
        # the words do not tell which year
        ("上半年完成10项", THREE, []),
        ("2024年完成10项，上半年完成4项", YEAR, []),
        ("每年上半年开会，明年上半年完成", YEAR, []),
        ("比去年同期增长", YEAR, []),
        ("当年完成", YEAR, []),
        # parts of other words
        ("成立至今年年丰收", YEAR, []),
        ("当今年代，如今年轻人多", YEAR, []),
        ("十三年来，二十三年来，第三年来，每三年来一次", THREE, ["十三年来 20130101-20251231"]),
        ("近三年期贷款，三年制，近三年级，工作近三年", THREE, []),
        ("过去年代，失去年华，三年前年均增长", YEAR, []),
        ("以上年龄，网上年会，资本年度，成本年均", YEAR, []),
        ("三年来访20人", THREE, []),
        ("2024年和2025年", THREE, []),
    ],
)  # fmt: skip
def test_what_the_words_mean(text: str, report: Period, expected: list[str]) -> None:
    assert told(text, report) == expected


@given(
    st.text("今去上前本年度三十近来半一二季度月度至每同期，2025", max_size=30),
    st.sampled_from([YEAR, THREE, HALF]),
)
def test_whatever_is_written_the_marks_stand_in_order_within_the_text(
    text: str, report: Period
) -> None:
    found = list(meant(text, (0, len(text)), report))
    ends = [0, *(at for one in found for at in (one.start, one.end)), len(text)]
    assert ends == sorted(ends)
    assert all(one.days[0] <= one.days[1] for one in found)


def shown(tmp_path: Path, body: str, period: str = "start: 2025-01-01\n  end: 2025-12-31") -> str:
    """The page of the sample's report with this text, as the engine gets it."""
    head = FILES["docs/report/part-1.md"].partition("# ")[0]
    report = re.sub(
        r"period:\n  start:.*\n  end:.*", f"period:\n  {period}", FILES["data/reports/summary.yml"]
    )
    site = read(tmp_path, {f"docs/{PAGE}": head + body, "data/reports/summary.yml": report})
    page = site.archive.pages[PAGE]
    return page.rendered(macros(site, PAGE), PAGE, when_marks(site, page))


LINK = '<a class="when" href="#when-report-part-1-{}" title="{}">{}</a>'
NOTE = '~~~~ html-as-is\n<div class="when-note" id="when-report-part-1-{}" data-search-skip><p>文中{}。</p></div>\n~~~~'


def test_the_words_and_the_note_at_the_foot_of_their_section(tmp_path: Path) -> None:
    body = "# 一、组织\n\n今年，甲。\n\n## （一）今年的统筹 { #planning }\n\n三年来，乙；今年，丙。今年，丁。\n"
    this, three = "2025年1月1日至2025年12月31日", "2023年1月1日至2025年12月31日"
    year = [LINK.format(n, f"今年：{this}", "今年") for n in (1, 2)]
    assert re.split("\n{2,}", shown(tmp_path, body).strip()) == [
        "# 一、组织",
        f"{year[0]}，甲。",
        NOTE.format(1, f"“今年”指{this}"),
        "## （一）今年的统筹 { #planning }",
        f"{LINK.format(2, f'三年来：{three}', '三年来')}，乙；{year[1]}，丙。{year[1]}，丁。",
        NOTE.format(2, f"“三年来”指{three}；“今年”指{this}"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "`今年`",
        "```\n今年\n```",
        "> 今年，按规定办理。",
        "《今年工作要点》",
        "按照“今年做好”的要求",
        "[今年](../index.md)",
        "![今年](x.png)",
        "<!-- 今年 -->",
        "我局**今年**开展",
        "甲\n{ #今年 }",
    ],
)
def test_what_is_no_running_text_of_the_report_is_left_as_it_is(tmp_path: Path, body: str) -> None:
    assert "when" not in shown(tmp_path, f"# 一、组织\n\n{body}\n")


def test_without_a_period_nothing_is_marked(tmp_path: Path) -> None:
    assert (
        shown(tmp_path, "# 一\n\n今年，三年来。\n", "start:\n  end:") == "# 一\n\n今年，三年来。\n"
    )
