"""The assessment items: one fault at a time, what counts as evidence, the page, the picture."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from archive.facts.criteria import asked, length, missing_kinds, split
from archive.facts.evidence import resolve_evidence
from archive.facts.site import Site
from archive.render import macros
from archive.render.criteria import criteria
from tests.samples import sample
from tests.samples.criteria import CRITERIA
from tests.samples.sample import FIGURES, REGULATION, edited

Changes = Mapping[str, str | bytes | None]

FILE = "data/criteria.yml"
HONOUR = (
    "title: 示范单位\nrecipient: 集体\nlevel:\nbody:\ndate: 2024-05-01\nbasis:\n"
    "certificate:\nterm:\nterm_end:\n"
)
CAPTION = "{time: 三月, place: 社区, people: 职工, theme: 植树, background: 春季, cause: 绿化}"
NO_PERIOD = edited(
    "data/unit.yml", "  start: 2023-01-01\n  end: 2025-12-31\n", "  start:\n  end:\n"
)


def said(line: int, message: str) -> str:
    return f"{FILE}:{line}: planning（统筹）的{message}"


def proof(text: str) -> Changes:
    """The sample's item with one more piece of evidence: it stands on line 11."""
    return {FILE: f"{CRITERIA}    - {{{text}}}\n"}


def changed(old: str, new: str) -> Changes:
    assert CRITERIA.count(old) == 1, old
    return {FILE: CRITERIA.replace(old, new)}


def statement(text: str) -> Changes:
    return changed("开展活动{activities}，落实“三会一课”。", text)


def problems(root: Path, changes: Changes) -> list[str]:
    return sample.problems(root, {FILE: CRITERIA, **changes})


def read(root: Path, changes: Changes) -> Site:
    return sample.read(root, {FILE: CRITERIA, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (proof("kind: 正式文件, to: lave"), [said(11, " to（所指）须是站内已有的页面、docs/files/ 下的文件，或者荣誉、制度、台账、指标的编号，没有 lave，是否为 leave？")]),
        (proof("kind: 正式文件, to: regulations/lave.md"), [said(11, " to（所指）须是站内已有的页面、docs/files/ 下的文件，或者荣誉、制度、台账、指标的编号，没有 regulations/lave.md，是否为 regulations/leave.md？")]),
        (proof("kind: 数据表格, to: files/a.xlsx"), [said(11, " to（所指）须是站内已有的页面、docs/files/ 下的文件，或者荣誉、制度、台账、指标的编号，没有 files/a.xlsx；请放进这个文件，或者改正路径")]),
        (proof("kind: 正式文件, to: 'regulations/leave.md#art-9'"), [said(11, " to（所指）须有这个标题，regulations/leave.md 中没有 #art-9，是否为 art-2？")]),
        (proof("kind: 正式文件, to: report/part-1.md"), [said(11, " to（所指）须是报告以外的依据，现为报告本身 report/part-1.md；请改写为报告所依据的页面、文件或台账")]),
        ({**proof("kind: 正式文件, to: leave"), "data/honours/leave.yml": HONOUR}, [said(line, " to（所指）须只有一种意思，leave 既是荣誉又是制度，请改写为所在页面，如 honours/index.md#leave") for line in (9, 11)]),
        (proof("kind: 说明报告, to: leave"), [said(11, "说明报告须写在 statement（说明报告）里，不列入材料；请删去这一项")]),
        (proof("kind: 方案, to: leave"), [said(11, "材料种类须是 wanted 里列出的，没有列 方案；请改为其中一种，或者在 wanted 里加上 方案")]),
        (proof("kind: 照片, to: leave"), [f'{FILE}:11: planning.evidence.3.kind（种类）须为 说明报告、正式文件、会议记录、方案、总结、图片、数据表格、链接 之一，现为 "照片"；请改为：kind: 图片']),
        (changed("图片, 数据表格", "正式文件, 数据表格"), [said(6, " wanted（材料种类）须至少一种、各写一次，现为说明报告、正式文件、正式文件、数据表格；例如：wanted: [说明报告, 正式文件, 数据表格]")]),
        (proof("kind: 正式文件, to: leave, where: {a: b}"), [said(11, " where（条件）只用于台账，leave 不是台账；请删去 where")]),
        (proof("kind: 数据表格, to: volunteering, where: {knd: 植树}"), [said(11, "条件里的字段须是台账里的，没有 knd，是否为 kind？")]),
        (proof("kind: 数据表格, to: volunteering, where: {kind: 学雷峰}"), [said(11, "条件 kind 的取值须是台账里有的，没有 学雷峰，是否为 学雷锋？")]),
        (proof("kind: 数据表格, to: volunteering, years: [2024]"), [said(11, " years（年份）须空着，台账的年份由记录得出；请删去 years")]),
        (proof("kind: 数据表格, to: index.md, years: [2024, 2023]"), [said(11, " years（年份）须由先到后、各写一次，现为 2024、2023；请改为：years: [2023, 2024]")]),
        (proof("kind: 数据表格, to: index.md, years: [2022]"), [said(11, " years（年份）须在建档期间 2023 至 2025 年之内，现为 2022；请改正，或者删去 2022")]),
        ({**NO_PERIOD, **proof("kind: 数据表格, to: index.md, years: [2027]")}, [said(11, " years（年份）须不晚于 2026 年，现为 2027；请改正，或者删去 2027")]),
        (proof("kind: 数据表格, to: index.md, years: [24]"), [f"{FILE}:11: planning.evidence.3.years.1（年份）须为四位数的年份，如 2024，现为 24；例如：- 2024"]),
        (proof("kind: 图片, to: index.md"), [said(11, "图片须有 caption（图片说明）：时间、地点、人物、主题、背景、事由，现在没有；请加 caption: 加上说明")]),
        (proof(f"kind: 图片, to: index.md, caption: {CAPTION.replace('place: 社区, ', '')}"), [f"{FILE}:11: 须有字段 planning.evidence.3.caption.place（地点）：必填；请加一行，如 place: 共建社区"]),
        (proof(f"kind: 图片, to: index.md, caption: {CAPTION.replace('春季', '')}"), [f"{FILE}:11: planning.evidence.3.caption.background（背景）须为文字，现为空；例如：background: 学雷锋纪念日"]),
        (proof(f"kind: 数据表格, to: index.md, caption: {CAPTION}"), [said(11, " caption（图片说明）只用于图片，这一项是数据表格；请删去 caption")]),
        (changed("part-1.md#planning", "part-1.md#plan"), [said(5, " report（报告小节）须是报告的一个小节，写作 report/页面.md#标题编号，没有 report/part-1.md#plan，是否为 report/part-1.md#planning？")]),
        (changed("report/part-1.md#planning", "index.md"), [said(5, " report（报告小节）须是报告的一个小节，写作 report/页面.md#标题编号，没有 index.md；请改为已有的，或者先把它加上")]),
        ({FILE: CRITERIA + CRITERIA.replace("planning:", "more:")}, [f"{FILE}:12: more（统筹）的 code（项目编号）须唯一，“一（一）”已用于 planning；请换一个编号"]),
        (statement("好" * 501), [said(7, " statement（说明报告）须不超过 500 字，现为 501 字；请删去 1 字")]),
        (statement("活动{activites}"), [said(7, " statement（说明报告）的花括号里须是指标编号，没有指标 activites，是否为 activities？")]),
        (statement("活动{activities}次"), [said(7, " statement（说明报告）里的指标 activities 已带单位，其后不得再写“次”；请删去“次”")]),
        (statement("活动30次"), [said(7, " statement（说明报告）中的数须写作 {指标编号}，或者是固定用语（data/phrases.yml），现有手写的“30次”；请登记为指标，再写 {编号}，是名称的把整个名称列入 data/phrases.yml，是日期、届次的写作 2024年3月5日、第三届")]),
        (statement("'***统计局'"), ["data/criteria.yml:7: planning.statement（说明报告）不得有星号，星号只由程序用来遮盖，现为 \"***统计局\"；请删去星号"]),
        ({FILE: CRITERIA.replace("planning:", "Planning:")}, [f"{FILE}:1: 项目编号须由汉字、小写英文字母、数字、短横组成，以汉字、字母开头，不超过 60 个字，现为 Planning；例如：planning"]),
        ({FILE: "- a\n"}, [f"{FILE}:1: 文件内容须为“项目编号:”引出的各组字段，现为列表；例如：a1: 的下一行缩进两格写各字段"]),
        ({FILE: "planning: 一\n"}, [f'{FILE}:1: planning须为一组字段（code、title、asks、office、report、wanted、statement、evidence），现为 "一"；例如：code: 一（一）']),
    ],
)  # fmt: skip
def test_faults(tmp_path: Path, changes: Changes, expected: list[str]) -> None:
    assert problems(tmp_path, changes) == expected


def test_a_statement_of_just_the_length_that_is_allowed(tmp_path: Path) -> None:
    assert problems(tmp_path, statement("好" * 250 + " " + "好" * 250)) == []


def test_a_line_that_ends_in_the_file_makes_no_blank(tmp_path: Path) -> None:
    folded = CRITERIA.replace("statement: 开展活动", "statement: >-\n    我局\n    开展活动")
    assert "：我局开展活动[" in page(tmp_path, {FILE: folded})


def test_a_figure_counts_in_a_statement_as_it_is_shown(tmp_path: Path) -> None:
    values = read(tmp_path, {}).values
    assert length(split("开展活动{activities}， 好。"), values) == len("开展活动***次，好。")


def test_a_page_of_something_kept_stands_for_it(tmp_path: Path) -> None:
    archive = read(tmp_path, {"data/honours/a.yml": HONOUR}).archive
    assert resolve_evidence(archive, "figures/index.md#visited") == resolve_evidence(
        archive, "visited"
    )
    assert resolve_evidence(archive, "regulations/leave.md") == resolve_evidence(archive, "leave")
    assert [target.kind for target in resolve_evidence(archive, "index.md")] == ["页面"]
    assert resolve_evidence(archive, "nothing") == []


APPROVED = FIGURES.replace("complete_through:\n", "complete_through: 2025-12-31\n")
DRAFT = REGULATION.replace("draft: false", "draft: true")


@pytest.mark.parametrize(
    ("changes", "to", "years", "lacks"),
    [
        ({}, "leave", (2023, 2024, 2025), ""),
        ({"docs/regulations/leave.md": REGULATION.replace("2023-03-01", "2024-03-01")}, "leave", (2024, 2025), ""),
        ({"docs/regulations/leave.md": REGULATION.replace("review_due:", "repealed: 2024-06-01\nreview_due:")}, "leave", (2023,), ""),
        ({"docs/regulations/leave.md": DRAFT}, "leave", (), "示范文本，审定后才作数"),
        ({"docs/regulations/leave.md": REGULATION.replace("2023-03-01", "2026-12-01")}, "leave", (), "尚未生效"),
        (NO_PERIOD, "leave", (), ""),
        ({}, "volunteering", (2024,), ""),
        ({}, "publications", (), "尚无记录"),
        ({}, "volunteering, where: {kind: 植树造林}", (), "尚无这样的记录"),
        ({}, "cadres", (), "尚无记录"),
        ({"data/honours/a.yml": HONOUR}, "a", (2024,), "依据文件待补"),
        ({"data/honours/a.yml": HONOUR.replace("basis:", "basis: 决定")}, "a", (2024,), ""),
        ({"data/honours/a.yml": HONOUR.replace("basis:", "basis: 决定").replace("2024-05-01", "2019-05-01")}, "a", (2019,), "不在建档期间"),
        ({"data/honours/a.yml": HONOUR + "withdrawn: {date: 2025-01-01, reason: }\n"}, "a", (2024,), "已撤销"),
        ({}, "visited", (), "未填报"),
        ({"data/figures.yml": APPROVED}, "figures/index.md#activities", (2023, 2024, 2025), ""),
        ({}, "index.md, years: [2023, 2025]", (2023, 2025), ""),
        ({}, "index.md", (), ""),
    ],
)  # fmt: skip
def test_what_counts_as_evidence(
    tmp_path: Path, changes: Changes, to: str, years: tuple[int, ...], lacks: str
) -> None:
    text = f"{CRITERIA.partition('    - ')[0]}    - {{kind: 正式文件, to: {to}}}\n"
    [found] = read(tmp_path, {**changes, FILE: text}).criteria["planning"].evidence
    assert (found.years, found.lacks) == (years, lacks)


PICTURE: Changes = {"docs/files/甲.png": b""}


def page(tmp_path: Path, changes: Changes) -> str:
    return criteria(read(tmp_path, changes), "../")


def rows(html: str) -> list[list[str]]:
    table = lxml.html.fragment_fromstring(html[html.index("<table") : html.index("</table>") + 8])
    return [[cell.text_content() for cell in row] for row in table.iter("tr")]


HEADS = ["年份", "说明报告", "正式文件", "会议记录", "方案", "总结", "图片", "数据表格", "链接"]


def test_the_matrix(tmp_path: Path) -> None:
    text = page(tmp_path, {})
    assert "。2023年要求 4 种，已有 2 种，缺 2 种；2024年要求 4 种，已有 3 种，缺 1 种；" in text
    assert rows(text) == [
        HEADS,
        ["一（一） 统筹 要求 12，缺 5"],
        ["2023年", "有", "有", "—", "—", "—", "缺", "缺", "—"],
        ["2024年", "有", "有", "—", "—", "—", "缺", "有", "—"],
        ["2025年", "有", "有", "—", "—", "—", "缺", "缺", "—"],
    ]


def test_evidence_of_no_known_year_has_a_row_of_its_own(tmp_path: Path) -> None:
    changes = {**PICTURE, **proof(f"kind: 图片, to: files/甲.png, caption: {CAPTION}")}
    assert rows(page(tmp_path, changes))[-2:] == [
        ["2025年", "有", "有", "—", "—", "—", "缺", "缺", "—"],
        ["年份待定", "—", "—", "—", "—", "—", "有", "—", "—"],
    ]


@pytest.mark.parametrize("changes", [{}, NO_PERIOD])
def test_what_the_matrix_lacks_is_what_the_item_lacks(tmp_path: Path, changes: Changes) -> None:
    site = read(tmp_path, changes)
    (item,) = site.criteria.values()
    lacking = missing_kinds(site.archive, item)
    shown = rows(criteria(site, "../"))[2:]
    assert [row.count("缺") for row in shown] == [
        sum(year in years for years in lacking.values()) for year in asked(site.archive)
    ]


def test_an_item_that_lacks_nothing_says_so(tmp_path: Path) -> None:
    text = CRITERIA.replace(", 图片, 数据表格", "")
    whole = {FILE: "".join(text.partition("    - {kind: 数据表格")[:1])}
    assert rows(page(tmp_path, whole))[1] == ["一（一） 统筹 齐全"]


def test_without_a_period_there_is_one_row(tmp_path: Path) -> None:
    assert rows(page(tmp_path, NO_PERIOD)) == [
        HEADS,
        ["一（一） 统筹 要求 4，缺 1"],
        ["年份待定", "有", "有", "—", "—", "—", "缺", "有", "—"],
    ]


def test_an_item(tmp_path: Path) -> None:
    picture = f"kind: 图片, to: files/甲 (1).png, years: [2023], caption: {CAPTION}"
    changes = {"docs/files/甲 (1).png": b"", **proof(picture)}
    item = page(tmp_path, changes).partition("## 各个项目 { #list }\n\n")[2]
    figure = macros(read(tmp_path, changes), "criteria/index.md")["fig"]("activities")
    assert item == (
        "### 一（一） 统筹 { #planning }\n\n**要求**：有活动，有制度\n\n"
        f"**说明报告**（已写 18/500 字）：开展活动{figure}，落实“三会一课”。\n\n"
        "| 材料种类 | 材料 | 还缺 |\n| --- | --- | --- |\n"
        "| 说明报告 | 见上 | 不缺 |\n"
        "| 正式文件 | [请销假制度](../regulations/leave.md)（2023年、2024年、2025年） | 不缺 |\n"
        '| 图片 | [甲 &#40;1&#41;&#46;png](../files/%E7%94%B2%20%281%29.png)（2023年） | <strong class="years">缺 2024年、2025年</strong> |\n'
        "| 数据表格 | 志愿服务活动 · 学雷锋（2024年） "
        '| <strong class="years">缺 2023年、2025年</strong> |\n\n'
        "图片“[甲 &#40;1&#41;&#46;png](../files/%E7%94%B2%20%281%29.png)”：时间：三月；地点：社区；人物：职工；主题：植树；背景：春季；事由：绿化。\n\n"
        "见报告：[一、组织 · （一）统筹](../report/part-1.md#planning)"
    )


def test_an_item_without_anything(tmp_path: Path) -> None:
    text = CRITERIA.partition("  statement:")[0].replace(
        "report: report/part-1.md#planning", "report:"
    )
    item = page(tmp_path, {FILE: f"{text}  statement:\n  evidence: []\n"})
    assert item.endswith(
        "**说明报告**（已写 0/500 字）：尚未填写。\n\n"
        "| 材料种类 | 材料 | 还缺 |\n| --- | --- | --- |\n"
        "| 说明报告 | — | <strong>全缺</strong> |\n| 正式文件 | — | <strong>全缺</strong> |\n"
        "| 图片 | — | <strong>全缺</strong> |\n| 数据表格 | — | <strong>全缺</strong> |"
    )


def test_no_items(tmp_path: Path) -> None:
    assert page(tmp_path, {FILE: "{}\n"}) == "（尚无项目。）"


def test_the_register_tells_which_statements_show_a_figure(tmp_path: Path) -> None:
    own = {"docs/criteria/index.md": "---\ntitle: 项目\n---\n\n# 项目\n\n{{ criteria() }}\n"}
    page = macros(read(tmp_path, own), "indicators/activities.md")["indicator"]("activities")
    assert "\n- [项目 · 一（一） 统筹](../criteria/index.md#planning)" in page


def test_the_picture(tmp_path: Path) -> None:
    site = read(tmp_path, {})
    html = macros(site, "glance.md")["glance"]()
    picture: Any = lxml.html.fragment_fromstring(
        html.split("\n")[1].partition('<div class="glance-sheet">')[0]
    )
    texts = [" ".join(section.text_content().split()) for section in picture.iter("section")]
    assert texts == ["概述", "组织统筹***次开展活动 未填报近百人走访居民 未填报"]
    assert [link.get("href") for link in picture.iter("a")] == [
        "../report/overview/",
        "../report/part-1/",
        "../report/part-1/#planning",
        "../indicators/activities/",
        "../indicators/visited/",
    ]
