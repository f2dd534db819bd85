"""The search index of the built site: the text of every section, for search in the browser."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lxml import html
from lxml.html import HtmlElement

from archive.files.elements import FLOWING, classes

INDEX = "search/index.js"

_SECTION_HEADINGS = {"h1", "h2", "h3"}
_SKIPPED_TAGS = {"script", "style", "svg"}
# The mark of a footnote stands inside a sentence; it would split a word or lengthen a number.
_FOOTNOTE_MARKS = ("footnote-ref", "footnote-backref")
_SKIPPED_CLASSES = {"headerlink", "md-source-file", "md-content__button", *_FOOTNOTE_MARKS}
_ARTICLE = "md-content__inner"

# Ends a run of text. A parsed tree cannot contain this character, so text never does.
_BREAK = "\0"

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True)
class SearchSection:
    """The text of one section of a page; `anchor` is empty for the start of the page."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class SearchPage:
    """A page of the site; `url` is relative to the root of the site, as MkDocs writes it."""

    url: str
    title: str
    sections: tuple[SearchSection, ...]
    minor: bool = False
    """Whether it ranks lower in search, as a draft or a summary of other pages does."""


def write_index(site: Path, order: Sequence[str] = ()) -> Path:
    """Write the search index of a built site; returns its file.

    `order` is the URLs of the pages in the order of the navigation; other pages follow by URL.
    """
    rank = {url: number for number, url in enumerate(order)}
    files = [file for file in site.rglob("*.html") if file != site / "404.html"]
    # An HTML file put into docs/ as it is may have another encoding; it is not one of our pages.
    read = [
        search_page(file.read_text("utf-8", errors="replace"), url_of(file, site)) for file in files
    ]
    pages = sorted(filter(None, read), key=lambda it: (rank.get(it.url, len(rank)), it.url))
    target = site / INDEX
    target.parent.mkdir(exist_ok=True)
    target.write_text(index_script(pages), encoding="utf-8", newline="\n")
    return target


def url_of(file: Path, site: Path) -> str:
    """The URL of a built page relative to the root of the site, equal to `page.url` of MkDocs."""
    path = file.relative_to(site).as_posix()
    return quote(path.removesuffix("index.html") if file.name == "index.html" else path)


def index_script(pages: Sequence[SearchPage]) -> str:
    """The index as a script, because a page opened from a folder cannot fetch JSON."""
    rows = [
        [page.url, page.title, [[part.anchor, part.title, part.text] for part in page.sections]]
        + [1] * page.minor
        for page in pages
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.archiveSearch={text};\n"


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
    return SearchPage(url, title, _Reader(title).sections(article), _says(tree, "minor"))


def _says(tree: HtmlElement, what: str) -> bool:
    """Whether the page has the search mark `what`: `exclude` (not in the index) or `minor`."""
    return any(
        meta.get("name") == "archive:search" and meta.get("content") == what
        for meta in tree.iter("meta")
    )


class _Reader:
    """Walks an article and collects the text of each section."""

    def __init__(self, title: str) -> None:
        # Text before the first heading belongs to the page itself.
        self._here = ("", title)
        self._runs: dict[tuple[str, str], list[str]] = {self._here: []}

    def sections(self, article: HtmlElement) -> tuple[SearchSection, ...]:
        self._read(article, within_entry=False)
        return tuple(
            SearchSection(*place, _folded("".join(runs))) for place, runs in self._runs.items()
        )

    def _read(self, element: HtmlElement, *, within_entry: bool) -> None:
        self._say(element.text)
        for child in element:
            if not _skipped(child):
                self._enter(child, within_entry=within_entry)
            self._say(child.tail)

    def _enter(self, element: HtmlElement, *, within_entry: bool) -> None:
        # Text of two cells or two paragraphs never joins into one word.
        ends_run = None if element.tag in FLOWING else _BREAK
        self._say(ends_run)
        anchor, entry = element.get("id"), element.get("data-search-section")
        if anchor and entry:
            enclosing = self._here
            self._open(anchor, entry)
            self._read(element, within_entry=True)
            self._here = enclosing
        elif anchor and element.tag in _SECTION_HEADINGS and not within_entry:
            self._open(anchor, _text(element))
        else:
            self._read(element, within_entry=within_entry)
        self._say(ends_run)

    def _open(self, anchor: str, title: str) -> None:
        self._here = (anchor, title)
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


def _folded(text: str) -> str:
    """The text with white space folded to single spaces."""
    return " ".join(text.translate(_ZERO_WIDTH).replace(_BREAK, " ").split())
