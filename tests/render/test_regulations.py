"""Regulations: numbers of articles, states, each rule, what macros and theme are given."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.checks import check
from archive.facts.articles import (
    article_id,
    article_references,
    article_title,
    chinese,
    next_article_ids,
)
from archive.facts.regulations import RegulationState, compilation, regulation_state
from archive.render import macros
from archive.render.page_context import page_context
from archive.render.regulations import over_marks
from archive.render.text import wide_table
from archive.schema.regulations import Regulation
from tests.samples.regulations import DRAFT, LEAVE, OUT, two
from tests.samples.sample import FILES, edited, problems, read


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (100, "一百"),
     (105, "一百零五"), (110, "一百一十"), (117, "一百一十七"), (999, "九百九十九")],
)  # fmt: skip
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese(number) == text


@given(number=st.integers(1, 999), inserted=st.integers(0, 999))
def test_titles_and_ids_of_articles_are_one_to_one(number: int, inserted: int) -> None:
    id_ = f"{number}-{inserted}" if inserted else str(number)
    assert article_id(article_title(id_)) == id_
    if inserted:
        assert id_ in next_article_ids(f"{number}-{inserted - 1}" if inserted > 1 else str(number))
    else:
        assert id_ in next_article_ids(str(number - 1) if number > 1 else None)


@given(st.text(alphabet="第零一二三十百条之 12", max_size=8))
def test_what_is_no_title_of_an_article_has_no_id(text: str) -> None:
    id_ = article_id(text)
    assert id_ is None or article_title(id_) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照第五条和第三条之一办理", [("第五条", False), ("第三条之一", False)]),
        ("依照《某法》第五条、第六条第一款以及第七条，并依照第八条", [
            ("《某法》", False), ("第五条", True), ("第六条", True), ("第七条", True), ("第八条", False),
        ]),
        ("[《某法》](https://a.example/)第五条", [("《某法》", False), ("第五条", True)]),
        ("《某法》施行后，第五条", [("《某法》", False), ("第五条", False)]),
        ("前条、本条、逐条、第二款", []),
    ],
)  # fmt: skip
def test_what_a_text_names(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(one.text, one.outside) for one in article_references(text)] == expected


def regulation(**fields: object) -> Regulation:
    return Regulation.model_validate(
        {
            "title": "样例制度", "category": "行政管理", "number": "待补", "issuing_body": None,
            "office": None, "adopted": {"by": None, "date": None}, "issued": None,
            "effective": date(2020, 1, 1), "expires": None, "review_due": None, "replaces": [],
            "replaced_by": None, "amendments": [], "draft": False, **fields,
        }
    )  # fmt: skip


def amended(day: date) -> list[dict[str, object]]:
    return [{"date": day, "articles": ["1"], "summary": "改一条"}]


DAY, BEFORE, AFTER = date(2024, 6, 1), date(2024, 5, 31), date(2024, 6, 2)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"draft": True, "effective": None}, ["草案", "草案", "草案"], id="draft"),
        pytest.param({"effective": None}, ["尚未生效", "尚未生效", "尚未生效"], id="no day known"),
        pytest.param({"effective": DAY}, ["尚未生效", "现行有效", "现行有效"], id="takes effect"),
        pytest.param({"amendments": amended(DAY)}, ["现行有效", "现行有效", "现行有效"], id="amended"),
        pytest.param({"expires": DAY}, ["现行有效", "现行有效", "已失效"], id="expires"),
        pytest.param({"repealed": DAY}, ["现行有效", "已废止", "已废止"], id="repealed"),
        pytest.param({"replaced_by": "new"}, ["现行有效", "已废止", "已废止"], id="replaced"),
        pytest.param({"replaced_by": "draft"}, ["现行有效", "现行有效", "现行有效"], id="successor is a draft"),
        pytest.param({"replaced_by": "unknown"}, ["现行有效", "现行有效", "现行有效"], id="successor unknown"),
        pytest.param({"amendments": amended(BEFORE), "repealed": DAY}, ["现行有效", "已废止", "已废止"], id="amended, then repealed"),
        pytest.param({"amendments": amended(BEFORE), "expires": BEFORE}, ["现行有效", "已失效", "已失效"], id="amended, then expired"),
        pytest.param({"expires": BEFORE, "repealed": AFTER}, ["现行有效", "已失效", "已失效"], id="expired before it is repealed"),
        pytest.param({"expires": AFTER, "repealed": DAY}, ["现行有效", "已废止", "已废止"], id="repealed before it expires"),
        pytest.param({"expires": BEFORE, "repealed": DAY}, ["现行有效", "已废止", "已废止"], id="repealed on the day after"),
        pytest.param({"effective": AFTER, "amendments": amended(BEFORE)}, ["尚未生效", "尚未生效", "现行有效"], id="amended before it takes effect"),
    ],
)  # fmt: skip
def test_states_before_on_and_after_a_day(fields: dict[str, object], expected: list[str]) -> None:
    known = {
        "new": regulation(effective=DAY),
        "draft": regulation(draft=True, effective=None),
    }
    one = regulation(**fields)
    assert [str(regulation_state(one, known, as_of)) for as_of in (BEFORE, DAY, AFTER)] == expected


def front(old: str, new: str, *expected: str) -> Iterator[object]:
    yield pytest.param(
        edited(LEAVE, old, new), [f"{LEAVE}:{one}" for one in expected], id=new.strip()
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        *front("category: 行政管理", "category: 行政", '3: category（类别）须为 党的建设、行政管理、统计业务、法治监督 之一，现为 "行政"；请改为：category: 行政管理'),
        *front("number: 样例发〔2023〕4号", "number:", "4: number（文号）须为待补（还不知道）、无文号（没有），或者文号，年份用六角括号，如 〔2024〕5号，现为空；例如：number: 待补"),
        *front("〔2023〕", "[2023]", "4: number（文号）须为待补（还不知道）、无文号（没有），或者文号，年份用六角括号，如 〔2024〕5号，现为 \"样例发[2023]4号\"；请改为：number: 样例发〔2023〕4号"),
        *front("office:\n", "offices:\n", "6: 不认识字段 offices；请改为：office:"),
        *front("[2, 1-1]", "[第二条]", '18: amendments.1.articles.1（修改的条）须为条的编号，第十二条写作 12，第三条之一写作 3-1，现为 "第二条"；请改为：- "2"'),
        *front("[2, 1-1]", "[2, 3, 4-1]", "18: 修改的条须在本制度中，没有第三条，可用：1、1-1、2；请改用其中一个", "18: 修改的条须在本制度中，没有第四条之一，是否为 1-1？"),
        *front("draft: false", "draft: true",
            "4: 示范文本（draft: true）须尚无文号；请删去，已审定的改为 draft: false",
            "8: 示范文本（draft: true）须尚无审议机构；请删去，已审定的改为 draft: false",
            "9: 示范文本（draft: true）须尚无审议通过日期；请删去，已审定的改为 draft: false",
            "10: 示范文本（draft: true）须尚无印发日期；请删去，已审定的改为 draft: false",
            "11: 示范文本（draft: true）须尚无施行日期；请删去，已审定的改为 draft: false",
            "13: 示范文本（draft: true）须尚无复审日期；请删去，已审定的改为 draft: false",
            "16: 示范文本（draft: true）须尚无修改记录；请删去，已审定的改为 draft: false"),
        *front("effective: 2023-03-01", "effective:", "11: 正式文本须写明 effective（施行日期），否则说不出是否有效，现为空；例如：effective: 2024-03-05"),
        *front("date: 2023-02-01", "date: 2023-02-03", "10: issued（印发日期）须不早于审议通过日期 2023-02-03，现为 2023-02-02；请改为 2023-02-03 或以后的日期，或者改正前一个日期"),
        *front("effective: 2023-03-01", "effective: 2023-01-01", "11: effective（施行日期）须不早于印发日期 2023-02-02，现为 2023-01-01；请改为 2023-02-02 或以后的日期，或者改正前一个日期"),
        *front("issued: 2023-02-02", "issued: 2026-03-02",
            "10: issued（印发日期）须不晚于今天（2026-03-01），现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写",
            "11: effective（施行日期）须不早于印发日期 2026-03-02，现为 2023-03-01；请改为 2026-03-02 或以后的日期，或者改正前一个日期",
            "17: amendments.1.date（修改日期）须不早于印发日期 2026-03-02，现为 2024-05-06；请改为 2026-03-02 或以后的日期，或者改正前一个日期"),
        *front("date: 2023-02-01", "date: 2026-03-02",
            "9: adopted.date（审议通过日期）须不晚于今天（2026-03-01），现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写",
            "10: issued（印发日期）须不早于审议通过日期 2026-03-02，现为 2023-02-02；请改为 2026-03-02 或以后的日期，或者改正前一个日期"),
        *front("expires:", "expires: 2023-02-28", "12: expires（有效期至）须不早于施行日期 2023-03-01，现为 2023-02-28；请改为 2023-03-01 或以后的日期，或者改正前一个日期"),
        *front("expires:", "expires:\nrepealed: 2023-02-28", "13: repealed（废止日期）须不早于施行日期 2023-03-01，现为 2023-02-28；请改为 2023-03-01 或以后的日期，或者改正前一个日期"),
        *front("review_due: 2026-02-01", "review_due: 2023-02-28", "13: review_due（复审日期）须不早于施行日期 2023-03-01，现为 2023-02-28；请改为 2023-03-01 或以后的日期，或者改正前一个日期"),
        *front("draft: false", "  - {date: 2024-05-05, articles: [], summary: 再改}\ndraft: false",
            "20: amendments.2.date（修改日期）须不早于修改日期 2024-05-06，现为 2024-05-05；请改为 2024-05-06 或以后的日期，或者改正前一个日期"),
        *front("replaces: []", "replaces: [leve]", "14: 没有制度 leve，是否为 leave？"),
        *front("replaces: []", "replaces: [leave]", "14: 制度须由别的制度代替，现为自身 leave；请改为别的制度的编号，没有的删去"),
        *front("replaced_by:", "replaced_by: leave", "15: 制度须由别的制度代替，现为自身 leave；请改为别的制度的编号，没有的删去"),
    ],
)  # fmt: skip
def test_what_is_recorded(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        *front("# 请销假制度\n", "# 请假制度\n", "23: 一级标题须只有一个，与 title 一致（请销假制度），现为请假制度；请改为：# 请销假制度"),
        *front("# 请销假制度\n", "\n", "1: 一级标题须只有一个，与 title 一致（请销假制度），现为没有；请改为：# 请销假制度"),
        *front("### 第二条 { #art-2 }", "### 第三条 { #art-3 }",
            "39: 条须依次编号，此处须为第二条或第一条之二，现为第三条；请改正编号，或者补上缺的条"),
        *front("### 第二条 { #art-2 }", "### 第一条 { #art-2 }",
            "39: 条须依次编号，此处须为第二条或第一条之二，现为第一条；请改正编号，或者补上缺的条",
            "39: 第一条的固定编号须写作 { #art-1 }，现为 { #art-2 }"),
        *front("### 第二条 { #art-2 }", "### 第二条", "39: 第二条的固定编号须写作 { #art-2 }，现没有写"),
        *front("### 第二条 { #art-2 }", "## 第二条 { #art-2 }", "39: 第二条须为以 ### 开头的标题，现为 ##；请改为：### 第二条 { #art-2 }"),
        *front("### 第二条 { #art-2 }", "### 第二条 办理 { #art-2 }",
            "39: 条的标题须只写第几条，如 第十二条、第三条之一，现为“第二条 办理”；请把别的字移到下面的正文里"),
        *front("### 第二条 { #art-2 }", "### 第2条 { #art-2 }",
            "39: 条的标题须只写第几条，如 第十二条、第三条之一，现为“第2条”；请把别的字移到下面的正文里"),
        *front("## 第一章 总则 { #ch-1 }", "## 第二章 总则 { #ch-2 }", "25: 章须依次编号，此处须为第一章，现为“第二章 总则”；请改正编号，或者补上缺的章"),
        *front("## 第一章 总则 { #ch-1 }", "## 第一章 总则", "25: 第一章 总则的固定编号须写作 { #ch-1 }，现没有写"),
        *front("（二）", "（三）", "37: 项须依次编号，此处须为（二），现为（三）；请改正编号"),
        *front("（一）", "（二）", "35: 项须依次编号，此处须为（一），现为（二）；请改正编号"),
        *front("[第一条之一](#art-1-1)", "第一条之一", "41: 提到的条和制度须有链接，写作 [第一条之一](#art-1-1)，现为“第一条之一”"),
        *front("[第一条之一](#art-1-1)", "[第一条](#art-1-1)", "41: 链接文字须与所指一致，第一条须通到 #art-1，现为 #art-1-1；请改为 leave.md#art-1"),
        *front("[第一条之一](#art-1-1)", "[第一条](leave.md)", "41: 链接文字须与所指一致，第一条须通到 #art-1，现为没有写条；请改为 leave.md#art-1"),
        *front("[第一条之一](#art-1-1)", "[《请假制度》第一条](#art-1)", "41: 链接文字须与所指一致，所指为《请销假制度》，现为《请假制度》；请改正文字或者链接"),
        *front("第九条、第十条", "的规定，依照第十条", "29: 提到的条和制度须有链接，写作 [第十条](#art-10)，现为“第十条”"),
    ],
)  # fmt: skip
def test_the_text(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, changes) == expected


def test_a_regulation_without_articles(tmp_path: Path) -> None:
    head, _, _ = DRAFT.partition("###")
    changes = {**two(), OUT: f"{head}外出须报备。\n"}
    assert problems(tmp_path, changes) == [
        f"{OUT}:1: 制度须有条文，现没有一条；例如：### 第一条 {{ #art-1 }}"
    ]


REPLACED = (
    (LEAVE, "replaced_by:", "replaced_by: going-out"),
    (OUT, "replaces: []", "replaces: [leave]"),
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(two(), [], id="two that agree"),
        pytest.param(two(*REPLACED), [], id="one replaces the other"),
        pytest.param(
            two(REPLACED[0]),
            [f"{LEAVE}:15: 代替关系须两边一致：{OUT} 与此不合；请在它的前置信息里写 replaces: [leave]"],
            id="said by the old one only",
        ),
        pytest.param(
            two(REPLACED[1]),
            [],
            id="said by the new one only",
        ),
        pytest.param(
            two(REPLACED[1], (LEAVE, "replaced_by:", "replaced_by: leave-rules")),
            [
                f"{OUT}:14: 代替关系须两边一致：{LEAVE} 与此不合；请在它的前置信息里写 replaced_by: going-out",
                f"{LEAVE}:15: 没有制度 leave-rules，是否为 leave？",
            ],
            id="the old one says another",
        ),
        pytest.param(
            two(*REPLACED, (LEAVE, "expires:", "expires:\nrepealed: 2025-01-01")),
            [f"{LEAVE}:13: repealed（废止日期）须空着：有代替的制度，就从它施行之日起废止；请改为：repealed:"],
            id="repealed and replaced",
        ),
        pytest.param(
            two((OUT, "[《请销假制度》](leave.md)", "《请销假制度》第二条")),
            [
                f"{OUT}:24: 提到的条和制度须有链接，写作 [《请销假制度》](leave.md)，现为“《请销假制度》”",
            ],
            id="another one named without a link",
        ),
        pytest.param(
            two((OUT, "[《请销假制度》](leave.md)", "[《请销假制度》第三条](leave.md#art-3)")),
            [f"{OUT}:24: 链接所指标题须在 regulations/leave.md 中，没有 #art-3，是否为 art-2？"],
            id="an article that is not there",
        ),
        pytest.param(
            {**two(), OUT: DRAFT.replace("外出报备制度", "请销假制度").replace("待补", "样例发〔2023〕4号").replace("，请假见[《请销假制度》](leave.md)", "")},
            [
                f"{OUT}:2: 制度的名称和文号须唯一，“请销假制度”已用于 {LEAVE}；请改正其中一个",
                f"{OUT}:4: 制度的名称和文号须唯一，“样例发〔2023〕4号”已用于 {LEAVE}；请改正其中一个",
                f"{OUT}:4: 示范文本（draft: true）须尚无文号；请删去，已审定的改为 draft: false",
            ],
            id="one title and number for both",
        ),
    ],
)  # fmt: skip
def test_two_regulations(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, changes) == expected


SUCCESSOR = (
    *REPLACED,
    (OUT, "number: 待补", "number: 无文号"),
    (OUT, "effective:", "effective: 2026-01-01"),
    (OUT, "expires:", "expires: 2026-12-31"),
    (OUT, "draft: true", "draft: false"),
)


def test_the_compilation_as_of_a_day(tmp_path: Path) -> None:
    def states(*changes: tuple[str, str, str]) -> dict[str, tuple[RegulationState, str]]:
        entries = compilation(read(tmp_path, two(*changes)).archive)
        return {id_: (entry.state, entry.standing) for id_, entry in entries.items()}

    assert states() == {
        "leave": (RegulationState.IN_FORCE, "现行有效（2024年修改）"),
        "going-out": (RegulationState.DRAFT, "草案"),
    }
    assert states(*SUCCESSOR) == {
        "leave": (RegulationState.REPEALED, "已废止"),
        "going-out": (RegulationState.IN_FORCE, "现行有效"),
    }
    assert states((LEAVE, "2024-05-06", "2026-05-06"))["leave"] == (
        RegulationState.IN_FORCE,
        "现行有效",
    )


def test_a_broken_record_leaves_its_page_out(tmp_path: Path) -> None:
    site = read(tmp_path, edited(LEAVE, "category: 行政管理", "category: 行政"))
    assert site.regulations == {}
    assert "regulations/leave.md" in site.archive.pages


def unbroken(text: str) -> str:
    return f'<span class="nowrap">{text}</span>'


def test_the_index_by_category(tmp_path: Path) -> None:
    site = read(tmp_path, two((OUT, "office:", "office: 办公|室")))
    listed = macros(site, "regulations/index.md")["regulations"]()
    overview, *categories = listed.split("\n\n## ")
    assert overview == (
        '<table><thead><tr><th scope="col">状态</th><th scope="col" class="number">制度数</th><th scope="col">含义</th></tr></thead><tbody>'
        '<tr><td>现行有效</td><td class="number">1</td><td>已经施行；修改过的，正文是修改后的文本。</td></tr>'
        '<tr><td>尚未生效</td><td class="number">0</td><td>已经审定，施行日期未到。</td></tr>'
        '<tr><td>已废止</td><td class="number">0</td><td>已经决定废止，或者已由别的制度代替。</td></tr>'
        '<tr><td>已失效</td><td class="number">0</td><td>有效期已满。</td></tr>'
        '<tr><td>草案</td><td class="number">1</td><td>示范文本，尚未审定，不作为依据。</td></tr>'
        '<tr><td>合计</td><td class="number">2</td><td></td></tr></tbody></table>'
    )
    assert categories == [
        "党的建设 { #党的建设 }\n\n（尚无制度。）",
        "行政管理 { #行政管理 }\n\n"
        "| 制度 | 状态 | 文号 | 施行日期 | 责任科室 |\n| --- | --- | --- | --- | --- |\n"
        f"| [请销假制度](../regulations/leave.md) | {unbroken('现行有效')}（2024年修改） | "
        f"{' | '.join(map(unbroken, ('样例发〔2023〕4号', '2023年3月1日', '待补')))} |\n"
        "| [外出报备制度](../regulations/going-out.md) | "
        f"{' | '.join(map(unbroken, ('草案', '待补', '待补', '办公&#124;室')))} |",
        "统计业务 { #统计业务 }\n\n（尚无制度。）",
        "法治监督 { #法治监督 }\n\n（尚无制度。）",
    ]


def test_what_changed_when(tmp_path: Path) -> None:
    changes = two(*SUCCESSOR)
    leave, out = (
        '<a href="../../regulations/leave/">请销假制度</a>',
        '<a href="../../regulations/going-out/">外出报备制度</a>',
    )
    articles = '<a href="../../regulations/leave/#art-2">第二条</a>、<a href="../../regulations/leave/#art-1-1">第一条之一</a>：增加一条'
    rows = [
        ("2026年", "2026年12月31日（未到）", "有效期满", out, ""),
        ("2026年", "2026年1月1日", "废止", leave, "由《外出报备制度》代替"),
        ("2026年", "2026年1月1日", "施行", out, "代替《请销假制度》"),
        ("2024年", "2024年5月6日", "修改", leave, articles),
        ("2023年", "2023年3月1日", "施行", leave, ""),
        ("2023年", "2023年2月2日", "印发", leave, "样例发〔2023〕4号"),
        ("2023年", "2023年2月1日", "审议通过", leave, "由样例会议审议通过"),
    ]
    heads = ("年份", "日期", "变动", "制度", "内容")
    table = wide_table(heads, rows, set(), "制度的变动", kind='data-choose="0 2"')
    assert macros(read(tmp_path, changes), "regulations/changes.md")["regulation_changes"]() == (
        f'<div class="choose" data-search-skip></div>\n\n{table}'
    )


def test_nothing_changed_while_all_are_drafts(tmp_path: Path) -> None:
    site = read(tmp_path, {LEAVE: DRAFT.replace("[《请销假制度》](leave.md)", "制度")})
    functions = macros(site, "regulations/changes.md")
    assert functions["regulation_changes"]() == (
        "尚无可列的变动：现有制度都是示范文本，审定、印发、施行之后才有日期。"
    )
    assert functions["regulation_reviews"]() == "尚无须复审的制度：现行有效的制度才列入复审。"


@pytest.mark.parametrize(
    ("due", "note"),
    [
        ("2026-03-01", "2026年3月1日 | 已到期"),
        ("2026-03-02", "2026年3月2日 | 未到期"),
        ("", "待补 | 未定"),
    ],
)
def test_reviews(tmp_path: Path, due: str, note: str) -> None:
    site = read(tmp_path, two((LEAVE, "review_due: 2026-02-01", f"review_due: {due}".rstrip())))
    assert macros(site, "regulations/index.md")["regulation_reviews"]() == (
        "| 制度 | 复审日期 | 是否到期 |\n| --- | --- | --- |\n"
        f"| [请销假制度](../regulations/leave.md) | {note} |"
    )


def test_what_stands_over_a_regulation(tmp_path: Path) -> None:
    changes = two(*SUCCESSOR) | {
        "docs/regulations/changes.md": "---\ntitle: 变动\n---\n\n# 变动\n",
        "docs/report/part-1.md": FILES["docs/report/part-1.md"]
        + "\n执行[请销假](../regulations/leave.md)制度，见[请假](../regulations/leave.md#art-2)。\n",
    }
    assert page_context(read(tmp_path, changes), "regulations/leave.md") == {
        "cited": '见报告：<a href="../../report/part-1/#planning">一、组织 · （一）统筹</a>',
        "facts": (
            '<dl class="facts"><div><dt>状态</dt><dd><strong class="state">已废止</strong></dd></div>'
            "<div><dt>类别</dt><dd>行政管理</dd></div><div><dt>文号</dt><dd>样例发〔2023〕4号</dd></div>"
            "<div><dt>发文机关</dt><dd>样例局</dd></div><div><dt>责任科室</dt><dd>待补</dd></div>"
            "<div><dt>审议通过</dt><dd>样例会议，2023年2月1日</dd></div>"
            "<div><dt>印发日期</dt><dd>2023年2月2日</dd></div>"
            "<div><dt>施行日期</dt><dd>2023年3月1日</dd></div>"
            "<div><dt>复审日期</dt><dd>2026年2月1日</dd></div>"
            '<div><dt>代替它的制度</dt><dd><a href="../../regulations/going-out/">《外出报备制度》</a></dd></div>'
            '<div><dt>修改记录</dt><dd><a href="../../regulations/changes/">1 次，最近为2024年5月6日</a></dd></div></dl>'
        ),
        "standing": "已废止",
        "banner": "2026年1月1日起不再有效。",
        "versions": (
            '<div class="versions screen-only" role="navigation" aria-label="历次文本" data-search-skip>'
            "<p>历次文本</p><ul><li><strong>2024年5月6日至2025年12月31日</strong>（已废止，本页）</li>"
            "<li>2023年3月1日至2024年5月5日（已被修改，未记录原文）</li></ul></div>"
        ),
    }  # fmt: skip


def test_what_a_successor_says_is_true_of_the_former(tmp_path: Path) -> None:
    """Whoever files the successor need not touch what it replaces."""
    told = [change for change in SUCCESSOR if change != REPLACED[0]]
    both, alone = read(tmp_path / "a", two(*SUCCESSOR)), read(tmp_path / "b", two(*told))
    assert alone.regulations["leave"].standing == "已废止"
    for page in ("regulations/leave.md", "regulations/going-out.md"):
        assert page_context(alone, page) == page_context(both, page)


@pytest.mark.parametrize("first", [0, 1], ids=["both say so", "the successor alone"])
def test_what_is_replaced_is_not_offered_to_be(tmp_path: Path, first: int) -> None:
    forge = edited("data/unit.yml", "  forge:\n  address:\n", "  forge: gitea\n  address: https://git.example/a/b\n")  # fmt: skip
    site = read(tmp_path, {**two(*SUCCESSOR[first:]), **forge})
    offered = {
        path: "换成新的一项" in str(page_context(site, path)["ways"])
        for path in ("regulations/leave.md", "regulations/going-out.md")
    }
    assert offered == {"regulations/leave.md": False, "regulations/going-out.md": True}


def test_what_is_to_be_replaced_says_when(tmp_path: Path) -> None:
    later = [*SUCCESSOR[1:3], (OUT, "effective:", "effective: 2026-04-01"), SUCCESSOR[-1]]
    site = read(tmp_path, two(*later))
    assert site.regulations["leave"].standing == "现行有效（2024年修改，2026年4月1日起废止）"


def test_a_draft_that_was_replaced_is_none_any_more(tmp_path: Path) -> None:
    """As with the drafts that an archive begins with, once the bureau has its own."""
    new = two()
    later = DRAFT.replace("外出报备制度", "外出管理规定").replace(
        "replaces: []", "replaces: [going-out]"
    )
    adopted = later.replace("draft: true", "draft: false").replace(
        "effective:", "effective: 2026-01-01"
    )
    new |= {"docs/regulations/later.md": adopted.replace("number: 待补", "number: 无文号")}
    new["mkdocs.yml"] = str(new["mkdocs.yml"]).replace(
        "  - 指标登记", "  - 管理: regulations/later.md\n  - 指标登记"
    )
    site = read(tmp_path, new)
    assert check(site) == ()
    assert site.regulations["going-out"].standing == "已废止"
    shown = page_context(site, "regulations/going-out.md")
    assert (shown["standing"], shown["banner"]) == ("已废止", "2026年1月1日起不再有效。")


def test_links_to_what_is_over_say_so(tmp_path: Path) -> None:
    """But for the successor's own, and headings."""
    page = "docs/report/part-1.md"
    added = "\n执行[请销假](../regulations/leave.md)制度。\n\n### 见[请假](../regulations/leave.md) { #see }\n\n字。\n"
    site = read(tmp_path, {**two(*SUCCESSOR), page: FILES[page] + added})
    marks = {path: list(over_marks(site, one)) for path, one in site.archive.pages.items()}
    text = site.archive.pages["report/part-1.md"].text
    end = text.index("制度。")
    assert {path: found for path, found in marks.items() if found} == {
        "report/part-1.md": [
            (
                end,
                end,
                '<span class="over-mark screen-only" data-search-skip>（已废止，由'
                '<a href="../../regulations/going-out/">《外出报备制度》</a>代替）</span>',
            )
        ]
    }


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        ("2026-03-01", '2026年3月1日<strong class="overdue">（已到期，尚未复审）</strong>'),
        ("2026-03-02", "2026年3月2日"),
    ],
)
def test_an_overdue_review_shows_on_the_page(tmp_path: Path, due: str, shown: str) -> None:
    site = read(tmp_path, edited(LEAVE, "review_due: 2026-02-01", f"review_due: {due}"))
    facts = page_context(site, "regulations/leave.md")["facts"]
    assert f"<dt>复审日期</dt><dd>{shown}</dd>" in facts


def test_other_pages_say_where_the_report_names_them(tmp_path: Path) -> None:
    site = read(
        tmp_path,
        {
            "docs/report/overview.md": FILES["docs/report/overview.md"]
            + "\n见[首页](../index.md)。\n"
        },
    )
    assert page_context(site, "index.md") == {
        "cited": '见报告：<a href="report/overview/#汇报">概述</a>'
    }
    assert page_context(site, "report/overview.md") == {}
