"""Kinds are data (data/kinds.yml): faults told at their line, and a bureau's own lists everywhere."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archive.checks import check
from archive.editing.editors.files import generated
from archive.editing.sheet.fields import sheet_fields
from archive.editing.sheet.guidance import validation
from archive.facts.kinds import sound_lists
from archive.files.yaml import parse
from archive.render import macros
from archive.schema.collections import BUILT_IN, with_kinds
from archive.schema.fields import fields
from archive.schema.honours import Honour
from archive.schema.kinds import Kind, KindsFile, bound
from tests.samples.collections import KINDS, LEDGER_FILES
from tests.samples.messages_site import SITE
from tests.samples.sample import problems, read

FILE = "data/kinds.yml"
HONOUR = "data/honours/civilised-unit.yml"
LEVELS = "honour_levels: [国家级, 自治区级, 市级, 县区级, 系统, 机关工委]\n"
LINE = KINDS.splitlines().index(LEVELS.strip()) + 1


def replaced(*pairs: tuple[str, str]) -> dict[str, str | bytes | None]:
    """The site with each first text of its kinds, which stands there once, as the second."""
    text = KINDS
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {**SITE, FILE: text}


def levels(new: str) -> dict[str, str | bytes | None]:
    return replaced((LEVELS, f"honour_levels: {new}\n"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "honour_levels（荣誉级别）须为列表，至少一项，现为空列表；例如：honour_levels: [省级, 市级]"),
        ("", "honour_levels（荣誉级别）须为列表，至少一项，现为空；例如：honour_levels: [省级, 市级]"),
        ("市级", 'honour_levels（荣誉级别）须为列表，至少一项，现为 "市级"；请改为：honour_levels: [市级]'),
        ("[市级, 市级]", "honour_levels.2.label（名称）须各不相同，市级 已见第 1 项；请删去一项，或者改名"),
        ("[市级, {label: 省级, role: done}]", "不认识字段 honour_levels.2.role，可用：label、retired；请改用其中一个，或者删去这一行"),
        ("[市级, 2024]", "honour_levels.2（荣誉级别）须为名称，或者 {label: 名称, …} 一组字段，现为 2024；例如：- label: 省级"),
        ("[市级, [省级]]", "honour_levels.2（荣誉级别）须为名称，或者 {label: 名称, …} 一组字段，现为列表；例如：- label: 省级"),
        ("['**市级**']", 'honour_levels.1.label（名称）不得有星号，星号只由程序用来遮盖，现为 "**市级**"；请删去星号'),
        ("['`市级`']", 'honour_levels.1.label（名称）须为不超过 20 个字的汉字、字母、数字，以汉字、字母开头，可以有（），现为 "`市级`"；例如：label: 省级'),
        (f"[{'级' * 21}]", f'honour_levels.1.label（名称）须为不超过 20 个字的汉字、字母、数字，以汉字、字母开头，可以有（），现为 "{"级" * 21}"；例如：label: 省级'),
        ("[市级, {label: 省级, retired: 去年}]", 'honour_levels.2.retired（停用日期）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 "去年"；例如：retired: 2024-03-05'),
    ],
)  # fmt: skip
def test_a_faulty_list_is_told_at_its_line_and_nothing_that_rests_on_it(
    tmp_path: Path, text: str, message: str
) -> None:
    assert problems(tmp_path, levels(text)) == [f"{FILE}:{LINE}: {message}"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (LEVELS, "", "须有字段 honour_levels（荣誉级别）：必填；请加一行，如 honour_levels: [省级, 市级]"),
        (LEVELS, LEVELS + "colours: [红]\n", f"不认识字段 colours，可用：{'、'.join(fields(KindsFile))}；请改用其中一个，或者删去这一行"),
        ("role: statement", "role: document", "evidence_kinds.2.role（作用）须各不相同，document 已见第 1 项；请删去 role"),
        (", role: done", "", "task_states（任务进展）须有一项写明 role: done，现在没有；请在那一项写 {label: 名称, role: done}"),
        ("role: picture", "role: pictures", 'evidence_kinds.6.role（作用）须为 statement、document、picture 之一，现为 "pictures"；请改为：role: picture'),
        ("anchor: team", "anchor: monitoring", "measures.3.anchor（标题编号）须各不相同，monitoring 已见第 2 项；请删去一项，或者改名"),
        (", anchor: team", "", "须有字段 measures.2.anchor（标题编号）：必填；请加一行，如 anchor: team"),
    ],
)  # fmt: skip
def test_faults_of_lists_with_roles_and_anchors(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    found = problems(tmp_path, replaced((old, new)))
    assert [one.partition(": ")[2] for one in found] == [message]
    assert [one.startswith(f"{FILE}:") for one in found] == [True]


@pytest.mark.parametrize("text", [None, "", "- 市级\n", "honour_levels: [市级\n", b"\xff\xfe\x00"])
def test_without_the_file_nothing_else_is_told(tmp_path: Path, text: str | bytes | None) -> None:
    assert {one.path for one in check(read(tmp_path, {**SITE, FILE: text}))} == {FILE}


def test_a_label_that_is_not_listed(tmp_path: Path) -> None:
    record = str(SITE[HONOUR])
    assert problems(tmp_path, {**SITE, HONOUR: record.replace("level: 市级", "level: 地市级")}) == [
        f'{HONOUR}:4: level（级别）须为 国家级、自治区级、市级、县区级、系统、机关工委 之一，现为 "地市级"；请改为：level: 市级'
    ]


def test_a_retired_kind_stays_with_old_records_alone(tmp_path: Path) -> None:
    def retired(day: str) -> list[str]:
        return problems(tmp_path, levels(f"[国家级, {{label: 市级, retired: {day}}}, 地市级]"))

    assert retired("2023-01-10") == []
    assert retired("2023-01-09") == [
        f"{HONOUR}:4: level（级别）市级已于 2023-01-09 停用，以后的须用别的，现用于 2023-01-10；请改为 国家级、地市级 之一"
    ]


def test_a_retired_category_of_a_regulation(tmp_path: Path) -> None:
    category = ("行政管理,", "{label: 行政管理, retired: 2023-02-01},")
    rule = "category（类别）行政管理已于 2023-02-01 停用，以后的须用别的，现用于 2023-02-02"
    assert problems(tmp_path, replaced(category)) == [
        f"docs/regulations/{name}.md:3: {rule}；请改为 党的建设、统计业务、法治监督 之一"
        for name in ("going-out", "leave")
    ]


def test_a_retired_choice_of_a_ledger(tmp_path: Path) -> None:
    file, record = "data/ledgers/volunteering.yml", "data/volunteering/2024/20240305-a.yml"
    text = re.sub(
        r"(?<=[\[ ])学雷锋(?=[,\]])", "{label: 学雷锋, retired: 2024-03-04}", LEDGER_FILES[file]
    )
    assert text != LEDGER_FILES[file]
    (found,) = problems(tmp_path, {file: text})
    rule = "kind（类别）学雷锋已于 2024-03-04 停用，以后的须用别的，现用于 2024-03-05；请改为 "
    assert found.startswith(f"{record}:3: {rule}")
    assert "学雷锋、" not in found.removeprefix(f"{record}:3: {rule}")


def test_what_has_a_role_may_be_called_otherwise(tmp_path: Path) -> None:
    task = "data/measures/a.yml"
    done = "measure: 数据质量\ntitle: 审核\noffice:\ndue:\nstate: 已办结\nevidence: []\n"
    changes = replaced(("label: 已完成", "label: 已办结"))
    assert problems(tmp_path, {**changes, task: done}) == [
        f"{task}:6: 已办结的任务须有 evidence（佐证材料），现为空；例如：evidence: [会议纪要]"
    ]


def test_pages_and_macros_have_a_bureau_s_own_levels_in_its_order(tmp_path: Path) -> None:
    other = str(SITE[HONOUR]).replace("level: 市级", "level: 省级").replace("2023", "2024")
    page = "docs/records/own.md"
    shown = '---\ntitle: 省级\n---\n\n# 省级\n\n见[省级](../honours/index.md)。\n\n{{ table("honours", level="省级") }}\n'
    changes = {
        **levels("[市级, 省级]"),
        "data/honours/other.yml": other.replace("文明单位", "文明机关"),
        page: shown,
        "mkdocs.yml": str(SITE["mkdocs.yml"]).replace("nav:\n", "nav:\n  - records/own.md\n"),
    }
    assert problems(tmp_path, changes) == []
    site = read(tmp_path, changes)
    listed = macros(site, "honours/index.md")["honour_list"]()
    assert re.findall("^## (.级) { #(.级) }$", listed, re.MULTILINE) == [
        ("市级", "市级"),
        ("省级", "省级"),
    ]
    table = macros(site, "records/own.md")["table"]("honours", level="省级")
    assert ("文明机关" in table, "文明单位" in table) == (True, False)
    wrong = {**changes, page: shown.replace('level="省级"', 'level="县级"')}
    assert [one.partition(": ")[2] for one in problems(tmp_path, wrong)] == [
        "字段 level 的取值须是台账 honours 里有的，没有 县级，是否为 省级？"
    ]


def test_schemas_forms_and_sheets_follow_the_lists() -> None:
    text = KINDS.replace(
        LEVELS, "honour_levels: [国家级, {label: 省级, retired: 2020-01-01}, 市级]\n"
    )
    lists = sound_lists(parse(text, "kinds.yml"))
    made = generated(BUILT_IN, lists)
    level = json.loads(made["schema/honours.json"])["properties"]["level"]
    assert level["enum"] == ["国家级", "省级", "市级", None]
    assert level["errorMessage"] == "级别须为 国家级、市级 之一"
    front = json.loads(made["schema/front-regulations.json"])["properties"]["category"]
    assert front["enum"] == ["党的建设", "行政管理", "统计业务", "法治监督"]
    (form,) = (
        yaml.load(made[name], yaml.CSafeLoader)
        for name in made
        if name == ".github/ISSUE_TEMPLATE/honours.yml"
    )
    (asked,) = (one for one in form["body"] if one.get("id") == "level")
    assert asked["attributes"]["options"] == ["国家级", "市级"]
    honours = with_kinds(BUILT_IN, lists)["honours"]
    (field,) = (one for one in sheet_fields(honours.model) if one.name == "level")
    assert validation(field, "A1:A9").formula1 == '"国家级,市级"'
    assert field.choices == ("国家级", "省级", "市级")  # a row that has it already is read


def test_a_drop_down_longer_than_excel_takes_is_left_out() -> None:
    many = tuple(Kind(label=f"{'级' * 18}{chr(0x4E00 + n)}") for n in range(14))
    (field,) = (
        one for one in sheet_fields(bound(Honour, {"honour_levels": many})) if one.name == "level"
    )
    assert (validation(field, "A1:A9").type, len(field.choices)) == (None, 14)


def test_records_that_hold_the_same_are_equal_whatever_the_lists() -> None:
    one, two = (
        bound(Honour, {"honour_levels": tuple(Kind(label=label) for label in labels)})
        for labels in (("市级",), ("市级", "省级"))
    )
    empty = dict.fromkeys([name for name, field in fields(Honour).items() if field.required], None)
    values = {**empty, "title": "甲", "recipient": "集体", "level": "市级", "reviews": ()}
    assert one.model_validate(values) == two.model_validate(values)
    assert one.model_validate(values) != two.model_validate({**values, "level": "省级"})
    same = bound(Honour, {"honour_levels": (Kind(label="市级"),)})
    assert same is one


_ITEMS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.dates(date(1900, 1, 1)) | st.text(max_size=25),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["label", "role", "anchor", "retired", "x"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*fields(KindsFile), "x"]), _ITEMS))
def test_any_file_gives_sound_lists_or_problems(data: dict[str, object]) -> None:
    document = parse(yaml.safe_dump(data, allow_unicode=True), "kinds.yml")
    lists = sound_lists(document)
    assert set(lists) <= set(fields(KindsFile))
    assert bool(document.problems) == (len(lists) < len(fields(KindsFile)))
    for name, items in lists.items():
        assert len({one.label for one in items}) == len(items), name
