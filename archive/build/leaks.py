"""Search the built site for leaks: pages, search index, tables and print files.

The check searches the sources; this module searches what was built from them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from lxml import etree

from archive.facts.project import Project
from archive.files.elements import FLOWING
from archive.files.yaml import Problem
from archive.leaks.files import FileSearch, SearchCache, file
from archive.leaks.leak import FileLeak, Search, format_leak, leaks_by_line
from archive.leaks.markup import join_inline_tags
from archive.leaks.office import office
from archive.leaks.pdf import pdf
from archive.leaks.text import draft_marks, private_search
from archive.schema.allowed import LeakKind

_SPOKEN = (
    "title",
    "alt",
    "aria-label",
    "content",
    "href",
    "value",
    "placeholder",
    "summary",
    "label",
)
"""Attributes whose values a reader or a program may show."""
_CODE = ("code", "pre", "kbd", "samp")


@dataclass(frozen=True, slots=True)
class Terms:
    """What to look for in one site: the withheld names, and what data/allowed.yml lets pass."""

    names: frozenset[str] = frozenset()
    allowed: frozenset[tuple[LeakKind, str]] = frozenset()


def pages(site: Path, project: Project, terms: Terms) -> list[Problem]:
    """The leaks on the HTML pages of `site`, built from `project`: sorted problems."""
    search = private_search(terms.names)
    searched = SearchCache(project.cache("searched"), terms.names)
    # The source is searched first, because it is fast and nearly every page has no leak. Two lines
    # in three are on other pages too; a line without a finding is not searched again.
    clean: set[str] = set()

    def in_page(raw: bytes, _: Collection[str]) -> list[FileLeak]:
        source = raw.decode()
        fresh = [line for line in source.split("\n") if line not in clean]
        text = "\n".join(fresh)
        if any(True for _ in search(f"{text}\n{join_inline_tags(text)}")):
            return page(source, search)
        clean.update(fresh)
        return []

    found = [
        (path, searched.found("built.html", path.read_bytes(), in_page))
        for path in sorted(site.rglob("*.html"))
    ]
    searched.save()
    return _problems(site, terms, found)


def page(source: str, search: Search) -> list[FileLeak]:
    """The leaks in the HTML of one page, without line numbers."""
    tree = lxml.html.document_fromstring(source)
    private = [
        one for one in search("".join(_page_text(tree, code=True))) if one.kind != "草稿标记"
    ]
    marks = draft_marks("".join(_page_text(tree, code=False)))
    return list(dict.fromkeys(FileLeak(one.kind, one.found) for one in (*private, *marks)))


def _page_text(tree: lxml.html.HtmlElement, code: bool) -> Iterator[str]:
    """The text of a page with comments and attributes, each block on its own line."""
    skipped = ("script", "style", *(() if code else _CODE))
    walk = etree.iterwalk(tree, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "comment":
            yield f"\n{element.text or ''}\n{element.tail or ''}"
            continue
        block = "" if element.tag in FLOWING else "\n"
        if event == "end":
            yield f"{block}{element.tail or ''}"
            continue
        yield block
        for name, value in element.items():
            if name in _SPOKEN or name.startswith("data-"):
                yield f"\n{value}\n"
        if element.tag in skipped or "number" in (element.get("class") or "").split():
            walk.skip_subtree()
        else:
            yield element.text or ""


def files(site: Path, project: Project, terms: Terms) -> list[Problem]:
    """The leaks in the search index, tables and print files of `site`, as sorted problems.

    Files copied from docs/ of `project` are left out; the check searches them.
    """
    searched = SearchCache(project.cache("searched"), terms.names)
    found: list[tuple[Path, list[FileLeak]]] = []
    for path in sorted(site.rglob("*")):
        search = _SEARCHES.get(path.suffix)
        if not search or (project.docs / path.relative_to(site)).exists():
            continue
        if path.suffix == ".xlsx" and path.with_suffix(".csv").is_file():
            continue  # the same table as CSV takes a tenth of the time
        if raw := path.read_bytes():  # a print file not yet made in the preview is empty
            found.append((path, searched.found(f"built{path.suffix}", raw, search)))
    searched.save()
    return _problems(site, terms, found)


def _table(raw: bytes, names: Collection[str]) -> list[FileLeak]:
    text = raw.decode("utf-8-sig", "replace")
    return leaks_by_line(text, private_search(names, data=True, marks=False)(text))


def _text(raw: bytes, names: Collection[str]) -> list[FileLeak]:
    text = raw.decode("utf-8", "replace")
    return leaks_by_line(text, private_search(names, marks=False)(text))


# Draft marks are searched on the pages only, where code can be told from text; the other files are
# made from the same text.
_SEARCHES: Mapping[str, FileSearch] = {
    ".csv": _table,
    ".json": _table,
    ".js": _text,
    ".svg": lambda raw, names: file(".svg", raw, private_search(names, marks=False)),
    ".xml": lambda raw, names: file(".xml", raw, private_search(names, marks=False)),
    ".xlsx": lambda raw, names: office(raw, private_search(names, marks=False), numbers=False),
    ".docx": lambda raw, names: office(raw, private_search(names, marks=False)),
    ".pdf": lambda raw, names: pdf(raw, private_search(names, marks=False)),
}
"""Suffix of a file → how it is searched."""


def _problems(
    site: Path, terms: Terms, found: Iterable[tuple[Path, list[FileLeak]]]
) -> list[Problem]:
    problems = {
        Problem(f"site/{path.relative_to(site).as_posix()}", one.line, format_leak(one))
        for path, ones in found
        for one in ones
        if (one.kind, one.found) not in terms.allowed
    }
    return sorted(problems)
