"""Leaks in PDF files: the text of each page, properties, notes, metadata of photographs."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from archive.leaks.leak import FileLeak, Search, leaks_in_part, masked
from archive.leaks.markup import is_private
from archive.leaks.pictures import picture

_PROPERTIES = {"/Author": "作者", "/Company": "公司", "/Manager": "主管"}
_NOTES = {
    "/Text",
    "/FreeText",
    "/Popup",
    "/Highlight",
    "/StrikeOut",
    "/Underline",
    "/Caret",
    "/Ink",
}
_TEXTS = ("/Title", "/Subject", "/Keywords")
_XMP_AUTHOR = re.compile(
    rb"<dc:creator>(?:(?!</dc:creator>).){0,200}<rdf:li[^>]*>([^<]+)<", re.DOTALL
)
_END = re.compile(rb"%%EOF\s{0,2}")
_VERSIONS = 5
"""How many earlier versions are read; each saving may leave one in the file."""


@contextmanager
def _silent() -> Iterator[None]:
    """Silence the log of pypdf, which warns of many harmless oddities, within the context."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


@_silent()
def pdf(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a PDF file; `search` is applied to its texts."""
    from pypdf import PdfReader  # slow to import, and seldom needed

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return [FileLeak("无法检查", "已加密")]
        found = [
            *_properties(reader, raw),
            *_pages(reader, search),
            *_outside_pages(reader, search),
            *_pictures(raw, search),
        ]
    except Exception:  # a damaged file makes pypdf raise almost any error
        return [FileLeak("无法检查", "已损坏或无法读取")]
    return list(dict.fromkeys([*found, *_earlier(raw, search)]))


def _earlier(raw: bytes, search: Search) -> Iterator[FileLeak]:
    """Yield the leaks in earlier versions of the file, which saving it again may leave in place."""
    from pypdf import PdfReader

    ends = [end.end() for end in _END.finditer(raw)][:-1]
    for number, end in enumerate(ends[-_VERSIONS:], 1):
        # The first part of a linearised file ends with %%EOF too, and cannot be read as a version.
        with suppress(Exception):
            for leak in list(_pages(PdfReader(io.BytesIO(raw[:end])), search)):
                yield leak._replace(place=f"以前的第 {number} 版，{leak.place}")


def _titles(outline: list[Any]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(item.title)


def _outside_pages(reader: Any, search: Search) -> Iterator[FileLeak]:
    """Yield the leaks outside the pages: in the title, form fields and bookmarks, embedded files."""
    texts = [str((reader.metadata or {}).get(key) or "") for key in _TEXTS]
    texts += [str(field.get("/V") or "") for field in (reader.get_fields() or {}).values()]
    texts += _titles(reader.outline)
    yield from leaks_in_part("属性和表单", search("\n".join(texts)))
    if reader.attachments:
        yield FileLeak("无法检查", "内嵌的文件或宏")


def _properties(reader: Any, raw: bytes) -> Iterator[FileLeak]:
    properties = [
        (label, str(value)) for key, label in _PROPERTIES.items()
        if (value := (reader.metadata or {}).get(key))
    ]  # fmt: skip
    properties += [("作者", name.decode("utf-8", "replace")) for name in _XMP_AUTHOR.findall(raw)]
    for label, value in dict.fromkeys(properties):
        if is_private(value.strip()):
            yield FileLeak("文件属性", f"{label}：{masked(value, 1, 0)}")


def _pages(reader: Any, search: Search) -> Iterator[FileLeak]:
    for number, page in enumerate(reader.pages, 1):
        place = f"第 {number} 页"
        yield from leaks_in_part(place, search(page.extract_text()))
        notes = [note.get_object() for note in page.annotations or ()]
        links = [str(note["/A"].get("/URI") or "") for note in notes if "/A" in note]
        contents = [str(note.get("/Contents") or "") for note in notes]
        yield from leaks_in_part(place, search("\n".join([*links, *contents])))
        count = sum(note.get("/Subtype") in _NOTES for note in notes)
        if count:
            yield FileLeak("修订批注", f"批注 {count} 处", place=place)


def _pictures(raw: bytes, search: Search) -> Iterator[FileLeak]:
    # A JPEG is stored in a PDF as it is, so its metadata can be read without unpacking anything.
    if b"Exif\0\0" in raw or b"xmpmeta" in raw:
        # An author in XMP is that of the whole file: `_properties` reports it.
        yield from (leak for leak in picture(raw, search) if not leak.found.startswith("作者"))
