"""Forms filled in, as their text arrives."""

from functools import cache

from hypothesis import strategies as st

from archive.editing.editors.issue_forms import issue_forms
from archive.editing.forms import NO_ANSWER, form_of
from archive.editing.questions import forms
from tests.samples.approvals import COUNTED as ACTIVITIES_APPROVED
from tests.samples.approvals import UNSIGNED
from tests.samples.collections import COLLECTIONS, LISTS

FORMS = forms(COLLECTIONS, LISTS)


@cache
def written() -> dict[str, str]:
    """The text of each form and template, which takes a quarter of a second to write."""
    return issue_forms(COLLECTIONS, LISTS)


def form_kind(body: str) -> str | None:
    """The kind of the form that a text was filed with, as its labels tell."""
    found = form_of(FORMS.values(), "", body)
    return found.kind if found else None


def body(kind: str, answers: dict[str, str]) -> str:
    """What a forge makes of the answers, by label."""
    parts = [f"### {q.label}\n\n{answers.get(q.label) or NO_ANSWER}" for q in FORMS[kind].questions]
    assert answers.keys() <= {question.label for question in FORMS[kind].questions}
    return "\n\n".join(parts)


ACTIVITY = {
    "日期": "2024-03-05",
    "活动名称": "学雷锋进社区",
    "类别": "学雷锋",
    "地点": "社区",
    "参加人数": "12",
    "人均时长": "2.5",
    "服务人次": "30",
    "组织科室": "办公室",
    "原始资料": "签到表",
    "记录人": "办公室",
}
CORRECTION = {
    "指标编号": "volunteer_hours",
    "种类": "更正",
    "日期": "２０２６／２／３",
    "原数": "1,200",
    "新数": "1200.50",
    "原因": "漏计  一组\n共三人",
    "核定岗位": "分管领导",
}
PIECES = st.sampled_from(
    ["### ", "\n", "\n\n", "日期", "类别", "荣誉名称", "指标编号", "原数", NO_ANSWER, "None", "学雷锋",
     "2024-03-05", "1,2", "12", "٣", "①", "½", "- ", "\ud800", "\x00", "\u2028", "\r", "---", "${x}", "`x`"]
)  # fmt: skip
TITLE = {kind: f"{form.title}：" for kind, form in FORMS.items()}
REGISTER = "data/figures.yml"
REFUSED = "还有 {} 处要改，改好以前没有登记。请编辑本议题，改好后保存，会自动重新处理：\n\n"
COUNTED = ACTIVITIES_APPROVED + UNSIGNED
WHY = {"修订或更正": "修订", "修订或更正的日期": "2026-02-03", "修订或更正的原因": "补录一次", "修订或更正的核定岗位": "分管领导"}  # fmt: skip
REVISED = """\
  revisions:
    - kind: 修订
      date: 2026-02-03
      old: 1
      new: 2
      reason: 补录一次
      by: 分管领导
"""
