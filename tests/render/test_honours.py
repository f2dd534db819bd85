"""Honours: how they stand on a day, what is wrong with a record, how pages name and list them."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from jinja2 import Environment

from archive.checks import check
from archive.facts.figures import count_records, select
from archive.facts.honours import HonourState, honour_state, honour_title, valid_until
from archive.facts.project import Project
from archive.facts.site import load
from archive.render import macros
from archive.render.honours import MAX_LISTED, MAX_NAMED, with_rows
from archive.render.text import wide_table
from archive.render.timeline import TimelineRow, timeline
from archive.schema.honours import Honour, Review, Withdrawal
from archive.schema.register import Counted, Period
from archive.schema.unit import HiddenName
from tests.conftest import AS_OF, FROZEN, archive_of
from tests.samples.attachments import point
from tests.samples.honours import CIVILISED, LEVEL
from tests.samples.sample import EXAMPLE, FILES, MKDOCS, UNIT, problems, read

AWARDED, END, NOW = date(2023, 1, 10), date(2025, 1, 10), date(2026, 3, 1)


def honour(**fields: Any) -> Honour:
    unknown = dict.fromkeys(("level", "body", "date", "basis", "certificate", "term", "term_end"))
    return Honour(**{"title": "文明单位", "recipient": "集体", **unknown, **fields})


def kept(day: date | None, until: date | None = None) -> Review:
    return Review(date=day, document=None, result="确认保留", until=until)


def to_mend(day: date | None) -> Review:
    return Review(date=day, document=None, result="限期整改")


LATER, LATEST = date(2025, 1, 5), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("fields", "as_of", "expected"),
    [
        ({}, NOW, "待补"),
        ({"date": AWARDED}, NOW, "待补"),
        ({"term": "一次性"}, NOW, "一次性"),
        ({"term": "届满失效"}, NOW, "待补"),
        ({"term": "届满失效", "term_end": END}, AWARDED, "有效"),
        ({"term": "届满失效", "term_end": END}, END, "有效"),
        ({"term": "届满失效", "term_end": END}, date(2025, 1, 11), "已届满"),
        ({"term": "届满复查"}, NOW, "待补"),
        ({"term": "届满复查", "term_end": END}, END, "有效"),
        ({"term": "届满复查", "term_end": END}, date(2025, 1, 11), "待复查"),
        ({"term_end": END}, END, "有效"),
        ({"term_end": END}, date(2025, 1, 11), "待补"),
        ({"term": "届满复查", "term_end": END, "reviews": (kept(LATER),)}, date(2025, 1, 4), "有效"),
        ({"term": "届满复查", "term_end": END, "reviews": (kept(LATER),)}, LATER, "保留"),
        ({"term": "届满复查", "term_end": END, "reviews": (kept(LATER),)}, NOW, "保留"),
        ({"term": "届满复查", "reviews": (kept(None),)}, NOW, "保留"),
        ({"term": "届满复查", "reviews": (kept(LATER, LATEST),)}, LATEST, "保留"),
        ({"term": "届满复查", "reviews": (kept(LATER, LATEST),)}, date(2027, 1, 1), "待复查"),
        ({"term": "届满复查", "term_end": END, "reviews": (to_mend(LATER),)}, date(2025, 1, 4), "有效"),
        ({"term": "届满复查", "term_end": END, "reviews": (to_mend(LATER),)}, LATER, "待复查"),
        ({"term": "届满复查", "reviews": (to_mend(LATER), kept(END))}, NOW, "保留"),
        ({"term": "届满复查", "reviews": (kept(LATER, LATEST), to_mend(END))}, NOW, "待复查"),
        ({"term": "一次性", "withdrawn": Withdrawal(date=END, reason=None)}, date(2025, 1, 9), "一次性"),
        ({"term": "一次性", "withdrawn": Withdrawal(date=END, reason=None)}, END, "已撤销"),
        ({"withdrawn": Withdrawal(date=None, reason="复核")}, NOW, "已撤销"),
        ({"term": "届满复查", "reviews": (kept(LATER),), "withdrawn": Withdrawal(date=END, reason=None)}, NOW, "已撤销"),
    ],
)  # fmt: skip
def test_state_on_a_day(fields: dict[str, Any], as_of: date, expected: str) -> None:
    assert honour_state(honour(**fields), as_of) == expected


def test_how_far_an_honour_is_known_to_hold() -> None:
    reviews = (kept(LATER, LATEST), to_mend(END))
    assert valid_until(honour(term_end=END), NOW) == END
    assert valid_until(honour(term_end=END, reviews=reviews), date(2025, 1, 4)) == END
    assert valid_until(honour(term_end=END, reviews=reviews), NOW) == LATEST
    assert valid_until(honour(term_end=END, reviews=(kept(LATER),)), NOW) is None


def test_the_full_title() -> None:
    names = {"level": HiddenName(meaning="级别", person=False, value=None, mask="***")}
    assert honour_title(honour(), names) == "文明单位"
    assert honour_title(honour(prefix="level"), names) == "***文明单位"
    known = {"level": names["level"].model_copy(update={"value": "某级"})}
    assert honour_title(honour(prefix="level"), known) == "某级文明单位"


A = "data/honours/civilised.yml"
UNKNOWN = """\
title: 无烟党政机关
recipient: 集体
level:
body:
date:
basis:
certificate:
term:
term_end:
"""
PERSON = '  hero:\n    meaning: 姓名\n    person: true\n    value:\n    mask: "***"\n'
PAGE, LIST = "docs/report/overview.md", "docs/honours/index.md"
DEED = "docs/examples/deed.md"
DEED_TEXT = EXAMPLE.replace("提示单", "事例").replace("honour:", "honour: smoke")
BASE: dict[str, str | bytes | None] = {
    "mkdocs.yml": MKDOCS.replace("  - 首页", "  - 荣誉: honours/index.md\n  - 首页"),
    "data/unit.yml": UNIT + LEVEL + PERSON,
    A: CIVILISED,
    "data/honours/smoke.yml": UNKNOWN,
    PAGE: FILES[PAGE] + '\n获得{{ honours("smoke", "civilised") }}称号。\n',
    LIST: "---\ntitle: 荣誉\n---\n\n# 荣誉\n\n{{ honour_list() }}\n",
    "docs/files/证书.jpg": point("JPEG"),
}


def test_the_sample_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path, BASE) == []


def spoilt(old: str, new: str) -> dict[str, str | bytes | None]:
    assert CIVILISED.count(old) == 1
    return {A: CIVILISED.replace(old, new)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (spoilt("level: 市级", "level: 国级"), [f'{A}:4: level（级别）须为 国家级、自治区级、市级、县区级、系统、机关工委 之一，现为 "国级"；请改为：level: 国家级']),
        (spoilt("body: 某文明委\n", ""), [f"{A}:1: 须有字段 body（授予单位）：不知道的可以空着，这一行不能没有；请加一行，如 body:"]),
        (spoilt("result: 确认保留", "result: 保留"), [f'{A}:14: reviews.1.result（复查结果）须为 确认保留、限期整改 之一，现为 "保留"；请改为：result: 确认保留']),
        (spoilt("date: 2023-01-10", "date: 2026-03-02"), [
            f"{A}:6: date（授予日期）须不晚于今天（2026-03-01），现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写",
            f"{A}:10: term_end（有效期至）须不早于授予日期 2026-03-02，现为 2025-01-10；请改为 2026-03-02 或以后的日期，或者改正前一个日期",
            f"{A}:12: reviews.1.date（复查日期）须不早于授予日期 2026-03-02，现为 2025-01-05；请改为 2026-03-02 或以后的日期，或者改正前一个日期",
        ]),
        (spoilt("date: 2023-01-10", "date: 2019-01-10"), []),
        (spoilt("date: 2023-01-10", "date:"), []),
        (spoilt("  - date: 2025-01-05", "  - date: 2026-04-01"), [f"{A}:12: reviews.1.date（复查日期）须不晚于今天（2026-03-01），现为 2026-04-01；请改为今天或以前的日期，还没有发生的先不写"]),
        (spoilt("    until: 2026-12-31", "    until: 2025-01-04"), [f"{A}:15: reviews.1.until（保留至）须不早于复查日期 2025-01-05，现为 2025-01-04；请改为 2025-01-05 或以后的日期，或者改正前一个日期"]),
        ({A: CIVILISED + "  - date: 2024-12-31\n    document:\n    result: 限期整改\n"}, [f"{A}:16: reviews.2.date（复查日期）须不早于上一次复查 2025-01-05，现为 2024-12-31；请改为 2025-01-05 或以后的日期，或者改正前一个日期"]),
        ({A: CIVILISED.replace("reviews:\n", "withdrawn:\n  date: 2022-12-31\n  reason: 某事\nreviews:\n"), PAGE: FILES[PAGE]}, [f"{A}:12: withdrawn.date（撤销日期）须不早于授予日期 2023-01-10，现为 2022-12-31；请改为 2023-01-10 或以后的日期，或者改正前一个日期"]),
        ({A: CIVILISED.replace("reviews:\n", "withdrawn:\n  date: 2026-03-02\n  reason: 某事\nreviews:\n")}, [f"{A}:12: withdrawn.date（撤销日期）须不晚于今天（2026-03-01），现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写"]),
        ({A: CIVILISED.replace("reviews:\n", "withdrawn:\n  date:\n  reason: 某事\nreviews:\n")}, [f"{PAGE}:9: 正文列举的荣誉须未被撤销，civilised 已撤销，请从 honours(…) 中删去"]),
        (spoilt("term: 届满复查", "term: 届满失效"), [f"{A}:9: 记有复查的，term（期限方式）须为届满复查，现为届满失效；请改为：term: 届满复查"]),
        (spoilt("term: 届满复查", "term:"), [f"{A}:9: 记有复查的，term（期限方式）须为届满复查，现为空；请改为：term: 届满复查"]),
        ({A: CIVILISED.partition("reviews")[0].replace("届满复查", "一次性")}, [f"{A}:10: 一次性荣誉没有有效期，term_end（有效期至）须空着，现为 2025-01-10；请改为：term_end:"]),
        (spoilt("prefix: unit_level", "prefix: unit_levels"), [f"{A}:2: prefix（名称前缀）须是 data/unit.yml 中的名称，没有 unit_levels，是否为 unit_level？"]),
        (spoilt("prefix: unit_level", "prefix: hero"), [f"{A}:2: prefix（名称前缀）须不是人名，hero 是人名；请改用单位的名称，没有的写 prefix:"]),
        (spoilt("certificate:", "certificate: files/证书.jpg"), []),
        (spoilt("certificate:", "certificate: files/没有.jpg"), [f"{A}:8: certificate（证书扫描件）须在 docs/files/ 下，没有 files/没有.jpg；请放进这个文件，或者写 certificate:"]),
        (spoilt("certificate:", "certificate: files/../index.md"), [f"{A}:8: certificate（证书扫描件）须在 docs/files/ 下，没有 files/../index.md；请放进这个文件，或者写 certificate:"]),
        (spoilt("certificate:", "certificate: 档案柜"), [f'{A}:8: certificate（证书扫描件）须为以 files/ 开头、不含空格的文件路径，现为 "档案柜"；请改为：certificate: files/档案柜']),
        ({"data/honours/d.yml": CIVILISED}, ["data/honours/d.yml:1: 同一荣誉须只记一次，名称相同的已见 data/honours/civilised.yml:1；请删去一条，复查确认保留的写在原记录的 reviews（复查）里，另一次授予写明不同的日期，同日另有一项、另一人获得的，在 distinct_from（别有一次）里列出 civilised"]),
        ({"data/honours/z.yml": UNKNOWN.replace("date:", "date: 2024-01-01")}, ["data/honours/z.yml:1: 同一荣誉须只记一次，名称相同的已见 data/honours/smoke.yml:1；请删去一条，复查确认保留的写在原记录的 reviews（复查）里，另一次授予写明不同的日期，同日另有一项、另一人获得的，在 distinct_from（别有一次）里列出 smoke"]),
        ({"data/honours/d.yml": CIVILISED.partition("reviews")[0].replace("2023", "2024")}, []),
        ({"data/honours/d.yml": CIVILISED.replace("集体", "个人"), "data/honours/e.yml": CIVILISED.replace("集体", "个人") + "distinct_from: [d]\n"}, []),
        ({PAGE: FILES[PAGE] + '{{ honours("smok") }}'}, [f"{PAGE}:8: 没有荣誉 smok，是否为 smoke？"]),
        ({PAGE: FILES[PAGE] + '{{ honours("smoke", level="市级") }}'}, [f'{PAGE}:8: 宏 honours 须写作 {{{{ honours("荣誉编号", …) }}}} 或 {{{{ honours(字段="取值") }}}}']),
        ({PAGE: FILES[PAGE] + "{{ honours(1) }}"}, [f'{PAGE}:8: 宏 honours 须写作 {{{{ honours("荣誉编号", …) }}}} 或 {{{{ honours(字段="取值") }}}}']),
        ({PAGE: FILES[PAGE] + '{{ honours(levels="市级") }}'}, [f"{PAGE}:8: 台账 honours 没有字段 levels，是否为 level？"]),
        ({PAGE: FILES[PAGE] + '{{ honours(level="市") }}'}, [f"{PAGE}:8: 字段 level 的取值须是台账 honours 里有的，没有 市，是否为 市级？"]),
        ({PAGE: FILES[PAGE] + "[它](../honours/index.md#smoke)、[别的](../honours/index.md#smok)"}, [f"{PAGE}:8: 链接所指标题须在 honours/index.md 中，没有 #smok，是否为 smoke？"]),
        ({"data/honours/smoke.yml": "title: ["}, ["data/honours/smoke.yml:1: 方括号 [ ] 须成对，各项用英文逗号隔开，现为：title: [；请改为：title: []"]),
    ],
)  # fmt: skip
def test_one_fault(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, {**BASE, **changes}) == expected


def test_an_honour_without_a_date_is_counted_only_while_the_period_has_none(tmp_path: Path) -> None:
    records = read(tmp_path, BASE).archive.of(Honour)
    counted = Counted(collection="honours", measure="count")
    for start, end, expected in ((None, None, 2), (date(2023, 1, 1), date(2025, 12, 31), 1)):
        period = Period(kind="时期", start=start, end=end)
        assert count_records(counted, select(counted, period, records)) == expected


MASK = '<span class="mask">&#42;&#42;&#42;</span>'
SMOKE = "[无烟党政机关](../honours/index.md#smoke)"
LINK = f"[{MASK}文明单位](../honours/index.md#civilised)"


@pytest.mark.parametrize(
    ("ids", "where", "expected"),
    [
        (("smoke", "civilised"), {}, f"{SMOKE}、{LINK}"),
        ((), {}, f"{SMOKE}、{LINK}"),
        ((), {"level": "市级"}, LINK),
        ((), {"recipient": "集体", "year": 2023}, LINK),
        ((), {"year": 2024}, "待补"),
    ],
)
def test_honours_in_running_text(
    tmp_path: Path, ids: tuple[str, ...], where: dict[str, Any], expected: str
) -> None:
    assert macros(read(tmp_path, BASE), PAGE.removeprefix("docs/"))["honours"](*ids, **where) == (
        expected
    )


def test_what_was_withdrawn_is_not_claimed(tmp_path: Path) -> None:
    changes = {A: CIVILISED + "withdrawn:\n  date: 2026-01-01\n  reason: 某事\n"}
    site = read(tmp_path, {**BASE, **changes, PAGE: FILES[PAGE]})
    assert macros(site, "report/overview.md")["honours"]() == SMOKE
    assert (
        "<br>撤销：撤销日期：2026年1月1日；撤销原因：某事<br>"
        in macros(site, "honours/index.md")["honour_list"]()
    )


def row(id_: str, title: str, shown: str, state: str, course: str) -> str:
    return (
        f'<tr id="{id_}" data-search-section="{title}"><th scope="row">{shown}'
        f'<br><strong class="state">{state}</strong><a class="headerlink" href="#{id_}">¶</a></th>'
        f"<td>{course}</td></tr>"
    )


HEAD = '<table class="honours"><thead><tr><th scope="col">荣誉</th><th scope="col">记录</th></tr></thead>'
ON = '所在位置：<a href="../report/overview/">概述</a>'


def states_of(*rows: tuple[str, ...]) -> str:
    """The table of the honours by state, of rows of id, title, level, year and state."""
    linked = [(f'<a href="#{id_}">{title}</a>', *others) for id_, title, *others in rows]
    heads = ("荣誉", "级别", "年度", "状态")
    kind = 'data-choose="1 2 3" data-search-skip'
    return wide_table(heads, linked, set(), "各项荣誉的状态", kind=kind)


def test_the_list_of_honours(tmp_path: Path) -> None:
    listed = macros(read(tmp_path, BASE), "honours/index.md")["honour_list"]()
    states, _, rest = listed.partition("\n\n## 按级别、年度、状态查找 { #find }\n\n")
    assert states.count("<tr>") == 9
    assert '<td>保留</td><td class="number">1</td><td>经复查确认保留。</td>' in states
    ways, _, rest = rest.partition("\n\n## 时间线 { #timeline }\n\n")
    numbers, _, by_state = ways.partition('\n\n<div class="choose" data-search-skip></div>\n\n')
    table = lxml.html.fragment_fromstring(
        numbers.removeprefix("~~~~ html-as-is\n").removesuffix("\n~~~~")
    ).find(".//table")
    assert [[cell.text_content() for cell in line] for line in table.iter("tr")] == [
        ["年度", "市级", "级别待补", "合计"],
        ["2023年", "1", "", "1"],
        ["年度待补", "", "1", "1"],
        ["合计", "1", "1", "2"],
    ]
    assert [(a.get("href"), a.get("aria-label")) for a in table.iter("a")] == [
        ("#市级·2023", "2023年市级 1 项"),
        ("#级别待补·年度待补", "年度待补级别待补 1 项"),
    ]
    assert by_state == states_of(
        ("civilised", f"{MASK}文明单位", "市级", "2023年", "保留"),
        ("smoke", "无烟党政机关", "级别待补", "年度待补", "待补"),
    )
    life, _, entries = rest.partition("\n\n## 市级 { #市级 }\n\n")
    course = "2023年1月10日授予；2025年1月5日复查确认保留；有效期至2026年12月31日"
    drawn = TimelineRow(
        "***文明单位",
        (("授予", date(2023, 1, 10)), ("复查", date(2025, 1, 5))),
        date(2026, 12, 31),
        course,
    )
    assert life == (
        f"{timeline('荣誉时间线', [drawn], date(2026, 3, 1))}\n\n"
        "圆点为授予，菱形为复查，叉为撤销，横条为有效期，短竖线为期满，竖虚线为今天"
        "（2026年3月1日）。另有 1 项日期待补，没有画出。\n\n"
        f"| 状态 | 荣誉 | 经过 |\n| --- | --- | --- |\n| 保留 | {LINK} | {course} |"
    )
    civilised = row(
        "civilised",
        "&#42;&#42;&#42;文明单位",
        f"{MASK}文明单位",
        "保留",
        "获奖主体：集体；授予单位：某文明委；授予日期：2023年1月10日；依据文件：某决定；"
        "期限方式：届满复查；有效期至：2025年1月10日<br>"
        "复查：复查日期：2025年1月5日；复查文件：某通报；复查结果：确认保留；保留至：2026年12月31日<br>"
        f"待补：证书扫描件<br>{ON}",
    )
    smoke = row(
        "smoke",
        "无烟党政机关",
        "无烟党政机关",
        "待补",
        "获奖主体：集体<br>"
        f"待补：级别、授予单位、授予日期、依据文件、证书扫描件、期限方式、有效期至<br>{ON}",
    )
    assert entries == (
        f'{HEAD}<tbody><tr><th scope="rowgroup" colspan="2" id="市级·2023">2023年（1 项）</th></tr>'
        f"{civilised}</tbody></table>\n\n## 级别待补 {{ #级别待补 }}\n\n"
        f'{HEAD}<tbody><tr><th scope="rowgroup" colspan="2" id="级别待补·年度待补">年度待补（1 项）</th>'
        f"</tr>{smoke}</tbody></table>"
    )


def many(number: int) -> dict[str, str | bytes | None]:
    """So many honours of the one day, 0000 first; those of the sample are older or have no day."""
    text = UNKNOWN.replace("level:", "level: 系统").replace("date:", "date: 2024-05-01")
    return {
        f"data/honours/{index:04}.yml": text.replace("无烟党政机关", f"第{index}项")
        for index in range(number)
    }


def test_of_many_honours_those_led_to_and_the_latest_are_listed(tmp_path: Path) -> None:
    calls = '\n{{ honours("0298") }}{{ honours(level="市级") }}见[它](../honours/index.md#0297)。\n'
    criterion = FILES["data/criteria.yml"].replace("to: volunteering", "to: '0296'")
    site = read(
        tmp_path,
        {
            **BASE,
            **many(MAX_LISTED + 100),
            "data/honours/old.yml": UNKNOWN.replace("无烟", "旧").replace("date:", "date: 2001-05-01"),
            PAGE: FILES[PAGE] + calls,
            LIST: f"{BASE[LIST]!s}\n见[它](#0295)。\n",
            "data/criteria.yml": criterion,
            DEED: DEED_TEXT.replace("smoke", "0294"),
            "mkdocs.yml": str(BASE["mkdocs.yml"]).replace("nav:", "nav:\n  - examples/deed.md"),
        },
    )  # fmt: skip
    assert check(site) == ()
    listed = macros(site, "honours/index.md")["honour_list"]()
    ids = re.findall('<tr id="([^"]+)"', listed)
    latest = [f"{index:04}" for index in range(MAX_LISTED - 6)]
    # By level: 市级, 系统; within a level and year by id.
    assert ids == ["civilised", *latest, "0294", "0295", "0296", "0297", "0298"]
    assert (
        "\n\n荣誉较多，下面逐项列出 200 项：报告和其他页面提到的，以及最近授予的。"
        "其余 103 项只在表中计数（没有链接的数），逐项的记录在上面的下载文件里。\n\n" in listed
    )
    assert ">2024年（300 项，其中 101 项没有列出）<" in listed
    assert re.findall('<td class="number"><a href="([^"]+)"', listed) == [
        "#系统·2024",
        "#市级·2023",
    ]
    assert (
        '<td>2001年</td><td class="number"></td><td class="number"></td><td class="number">1</td>'
        in listed
    )
    by_state = re.findall('<tr><td><a href="#([^"]+)">[^<]*<', listed)
    assert by_state == ["civilised", *sorted(set(ids) - {"civilised"})]
    assert "。只画最近的 30 项。另有 1 项日期待补，没有画出。\n" in listed
    # Where three hundred are named, those without a row lead to the page.
    missing = macros(site, "criteria/missing.md")["missing"]()
    led = Counter(re.findall('<a href="../../honours/#?([^"]*)"', missing))
    assert led == {"": 101, **dict.fromkeys({*ids} - {"0296", "civilised"}, 1)}


def test_a_front_page_leads_to_an_honour_without_a_row_by_its_page(tmp_path: Path) -> None:
    due = UNKNOWN.replace("term:", "term: 届满复查").replace("term_end:", "term_end: 2025-05-01")
    held = UNKNOWN.replace("term:", "term: 一次性").replace("无烟", "旧")
    site = read(
        tmp_path,
        {
            **BASE,
            **many(MAX_LISTED),
            "data/honours/due.yml": due.replace("date:", "date: 2001-05-01"),
            "data/honours/held.yml": held.replace("date:", "date: 2001-05-02"),
        },
    )
    assert "held" not in with_rows(site)
    shown = macros(site, "index.md")["standing"](), macros(site, "glance.md")["glance"]()
    led = [re.findall('<a href="[^"]*honours/([^"]*)"', text) for text in shown]
    assert led == [["#civilised", "", ""], ["#civilised", "", "#smoke"]]


def test_of_many_honours_a_text_names_the_latest(tmp_path: Path) -> None:
    named = macros(read(tmp_path, many(MAX_NAMED + 1)), "index.md")["honours"](level="系统")
    links = [f"[第{index}项](honours/index.md#{index:04})" for index in range(MAX_NAMED)]
    assert named == "、".join(links[::-1]) + "等 31 项"


def test_without_a_date_there_is_no_timeline(tmp_path: Path) -> None:
    site = read(tmp_path, {**BASE, A: None, PAGE: FILES[PAGE]})
    listed = macros(site, "honours/index.md")["honour_list"]()
    assert "## 时间线 { #timeline }\n\n各项荣誉的日期均待补，没有可画的时间线。\n\n" in listed
    assert "<svg" not in listed


def test_without_an_honour_the_list_says_so(tmp_path: Path) -> None:
    listed = macros(read(tmp_path), "honours/index.md")["honour_list"]()
    assert listed.endswith("（荣誉：尚无记录。）")


def test_a_certificate_can_be_opened(tmp_path: Path) -> None:
    site = read(tmp_path, {**BASE, **spoilt("certificate:", "certificate: files/证书.jpg")})
    listed = macros(site, "honours/index.md")["honour_list"]()
    assert (
        '<br>证书扫描件：<a href="../files/%E8%AF%81%E4%B9%A6.jpg" title="JPG，1 KB">证书&#46;jpg</a><br>'
        in listed
    )
    assert "<br>待补：证书扫描件" not in listed.partition("#级别待补")[0]


def test_a_timeline() -> None:
    row = TimelineRow(
        "甲<乙", (("授予", date(2024, 1, 1)), ("撤销", date(2025, 1, 1))), date(2026, 1, 1), "话"
    )
    assert timeline("题", [row], date(2025, 7, 1)) == (
        '<svg class="timeline" role="img" width="100%" height="64">'
        '<title>题</title><desc class="mask">甲&#60;乙：话</desc>'
        '<line class="today" x1="49.91%" x2="49.91%" y1="18" y2="64"/>'
        '<text x="2.00%" y="12">2024</text><text x="34.06%" y="12">2025</text>'
        '<text x="66.03%" y="12">2026</text>'
        '<text class="mask" x="0" y="36">甲&#60;乙</text>'
        '<line x1="0" x2="100%" y1="50" y2="50"/>'
        '<line class="end" x1="66.03%" x2="66.03%" y1="44" y2="56"/>'
        '<line class="span" x1="2.00%" x2="66.03%" y1="50" y2="50"/>'
        '<svg x="2.00%" y="50"><circle r="5"/></svg>'
        '<svg x="34.06%" y="50"><path class="cross" d="M-5-5L5 5M-5 5L5-5"/></svg></svg>'
    )  # fmt: skip


def test_many_rows_make_several_drawings_on_one_axis() -> None:
    rows = [
        TimelineRow(f"第{n}项", (("授予", date(2000 + n, 5, 1)),), None, "话") for n in range(11)
    ]
    drawn = timeline("题", rows, date(2010, 7, 1)).split("\n\n")
    assert [re.findall("<title>(.+?)</title>", one) for one in drawn] == [
        ["题（1&#47;2）"],
        ["题（2&#47;2）"],
    ]
    assert [re.findall(">(第[^<]+项)<", one) for one in drawn] == [
        [row.label for row in rows[:6]],
        [row.label for row in rows[6:]],
    ]
    years = [re.findall(r'<text x="([\d.]+%)" y="12">(\d+)<', one) for one in drawn]
    assert years[0] == years[1]
    assert [year for _, year in years[0]] == ["2000", "2002", "2004", "2006", "2008", "2010"]
    assert timeline("题", rows[:10], date(2010, 7, 1)).count("<title>题</title>") == 1


def test_long_titles_are_folded_and_many_years_thinned() -> None:
    row = TimelineRow("名" * 30, (("授予", date(2000, 5, 1)),), date(2030, 5, 1), "话")
    drawn = timeline("题", [row], date(2025, 7, 1))
    assert f">{'名' * 22}<" in drawn
    assert f">{'名' * 8}<" in drawn
    assert [year for year in range(2000, 2031) if f">{year}<" in drawn] == list(
        range(2000, 2031, 6)
    )


LEAD = (
    "三年来，我局获得全国人口普查先进集体、国家级节约型机关、第四次全国经济普查先进集体、***文明单位、"
    "无烟党政机关称号，被评为***直属机关创建“让党中央放心、让人民群众满意”模范机关达标单位。"
)


def test_the_report_names_its_honours_from_the_records() -> None:
    site = load(Project(FROZEN, FROZEN / "data", AS_OF))
    assert site.archive.unit
    page = site.archive.pages["report/overview.md"]
    shown = Environment().from_string(page.text).render(macros(site, page.path))
    for record in site.archive.of(Honour):
        linked = macros(site, page.path)["honours"](record.id)
        shown = shown.replace(linked, honour_title(record.data, site.archive.unit.names))
    assert LEAD in shown.replace(MASK, "***")
    assert "先进集体" not in page.text


def test_the_demonstration_shows_every_state(demo_data: Path) -> None:
    site = load(archive_of(demo_data))
    records = site.archive.of(Honour)
    assert {honour_state(record.data, AS_OF) for record in records} == set(HonourState)
    raw = [
        yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for path in (demo_data / "honours").iterdir()
    ]
    assert len(raw) == len(records) == 13
    assert all("示例" in record["title"] or record.get("prefix") for record in raw)
