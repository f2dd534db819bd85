"""Typical examples: what is wrong with one, who may be named, how they are shown and listed."""

from pathlib import Path

import pytest

from archive.facts.project import Project
from archive.facts.site import load
from archive.render import macros
from archive.schema.examples import Example
from tests.conftest import AS_OF, FROZEN
from tests.samples.examples import BASE, DEED, HERO, HERO_TEXT, INDEX, NAMES, PART, PERSON
from tests.samples.sample import EXAMPLE, EXAMPLE_BODY, FILES, UNIT, problems, read
from tests.samples.ways_out import TYPED_NUMBER

NAMED = UNIT + PERSON.replace("value:", "value: 某某")
AGREED = HERO_TEXT.replace("  status: 未取得\n  date:\n", "  status: 已取得\n  date: 2026-02-01\n")
RULE = (
    "典型事例的二级标题须依次为 ## 背景 { #background }、## 做法 { #practice }、## 成效 { #result }"
)


def hero(old: str, new: str) -> dict[str, str | bytes | None]:
    assert HERO_TEXT.count(old) == 1
    return {HERO: HERO_TEXT.replace(old, new)}


def deed(old: str, new: str) -> dict[str, str | bytes | None]:
    assert EXAMPLE.count(old) == 1
    return {DEED: EXAMPLE.replace(old, new)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (hero("kind: 个人", "kind: 人物"), [f'{HERO}:4: kind（类别）须为 个人、集体、做法 之一，现为 "人物"；请改为：kind: 个人']),
        (hero("description: 一位榜样。\n", ""), [f"{HERO}:2: 须有字段 description（页面说明）：必填；请加一行，如 description: 志愿服务队上门为居民服务"]),
        (hero("status: 未取得", "status: 取得"), [f'{HERO}:12: consent.status（本人同意）须为 已取得、不需要、未取得 之一，现为 "取得"；请改为：status: 未取得']),
        (hero("status: 未取得", "status: 已取得"), [f"{HERO}:13: 已取得本人同意的，须写明取得日期，现为空；例如：date: 2024-03-05"]),
        (hero("  date:", "  date: 2026-02-01"), [f"{HERO}:13: 未取得本人同意的，取得日期须空着，现为 2026-02-01；请改为：date:，已经取得的写 status: 已取得"]),
        ({HERO: AGREED.replace("2026-02-01", "2026-03-02")}, [f"{HERO}:13: consent.date（取得日期）须不晚于今天（2026-03-01），现为 2026-03-02；请改为今天或以前的日期，还没有发生的先不写"]),
        (hero("status: 未取得", "status: 不需要"), [f"{HERO}:12: person（人物）为 hero，公开姓名须经本人同意，不得写“不需要”；请改为：status: 未取得"]),
        (deed("  reason: 不涉及个人姓名", "  reason:"), [f"{DEED}:14: 不需要本人同意的，须写明理由，现为空；例如：reason: 事例里没有个人"]),
        (hero("person: hero", "person: heros"), [f"{HERO}:5: person（人物）须是 data/unit.yml 中的人名，没有 heros，是否为 hero？"]),
        (hero("person: hero", "person: bureau"), [f"{HERO}:5: person（人物）须是 data/unit.yml 中的人名，不是人名 bureau，可用：hero；请改用其中一个"]),
        (hero("honour: smoke", "honour: smokes"), [f"{HERO}:6: honour（所获荣誉）须是 data/honours/ 中的荣誉，没有 smokes，是否为 smoke？"]),
        (hero("start: 2023-01-01", "start: 2026-01-01"), [f"{HERO}:10: period.end（截止日）须不早于起始日 2026-01-01，现为 2025-12-31；请改为 2026-01-01 或以后的日期，或者改正前一个日期"]),
        (hero("## 成效 { #result }", "## 结果 { #result }"), [f"{HERO}:17: {RULE}，现为：背景、做法、结果；请照样写齐，还没有材料的写“待补”"]),
        (hero(EXAMPLE_BODY, ""), [f"{HERO}:17: {RULE}，现为：没有；请照样写齐，还没有材料的写“待补”"]),
        (hero("{{ example() }}", ""), [f"{HERO}:17: 典型事例须在标题下用宏 {{{{ example() }}}} 列出概况，现在没有；请加一行 {{{{ example() }}}}"]),
        (hero("{{ example() }}", "{{ example() }}\n\n{{ example() }}"), [f"{HERO}:21: 宏 example 在一页里须只用一次；请删去这一处"]),
        ({INDEX: str(BASE[INDEX]) + "\n{{ example() }}\n"}, [f"{INDEX}:9: 宏 example 须用在典型事例的页面上（docs/examples/）；请改为链接"]),
        (deed("丙\n", "发放30份\n"), [f"{DEED}:31: 典型事例中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“30份”" + TYPED_NUMBER]),
        ({"data/phrases.yml": FILES["data/phrases.yml"] + "- text: 三农\n  kind: 专名\n  note:\n", **deed("丙\n", "三农\n")}, []),
    ],
)  # fmt: skip
def test_one_fault(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, {**BASE, **changes}) == expected


WITHHELD = (
    f"姓名须经本人同意才能公开，hero 的姓名已经填写，{HERO} 的 consent.status 现为未取得；"
    "未取得同意以前，data/unit.yml 里的姓名须空着，请改为：value:"
)
NOBODY = WITHHELD.replace(
    f"{HERO} 的 consent.status 现为未取得", "现在没有 person（人物）为此人的典型事例"
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({HERO: AGREED}, []),
        ({NAMES: NAMED}, [f"{PART}:11: {WITHHELD}"]),
        ({NAMES: NAMED, HERO: AGREED}, []),
        ({NAMES: NAMED, HERO: HERO_TEXT.replace("person: hero", "person:")}, [f"{PART}:11: {NOBODY}"]),
        ({NAMES: NAMED, **deed("乙", '{{ name("hero") }}')}, [f"{DEED}:27: {WITHHELD}", f"{PART}:11: {WITHHELD}"]),
        ({NAMES: UNIT.replace("value:", "value: 某市") + PERSON}, []),
    ],
    ids=["masked", "withheld", "agreed", "never asked", "on another's page", "no person"],
)  # fmt: skip
def test_a_person_is_named_with_consent_alone(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    assert problems(tmp_path, {**BASE, **changes}) == expected


MASK = '<span class="mask">&#42;&#42;&#42;</span>'
HEAD = "| 项目 | 内容 |\n| --- | --- |\n"


def shown(tmp_path: Path, changes: dict[str, str | bytes | None], page: str) -> str:
    return macros(read(tmp_path, {**BASE, **changes}), f"examples/{page}.md")["example"]()


def test_what_is_recorded_of_a_person(tmp_path: Path) -> None:
    assert shown(tmp_path, {}, "hero") == (
        f"{HEAD}| 类别 | 个人 |\n| 责任科室 | 待补 |\n| 时间 | 2023年1月1日至2025年12月31日 |\n"
        f"| 所获荣誉 | [无烟党政机关](../honours/index.md#smoke) |\n| 人物 | {MASK} |\n"
        "| 公开姓名 | 未取得本人同意，暂不公开姓名：待本人答复 |"
    )


@pytest.mark.parametrize(("text", "name"), [(HERO_TEXT, MASK), (AGREED, "某某")])
def test_a_name_is_shown_once_there_is_consent(tmp_path: Path, text: str, name: str) -> None:
    assert f"\n| 人物 | {name} |\n" in shown(tmp_path, {NAMES: NAMED, HERO: text}, "hero")


def test_consent_is_told_with_its_day(tmp_path: Path) -> None:
    assert shown(tmp_path, {HERO: AGREED}, "hero").endswith(
        "\n| 公开姓名 | 已取得本人同意（2026年2月1日）：待本人答复 |"
    )


def test_what_is_recorded_of_a_practice(tmp_path: Path) -> None:
    assert shown(tmp_path, {}, "deed") == (
        f"{HEAD}| 类别 | 做法 |\n| 责任科室 | 法规科 |\n| 时间 | 待补 |\n"
        "| 公开姓名 | 不需要本人同意：不涉及个人姓名 |"
    )


def test_examples_by_kind_with_the_way_back_to_the_report(tmp_path: Path) -> None:
    assert macros(read(tmp_path, BASE), "examples/index.md")["examples"]() == (
        "## 个人 { #个人 }\n\n- [老党员](../examples/hero.md)：一位榜样。"
        "见报告[一、组织 · （一）统筹](../report/part-1.md#planning)。\n\n"
        "## 集体 { #集体 }\n\n（尚无事例。）\n\n"
        "## 做法 { #做法 }\n\n- [提示单](../examples/deed.md)：一种做法。"
    )


def test_every_example_is_named_by_the_report() -> None:
    site = load(Project(FROZEN, FROZEN / "data", AS_OF))
    examples = {path for path, page in site.archive.pages.items() if isinstance(page.meta, Example)}
    assert len(examples) == 7
    assert examples <= site.citations.keys()
