"""PDF files: the text of each page, the properties, notes, pictures as a camera made them."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from archive.leaks.finding import Found, Search, at_place, masked
from archive.leaks.office import is_private
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
_XMP_AUTHOR = re.compile(
    rb"<dc:creator>(?:(?!</dc:creator>).){0,200}<rdf:li[^>]*>([^<]+)<", re.DOTALL
)


def pdf(raw: bytes, search: Search) -> list[Found]:
    """What must not go out of a PDF file, its texts gone through by `search`."""
    from pypdf import PdfReader  # heavy, and here seldom needed

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # of odd files it tells a lot
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return [Found("无法检查", "已加密")]
        return [*_properties(reader, raw), *_pages(reader, search), *_pictures(raw)]
    except Exception:  # whatever is wrong with a file, its text was not read
        return [Found("无法检查", "已损坏或无法读取")]


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
        notes = sum(one.get_object().get("/Subtype") in _NOTES for one in page.annotations or ())
        if notes:
            yield Found("修订批注", f"批注 {notes} 处", place=place)


def _pictures(raw: bytes) -> Iterator[Found]:
    # A photograph stands in the file as it was, not packed once more.
    if b"Exif\0\0" in raw or b"xmpmeta" in raw:
        yield from picture(raw)
