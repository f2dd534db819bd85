"""What is written when a report is brought: pages, register, names, the report itself and its navigation."""

import os
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from pydantic import ValidationError

from archive.checks.number_dress import typed_numbers
from archive.editing.report.brought import Brought, RefusedError
from archive.editing.report.finding import Find, find
from archive.editing.report.pages import PREFACE, Part, escaped, pages, texts_of
from archive.editing.report.regulations import with_regulations
from archive.facts.brought import letters, page_digest, page_letters
from archive.facts.figures import FigureState, Value
from archive.facts.gather import REPORT_PAGES, REPORTS
from archive.facts.observations import indicator_of
from archive.facts.project import DOCS
from archive.facts.reported import DRAFTED
from archive.facts.site import Site
from archive.files.content import SETTINGS
from archive.files.excerpts import shorten
from archive.files.pages import read_page
from archive.files.spans import Call
from archive.files.writing import block, scalar
from archive.schema.numerals import says
from archive.schema.periods import period_name
from archive.schema.register import MARK, Figure, Period
from archive.schema.types import Span, is_placeholder

_UNKNOWN_MASK = "***"
_NO_ID = re.compile(r"[^a-z0-9\u4e00-\u9fff]+")
_NO_NAME = re.compile(r"^\W+|[*\s]+")
"""What no name of an indicator begins with, or holds."""
_NO_TITLE = re.compile(r'[<>"*{}&\n]+')
_INDEX = re.compile(rf"^(?P<pad> *)- (?:(?P<title>[^:\n]+): )?{REPORT_PAGES}index\.md[ \t]*\n", re.MULTILINE)  # fmt: skip
_TITLE_AT_MOST = 60


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
    title = brought.title or terms.title
    span = terms.period
    assert span.start
    assert span.end
    texts = texts_of(brought)
    finds = find(texts, span.start, span.end)
    register, names = _Register(site, terms, texts, finds), _Names(site, terms, texts)
    macros: list[tuple[Find, str]] = []
    shown: dict[str, str] = {}
    for one in finds:
        text = texts[one.text][one.start : one.end]
        macro = names.macro(one) if one.kind == "name" else register.macro(one, text)
        if macro:
            macros.append((one, macro))
            shown[macro] = text
        else:
            made.asked.append(
                f"“{shorten(_around(texts, one))}”里的“{text}”没有登记：{_reason(one)}"
            )
    made.asked += _typed(site, texts, finds)
    linked = with_regulations(site, brought)
    parts, pictures = pages(linked, title or "总述", macros, terms.report)
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
    if register.added:
        path = site.archive.documents["figures"].path
        made.drafts[path] = _appended(site, path, register.added)
    if names.added:
        path = site.archive.documents["unit"].path
        made.drafts[path] = _with_names(site, path, names.added)
    made.drafts[SETTINGS] = _navigation(site, report_title, terms.report, [*digests, whole])
    _overwrites_nothing(site, terms.report, made.drafts)
    made.told = [
        *(f"{path}：{part.title}" for path, part in zip(digests, parts, strict=True)),
        *register.told,
        *names.told,
        *(f"{what} {number} 处" for what, number in brought.left_out.items()),
    ]
    made.asked = [*register.asked, *names.asked, *made.asked]
    return made


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
    own = {f"{REPORT_PAGES}{report}/full.md", *(page.path for page in pages)} if pages else set()
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
        self, site: Site, terms: Terms, texts: Sequence[str], finds: Sequence[Find]
    ) -> None:
        self.added: dict[str, dict[str, Any]] = {}
        self.told: list[str] = []
        self.asked: list[str] = []
        self._site, self._terms, self._texts = site, terms, texts
        self._finds: dict[int, list[Find]] = {}
        for one in finds:
            self._finds.setdefault(one.text, []).append(one)
        self._known = {(one.name, one.unit): id_ for id_, one in site.archive.indicators.items()}
        self._values: dict[str, Value] = {}
        self._taken = {*site.archive.figures, *site.archive.indicators}
        self._observations: dict[str, list[str]] = {}
        """Indicator → the keys of its observations."""
        for key in site.archive.figures:
            self._observations.setdefault(indicator_of(key), []).append(key)

    def macro(self, find: Find, text: str) -> str:
        """The call that stands for a figure, empty if the register cannot hold it."""
        if find.kind != "figure" or not find.unit:
            return ""
        asked_name = _NO_NAME.sub("", find.name) or self._blanked(find)
        # Of an approximation the exact value is not known.
        value = None if find.value is None or find.approximation else abs(find.value)
        name = _falling(asked_name) if find.value is not None and find.value < 0 else asked_name
        key, told = self._key(find, name, value)
        if not key:
            return ""
        shown = f"{self._values[key].number}{self._values[key].unit}"
        written = ""
        if letters(shown) != letters(text):
            figure = self._values[key].figure
            if value is None or figure.approximation or not says(letters(text), value, find.unit):
                return self._without(key)
            written = text
        if not find.name and key in self.added:
            self.asked.append(f"指标 {key} 的名称须由人定，暂作“{name}”")
        if told:
            self.told.append(told)
        options = f', written="{written}"' if written else ""
        id_, _, period = key.partition(MARK)
        period = period or period_name(self._values[key].figure.period)
        if period and period not in (self._terms.report, period_name(self._terms.period)):
            options = f', period="{period}"{options}'
        return f'{{{{ fig("{id_}"{options}) }}}}'

    def _without(self, key: str) -> str:
        if key in self.added:
            del self.added[key], self._values[key]
            self._observations[indicator_of(key)].remove(key)
            self._taken.remove(key)
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
        start, end = find.period or (self._terms.period.start, self._terms.period.end)
        period = Period(kind="时期", start=start, end=end)
        shown = self._texts[find.text][find.start : find.end]
        known, there = self._there(name, find.unit, start, end)
        before = there[:1]
        for number in count(2):  # two numbers of one name, in one report
            for one in there:
                if (one.figure.approximation or "") == find.approximation and value in (
                    None,
                    one.exact,
                ):
                    return one.id, ""
            if any(one.id not in self.added for one in there):
                # What is recorded is never changed in silence, nor recorded twice.
                self.asked.append(
                    f"指标 {there[0].id} 同一时期已记 {there[0].shown}{there[0].figure.unit}，文件里是“{shown}”："
                    "须由人定是修订还是更正，或者另立指标"
                )
                return "", ""
            if not there:
                break
            called = f"{name}（{number}）"
            known, there = self._there(called, find.unit, start, end)
        if before:
            name = called
            self.asked.append(f"“{shown}”与前面的 {before[0].number}{before[0].unit}同名，须由人定名称，暂作“{name}”")  # fmt: skip
        if known:
            key = f"{known}{MARK}{period_name(period) or self._terms.report}"
            entry = self._observation(find, period, value)
            indicator = self._site.archive.indicators.get(known) or self._values[known].figure
            changed = {
                "approximation": find.approximation or None,
                "value": value,
                "period": period,
            }
            figure = indicator.model_copy(update=changed)
        else:
            key = _free(_NO_ID.sub("_", name.lower()).strip("_") or "指标", self._taken)
            entry = self._entry(find, name, period, value)
            try:
                figure = Figure.model_validate(entry)
            except ValidationError:  # words that the register does not take, such as 无 for a unit
                return "", ""
            self._known.setdefault((name, find.unit), key)
        self.added[key] = entry
        self._taken.add(key)
        self._observations.setdefault(indicator_of(key), []).append(key)
        state = FigureState.UNFILLED if value is None else FigureState.PRELIMINARY
        self._values[key] = Value(key, figure, value, value, None, state)
        return key, f"指标 {key}：{name}，{shown}"

    def _there(
        self, name: str, unit: str, start: date | None, end: date | None
    ) -> tuple[str, list[Value]]:
        """The indicator of a name and unit, empty if there is none, and its values for a period."""
        known = self._known.get((name, unit), "")
        there = [self._value(key) for key in self._observations.get(known, ())]
        return known, [one for one in there if (one.figure.period.start, one.figure.period.end) == (start, end)]  # fmt: skip

    def _value(self, key: str) -> Value:
        return self._values.get(key) or self._values.setdefault(key, self._site.values[key])

    def _signed(self, value: Decimal | None) -> dict[str, Any]:
        signed = {"by": self._terms.by, "date": self._terms.day}
        return signed if value is not None and self._terms.by else {"by": None, "date": None}

    def _observation(self, find: Find, period: Period, value: Decimal | None) -> dict[str, Any]:
        span = {"start": period.start, "end": period.end}
        return {
            **({} if period_name(period) else {"period": span}),
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

    def __init__(self, site: Site, terms: Terms, texts: Sequence[str]) -> None:
        self.added: dict[str, dict[str, Any]] = {}
        self.told: list[str] = []
        self.asked: list[str] = []
        self._terms, self._texts = terms, texts
        self._known = dict(site.archive.unit.names) if site.archive.unit else {}
        self._there: dict[str, str] = {}

    def macro(self, find: Find) -> str:
        """The call that stands for a masked name."""
        text = self._texts[find.text]
        before = re.split(r"[\W_]", text[max(0, find.start - 4) : find.start])[-1]
        after = re.split(r"[\W_]", text[find.end : find.end + 4])[0]
        key = f"{find.number}{after}" if after else f"{before}{find.number}"
        if key not in self._there:
            person = after[:2] in ("同志", "先生", "女士") or bool(_SURNAME.search(before))
            said = shorten(f"{before}…{after}".replace("*", "…"), 30)
            meaning = f"报告里“{said}”中隐去的"
            same = (id_ for id_, one in self._known.items() if (one.meaning, one.mask) == (meaning, find.number))  # fmt: skip
            id_ = next(same, "") or _numbered("名称", {*self._known, *self.added})
            if id_ not in self._known:
                self.added[id_] = {"meaning": meaning, "person": person, "value": None, "mask": find.number}  # fmt: skip
            self._there[key] = id_
            self.told.append(f"名称 {id_}：{said}{'（人名，公开须本人同意）' if person else ''}")
        return f'{{{{ name("{self._there[key]}") }}}}'


_SURNAME = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|党员|干部|职工|书记|主任)[王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗]$"
)


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


def _appended(site: Site, path: str, entries: Mapping[str, Any]) -> bytes:
    """The register with more entries at its end."""
    text = (site.archive.project.root / path).read_bytes().decode("utf-8-sig")
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
