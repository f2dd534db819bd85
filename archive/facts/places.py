"""Where figures, names and links are on the pages: the sub-section of each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.facts.gather import Archive
from archive.facts.observations import OUTSIDE, base, indicator_of
from archive.files.pages import Page
from archive.files.spans import Call

REGISTER = "figures/index.md"
"""The page of the register: every figure links there."""

HONOURS = "honours/index.md"
"""The page of the honours: every honour named links there."""

GUIDE = "guide/index.md"
"""The page that says how to change a page and add a record, under headings of these ids."""

MESSAGES = "guide/messages/"
"""Folder of the pages that explain messages, each message in a section."""


def home_of(collection: str) -> str:
    """Return the page that lists the records of a collection, as a path in docs/."""
    return HONOURS if collection == "honours" else f"records/{collection}.md"


@dataclass(frozen=True, slots=True)
class PageLocation:
    """A sub-section of a page; `heading` and `anchor` are empty above the first heading.

    Under the heading of the page itself only `heading` is empty.
    """

    page: str
    title: str
    heading: str
    anchor: str

    @property
    def target(self) -> str:
        """Its address from docs/."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page

    @property
    def label(self) -> str:
        """The text of a link to it."""
        return f"{self.title} · {self.heading}" if self.heading else self.title


def ordered_pages(archive: Archive) -> Iterator[Page]:
    """Yield the pages in the order of the navigation, then all others."""
    order = {path: index for index, (path, _) in enumerate(archive.navigation)}
    yield from sorted(
        archive.pages.values(), key=lambda page: (order.get(page.path, len(order)), page.path)
    )


def locations_by_id(
    archive: Archive, ids: Callable[[Page, Call], Iterable[str]], home: str = ""
) -> dict[str, list[PageLocation]]:
    """Return id → the places where a macro is called for it, in order, each once.

    `ids` returns those that a call shows. If `home` is given, a link to the id on that page counts as a
    call too.
    """
    found: dict[str, list[PageLocation]] = {}
    titles = _titles(archive)
    for page in ordered_pages(archive):
        if page.path in archive.brought or page.path in archive.made:
            continue
        named = [(call.start, id_) for call in page.calls for id_ in ids(page, call)]
        for start, target, anchor in _links(page) if home else ():
            if target == home and page.path != home:
                named.append((start, anchor))
        for start, id_ in sorted(named):
            place = _place(page, titles[page.path], start)
            known = found.setdefault(id_, [])
            if place not in known:
                known.append(place)
    return found


def figure_places(archive: Archive) -> dict[str, list[PageLocation]]:
    """Return key of an observation → the places where it is shown, in order, each once."""
    reports = report_by_page(archive)

    def keys(page: Page, call: Call) -> Iterator[str]:
        report = reports.get(page.path, OUTSIDE)
        yield from filter(None, keys_of_call(archive, report, call))

    return locations_by_id(archive, keys)


def ordinals(archive: Archive) -> frozenset[str]:
    """Return the indicators that count places in an order: wherever pages show one, 第 stands before it."""
    after: dict[str, set[bool]] = {}
    for page in archive.written.values():
        for call in page.calls:
            if call.name == "fig" and call.args:
                before = page.text[: call.start][-1:]
                after.setdefault(indicator_of(str(call.args[0])), set()).add(before == "第")
    return frozenset(id_ for id_, found in after.items() if found == {True})


def keys_of_call(archive: Archive, report: str, call: Call) -> Iterator[str]:
    """Yield the keys of the observations that a call in a report shows; empty for one that is not there."""
    if call.name not in ("fig", "change") or not call.args:
        return
    options = {name: str(value) for name, value in call.options}
    key = archive.figure_key(str(call.args[0]), report, options.get("period", ""))
    yield key
    if call.name == "change" and key:
        yield base(archive.figures, key, options.get("against", ""))


def report_by_page(archive: Archive) -> dict[str, str]:
    """Return page → the id of the report that it is a part of, or that it shows whole."""
    return whole_reports(archive) | in_reports(archive)


def next_steps(archive: Archive) -> str:
    """Return the page with the next steps of the newest report that has them; empty if none has."""
    id_ = with_next_steps(archive)
    return archive.reports[id_].next_steps or "" if id_ else ""


def with_next_steps(archive: Archive) -> str:
    """Return the id of the newest report that has next steps; empty if none has."""
    having = (id_ for id_, one in archive.reports.items() if one.next_steps in one.paths)
    return next(having, "")


def in_reports(archive: Archive) -> dict[str, str]:
    """Return page → the id of the report that it is a part of, report by report in order."""
    return {path: id_ for id_, report in archive.reports.items() for path in report.paths}


def whole_reports(archive: Archive) -> dict[str, str]:
    """Return page → the id of the report that it shows whole."""
    return {page.path: id_ for page in archive.written.values() for id_ in shown_whole(page.calls)}


def shown_whole(calls: Iterable[Call]) -> Iterator[str]:
    """Yield the ids of the reports that the calls of a page show whole."""
    return (str(one.args[0]) for one in calls if one.name == "report" and len(one.args) == 1)


def citations(archive: Archive) -> dict[str, list[PageLocation]]:
    """Return page outside the reports → the sub-sections of reports that link to it, each once."""
    found: dict[str, list[PageLocation]] = {}
    parts, titles = in_reports(archive), _titles(archive)
    for page in (archive.pages[path] for path in parts if path in archive.pages):
        links = [(start, target) for start, target, _ in _links(page)]
        links += [(call.start, HONOURS) for call in page.calls if call.name == "honours"]
        for start, target in sorted(links):
            if target in archive.pages and target not in (*parts, page.path):
                place = _place(page, titles[page.path], start)
                citing = found.setdefault(target, [])
                if place not in citing:
                    citing.append(place)
    return found


def _links(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield the links of a page as (offset, path in docs/, anchor)."""
    for link in page.links:
        yield link.start, link.to.file, link.to.anchor


def _titles(archive: Archive) -> dict[str, str]:
    """Return page → its title; before that of a page of another report than the current one, whose it is."""
    titles = {path: page.meta.title if page.meta else path for path, page in archive.pages.items()}
    for report in list(archive.reports.values())[1:]:
        for path in report.paths:
            if path in titles:
                titles[path] = f"《{report.title}》{titles[path]}"
    return titles


def _place(page: Page, title: str, offset: int) -> PageLocation:
    heading = page.heading_at(offset)
    if heading is None or heading.level == 1:
        return PageLocation(page.path, title, "", heading.id if heading else "")
    return PageLocation(page.path, title, heading.text, heading.id)
