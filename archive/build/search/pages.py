"""What search finds of a built page: the text of its sections, of its entries and of the rows of its tables."""

import re
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

from archive.facts.places import MESSAGES
from archive.files.elements import FLOWING, classes

_SECTION_HEADINGS = {"h1", "h2", "h3"}
_SKIPPED_TAGS = {"script", "style", "svg"}
# The mark of a footnote stands inside a sentence; it would split a word or lengthen a number.
_FOOTNOTE_MARKS = ("footnote-ref", "footnote-backref")
# An example of a mistake, or of how to mend it, tells nothing that is so.
_EXAMPLES = ("wrong", "right")
_SKIPPED_CLASSES = {
    "headerlink",
    "md-source-file",
    "md-content__button",
    *_FOOTNOTE_MARKS,
    *_EXAMPLES,
}
# A section on a message is found by the message, which is its heading and a box of code.
_AROUND_MESSAGES = {"p", "ul", "ol", "table"}
_ARTICLE = "md-content__inner"

# Ends a run of text. A parsed tree cannot contain this character, so text never does.
_BREAK = "\0"

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_NAME = re.compile(r"(?!\d).*[^\W\d_]{2}", re.DOTALL)


@dataclass(frozen=True)
class SearchSection:
    """The text of one section of a page; `anchor` is empty for the start of the page."""

    anchor: str
    title: str
    text: str
    row: bool = False
    """Whether it is a row of a table, in the section before it that is none."""


@dataclass(frozen=True)
class SearchPage:
    """A page of the site; `url` is relative to the root of the site, as MkDocs writes it."""

    url: str
    title: str
    sections: tuple[SearchSection, ...]
    minor: bool = False
    """Whether it ranks lower in search, as a draft or a summary of other pages does."""


def search_page(source: str, url: str) -> SearchPage | None:
    """The page parsed from HTML; None if it has no article or excludes itself from search."""
    if _ARTICLE not in source:
        return None
    tree = html.document_fromstring(source)
    article = next((found for found in tree.iter("article") if _ARTICLE in classes(found)), None)
    if article is None or _says(tree, "exclude"):
        return None
    heading = next(article.iter("h1"), None)
    title = _text(tree.find("head/title") if heading is None else heading)
    if heading is not None:
        # This heading is the title of the page; it opens no section and is not part of the text.
        heading.set("data-search-skip", "")
    reader = _Reader(title, messages=url.startswith(MESSAGES))
    return SearchPage(url, title, reader.sections(article), _says(tree, "minor"))


def _says(tree: HtmlElement, what: str) -> bool:
    """Whether the page has the search mark `what`: `exclude` (not in the index) or `minor`."""
    return any(
        meta.get("name") == "archive:search" and meta.get("content") == what
        for meta in tree.iter("meta")
    )


class _Reader:
    """Walks an article and collects the text of each section; of `messages`, the messages alone."""

    def __init__(self, title: str, *, messages: bool = False) -> None:
        # Text before the first heading belongs to the page itself.
        self._start = self._here = ("", title, False)
        self._runs: dict[tuple[str, str, bool], list[str]] = {self._here: []}
        self._messages = messages

    def sections(self, article: HtmlElement) -> tuple[SearchSection, ...]:
        self._read(article, within_entry=False)
        return tuple(
            SearchSection(anchor, title, _folded("".join(runs)), row)
            for (anchor, title, row), runs in self._runs.items()
        )

    def _read(self, element: HtmlElement, *, within_entry: bool) -> None:
        self._say(element.text)
        for child in element:
            if not _skipped(child) and not self._explains(child):
                self._enter(child, within_entry=within_entry)
            self._say(child.tail)

    def _enter(self, element: HtmlElement, *, within_entry: bool) -> None:
        # Text of two cells or two paragraphs never joins into one word.
        ends_run = None if element.tag in FLOWING else _BREAK
        self._say(ends_run)
        anchor, entry = element.get("id"), element.get("data-search-section")
        row = element.tag == "tr" and not entry
        if anchor and (entry or row):
            enclosing = self._here
            self._open(anchor, _folded(entry or _row_title(element)), row)
            self._read(element, within_entry=True)
            self._here = enclosing
        elif anchor and element.tag in _SECTION_HEADINGS and not within_entry:
            self._open(anchor, _text(element))
        else:
            self._read(element, within_entry=within_entry)
        self._say(ends_run)

    def _explains(self, element: HtmlElement) -> bool:
        """Whether an element stands beside a message, to explain it or to say whose it is."""
        if not self._messages or self._here == self._start:
            return False
        return element.tag in _AROUND_MESSAGES or "filename" in classes(element)

    def _open(self, anchor: str, title: str, row: bool = False) -> None:
        self._here = (anchor, title, row)
        self._runs.setdefault(self._here, [])

    def _say(self, text: str | None) -> None:
        if text:
            self._runs[self._here].append(text)


def _skipped(element: HtmlElement) -> bool:
    """Whether an element is a comment, or its text does not belong in the index."""
    return (
        not isinstance(element.tag, str)
        or element.tag in _SKIPPED_TAGS
        or element.get("data-search-skip") is not None
        or element.get("hidden") is not None
        or not _SKIPPED_CLASSES.isdisjoint(classes(element))
    )


def _text(element: HtmlElement | None) -> str:
    """The text of a heading on one line, without its permanent link; empty for None."""
    if element is None:
        return ""
    return _Reader("").sections(element)[0].text


def _row_title(row: HtmlElement) -> str:
    """What a row of a table is called: its first cell that has a word and does not begin with a digit."""
    cells = [said for cell in row if (said := _text(cell))]
    return next(filter(_NAME.match, cells), cells[0] if cells else "")


def _folded(text: str) -> str:
    """The text with white space folded to single spaces."""
    return " ".join(text.translate(_ZERO_WIDTH).replace(_BREAK, " ").split())
