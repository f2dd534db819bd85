"""Where figures, names and links stand: the sub-section of each."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from archive.facts.gather import Archive
from archive.files.pages import Page

REGISTER = "figures/index.md"
"""The page of the register: every figure leads there."""

HONOURS = "honours/index.md"
"""The page of the honours: every honour named leads there."""

REPORT = tuple(f"report/{part}.md" for part in ("overview", "part-1", "part-2", "part-3", "next"))
"""The pages of the report, in order."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sub-section of a page; `anchor` is empty where the page has no heading with an id yet."""

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
        """What a link to it says."""
        return f"{self.title} · {self.heading}" if self.heading else self.title


def ordered_pages(archive: Archive) -> Iterator[Page]:
    """The pages in the order of the navigation, others after them."""
    order = {path: index for index, (path, _) in enumerate(archive.navigation)}
    yield from sorted(
        archive.pages.values(), key=lambda page: (order.get(page.path, len(order)), page.path)
    )


def places(archive: Archive, macro: str, home: str = "") -> dict[str, list[Place]]:
    """Each id that `macro` is called with → the places where it stands, in order, each once.

    A link to the id on the page `home`, where one is given, counts as a call.
    """
    found: dict[str, list[Place]] = {}
    for page in ordered_pages(archive):
        calls = [call for call in page.calls if call.name == macro]
        named = [(call.start, str(id_)) for call in calls for id_ in call.args]
        for start, target, anchor in _leads(page) if home else ():
            if target == home and page.path != home:
                named.append((start, anchor))
        for start, id_ in sorted(named):
            place = _place(page, start)
            standing = found.setdefault(id_, [])
            if place not in standing:
                standing.append(place)
    return found


def citations(archive: Archive) -> dict[str, list[Place]]:
    """Each page outside the report → the sub-sections of the report that link to it, each once."""
    found: dict[str, list[Place]] = {}
    for page in (archive.pages[path] for path in REPORT if path in archive.pages):
        leads = [(start, target) for start, target, _ in _leads(page)]
        leads += [(call.start, HONOURS) for call in page.calls if call.name == "honours"]
        for start, target in sorted(leads):
            if target in archive.pages and target not in (*REPORT, page.path):
                place = _place(page, start)
                citing = found.setdefault(target, [])
                if place not in citing:
                    citing.append(place)
    return found


def _leads(page: Page) -> Iterator[tuple[int, str, str]]:
    """The links of a page: where each stands, the path in docs/ and the anchor it leads to."""
    for link in page.links:
        path, _, anchor = link.target.partition("#")
        yield link.start, resolve(page.path, path), anchor


def resolve(page: str, path: str) -> str:
    """Where the relative `path`, written on `page`, leads: a path in docs/ again."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page


def _place(page: Page, offset: int) -> Place:
    heading = page.heading_at(offset)
    title = page.meta.title if page.meta else page.path
    if heading is None or heading.level == 1:
        return Place(page.path, title, "", heading.id if heading else "")
    return Place(page.path, title, heading.text, heading.id)


def address(page: str) -> str:
    """The address of a page from the site's root: `report/full.md` → `report/full/`."""
    stem = page.removesuffix(".md")
    return f"{stem}/".removesuffix("index/") if stem != "index" else ""


def href(page: str, target: str, anchor: str = "") -> str:
    """How the built page leads to another, for HTML that no engine reads links in."""
    up = "../" * address(page).count("/")
    return f"{up}{address(target)}" + (f"#{anchor}" if anchor else "")


def report_pages(archive: Archive) -> Iterator[Page]:
    """The pages of the report."""
    yield from (page for path, page in archive.pages.items() if path.startswith("report/"))
