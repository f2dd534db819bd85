"""What the macros return, whole."""

import re
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.files.markdown import as_part
from archive.render import macros
from archive.render.text import plain_text, text_width, wide_table
from tests.samples.engine import rendered
from tests.samples.sample import FIGURES, FILES, RECORD, SUMMARY, read, report, unsized


@pytest.fixture
def call(tmp_path: Path) -> Any:
    def run(macro: str, *args: str, page: str = "report/part-1.md", **options: object) -> str:
        return macros(read(tmp_path), page)[macro](*args, **options)

    return run


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("2024-03-05", 5),
        ("三年 3 次", 4.5),
        ("“样例”（甲·乙）……—×", 13),
        ("ａ～ｚ", 3),
        ("ｱ−", 1),
    ],
)
def test_how_wide_a_text_is(text: str, width: float) -> None:
    assert text_width(text) == width
    narrow = 2 * (text_width(text, 1) - width)
    assert text_width(text, 0.6) == pytest.approx(width + 0.1 * narrow)


def test_a_figure_that_is_not_filled_in(call: Any) -> None:
    assert call("fig", "activities") == (
        '[<span class="mask">&#42;&#42;&#42;</span>次](../indicators/activities.md '
        '"开展活动&#10;口径：三年来开展的志愿活动&#10;计算方法：按活动计数&#10;'
        '时期：2023年1月1日至2025年12月31日&#10;来源：台账&#10;责任科室：办公室&#10;状态：未填报"){ .fig .fig--open }'
    )


def test_words_of_an_approximation(call: Any) -> None:
    assert call("fig", "visited", page="index.md") == (
        '[近百人](indicators/visited.md "走访居民&#10;口径：走访的居民人数&#10;计算方法：按人计数&#10;时期：待补&#10;'
        '来源：待补&#10;责任科室：待补&#10;状态：未填报"){ .fig .fig--open }'
    )


@pytest.mark.parametrize(
    ("words", "unit", "mask", "shown"),
    [
        ("300以上", "人", "", "300人以上"),
        ("十几", "次", "", "十几次"),
        ("过半", "'%'", "", "过半"),
        ("90以上", "'%'", "", "90&#37;以上"),
        ("约…", "人", "'***'", '约<span class="mask">&#42;&#42;&#42;</span>人'),
        ("…以上", "人", "'***'", '<span class="mask">&#42;&#42;&#42;</span>人以上'),
    ],
)
def test_words_and_unit_are_one_link(
    tmp_path: Path, words: str, unit: str, mask: str, shown: str
) -> None:
    head, _, tail = FIGURES.partition("visited:\n")
    tail = tail.replace("近百", words).replace("unit: 人", f"unit: {unit}")
    tail = tail.replace("mask:", f"mask: {mask}")
    site = read(tmp_path, {"data/figures.yml": f"{head}visited:\n{tail}"})
    assert macros(site, "index.md")["fig"]("visited").startswith(f"[{shown}](indicators/")
    assert f'<td class="number">{shown}</td>' in macros(site, "figures/index.md")["register"]()
    glance = macros(site, "glance.md")["glance"]()
    assert re.sub("<[^>]+>", "", shown) in re.sub("<[^>]+>", "", glance)


def test_a_name_and_its_mask(tmp_path: Path) -> None:
    site = read(tmp_path)
    assert macros(site, "x.md")["name"]("bureau") == '<span class="mask">&#42;&#42;&#42;</span>'
    known = {"data/unit.yml": FILES["data/unit.yml"].replace("value:\n", "value: 甲_市\n")}
    assert macros(read(tmp_path, known), "x.md")["name"]("bureau") == "甲&#95;市"


def test_states(call: Any) -> None:
    counts = [
        row.split("</td>")[:2]
        for row in call("states").partition("<tbody>")[2].split("</tr>")
        if row.startswith("<tr>")
    ]
    assert [[cell.rpartition(">")[2] for cell in row] for row in counts] == [
        ["核定", "0"],
        ["已修订", "0"],
        ["初步", "0"],
        ["未填报", "2"],
        ["停用", "0"],
        ["合计", "2"],
    ]


def test_the_register(call: Any) -> None:
    register = call("register", page="figures/index.md")
    # The first line offers the downloads (tests/build/test_downloads.py).
    assert unsized(register.partition("\n\n")[2]) == (
        '<div class="choose" data-search-skip></div>\n\n'
        '~~~~ html-as-is\n<div class="scroll" role="region" aria-label="指标登记" tabindex="0">'
        '<table data-choose="3 4 5" data-search-skip><thead><tr>'
        '<th scope="col">指标</th><th scope="col" class="number">数值</th><th scope="col">时期</th>'
        '<th scope="col">状态</th><th scope="col">责任科室</th><th scope="col">所在</th>'
        "</tr></thead><tbody>"
        '<tr id="activities"><td><a href="../indicators/activities/">开展活动</a></td>'
        '<td class="number"><span class="mask">&#42;&#42;&#42;</span>次</td>'
        "<td>2023—2025年</td><td>未填报</td><td>办公室</td><td>一、组织</td></tr>"
        '<tr id="visited"><td><a href="../indicators/visited/">走访居民</a></td>'
        '<td class="number">近百人</td><td>待补</td><td>未填报</td><td>待补</td><td>一、组织</td></tr>'
        "</tbody></table></div>\n~~~~\n\n"
        "~~~~ html-as-is\n<p class=for-editors data-search-skip>网站上隐去的名称，没有填的显示星号"
        '<span class="for-editors">。几项一起填：下载<a href="../download/names-fill-in.xlsx" download="名称填报表.xlsx">填报表</a></span></p>\n~~~~\n\n'
        '~~~~ html-as-is\n<div class="scroll for-editors" role="region" aria-label="网站上的名称" tabindex="0">'
        '<table data-search-skip><thead><tr><th scope="col">含义</th><th scope="col">名称</th><th scope="col">公开属性</th></tr></thead>'
        '<tbody><tr><td>本单位</td><td><span class="mask">&#42;&#42;&#42;</span></td><td>待补</td></tr></tbody></table></div>\n~~~~'
    )


def test_the_page_of_an_indicator(call: Any) -> None:
    assert unsized(call("indicator", "activities", page="indicators/activities.md")) == (
        "[指标登记](../figures/index.md)\n{: .way-up .screen-only data-search-skip=1 }\n\n"
        '~~~~ html-as-is\n<p class="headline"><strong><span class="mask">&#42;&#42;&#42;</span>'
        "<span>次</span></strong> 未填报，时期：2023年1月1日至2025年12月31日，数据截至2026年3月1日，"
        "责任科室：办公室</p>\n~~~~\n\n"
        '<table class="entry"><tbody>'
        '<tr><th scope="row">数值</th><td><span class="mask">&#42;&#42;&#42;</span>次</td></tr>'
        '<tr><th scope="row">状态</th><td><strong class="state">未填报</strong></td></tr>'
        '<tr><th scope="row">计量单位</th><td>次</td></tr>'
        '<tr><th scope="row">时期</th><td>2023—2025年</td></tr>'
        '<tr><th scope="row">口径</th><td>三年来开展的志愿活动</td></tr>'
        '<tr><th scope="row">计算方法</th><td>按活动计数</td></tr>'
        '<tr><th scope="row">计数规则</th><td>由“志愿服务活动”台账自动计算：计记录条数</td></tr>'
        '<tr><th scope="row">资料齐全</th><td>尚未宣布齐全，不论已有多少条记录，一律作未填报</td></tr>'
        '<tr><th scope="row">数据来源</th><td>台账</td></tr>'
        '<tr><th scope="row">责任科室</th><td>办公室</td></tr>'
        '<tr><th scope="row">填报</th><td>待补</td></tr>'
        '<tr><th scope="row">审核</th><td>待补</td></tr>'
        '<tr><th scope="row">核定</th><td>待补</td></tr>'
        '<tr><th scope="row">修约规则</th><td>保留整数，四舍六入五成双（GB/T 8170）</td></tr>'
        '<tr><th scope="row">公开属性</th><td>公开</td></tr>'
        '<tr><th scope="row">备注</th><td>无</td></tr>'
        "</tbody></table>\n\n"
        "## 据以计算的记录 { #activities-records }\n\n"
        "由“志愿服务活动”台账自动计算：计记录条数。2023年1月1日至2025年12月31日共 1 条；"
        "全部记录见志愿服务活动。\n{: data-search-skip=1 }\n\n"
        '~~~~ html-as-is\n<div class="scroll" role="region" aria-label="据以计算的记录" tabindex="0">'
        '<table data-more="人均时长&#10;总时长&#10;原始资料&#10;记录人&#10;复核人&#10;公开属性&#10;备注&#10;别有一次" data-search-skip><thead><tr>'
        '<th scope="col">日期</th><th scope="col">活动名称</th><th scope="col">类别</th>'
        '<th scope="col">地点</th><th scope="col" class="number">参加人数</th><th scope="col" class="number">服务时长</th>'
        '<th scope="col" class="number">服务人次</th><th scope="col">组织科室</th><th scope="col">佐证材料</th></tr></thead><tbody>'
        '<tr id="r-20240305-a"><td><a class=row href=#r-20240305-a>2024-03-05</a>'
        "<p hidden>2.5&#10;&#10;签到表&#10;办公室</p></td><td>学雷锋进社区</td><td>学雷锋</td><td>社区</td>"
        '<td class="number">12</td><td class="number">30</td><td class="number">30</td>'
        "<td>办公室</td><td></td></tr>"
        "</tbody></table></div>\n~~~~\n\n"
        "## 出现的地方 { #activities-places }\n\n- [一、组织 · （一）统筹](../report/part-1.md#planning)"
    )


def test_revisions_retirement_and_completeness_are_told(tmp_path: Path) -> None:
    text = FIGURES.replace(
        "  value:\n",
        "  value: 96\n  retired: 2026-02-05\n  revisions:\n"
        "    - {kind: 修订, date: 2026-02-01, old: 95, new: 96, reason: 补报}\n",
    ).replace("complete_through:\n", "complete_through: 2025-12-31\n")
    site = read(tmp_path, {"data/figures.yml": text})
    entry = macros(site, "indicators/activities.md")["indicator"]("activities")
    entry += macros(site, "indicators/visited.md")["indicator"]("visited")
    for cell in (
        "<td>已宣布齐全至2025年12月31日，计入 1 条记录</td>",
        '<th scope="row">修订</th><td>2026年2月1日，由 95 改为 96：补报</td>',
        '<th scope="row">停用</th><td>2026年2月5日</td>',
    ):
        assert cell in entry


def test_a_column_has_the_room_its_longest_line_wants() -> None:
    rows = [("2024年", "短<br><b>两行里的长行</b>", "很长很长的一段话，一行放不下", "a&#46;b")]
    assert wide_table(("年", "甲", "乙", "丙"), rows, {0}, "表") == (
        '~~~~ html-as-is\n<div class="scroll" role="region" aria-label="表" tabindex="0"><table><thead><tr>'
        '<th scope="col" class="number" style="--room:3.4">年</th><th scope="col" style="--room:6">甲</th>'
        '<th scope="col" style="--room:7.5">乙</th><th scope="col" style="--room:1.8">丙</th>'
        '</tr></thead><tbody><tr><td class="number">2024年</td>'
        "<td>短<br><b>两行里的长行</b></td><td>很长很长的一段话，一行放不下</td><td>a&#46;b</td>"
        "</tr></tbody></table></div>\n~~~~"
    )


def test_what_is_joined_to_a_text_has_room_in_its_line() -> None:
    alone, joined = (
        wide_table(("日期",), [(f"2024-03-05{more}",)], set(), "甲")
        for more in ("", "<a>\u2060改</a>")
    )
    assert "--room:6" in alone
    assert "--room:7.5" in joined


def test_a_table_of_records(call: Any) -> None:
    assert call("table", "volunteering", year=2023) == "（志愿服务活动：尚无记录。）"
    assert unsized(call("table", "volunteering", year=2024, kind="学雷锋")) == (
        "共 1 条。\n\n"
        '~~~~ html-as-is\n<div class="scroll" role="region" aria-label="志愿服务活动" tabindex="0"><table><thead><tr>'
        '<th scope="col">日期</th><th scope="col">活动名称</th><th scope="col">类别</th>'
        '<th scope="col">地点</th><th scope="col" class="number">参加人数</th><th scope="col" class="number">服务时长</th>'
        '<th scope="col" class="number">服务人次</th><th scope="col">组织科室</th><th scope="col">佐证材料</th></tr></thead><tbody>'
        "<tr><td>2024-03-05</td><td>学雷锋进社区</td><td>学雷锋</td><td>社区</td>"
        '<td class="number">12</td><td class="number">30</td><td class="number">30</td>'
        "<td>办公室</td><td></td></tr></tbody></table></div>\n~~~~"
    )


def test_a_long_table_shows_the_latest(tmp_path: Path) -> None:
    records = {
        f"data/volunteering/2024/{number:03}.yml": RECORD.replace(
            "03-05", f"{number % 12 + 1:02}-05"
        )
        for number in range(120)
    }
    shown = macros(read(tmp_path, records), "x.md")["table"]("volunteering")
    assert shown.startswith("共 121 条，以下为最近 100 条。")
    assert shown.count("<tr>") == 101
    assert "2024-12-05" in shown
    assert "2024-01-05" not in shown


REPORT = {
    f"docs/report/{part}.md": f"---\ntitle: {part}\n---\n\n# {part}\n\n## （一）节 {{ #{part}-a }}\n\n正文[^1]\n\n[^1]: {part}\n"
    for part in ("part-2", "part-3", "next")
} | {SUMMARY: report("report/part-2.md", "report/part-3.md", "report/next.md")}


def test_the_whole_report(tmp_path: Path) -> None:
    site = read(tmp_path, REPORT)
    fig = macros(site, "report/full.md")["fig"]
    assert macros(site, "report/full.md")["report"]("summary") == "\n\n".join(
        as_part(name, text)
        for name, text in {
            "overview": '# 汇报\n\n<span class="mask">&#42;&#42;&#42;</span>统计局落实“三会一课”。\n',
            "part-1": "# 一、组织\n\n## （一）统筹 { #planning }\n\n"
            f"开展活动{fig('activities')}，走访居民{fig('visited')}。\n",
            **{
                name: f"# {name}\n\n## （一）节 {{ #{name}-a }}\n\n正文[^1]\n\n[^1]: {name}\n"
                for name in ("part-2", "part-3", "next")
            },
        }.items()
    )


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20))
def test_values_stay_text_in_markdown(value: str) -> None:
    html = rendered(f"前{plain_text(value)}后")
    assert unescape(html) == f"<p>前{value}后</p>"


def test_decimals_are_shown_as_recorded(tmp_path: Path) -> None:
    changed = {"data/volunteering/2024/20240305-a.yml": RECORD.replace("2.5", "2.55")}
    assert f'"number">{Decimal("30.6")}<' in macros(read(tmp_path, changed), "x.md")["table"](
        "volunteering"
    )
