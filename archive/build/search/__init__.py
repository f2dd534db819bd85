"""The search index of the built site: what of it is found, for search in the browser.

The index is a script, because a page opened from a folder cannot fetch JSON. Its text is written in
characters of its own, the commonest in the fewest bytes: compressed, it is a seventh smaller. The
other half of this is `archive/design/assets/search_ranking.js`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive.build.search import pages as reading
from archive.build.search.characters import by_frequency, spoken
from archive.build.search.pages import SearchPage, SearchSection, search_page
from archive.facts import places
from archive.facts.places import MESSAGES
from archive.facts.project import Project
from archive.files import elements
from archive.files.cache import Cache, digest
from archive.files.traditional import traditional

INDEX = "search/index.js"

KINDS: Mapping[str, str] = {
    "report/": "报告",
    "glance/": "报告",
    "measures/": "报告",
    "figures/": "指标",
    "indicators/": "指标",
    "records/": "台账",
    "regulations/": "制度",
    "honours/": "荣誉",
    "examples/": "事例",
    "guide/": "指南",
}
"""How the address of a page begins → what a reader may narrow a search to; other pages are of no kind."""

_KIND_NAMES = list(dict.fromkeys(KINDS.values()))

_CODE = [Path(str(module.__file__)) for module in (reading, elements, places)]
_MAX_PAGES = 500
"""Pages kept in the cache besides those of the last run, for the other edition."""

_SOUNDS = "sounds"
"""The cache of how the characters are said."""

_PAGE, _SECTION, _FIELD = "\x1d", "\x1e", "\x1f"
"""The separators of the text, which no text of a page holds, since they count as white space."""
_SEPARATORS = {_PAGE: "~~", _SECTION: "~", _FIELD: "|", " ": " "}
_NO_CODE = frozenset(map(ord, '"\\|~')) | {*range(0x7F, 0xA1)}
_BEFORE, _AFTER = "window.archiveSearch=", ";\n"


def write_index(
    site: Path,
    order: Sequence[str] = (),
    synonyms: Sequence[Sequence[str]] = (),
    project: Project | None = None,
) -> Path:
    """Write the search index of a built site; returns its file.

    `order` is the URLs of the pages in the order of the navigation; other pages follow by URL. Words
    that stand together in `synonyms` find each other. What was read is kept in the caches of `project`.
    """
    rank = {url: number for number, url in enumerate(order)}
    files = [file for file in site.rglob("*.html") if file != site / "404.html"]
    # An HTML file put into docs/ as it is may have another encoding; it is not one of our pages.
    kept = Cache(project.cache("found"), digest(_CODE), _MAX_PAGES) if project else None
    read = [_read(file.read_bytes(), url_of(file, site), kept) for file in files]
    pages = sorted(filter(None, read), key=lambda it: (rank.get(it.url, len(rank)), it.url))
    if kept:
        kept.save()
    sounds = project.cache(_SOUNDS) if project else None
    target = site / INDEX
    target.parent.mkdir(exist_ok=True)
    target.write_text(index_script(pages, synonyms, sounds), encoding="utf-8", newline="\n")
    return target


def prepare_index(project: Project) -> None:
    """Have the dictionaries loaded that `write_index` will need where nothing is kept of an earlier build."""
    if not project.cache(_SOUNDS).is_file():
        spoken(["字"])


def _read(raw: bytes, url: str, kept: Cache | None) -> SearchPage | None:
    source = raw.decode("utf-8", "replace")
    if kept is None:
        return search_page(source, url)
    key = kept.key(f"{url}\0".encode() + raw)
    plain = kept.made(key, lambda: _plain(search_page(source, url)))
    if not plain:
        return None
    title, minor, *sections = plain
    return SearchPage(url, title, tuple(SearchSection(*one) for one in sections), minor)


def _plain(page: SearchPage | None) -> tuple[Any, ...]:
    """A page as the cache keeps it: title, rank and sections; nothing for one that search does not find."""
    return (page.title, page.minor, *map(astuple, page.sections)) if page else ()


def url_of(file: Path, site: Path) -> str:
    """The URL of a built page relative to the root of the site, equal to `page.url` of MkDocs."""
    path = file.relative_to(site).as_posix()
    return quote(path.removesuffix("index.html") if file.name == "index.html" else path)


def index_script(
    pages: Sequence[SearchPage],
    synonyms: Sequence[Sequence[str]] = (),
    sounds: Path | None = None,
) -> str:
    """The index as a script; `index_text` reads it."""
    texts = [_page_text(page) for page in pages]
    # A group of which no word stands on a page of this edition only tells a word of another.
    said = "\n".join(texts).casefold()
    synonyms = [group for group in synonyms if any(word.casefold() in said for word in group)]
    groups = [" ".join(group) for group in synonyms]
    # A rare character, beyond the 65,536 first, stands for itself.
    common = [
        char
        for char in by_frequency([*texts, *groups])
        if char not in _SEPARATORS and char <= "\uffff"
    ]
    heard, known_as = spoken([*texts, *groups], sounds), traditional(common)
    codes = {ord(char): code for char, code in zip(common, _codes(), strict=False)}
    index = {
        "kinds": _KIND_NAMES,
        "synonyms": [list(group) for group in synonyms],
        "letters": "".join(common),
        "sounds": " ".join("/".join(heard.get(char, ())) for char in common),
        "traditional": " ".join(known_as.get(char, "") for char in common),
        "pages": _PAGE.join(texts).translate(codes | str.maketrans(_SEPARATORS)),
    }
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return f"{_BEFORE}{written.replace('</', '<' + chr(92) + '/')}{_AFTER}"


def index_text(script: str) -> str:
    """The text that the index holds: a line for every page and section, and for every group of words."""
    index = json.loads(script.removeprefix(_BEFORE).removesuffix(_AFTER))
    letters = dict(zip(_codes(), index["letters"], strict=False))
    plain = str.maketrans({**letters, "~": "\n", "|": "\t"})
    groups = "\n".join("\t".join(group) for group in index["synonyms"])
    return f"{index['pages'].translate(plain)}\n{groups}"


def _page_text(page: SearchPage) -> str:
    """The text of a page: its address, title, kind and rank; then anchor, title and text of each section."""
    kind = next(
        (_KIND_NAMES.index(kind) for at, kind in KINDS.items() if page.url.startswith(at)), ""
    )
    first = _FIELD.join((page.url, page.title, str(kind), _behind(page)))
    sections = (
        # The title of the page is not repeated; a row has a field more.
        (part.anchor, part.title if part.anchor else "", part.text, *[""] * part.row)
        for part in page.sections
    )
    return _SECTION.join((first, *map(_FIELD.join, sections)))


def _behind(page: SearchPage) -> str:
    """How far a page stands behind the pages for readers: a summary, the guide, its messages."""
    if page.url.startswith(MESSAGES):
        return "3"
    return "2" if page.url.startswith("guide/") else "1" if page.minor else ""


def _codes() -> Iterator[str]:
    """Yield the characters that stand for others, the shortest first."""
    return (chr(code) for code in count(0x21) if code not in _NO_CODE)
