"""Issue forms: as the forges want them, and back from what was filed, whatever was filed."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.editing.editors.issue_forms import FOLDERS
from archive.editing.forms import DECIDED, parse_form
from archive.editing.questions import DECISION
from archive.files.validation import validate
from archive.files.yaml import Document
from tests.conftest import ROOT
from tests.samples.forms import ACTIVITY, CORRECTION, FORMS, PIECES, body, form_kind, written
from tests.samples.schema_check import schema_check

FORM_SCHEMA = "vendor.github-issue-forms"


def test_github_takes_the_forms() -> None:
    forms = [str(path) for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")]
    assert len(forms) == len(FORMS)
    done = schema_check(FORM_SCHEMA, *forms)
    assert (done.exit_code, done.stdout) == (0, "ok -- validation done\n")


def test_that_schema_refuses_a_form_without_labels(tmp_path: Path) -> None:
    spoilt = tmp_path / "x.yml"
    spoilt.write_text(written()[".github/ISSUE_TEMPLATE/honours.yml"].replace("label:", "lable:"))
    assert schema_check(FORM_SCHEMA, str(spoilt)).exit_code == 1


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("kind", FORMS)
def test_every_field_is_asked_for_as_the_model_has_it(folder: str, kind: str) -> None:
    made = yaml.load(written()[f"{folder}/{kind}.yml"], yaml.CSafeLoader)
    form = FORMS[kind]
    assert made.keys() == {"name", FOLDERS[folder], "title", "body"}
    elements = made["body"][1:]
    left_out = {*form.left_out, *form.preset}
    fields = [name for name in form.model.model_fields if name not in left_out]
    revising = [q.field for q in DECISION.values()] if form.decides else []
    assert [one["id"] for one in elements] == [
        *(q.field for q in form.beside), *fields, *revising,
    ]  # fmt: skip
    labels = [one["attributes"]["label"] for one in elements]
    assert len(set(labels)) == len(labels)
    for one in elements:
        assert one.keys() == {"type", "id", "attributes", "validations"}
        assert ("options" in one["attributes"]) == (one["type"] == "dropdown")


def test_a_question_of_each_sort() -> None:
    made = yaml.load(written()[".github/ISSUE_TEMPLATE/volunteering.yml"], yaml.CSafeLoader)
    elements = {one.get("id"): one for one in made["body"]}
    assert elements["hours_each"] == {
        "type": "input",
        "id": "hours_each",
        "attributes": {
            "label": "人均时长",
            "description": "单位：小时；与总时长填一个。填写：不小于 0、不超过 24 的数，小数不超过 2 位",
            "placeholder": "如 2.5",
        },
        "validations": {"required": False},
    }
    assert elements["kind"] == {
        "type": "dropdown",
        "id": "kind",
        "attributes": {
            "label": "类别",
            "options": ["植树造林", "文明交通", "疫情防控", "学雷锋", "无偿献血", "社区服务", "爱国卫生", "文明宣传", "其他"],
        },
        "validations": {"required": True},
    }  # fmt: skip
    assert elements["evidence"] == {
        "type": "textarea",
        "id": "evidence",
        "attributes": {
            "label": "佐证材料",
            "description": "以 files/ 开头的，须在 docs/files/ 下有这个文件。一行一项",
            "placeholder": "如 files/照片.jpg",
        },
        "validations": {"required": False},
    }


def test_an_activity() -> None:
    text = body("volunteering", {**ACTIVITY, "佐证材料": "- files/照片.jpg\n\n签到表复印件\n"})
    assert parse_form(text, FORMS["volunteering"]) == {
        "date": date(2024, 3, 5),
        "title": "学雷锋进社区",
        "kind": "学雷锋",
        "place": "社区",
        "participants": 12,
        "hours_each": Decimal("2.5"),
        "services": 30,
        "organiser": "办公室",
        "source": "签到表",
        "evidence": ["files/照片.jpg", "签到表复印件"],
        "recorder": "办公室",
        "reviewer": None,
    }
    assert next(iter(parse_form(text, FORMS["volunteering"]))) == "date"


def test_an_honour_of_which_little_is_known() -> None:
    answers = {
        "荣誉名称": "无烟单位",
        "获奖主体": "集体",
        "级别": "None",
        "授予日期": "2023年1月9日",
    }
    assert parse_form(body("honours", answers), FORMS["honours"]) == {
        "title": "无烟单位",
        "recipient": "集体",
        "level": None,
        "body": None,
        "date": date(2023, 1, 9),
        "basis": None,
        "certificate": None,
        "term": None,
        "term_end": None,
    }


def test_a_correction() -> None:
    assert parse_form(body("correction", CORRECTION), FORMS["correction"]) == {
        "figure": "volunteer_hours",
        "kind": "更正",
        "date": date(2026, 2, 3),
        "old": 1200,
        "new": Decimal("1200.50"),
        "reason": "漏计 一组 共三人",
        "by": "分管领导",
    }


@pytest.mark.parametrize(
    ("kind", "answers", "problems"),
    [
        (
            "volunteering",
            {**ACTIVITY, "日期": "昨天", "类别": "学习", "参加人数": "十二", "服务人次": ""},
            [
                'date（日期）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 "昨天"；例如：date: 2024-03-05',
                'kind（类别）须为 植树造林、文明交通、疫情防控、学雷锋、无偿献血、社区服务、爱国卫生、文明宣传、其他 之一，现为 "学习"；例如：kind: 植树造林',
                'participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 "十二"；请改为：participants: 12',
                "须有字段 services（服务人次）：必填；请加一行，如 services: 12",
            ],
        ),
        (
            "volunteering",
            {**ACTIVITY, "日期": "2024-02-30", "人均时长": "25", "参加人数": "12.5"},
            [
                'date（日期）须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 "2024-02-30"；例如：date: 2024-03-05',
                "participants（参加人数）须为不小于 0、不超过 1000000 的整数，现为 12.5；例如：participants: 12",
                "hours_each（人均时长）须为不小于 0、不超过 24 的数，小数不超过 2 位，现为 25；例如：hours_each: 2.5",
            ],
        ),
        (
            "correction",
            {**CORRECTION, "指标编号": "$(rm -rf)"},
            ["figure（指标编号）须由汉字、小写英文字母、数字、下划线组成，现为 $(rm -rf)"],
        ),
        (
            "correction",
            {**CORRECTION, "指标编号": "", "原数": "010"},
            [
                "figure（指标编号）须由汉字、小写英文字母、数字、下划线组成，现为空",
                'old（原数）须为不小于 0 的数，小数不超过 4 位，现为 "010"；请改为：old: 10',
            ],
        ),
    ],
)  # fmt: skip
def test_everything_that_is_wrong(kind: str, answers: dict[str, str], problems: list[str]) -> None:
    assert parse_form(body(kind, answers), FORMS[kind]) == problems


def test_bodies_that_are_no_form() -> None:
    wrong = parse_form("随便写的\n\n### 别的\n\n文字", FORMS["honours"])
    assert isinstance(wrong, list)
    assert wrong == ["须用“登记荣誉”表单填写，现没有它的任何一栏；请另填一份，或者恢复原来的文字"]
    assert parse_form("### 日期\x07\n", FORMS["volunteering"]) == [
        "第 1 行不得含看不见的控制字符，现有 U+0007；请删去重打"
    ]
    twice = body("volunteering", ACTIVITY) + "\n\n### 日期\n\n2024-03-06"
    assert parse_form(twice, FORMS["volunteering"]) == [
        "“日期”一栏须只出现一次，现有多次；请删去多余的，连同它的标题"
    ]


def test_a_heading_that_is_no_label_belongs_to_the_answer() -> None:
    text = body("volunteering", {**ACTIVITY, "备注": "甲\n\n### 小结\n\n乙"})
    filed = parse_form(text, FORMS["volunteering"])
    assert isinstance(filed, dict)
    assert filed["note"] == "甲 ### 小结 乙"


def test_line_breaks_of_any_system() -> None:
    text = body("correction", CORRECTION)
    for line_break in ("\r\n", "\r"):
        there = text.replace("\n", line_break)
        assert parse_form(there, FORMS["correction"]) == parse_form(text, FORMS["correction"])
        assert form_kind(there) == "correction"


@pytest.mark.parametrize("kind", FORMS)
def test_the_kind_of_a_form_is_told_by_its_labels(kind: str) -> None:
    assert form_kind(body(kind, {})) == kind


def test_no_kind() -> None:
    assert form_kind("### 日期\n\n2024-03-05") is None


TEXT = st.text("甲乙丙", min_size=1, max_size=8)


@given(
    day=st.dates(date(1949, 10, 1), date(2099, 12, 31)),
    numbers=st.tuples(st.decimals(0, 10**11, places=4), st.integers(0, 10**11)),
    reason=TEXT,
    grouped=st.booleans(),
    kind=st.sampled_from(["{:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", " {0.year}/{0.month}/{0.day}"]),
)  # fmt: skip
def test_what_is_filed_comes_back(
    day: date, numbers: tuple[Decimal, int], reason: str, grouped: bool, kind: str
) -> None:
    form = "{:,}" if grouped else "{}"
    old, new = (form.format(value) for value in numbers)
    answers = {
        "指标编号": "a_1",
        "种类": "更正",
        "日期": kind.format(day).replace("{:%Y-%m-%d}", day.isoformat()),
        "原数": old,
        "新数": new,
        "原因": reason,
        "核定岗位": "分管领导",
    }
    assert parse_form(body("correction", answers), FORMS["correction"]) == {
        "figure": "a_1",
        "kind": "更正",
        "date": day,
        "old": numbers[0],
        "new": numbers[1],
        "reason": reason,
        "by": "分管领导",
    }


@pytest.mark.parametrize("kind", FORMS)
@settings(max_examples=settings().max_examples // 4)
@given(text=st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join), data=st.data())
def test_any_text_is_answered(kind: str, text: str, data: st.DataObject) -> None:
    """Either a record that the model takes, or messages; never an exception."""
    answers: dict[str, str] = {}
    for question in FORMS[kind].questions:
        if data.draw(st.booleans()):
            answers[question.label] = data.draw(PIECES | st.text(max_size=9))
    for there in (text, body(kind, answers), body(kind, answers) + text):
        form_kind(there)
        found: Any = parse_form(there, FORMS[kind])
        if isinstance(found, list):
            assert found
            assert all(isinstance(one, str) and one and "\n" not in one for one in found)
        else:
            if FORMS[kind].changes(found):
                continue  # only with what is recorded do they make a whole
            beside = {question.field for question in FORMS[kind].beside}
            known = {name: value for name, value in found.items() if name not in (*beside, DECIDED)}
            assert validate(FORMS[kind].model, Document("", known))
