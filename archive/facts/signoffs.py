"""Sign-offs before a site is published: who signed which content, and what is missing.

A sign-off is recorded by a later commit than the one it is for. So commits are compared by their
content: two that differ only in data/reviews/ count as the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.facts.committed import uncommitted
from archive.facts.gather import Archive, Record
from archive.facts.history import added_by, head
from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.schema.disclosure import EDITION_LABELS, Edition
from archive.schema.releases import short
from archive.schema.signoffs import STAGES, SignOff

_SHOWN = 3
"""How many changed files a message names."""


@dataclass(frozen=True, slots=True)
class SignOffSubject:
    """What is signed: one edition of a commit; `release` is empty for the figures of today."""

    commit: str
    edition: str
    release: str = ""

    def __str__(self) -> str:
        of = f"（{self.release}）" if self.release else ""
        at = f"提交 {short(self.commit)} 的" if self.commit else ""
        return f"{at}{self.edition}{of}"


def sign_offs(archive: Archive) -> dict[SignOffSubject, list[Record[SignOff]]]:
    """Return what was signed → the records of its sign-offs, sorted by stage and then by day."""
    found: dict[SignOffSubject, list[Record[SignOff]]] = {}
    for record in archive.of(SignOff):
        data = record.data
        signed = SignOffSubject(data.commit, data.edition, data.release or "")
        found.setdefault(signed, []).append(record)
    for records in found.values():
        records.sort(key=lambda record: (STAGES.index(record.data.stage), record.data.date))
    return found


def sign_offs_for(site: Site, wanted: SignOffSubject) -> SignOffSubject | None:
    """Return what was signed with the same content as `wanted`; None if nothing was.

    Of several, the one that most stages have signed.
    """
    found = sign_offs(site.archive)
    wanted_content = site.source_digests(wanted.commit)
    alike = [
        signed
        for signed in found
        if signed == wanted
        or (replace(signed, commit=wanted.commit) == wanted
            and site.source_digests(signed.commit) == wanted_content != {})
    ]  # fmt: skip
    return max(alike, key=lambda signed: len(signed_stages(found[signed])), default=None)


def signed_stages(records: list[Record[SignOff]]) -> list[str]:
    """Return the stages that are signed, in their order."""
    signed = {record.data.stage for record in records}
    return [stage for stage in STAGES if stage in signed]


def is_by_one(site: Site, records: list[Record[SignOff]]) -> bool:
    """Return whether several sign-offs were all committed by one person, and the bureau forbids it."""
    if site.archive.unit and site.archive.unit.one_person_registers:
        return False
    authors = added_by(site.archive.project, "reviews")
    return len(records) > 1 and len({authors.get(one.path, one.path) for one in records}) == 1


def missing_sign_offs(site: Site, wanted: SignOffSubject) -> list[Problem]:
    """Return the problem that keeps `wanted` from being published.

    Empty once all three stages have signed its content, and not one person for all of them.
    """
    found = sign_offs(site.archive)
    same = sign_offs_for(site, wanted)
    if same:
        missing = [stage for stage in STAGES if stage not in signed_stages(found[same])]
        last = found[same][-1]
        if missing:
            rule = f"发布须先经{'、'.join(STAGES)}，{same}还没有{'、'.join(missing)}；请运行 .venv/bin/archive sign 登记"
            return [site.archive.record_problem(last, rule, "stage")]
        if is_by_one(site, found[same]):
            rule = (
                f"{'、'.join(STAGES)}的签字须不全由一人提交，{same}的现在都由同一人提交（Git 的作者）；请删去一个文件，"
                "由签字的人用自己的账号重新登记；准许一人登记的，在 data/unit.yml 写 one_person_registers: true"
            )
            return [site.archive.record_problem(last, rule, "by")]
        return []
    others = [signed for signed in found if replace(signed, commit=wanted.commit) == wanted]
    if not others:
        rule = f"发布须先经{'、'.join(STAGES)}，{wanted}还没有签字；请在 data/reviews/ 登记"
        return [site.archive.problem("unit", rule, "reviews_required")]
    latest = (found[signed][-1] for signed in others)
    last = max(latest, key=lambda record: (record.data.date, record.path))
    rule = f"发布的须是审过的，{wanted}{_since(site, last.data.commit, wanted.commit)}，请重新审签"
    return [site.archive.record_problem(last, rule, "commit")]


def _since(site: Site, signed: str, now: str) -> str:
    """Return, in Chinese, how commit `now` differs from the commit that was signed."""
    before, after = (site.source_digests(commit) for commit in (signed, now))
    if not before:
        return f"没有审过，审过的提交 {short(signed)} 仓库里找不到"
    paths = sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )
    more = f" 等 {len(paths)} 个文件" if len(paths) > _SHOWN else ""
    return f"与审过的 {short(signed)} 不同，改了 {'、'.join(paths[:_SHOWN])}{more}"


def check_sign_offs(site: Site, edition: Edition) -> Iterator[Problem]:
    """Yield what keeps the sources from being published: uncommitted changes, or missing sign-offs."""
    project = site.archive.project
    changes = uncommitted(project)
    yield from changes
    if not changes:
        yield from missing_sign_offs(
            site, SignOffSubject(head(project.root), EDITION_LABELS[edition])
        )
