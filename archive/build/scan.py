"""Scan the built site for faults of building: leftover macros, HTML off the list, dead links."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

import lxml.html
from lxml.etree import XPath

from archive.build import elements, markup, styles
from archive.build.elements import THEME_STYLE
from archive.build.markup import PAGE, WAYS_OUT
from archive.facts.project import Project
from archive.files import html
from archive.files.bounds import MAX_DEPTH
from archive.files.cache import Cache, Lately, digest
from archive.files.excerpts import shorten
from archive.files.html import unescaped
from archive.files.html_tree import depth, html_document
from archive.files.own_files import OWN_ASSETS
from archive.files.yaml import Problem

_MAX_PAGES = 500
"""Pages kept in the cache besides those of the last run, for other sites built by turns."""
_LATELY: Lately = {}
_LEFTOVERS = {
    "Traceback (most recent call last)": "程序报错",
    "<built-in method": "程序内部的值",
    "<bound method": "程序内部的值",
}
_NOT_CODE = "not(ancestor::code or ancestor::pre or ancestor::script or ancestor::style)"
_NOT_MASK = "not(ancestor::*[contains(concat(' ', @class, ' '), ' mask ')])"
_MASK = re.compile(r'<span class="mask">[^<]*</span>')
_NOT_CONTENTS = "not(ancestor::nav[contains(@class, 'md-nav--secondary')])"
"""The contents of a page repeat its headings, without the marks of code and masks."""
_plain = partial(XPath, smart_strings=False)  # none that knows its element, which would be made
_STARS = _plain(f"//text()[contains(., '*') and {_NOT_CODE} and {_NOT_MASK} and {_NOT_CONTENTS}]")
_TEXTS = _plain(f"//text()[{_NOT_CODE}]")
_LINKS = _plain("//a/@href")
_IDS = _plain("//@id | //a/@name")
_TOO_DEEP = _plain(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_LOADED = _plain("//script/@src | //link[@rel='stylesheet']/@href")

_LEADING = (
    f"请改正 {PAGE}里的链接；那里没有写的，请维护人员看 archive/design/templates/ 和 mkdocs.yml"
)
_OWN_FILE = "请把文件放进 archive/design/assets/，在 archive/design/mkdocs.yml 里列出，或者从 archive/design/templates/ 里删去"

_Page = tuple[list[str], list[str], list[str], list[str]]
"""All that the scan asks of a page: its own faults, its anchors, the targets of its links, and the
scripts and style sheets that it loads."""
_CODE = [Path(str(module.__file__)) for module in (elements, html, markup, styles)]


def _strings(query: XPath, page: lxml.html.HtmlElement) -> list[str]:
    return [str(found) for found in cast(list[Any], query(page))]


def scan(site: Path, project: Project) -> list[Problem]:
    """Sorted problems of the site built from `project`.

    Faults are program errors, HTML that is not on the list, scripts and style
    sheets that are not the site's own, requests to other hosts, asterisks outside a mask, paths of
    this machine, and dead links.
    """
    root = project.root
    cache = Cache(project.cache("scanned"), digest([Path(__file__), *_CODE]), _MAX_PAGES, _LATELY)
    pages: dict[str, _Page] = {}
    found: list[tuple[str, str]] = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        raw = path.read_bytes()
        if str(root).encode() in raw:
            found.append(
                (
                    name,
                    f"不得有本机的路径，现有 {root}；请从 {PAGE}、mkdocs.yml、archive/design/templates/ 里删去",
                )
            )
        pages[name] = cache.made(cache.key(raw), partial(_read, raw))
    places = {name: set(ids) for name, (_, ids, _, _) in pages.items()}
    for name, (faults, _, links, loaded) in pages.items():
        messages = [*faults, *_foreign(name, loaded), *_dead_links(site, name, links, places)]
        found += [(name, message) for message in messages]
    for path in sorted(site.rglob("*.css")):
        name = path.relative_to(site).as_posix()
        raw = path.read_bytes()
        made = cache.made(cache.key(raw), partial(_style_faults, raw))
        found += [(name, message) for message in made]
    cache.save()
    return [Problem(f"site/{name}", 1, message) for name, message in sorted(set(found))]


def _read(raw: bytes) -> _Page:
    text = raw.decode()
    page = html_document(text)
    if _TOO_DEEP(page):  # what follows asks each text for all elements around it
        message = f"网页里的列表、引用、标签须嵌套不超过 {MAX_DEPTH} 层，现有 {depth(page)} 层；请把 {PAGE}里嵌套最深的一处改浅"
        return [message], [], [], []
    faults = [*_leftovers(page, text), *markup.faults(text)]
    loaded = sorted(set(_strings(_LOADED, page)))
    return faults, sorted(set(_strings(_IDS, page))), sorted(set(_strings(_LINKS, page))), loaded


def _style_faults(raw: bytes) -> list[str]:
    return styles.style_faults(raw.decode("utf-8", "replace"))


def _foreign(name: str, loaded: list[str]) -> Iterator[str]:
    """The scripts and style sheets of a page that are not the site's own."""
    for address in loaded:
        file = _target(name, address)
        if file not in OWN_ASSETS and file != THEME_STYLE:
            yield f"脚本和样式须是网站自己的文件，现有 {address}；{_OWN_FILE}"


def _leftovers(page: lxml.html.HtmlElement, source: str) -> Iterator[str]:
    # The source is searched first: most pages have none of these, and the query over every text
    # takes as long as the rest of the scan.
    shown = unescaped(source)
    if any(sign in shown for sign in _LEFTOVERS):
        whole = "\0".join(_strings(_TEXTS, page))
        for sign, what in _LEFTOVERS.items():
            at = whole.find(sign)
            if at >= 0:
                yield f"不得有{what}，现有：{shorten(whole[at:])}；{WAYS_OUT[True]}"
    if "*" in unescaped(_MASK.sub("", source)):
        for text in _strings(_STARS, page):
            yield f"星号须是掩码，现有：{shorten(text)}；请写作 \\*，名称用 name 宏，没有成为粗体的 ** 与前后的文字空开"


def _dead_links(
    site: Path, name: str, links: list[str], places: Mapping[str, set[str]]
) -> Iterator[str]:
    for link in links:
        if re.match(r"[A-Za-z][\w+.-]*:|//", link):
            continue
        path, _, anchor = link.partition("#")
        inside = _target(name, path)
        leads_to = f"{inside}index.html" if inside.endswith("/") or not inside else inside
        if leads_to not in places:
            if not (site / inside).is_file():
                yield f"链接须通到站内已有的页面，{link} 没有；{_LEADING}"
        elif anchor and unquote(anchor) not in places[leads_to] and anchor != "__top":
            yield f"链接须通到页面上已有的位置，{link} 没有；{_LEADING}"


def _target(name: str, path: str) -> str:
    """The file, or folder with a final slash, that the link `path` on the page `name` leads to."""
    path = unquote(path.partition("?")[0])
    if not path:
        return name
    base = "" if path.startswith("/") else posixpath.dirname(name)
    joined = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
    folder = path.endswith("/") or path.rpartition("/")[2] in (".", "..")
    return f"{joined}/".removeprefix("./") if folder else joined
