"""What is written when a report is brought: pages, register, names, the report itself and its navigation."""

import os
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from pydantic import ValidationError

from archive.checks.number_dress import typed_numbers
from archive.editing.report import telling
from archive.editing.report.brought import Brought, RefusedError
from archive.editing.report.changing import WorkedOut, shown_of, worked_out
from archive.editing.report.finding import Find, find
from archive.editing.report.following import Earlier, Following, Kept, may_follow
from archive.editing.report.mentions import Mention
from archive.editing.report.pages import PREFACE, Part, escaped, pages, texts_of
from archive.editing.report.recording import Changed, recorded, refused, told_changes
from archive.editing.report.regulations import with_regulations
from archive.facts.brought import letters, page_digest, page_letters
from archive.facts.figures import (
    FigureState,
    Value,
    count_records,
    is_complete,
    rounded,
    select,
)
from archive.facts.gather import REPORT_PAGES, REPORTS
from archive.facts.observations import indicator_of, period_of
from archive.facts.project import DOCS
from archive.facts.reported import DRAFTED
from archive.facts.site import Site
from archive.files.content import SETTINGS
from archive.files.excerpts import shorten
from archive.files.pages import read_page
from archive.files.spans import Call
from archive.files.writing import block, scalar, shortest
from archive.schema.numerals import says
from archive.schema.periods import named_span, period_name
from archive.schema.register import MARK, Figure, Period
from archive.schema.types import Span, is_placeholder

_UNKNOWN_MASK = "***"
_NO_ID = re.compile(r"[^a-z0-9\u4e00-\u9fff]+")
_NO_NAME = re.compile(r"^\W+|[*\s]+")
"""What no name of an indicator begins with, or holds."""
_NO_TITLE = re.compile(r'[<>"*{}&\n]+')
_INDEX = re.compile(rf"^(?P<pad> *)- (?:(?P<title>[^:\n]+): )?{REPORT_PAGES}index\.md[ \t]*\n", re.MULTILINE)  # fmt: skip
_TITLE_AT_MOST = 60
_FRONT = 4
"""The lines before a page's Markdown."""
COMPARED = "compared"
"""The page of a report beside the one before."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person says of the report that is brought."""

    report: str
    kind: str
    period: Span
    day: date
    """The day on which its figures are entered."""
    title: str = ""
    source: str | None = None
    office: str | None = None
    by: str | None = None
    disclosure: str = "内部"
    replace: bool = False
    earlier: Earlier | None = None
    """The report that it follows."""


@dataclass(slots=True)
class Plan:
    """What is to be written: path from the root → content, None for a file that goes; and what is told."""

    drafts: dict[str, bytes | None] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """What only a person can know."""


def plan(site: Site, brought: Brought, terms: Terms) -> Plan:
    """Return what bringing a report writes; raises RefusedError where it cannot be written letter for letter."""
    made = Plan()
    _may_be_written(site, terms)
    if terms.earlier:
        may_follow(site, terms.report, terms.earlier.report, terms.period)
    title = brought.title or terms.title
    span = terms.period
    assert span.start
    assert span.end
    texts = texts_of(brought)
    finds = find(texts, span.start, span.end)
    following = (
        Following(site, terms.report, terms.earlier, span, brought, texts, finds)
        if terms.earlier
        else None
    )
    judged = following.judged if following else frozenset()
    register, names = (
        _Register(site, terms, texts, finds, judged),
        _Names(site, terms, texts, judged),
    )
    macros: list[tuple[Find, str]] = []
    shown: dict[str, str] = {}
    for at, one in enumerate(finds):
        text = texts[one.text][one.start : one.end]
        kept = following.kept(at) if following else None
        if following and (following.is_asked(at) or following.change(at)):
            continue
        asked = len(register.asked)
        macro = names.macro(one, kept) if one.kind == "name" else register.macro(one, text, kept)
        if macro:
            macros.append((one, macro))
            shown[macro] = text
        elif len(register.asked) == asked:
            made.asked.append(
                f"“{shorten(_around(texts, one))}”里的“{text}”没有登记：{_reason(one)}"
            )
    if following:
        for at, one in enumerate(finds):
            if old := following.change(at):
                done = register.change(one, old)
                if done.macro:
                    macros.append((done.find, done.macro))
                    shown[done.macro] = texts[one.text][done.find.start : done.find.end]
                else:
                    made.asked.append(f"“{shorten(_around(texts, one))}”里的数{done.asked}：请核对")
    made.asked += _typed(site, texts, finds)
    linked = with_regulations(site, brought)
    parts, pictures = pages(linked, title or "总述", macros, terms.report)
    where = _where(parts, texts, finds, terms.report)
    if register.changed and not (terms.earlier and terms.earlier.decision):
        raise refused(register.changed, where)
    digests = {}
    for part in parts:
        path = f"{REPORT_PAGES}{terms.report}/{part.name}.md"
        raw = _page(part)
        digests[path] = _as_brought(site, path, raw, part, shown)
        made.drafts[f"{DOCS}/{path}"] = raw
    for gone in {*_paths(site, terms.report)} - {*digests}:
        made.drafts[f"{DOCS}/{gone}"] = None
    whole = f"{REPORT_PAGES}{terms.report}/full.md"
    report_title = _NO_TITLE.sub("", title or f"{terms.report}{terms.kind}")
    made.drafts[f"{DOCS}/{whole}"] = _whole(
        report_title, terms.report, headed=parts[:1] == [] or parts[0].name != PREFACE
    )
    for name, content in pictures.items():
        made.drafts[f"{DOCS}/files/{name}"] = content
    data = site.archive.project.name(site.archive.project.data)
    made.drafts[f"{data}/{REPORTS}/{terms.report}.yml"] = _report(report_title, terms, digests)
    if register.changed and terms.earlier and terms.earlier.decision:
        path = site.archive.documents["figures"].path
        made.drafts[path] = recorded(site, register.changed, terms.earlier.decision, terms.by)
    if register.added:
        path = site.archive.documents["figures"].path
        held = made.drafts.get(path) or (site.archive.project.root / path).read_bytes()
        made.drafts[path] = _appended(held, register.added)
    if names.added:
        path = site.archive.documents["unit"].path
        made.drafts[path] = _with_names(site, path, names.added)
    listed = [*digests, whole]
    beside = f"{REPORT_PAGES}{terms.report}/{COMPARED}.md"
    if terms.earlier:
        made.drafts[f"{DOCS}/{beside}"] = _compared(terms.earlier.report, terms.report)
    if terms.earlier or beside in site.archive.pages:
        listed.append(beside)
    made.drafts[SETTINGS] = _navigation(site, report_title, terms.report, listed)
    _overwrites_nothing(site, terms.report, made.drafts)
    told = [*register.told, *names.told]
    if following:
        told = telling.told(following, register.keys | names.keys, where)
        told += told_changes(site, register.changed, where)
        made.asked += telling.asked(following, register.keys | names.keys, where)
    made.told = [
        *(f"{path}：{part.title}" for path, part in zip(digests, parts, strict=True)),
        *told,
        *(f"{what} {number} 处" for what, number in brought.left_out.items()),
    ]
    made.asked = [*register.asked, *names.asked, *made.asked]
    return made


def _where(
    parts: Sequence[Part], texts: Sequence[str], finds: Sequence[Find], report: str
) -> dict[Find, str]:
    """The file and line of each find, as it will be written."""
    lines = {
        text: (f"{DOCS}/{REPORT_PAGES}{report}/{part.name}.md", line + _FRONT)
        for part in parts
        for text, line in part.lines.items()
    }
    found = {}
    for one in finds:
        path, line = lines.get(one.text, ("", 0))
        breaks = texts[one.text][: one.start].count("\n")
        found[one] = f"{path}:{line + breaks}"
    return found


def _typed(site: Site, texts: Sequence[str], finds: Sequence[Find]) -> Iterator[str]:
    """What is to be asked of numbers that the number rule finds where nothing was found, such as targets."""
    phrases = [one.text for one in site.archive.phrases]
    spans: dict[int, list[Find]] = {}
    for one in finds:
        spans.setdefault(one.text, []).append(one)
    for at, text in enumerate(texts):
        there = spans.get(at, ())
        for typed in typed_numbers(text, phrases):
            if not any(one.start < typed.end and typed.start < one.end for one in there):
                around = shorten(text[max(0, typed.start - 12) : typed.end + 6])
                yield f"“{around}”里的“{typed.text}”没有登记：须由人定是指标还是固定用语"


def _paths(site: Site, report: str) -> tuple[str, ...]:
    """The pages of a report that there is already."""
    there = site.archive.reports.get(report)
    return tuple(path for path in there.paths if path in site.archive.pages) if there else ()


def _may_be_written(site: Site, terms: Terms) -> None:
    there = site.archive.reports.get(terms.report)
    if there is None and terms.report in site.archive.record_ids(REPORTS):
        raise RefusedError(f"报告 {terms.report} 的说明须先改好；请运行 archive check")
    if there and not terms.replace:
        raise RefusedError(
            f"报告的编号须是新的，已有 {terms.report}；请换一个 --report，要用这个文件重写它的，加 --replace"
        )
    if there and there.state != DRAFTED:
        raise RefusedError(
            f"重写的须是起草中的报告，{terms.report} 现为{there.state}；请换一个 --report"
        )


def _overwrites_nothing(site: Site, report: str, drafts: Mapping[str, bytes | None]) -> None:
    """Refuse to write over a file that is neither a list to be continued nor the report's own."""
    archive = site.archive
    pages = [archive.pages[path] for path in _paths(site, report)]
    beside = (f"{REPORT_PAGES}{report}/{name}.md" for name in ("full", COMPARED))
    own = {*beside, *(page.path for page in pages)} if pages else set()
    own = {f"{DOCS}/{path}" for path in own.union(*(page.leads_to for page in pages))}
    own |= {SETTINGS, *(archive.documents[name].path for name in ("figures", "unit"))}
    if report in archive.reports:
        own.add(f"{archive.project.name(archive.project.data)}/{REPORTS}/{report}.yml")
    for path in drafts:
        if path not in own and os.path.lexists(archive.project.root / path):
            raise RefusedError(
                f"要写的须是还没有的文件，已有 {path}，不是报告 {report} 的；请改它的名称，或者换一个 --report"
            )


class _Register:
    """Gives each figure its indicator: one there is, by name and unit, or a new one."""

    def __init__(
        self,
        site: Site,
        terms: Terms,
        texts: Sequence[str],
        finds: Sequence[Find],
        judged: Container[str] = (),
    ) -> None:
        self.added: dict[str, dict[str, Any]] = {}
        self.told: list[str] = []
        self.asked: list[str] = []
        self._site, self._terms, self._texts, self._judged = site, terms, texts, judged
        self._finds: dict[int, list[Find]] = {}
        for one in finds:
            self._finds.setdefault(one.text, []).append(one)
        self._known = {(one.name, one.unit): id_ for id_, one in site.archive.indicators.items()}
        self._names = {one.name for one in site.archive.indicators.values()}
        self._values: dict[str, Value] = {}
        self._taken = {*site.archive.figures, *site.archive.indicators}
        self._observations: dict[str, list[str]] = {}
        """Indicator → the keys of its observations."""
        for key in site.archive.figures:
            self._observations.setdefault(indicator_of(key), []).append(key)
        self.keys: dict[Find, str] = {}
        """Find → the key of the observation that stands for it."""
        self.changed: list[Changed] = []
        """What is recorded otherwise."""

    def macro(self, find: Find, text: str, kept: Kept | None = None) -> str:
        """The call that stands for a figure, empty if the register cannot hold it.

        `kept` is what it is if that is known, else it is what has its name, or new.
        """
        if find.kind != "figure" or not find.unit:
            return ""
        asked_name = _NO_NAME.sub("", find.name) or self._blanked(find)
        # Of an approximation the exact value is not known.
        value = None if find.value is None or find.approximation else abs(find.value)
        name = _falling(asked_name) if find.value is not None and find.value < 0 else asked_name
        asked = len(self.asked)
        if kept and value is not None and letters(text).startswith(("-", "−", "－")):
            value = -value
        key, told = self._known_key(find, value, kept) if kept else self._key(find, name, value)
        if not key:
            return ""
        shown = f"{self._values[key].number}{self._values[key].unit}"
        written = ""
        if letters(shown) != letters(text):
            figure = self._values[key].figure
            if value is None or figure.approximation or not says(letters(text), value, find.unit):
                return self._without(key)
            written = text
        if not find.name and key in self.added and MARK not in key and len(self.asked) == asked:
            self.asked.append(f"指标 {key} 的名称须由人定，暂作“{name}”")
        if told:
            self.told.append(told)
        self.keys[find] = key
        options = f', written="{written}"' if written else ""
        id_, _, period = key.partition(MARK)
        held = self._values[key].figure.period
        period = period or period_name(held)
        if period and not self._is_own(held):
            options = f', period="{period}"{options}'
        return f'{{{{ fig("{id_}"{options}) }}}}'

    def change(self, find: Find, old: Mention) -> WorkedOut:
        """What stands for a change that the report before had worked out by a call."""
        own = [key for key, one in self._values.items() if self._is_own(one.figure.period)]
        key = shown_of(self.keys, old.id, own)
        return worked_out(
            find, self._texts[find.text], old.call, self._site.values | self._values, key
        )

    def _is_own(self, period: Period) -> bool:
        """Whether a period is that of the report."""
        own = self._terms.period
        return period.end == own.end and (period.kind == "时点" or period.start == own.start)

    def _without(self, key: str) -> str:
        if key in self.added:
            del self.added[key], self._values[key]
            self._observations[indicator_of(key)].remove(key)
            self._taken.remove(key)
            self._names -= {name for (name, _), id_ in self._known.items() if id_ == key}
            self._known = {name: id_ for name, id_ in self._known.items() if id_ != key}
        return ""

    def _blanked(self, find: Find) -> str:
        """What the sentence says up to a figure whose name is not sure, in brackets."""
        before = self._without_numbers(find.text, find.sentence[0], find.start)
        clause = re.split(r"[，,；;：:。、]", before)[-1].strip()
        return f"未定名（{shorten(clause, 20)}…{find.unit}）"

    def _without_numbers(self, text: int, start: int, end: int) -> str:
        """What a text says from `start` to `end`, without its numbers and masks.

        What is said of an indicator is public, also where its number is not.
        """
        cuts = [(one.start, one.end, one.unit) for one in self._finds.get(text, ())]
        said = self._texts[text][start:end]
        for typed in typed_numbers(said, ()):
            cuts.append((start + typed.start, start + typed.end, ""))
        pieces, at = [], start
        for first, last, unit in sorted(cuts, key=lambda cut: (cut[0], -len(cut[2]))):
            if first >= at and last <= end:
                pieces += [self._texts[text][at:first], f"…{unit}"]
                at = last
        return "".join([*pieces, self._texts[text][at:end]]).replace("*", "…")

    def _key(self, find: Find, name: str, value: Decimal | None) -> tuple[str, str]:
        """The key of the observation for a figure, entered if it is not there; what is told of it."""
        shown = self._texts[find.text][find.start : find.end]
        first: Value | None = None
        """What else has its name."""
        for candidate in _numbered_names(name):
            known = self._known.get((candidate, find.unit), "")
            if not known and candidate not in self._names:
                break
            if not known or known in self._judged:
                continue  # it has another unit, or is known to be another
            period = self._period(find, self._indicator(known))
            if self._indicator(known).counted:
                return self._counted(known, find, period, value)
            there = self._observed(known, period)
            for one in there:
                if _says(one, find, value):
                    return one.id, ""
            if not there and first and first.id not in self.added:
                break
            if not there:
                if first:
                    self._ask_name(shown, name, candidate, first)
                return self._new_observation(known, find, period, value)
            first = first or there[0]
        if first and first.id not in self.added:
            # What is recorded is never changed in silence, nor recorded twice.
            self.asked.append(
                f"指标 {first.id} 同一时期已记 {first.shown}{first.figure.unit}，文件里是“{shown}”："
                "须由人定是修订还是更正，或者另立指标"
            )
            return "", ""
        key = _free(_NO_ID.sub("_", candidate.lower()).strip("_") or "指标", self._taken)
        entry = self._entry(find, candidate, self._period(find), value)
        try:
            figure = Figure.model_validate(entry)
        except ValidationError:  # words that the register does not take, such as 无 for a unit
            return "", ""
        if candidate != name:
            self._ask_name(shown, name, candidate, first)
        self._known[candidate, find.unit] = key
        self._names.add(candidate)
        return self._add(key, entry, figure), f"指标 {key}：{candidate}，{shown}"

    def _ask_name(self, shown: str, name: str, given: str, first: Value | None) -> None:
        """Ask for the name of a number beside another of its name."""
        other = f"前面的 {first.number}{first.unit}" if first else f"指标 {name} "
        self.asked.append(f"“{shown}”与{other}同名，须由人定名称，暂作“{given}”")

    def _period(self, find: Find, indicator: Figure | None = None) -> Period:
        """The period that a figure is of, as its indicator has it."""
        start, end = find.period or (self._terms.period.start, self._terms.period.end)
        if indicator and indicator.period.kind == "时点":
            return Period(kind="时点", start=None, end=end)
        return Period(kind="时期", start=start, end=end)

    def _known_key(self, find: Find, value: Decimal | None, kept: Kept) -> tuple[str, str]:
        """The same for a figure of which the indicator is known."""
        if self._indicator(kept.id).counted:
            return self._counted(kept.id, find, kept.period, value)
        there = next(iter(self._observed(kept.id, kept.period)), None)
        if there is None:
            return self._new_observation(kept.id, find, kept.period, value)
        if _says(there, find, value):
            return there.id, ""
        shown = self._texts[find.text][find.start : find.end]
        said = f"指标 {there.id} 已记 {there.shown}{there.figure.unit}，文件里是“{shown}”"
        if there.id in self.added or there.id in self.keys.values():
            self.asked.append(f"{said}：一个报告里须前后一致，请改文件")
        elif value is None or there.exact is None or there.figure.approximation:
            path = self._site.archive.documents["figures"].path
            self.asked.append(f"{said}：请先在 {path} 里改好这一段，再导入")
        else:
            self.changed.append(Changed(find, there, value, shown))
            figure = there.figure.model_copy(update={"value": value})
            self._values[there.id] = replace(there, figure=figure, exact=value)
            return there.id, ""
        return "", ""

    def _indicator(self, id_: str) -> Figure:
        return self._site.archive.indicators.get(id_) or self._values[id_].figure

    def _observed(self, id_: str, period: Period) -> list[Value]:
        """What is recorded of an indicator for a period; what the archive only waits for is not."""
        held = self._site.archive.register.observations
        return [
            self._value(key)
            for key in self._observations.get(id_, ())
            if (key in self.added or key in held or MARK not in key)
            and (self._value(key).figure.period.start, self._value(key).figure.period.end)
            == (period.start, period.end)
        ]

    def _new_observation(
        self, id_: str, find: Find, period: Period, value: Decimal | None
    ) -> tuple[str, str]:
        """The key of an indicator's observation for one more period, with what is told of it."""
        indicator = self._indicator(id_)
        shown = self._texts[find.text][find.start : find.end]
        if value is not None and value != rounded(value, indicator.decimals):
            path = self._site.archive.documents["figures"].path
            self.asked.append(
                f"“{shown}”的小数位数须不多于指标 {id_} 的修约位数 {indicator.decimals}：请先在 {path} 里改 {id_} 的 decimals，再导入"
            )
            return "", ""
        key = f"{id_}{MARK}{self._named(period)}"
        key = key if key not in self.added else _free(key, self._taken)
        changed = {"approximation": find.approximation or None, "value": value, "period": period}
        figure = indicator.model_copy(update=changed | {"revisions": ()})
        self._add(key, self._observation(find, key, period, value), figure)
        return key, f"指标 {key}：{indicator.name}，{shown}"

    def _named(self, period: Period) -> str:
        """What a period is called in the key of an observation."""
        own = self._terms.period
        if period.kind == "时点":
            assert period.end
            whole = period_name(own) if period.end == own.end else ""
            return whole or period.end.isoformat()
        # What begins with a year is read as a period.
        report = self._terms.report
        return period_name(period) or (f"报告{report}" if report[:4].isdecimal() else report)

    def _counted(
        self, id_: str, find: Find, period: Period, value: Decimal | None
    ) -> tuple[str, str]:
        """The key of what is counted from a ledger, if that is what the file says."""
        own = (self._terms.period.start, self._terms.period.end)
        figure = self._indicator(id_).model_copy(update={"period": period})
        at = (period.start or own[0], period.end)
        key = next((key for key in self._observations.get(id_, ()) if self._value(key).figure.period == period), "")  # fmt: skip
        if not key and figure.counted and at == own:
            records = self._site.archive.records.get(figure.counted.collection, [])
            found = count_records(figure.counted, select(figure.counted, period, records))
            key = f"{id_}{MARK}{period_name(self._terms.period) or self._terms.report}"
            exact = found if is_complete(figure) else None
            self._values[key] = Value(key, figure, exact, found, None, FigureState.PRELIMINARY)
        now = self._value(key) if key else None
        exact = now.exact if now else None
        if now and value in (None, exact if exact is None else rounded(exact, figure.decimals)):
            return key, ""
        shown = self._texts[find.text][find.start : find.end]
        count = now.provisional_count if now else None
        counted = "没有这个时期的" if count is None else f"计得 {shortest(count)}{figure.unit}"
        self.asked.append(f"指标 {id_} 由台账计数，{counted}，文件里是“{shown}”：请核对台账，把它收齐、写明资料齐全至哪一天，或者改文件")  # fmt: skip
        return "", ""

    def _add(self, key: str, entry: dict[str, Any], figure: Figure) -> str:
        self.added[key] = entry
        self._taken.add(key)
        self._observations.setdefault(indicator_of(key), []).append(key)
        state = FigureState.UNFILLED if figure.value is None else FigureState.PRELIMINARY
        self._values[key] = Value(key, figure, figure.value, figure.value, None, state)
        return key

    def _value(self, key: str) -> Value:
        return self._values.get(key) or self._values.setdefault(key, self._site.values[key])

    def _signed(self, value: Decimal | None) -> dict[str, Any]:
        signed = {"by": self._terms.by, "date": self._terms.day}
        return signed if value is not None and self._terms.by else {"by": None, "date": None}

    def _observation(
        self, find: Find, key: str, period: Period, value: Decimal | None
    ) -> dict[str, Any]:
        span = {"start": period.start, "end": period.end}
        return {
            **({} if named_span(period_of(key)) else {"period": span}),
            **({"approximation": find.approximation} if find.approximation else {}),
            **({} if value is None else {"value": value}),
            "prepared": self._signed(value),
        }

    def _entry(
        self, find: Find, name: str, period: Period, value: Decimal | None
    ) -> dict[str, Any]:
        sentence = self._without_numbers(find.text, *find.sentence)
        decimals = (
            len(find.number.partition(".")[2]) if value is not None and "." in find.number else 0
        )
        nothing = {"by": None, "date": None}
        return {
            "name": name,
            "unit": find.unit,
            "mask": find.number if find.number.strip("*") == "" else _UNKNOWN_MASK,
            "definition": f"报告原文：{shorten(sentence, 200)}",
            "method": "照报告原文录入。",
            "period": {"kind": "时期", "start": period.start, "end": period.end},
            "source": self._terms.source,
            "office": self._terms.office,
            "decimals": min(decimals, 4),
            "disclosure": self._terms.disclosure,
            **({"approximation": find.approximation} if find.approximation else {}),
            **({} if value is None else {"value": value}),
            "prepared": self._signed(value),
            "reviewed": nothing,
            "approved": nothing,
            "note": None,
        }


class _Names:
    """Gives each masked name its entry; the same mask before or after the same words is one name."""

    def __init__(
        self, site: Site, terms: Terms, texts: Sequence[str], judged: Container[str] = ()
    ) -> None:
        self.added: dict[str, dict[str, Any]] = {}
        self.told: list[str] = []
        self.asked: list[str] = []
        self._terms, self._texts = terms, texts
        self._known = dict(site.archive.unit.names) if site.archive.unit else {}
        self._judged = judged
        self._there: dict[str, str] = {}
        self.keys: dict[Find, str] = {}
        """Find → the name that stands for it."""

    def macro(self, find: Find, kept: Kept | None = None) -> str:
        """The call that stands for a masked name; `kept` is what it is if that is known."""
        if kept:
            self.keys[find] = kept.id
            return f'{{{{ name("{kept.id}") }}}}'
        text = self._texts[find.text]
        before = re.split(r"[\W_]", text[max(0, find.start - 4) : find.start])[-1]
        after = re.split(r"[\W_]", text[find.end : find.end + 4])[0]
        person = after[:2] in ("同志", "先生", "女士") or bool(_SURNAME.search(before))
        key = f"{before if person or not after else ''}{find.number}{after}"
        if key not in self._there:
            said = shorten(f"{before}…{after}".replace("*", "…"), 30)
            meaning = f"报告里“{said}”中隐去的"
            same = (
                id_
                for id_, one in self._known.items()
                if (one.meaning, one.mask) == (meaning, find.number)
                and not (person and id_ in self._judged)  # another of that surname
            )
            id_ = next(same, "") or _numbered("名称", {*self._known, *self.added})
            if id_ not in self._known:
                self.added[id_] = {"meaning": meaning, "person": person, "value": None, "mask": find.number}  # fmt: skip
            self._there[key] = id_
            self.told.append(f"名称 {id_}：{said}{'（人名，公开须本人同意）' if person else ''}")
        self.keys[find] = self._there[key]
        return f'{{{{ name("{self._there[key]}") }}}}'


_SURNAME = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|党员|干部|职工|书记|主任)[王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗]$"
)


def _says(value: Value, find: Find, number: Decimal | None) -> bool:
    """Whether what is recorded is what the file says."""
    same_words = (value.figure.approximation or "") == find.approximation
    return same_words and number in (None, value.exact)


def _numbered_names(name: str) -> Iterator[str]:
    """A name, then the same with a number behind it."""
    yield name
    yield from (f"{name}（{at}）" for at in count(2))


def _free(wanted: str, taken: Container[str]) -> str:
    """The id, with a number behind it if it is taken."""
    return wanted if wanted not in taken else _numbered(wanted, taken, 2)


def _numbered(wanted: str, taken: Container[str], first: int = 1) -> str:
    """The id with the first number behind it, from `first` on, that is free."""
    return next(one for at in count(first) if (one := f"{wanted}_{at}") not in taken)


def _falling(name: str) -> str:
    """The name of what falls: the register holds by how much."""
    for rising in ("增长率", "变动", "增量"):
        name = name.removesuffix(rising)
    return f"{name}降幅"


def _around(texts: Sequence[str], find: Find) -> str:
    return texts[find.text][slice(*find.sentence)]


def _reason(find: Find) -> str:
    if find.kind in ("ratio", "range"):
        return "比例、范围须由人写成指标或者固定用语"
    return "须有计量单位" if not find.unit else "写法须是登记能照样印出的"


def _page(part: Part) -> bytes:
    """A page with its front matter."""
    said = "总述" if part.name == PREFACE else _NO_TITLE.sub("", part.title).strip()
    said = f"第{part.name}部分" if is_placeholder(said) else said
    return f"---\ntitle: {scalar(said)}\n---\n\n{part.markdown}".encode()


def _as_brought(site: Site, path: str, raw: bytes, part: Part, shown: Mapping[str, str]) -> str:
    """The digest of a page that says, read again, all that the report says there."""
    page = read_page(raw, path, f"{DOCS}/{path}", site.archive.kinds)

    def text(call: Call) -> str:
        return shown.get(page.text[call.start : call.end], "")

    is_, due = page_letters(page, text), letters("".join(part.letters))
    if is_ != due:
        at = next((i for i, (a, b) in enumerate(zip(is_, due, strict=False)) if a != b), len(is_))
        raise RefusedError(
            f"“{shorten(part.title)}”一部分须能一字不差地写成页面，现在从“{shorten(due[max(0, at - 10) : at + 20])}”起写不成；"
            "请在文件里把这一处的符号改简单，再导入"
        )
    return page_digest(page)


def _whole(title: str, report: str, headed: bool) -> bytes:
    """The page of the whole report, with a heading where no part has the report's title."""
    heading = f"# {escaped(title)}\n\n" if headed else ""
    return (
        f"---\ntitle: 报告全文\nsearch:\n  exclude: true\n---\n\n"
        f'{heading}{{{{ report("{report}") }}}}\n'
    ).encode()


def _compared(old: str, new: str) -> bytes:
    """The page of a report beside the one before."""
    return (
        "---\ntitle: 与上一个报告对照\nsearch:\n  exclude: true\n---\n\n"
        f'# 与上一个报告对照\n\n{{{{ compared("{old}", "{new}") }}}}\n'
    ).encode()


def _report(title: str, terms: Terms, digests: Mapping[str, str]) -> bytes:
    known = {
        "title": title,
        "kind": terms.kind,
        "period": {"start": terms.period.start, "end": terms.period.end},
        "state": DRAFTED,
        "reported": None,
        "pages": [{"page": path} for path in digests],
        "next_steps": None,
        "brought": dict(digests),
        "note": None,
    }
    return "".join(block(*one) for one in known.items()).encode()


def _appended(raw: bytes, entries: Mapping[str, Any]) -> bytes:
    """The register with more entries at its end."""
    text = raw.decode("utf-8-sig")
    held = re.sub(r"^\{\}\s*\Z", "", text, flags=re.MULTILINE)  # an empty register
    gap = "" if held.endswith("\n") or not held else "\n"
    return (held + gap + "".join(block(*one) for one in entries.items())).encode()


def _with_names(site: Site, path: str, names: Mapping[str, Any]) -> bytes:
    """The settings with more names; they stand last in the file."""
    text = (site.archive.project.root / path).read_bytes().decode("utf-8-sig")
    held = site.archive.documents["unit"].data or {}
    if list(held)[-1:] != ["names"] or not held["names"]:
        raise RefusedError(f"{path} 里 names 一段须在最后，至少有一个名称；请移到文件末尾再导入")
    gap = "" if text.endswith("\n") else "\n"
    return (text + gap + "".join(block(*one, 2) for one in names.items())).encode()


def _navigation(site: Site, title: str, report: str, listed: Sequence[str]) -> bytes:
    """mkdocs.yml with the pages of the report below the list of reports."""
    text = (site.archive.project.root / SETTINGS).read_bytes().decode("utf-8-sig")
    text = re.sub(
        rf"^ *- [^:\n]+:[ \t]*\n(?: *- {REPORT_PAGES}{re.escape(report)}/\S+\n)+",
        "",
        text,
        flags=re.MULTILINE,
    )
    found = _INDEX.search(text)
    if not found:
        raise RefusedError(
            f"{SETTINGS} 的导航里须有 {REPORT_PAGES}index.md（历年报告）；请在 nav 里加一行  - 报告: {REPORT_PAGES}index.md"
        )
    pad = found["pad"]
    lines = found[0]
    if found["title"]:
        lines = f"{pad}- {found['title']}:\n{pad}    - {REPORT_PAGES}index.md\n"
        pad += "    "
    lines += f"{pad}- {scalar(shorten(title, _TITLE_AT_MOST))}:\n"
    lines += "".join(f"{pad}    - {path}\n" for path in listed)
    return (text[: found.start()] + lines + text[found.end() :]).encode()
