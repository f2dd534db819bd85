"""A report that follows an earlier one: what its figures and names were there, and what a person has to say.

What stands there in the same sentence keeps its id; what is not sure stays as it is typed until a person
says `--same` or `--other`. A value that is recorded changes only by a stated revision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from archive.editing.report.brought import Brought, RefusedError
from archive.editing.report.changing import same_change
from archive.editing.report.finding import Find
from archive.editing.report.matching import NEW, Match, match
from archive.editing.report.mentions import (
    Mention,
    brought_mentions,
    mentions_of,
    relative,
    sentences_of,
)
from archive.editing.revising import Decision
from archive.facts.brought import letters
from archive.facts.gather import REPORTS
from archive.facts.observations import indicator_of
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.validation import suggestion
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
        self, site: Site, report: str, earlier: Earlier, period: Span, brought: Brought, texts: Sequence[str], finds: Sequence[Find]
    ) -> None:  # fmt: skip
        self._site, self._earlier, self._period, self._finds = site, earlier, period, finds
        self._texts = texts
        self._own = site.archive.reports[earlier.report].period
        self._old = mentions_of(site, earlier.report)
        self._new = brought_mentions(brought, texts, finds, period)
        self._sentences = sentences_of(brought, texts, finds)
        self._kept: dict[int, Kept] = {}
        self._found: dict[int, Match] = {}
        self._restated: set[int] = set()
        """Those that tell of the period of the report before."""
        # The register holds no ratios, and nothing without a unit.
        judged = [at for at, one in enumerate(finds) if one.kind == "name" or (one.kind == "figure" and one.unit)]  # fmt: skip
        if report in site.archive.reports:
            self._keep_again(judged, mentions_of(site, report))
        self._match(judged)
        self._match_restated(judged)
        self._match_changes(judged)
        self._checked()

    def _keep_again(self, judged: Sequence[int], written: Sequence[Mention]) -> None:
        """What was written of the report already, and perhaps confirmed, stays."""
        by_period = {(one.id, one.period): one.shown for one in reversed(self._old)}
        by_key = {one.key: one.shown for one in reversed(self._old) if one.key}
        found = match([self._new[at] for at in judged], written)
        for at, one in zip(judged, found, strict=True):
            if (
                one.outcome == "same"
                and not one.old[0].call
                and one.old[0].id not in self._earlier.other
            ):
                old = one.old[0]
                period = self._site.values[old.key].figure.period if old.key else self._whole()
                before = by_period.get((old.id, old.period), "") or by_key.get(old.key, "")
                self._kept[at] = Kept(old.id, period, before)

    def _match(self, judged: Sequence[int]) -> None:
        taken = {(kept.id, self._new[at].period) for at, kept in self._kept.items()}
        left = [at for at in judged if at not in self._kept]
        old = [one for one in self._old if (one.id, one.period) not in taken]
        self._decide(left, match([self._new[at] for at in left], old))

    def _match_restated(self, judged: Sequence[int]) -> None:
        """Match what tells of the period of the report before with what that told."""
        own = (self._own.start, self._own.end)
        again = [
            at
            for at in judged
            if self._finds[at].period == own and self._found.get(at, NEW).outcome == "new"
        ]
        told = [replace(self._new[at], period=None) for at in again if at not in self._kept]
        left = [at for at in again if at not in self._kept]
        self._restated |= {*left}
        self._decide(left, match(told, self._old))

    def _match_changes(self, judged: Sequence[int]) -> None:
        """Match what rises or falls where the report before had that worked out."""
        for at in judged:
            if at not in self._kept and self._found[at].outcome == "new":
                changes = same_change(self._new[at], self._old)
                if len(changes) == 1:
                    self._found[at] = Match("same", changes, 1.0)

    def change(self, at: int) -> Mention | None:
        """The call by which the find of that index was worked out in the report before; None if it was not."""
        found = self._found.get(at, NEW)
        if found.outcome != "same" or at in self._kept or found.old[0].id in self._earlier.other:
            return None
        return found.old[0] if found.old[0].call else None

    def _decide(self, judged: Sequence[int], found: Sequence[Match]) -> None:
        self._found |= zip(judged, found, strict=True)
        for at in judged:
            kept = self._decided(at)
            if kept:
                self._kept[at] = kept

    def _whole(self) -> Period:
        return Period(kind="时期", start=self._period.start, end=self._period.end)

    @property
    def judged(self) -> frozenset[str]:
        """The indicators and names that the report before shows: what is none of them is not so by its name."""
        return frozenset(one.id for one in self._old)

    def kept(self, at: int) -> Kept | None:
        """What the find of that index is; None if it is new."""
        return self._kept.get(at)

    def is_asked(self, at: int) -> bool:
        """Whether the figure of that index stays typed, because a person has to say what it is."""
        return self._finds[at].kind != "name" and bool(self._question(at))

    def told(self, keys: Mapping[Find, str], where: Mapping[Find, str]) -> list[str]:
        """What became of each figure and name, then what is not there any more.

        `keys` are the observations and names that stand for the finds, `where` is their files and lines.
        """
        lines = []
        for at, find in enumerate(self._finds):
            if find not in keys:
                continue
            kept, shown = self._kept.get(at), self._new[at].shown
            called = f"{where[find]} {'名称' if find.kind == 'name' else '指标'} {keys[find]}"
            old = kept.old if kept else ""
            if not old and find.kind == "name" and keys[find] in self.judged:
                lines.append(f"未变：{called}，仍为 {shown}")
            elif not old:
                lines.append(f"新增：{called}，{shown}")
            elif letters(old) == letters(shown):
                lines.append(f"未变：{called}，仍为 {shown}")
            else:
                lines.append(f"新数：{called}，{old} → {shown}")
        return [*lines, *self._gone(keys)]

    def _gone(self, keys: Mapping[Find, str]) -> list[str]:
        return [
            f"不再有：{one.where} 名称 {one.id}；登记留着，从前的报告还用它"
            if one.kind == "name"
            else f"不再有：{one.where} {self._called(one)}，原为 {one.shown}；"
            f"今后不再用的，请在 {self._register} 的 {one.id} 下写停用日期 retired"
            for one in self._missing(keys)
            if one.place not in self._sentences
        ]

    def _missing(self, keys: Mapping[Find, str]) -> list[Mention]:
        """What the report before shows and nothing in this one is, each once."""
        now = [at for at in range(len(self._finds)) if at not in self._restated]
        there = {one.id for at in now for one in self._found.get(at, NEW).old}
        there |= {indicator_of(keys[self._finds[at]]) for at in now if self._finds[at] in keys}
        shown = {one.shown for one in self._old if one.kind == "name" and "*" not in one.shown}
        there |= {
            one.id
            for one in self._old
            # It is retired; or it is a name that is hidden no more.
            if (one.kind == "figure" and self._retired(one))
            or (one.shown in shown and any(one.shown in text for text in self._texts))
        }
        missing = {
            one.id: one for one in reversed(self._old) if one.id not in there and not one.call
        }
        return [*missing.values()][::-1]

    @property
    def _register(self) -> str:
        return self._site.archive.documents["figures"].path

    def _called(self, one: Mention) -> str:
        return f"指标 {one.id}{f'（{one.title}）' if one.title != one.id else ''}"

    def asked(self, keys: Mapping[Find, str], where: Mapping[Find, str]) -> list[str]:
        """What only a person can say, find by find; last, the option that confirms all that is proposed."""
        asked = {at: text for at in self._found if (text := self._question(at))}
        lines = [f"{where[self._finds[at]]} {text}" for at, text in asked.items()]
        lines += [
            f'{one.where} {self._called(one)}，原为 {one.shown}，原来的句子还在，里面的数没有认出：请写入以后在页面里写 {{{{ fig("{one.id}") }}}}，在 {self._register} 里记下数'
            for one in self._missing(keys)
            if one.kind == "figure" and one.place in self._sentences
        ]
        proposed = dict.fromkeys(
            found.old[0].id
            for at in asked
            if (found := self._found[at]).outcome == "reworded" and not found.old[0].call
        )
        if proposed:
            lines.append(f"改写的逐个看过、都是同一个的，加上 --same {','.join(proposed)}")
        return lines

    def _decided(self, at: int) -> Kept | None:
        found, said = self._found[at], self._earlier
        old = [one for one in found.old if one.id not in said.other]
        same = [one for one in old if found.outcome == "same" or one.id in said.same]
        if len(same) != 1 or found.outcome == "unit" or same[0].call or self._retired(same[0]):
            return None
        period = self._observed(self._finds[at], same[0])
        if at in self._restated:
            period = period.model_copy(update={"start": period.start and self._own.start, "end": self._own.end})  # fmt: skip
        return Kept(same[0].id, period, same[0].shown)

    def _retired(self, one: Mention) -> date | None:
        return None if one.kind == "name" else self._site.archive.indicators[one.id].retired

    def _question(self, at: int) -> str:
        """What is to be asked of a find; empty if it is clear what it is."""
        found, one = self._found.get(at, NEW), self._new[at]
        old = [it for it in found.old if it.id not in self._earlier.other]
        if at in self._kept or not old:
            return ""
        said = f"“{shorten(one.sentence)}”里的“{one.shown}”"
        what = "名称" if one.kind == "name" else "指标"
        first = old[0]
        if first.call and found.outcome == "same":
            return ""  # it is worked out
        if first.call:
            return f"{said}像是上一个报告里由 {first.call} 算出的（{first.where}）：请写入以后在页面里也这样写"
        is_new = f"不是的加 --other {first.id}"
        if retired := self._retired(first):
            return f"{said}是指标 {first.id}，已于 {retired} 停用：仍用的，请先在 {self._register} 里删去它的 retired，{is_new}"  # fmt: skip
        if found.outcome == "unit":
            return (
                f"{said}的单位须与指标 {first.id} 的一样，原为{first.unit}（{first.where}），现为{one.unit}："
                f"请把文件里的数换算成{first.unit}，另是一个指标的加 --other {first.id}"
            )
        if found.outcome == "several":
            names = "、".join(f"{it.id}（{it.where}）" for it in old)
            return (
                f"{said}像是{what} {names}，分不清是不是、是哪一处：请在文件里照原来的句子写，"
                f"或者写入以后在页面和登记里写明，都不是的加 --other {','.join(it.id for it in old)}"
            )
        return (
            f"{said}像是{what} {first.id}，原句“{shorten(first.sentence)}”（{first.where}）有改动："
            f"是同一个的加 --same {first.id}，{is_new}"
        )

    def _checked(self) -> None:
        """Raise RefusedError if a person speaks of what the report before does not show."""
        known = dict.fromkeys(one.id for one in self._old)
        for option, ids in (("--same", self._earlier.same), ("--other", self._earlier.other)):
            for id_ in ids:
                if id_ not in known:
                    raise RefusedError(
                        f"{option} 里的须是上一个报告用到的编号，没有 {id_}{suggestion(id_, known)}"
                    )
                if id_ in self._earlier.same and id_ in self._earlier.other:
                    raise RefusedError(
                        f"一个编号须只写在 --same、--other 之一里，{id_} 两边都有；请删去其中一处"
                    )

    def _observed(self, find: Find, old: Mention) -> Period:
        """The period that an indicator is observed for: as the text says it, unless a person said otherwise."""
        start, end = self._period.start, self._period.end
        if old.kind == "name":
            return self._whole()
        before = self._site.values[old.key].figure.period
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
            raise RefusedError(f"报告 {id_} 的说明须先改好；请运行 archive check")
        raise RefusedError(f"--after 须是已有的报告，没有 {id_}{suggestion(id_, known)}")
    own = known[id_].period
    if own.end is None or (period.end and own.end > period.end):
        raise RefusedError(
            f"--after 的报告须不晚于要写的这一个，{id_} 到 {own.end or '（未填）'}，这一个到 {period.end}；请改正 --after 或者 --period"
        )
