"""The page of a collection: totals only of what is complete, records a year, charts; whole texts."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.checks import check
from archive.facts.site import Site, load
from archive.render import macros
from archive.render.chart import bars, ticks
from archive.render.text import exact_number_text
from archive.schema.unit import Repository
from tests.conftest import archive_of
from tests.samples.collections import COLLECTIONS
from tests.samples.records import RECORDS, changed, path
from tests.samples.sample import FIGURES, FILES, RECORD, problems, read, unsized

GUIDE = "../guide/index.md#add-record"
COMPLETE = FIGURES.replace("complete_through:\n", "complete_through: 2025-12-31\n", 1).replace(
    "  prepared:\n    by:\n    date:\n", "  prepared:\n    by: 甲\n    date: 2026-01-05\n", 1
)


FOR_EDITORS = "{: .for-editors data-search-skip=1 }"


def shown(root: Path, collection: str, changes: dict[str, Any]) -> str:
    """The page without the lines that offer the downloads (tests/build/test_downloads.py)."""
    text = macros(read(root, changes), "records/x.md")["records"](collection)
    return "\n\n".join(part for part in text.split("\n\n") if not part.startswith("下载"))


def test_no_record_yet(tmp_path: Path) -> None:
    guide = "---\ntitle: 指南\n---\n\n# 指南\n\n## 添加 { #add-record }\n"
    assert shown(tmp_path / "without", "publications", {}).endswith(
        f"；步骤见指南。\n{FOR_EDITORS}"
    )
    assert shown(tmp_path, "publications", {"docs/guide/index.md": guide}) == (
        "<strong>尚无记录。</strong>\n\n"
        "添加第一条：在 `data/publications/` 下按年份建一个目录，在里面新建一个以 `.yml` "
        f"结尾的文件，照 `data/publications/README.md` 逐项填写；步骤见[指南]({GUIDE})。\n{FOR_EDITORS}"
    )


NUMBER = ' class="number"'
NUMBERS = COLLECTIONS["volunteering"].numbers()
HEADS = "".join(
    f'<th scope="col"{NUMBER if column in NUMBERS else ""}>{COLLECTIONS["volunteering"].label_of(column)}</th>'
    for column in (*COLLECTIONS["volunteering"].columns, "evidence")
)
MORE_FIELDS = "&#10;".join(
    ("人均时长", "总时长", "原始资料", "记录人", "复核人", "公开属性", "备注", "别有一次")
)
ROW = (
    '<tr id="r-{id}"><td><a class=row href=#r-{id}>{day}</a><p hidden>2.5&#10;&#10;签到表&#10;办公室</p></td>'
    "<td>学雷锋进社区</td><td>学雷锋</td><td>社区</td>"
    '<td class="number">12</td><td class="number">30</td><td class="number">30</td>'
    "<td>办公室</td><td></td></tr>"
)


def test_a_running_count_is_no_total(tmp_path: Path) -> None:
    assert unsized(shown(tmp_path, "volunteering", {})) == (
        "由本台账计算的指标：[开展活动](../indicators/activities.md)（未填报）。\n"
        "{: data-search-skip=1 }\n\n"
        "资料尚未宣布齐全，暂不列合计。\n\n"
        "## 2024年 { #y2024 }\n\n"
        '~~~~ html-as-is\n<div class="scroll" role="region" aria-label="2024年的记录" tabindex="0">'
        f'<table data-more="{MORE_FIELDS}"><thead><tr>{HEADS}</tr></thead>'
        f"<tbody>{ROW.format(id='20240305-a', day='2024-03-05')}</tbody></table></div>\n~~~~"
    )


def cells(text: str) -> list[list[str]]:
    """The rows of the first table in a macro's text."""
    table = lxml.html.fragment_fromstring(text[text.index("<table>") : text.index("</table>") + 8])
    return [[cell.text or "" for cell in row] for row in table.iter("tr")]


MORE = {
    "data/figures.yml": COMPLETE,
    "data/unit.yml": FILES["data/unit.yml"].replace("2023-01-01", "").replace("2025-12-31", ""),
    "data/volunteering/2025/b.yml": RECORD.replace("2024-03-05", "2025-12-31").replace(
        "2.5", "1.25"
    ),
    "data/volunteering/2026/c.yml": RECORD.replace("2024-03-05", "2026-01-01"),
    "data/volunteering/2025/d.yml": RECORD.replace("2024-03-05", "2025-06-01").replace(
        "kind: 学雷锋", "kind: 疫情防控"
    ),
}


def test_totals_of_what_is_declared_complete(tmp_path: Path) -> None:
    assert problems(tmp_path, MORE) == []
    text = shown(tmp_path, "volunteering", MORE)
    assert (
        "## 各年合计 { #totals }\n\n时期：2023年1月1日至2025年12月31日，资料已宣布齐全。\n\n"
        in text
    )
    assert cells(text) == [
        ["年份", "活动（次）", "参加人数（人次）", "参加疫情防控（人次）", "服务时长（小时）", "服务人次（人次）"],
        ["2024年", "1", "12", "0", "30", "30"],
        ["2025年", "2", "24", "12", "45", "60"],
        ["合计", "3", "36", "12", "75", "90"],
    ]  # fmt: skip
    assert [line for line in text.split("\n") if line.startswith("## ")] == [
        "## 各年合计 { #totals }",
        "## 2026年 { #y2026 }",
        "## 2025年 { #y2025 }",
        "## 2024年 { #y2024 }",
    ]


def test_charts_say_what_the_table_says(tmp_path: Path) -> None:
    text = shown(tmp_path, "volunteering", MORE)
    charts = lxml.html.fragment_fromstring(
        text[text.index('<div class="charts">') : text.rindex("</figure></div>") + 15]
    )
    head, *years, _ = cells(text)
    units = {
        unit: [n for n, one in enumerate(head) if one.endswith(f"（{unit}）")]
        for unit in ("次", "人次", "小时")
    }
    assert [one.text for one in charts.iter("figcaption")] == [f"单位：{unit}" for unit in units]
    for svg, (unit, numbers) in zip(charts.iter("svg"), units.items(), strict=True):
        assert svg.findtext("title") == f"志愿服务活动各年合计（{unit}）"
        expected = {
            head[n].partition("（")[0]: [(row[0], row[n]) for row in years] for n in numbers
        }
        assert svg.findtext("desc") == "；".join(
            f"{name}：{'，'.join(f'{year} {value}' for year, value in values)}"
            for name, values in expected.items()
        )
        assert [one.text for one in svg.iter("text") if one.get("class") != "tick"] == [
            word for name, values in expected.items() for word in (name, *(w for pair in values for w in pair))
        ]  # fmt: skip
    shown_on = [
        [one.text for one in svg.iter("text") if one.get("class") == "tick"]
        for svg in charts.iter("svg")
    ]
    assert shown_on == [
        ["0", "1", "2"],
        ["0", "20", "40", "60"],
        ["0", "10", "20", "30", "40", "50"],
    ]
    widths = [[bar.get("width") for bar in svg.iter("rect")] for svg in charts.iter("svg")]
    # One scale for all that is counted in 人次, the longest of them 60; hours have their own.
    assert widths == [
        ["40.3%", "80.6%"],
        ["15.7%", "31.4%", "0.0%", "15.7%", "39.2%", "78.4%"],
        ["47.0%", "70.6%"],
    ]  # fmt: skip


def test_without_figures_a_total_is_no_result(tmp_path: Path) -> None:
    text = shown(
        tmp_path,
        "enterprise_services",
        {path("enterprise_services"): RECORDS["enterprise_services"]},
    )
    assert "没有指标由本台账计算，以下只是已录入记录的合计，不作为正式的数。" in text
    assert cells(text) == [
        ["年份", "普法（家次）", "提示单（家次）", "诚信承诺（家次）", "行政指导（家次）", "行政约谈（家次）", "行政告诫（家次）", "行政建议（家次）"],
        ["2024年", "8", "0", "0", "0", "0", "0", "0"],
    ]  # fmt: skip


def test_bars() -> None:
    assert bars("甲<乙", ["丙"], [("丁&", [Decimal(0)])]) == (
        '<svg role="img" width="100%" height="62"><title>甲&#60;乙</title><desc>丁&#38;：丙 0</desc>'
        '<line class="grid" x1="15.0%" x2="15.0%" y1="24" y2="46"/><text class="tick" x="15.0%" y="59" text-anchor="middle">0</text>'
        '<line class="grid" x1="95.6%" x2="95.6%" y1="24" y2="46"/><text class="tick" x="95.6%" y="59" text-anchor="middle">1</text>'
        '<text class="name" y="17">丁&#38;</text><text y="37">丙</text>'
        '<rect x="15%" y="26" width="0.0%" height="14"/><text x="16.0%" y="37">0</text></svg>'
    )


@pytest.mark.parametrize(
    ("longest", "expected"),
    [("0", "0 1"), ("1", "0 1"), ("6.5", "0 2 4 6 8"), ("24", "0 5 10 15 20 25"), ("25.1", "0 10 20 30"), ("2180", "0 500 1000 1500 2000 2500"), ("0.03", "0 0.01 0.02 0.03"), ("1000", "0 200 400 600 800 1000"), ("1.50", "0 0.5 1 1.5")],
)  # fmt: skip
def test_ticks_are_round(longest: str, expected: str) -> None:
    assert " ".join(exact_number_text(mark) for mark in ticks([Decimal(longest)], 5)) == expected


@given(st.decimals(0, 10**12, places=2), st.sampled_from([2, 5]))
def test_ticks_hold_the_longest_and_are_few(longest: Decimal, most: int) -> None:
    marks = ticks([longest], most)
    assert marks[0] == 0
    assert marks[-2] < longest <= marks[-1] or (longest == 0 and marks == [0, 1])
    assert 2 <= len(marks) <= most + 1


@given(st.lists(st.decimals(0, 10**12, places=2), min_size=1, max_size=4))
def test_no_bar_and_no_number_beside_it_leaves_the_picture(values: list[Decimal]) -> None:
    svg = lxml.html.fragment_fromstring(bars("甲", ["乙"] * len(values), [("丙", values)]))
    for bar in svg.iter("rect"):
        number = bar.getnext()
        assert number is not None
        assert 0 <= float(str(bar.get("width"))[:-1]) < float(str(number.get("x"))[:-1])
        # A digit takes 2.1 % of the narrowest picture: 6.9 of 328 pixels.
        assert float(str(number.get("x"))[:-1]) + 2.1 * len(str(number.text)) <= 100.1


@pytest.mark.parametrize(
    ("counts", "rows", "written_out"),
    [
        ({2024: 299}, [300], []),
        ({2024: 300}, [300], [300]),
        ({2022: 310, 2023: 310, 2024: 309, 2025: 310}, [300, 300, 300], [300, 300, 300, 0]),
        ({2022: 10, 2023: 310, 2024: 299, 2025: 299}, [299, 300, 300, 1], [300, 1]),
    ],
)
def test_a_page_stays_short(
    tmp_path: Path, counts: dict[int, int], rows: list[int], written_out: list[int]
) -> None:
    changes = {
        f"data/volunteering/{year}/{year}-{number}.yml": RECORD.replace(
            "2024-03-05", f"{year}-01-01"
        )
        for year, count in counts.items()
        for number in range(count)
    }
    text = shown(tmp_path, "volunteering", changes)
    assert [part.count("<tr id=") for part in text.split("<table ")[1:]] == rows
    assert [re.sub("<[^>]*>", "", line) for line in text.split("\n") if "记录较多" in line] == [
        f"记录较多，{f'只列最近 {n} 条；其余' if n else '没有逐条列出，'}见上面的下载文件。"
        for n in written_out
    ]


def test_the_page_of_an_indicator_stays_short(tmp_path: Path) -> None:
    long = RECORD.replace("source: 签到表", f"source: {'甲' * 1990}") + f"note: {'乙' * 1990}\n"
    records = {
        f"data/volunteering/2024/2024-{n:03}.yml": long.replace("进社区", f"第{n}次")
        for n in range(60)
    }
    site = read(tmp_path, records)
    assert check(site) == ()
    text = macros(site, "indicators/activities.md")["indicator"]("activities")
    rows = text.count("<tr id=")
    assert rows < 60
    assert 300_000 < len(text.encode()) < 330_000
    assert f"共 61 条，以下为最近 {rows} 条；全部记录见" in text
    anchors = re.findall(r'id="(r-[^"]+)"', text)
    assert len(anchors) == len({*anchors}) == 61  # a link to any of them arrives


def test_conditions_of_a_table(tmp_path: Path) -> None:
    one = changed("publications", "evidence: []", "evidence: [files/a b.pdf, 存档]")
    other = changed("publications", "endorsed: true", "endorsed: false").replace("第3期", "第4期")
    site = read(tmp_path, {path("publications", "a"): one, path("publications", "b"): other})
    table = macros(site, "records/publications.md")["table"]
    assert cells(table("publications", endorsed=True, kind="专报"))[1:] == [
        ["2024-03-12", "专报", "2024年第3期", "题目", "是", "综合科", ""]
    ]
    assert '<td><a href="../../files/a%20b.pdf" title="PDF">a b&#46;pdf</a>、存档</td>' in table(
        "publications", endorsed=True
    )
    assert cells(table("publications", endorsed=False))[1][4] == "否"
    assert table("publications", endorsed=True, kind="手册") == "（统计产品：尚无记录。）"


WITH_PAGES = [name for name, kind in COLLECTIONS.items() if kind.totals]
PAGES = {
    "mkdocs.yml": FILES["mkdocs.yml"].replace(
        "  - 指标登记:", "  - records/cadres.md\n  - records/volunteering.md\n  - 指标登记:"
    ),
    "docs/records/volunteering.md": '---\ntitle: 志愿\n---\n\n# 志愿\n\n{{ records("volunteering") }}\n\n见[去年](#y2024)。\n',
    "docs/records/cadres.md": '---\ntitle: 干部\n---\n\n# 干部\n\n{{ records("cadres") }}\n',
}


def test_what_collections_there_are(tmp_path: Path) -> None:
    assert problems(tmp_path, PAGES) == []
    assert macros(read(tmp_path, PAGES), "records/index.md")["collections"]() == (
        "| 台账 | 记录 | 由它计算的指标 |\n|---|---|---|\n"
        "| [干部培养](../records/cadres.md) | 尚无记录 | 无 |\n"
        "| [志愿服务活动](../records/volunteering.md) | 1\u00a0条，资料尚未宣布齐全 "
        "| [开展活动](../indicators/activities.md) |"
    )


def test_an_editor_is_told_how_a_record_is_added(tmp_path: Path) -> None:
    guide = "---\ntitle: 指南\n---\n\n# 指南\n\n## 添加 { #add-record }\n"
    site = read(tmp_path, {**PAGES, "docs/guide/index.md": guide})
    *_, last = macros(site, "records/index.md")["collections"]().split("\n\n")
    assert last == f"怎样添加一条记录，见[指南]({GUIDE})。\n{FOR_EDITORS}"


def test_the_register_leads_to_the_records(tmp_path: Path) -> None:
    register = macros(read(tmp_path, PAGES), "indicators/activities.md")["indicator"]("activities")
    assert "；全部记录见[志愿服务活动](../records/volunteering.md)。\n" in register


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('records("cadre")', "没有台账 cadre，是否为 cadres？"),
        ('records("honours")', f"没有台账 honours，可用：{'、'.join(WITH_PAGES)}；请改用其中一个"),
        ("records()", '宏 records 须写作 {{ records("台账") }}'),
        ('collections("cadres")', "宏 collections 须写作 {{ collections() }}"),
        ('records("cadres") }}\n\n见[去年](#y2024)。{{ name("bureau")', "链接所指标题须在 records/cadres.md 中，没有 #y2024，可用：干部；请改用其中一个"),
    ],
)  # fmt: skip
def test_wrong_calls(tmp_path: Path, call: str, message: str) -> None:
    page = f"---\ntitle: 干部\n---\n\n# 干部\n\n{{{{ {call} }}}}\n"
    line = 9 if "\n" in call else 7
    expected = f"docs/records/cadres.md:{line}: {message}"
    assert problems(tmp_path, {**PAGES, "docs/records/cadres.md": page}) == [expected]


@pytest.fixture(scope="module")
def demonstration(demo_data: Path) -> Site:
    return load(archive_of(demo_data))


@pytest.mark.parametrize(("linked", "least"), [(True, 440), (False, 740)])
@pytest.mark.parametrize("name", WITH_PAGES)
def test_two_thousand_records_fit_on_a_page(
    demonstration: Site, name: str, linked: bool, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """400 KB is the most a page of records may have; the theme's frame takes 30 of them."""
    unit = demonstration.archive.unit
    assert unit
    if not linked:
        nowhere = Repository(forge=None, address=None, branch=None)
        without = unit.model_copy(update={"repository": nowhere})
        monkeypatch.setattr(demonstration.archive, "unit", without)
    few = demonstration.archive.records[name]
    many = [few[number % len(few)] for number in range(2000)]
    monkeypatch.setitem(demonstration.archive.records, name, many)
    text = macros(demonstration, f"records/{name}.md")["records"](name)
    assert text.count("<tr id=") > least
    assert len(text.encode()) < 375_000
