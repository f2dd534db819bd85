"""What HTML elements are, to whoever reads a built page: the search index and the print files."""

from lxml.html import HtmlElement

FLOWING = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
"""Those that stand within a line of text. Of the rest, a line break among them, each ends a run of it."""


def classes(element: HtmlElement) -> set[str]:
    """The classes of an element."""
    return set((element.get("class") or "").split())
