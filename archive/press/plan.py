"""Plan the documents to be made of a built site: its printable pages, their sections, and books."""

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote

import lxml.html

from archive.facts.gather import Archive
from archive.facts.places import ordered_pages
from archive.facts.project import Project
from archive.facts.regulations import INDEX
from archive.facts.site import Site
from archive.files.addresses import address
from archive.files.cache import Cache, code_of
from archive.files.yaml import Problem
from archive.press.article import Article, read, sections
from archive.press.document import Document, book, document, whole, with_colophon
from archive.press.faces import Faces
from archive.press.geometry import PAGE
from archive.press.poster import poster_document, poster_pages, sheets
from archive.press.tree import Block, label, pictures
from archive.schema.front import Printing
from archive.schema.kinds import labels

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
"""Folder of docs/ → what is printed of its pages, unless a page's front matter (`print`) differs."""

SECTION_LEVELS = {"criteria": 2}
"""Folder → level of the headings whose sections are printed alone, where it is not 1."""

PRINT = "print/"
"""Folder of the print files, from the site's root."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A page that can be printed: its path in docs/, its title, the heading level of its sections (0: none)."""

    page: str
    title: str
    level: int

    def file(self, section: str = "") -> str:
        """The path of its files, or of one section's, from the site's root and without a suffix."""
        stem = address(self.page).strip("/") or "index"
        # An id may hold characters that are unsafe in a file name; Chinese ones are safe.
        safe = re.sub(r"[^\w-]", "-", section)
        return f"{PRINT}{stem}.{safe}" if section else f"{PRINT}{stem}"


def printables(archive: Archive) -> list[Printable]:
    """The printable pages, in the order of the navigation."""
    found = []
    drawn = poster_pages(archive)
    for page in ordered_pages(archive):
        folder = page.path.partition("/")[0]
        said = page.meta.print if page.meta else None
        how = said or FOLDERS.get(folder, "不打印")
        if how != "不打印" and page.path not in drawn:
            level = SECTION_LEVELS.get(folder, 1) if how == "整页和各节" else 0
            found.append(Printable(page.path, page.meta.title if page.meta else "", level))
    return found


@dataclass(frozen=True, slots=True)
class Book:
    """Several pages as one document with a table of contents, `depth` levels deep."""

    page: str
    """The page that links to it."""
    file: str
    title: str
    """Its title; if empty, the title of its only page is used."""
    pages: list[str]
    depth: int


def _regulations(site: Site) -> list[str]:
    order = labels(site.archive.kinds, "regulation_categories")
    entries = sorted(site.regulations.values(), key=lambda it: order.index(it.data.category))
    return [entry.page.path for entry in entries]


def books(site: Site) -> Iterator[Book]:
    """The books: each report that a page shows whole, then the regulations.

    The list of honours needs none: it is one page, so its print file is the book.
    """
    for page in site.whole_reports:
        folder = posixpath.dirname(page).replace("/", "-")
        yield Book(page, f"{PRINT}book/{folder}", "", [page], 2)
    yield Book(INDEX, f"{PRINT}book/regulations", "制度汇编", _regulations(site), 2)


_PARSER = lxml.html.HTMLParser(encoding="utf-8")


@dataclass
class Job:
    """A document to be made of `page`: of the section whose heading has the id `section`, '' for all."""

    page: str
    section: str
    file: str
    """The path of its files, from the site's root and without a suffix."""
    document: Document
    book: bool = False
    made: dict[str, bytes] = field(default_factory=dict)
    """Suffix → content of the file."""


@dataclass(frozen=True, slots=True)
class PrintFooter:
    """What a document says of its origin: the site's name, the day of the data, the banner, where it is."""

    name: str
    as_of: date
    banner: str
    site: str = ""
    """The address of the site's first page, with a slash at its end; empty if it is not known."""

    def over(self, articles: list[Article]) -> str:
        """The text at the top of each page: the banner, and the marks that all the articles bear."""
        marks = set.intersection(*(set(_marks(article)) for article in articles))
        return "\u3000".join(filter(None, [self.banner, *sorted(marks)]))

    def end(self, blocks: list[Block], address: str) -> list[str]:
        """The closing lines of a document of `blocks`, printed from `address` within the site."""
        return with_colophon(blocks, self.name, f"{self.site}{address}", self.as_of)

    def whole(self, address: str) -> str:
        """The full address of one within the site; empty if that of the site is not known."""
        return f"{self.site}{address}" if self.site else ""


def _marks(article: Article) -> Iterator[str]:
    for block in article.blocks:
        if block["kind"] == "paragraph" and block.get("style") == "mark":
            yield label(block["runs"])


def plan(site: Site, out: Path, imprint: PrintFooter, kept: Cache) -> list[Job]:
    """A job for each document of the built site `out`: pages with their sections in order, then books.

    An article read before is taken from `kept` (`kept_articles`).
    """
    articles: dict[str, Article] = {}
    jobs: list[Job] = []
    for printable in printables(site.archive):
        articles[printable.page] = _read_before(printable, _built(out, printable.page), kept)
        jobs += _of_page(printable, articles[printable.page], imprint)
    for page in poster_pages(site.archive):
        jobs += _of_poster(site, page, _built(out, page), imprint)
    for one in books(site):
        jobs += _of_book(site, one, articles, imprint)
    return jobs


def plan_page(site: Site, page: str, html: bytes, imprint: PrintFooter) -> list[Job]:
    """The jobs of one page, which was built as `html`; of its books only the titles, without the text."""
    jobs: list[Job] = []
    there = {one.page: one for one in printables(site.archive)}
    articles = {name: Article(one.title) for name, one in there.items()}
    if page in there:
        articles[page] = _article(there[page], html)
        jobs += _of_page(there[page], articles[page], imprint)
    if page in poster_pages(site.archive):
        jobs += _of_poster(site, page, html, imprint)
    for one in books(site):
        if one.page == page:
            jobs += _of_book(site, one, articles, imprint)
    return jobs


def _built(out: Path, page: str) -> bytes:
    return (out / address(page) / "index.html").read_bytes()


def _article(printable: Printable, html: bytes) -> Article:
    root = lxml.html.document_fromstring(html, parser=_PARSER)
    return read(root, _from_root(address(printable.page)), printable.title)


def _read_before(printable: Printable, html: bytes, kept: Cache) -> Article:
    key = kept.key(b"\0".join([printable.page.encode(), printable.title.encode(), html]))
    made = kept.made(key, lambda: json.dumps(asdict(_article(printable, html))))
    return Article(**json.loads(made))  # made anew, for what is made of it changes its blocks


@cache
def _code() -> bytes:
    of = f"{version('lxml')} {PAGE}".encode()
    return blake2b(of, digest_size=32, key=code_of("files", "press", "render")).digest()


def kept_articles(project: Project) -> Cache:
    """What was read of the articles of earlier builds."""
    return Cache(project.cache("articles"), _code())


def _of_page(printable: Printable, article: Article, imprint: PrintFooter) -> Iterator[Job]:
    page, at = printable.page, address(printable.page)
    last = imprint.end(article.blocks, at)
    printed = document(article, imprint.over([article]), last, imprint.whole(at))
    yield Job(page, "", printable.file(), printed)
    for id_, section in sections(article, printable.level) if printable.level else ():
        there = f"{at}#{id_}"
        last = imprint.end(section.blocks, there)
        printed = document(section, imprint.over([section]), last, imprint.whole(there))
        yield Job(page, id_, printable.file(id_), printed)


def _of_poster(site: Site, page: str, html: bytes, imprint: PrintFooter) -> Iterator[Job]:
    at = address(page)
    drawn = sheets(lxml.html.document_fromstring(html, parser=_PARSER))
    meta = site.archive.pages[page].meta
    if drawn:
        title = meta.title if meta else ""
        printed = poster_document(title, drawn, imprint.whole(at))
        yield Job(page, "", Printable(page, title, 0).file(), printed)


def _of_book(
    site: Site, of: Book, articles: dict[str, Article], imprint: PrintFooter
) -> Iterator[Job]:
    found = [articles[page] for page in of.pages if page in articles]
    if found and of.page in site.archive.pages:
        blocks = [block for article in found for block in article.blocks]
        at = address(of.page)
        last = imprint.end(blocks, at)
        title = of.title or found[0].title
        bound = book(title, found, of.depth, imprint.over(found), last, imprint.whole(at))
        yield Job(of.page, "", of.file, bound, True)


def _from_root(page: str) -> Callable[[str], str]:
    """A function that turns an address written on the page at `page` into one from the site's root."""

    def turned(src: str) -> str:
        return posixpath.normpath(posixpath.join(page, unquote(src))) if src else ""

    return turned


def find_unprintable(site: Site, jobs: list[Job], faces: Faces, out: Path) -> list[Problem]:
    """A problem for each character that the fonts lack and each picture that is missing, by line."""
    found = []
    for job in jobs:
        if job.section or job.book:
            continue  # its text is also on its page
        for character in faces.missing(whole(job.document)):
            found.append(lacking(site, job.page, character))
        blocks = [block for part in job.document["parts"] for block in part["blocks"]]
        for picture in pictures(blocks):
            if picture["file"] and not (out / picture["file"]).is_file():
                path, line = describe_location(site, job.page, posixpath.basename(picture["file"]))
                found.append(
                    Problem(
                        path,
                        line,
                        f"图片须在站内，现在没有 {picture['file']}；请放进这个文件，或者改正路径",
                    )
                )
    return sorted(set(found))


def lacking(site: Site, page: str, character: str) -> Problem:
    """The problem for a character on a page that the fonts lack, by line."""
    path, line = describe_location(site, page, character)
    code = f"U+{ord(character):04X}"
    message = f"打印用的字体须有每个字，现在没有“{character}”（{code}）：请改用别的字，或在 fonts/ 放进有这个字的字体"
    return Problem(path, line, message)


def describe_location(site: Site, page: str, text: str) -> tuple[str, int]:
    """The file and line where `text` of a page stands: in its source, else in a data file.

    Where it is found in neither, the first line of the page's source.
    """
    project = site.archive.project
    data = project.data_files().files
    files = [
        site.archive.docs[page],
        *(path for name, path in data.items() if name.endswith(".yml")),
    ]
    for file in files:
        source = file.read_text("utf-8", "replace")
        at = source.find(text)
        if at >= 0:
            return project.name(file), source.count("\n", 0, at) + 1
    return project.name(files[0]), 1
