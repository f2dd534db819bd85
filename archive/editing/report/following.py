"""A report that follows an earlier one: what its figures and names were there, and what a person has to say.

What stands there in the same sentence keeps its id; what is not sure stays as it is typed until a person
says `--same` or `--other`. A value that is recorded changes only by a stated revision.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from archive.editing.report.brought import Brought, RefusedError
from archive.editing.report.changing import same_change
from archive.editing.report.finding import Find
from archive.editing.report.matching import NEW, Match, match
from archive.editing.report.mentions import (
    Mention,
    RelativePeriod,
    brought_mentions,
    mentions_of,
    relative,
    sentences_of,
)
from archive.editing.report.placing import Standing
from archive.editing.revising import Decision
from archive.facts.gather import REPORTS
from archive.facts.observations import indicator_of
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.schema.conversion import is_convertible
from archive.schema.register import Period
from archive.schema.types import Span


@dataclass(frozen=True, slots=True)
class Earlier:
    """The report before, and what a person says of what is not sure."""

    report: str
    same: tuple[str, ...] = ()
    """Indicators and names that what is reworded is of."""
    other: tuple[str, ...] = ()
    """Those that it is not of."""
    decision: Decision | None = None
    """Why recorded values change: the fields of a revision but for its values."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a find is: the indicator for a period, or the name, of the report before."""

    id: str
    period: Period
    old: str
    """What the report before shows of it."""


class Following:
    """What the finds of a new report are in the one before."""

    def __init__(
        self, site: Site, report: str, earlier: Earlier, period: Span, brought: Brought, texts: Sequence[str], finds: Sequence[Find],
        decided: Container[Find], doubtful: Container[Find], standing: Mapping[Find, Standing],
    ) -> None:  # fmt: skip
        """Begin with all that is found in the texts; what is `decided` to be something else is not compared.

        What is `doubtful` is a figure only if it was one in the very same sentence. `standing` is what stands
        for a find on the pages of the report already, a figure or a name.
        """
        self.site, self.earlier, self._period, self.finds = site, earlier, period, finds
        self.texts = texts
        self._own = site.archive.reports[earlier.report].period
        self.old = mentions_of(site, earlier.report)
        self.new = brought_mentions(brought, texts, finds, period, doubtful)
        sure = [one for one in finds if one not in doubtful]
        self.sentences = sentences_of(brought, texts, sure)
        self.read = frozenset((one.label, one.stands) for one in self.new)
        """Where something was found."""
        self._shown_by_period = {(one.id, one.period): one.shown for one in reversed(self.old)}
        self._shown_by_key = {one.key: one.shown for one in reversed(self.old) if one.key}
        self._kept: dict[int, Kept] = {}
        self.found: dict[int, Match] = {}
        self.restated: set[int] = set()
        """Those that tell of the period of the report before."""
        # The register holds no ratios, and nothing without a unit.
        judged = [
            at
            for at, one in enumerate(finds)
            if one not in decided and (one.kind == "name" or (one.kind == "figure" and one.unit))
        ]
        if report in site.archive.reports:
            self._keep_again(judged, mentions_of(site, report))
        for at in judged:
            if there := standing.get(finds[at]):
                key = there.key if there.kind == "fig" else ""
                self._kept[at] = self._again(indicator_of(there.key), key, self.new[at].period)
        unsure = [at for at in judged if finds[at] in doubtful]
        judged = [at for at in judged if finds[at] not in doubtful]
        self._match(judged)
        self._match_restated(judged)
        self._match_changes(judged)
        self._match_doubtful(unsure)
        self._checked()

    def _keep_again(self, judged: Sequence[int], written: Sequence[Mention]) -> None:
        """What was written of the report already, and perhaps confirmed, stays."""
        found = match([self.new[at] for at in judged], written)
        for at, one in zip(judged, found, strict=True):
            if (
                one.outcome == "same"
                and not one.old[0].call
                and one.old[0].id not in self.earlier.other
            ):
                self._kept[at] = self._again(one.old[0].id, one.old[0].key, one.old[0].period)

    def _again(self, id_: str, key: str, said: RelativePeriod) -> Kept:
        """What was written before for an indicator, by the key of its figure, or for a name."""
        period = self.site.values[key].figure.period if key else self._whole()
        before = self._shown_by_period.get((id_, said), "") or self._shown_by_key.get(key, "")
        return Kept(id_, period, before)

    def _match(self, judged: Sequence[int]) -> None:
        left = [at for at in judged if at not in self._kept]
        self._decide(left, match([self.new[at] for at in left], self._open()))

    def _open(self) -> list[Mention]:
        """What the report before shows that nothing is yet."""
        taken = {(kept.id, self.new[at].period) for at, kept in self._kept.items()}
        return [one for one in self.old if (one.id, one.period) not in taken]

    def _match_doubtful(self, judged: Sequence[int]) -> None:
        """Match what may be no figure with what was one in the same sentence."""
        left = [at for at in judged if at not in self._kept]
        found = match([self.new[at] for at in left], self._open())
        same = [(at, one) for at, one in zip(left, found, strict=True) if one.outcome == "same"]
        self._decide([at for at, _ in same], [one for _, one in same])

    def _match_restated(self, judged: Sequence[int]) -> None:
        """Match what tells of the period of the report before with what that told."""
        own = (self._own.start, self._own.end)
        again = [
            at
            for at in judged
            if self.finds[at].period == own and self.found.get(at, NEW).outcome == "new"
        ]
        told = [replace(self.new[at], period=None) for at in again if at not in self._kept]
        left = [at for at in again if at not in self._kept]
        self.restated |= {*left}
        self._decide(left, match(told, self.old))

    def _match_changes(self, judged: Sequence[int]) -> None:
        """Match what rises or falls where the report before had that worked out."""
        for at in judged:
            if at not in self._kept and self.found[at].outcome == "new":
                changes = same_change(self.new[at], self.old)
                if len(changes) == 1:
                    self.found[at] = Match("same", changes, 1.0)

    def change(self, at: int) -> Mention | None:
        """The call by which the find of that index was worked out in the report before; None if it was not."""
        found = self.found.get(at, NEW)
        if found.outcome != "same" or at in self._kept or found.old[0].id in self.earlier.other:
            return None
        return found.old[0] if found.old[0].call else None

    def _decide(self, judged: Sequence[int], found: Sequence[Match]) -> None:
        self.found |= zip(judged, found, strict=True)
        for at in judged:
            kept = self._decided(at)
            if kept:
                self._kept[at] = kept

    def _whole(self) -> Period:
        return Period(kind="时期", start=self._period.start, end=self._period.end)

    @property
    def judged(self) -> frozenset[str]:
        """The indicators and names that the report before shows: what is none of them is not so by its name."""
        return frozenset(one.id for one in self.old)

    def kept(self, at: int) -> Kept | None:
        """What the find of that index is; None if it is new."""
        return self._kept.get(at)

    def candidates(self, at: int) -> list[Mention]:
        """What the find of that index may be; empty if that is known, or if it is new."""
        if at in self._kept or self.change(at):
            return []
        old = self.found.get(at, NEW).old
        return [one for one in old if one.id not in self.earlier.other]

    def proposed(self, at: int) -> Kept | None:
        """What the find of that index may be, where it is but reworded; a person has to confirm it."""
        old = self.candidates(at)
        outcome = self.found.get(at, NEW).outcome
        if not old or old[0].call or self.retired(old[0]):
            return None
        if outcome != "reworded" and not (outcome == "unit" and self.other_unit(at, old[0])):
            return None
        return self._of(at, old[0])

    def _decided(self, at: int) -> Kept | None:
        found, said = self.found[at], self.earlier
        old = [one for one in found.old if one.id not in said.other]
        same = [one for one in old if found.outcome == "same" or one.id in said.same]
        if len(same) != 1 or same[0].call or self.retired(same[0]):
            return None
        if found.outcome == "unit" and not self.other_unit(at, same[0]):
            return None
        return self._of(at, same[0])

    def _of(self, at: int, old: Mention) -> Kept:
        """What the find of that index is if it is what the report before showed there."""
        period = self._observed(self.finds[at], old)
        if at in self.restated:
            period = period.model_copy(update={"start": period.start and self._own.start, "end": self._own.end})  # fmt: skip
        return Kept(old.id, period, old.shown)

    def other_unit(self, at: int, old: Mention) -> bool:
        """Whether the find of that index is told in another unit of the measure of what was there."""
        return old.kind == "figure" and is_convertible(self.new[at].unit, old.unit)

    def retired(self, one: Mention) -> date | None:
        """The day from which an indicator is not used any more."""
        return None if one.kind == "name" else self.site.archive.indicators[one.id].retired

    def _checked(self) -> None:
        """Raise RefusedError if a person speaks of what the report before does not show."""
        known = dict.fromkeys(one.id for one in self.old)
        for option, ids in (("--same", self.earlier.same), ("--other", self.earlier.other)):
            for id_ in ids:
                if id_ not in known:
                    raise RefusedError(
                        f"{option} 里的须是上一个报告用到的编号，没有 {id_}{suggestion(id_, known)}"
                    )
                if id_ in self.earlier.same and id_ in self.earlier.other:
                    raise RefusedError(
                        f"一个编号须只写在 --same、--other 之一里，{id_} 两边都有；请删去其中一处"
                    )

    def _observed(self, find: Find, old: Mention) -> Period:
        """The period that an indicator is observed for: as the text says it, unless a person said otherwise."""
        start, end = self._period.start, self._period.end
        if old.kind == "name":
            return self._whole()
        before = self.site.values[old.key].figure.period
        recorded = relative(before, self._own)
        if recorded is not None and find.period and recorded == old.period:
            start, end = find.period
        elif recorded is not None and self._own.end and end:
            years = end.year - self._own.end.year
            start, end = _later(before.start, years), _later(before.end, years)
        return Period(kind=before.kind, start=None if before.kind == "时点" else start, end=end)


def _later(day: date | None, years: int) -> date | None:
    """The same day so many years later."""
    if day is None:
        return None
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + years, 2, 28) if leap else day.replace(year=day.year + years)


def may_follow(site: Site, report: str, id_: str, period: Span) -> None:
    """Raise RefusedError if a report cannot be compared with the one of that id."""
    known = site.archive.reports
    if id_ == report:
        raise RefusedError(
            f"--after 须是上一个报告，不是要写的这一个，现为 {id_}；请写上一个报告的编号"
        )
    if id_ not in known:
        if id_ in site.archive.record_ids(REPORTS):
            raise RefusedError(f"报告 {id_} 的说明须先改好；请运行 .venv/bin/archive check")
        raise RefusedError(f"--after 须是已有的报告，没有 {id_}{suggestion(id_, known)}")
    own = known[id_].period
    if own.end is None or (period.end and own.end > period.end):
        raise RefusedError(
            f"--after 的报告须不晚于要写的这一个，{id_} 到 {own.end or '（未填）'}，这一个到 {period.end}；请改正 --after 或者 --period"
        )
