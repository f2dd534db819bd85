"""Rules for releases and sign-offs.

A release stays as it was reported, and a figure that has changed since says why. The three stages of a
sign-off follow each other, by different posts; whether all three are there is checked when the site is
published: see `archive.facts.signoffs`.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise

from archive.checks.approvals import POST_RULE, POST_WAY_OUT
from archive.checks.problems import Dated, out_of_order
from archive.facts.observations import counterpart
from archive.facts.releases import (
    ChangeSinceRelease,
    ReportedValue,
    in_order,
    release_digest,
    reported_values,
)
from archive.facts.signoffs import sign_offs, signed_stages
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.leaks.leak import masked
from archive.leaks.posts import person_in, same_post
from archive.schema.register import Figure
from archive.schema.signoffs import STAGES, SignOff


def reported_figures_stay_as_they_were(site: Site) -> Iterator[Problem]:
    """A release still has the content from which its digest was made."""
    for name, release in in_order(site.archive):
        file = f"releases/{name}"
        if release_digest(site.archive.documents[file].data) != release.digest:
            rule = "报送数须与报送时一样（校验值不符）；请从 Git 恢复这个文件，更正写在指标登记的 revisions 里"
            yield site.archive.problem(file, rule, "digest")


def reported_figures_stay_in_the_register(site: Site) -> Iterator[Problem]:
    """A figure that was reported with a value or words stays in the register, perhaps as a retired one."""
    known = site.archive.ids("figures")
    for name, release in in_order(site.archive):
        for id_, reported in release.figures.items():
            kept = id_ in known or counterpart(id_, reported.entry, site.archive.figures)
            if known and not kept and reported.has_value:
                message = f"报送过的指标须留在登记里，没有 {id_}（{reported.entry.name}）；不再用的请填停用日期"
                yield site.archive.problem(f"releases/{name}", message, "figures", id_)


def changes_since_a_report_are_recorded(site: Site) -> Iterator[Problem]:
    """If a value differs from the one reported, revisions (修订 or 更正) lead from one to the other."""
    for id_, value in site.judged.items():
        for past in reported_values(site.archive, site.values, id_):
            if past.since is ChangeSinceRelease.UNEXPLAINED and not _told(value.figure, past):
                now, way_out = "空", "请恢复数值"
                if value.exact is not None:
                    now = f"{value.exact:f}"
                    item = (
                        f"- {{kind: 修订, date: {site.archive.project.as_of}, "
                        f"old: {past.reported.value:f}, new: {now}, reason: , by: }}"
                    )
                    way_out = (
                        f"请在 revisions 下加一项 {item}，填上原因和核定岗位，不该变的，改回去"
                    )
                rule = "须记为修订或更正（revisions），从报送的数起，首尾相接"
                message = f"{id_}（{value.figure.name}）与“{past.name}”报送的 {past.reported.value:f} 不同，{rule}，现为 {now}；{way_out}"
                yield site.archive.problem("figures", message, id_, "value")


def _told(figure: Figure, past: ReportedValue) -> bool:
    """Whether the rules for what is approved see to it: the value reported is one of those approved."""
    changes = (amount for one in figure.revisions for amount in (one.old, one.new))
    approved = (figure.approved.value, *changes) if figure.approved.date else ()
    return past.reported.value in approved


def stages_are_signed_once(site: Site) -> Iterator[Problem]:
    """Each stage is signed once for the same content."""
    for wanted, records in sign_offs(site.archive).items():
        for first, again in pairwise(records):
            if first.data.stage == again.data.stage:
                message = f"{wanted}，{again.data.stage}须只签一次，已见 {first.path}；请删去这一条"
                yield site.archive.record_problem(again, message, "stage")


def stages_follow_each_other(site: Site) -> Iterator[Problem]:
    """A stage is signed only if those before it are, on the same day or later."""
    for wanted, records in sign_offs(site.archive).items():
        signed = signed_stages(records)
        for record in records:
            for before in STAGES[: STAGES.index(record.data.stage)]:
                if before not in signed and "reviews" not in site.archive.unread:
                    message = f"{record.data.stage}须在{before}之后，{wanted}还没有{before}；请先登记{before}，已登记的请改正 commit、edition"
                    yield site.archive.record_problem(record, message, "stage")
        for first, second in pairwise(records):
            earlier = Dated(("date",), f"{first.data.stage}的", first.data.date)
            later = Dated(("date",), "签字日期", second.data.date)
            for loc, message in out_of_order(earlier, later):
                yield site.archive.record_problem(second, message, *loc)


def stages_are_signed_by_different_posts(site: Site) -> Iterator[Problem]:
    """No post signs more than one stage for the same content."""
    for records in sign_offs(site.archive).values():
        for first, second in combinations(records, 2):
            if (
                same_post(first.data.by) == same_post(second.data.by)
                and first.data.stage != second.data.stage
            ):
                rule = f"须与{first.data.stage}的不同，现在都是“{second.data.by}”；请由另一岗位签字"
                yield site.archive.record_problem(second, f"by（签字岗位）{rule}", "by")


def stages_are_signed_by_posts(site: Site) -> Iterator[Problem]:
    """A signature names a post and no person."""
    for record in site.archive.of(SignOff):
        person = person_in(record.data.by)
        if person:
            rule = f"by（签字岗位）{POST_RULE}，现有“{masked(person, 1, 0)}”；{POST_WAY_OUT}"
            yield site.archive.record_problem(record, rule, "by")


def signed_releases_exist(site: Site) -> Iterator[Problem]:
    """The release that a sign-off names exists."""
    known = site.archive.files.get("releases", [])
    ids = [file.partition("/")[2].removesuffix(".yml") for file in known]
    for record in site.archive.of(SignOff):
        name = record.data.release
        if name is not None and name not in ids:
            message = f"release（报送名称）须是已有的报送，没有 {name}{suggestion(name, ids)}"
            yield site.archive.record_problem(record, message, "release")
