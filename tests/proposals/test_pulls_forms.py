"""Issue forms as pull requests: edited, answered, refused; two people at once; whatever is written in them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.editing.forms import parse_form
from archive.files.yaml import parse_bytes
from archive.proposals.diff.as_markdown import safe
from archive.proposals.pulls import answer_form, answers
from archive.proposals.pulls.answer_form import MAX_ATTEMPTS
from archive.proposals.pulls.github import GitHub
from archive.proposals.pulls.repository import Repository
from tests.samples.forms import (
    ACTIVITY,
    CORRECTION,
    COUNTED,
    FORMS,
    PIECES,
    REFUSED,
    REGISTER,
    REVISED,
    TITLE,
    WHY,
    body,
)
from tests.samples.history import git
from tests.samples.office import SAID, Office
from tests.samples.releases import FILE, frozen_text
from tests.samples.sample import FIGURES, RECORD
from tests.samples.standin import Forge, Route, serving

PATH = "data/volunteering/2024/20240305-issue-1.yml"
OTHERS = {"data/volunteering/2024/20240305-a.yml": RECORD.replace("学雷锋进社区", "植树")}
"""The sample's own record made another than the one that is filed."""
VISITED = FIGURES[FIGURES.index("visited:") :]
APPROVED = (
    VISITED.replace("    start:\n    end:\n", "    start: 2023-01-01\n    end: 2025-12-31\n")
    .replace("  source:\n  office:\n", "  # 两份\n  source: 走访记录\n  office: '办公室'\n")
    .replace("  disclosure:\n", "  disclosure: 公开\n")
    .replace("  value:\n", "  value: 96\n")
    .replace("  prepared:\n    by:\n    date:\n", "  prepared: {by: 甲, date: 2026-01-05}\n")
    .replace("  reviewed:\n    by:\n    date:\n", "  reviewed: {by: 乙, date: 2026-01-06}\n")
    .replace("  approved:\n    by:\n    date:\n", "  approved: {by: 丙, date: 2026-01-07, value: 96}\n")
)  # fmt: skip
KNOWN = FIGURES.replace(VISITED, APPROVED)
VISIT = {**CORRECTION, "指标编号": "visited", "日期": "2026-02-03", "原数": "96", "新数": "98", "原因": "漏计一组"}  # fmt: skip
NOTED = """\
  revisions:
    - kind: 更正
      date: 2026-02-03
      old: 96
      new: 98
      reason: 漏计一组
      by: 分管领导
"""
ACCEPTED = (
    "已生成拉取请求 #{}，审核合并以后生效。检查和预览稍后出现在那里。\n\n"
    "要改，直接编辑本议题，保存后那里随之更新；不要另填一份。\n"
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, {REGISTER: KNOWN, **OTHERS})


def filed(office: Office, kind: str, answered: dict[str, str]) -> int:
    return office.forge.file(TITLE[kind], body(kind, answered))


def rewrite(office: Office, number: int, kind: str, answered: dict[str, str]) -> str:
    """The author edits the issue; what is answered."""
    office.forge.issues[number]["body"] = body(kind, answered)
    return office.formed(number)


def test_a_correction_leaves_every_other_byte(office: Office) -> None:
    number = filed(office, "correction", VISIT)
    assert office.formed(number) == ACCEPTED.format(2)
    expected = APPROVED.replace("  value: 96\n", "  value: 98\n").replace(
        "  approved: {by: 丙, date: 2026-01-07, value: 96}\n",
        f"  approved: {{by: 丙, date: 2026-01-07, value: 96}}\n{NOTED}",
    )
    assert office.text("form/1", REGISTER) == FIGURES.replace(VISITED, expected)
    assert office.changed("form/1") == {REGISTER}
    assert office.is_green(2)
    reply = office.commented(2)
    assert "（准确数 96） | 近百人（准确数 98）" in reply
    assert "更正（2026年2月3日）：由 96 改为 98，漏计一组" in reply


def test_a_form_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    with serving(Forge(tmp_path)) as forge:
        office = Office(tmp_path, forge, {REGISTER: KNOWN, **OTHERS}, "各站/档案")
        number = filed(office, "correction", VISIT)
        assert office.formed(number) == ACCEPTED.format(2)
        assert office.changed("form/1") == {f"各站/档案/{REGISTER}"}
        assert office.is_green(2)
        # Somebody else's commit on the branch, and then the form again: both are kept.
        office.edit("form/1", REGISTER, "  # 两份", "  # 三份")
        rewrite(office, number, "correction", {**VISIT, "新数": "97"})
        text = office.text("form/1", REGISTER)
        assert ("# 三份" in text, "new: 97" in text) == (True, True)
        assert office.changed("form/1") == {f"各站/档案/{REGISTER}"}


@pytest.mark.parametrize(
    ("answered", "faults"),
    [
        ({"指标编号": "visit"}, ["“指标编号”须是登记里有的，没有 visit，是否为 visited？"]),
        ({"原数": "95"}, ["“原数”须是核定的数 96，现为 95"]),
        ({"新数": "96"}, ["“新数”须与“原数”不同，现在都是 96"]),
        ({"指标编号": "activities"}, ["此表只更正已经核定或报送过的数，开展活动还没有数值，须直接在登记里填写"]),
        ({"新数": "120"}, ["visited（走访居民）写作“近百”，确数须不小于 90、小于 100，现为 120"]),
        ({"日期": "昨天", "原因": ""}, ["“日期”须为确有的日期", "“原因”须填写，现为空"]),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be(
    office: Office, answered: dict[str, str], faults: list[str]
) -> None:
    number = filed(office, "correction", {**VISIT, **answered})
    reply = office.formed(number)
    assert reply.startswith(REFUSED.format(len(faults)))
    assert len(reply.splitlines()) == 2 + len(faults)
    for fault in faults:
        assert safe(fault) in reply
    assert (office.forge.head("form/1"), office.forge.pulls()) == ("", [])
    assert rewrite(office, number, "correction", VISIT) == ACCEPTED.format(2)
    assert len(office.forge.said(number)) == 1


def test_one_form_records_an_activity_and_the_revision_of_what_was_approved_and_reported(
    tmp_path: Path,
) -> None:
    """The register is approved and frozen; the form of a record and its pull request do both."""
    frozen = {FILE: frozen_text(tmp_path / "then", {REGISTER: COUNTED})}
    with serving(Forge(tmp_path)) as forge:
        office = Office(tmp_path, forge, {REGISTER: COUNTED, **OTHERS, **frozen})
        number = filed(office, "volunteering", ACTIVITY)
        asked = "“修订或更正”、“修订或更正的日期”、“修订或更正的原因”、“修订或更正的核定岗位”"
        moved = "activities 开展活动：1次 → 2次，已经核定或报送"
        fault = f"已经核定的数因这条记录而变，须填写{asked}：{moved}"
        assert office.formed(number) == f"{REFUSED.format(1)}- {safe(fault)}\n"
        reply = rewrite(office, number, "volunteering", {**ACTIVITY, **WHY})
        assert reply == ACCEPTED.format(2), reply
        assert office.is_green(2)
        assert office.changed("form/1") == {PATH, REGISTER}
        assert office.text("form/1", PATH) == RECORD
        text = office.text("form/1", REGISTER)
        assert text == COUNTED.replace("value: 1\n", f"value: 1\n{REVISED}", 1)
        said = office.commented(2)
        assert "修订（2026年2月3日）：由 1 改为 2，补录一次" in said
        assert "没有记" not in said
        # Edited again, on both sides: the record's file and the register are each merged.
        office.edit(
            "form/1", REGISTER, "definition: 三年来开展的志愿活动", "definition: 开展的志愿活动"
        )
        other = {**ACTIVITY, **WHY, "修订或更正的原因": "补录漏报的一次", "地点": "林场"}
        assert rewrite(office, number, "volunteering", other) == ACCEPTED.format(2)
        text = office.text("form/1", REGISTER)
        assert "definition: 开展的志愿活动\n" in text
        assert "reason: 补录漏报的一次\n" in text
        assert "place: 林场\n" in office.text("form/1", PATH)
        office.merge(2)
        assert office.run(office.clone("main"), "check").exit_code == 0


@pytest.mark.parametrize(
    ("register", "answered", "fault"),
    [
        (FIGURES, WHY, "没有已经核定的数因这条记录而变，“修订或更正”、“修订或更正的日期”、“修订或更正的原因”、“修订或更正的核定岗位”须空着"),
        (COUNTED, {**WHY, "修订或更正的核定岗位": ""}, "“修订或更正的核定岗位”须填写，现为空"),
        (COUNTED, {**WHY, "修订或更正的日期": "2026-01-06"}, "activities（开展活动）的修订日期须不早于核定（或报送）日期 2026-01-07，现为 2026-01-06；请改为 2026-01-07 或以后的日期"),
        (COUNTED, {**WHY, "修订或更正的核定岗位": "甲"}, "activities（开展活动）的修订须由填报以外的岗位核定，现在都是“甲”；请改为另一个岗位，人手少、准许同一岗位的，在 data/unit.yml 写 one_post_signs: true"),
        (COUNTED, {**WHY, "修订或更正的核定岗位": "张三"}, "activities（开展活动）的修订须写岗位，不写姓名，现有“张*”；例如：办公室主任"),
    ],
)  # fmt: skip
def test_a_record_with_a_revision_that_cannot_be(
    tmp_path: Path, register: str, answered: dict[str, str], fault: str
) -> None:
    with serving(Forge(tmp_path)) as forge:
        office = Office(tmp_path, forge, {REGISTER: register, **OTHERS})
        number = filed(office, "volunteering", {**ACTIVITY, **answered})
        assert office.formed(number) == f"{REFUSED.format(1)}- {safe(fault)}\n"


def test_a_counted_figure_is_corrected_along_with_its_records(tmp_path: Path) -> None:
    asked = {**VISIT, "指标编号": "activities", "原数": "1", "新数": "2"}
    with serving(Forge(tmp_path)) as forge:
        office = Office(tmp_path, forge, {REGISTER: COUNTED, **OTHERS})
        number = filed(office, "correction", asked)
        fault = (
            "开展活动由台账“志愿服务活动”计数得出，须连同记录一起更正：补记录的，用登记记录的表，填写其中“修订或更正”各栏；"
            "改记录的，在同一个拉取请求里改记录、在 data/figures.yml 里记下更正"
        )
        assert safe(fault) in office.formed(number)
        # A record that was added past the forms has left the figure without its revision.
        office.edit("main", REGISTER, "    value: 1\n", "    value: 2\n")
        reply = rewrite(office, number, "correction", asked)
        assert safe("“原数”须是核定的数 2，现为 1") in reply
        assert safe("“新数”须是现在计得的 1，现为 2") in reply
        reply = rewrite(office, number, "correction", {**asked, "原数": "2", "新数": "1"})
        assert reply == ACCEPTED.format(2), reply
        assert office.is_green(2)


def test_editing_the_issue_updates_the_same_pull_request(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    first = office.forge.head("form/1")
    assert office.formed(number) == ACCEPTED.format(2)
    assert office.forge.head("form/1") == first
    reply = rewrite(office, number, "volunteering", {**ACTIVITY, "日期": "2025-04-01"})
    assert reply == ACCEPTED.format(2)
    assert office.forge.pulls() == [2]
    assert office.changed("form/1") == {"data/volunteering/2025/20250401-issue-1.yml"}
    reply = rewrite(
        office, number, "volunteering", {**ACTIVITY, "日期": "2025-04-01", "服务人次": "无"}
    )
    fault = safe('“服务人次”须为不小于 0、不超过 1000000 的整数，现为 "无"；例如：12')
    assert reply == f"{REFUSED.format(1)}- {fault}\n\n拉取请求 #2 还是上一次的内容。\n"
    assert office.changed("form/1") == {"data/volunteering/2025/20250401-issue-1.yml"}
    assert len(office.forge.said(number)) == 1


def test_the_branch_follows_the_default_branch(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    office.edit("main", "docs/report/part-1.md", "开展活动{{", "共开展活动{{")
    rewrite(office, number, "volunteering", {**ACTIVITY, "地点": "林场"})
    assert office.changed("form/1") == {PATH}
    assert "place: 林场\n" in office.text("form/1", PATH)


def test_what_a_reviewer_changed_stays(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    office.edit("form/1", PATH, "place: 社区\n", "# 已核\nplace: 社区广场\n")
    reply = rewrite(office, number, "volunteering", {**ACTIVITY, "参加人数": "14", "复核人": "甲"})
    assert reply == ACCEPTED.format(2)
    assert office.text("form/1", PATH) == (
        RECORD.replace("place: 社区\n", "# 已核\nplace: 社区广场\n")
        .replace("participants: 12", "participants: 14")
        .replace("reviewer:\n", "reviewer: 甲\n")
    )


def test_it_stays_however_often_the_form_is_edited(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    office.edit("form/1", PATH, "place: 社区\n", "place: 社区广场\n")
    office.edit("main", "docs/report/part-1.md", "开展活动{{", "共开展活动{{")
    asked = dict(ACTIVITY)
    for label, answered in (
        ("参加人数", "14"),
        ("服务人次", "31"),
        ("复核人", "甲"),
        ("复核人", "乙"),
    ):
        asked[label] = answered
        assert rewrite(office, number, "volunteering", asked) == ACCEPTED.format(2)
    assert office.text("form/1", PATH) == (
        RECORD.replace("place: 社区\n", "place: 社区广场\n")
        .replace("participants: 12", "participants: 14")
        .replace("services: 30", "services: 31")
        .replace("reviewer:\n", "reviewer: 乙\n")
    )
    before = office.edit("form/1", PATH, "reviewer: 乙\n", "reviewer: 丙\n")
    assert rewrite(office, number, "volunteering", asked) == ACCEPTED.format(2)
    assert office.forge.head("form/1") == before
    reply = rewrite(office, number, "volunteering", {**asked, "复核人": "丁"})
    assert safe('“复核人”审核人已在分支上改为 "丙"，表中改为 "丁"') in reply
    # Both have come to the same; from now on the form's word counts again.
    assert rewrite(office, number, "volunteering", {**asked, "复核人": "丙"}) == ACCEPTED.format(2)
    assert rewrite(office, number, "volunteering", {**asked, "复核人": "丁"}) == ACCEPTED.format(2)
    assert "reviewer: 丁\n" in office.text("form/1", PATH)
    office.merge(2)
    assert "place: 社区广场\n" in office.text("main", PATH)


def test_a_reviewer_pushes_in_the_last_moment(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    push, left = Repository.push, ["place: 社区\n", "organiser: 办公室\n"]

    def late(self: Repository, commit: str, branch: str, was: str | None) -> None:
        if left:
            old = left.pop()
            office.edit("form/1", PATH, old, old.replace("\n", "甲\n"))
        push(self, commit, branch, was)

    monkeypatch.setattr(Repository, "push", late)
    reply = rewrite(office, number, "volunteering", {**ACTIVITY, "参加人数": "14"})
    assert reply == ACCEPTED.format(2)
    assert office.text("form/1", PATH) == (
        RECORD.replace("place: 社区\n", "place: 社区甲\n")
        .replace("organiser: 办公室\n", "organiser: 办公室甲\n")
        .replace("participants: 12", "participants: 14")
    )
    left += ["services: 30\n"] * MAX_ATTEMPTS
    event = office.forge.issue_event(number)
    office.forge.issues[number]["body"] = body("volunteering", {**ACTIVITY, "参加人数": "15"})
    monkeypatch.setattr(office, "edit", lambda *_: office.upload(touched(office), "form/1"))
    result = office.work("form", event)
    assert result.exit_code == 1
    assert result.stderr.startswith("git push 须成功，现为：")
    assert "participants: 14\n" in office.text("form/1", PATH)


def touched(office: Office) -> Path:
    """A clone of the form's branch with one more file."""
    clone = office.clone("form/1")
    (clone / f"docs/{clone.name}.txt").touch()
    return clone


def test_a_commit_that_a_reviewer_amends_is_the_reviewers(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    clone = office.clone("form/1")
    (clone / PATH).write_text(RECORD.replace("社区\n", "社区广场\n", 2), "utf-8")
    git(clone, "commit", "-a", "--amend", "--no-edit")
    git(clone, "push", "--force", "origin", "HEAD:form/1")
    before = office.forge.head("form/1")
    reply = rewrite(office, number, "volunteering", {**ACTIVITY, "地点": "林场"})
    assert safe("分支 form/1 须由表单生成，现已有别人的内容") in reply
    assert office.forge.head("form/1") == before


def test_the_same_field_changed_twice_is_told_and_nothing_is_lost(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    before = office.edit("form/1", PATH, "place: 社区\n", "place: 社区广场\n")
    reply = rewrite(office, number, "volunteering", {**ACTIVITY, "地点": "林场", "参加人数": "14"})
    fault = (
        '“地点”审核人已在分支上改为 "社区广场"，表中改为 "林场"，没有写入；'
        "请与审核人商定，把表中这一栏改成与它相同，或者请审核人直接改"
    )
    assert f"- {safe(fault)}\n" in reply
    assert office.forge.head("form/1") == before
    reply = rewrite(
        office, number, "volunteering", {**ACTIVITY, "地点": "社区广场", "参加人数": "14"}
    )
    assert reply == ACCEPTED.format(2)
    assert office.text("form/1", PATH) == RECORD.replace("社区\n", "社区广场\n").replace(
        "participants: 12", "participants: 14"
    ).replace("学雷锋进社区广场", "学雷锋进社区")


def test_a_record_that_changes_its_file_after_a_reviewer(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    before = office.edit("form/1", PATH, "place: 社区\n", "place: 社区广场\n")
    reply = rewrite(office, number, "volunteering", {**ACTIVITY, "日期": "2025-04-01"})
    assert safe("改动后它要换文件，须由审核人直接改") in reply
    assert office.forge.head("form/1") == before


def test_two_people_file_a_record_of_one_day(office: Office) -> None:
    for title in ("走进社区", "走进学校"):
        number = filed(office, "volunteering", {**ACTIVITY, "活动名称": title})
        office.formed(number)
    assert len(office.forge.pulls()) == 2
    for pull in office.forge.pulls():
        office.merge(pull)
    records = {name for name in office.files("main") if name.startswith("data/volunteering/2024/")}
    assert len(records) == 3


def test_an_activity_that_is_recorded_is_not_filed_again(office: Office) -> None:
    asked = {**ACTIVITY, "活动名称": "植　树"}
    number = filed(office, "volunteering", asked)
    rule = f"同一件事须只记一次，日期、活动名称相同的已见 {next(iter(OTHERS))}:2；请删去一条，确是另一次的，在“别有一次”里列出 20240305-a"
    assert office.formed(number) == f"{REFUSED.format(1)}- {safe(rule)}\n"
    reply = rewrite(office, number, "volunteering", {**asked, "别有一次": "20240305-a"})
    assert reply == ACCEPTED.format(2)
    assert office.text("form/1", PATH).endswith("distinct_from:\n  - 20240305-a\n")


def test_two_people_correct_one_figure(office: Office) -> None:
    first = filed(office, "correction", VISIT)
    second = filed(office, "correction", {**VISIT, "新数": "97"})
    office.formed(first)
    office.formed(second)
    one, other = office.forge.pulls()[::-1]
    office.merge(one)
    reply = office.formed(second)
    assert safe("“原数”须是核定的数 98，现为 96") in reply
    assert f"拉取请求 #{other} 还是上一次的内容。" in reply
    reply = rewrite(office, second, "correction", {**VISIT, "原数": "98", "新数": "97", "日期": "2026-02-04"})  # fmt: skip
    assert reply == ACCEPTED.format(other)
    office.merge(other)
    assert "  value: 97\n" in office.text("main", REGISTER)
    assert office.text("main", REGISTER).count("kind: 更正") == 2


def test_the_register_keeps_what_a_reviewer_changed(office: Office) -> None:
    number = filed(office, "correction", VISIT)
    office.formed(number)
    office.edit("form/1", REGISTER, "  definition: 走访的居民人数\n", "  definition: 走访的居民\n")
    reply = rewrite(office, number, "correction", {**VISIT, "新数": "97"})
    assert reply == ACCEPTED.format(2), reply
    text = office.text("form/1", REGISTER)
    assert "  definition: 走访的居民\n" in text
    assert "  value: 97\n" in text
    assert "      new: 97\n" in text


def test_when_the_pull_request_is_closed_the_form_is_done(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.formed(number)
    before = office.forge.head("form/1")
    office.forge.close(2)
    reply = rewrite(office, number, "volunteering", {**ACTIVITY, "地点": "林场"})
    assert reply == answers.finished("拉取请求 #2", merged=False)
    office.forge.close(2, merged=True)
    assert office.formed(number) == answers.finished("拉取请求 #2", merged=True)
    assert office.forge.head("form/1") == before


def test_somebody_elses_branch_of_that_name_is_left_alone(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    before = office.edit("form/1", "docs/report/part-1.md", "开展活动{{", "共开展活动{{")
    assert safe("分支 form/1 须由表单生成，现已有别人的内容") in office.formed(number)
    assert office.forge.head("form/1") == before


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("网站打不开", "首页打不开"),
        ("网站打不开", None),
        ("问", "### 日期\n\n2024-03-05"),
    ],
)
def test_issues_that_are_no_form_are_told_once_of_the_ways(
    office: Office, title: str, text: str | None
) -> None:
    number = office.forge.file(title, text)
    event = office.forge.issue_event(number)
    for _ in range(2):
        result = office.work("form", event)
        told = f"议题 #{number} 不是表单，已答复有哪些办法。\n"
        assert (result.exit_code, result.stderr) == (0, told)
    (said,) = office.forge.said(number)
    assert said.startswith("<!-- archive:ways -->\n这个议题不是按表单填的，")
    assert all(f"- {safe(form.title)}：" in said for form in FORMS.values())
    assert office.forge.pulls() == []
    office.forge.close(number)
    result = office.work("form", event)
    assert result.stderr == f"议题 #{number} 不是待办的表单，不作处理。\n"
    assert office.forge.said(number) == [said]


def test_a_form_of_which_a_heading_was_deleted(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.forge.issues[number]["body"] = body("volunteering", ACTIVITY).replace("### 地点", "地点")
    assert safe(
        "“地点”一栏的标题须保留，现没有；请补上一行“### 地点”，下面写答案"
    ) in office.formed(number)


def test_somebody_elses_comment_with_the_mark_is_left_alone(office: Office) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    office.forge.say(number, "<!-- archive:form -->\n我的")
    event = office.forge.issue_event(number)
    assert office.work("form", event).exit_code == 0
    assert office.forge.said(number) == [
        "<!-- archive:form -->\n我的",
        f"<!-- archive:form -->\n{ACCEPTED.format(2)}",
    ]


def test_the_forge_starts_no_checks(office: Office) -> None:
    office.forge.refused = {"dispatches"}
    number = filed(office, "volunteering", ACTIVITY)
    assert "检查没有自动开始" in office.formed(number)
    assert office.forge.pulls() == [2]


def test_the_forge_opens_no_pull_request(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    number = filed(office, "volunteering", ACTIVITY)
    routes = office.forge.routes

    def without_opening() -> Iterator[Route]:
        return (one for one in routes() if not (one[0] == "POST" and one[1].endswith("/pulls")))

    monkeypatch.setattr(office.forge, "routes", without_opening)
    event = office.forge.issue_event(number)
    result = office.work("form", event)
    assert result.exit_code == 1
    assert "平台须接受 POST /repos/ju/dangan/pulls，现答复 404" in result.stderr
    assert office.forge.said(number) == [
        f"<!-- archive:form -->\n{answers.unopened('form/1', GitHub.opening_right)}"
    ]
    assert office.forge.head("form/1")


@pytest.mark.parametrize("kind", ["gitea", "forgejo"])
def test_the_other_forges(tmp_path: Path, kind: str) -> None:
    """Another prefix, another user, comments in one piece."""
    with serving(Forge(tmp_path, kind)) as forge:
        office = Office(tmp_path, forge, {**OTHERS})
        for _ in range(60):
            forge.say(1, "闲谈")
        number = filed(office, "volunteering", ACTIVITY)
        assert office.formed(number) == ACCEPTED.format(2)
        reply = rewrite(office, number, "volunteering", {**ACTIVITY, "地点": "林场"})
        assert reply == ACCEPTED.format(2)
        assert len(forge.said(number)) == 61
        assert forge.said(2)[0].startswith(
            f"{SAID.format(forge.head('form/1')[:12])}## 检查\n\n没有问题。"
        )


HOSTILE = [
    "$(touch hacked)", "`touch hacked`", "'; touch hacked; '", "@everyone", "#1", "Closes #9",
    "<script>alert(1)</script>", "[a](http://x.example)", "${{ github.token }}",
    "| a | b |", "::error::x", "--upload-pack=x", "../../x", "!!python/object:x", "{{ 7-7 }}", "- a\n- b",
]  # fmt: skip


def test_hostile_text_stays_text(office: Office) -> None:
    text = " ".join(HOSTILE)
    number = filed(office, "volunteering", {**ACTIVITY, "活动名称": text, "备注": text})
    reply = office.formed(number)
    assert reply == ACCEPTED.format(2)
    record = parse_bytes(office.text("form/1", PATH).encode(), "").data
    assert record["title"] == " ".join(text.split())
    pull = office.forge.issues[2]
    assert pull["title"] == "登记志愿服务活动（议题 #1）"
    assert "hacked" not in f"{pull['body']}{reply}"
    comment = office.commented(2)
    for sign in ("<script", "@everyone", "](http://x", "Closes #9", "${{", "\u202e"):
        assert sign not in comment
    refused = rewrite(office, number, "volunteering", {**ACTIVITY, "类别": f"{text} \u202egnp.exe"})
    for sign in ("<script", "@everyone", "](http://x", "Closes #9", "${{", "\u202e"):
        assert sign not in refused
    assert not any(office.folder.rglob("hacked"))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(text=st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join), data=st.data())
def test_any_issue_is_answered(office: Office, text: str, data: st.DataObject) -> None:
    """Whatever is filed: one comment, or none; never a traceback, and what is written is sound."""
    honour = {"荣誉名称": "文明", "获奖主体": "集体"}
    filed = {"volunteering": ACTIVITY, "correction": VISIT, "honours": honour}
    kind = data.draw(st.sampled_from(list(filed)))
    valid = filed[kind]
    spoilt = data.draw(st.dictionaries(st.sampled_from(list(valid)), PIECES | st.text(max_size=9), max_size=2))  # fmt: skip
    filed_text = data.draw(st.sampled_from([body(kind, {**valid, **spoilt}), text]))
    # As the forge hands it on: JSON holds no half characters.
    filed_text = json.loads(json.dumps(filed_text.encode("utf-8", "replace").decode()))
    number = office.forge.file(TITLE[kind], filed_text)
    office.formed(number)
    assert len(office.forge.said(number)) == 1
    branch = f"form/{number}"
    if office.forge.head(branch):
        assert not isinstance(parse_form(filed_text, FORMS[kind]), list)
        results = office.run(office.clone(branch), "check")
        assert results.exit_code == 0, results.output
    else:
        assert "处要改" in office.forge.said(number)[0]


def test_a_form_that_the_program_fails_with_is_answered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(answer_form, "draft", fails)
    number = filed(office, "volunteering", ACTIVITY)
    with pytest.raises(RecursionError):
        office.formed(number)
    assert office.forge.said(number) == [
        "<!-- archive:form -->\n程序处理不了这份表，没有登记。请维护人员看“表单”一项的运行记录；"
        "改好以前，请把内容直接告诉维护人员。\n"
    ]
