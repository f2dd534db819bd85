"""What is written when a report is brought: pages, register, names, the report itself and its navigation."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.checks.declared import is_declared
from archive.checks.number_dress import typed_numbers
from archive.editing.report import telling
from archive.editing.report.brought import Brought, RefusedError
from archive.editing.report.columns import Terms
from archive.editing.report.deciding import Decided, proposed
from archive.editing.report.finding import Find
from archive.editing.report.following import may_follow
from archive.editing.report.honours import COLLECTION
from archive.editing.report.pages import PREFACE, Part, escaped, pages, texts_of
from archive.editing.report.recording import refused, told_changes
from archive.editing.report.registers import registers
from archive.editing.report.regulations import with_regulations
from archive.editing.report.review import Review, review
from archive.editing.report.shape import doubts
from archive.editing.report.tying import Tied, tied, with_sections
from archive.facts.brought import letters, page_digest, page_letters
from archive.facts.gather import REPORT_PAGES, REPORTS
from archive.facts.project import DOCS
from archive.facts.reported import DRAFTED
from archive.facts.site import Site
from archive.files.content import SETTINGS
from archive.files.excerpts import shorten
from archive.files.pages import read_page
from archive.files.spans import Call
from archive.files.writing import block, record, scalar
from archive.schema.honours import Honour
from archive.schema.reports import Report
from archive.schema.types import is_placeholder

_NO_TITLE = re.compile(r'[<>"*{}&\n]+')
_INDEX = re.compile(rf"^(?P<pad> *)- (?:(?P<title>[^:\n]+): )?{REPORT_PAGES}index\.md[ \t]*\n", re.MULTILINE)  # fmt: skip
_TITLE_AT_MOST = 60
_SOME_TITLES = 10
_FRONT = 4
"""The lines before a page's Markdown."""
COMPARED = "compared"
"""The page of a report beside the one before."""


_LONGEST = 10_000
"""Letters of one paragraph: whatever is found in it is shown in its sentence, which may be all of it."""
_MOST_TEXTS = 10_000
"""Paragraphs and cells of a report: a small file packs any number of them."""
_MOST_LETTERS = 300_000
"""Letters of a report, those of a note as often as its mark stands there: a book of five hundred pages."""


@dataclass(slots=True)
class Plan:
    """What is to be written: path from the root → content, None for a file that goes; and what is told."""

    drafts: dict[str, bytes | None] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """What only a person can know."""
    clashes: list[str] = field(default_factory=list)
    """What a review sheet and somebody else have changed differently; that is not written."""
    notes: list[str] = field(default_factory=list)
    """What of a review sheet is not read."""
    faults: list[str] = field(default_factory=list)
    """What is wrong in a review sheet; nothing may be written then."""


def _require_length(texts: Sequence[str]) -> None:
    """Raise RefusedError for more than people write and read."""
    lengths = [*map(len, texts)]
    if len(texts) > _MOST_TEXTS:
        raise RefusedError(
            f"一个报告须不超过 {_MOST_TEXTS} 段（表格一格算一段），现有 {len(texts)} 段；请在文件里删去多余的，再导入"
        )
    if max(lengths) > _LONGEST:
        raise RefusedError(
            f"一段文字须不超过 {_LONGEST} 字，现有一段 {max(lengths)} 字；请在文件里分成几段，再导入"
        )
    if sum(lengths) > _MOST_LETTERS:
        raise RefusedError(
            f"一个报告须不超过 {_MOST_LETTERS} 字（脚注在几处引用的算几次），现有 {sum(lengths)} 字；请分成几个文件，再导入"
        )


def plan(
    site: Site, brought: Brought, terms: Terms, decide: Callable[[Review], Decided] = proposed
) -> Plan:
    """Return what bringing a report writes; raises RefusedError where it cannot be written letter for letter.

    `decide` says what is shown of each find.
    """
    _may_be_written(site, terms)
    _require_length(texts_of(brought))
    if terms.earlier:
        may_follow(site, terms.report, terms.earlier.report, terms.period)
    title = brought.title or terms.title
    found = review(site, brought, terms)
    decided = decide(found)
    made = Plan(asked=[*doubts(brought), *decided.asked])
    shown = {one.macro: one.text for one in decided.entered}
    macros = [(one.find, one.macro) for one in decided.entered if one.macro]
    linked = with_regulations(site, brought)
    parts, pictures = pages(linked, title or "总述", macros, terms.report)
    where = _where(parts, found, terms.report)
    if decided.changed and not decided.faults and not (terms.earlier and terms.earlier.decision):
        raise refused(decided.changed, where)
    digests = {}
    for part in parts:
        path = f"{REPORT_PAGES}{terms.report}/{part.name}.md"
        raw = _page(site, part, decided.typed)
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
    made.drafts[f"{data}/{REPORTS}/{terms.report}.yml"] = _report(
        report_title, terms, digests, decided.typed, site.archive.reports.get(terms.report)
    )
    made.drafts |= registers(site, terms, decided)
    made.drafts |= {
        f"{data}/{COLLECTION}/{id_}.yml": record(one, Honour).encode()
        for id_, one in decided.honours.items()
    }
    ties = tied(site, terms.report, parts) if terms.criteria else Tied()
    made.drafts |= with_sections(site, ties.sections)
    made.asked += ties.asked
    listed = [*digests, whole]
    beside = f"{REPORT_PAGES}{terms.report}/{COMPARED}.md"
    if terms.earlier:
        made.drafts[f"{DOCS}/{beside}"] = _compared(terms.earlier.report, terms.report)
    if terms.earlier or beside in site.archive.pages:
        listed.append(beside)
    made.drafts[SETTINGS] = _navigation(site, report_title, terms.report, listed)
    _overwrites_nothing(site, terms.report, made.drafts)
    made.told = [
        *(f"{path}：{part.title}" for path, part in zip(digests, parts, strict=True)),
        *_became(site, made, found, decided, where),
        *decided.told,
        *ties.told,
        *(f"{what} {number} 处" for what, number in brought.left_out.items()),
    ]
    if decided.unrecorded:
        some = "".join(f"“{title}”" for title in decided.unrecorded[:_SOME_TITLES])
        rest = "等" if len(decided.unrecorded) > _SOME_TITLES else ""
        made.asked.append(
            f"荣誉 {len(decided.unrecorded)} 项没有登记：{some}{rest}；请用核对表（--sheet）逐项定"
        )
    return made


def _became(
    site: Site, made: Plan, found: Review, decided: Decided, where: Mapping[Find, str]
) -> Iterator[str]:
    """Yield what became of the figures and names of the report before; what only a person can say is asked."""
    if found.following is None:
        return
    there = {
        (one.find.text, one.find.start): one.key
        for one in decided.entered
        if one.key and one.find.kind != "honour"
    }
    keys = {
        one: there[one.text, one.start]
        for one in found.following.finds
        if (one.text, one.start) in there
    }
    waiting = {
        one.columns.id for one in found.items if one.find not in keys and one.find.kind != "honour"
    }
    yield from telling.told(found.following, keys, where, waiting)
    yield from told_changes(site, decided.changed, where)
    if decided.by_rows:
        made.asked += telling.unread(found.following, keys)
    else:
        made.asked += telling.asked(found.following, keys, where)


def _where(parts: Sequence[Part], found: Review, report: str) -> dict[Find, str]:
    """The file and line of each find, as it will be written."""
    lines = {
        text: (f"{DOCS}/{REPORT_PAGES}{report}/{part.name}.md", line + _FRONT)
        for part in parts
        for text, line in part.lines.items()
    }
    places = {}
    for item in found.items:
        path, line = lines.get(item.find.text, ("", 0))
        breaks = found.texts[item.find.text][: item.find.start].count("\n")
        places[item.find] = f"{path}:{line + breaks}"
    return places


def _paths(site: Site, report: str) -> tuple[str, ...]:
    """The pages of a report that there is already."""
    there = site.archive.reports.get(report)
    return tuple(path for path in there.paths if path in site.archive.pages) if there else ()


def _may_be_written(site: Site, terms: Terms) -> None:
    there = site.archive.reports.get(terms.report)
    if there is None and terms.report in site.archive.record_ids(REPORTS):
        raise RefusedError(f"报告 {terms.report} 的说明须先改好；请运行 .venv/bin/archive check")
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
    own |= {SETTINGS, *(archive.documents[name].path for name in ("figures", "unit", "criteria"))}
    if report in archive.reports:
        own.add(f"{archive.project.name(archive.project.data)}/{REPORTS}/{report}.yml")
    for path in drafts:
        if path not in own and os.path.lexists(archive.project.root / path):
            raise RefusedError(
                f"要写的须是还没有的文件，已有 {path}，不是报告 {report} 的；请改它的名称，或者换一个 --report"
            )


def _page(site: Site, part: Part, typed: Sequence[str]) -> bytes:
    """A page with its front matter, whose title holds no number of a figure: it would stay when that changes."""
    said = "总述" if part.name == PREFACE else _NO_TITLE.sub("", part.title).strip()
    phrases = [one.text for one in site.archive.phrases]
    numbers = typed_numbers(said, phrases)
    if is_placeholder(said) or not all(is_declared(said, one.start, one.end, typed) for one in numbers):  # fmt: skip
        said = f"第{part.name}部分"
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


def _report(
    title: str,
    terms: Terms,
    digests: Mapping[str, str],
    typed: Sequence[str],
    there: Report | None,
) -> bytes:
    """The report's record; what a person added to it when it was `there` already is kept."""
    icons = {one.page: one.icon for one in there.pages if one.icon} if there else {}
    steps = there.next_steps if there and there.next_steps in digests else None
    known = {
        "title": title,
        "kind": terms.kind,
        "period": {"start": terms.period.start, "end": terms.period.end},
        "state": DRAFTED,
        "reported": None,
        "pages": [
            {"page": path} | ({"icon": icons[path]} if path in icons else {}) for path in digests
        ],
        "next_steps": steps,
        "brought": dict(digests),
        **({"typed": list(typed)} if typed else {}),
        "note": there.note if there else None,
    }
    return "".join(block(*one) for one in known.items()).encode()


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
