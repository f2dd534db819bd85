"""Rules for data/criteria.yml: the evidence of the items."""

from collections.abc import Iterator

from archive.checks.problems import ADD_FILE, called, item_problem
from archive.checks.register import counting_faults
from archive.facts.evidence import Target, TargetKind, resolve_evidence, years
from archive.facts.macros import anchors, anchors_known
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Loc, Problem
from archive.schema.criteria import Criterion, Proof
from archive.schema.kinds import in_role
from archive.schema.register import Counted


def _proofs(site: Site) -> Iterator[tuple[str, Loc, Proof, list[Target]]]:
    """Yield every piece of evidence as (id of its item, place in it, evidence, what it may mean)."""
    for id_, criterion in site.archive.criteria.items():
        for index, proof in enumerate(criterion.evidence):
            yield id_, ("evidence", index), proof, resolve_evidence(site.archive, proof.to)


def evidence_is_in_the_archive(site: Site) -> Iterator[Problem]:
    """Evidence points to one thing that exists, heading included; the report itself is no evidence."""
    for id_, loc, proof, targets in _proofs(site):
        fault = _target_fault(site, proof, targets)
        if fault:
            yield item_problem(site, id_, f"的 to（所指）{fault}", *loc, "to")


def _target_fault(site: Site, proof: Proof, targets: list[Target]) -> str | None:
    archive = site.archive
    if not targets:
        if "figures" in archive.unread:
            return None  # its ids may not be known
        known = [
            *archive.pages,
            *archive.collections,
            *archive.record_ids("honours"),
            *site.regulations,
        ]
        known += archive.ids("figures")
        hint = (
            ADD_FILE
            if proof.to.startswith("files/")
            else suggestion(proof.to, known, called(archive))
        )
        what = "页面、docs/files/ 下的文件，或者荣誉、制度、台账、指标的编号"
        return f"须是站内已有的{what}，没有 {proof.to}{hint}"
    if len(targets) > 1:
        meanings = "又是".join(target.kind for target in targets)
        return (
            f"须只有一种意思，{proof.to} 既是{meanings}，请改写为所在页面，如 {targets[0].address}"
        )
    path, _, anchor = targets[0].address.partition("#")
    if path in site.report_parts or path in site.whole_reports:
        return f"须是报告以外的依据，现为报告本身 {proof.to}；请改写为报告所依据的页面、文件或台账"
    page = archive.pages.get(path)
    if (
        targets[0].kind in (TargetKind.PAGE, TargetKind.REGULATION)
        and anchor
        and page
        and anchors_known(site, page)
    ):
        named = anchors(site, page)
        if anchor not in named:
            return f"须有这个标题，{path} 中没有 #{anchor}{suggestion(anchor, named)}"
    return None


def evidence_is_of_a_kind_asked_for(site: Site) -> Iterator[Problem]:
    """`wanted` lists each kind once; evidence is of one of them; a statement is written in `statement`."""
    for id_, criterion in site.archive.criteria.items():
        wanted = criterion.wanted
        if not wanted or len(set(wanted)) < len(wanted):
            found = "、".join(wanted) or "空"
            usual = in_role(site.archive.kinds, "evidence_kinds", "document") or "…"
            example = ", ".join(dict.fromkeys(wanted)) or usual
            message = (
                f"的 wanted（材料种类）须至少一种、各写一次，现为{found}；例如：wanted: [{example}]"
            )
            yield item_problem(site, id_, message, "wanted")
    for id_, loc, proof, _ in _proofs(site):
        wanted = site.archive.criteria[id_].wanted
        if proof.kind == in_role(site.archive.kinds, "evidence_kinds", "statement"):
            field = f"statement（{Criterion.label_of('statement')}）"
            message = f"的{proof.kind}须写在 {field}里，不列入材料；请删去这一项"
            yield item_problem(site, id_, message, *loc, "kind")
        elif proof.kind not in wanted:
            message = f"的材料种类须是 wanted 里列出的，没有列 {proof.kind}；请改为其中一种，或者在 wanted 里加上 {proof.kind}"
            yield item_problem(site, id_, message, *loc, "kind")


def conditions_fit_the_collection(site: Site) -> Iterator[Problem]:
    """Conditions are given only for a collection, with fields and values that it has."""
    for id_, loc, proof, targets in _proofs(site):
        if not proof.where or len(targets) != 1:
            continue
        if targets[0].kind is not TargetKind.COLLECTION:
            yield item_problem(
                site,
                id_,
                f"的 where（条件）只用于台账，{proof.to} 不是台账；请删去 where",
                *loc,
                "where",
            )
            continue
        rule = Counted(collection=targets[0].id, measure="count", where=proof.where)
        for inside, message in counting_faults(site, rule):
            yield item_problem(site, id_, f"的{message}", *loc, *inside)


def years_are_those_of_the_archive(site: Site) -> Iterator[Problem]:
    """Years are given only for pages and files, in order, within the archive's period, none in future."""
    span, as_of = years(site.archive), site.archive.project.as_of
    for id_, loc, proof, targets in _proofs(site):
        if not proof.years or len(targets) != 1:
            continue
        field = (*loc, "years")
        if targets[0].kind not in (TargetKind.PAGE, TargetKind.FILE):
            message = f"的 years（年份）须空着，{targets[0].kind}的年份由记录得出；请删去 years"
            yield item_problem(site, id_, message, *field)
        elif list(proof.years) != sorted(set(proof.years)):
            found = "、".join(map(str, proof.years))
            ordered = ", ".join(map(str, sorted(set(proof.years))))
            yield item_problem(
                site,
                id_,
                f"的 years（年份）须由先到后、各写一次，现为 {found}；请改为：years: [{ordered}]",
                *field,
            )
        for year in proof.years:
            if year > as_of.year or (span and year not in span):
                last = min(as_of.year, span[-1]) if span else as_of.year
                rule = f"须在建档期间 {span[0]} 至 {last} 年之内" if span else f"须不晚于 {last} 年"
                message = f"的 years（年份）{rule}，现为 {year}；请改正，或者删去 {year}"
                yield item_problem(site, id_, message, *field)


def pictures_have_captions(site: Site) -> Iterator[Problem]:
    """A picture has a caption: time, place, people, subject, background, reason; nothing else has one."""
    picture = in_role(site.archive.kinds, "evidence_kinds", "picture")
    for id_, loc, proof, _ in _proofs(site):
        if picture is None:
            return
        if proof.kind == picture and proof.caption is None:
            message = f"的{picture}须有 caption（图片说明）：时间、地点、人物、主题、背景、事由，现在没有；请加 caption: 加上说明"
            yield item_problem(site, id_, message, *loc)
        elif proof.kind != picture and proof.caption:
            message = f"的 caption（图片说明）只用于{picture}，这一项是{proof.kind}；请删去 caption"
            yield item_problem(site, id_, message, *loc, "caption")
