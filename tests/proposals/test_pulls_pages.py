"""Forms that make a page: a regulation that replaces another, a typical example; and that change an example."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.proposals.diff.as_markdown import safe
from tests.samples.examples import BASE, DEED, HERO
from tests.samples.forms import REFUSED, TITLE, body
from tests.samples.office import Office
from tests.samples.sample import EXAMPLE
from tests.samples.standin import Forge, serving

SETTINGS, LEAVE = "mkdocs.yml", "docs/regulations/leave.md"
ACCEPTED = "已生成拉取请求 #2，审核合并以后生效。"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, BASE)


def filed(office: Office, kind: str, answered: dict[str, str]) -> str:
    return office.formed(office.forge.file(TITLE[kind], body(kind, answered)))


def faults(reply: str) -> list[str]:
    found = [line.removeprefix("- ") for line in reply.splitlines() if line.startswith("- ")]
    assert reply.startswith(REFUSED.format(len(found)))
    return found


RULES = {
    "网址的最后一段": "leave-rules", "制度名称": "请销假管理规定", "类别": "行政管理", "文号": "样例发〔2026〕1号",
    "发文机关": "样例局", "审议机构": "样例会议", "审议通过日期": "2026-01-12", "印发日期": "2026-01-15",
    "施行日期": "2026-02-01", "所代替的制度": "leave",
    "条文": (
        "第一章　总则\n第一条　依照第二条办理，《请销假制度》第一条不再执行。\n\n"
        "第二条所称请假，是指：\n（一）事假；\n（二）病假。"
    ),
}  # fmt: skip
RULES_PAGE = """\
---
title: 请销假管理规定
category: 行政管理
number: 样例发〔2026〕1号
issuing_body: 样例局
office:
adopted:
  by: 样例会议
  date: 2026-01-12
issued: 2026-01-15
effective: 2026-02-01
expires:
review_due:
replaces:
  - leave
amendments: []
draft: false
---

# 请销假管理规定

## 第一章 总则 { #ch-1 }

### 第一条 { #art-1 }

依照[第二条](#art-2)办理，[《请销假制度》](leave.md)[第一条](leave.md#art-1)不再执行。

### 第二条 { #art-2 }

所称请假，是指：

（一）事假；

（二）病假。
"""


def test_a_regulation_replaces_another(office: Office) -> None:
    assert filed(office, "new_regulation", RULES).startswith(ACCEPTED)
    path = "docs/regulations/leave-rules.md"
    assert office.changed("form/1") == {path, LEAVE, SETTINGS}
    assert office.text("form/1", path) == RULES_PAGE
    before, after = (office.text(branch, LEAVE) for branch in ("main", "form/1"))
    assert after == before.replace("replaced_by:\n", "replaced_by: leave-rules\n")
    before, after = (office.text(branch, SETTINGS) for branch in ("main", "form/1"))
    entry = "  - 制度: regulations/leave.md\n"
    assert after == before.replace(entry, f"{entry}  - regulations/leave-rules.md\n")
    assert office.is_green(2)
    assert "→ 已废止 |" in office.commented(2)


def test_a_regulation_that_replaces_none_is_named_after_its_issue(office: Office) -> None:
    answered = {**RULES, "网址的最后一段": "", "所代替的制度": ""}
    assert filed(office, "new_regulation", answered).startswith(ACCEPTED)
    assert office.changed("form/1") == {"docs/regulations/issue-1.md", SETTINGS}
    assert office.is_green(2)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"网址的最后一段": "leave"}, "“网址的最后一段”须是还没有的，docs/regulations/leave.md 已有；请换一个"),
        ({"网址的最后一段": "../x"}, "“网址的最后一段”须英文小写字母、数字、短横，以字母开头，现为 ../x"),
        ({"所代替的制度": "leeve"}, "“所代替的制度”须是已有的，没有 leeve，是否为 leave？"),
        ({"印发日期": "元月"}, "“印发日期”须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 \"元月\"；例如：2024-03-05"),
        ({"审议通过日期": "2026-01-16"}, "“印发日期”须不早于审议通过日期 2026-01-16，现为 2026-01-15；请改为 2026-01-16 或以后的日期，或者改正前一个日期"),
        ({"条文": "请假应当申请。"}, "制度须有条文，现没有一条；例如：### 第一条 { #art-1 }"),
        ({"条文": "第一条 甲\n第三条 乙"}, "条须依次编号，此处须为第二条或第一条之一，现为第三条；请改正编号，或者补上缺的条"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_regulation_is_told(
    office: Office, wrong: dict[str, str], fault: str
) -> None:
    assert faults(filed(office, "new_regulation", {**RULES, **wrong})) == [safe(fault)]
    assert office.forge.pulls() == []


NEW = {
    "网址的最后一段": "hint-sheet", "事例名称": "提示单二", "一句话说明": "又一种做法。", "类别": "做法",
    "责任科室": "法规科", "起始日": "2024-01-01", "截止日": "2024-12-31", "本人同意": "不需要",
    "理由": "不涉及个人姓名", "背景": "甲\n\n乙", "做法": "丙",
}  # fmt: skip


def test_an_example_is_added(office: Office) -> None:
    assert filed(office, "examples", NEW).startswith(ACCEPTED)
    path = "docs/examples/hint-sheet.md"
    expected = (
        EXAMPLE.replace("title: 提示单", "title: 提示单二")
        .replace("# 提示单\n", "# 提示单二\n")
        .replace("description: 一种做法。", "description: 又一种做法。")
        .replace("  start:\n  end:\n", "  start: 2024-01-01\n  end: 2024-12-31\n")
        .replace("\n甲\n", "\n甲\n\n乙\n")
        .replace("乙\n\n## 成效", "丙\n\n## 成效")
        .replace("\n丙\n\n## 成效 { #result }\n\n丙\n", "\n丙\n\n## 成效 { #result }\n\n待补。\n")
    )
    assert office.text("form/1", path) == expected
    assert office.changed("form/1") == {path, SETTINGS}
    assert "  - examples/deed.md\n  - examples/hint-sheet.md\n" in office.text("form/1", SETTINGS)
    assert office.is_green(2)


def test_an_example_is_changed(office: Office) -> None:
    asked = {
        "改已有的记录": "hero",
        "本人同意": "未取得",
        "理由": "本人没有答复",
        "截止日": "2024-12-31",
    }
    assert filed(office, "examples", asked).startswith(ACCEPTED)
    before, after = (office.text(branch, HERO) for branch in ("main", "form/1"))
    assert after == before.replace("待本人答复", "本人没有答复").replace("2025-12-31", "2024-12-31")
    assert office.changed("form/1") == {HERO}
    assert office.is_green(2)
    number = office.forge.file(TITLE["examples"], body("examples", {**asked, "背景": "甲"}))
    assert faults(office.formed(number)) == [
        safe("已有的事例，正文须点那一页的“编辑此页”改；请把表里正文的各栏清空")
    ]


def test_what_is_wrong_with_an_example_is_told(office: Office) -> None:
    wrong = {name: text for name, text in NEW.items() if name != "理由"}
    assert faults(filed(office, "examples", wrong)) == [
        safe("不需要本人同意的，须写明理由，现为空；例如：事例里没有个人")
    ]
    again = body("examples", {**NEW, "人物": "heroine", "网址的最后一段": Path(DEED).stem})
    number = office.forge.file(TITLE["examples"], again)
    assert faults(office.formed(number)) == [
        safe("“网址的最后一段”须是还没有的，docs/examples/deed.md 已有；请换一个")
    ]
