"""The front page and the page of what is missing: whole, and with each thing that may be due."""

import re
from collections.abc import Mapping
from pathlib import Path

import lxml.html
import pytest

from archive.render import macros
from tests.samples.corrections import APPROVED
from tests.samples.criteria import CRITERIA
from tests.samples.examples import HONOUR
from tests.samples.measures import SITE, TASK
from tests.samples.observations import observed, with_visits
from tests.samples.sample import FILES, problems, read

Changes = Mapping[str, str | bytes | None]

LIST = {"docs/criteria/index.md": "---\ntitle: 项目\n---\n\n# 项目\n\n{{ criteria() }}\n", "data/criteria.yml": CRITERIA}  # fmt: skip
REGULATION = "docs/regulations/leave.md"


def front(tmp_path: Path, changes: Changes) -> dict[str, list[str]]:
    """Heading → the lines below it, as text."""
    shown = macros(read(tmp_path, changes), "index.md")["standing"]()
    html = lxml.html.fragment_fromstring(shown.split("\n")[1])
    found = {"": [html.xpath("./p")[0].text_content()]}
    for section in html.xpath("./section"):
        lines = [" ".join(one.text_content().split()) for one in section.iter("li")]
        found[section.xpath("./h2")[0].text_content()] = lines
    return found


def test_what_it_says_of_the_sample(tmp_path: Path) -> None:
    assert front(tmp_path, {}) == {
        "": ["建档期间：2023年1月1日至2025年12月31日。数据截至2026年3月1日。"],
        "主要的数": ["***次 开展活动未填报", "近百人 走访居民未填报"],
        "待办和改动": ["到期复审：《请销假制度》应于2026年2月1日前复审"],
    }


def test_figures_with_years_come_first_and_say_how_they_changed(tmp_path: Path) -> None:
    changes = with_visits(observed(y2024=24, y2025=30))
    assert front(tmp_path, changes)["主要的数"] == [
        "30人次 接待来访初步，2025年比上年增长25.0%", "***次 开展活动未填报", "近百人 走访居民未填报",
    ]  # fmt: skip


def test_the_archive_may_name_its_figures(tmp_path: Path) -> None:
    named = {"data/unit.yml": f"{FILES['data/unit.yml']}headlines: [visited]\n"}
    assert front(tmp_path, named)["主要的数"] == ["近百人 走访居民未填报"]


@pytest.mark.parametrize(
    ("honour", "held", "due"),
    [
        (HONOUR.replace("term:", "term: 一次性"), ["甲级别待补，一次授予"], []),
        (HONOUR.replace("term:", "term: 届满复查").replace("term_end:", "term_end: 2027-05-01"), ["甲级别待补，有效期至2027年5月1日"], []),
        (HONOUR.replace("term:", "term: 届满复查").replace("term_end:", "term_end: 2025-05-01"), [], ["荣誉复查：甲待复查"]),
        (HONOUR.replace("term:", "term: 届满失效").replace("term_end:", "term_end: 2025-05-01"), [], []),
    ],
)  # fmt: skip
def test_honours_in_force_and_due(
    tmp_path: Path, honour: str, held: list[str], due: list[str]
) -> None:
    title = re.search(r"^title: (.*)$", honour, re.MULTILINE)
    assert title
    named = honour.replace(f"title: {title[1]}", "title: 甲").replace("prefix: unit_level\n", "")
    found = front(tmp_path, {"data/honours/a.yml": named})
    assert found.get("现行的荣誉", []) == held
    assert [one for one in found.get("待办和改动", []) if "荣誉" in one] == due


def test_honours_of_one_day_have_the_order_of_the_page_of_honours(tmp_path: Path) -> None:
    once = HONOUR.replace("term:", "term: 一次性").replace("prefix: unit_level\n", "")
    title = re.search(r"^title: (.*)$", once, re.MULTILINE)
    assert title
    dated = re.sub(r"^date:.*$", "date: 2024-05-01", once, flags=re.MULTILINE)
    changes: Changes = {
        f"data/honours/{id_}.yml": dated.replace(f"title: {title[1]}", f"title: 荣誉{id_}")
        for id_ in ("c", "a", "b")
    }
    held = [
        line.removesuffix("级别待补，一次授予") for line in front(tmp_path, changes)["现行的荣誉"]
    ]
    page = macros(read(tmp_path, changes), "honours/index.md")["honour_list"]()
    assert held == ["荣誉a", "荣誉b", "荣誉c"]
    assert re.findall("荣誉[abc]", page.partition("各项荣誉的状态")[2])[:3] == held


def test_evidence_and_what_is_due(tmp_path: Path) -> None:
    late = {
        **SITE,
        **LIST,
        "data/criteria.yml": CRITERIA.replace("  asks:", "  office: 宣传科\n  asks:"),
        "data/measures/a.yml": TASK.replace("due:", "due: 2026-02-01"),
    }
    found = front(tmp_path, late)
    assert found["考评材料"] == ["一（一） 统筹缺图片、数据表格（宣传科）"]
    title = re.search(r"^title: (.*)$", TASK, re.MULTILINE)
    assert title
    assert found["待办和改动"] == [
        f"逾期任务：{title[1]}待补，时限2026年2月1日",
        "到期复审：《请销假制度》应于2026年2月1日前复审",
    ]


def test_what_each_office_owes(tmp_path: Path) -> None:
    changes = {
        **LIST,
        "data/criteria.yml": CRITERIA.replace("  asks:", "  office: 办公室\n  asks:"),
        "data/honours/a.yml": HONOUR.replace("prefix: unit_level\n", ""),
    }
    site = read(tmp_path, changes)
    shown = macros(site, "criteria/missing.md")["missing"]()
    title = re.search(r"^title: (.*)$", HONOUR, re.MULTILINE)
    assert title
    assert [line for line in shown.split("\n") if line.startswith("## ")] == [
        "## 办公室（3 项） { #owed-1 }", "## 科室待定（3 项） { #owed-2 }",
    ]  # fmt: skip
    tables = re.findall(r"<table.*?</table>", shown)
    rows = [
        [[cell.text_content() for cell in row] for row in lxml.html.fragment_fromstring(one).iter("tr")][1:]
        for one in tables
    ]  # fmt: skip
    assert rows == [
        [
            ["考评材料", "一（一） 统筹", "图片：全缺"],
            ["考评材料", "一（一） 统筹", "数据表格：缺 2023年、2025年"],
            ["指标", "开展活动", "填报，或者宣布资料齐全"],
        ],
        [
            ["荣誉", title[1], "没有列为任何考评项目的材料"],
            ["指标", "走访居民", "填报，或者宣布资料齐全"],
            ["制度", "《请销假制度》", "应于2026年2月1日前复审"],
        ],
    ]


def test_nothing_is_missing(tmp_path: Path) -> None:
    nothing = {"data/figures.yml": "{}\n", "data/criteria.yml": "{}\n", REGULATION: None}
    site = read(tmp_path, nothing)
    assert macros(site, "criteria/missing.md")["missing"]() == "没有缺的。"


def test_a_page_is_no_picture(tmp_path: Path) -> None:
    caption = "caption: {time: 三月, place: 社区, people: 职工, theme: 植树, background: 春季, cause: 绿化}"
    proof = f"    - {{kind: 图片, to: index.md, years: [2024], {caption}}}\n"
    for text, lacks in (("首页。", "没有照片或图片"), ("![照片](files/甲.png)", "")):
        changes: Changes = {
            **LIST,
            "data/criteria.yml": CRITERIA + proof,
            "docs/index.md": f"---\ntitle: 首页\n---\n\n# 首页\n\n{text}\n",
            "docs/files/甲.png": b"",
        }
        site = read(tmp_path / (lacks or "-"), changes)
        assert site.criteria["planning"].evidence[-1].lacks == lacks


def test_the_figures_named_are_told_where_they_are_wrong(tmp_path: Path) -> None:
    for named, told in (
        ("[visited, visit]", "须是指标编号，没有 visit，是否为 visited？"),
        ("[visited, visited]", "里一个指标须只写一次，现重复 visited；请删去一个"),
        ("[a, b, c, d, e, f, g, h, i]", "须不超过 8 个，现为 9 个；请删去 1 个"),
    ):
        unit = {"data/unit.yml": f"{FILES['data/unit.yml']}headlines: {named}\n"}
        assert [one.partition(": ")[2] for one in problems(tmp_path, unit)] == [
            f"headlines（首页的数）{told}"
        ]


def test_places_in_an_order_say_so(tmp_path: Path) -> None:
    part = FILES["docs/report/part-1.md"]
    ranked = part.replace('{{ fig("visited") }}', '第{{ fig("visited") }}')
    assert ranked != part
    changes: Changes = {"docs/report/part-1.md": ranked, "data/figures.yml": APPROVED}
    shown = front(tmp_path, changes)["主要的数"]
    assert not any(
        "走访居民" in one for one in shown
    )  # of itself it is no figure for the front page
    named = {"data/unit.yml": f"{FILES['data/unit.yml']}headlines: [visited]\n"}
    assert front(tmp_path, {**changes, **named})["主要的数"][-1].startswith("第")
