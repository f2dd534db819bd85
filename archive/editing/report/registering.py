"""Figures of a report that is brought, entered in the register: each is of one there is, or of a new one."""

import re
from collections.abc import Collection, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from typing import Any

from pydantic import ValidationError

from archive.editing.report.changing import WorkedOut, worked_out
from archive.editing.report.columns import (
    CONFIRMED,
    HEADINGS,
    NUMBER,
    Columns,
    Entered,
    Proposal,
    Terms,
    UnfitError,
    Wrong,
    counts,
    fitted,
    free,
)
from archive.editing.report.entries import Entries
from archive.editing.report.finding import Find
from archive.editing.report.following import Kept
from archive.editing.report.mentions import Mention
from archive.editing.report.recording import Changed
from archive.facts.brought import letters
from archive.facts.figures import (
    FigureState,
    Value,
    count_records,
    is_complete,
    rounded,
    select,
)
from archive.facts.observations import indicator_of
from archive.facts.places import keys_of_call
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.validation import suggestion
from archive.files.writing import shortest
from archive.schema.collections import FIGURE_ID
from archive.schema.conversion import converted, is_convertible
from archive.schema.numerals import says
from archive.schema.periods import period_name
from archive.schema.register import MARK, Figure, Period

_NO_ID = re.compile(r"[^a-z0-9\u4e00-\u9fff]+")
_NO_NAME = re.compile(r"^\W+|[*\s]+")
"""What no name of an indicator begins with, or holds."""


@dataclass(slots=True)
class _Walk:
    """The indicators of one name, unit and period that have a value, each another: `next` is the number to ask for."""

    next: int = 1
    first: Value | None = None
    values: dict[tuple[str, Decimal | None], Value] = field(default_factory=dict)
    """How it is approximated, and the exact value, None for whichever → the first that is so."""

    def take(self, values: Sequence[Value]) -> None:
        """Take the values of one more indicator."""
        self.first = self.first or values[0]
        for one in values:
            for exact in (one.exact, None):
                self.values.setdefault((one.figure.approximation or "", exact), one)


class Register:
    """Gives each figure its indicator. What is entered stays in `added`, key → entry."""

    def __init__(
        self,
        site: Site,
        terms: Terms,
        texts: Sequence[str],
        finds: Iterable[Find],
        anew: Collection[str] = (),
        judged: Container[str] = (),
    ) -> None:
        """Begin with the register as it is, but for the indicators that are entered `anew`.

        `finds` are all that are found in the texts. No figure is of an indicator that is `judged` by its
        name alone.
        """
        self.added: dict[str, dict[str, Any]] = {}
        self.told: dict[str, str] = {}
        """Key → what is told of it."""
        self.changed: list[Changed] = []
        """What is recorded otherwise."""
        self.used: dict[str, None] = {}
        """The keys of what the report shows, in order."""
        self._site, self._terms, self._texts, self._judged = site, terms, texts, judged
        self._entries = Entries(terms, texts, finds)
        self._indicators: dict[str, Figure] = {
            id_: one for id_, one in site.archive.indicators.items() if id_ not in anew
        }
        self._known = {(one.name, one.unit): id_ for id_, one in self._indicators.items()}
        self._named = {one.name: id_ for id_, one in self._indicators.items()}
        self._values: dict[str, Value] = {}
        self._walks: dict[Hashable, _Walk] = {}
        """Name, unit and period → what was found of it: a report may have one name a thousand times."""
        self._taken = {*self._indicators}
        self._counts = counts(site)
        self._on_pages = {
            key
            for page in site.archive.pages_of(terms.report)
            for call in page.calls
            for key in keys_of_call(site.archive, terms.report, call)
        }
        """What the report shows already."""
        self._observations: dict[str, list[str]] = {}
        """Indicator → the keys of its observations."""
        for key in site.archive.figures:
            if indicator_of(key) in self._indicators:
                self._taken.add(key)
                self._observations.setdefault(indicator_of(key), []).append(key)

    def propose(self, find: Find) -> Proposal:
        """Return what is proposed for a figure that nobody has confirmed."""
        start, end = find.period or (self._terms.period.start, self._terms.period.end)
        blank = Columns("", find.name, find.unit, start, end, self._terms.source or "", self._terms.office or "")  # fmt: skip
        if find.kind != "figure":
            reason = "比例、范围须由人写成指标或者固定用语"
            return Proposal(blank, "比例、范围不能登记为一个数", reason, refused=True)
        if not find.unit:
            return Proposal(blank, "单位", "须有计量单位", refused=True)
        asked_name = _NO_NAME.sub("", find.name) or self._entries.blanked(find)
        falls = find.value is not None and find.value < 0
        name = _falling(asked_name) if falls else asked_name
        columns, shown = replace(blank, name=name), self._shown(find)
        walked = self._walks.setdefault((name, find.unit, find.period), _Walk())
        same = walked.values.get((find.approximation, _exact(find)))
        if same:
            return Proposal(self.columns_of(same))
        for called in _numbered_names(name, walked.next):  # two numbers of one name
            known = self._known.get((called, find.unit), "") or self._named.get(called, "")
            if not known:
                break
            if known in self._judged or self._indicators[known].unit != find.unit:
                walked.next += 1
                continue  # it is known to be another
            there = self._observed(known, _period_of(find, self._terms, self._indicators[known]))
            same = next((one for one in there if self._is(one, find, _exact(find))), None)
            if same:
                return Proposal(self.columns_of(same))
            if not there or self._indicators[known].counted:
                break  # which may be another by the next time
            walked.next += 1
            walked.take(there)
        first = walked.first
        if first and first.id not in self.added:
            # What is recorded is never changed in silence, nor recorded twice.
            asked = (
                f"指标 {first.id} 同一时期已记 {first.shown}{first.figure.unit}，文件里是“{shown}”："
                "须由人定是修订还是更正，或者另立指标"
            )
            return Proposal(replace(columns, id=first.indicator), "同一时期已记别的数：修订、更正，或者另立指标", asked, refused=True)  # fmt: skip
        asked = missing = ""
        if called != name:
            other = f"前面的 {first.number}{first.unit}" if first else f"指标 {name} "
            asked = f"“{shown}”与{other}同名，须由人定名称，暂作“{called}”"
            missing = "名称（与别的同名）"
        columns = replace(columns, name=called)
        if known:
            indicator = self._indicators[known]
            columns = replace(columns, id=known, source=indicator.source or "", office=indicator.office or "", counted=self._rule_of(indicator))  # fmt: skip
            return Proposal(columns, missing, asked)
        id_ = self._free(called)
        if not find.name:
            missing, asked = "名称", asked or f"指标 {id_} 的名称须由人定，暂作“{called}”"
        return Proposal(replace(columns, id=id_), missing, asked)

    def columns_of(self, value: Value) -> Columns:
        """Return what the register says of a figure."""
        return self._columns(value.indicator, value.figure, value.figure.period)

    def columns_for(self, kept: Kept) -> Columns:
        """Return what the register says of an indicator for a period."""
        return self._columns(kept.id, self._indicators[kept.id], kept.period)

    def _columns(self, id_: str, one: Figure, period: Period) -> Columns:
        return Columns(
            id_, one.name, one.unit, period.start, period.end,
            one.source or "", one.office or "", self._rule_of(one),
        )  # fmt: skip

    def knows(self, id_: str) -> bool:
        """Return whether there is an indicator of that id, or was entered."""
        return id_ in self._indicators

    def keep(self, find: Find, kept: Kept) -> Entered:
        """Enter a figure of which the indicator is known; raises UnfitError if the register cannot hold it.

        What is recorded otherwise is among the `changed`.
        """
        indicator = self._indicators[kept.id]
        find = _in_unit(find, indicator.unit)
        value = _exact(find)
        shown = self._shown(find)
        if value is not None and letters(shown).startswith(("-", "−", "－")):
            value = -value
        if indicator.counted:
            return self._counted(find, kept.id, kept.period, value)
        there = next(iter(self._observed(kept.id, kept.period)), None)
        if there is None:
            return self._observation_of(find, kept.id, kept.period, value)
        if self._is(there, find, value):
            return self._written(find, there)
        said = f"指标 {there.id} 已记 {there.shown}{there.figure.unit}，文件里是“{shown}”"
        if there.id in self.added or there.id in self.used:
            raise UnfitError((NUMBER, f"{said}：一个报告里须前后一致，请改文件"))
        if value is None or there.exact is None or there.figure.approximation:
            path = self._site.archive.documents["figures"].path
            raise UnfitError((NUMBER, f"{said}：请先在 {path} 里改好这一段，再导入"))
        figure = there.figure.model_copy(update={"value": value})
        now = replace(there, figure=figure, exact=value)
        made = self._written(find, now)
        self._values[there.id] = now
        self._walks.clear()
        self.changed.append(Changed(find, there, value, shown))
        return made

    def change(self, find: Find, old: Mention) -> WorkedOut:
        """Return what stands for a change that the report before had worked out by a call."""
        own = (key for key in self.used if indicator_of(key) == old.id)
        key = next((key for key in own if self._is_own(self._value(key).figure.period)), "")
        values = self._site.values | self._values
        return worked_out(find, self._texts[find.text], old.call, values, key)

    def _is_own(self, period: Period) -> bool:
        """Whether a period is that of the report."""
        own = self._terms.period
        return period.end == own.end and (period.kind == "时点" or period.start == own.start)

    def enter(self, find: Find, columns: Columns, merged: bool = False) -> Entered:
        """Enter a figure as the columns say; raises UnfitError if the register cannot hold it.

        `merged`: it is of an indicator that there is, whatever the columns say of that.
        """
        if find.kind != "figure":
            raise UnfitError(
                (CONFIRMED, "比例、范围不能登记为一个指标；请填“不是指标”或者“以后再定”")
            )
        indicator = self._indicators.get(columns.id)
        if indicator is None and merged:
            known = suggestion(columns.id, self._indicators)
            found = f"没有 {columns.id}{known}" if columns.id else "现为空；请填它的编号"
            raise UnfitError((HEADINGS["id"], f"并入的须是已有的指标，{found}"))
        faults: list[Wrong] = []
        if indicator is None:
            faults += self._of_a_new(columns)
        elif not merged:
            faults += self._of_another(columns, indicator)
        unit = indicator.unit if indicator and merged else columns.unit
        period = None
        try:
            find = fitted(self._texts[find.text], find, unit) if unit else find
        except UnfitError as error:
            faults += error.faults
        try:
            period = self._period(columns)
        except UnfitError as error:
            faults += error.faults
        if faults or period is None:
            raise UnfitError(*faults)
        if indicator is None:
            return self._new(find, columns, period)
        return self._observed_or_new(find, columns.id, indicator, period)

    def _of_a_new(self, columns: Columns) -> Iterator[Wrong]:
        """Yield what the columns lack for an indicator, or what none may have."""
        for name in ("name", "unit"):
            if not getattr(columns, name):
                yield HEADINGS[name], "须填写，现为空；请填写"
        if columns.id and (MARK in columns.id or not FIGURE_ID.fullmatch(columns.id)):
            yield (
                HEADINGS["id"],
                f"须由小写字母、数字、下划线、汉字组成，以字母或者汉字开头，现为 {shorten(columns.id)}；请改正，或者清空，由名称得出",
            )
        if columns.counted and columns.counted not in self._counts:
            yield HEADINGS["counted"], f"须是工作表“可选”里的一种，没有 {shorten(columns.counted)}；请从下拉中选"  # fmt: skip
        if columns.name in self._named:
            other = self._named[columns.name]
            yield (
                HEADINGS["name"],
                f"名称须唯一，“{columns.name}”已是指标 {other} 的；请改名，是同一指标的，确认填“并入”，编号填 {other}",
            )

    def _of_another(self, columns: Columns, indicator: Figure) -> Iterator[Wrong]:
        """Yield what the columns say of an indicator that it is not."""
        there = {
            "name": indicator.name, "unit": indicator.unit, "source": indicator.source or "",
            "office": indicator.office or "", "counted": self._rule_of(indicator),
        }  # fmt: skip
        other = {name: due for name, due in there.items() if getattr(columns, name) != due}
        if other and columns.id in self.added:
            named = "、".join(f"{HEADINGS[name]}“{due}”" for name, due in other.items())
            yield (
                HEADINGS["id"],
                f"编号须一个指标一个，{columns.id} 在这份表里已用于{named}的；请换一个编号，是同一指标的，把{'、'.join(map(HEADINGS.__getitem__, other))}改成相同",
            )
            return
        for name, due in other.items():
            label, found = HEADINGS[name], getattr(columns, name)
            yield (
                label,
                f"指标 {columns.id} 的{label}已是“{due}”，须相同，现为“{shorten(found)}”；请改成相同，另立指标的请换一个编号",
            )

    def _period(self, columns: Columns) -> Period:
        """The reference period; without a first day it is a reference date."""
        start, end, due = columns.start, columns.end, self._terms.period
        assert due.start
        assert due.end
        if end is None:
            raise UnfitError((HEADINGS["end"], "须填写，现为空；请填时期的最后一天，时点的那一天"))
        if start is None:
            if not due.start <= end <= due.end:
                raise UnfitError(
                    (HEADINGS["end"], f"时点须在报告期间之内，现为 {end}；请填起始日，或者改正")
                )
            return Period(kind="时点", start=None, end=end)
        if start > end:
            raise UnfitError(
                (HEADINGS["start"], f"起始日须不晚于截止日 {end}，现为 {start}；请改正")
            )
        period = Period(kind="时期", start=start, end=end)
        if (start, end) != (due.start, due.end) and not period_name(period):
            raise UnfitError(
                (
                    HEADINGS["start"],
                    f"起止日须是报告期间，或者整年、半年、季、月、一天，现为 {start} 至 {end}；请改正",
                )
            )
        return period

    def _new(self, find: Find, columns: Columns, period: Period) -> Entered:
        """Enter a figure of an indicator that there was not."""
        key = columns.id or self._free(columns.name)
        value, counted = _exact(find), self._counts.get(columns.counted)
        entry = self._entries.of_indicator(find, columns, period, value, counted)
        try:
            figure = Figure.model_validate(entry)
        except (
            ValidationError
        ) as error:  # words that the register does not take, such as 无 for a unit
            label = HEADINGS.get(str(error.errors()[0]["loc"][0]), HEADINGS["unit"])
            raise UnfitError((label, "须是登记能用的写法，不是“无”“待定”一类；请改写")) from error
        exact = value
        if counted and value is not None:
            exact = count_records(counted, select(counted, period, self._site.archive.records.get(counted.collection, [])))  # fmt: skip
            if exact != value:
                raise UnfitError(
                    (
                        HEADINGS["counted"],
                        f"台账计得 {exact}，须与原文的 {value} 相同；请先补全台账，或者这一栏空着",
                    )
                )
        state = FigureState.UNFILLED if exact is None else FigureState.PRELIMINARY
        made = self._written(find, Value(key, figure, exact, exact, None, state))
        self.added[key] = entry
        self._taken.add(key)
        self._indicators[key] = figure
        self._named[columns.name] = key
        self._known.setdefault((columns.name, columns.unit), key)
        self._remember(made, Value(key, figure, exact, exact, None, state))
        self.told[key] = f"指标 {key}：{columns.name}，{made.text}"
        return made

    def _observed_or_new(self, find: Find, id_: str, indicator: Figure, period: Period) -> Entered:
        """Return a figure of an indicator that there is, entered if there is none of its period."""
        if indicator.period.kind == "时点":
            period = Period(kind="时点", start=None, end=period.end)
        value = _exact(find)
        if indicator.counted:
            return self._counted(find, id_, period, value)
        there = self._observed(id_, period)
        same = next((one for one in there if self._is(one, find, value)), None)
        if same:
            return self._written(find, same)
        if there:
            raise UnfitError(
                (
                    NUMBER,
                    f"指标 {id_} 同一时期已记 {there[0].shown}{there[0].figure.unit}，须相同，文件里是“{self._shown(find)}”；"
                    "请换一个编号，另立指标，改过的数请先修订或者更正",
                )
            )
        return self._observation_of(find, id_, period, value)

    def _observation_of(
        self, find: Find, id_: str, period: Period, value: Decimal | None
    ) -> Entered:
        """Enter an indicator's figure for one more period."""
        indicator = self._indicators[id_]
        if value is not None and value != rounded(value, indicator.decimals):
            path = self._site.archive.documents["figures"].path
            raise UnfitError((NUMBER, f"“{self._shown(find)}”的小数位数须不多于指标 {id_} 的修约位数 {indicator.decimals}：请先在 {path} 里改 {id_} 的 decimals，再导入"))  # fmt: skip
        key = f"{id_}{MARK}{self._period_called(period)}"
        if key in self.added or key in self._site.archive.register.observations:
            key = free(key, self._taken)
        changed = {"approximation": find.approximation or None, "value": value, "period": period}
        figure = indicator.model_copy(update=changed | {"revisions": ()})
        state = FigureState.UNFILLED if value is None else FigureState.PRELIMINARY
        made = self._written(find, Value(key, figure, value, value, None, state))
        self.added[key] = self._entries.of_period(find, key, period, value)
        self._taken.add(key)
        self._remember(made, Value(key, figure, value, value, None, state))
        self.told[key] = f"指标 {key}：{indicator.name}，{made.text}"
        return made

    def _period_called(self, period: Period) -> str:
        """What a period is called in the key of an observation."""
        own = self._terms.period
        if period.kind == "时点":
            assert period.end
            whole = period_name(own) if period.end == own.end else ""
            return whole or period.end.isoformat()
        # What begins with a year is read as a period.
        report = self._terms.report
        return period_name(period) or (f"报告{report}" if report[:4].isdecimal() else report)

    def _counted(self, find: Find, id_: str, period: Period, value: Decimal | None) -> Entered:
        """Return what is counted from a ledger; raises UnfitError if that is not what the file says."""
        figure = self._indicators[id_].model_copy(update={"period": period})
        keys = self._observations.get(id_, ())
        now = next((one for one in map(self._value, keys) if one.figure.period == period), None)
        own = (self._terms.period.start, self._terms.period.end)
        if now is None and figure.counted and (period.start or own[0], period.end) == own:
            records = self._site.archive.records.get(figure.counted.collection, [])
            found = count_records(figure.counted, select(figure.counted, period, records))
            key = f"{id_}{MARK}{period_name(self._terms.period) or self._terms.report}"
            exact = found if is_complete(figure) else None
            now = Value(key, figure, exact, found, None, FigureState.PRELIMINARY)
            self._values[key] = now
        exact = now.exact if now else None
        if now and value in (None, exact if exact is None else rounded(exact, figure.decimals)):
            return self._written(find, now)
        count = now.provisional_count if now else None
        told = "没有这个时期的" if count is None else f"计得 {shortest(count)}{figure.unit}"
        raise UnfitError((NUMBER, f"指标 {id_} 由台账计数，{told}，文件里是“{self._shown(find)}”：请核对台账，把它收齐、写明资料齐全至哪一天，或者改文件"))  # fmt: skip

    def _remember(self, made: Entered, value: Value) -> None:
        self._values[made.key] = value
        self._observations.setdefault(indicator_of(made.key), []).append(made.key)

    def _written(self, find: Find, value: Value) -> Entered:
        """The macro that shows a figure just as it is written; raises UnfitError if none does."""
        text, figure = self._shown(find), value.figure
        written = ""
        exact = value.exact
        # What the file masks may be known since it was brought.
        unmasked = not find.number.strip("*") and value.id in self._on_pages
        if letters(f"{value.number}{value.unit}") != letters(text) and not unmasked:
            if exact is None or figure.approximation or not says(letters(text), exact, figure.unit):
                raise UnfitError((HEADINGS["unit"], f"写法须是登记能照样印出的，原文“{text}”不能；请核对单位，或者填“不是指标”"))  # fmt: skip
            written = text
        options = f', written="{written}"' if written else ""
        id_, _, period = value.id.partition(MARK)
        period = period or period_name(figure.period)
        if period and not self._is_own(figure.period):
            options = f', period="{period}"{options}'
        self.used[value.id] = None
        return Entered(find, f'{{{{ fig("{id_}"{options}) }}}}', value.id, text)

    def _observed(self, id_: str, period: Period) -> list[Value]:
        """The figures of an indicator for a period; what the archive only waits for is none."""
        held = self._site.archive.register.observations
        there = [
            self._value(key)
            for key in self._observations.get(id_, ())
            if key in self.added or key in held or MARK not in key
        ]
        span = (period.start, period.end)
        return [one for one in there if (one.figure.period.start, one.figure.period.end) == span]

    def _is(self, value: Value, find: Find, exact: Decimal | None) -> bool:
        """Whether a figure is what a report says, as far as that says it exactly."""
        approximated = (value.figure.approximation or "") == find.approximation
        return approximated and exact in (None, value.exact)

    def _value(self, key: str) -> Value:
        return self._values.get(key) or self._values.setdefault(key, self._site.values[key])

    def _shown(self, find: Find) -> str:
        return self._texts[find.text][find.start : find.end]

    def _rule_of(self, figure: Figure) -> str:
        """What a figure is counted by, as people call it; empty if it is entered."""
        if figure.counted is None:
            return ""
        return next(
            (one for one, rule in self._counts.items() if rule == figure.counted), "按登记里的规则"
        )

    def _free(self, name: str) -> str:
        """An id for an indicator of that name."""
        return free(_NO_ID.sub("_", name.lower()).strip("_") or "指标", self._taken)


def _in_unit(find: Find, unit: str) -> Find:
    """A figure in another unit of its measure; as it is if that is not possible, or not needed."""
    if find.value is None or find.approximation or not is_convertible(find.unit, unit):
        return find
    value = converted(find.value, find.unit, unit)
    return find if value is None else replace(find, unit=unit, value=Decimal(shortest(value)))


def _exact(find: Find) -> Decimal | None:
    """The value of a figure; of an approximation the exact one is not known."""
    return None if find.value is None or find.approximation else abs(find.value)


def _period_of(find: Find, terms: Terms, indicator: Figure) -> Period:
    """The period that a figure is of, as its indicator has it."""
    start, end = find.period or (terms.period.start, terms.period.end)
    at = indicator.period.kind
    return Period(kind=at, start=None if at == "时点" else start, end=end)


def _numbered_names(name: str, first: int) -> Iterator[str]:
    """A name with each number behind it from `first` on; with 1 it is the name alone."""
    return (name if at == 1 else f"{name}（{at}）" for at in count(first))


def _falling(name: str) -> str:
    """The name of what falls: the register holds by how much."""
    for rising in ("增长率", "变动", "增量"):
        name = name.removesuffix(rising)
    return f"{name}降幅"
