"""Assessment items tied to the sections of a report that is brought, if that is asked for.

A section is an item's if its heading has the item's title, or else stands under the item's code (一（一）); what
could be several is never guessed. An item that was tied to another report is tied to this one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.editing.report.brought import RefusedError
from archive.editing.report.numbers import typed_number
from archive.editing.report.pages import Part
from archive.editing.sheet.editing import UnchangeableError, edited
from archive.facts.brought import letters
from archive.facts.gather import REPORT_PAGES
from archive.facts.site import Site
from archive.files.excerpts import shorten

_FILE = "criteria"


@dataclass(slots=True)
class Tied:
    """Item → its section, as it is written; and what is told and asked of it."""

    sections: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def tied(site: Site, report: str, parts: Sequence[Part]) -> Tied:
    """Return which items are tied to which sections of the report's pages."""
    made = Tied()
    path = site.archive.documents[_FILE].path
    headings = [*_headings(report, parts)]
    by_code: dict[str, list[str]] = {}
    for section, code, _ in headings:
        by_code.setdefault(letters(code), []).append(section)
    shown = {section: text for section, _, text in headings}
    for id_, item in site.archive.criteria.items():
        title = letters(item.title)
        same = [one for one, text in shown.items() if letters(_bare(text)) == title]
        found = same or [one for one, text in shown.items() if title in letters(_bare(text))]
        found = found or by_code.get(letters(item.code), [])
        called = f"考评项目 {id_}（{item.title}）"
        if len(found) != 1:
            rest = f"像是几个小节：{'、'.join(found)}" if found else "没有找到相应的小节"
            made.asked.append(f"{called}{rest}；请在 {path} 的 {id_} 下写 report")
            continue
        before = f"，原为 {item.report}" if item.report and item.report != found[0] else ""
        made.told.append(f"{called}：{found[0]}，{shorten(shown[found[0]])}{before}")
        if item.report != found[0]:
            made.sections[id_] = found[0]
    if not site.archive.criteria:
        made.asked.append(f"{path} 里还没有考评项目；请先写好项目，再加 --criteria 导入")
    return made


def _headings(report: str, parts: Sequence[Part]) -> Iterator[tuple[str, str, str]]:
    """Yield each section, by what number it is called with those above, and its heading."""
    for part in parts:
        whole = ""
        for anchor, text in part.headings.items():
            number = typed_number(text)
            own = number.number.rstrip("、.．") if number else ""
            whole = whole if anchor.startswith("s") else own
            code = f"{whole}{own}" if anchor.startswith("s") else own
            yield f"{REPORT_PAGES}{report}/{part.name}.md#{anchor}", code, text


def _bare(heading: str) -> str:
    number = typed_number(heading)
    return heading[len(number.number) :] if number else heading


def with_sections(site: Site, sections: Mapping[str, str]) -> dict[str, bytes | None]:
    """Return the file of the items with their sections, as a path from the root; nothing if none changes."""
    if not sections:
        return {}
    document = site.archive.documents[_FILE]
    held = document.data or {}
    raw = (site.archive.project.root / document.path).read_bytes()
    changed = {id_: {**held[id_], "report": section} for id_, section in sections.items()}
    try:
        return {document.path: edited(raw, held, changed, [*held])}
    except UnchangeableError as error:
        raise RefusedError(
            f"{document.path} 须为程序能改的写法，现写法特殊；请不加 --criteria 导入，在这个文件里手工写 report"
        ) from error
