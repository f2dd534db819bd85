"""PDF files: the text of each page, the properties, notes, pictures as a camera made them."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from archive.leaks.finding import Found, Search, at_place, masked
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
"""Earlier versions that are read; each saving may leave one."""


@contextmanager
def _silent() -> Iterator[None]:
    """The library tells a lot of odd files; not in this context."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


@_silent()
def pdf(raw: bytes, search: Search) -> list[Found]:
    """What must not go out of a PDF file, its texts gone through by `search`."""
    from pypdf import PdfReader  # heavy, and here seldom needed

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return [Found("无法检查", "已加密")]
        found = [
            *_properties(reader, raw),
            *_pages(reader, search),
            *_beside(reader, search),
            *_pictures(raw, search),
        ]
    except Exception:  # whatever is wrong with a file, its text was not read
        return [Found("无法检查", "已损坏或无法读取")]
    return list(dict.fromkeys([*found, *_earlier(raw, search)]))


def _earlier(raw: bytes, search: Search) -> Iterator[Found]:
    """What is left of versions before the last one: a file that is saved again may only grow."""
    from pypdf import PdfReader

    ends = [end.end() for end in _END.finditer(raw)][:-1]
    for number, end in enumerate(ends[-_VERSIONS:], 1):
        # The first part of a file made for the web ends so too, and is no version.
        with suppress(Exception):
            for one in list(_pages(PdfReader(io.BytesIO(raw[:end])), search)):
                yield one._replace(place=f"以前的第 {number} 版，{one.place}")


def _titles(outline: list[Any]) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from _titles(one)
        else:
            yield str(one.title)


def _beside(reader: Any, search: Search) -> Iterator[Found]:
    """What stands beside the pages: title, fields of forms, bookmarks, files."""
    said = [str((reader.metadata or {}).get(key) or "") for key in _TEXTS]
    said += [str(field.get("/V") or "") for field in (reader.get_fields() or {}).values()]
    said += _titles(reader.outline)
    yield from at_place("属性和表单", search("\n".join(said)))
    if reader.attachments:
        yield Found("无法检查", "内嵌的文件或宏")


def _properties(reader: Any, raw: bytes) -> Iterator[Found]:
    told = [
        (label, str(value)) for key, label in _PROPERTIES.items()
        if (value := (reader.metadata or {}).get(key))
    ]  # fmt: skip
    told += [("作者", name.decode("utf-8", "replace")) for name in _XMP_AUTHOR.findall(raw)]
    for label, value in dict.fromkeys(told):
        if is_private(value.strip()):
            yield Found("文件属性", f"{label}：{masked(value, 1, 0)}")


def _pages(reader: Any, search: Search) -> Iterator[Found]:
    for number, page in enumerate(reader.pages, 1):
        place = f"第 {number} 页"
        yield from at_place(place, search(page.extract_text()))
        own = [one.get_object() for one in page.annotations or ()]
        links = [str(one["/A"].get("/URI") or "") for one in own if "/A" in one]
        yield from at_place(
            place, search("\n".join([*links, *(str(one.get("/Contents") or "") for one in own)]))
        )
        notes = sum(one.get("/Subtype") in _NOTES for one in own)
        if notes:
            yield Found("修订批注", f"批注 {notes} 处", place=place)


def _pictures(raw: bytes, search: Search) -> Iterator[Found]:
    # A photograph stands in the file as it was, not packed once more.
    if b"Exif\0\0" in raw or b"xmpmeta" in raw:
        # An author in XMP is that of the file, told among its properties.
        yield from (one for one in picture(raw, search) if not one.found.startswith("作者"))
