"""What was signed before a publication: by whom, for which content, and what is lacking.

Signatures are recorded by a commit that comes after the one they are for. So what counts is the
content: two commits that differ in data/reviews/ alone are one and the same to whoever signs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.facts.gather import Archive, Record
from archive.facts.history import head, uncommitted
from archive.facts.project import Edition
from archive.facts.site import INTERNAL, PUBLIC, Site
from archive.files.yaml import Problem
from archive.schema.releases import short
from archive.schema.reviews import STAGES

NAMES: dict[Edition, str] = {"internal": INTERNAL, "public": PUBLIC}
"""An edition → what signatures call it."""
_SHOWN = 3
"""Changed files that a message names."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is signed: a commit in one edition, `release` empty for the figures of today."""

    commit: str
    edition: str
    release: str = ""

    def __str__(self) -> str:
        of = f"（{self.release}）" if self.release else ""
        at = f"提交 {short(self.commit)} 的" if self.commit else ""
        return f"{at}{self.edition}{of}"


def signatures(archive: Archive) -> dict[Publication, list[Record]]:
    """Each publication that was signed with its signatures, by stage and then by day."""
    found: dict[Publication, list[Record]] = {}
    for record in archive.records["reviews"]:
        one = record.data
        found.setdefault(Publication(one.commit, one.edition, one.release or ""), []).append(record)
    for records in found.values():
        records.sort(key=lambda it: (STAGES.index(it.data.stage), it.data.date))
    return found


def signed_for(site: Site, wanted: Publication) -> Publication | None:
    """The publication with the content of the one wanted that most stages have signed, if any has."""
    found = signatures(site.archive)
    wanted_content = site.content(wanted.commit)
    alike = [
        one
        for one in found
        if one == wanted
        or (replace(one, commit=wanted.commit) == wanted
            and site.content(one.commit) == wanted_content != {})
    ]  # fmt: skip
    return max(alike, key=lambda one: len(stages(found[one])), default=None)


def stages(records: list[Record]) -> list[str]:
    """The stages that are signed."""
    return [stage for stage in STAGES if any(it.data.stage == stage for it in records)]


def unsigned(site: Site, wanted: Publication) -> list[Problem]:
    """What stands against the publication: nothing once all three stages have signed its content."""
    found = signatures(site.archive)
    same = signed_for(site, wanted)
    if same:
        missing = [stage for stage in STAGES if stage not in stages(found[same])]
        rule = f"发布须先经{'、'.join(STAGES)}，{same}还没有{'、'.join(missing)}"
        last = found[same][-1]
        return [site.archive.record_problem(last, rule, "stage")] if missing else []
    others = [one for one in found if replace(one, commit=wanted.commit) == wanted]
    if not others:
        rule = f"发布须先经{'、'.join(STAGES)}，{wanted}还没有签字"
        return [site.archive.problem("unit", rule, "reviews_required")]
    last = max((found[one][-1] for one in others), key=lambda it: (it.data.date, it.path))
    rule = f"发布的须是审过的，{wanted}{_since(site, last.data.commit, wanted.commit)}，须重新审签"
    return [site.archive.record_problem(last, rule, "commit")]


def _since(site: Site, signed: str, now: str) -> str:
    """How what was signed differs from what is there now."""
    before, after = (site.content(commit) for commit in (signed, now))
    if not before:
        return f"没有审过，审过的提交 {short(signed)} 仓库里找不到"
    paths = sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )
    more = f" 等 {len(paths)} 个文件" if len(paths) > _SHOWN else ""
    return f"与审过的 {short(signed)} 不同，改了 {'、'.join(paths[:_SHOWN])}{more}"


def before_publication(site: Site, edition: Edition) -> Iterator[Problem]:
    """What stands against publishing the sources as they are: changes in no commit, no signatures."""
    project = site.archive.project
    rest = uncommitted(project)
    for path in rest:
        yield Problem(path, 1, "发布的须全部是已经提交的内容，这里的改动还没有提交")
    if not rest:
        yield from unsigned(site, Publication(head(project.root), NAMES[edition]))
