"""The kinds of files in a built site: how each is read, and which belong to the program.

Every file of the site is read by the reader for its kind, or is a problem.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import lxml.html
from lxml import etree

from archive.build.elements import THEME_STYLE
from archive.build.search import INDEX, index_text
from archive.files.bounds import MAX_ATTACHMENT
from archive.files.elements import FLOWING
from archive.files.html_tree import html_document
from archive.files.own_files import OWN_ASSETS
from archive.leaks.files import READERS, Reader, file
from archive.leaks.leak import FileLeak, Search, in_file, leaks_by_line
from archive.leaks.office import office
from archive.leaks.svg import svg
from archive.leaks.texts import markup, text

_ATTRIBUTES = (
    "title", "alt", "aria-label", "content", "href", "value", "placeholder", "summary", "label",
)  # fmt: skip
"""Attributes whose values a reader or a program may show."""
_SPACE = re.compile(r"\s+")
CODE = ("code", "pre", "kbd", "samp")
_MADE = (INDEX, THEME_STYLE)
"""What runs in a page and is written by the build itself."""


def page_text(tree: lxml.html.HtmlElement, code: bool, every: bool = False) -> Iterator[str]:
    """The text of a page with comments and attributes, each block on its own line.

    `code` says whether the text of code is part of it, `every` whether the text that only a program
    reads is; then no attributes are.
    """
    skipped = () if every else ("script", "style", *(() if code else CODE))
    walk = etree.iterwalk(tree, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "comment":
            yield f"\n{element.text or ''}\n" if not every else ""
            yield element.tail or ""
            continue
        block = "" if element.tag in FLOWING or element.tag == "br" else "\n"
        if event == "end":
            yield "\n" if element.tag == "br" else block
            yield _SPACE.sub(" ", element.tail or "") if every else element.tail or ""
            continue
        yield block
        for name, value in element.items():
            if not every and (name in _ATTRIBUTES or name.startswith("data-")):
                yield f"\n{value}\n"
        number = "number" in (element.get("class") or "").split()
        if element.tag in skipped or (number and not every):
            walk.skip_subtree()
        else:
            yield _SPACE.sub(" ", element.text or "") if every else element.text or ""


def _html(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a page as written, and as the browser joins it."""
    source = raw.decode("utf-8", "replace")
    found = leaks_by_line(source, search(source))
    tree = html_document(source)
    known = {leak.what for leak in found}
    shown = "".join(page_text(tree, code=True, every=True))
    # A value is searched as the browser decodes it, apart from the text around its element.
    values = dict.fromkeys(str(value) for one in tree.iter(etree.Element) for value in one.values())
    whole = map(in_file, search("\n\n".join([shown, *values])))
    found += [leak for leak in whole if leak.what not in known]
    return list(dict.fromkeys(found))


def _packed(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a text packed with gzip, as MkDocs packs the list of pages."""
    unpacking = zlib.decompressobj(31)
    try:
        whole = unpacking.decompress(raw, MAX_ATTACHMENT)
    except zlib.error:
        return [FileLeak("无法检查", "已加密或损坏")]
    if not unpacking.eof or unpacking.unused_data:
        return [FileLeak("无法检查", "内容过大")]
    return markup(whole, search)


def _index(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in the search index, whose text is written in characters of its own."""
    try:
        whole = index_text(raw.decode())
    except (ValueError, LookupError):
        return [FileLeak("无法检查", "已加密或损坏")]
    return list(dict.fromkeys(map(in_file, search(whole))))


BUILT_READERS: Mapping[str, Reader] = {
    **READERS,
    ".html": _html,
    ".xml": markup,
    ".gz": _packed,
    ".js": text,
    ".css": text,
    ".svg": svg,
    # The numbers in the site's own sheets are those of its tables.
    ".xlsx": lambda raw, search: office(raw, search, numbers=False),
}
"""Suffix of a file of the built site → how it is read."""


def read_built(name: str, raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in the file `name` of the built site; of a kind that is not read, that it is."""
    suffix = Path(name).suffix
    runs = suffix in (".js", ".css")
    reader = _index if name == INDEX else BUILT_READERS.get(suffix)
    if reader is None or (runs and name not in OWN_ASSETS and name not in _MADE):
        return file(suffix.lower(), raw, search)  # says that it is refused
    return reader(raw, search) if raw else []
