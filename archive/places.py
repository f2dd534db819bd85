"""Where figures and names stand: the sub-section of each call."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.gather import Archive
from archive.pages import Call, Page

REGISTER = "figures/index.md"
"""The page of the register: every figure leads there."""

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


def ordered_pages(archive: Archive) -> Iterator[Page]:
    """The pages in the order of the navigation, others after them."""
    order = {path: index for index, (path, _) in enumerate(archive.navigation)}
    yield from sorted(
        archive.pages.values(), key=lambda page: (order.get(page.path, len(order)), page.path)
    )


def places(archive: Archive, macro: str) -> dict[str, list[Place]]:
    """Each id that `macro` is called with → the places where it stands, in order, each once."""
    found: dict[str, list[Place]] = {}
    for page in ordered_pages(archive):
        for call in page.calls:
            if call.name == macro and call.args and isinstance(call.args[0], str):
                place = _place(page, call)
                standing = found.setdefault(call.args[0], [])
                if place not in standing:
                    standing.append(place)
    return found


def _place(page: Page, call: Call) -> Place:
    heading = page.heading_at(call.start)
    title = page.meta.title if page.meta else page.path
    if heading is None or heading.level == 1:
        return Place(page.path, title, "", heading.id if heading else "")
    return Place(page.path, title, heading.text, heading.id)


def address(page: str) -> str:
    """The address of a page from the site's root: `report/full.md` → `report/full/`."""
    stem = page.removesuffix(".md")
    return f"{stem}/".removesuffix("index/") if stem != "index" else ""
