"""Recorded values that a brought report tells otherwise: refused, or changed as a person says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from archive.editing.report.brought import RefusedError
from archive.editing.report.finding import Find
from archive.editing.revising import Decision, with_revisions
from archive.editing.sheet.editing import UnchangeableError, edited
from archive.facts.figures import Value
from archive.facts.releases import settled_value
from archive.facts.site import Site
from archive.files.yaml import parse_bytes


@dataclass(frozen=True, slots=True)
class Changed:
    """A recorded value that the new report tells otherwise."""

    find: Find
    before: Value
    value: Decimal
    shown: str


def refused(changes: Sequence[Changed], where: Mapping[Find, str]) -> RefusedError:
    """The refusal to change what is recorded in silence."""
    listed = "；".join(
        f"{where[one.find]} 指标 {one.before.title} 已记 {one.before.shown}{one.before.unit}，文件里是“{one.shown}”"
        for one in changes
    )
    return RefusedError(
        f"同一时期已经记下的数不能悄悄改，有 {len(changes)} 处不同：{listed}。文件里写错的，请改文件；"
        "资料更全了的，请加 --revise 修订，原来记错了的，请加 --revise 更正，连同 --reason 原因、--revised-by 核定岗位；"
        "不是同一个指标的，请加 --other 它的编号"
    )


def recorded(site: Site, changes: Sequence[Changed], decision: Decision, by: str | None) -> bytes:
    """The register with changed values: of what was approved or reported as revisions, else in place."""
    path = site.archive.documents["figures"].path
    settled = {one.before.id: settled_value(site, one.before.id) for one in changes}
    try:
        drafts = with_revisions(
            site,
            {
                one.before.id: {**decision, "old": settled[one.before.id], "new": one.value}
                for one in changes
                if settled[one.before.id] is not None
            },
        )
        raw = drafts.get(path) or (site.archive.project.root / path).read_bytes()
        held = parse_bytes(raw, path).data
        signed = {"prepared": {"by": by, "date": decision["date"]}} if by else {}
        plain = {
            one.before.id: {**held[one.before.id], "value": one.value, **signed}
            for one in changes
            if settled[one.before.id] is None
        }
        return edited(raw, held, plain, list(held)) if plain else raw
    except (OSError, UnchangeableError):
        raise RefusedError(
            f"{path} 须为程序能改的写法，现写法特殊；请在文件里手工记下修订，再导入"
        ) from None


def told_changes(site: Site, changes: Sequence[Changed], where: Mapping[Find, str]) -> list[str]:
    """What was recorded otherwise, and how that is told."""
    return [
        f"{'改数（尚未核定）' if settled_value(site, one.before.id) is None else '记下修订或更正'}："
        f"{where[one.find]} 指标 {one.before.id}，{one.before.shown}{one.before.unit} → {one.shown}"
        for one in changes
    ]
