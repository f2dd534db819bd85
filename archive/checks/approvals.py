"""Rules for what is approved: who signed, what was approved, and that it changes only by a revision."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from archive.checks.problems import NOT_YET, figure_problem
from archive.facts.figures import Value
from archive.facts.releases import ChangeSinceRelease, reported_values
from archive.facts.site import Site
from archive.files.writing import shortest
from archive.files.yaml import Loc, Problem
from archive.leaks.leak import masked
from archive.leaks.posts import person_in, same_post
from archive.schema.columns import MAX_IN_A_CELL, size
from archive.schema.register import Figure, Signature

STEPS = ("prepared", "reviewed", "approved")
"""The steps of a figure, the first first."""


def signatures_follow_each_other(site: Site) -> Iterator[Problem]:
    """填报, 审核 and 核定 follow each other, each with a post and a date, none after today."""
    as_of = site.archive.project.as_of
    for id_, figure in site.archive.figures.items():
        earlier, last = "填报", None
        for step in STEPS:
            signature, label = _signature(figure, step), Figure.label_of(step)
            if bool(signature.by) != bool(signature.date):
                empty = "by" if signature.date else "date"
                way_out = f"请在 {step} 下填上 {empty}，还没有{label}的两项都空着"
                yield figure_problem(
                    site, id_, f"的{label}须同时写明岗位和日期，现在只有一项；{way_out}", step
                )
            if not signature.date:
                earlier, last = label, None
                continue
            if signature.date > as_of:
                yield figure_problem(
                    site,
                    id_,
                    f"的{label}日期须不晚于今天，现为 {signature.date}；{NOT_YET}",
                    step,
                    "date",
                )
            if step != "prepared" and last is None:
                yield figure_problem(
                    site,
                    id_,
                    f"须先{earlier}后{label}，{earlier}现为空；请先填{earlier}，或者清空{label}",
                    step,
                )
            elif last and signature.date < last:
                yield figure_problem(
                    site,
                    id_,
                    f"的{label}日期须不早于{earlier}日期 {last}，现为 {signature.date}；请改为 {last} 或以后的日期",
                    step,
                    "date",
                )
            earlier, last = label, signature.date


def signatures_are_by_different_posts(site: Site) -> Iterator[Problem]:
    """No post takes two steps of a figure, nor approves a revision of what it prepared, unless allowed."""
    if site.archive.unit and site.archive.unit.one_post_signs:
        return
    for id_, figure in site.archive.figures.items():
        steps: dict[str, list[str]] = defaultdict(list)
        for step in STEPS:
            steps[same_post(_signature(figure, step).by or "")].append(step)
        for post, taken in steps.items():
            if post and len(taken) > 1:
                labels = "、".join(Figure.label_of(step) for step in taken)
                found = f"现在{labels}都是“{_signature(figure, taken[-1]).by}”"
                yield figure_problem(site, id_, f"{_APART}，{found}；{_ALLOW}", taken[-1], "by")
        prepared = same_post(figure.prepared.by or "")
        for index, one in enumerate(figure.revisions):
            if prepared and same_post(one.by or "") == prepared:
                rule = f"的{one.kind}须由填报以外的岗位核定，现在都是“{one.by}”"
                yield figure_problem(site, id_, f"{rule}；{_ALLOW}", "revisions", index, "by")


_APART = "的填报、审核、核定须由不同的岗位"
_ALLOW = "请改为另一个岗位，人手少、准许同一岗位的，在 data/unit.yml 写 one_post_signs: true"


def _signature(figure: Figure, step: str) -> Signature:
    found = getattr(figure, step)
    assert isinstance(found, Signature)
    return found


def signatures_name_posts(site: Site) -> Iterator[Problem]:
    """A signature names a post and no person."""
    for id_, figure in site.archive.figures.items():
        signed: list[tuple[Loc, str, str | None]] = [
            ((step, "by"), Figure.label_of(step), _signature(figure, step).by) for step in STEPS
        ]
        signed += [
            (("revisions", index, "by"), one.kind, one.by)
            for index, one in enumerate(figure.revisions)
        ]
        for loc, label, by in signed:
            person = person_in(by or "")
            if person:
                rule = f"的{label}{POST_RULE}，现有“{masked(person, 1, 0)}”；{POST_WAY_OUT}"
                yield figure_problem(site, id_, rule, *loc)


POST_RULE = "须写岗位，不写姓名"
POST_WAY_OUT = "例如：by: 办公室主任"


def values_are_prepared_after_their_period(site: Site) -> Iterator[Problem]:
    """A value is filled in on the last day of its period or later."""
    for id_, figure in site.archive.figures.items():
        end, day = figure.period.end, figure.prepared.date
        if end and day and day < end:
            rule = f"的填报日期须不早于{figure.period.kind}的截止日 {end}，现为 {day}；请改为 {end} 或以后的日期"
            yield figure_problem(site, id_, rule, "prepared", "date")


def approvals_state_their_value(site: Site) -> Iterator[Problem]:
    """An approval states the value that it approved, from which the revisions since then lead on."""
    for id_, value in site.values.items():
        figure, approval = value.figure, value.figure.approved
        if not approval.date:
            if approval.value is not None and not approval.by:
                rule = f"的核定数须与核定的岗位、日期一起写，现在只有 {shortest(approval.value)}；请在 approved 下填上 by 和 date，还没有核定的在 approved 下写 value:"
                yield figure_problem(site, id_, rule, "approved", "value")
            continue
        if id_ not in site.judged:
            continue
        expected, whence = _approved(value, _bound_since(site, id_))
        if expected is None:
            if approval.value is None and not figure.approximation:
                rule = (
                    "已经核定，须有数值，现为空；请填上数值，还不能核定的，把 approved 下各项清空"
                )
                yield figure_problem(site, id_, rule, "approved")
        elif approval.value is None:
            rule = f"已经核定，须写明核定数，现为空；{whence} {shortest(expected)}，请在 approved 下写 value: {shortest(expected)}"
            yield figure_problem(site, id_, rule, "approved")
        elif figure.revisions and approval.value != expected:
            rule = f"的核定数须与修订首尾相接，{whence} {shortest(expected)}，现为 {shortest(approval.value)}；请改为：value: {shortest(expected)}"
            yield figure_problem(site, id_, rule, "approved", "value")


_IN_REVISIONS = "revisions 里核定时的数是"


def _approved(value: Value, bound: date | None) -> tuple[Decimal | None, str]:
    """The value that must have been approved, and where it stands: in a revision, or it is today's.

    Revisions before the approval are those of a figure that was reported before, while preliminary;
    `bound` is the day from which it is revised.
    """
    revisions, day = value.figure.revisions, value.figure.approved.date
    later = [one for one in revisions if day and (day == bound or one.date >= day)]
    if later:
        return later[0].old, _IN_REVISIONS
    if revisions:
        return revisions[-1].new, _IN_REVISIONS
    return value.exact, "现在的数是"


def values_stay_as_approved(site: Site) -> Iterator[Problem]:
    """A value that was approved, or revised, is that of today."""
    for id_, value in site.judged.items():
        figure, settled = value.figure, value.figure.settled
        bound = figure.approved.date or figure.revisions
        if not bound or settled in (None, value.exact):
            continue
        last = f"最近一次{figure.revisions[-1].kind}" if figure.revisions else "核定"
        at: Loc = ("revisions", len(figure.revisions) - 1) if figure.revisions else ("approved",)
        if value.exact is None:
            rule = f"{last}的数是 {shortest(settled)}，须仍是它，现在没有数值；请恢复数值或 complete_through（资料齐全至）"
        else:
            item = (
                f"- {{kind: 修订, date: {site.archive.project.as_of}, old: {shortest(settled)}, "
                f"new: {shortest(value.exact)}, reason: , by: }}"
            )
            rule = (
                f"{last}的数是 {shortest(settled)}，须仍是它，现为 {shortest(value.exact)}；改动有据的，请在 revisions 下加一项 "
                f"{item}，填上原因和核定岗位，原来错了的，kind 写更正；不该变的，改回去"
            )
        yield figure_problem(site, id_, rule, *at)


def revisions_are_approved(site: Site) -> Iterator[Problem]:
    """A revision is of a value that was approved or reported, and says which post approved it."""
    for id_, figure in site.archive.figures.items():
        bound = _bound_since(site, id_)
        for index, one in enumerate(figure.revisions):
            if not one.by:
                rule = f"的{one.kind}须写明核定岗位（by），现为空；{POST_WAY_OUT}"
                yield figure_problem(site, id_, rule, "revisions", index)
            if one.date > site.archive.project.as_of:
                rule = f"的{one.kind}日期须不晚于今天，现为 {one.date}；{NOT_YET}"
                yield figure_problem(site, id_, rule, "revisions", index, "date")
            elif bound and one.date < bound:
                rule = f"的{one.kind}日期须不早于核定（或报送）日期 {bound}，现为 {one.date}；请改为 {bound} 或以后的日期"
                yield figure_problem(site, id_, rule, "revisions", index, "date")
        if figure.revisions and not bound:
            rule = "的修订与更正须是核定以后的改动，核定现为空；请填上核定，还没有核定的，直接改数，不记 revisions"
            yield figure_problem(site, id_, rule, "revisions")


def _bound_since(site: Site, id_: str) -> date | None:
    """The day from which a value changes by revisions alone: of its approval or its first report."""
    days = [
        one.release.date
        for one in reported_values(site.archive, site.values, id_)
        if one.reported.value is not None and one.since is not ChangeSinceRelease.OTHER
    ]
    days += filter(None, [site.archive.figures[id_].approved.date])
    return min(days, default=None)


def revisions_follow_each_other(site: Site) -> Iterator[Problem]:
    """Revisions are in order of time, and each starts from the value before."""
    for id_, figure in site.archive.figures.items():
        for index, (before, after) in enumerate(pairwise(figure.revisions), 1):
            if after.date < before.date or after.old != before.new:
                rule = f"的修订须按时间先后、首尾相接，上一次为 {before.date} 改为 {before.new}；请在它之后写，old: {before.new}"
                yield figure_problem(site, id_, rule, "revisions", index)


def revisions_fit_a_cell(site: Site) -> Iterator[Problem]:
    """The revisions of a figure as a whole are no longer than the cell of a spreadsheet may be."""
    for id_, figure in site.archive.figures.items():
        found = size(figure.revisions)
        if found > MAX_IN_A_CELL:
            rule = f"须合起来不超过 {MAX_IN_A_CELL} 个字符（XLSX 一个单元格的上限），现有 {found} 个；请把原因写短些"
            yield figure_problem(site, id_, f"的修订与更正{rule}", "revisions")
