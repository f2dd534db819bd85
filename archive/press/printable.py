"""What can be printed alone, and where its files are: decided here, once, for pages and sections."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from archive.gather import Archive
from archive.places import address, ordered_pages
from archive.regulations import INDEX
from archive.schema.front import Printing
from archive.schema.regulations import Category
from archive.site import Site

FOLDERS: dict[str, Printing] = {
    "report": "整页和各节",
    "criteria": "整页和各节",
    "regulations": "整页",
    "examples": "整页",
    "honours": "整页",
    "records": "整页",
    "figures": "整页",
    "measures": "整页",
}
"""What is printed of a folder's pages; a page's front matter (`print`) may say otherwise."""

SECTION_LEVELS = {"criteria": 2}
"""The level of the headings whose sections are printed alone, where it is not the first."""

PRINT = "print/"
"""Where the files are, from the site's root."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A page that can be printed: its path in docs/, and the level of its sections (0: none)."""

    page: str
    level: int

    def file(self, section: str = "") -> str:
        """The address of its files from the site's root, without the ending."""
        stem = address(self.page).strip("/") or "index"
        # An id may hold what a file's name had better not, and Chinese, which it may.
        safe = re.sub(r"[^\w-]", "-", section)
        return f"{PRINT}{stem}.{safe}" if section else f"{PRINT}{stem}"


def printables(archive: Archive) -> list[Printable]:
    """The printable pages, in the order of the navigation."""
    found = []
    for page in ordered_pages(archive):
        folder = page.path.partition("/")[0]
        said = page.meta.print if page.meta else None
        how = said or FOLDERS.get(folder, "不打印")
        if how != "不打印":
            level = SECTION_LEVELS.get(folder, 1) if how == "整页和各节" else 0
            found.append(Printable(page.path, level))
    return found


@dataclass(frozen=True, slots=True)
class Book:
    """Several pages as one document with a table of contents, `depth` levels deep."""

    page: str
    """The page that leads to it."""
    file: str
    title: str
    """Empty: that of its one page."""
    pages: Callable[[Site], list[str]]
    depth: int


def _regulations(site: Site) -> list[str]:
    order = get_args(Category)
    entries = sorted(site.regulations.values(), key=lambda it: order.index(it.data.category))
    return [entry.page.path for entry in entries]


BOOKS = (
    Book("report/full.md", f"{PRINT}book/report", "", lambda site: ["report/full.md"], 2),
    Book(INDEX, f"{PRINT}book/regulations", "制度汇编", _regulations, 2),
)
"""The books; the list of honours is one page, and its print file the book."""
