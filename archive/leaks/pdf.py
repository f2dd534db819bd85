"""Leaks in PDF files: the text of each page, properties, notes, metadata of photographs."""

import io
import logging
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from archive.files.bounds import MAX_PDF_PAGES
from archive.leaks.leak import FileLeak, Search, leaks_in_part, masked, text_digest
from archive.leaks.markup import is_private
from archive.leaks.pdf_objects import PdfObjects, forms
from archive.leaks.pdf_size import Drawn
from archive.leaks.pdf_source import has_unlisted, outside_streams, strings
from archive.leaks.picture_blocks import Room
from archive.leaks.pictures import picture
from archive.leaks.placed import Piece, in_lines, joined, text_width

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
    rb"<dc:creator>(?:(?!</?dc:creator>).){0,200}?<rdf:li[^<>]{0,80}>([^<]{1,200})<", re.DOTALL
)
_END = re.compile(rb"%%EOF\s{0,2}")
_LINEARISED = re.compile(rb"/Linearized\b[^>]*?/L (\d{1,12})")
_IN_SOURCE = "文件的源码"
_VERSIONS = 5
"""How many earlier versions are read; each saving may leave one in the file."""


@contextmanager
def silent() -> Iterator[None]:
    """Silence the log of pypdf, which warns of many harmless oddities, within the context."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


@silent()
def pdf(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a PDF file, earlier versions that are still in it included.

    `search` is applied to its texts. What cannot be read is a leak (无法检查), be it one object.
    """
    from pypdf import PdfReader  # slow to import, and seldom needed

    if not raw.lstrip().startswith(b"%PDF-") or raw[raw.rfind(b"%%EOF") + 5 :].strip(
        b"\0 \t\r\n\f"
    ):
        return [FileLeak("无法检查", "内容与后缀不符的文件"), *_pictures(raw, search)]
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            return [FileLeak("无法检查", "已加密")]
        if len(reader.pages) > MAX_PDF_PAGES:
            return [FileLeak("无法检查", f"{len(reader.pages)} 页，须不超过 {MAX_PDF_PAGES} 页")]
        objects = PdfObjects(reader)
        room, drawn = Room(), Drawn()
        found = [
            *_properties(reader, [raw, *objects.metadata]),
            *_version(reader, search, objects, drawn),
            *_pictures(raw, search),
            *_sources(raw, search),
            *(leak for one in objects.pictures for leak in picture(one, search, room=room)),
        ]
    except Exception:  # a damaged file makes pypdf raise almost any error
        return [FileLeak("无法检查", "已损坏或无法读取")]
    listed = _listed(reader)
    earlier = [*_earlier(raw, search, listed, drawn)]
    if not any(one.kind == "无法检查" for one in earlier) and has_unlisted(raw, listed):
        earlier.append(FileLeak("无法检查", "已删去而仍在文件里的内容"))
    return list(dict.fromkeys([*_once(found), *earlier]))


def _listed(reader: Any) -> set[int]:
    """Return where the objects of one version of a file stand."""
    return {place for places in reader.xref.values() for place in places.values()}


def _sources(raw: bytes, search: Search) -> list[FileLeak]:
    texts = dict.fromkeys(strings(outside_streams(raw)))
    return leaks_in_part(_IN_SOURCE, search("\n\n".join(texts)))


def _once(found: list[FileLeak]) -> Iterator[FileLeak]:
    """Yield leaks; one in the file's source or in a picture only if it is found nowhere else."""
    known = {one.what for one in found if one.place not in ("", _IN_SOURCE)}
    for one in found:
        if one.place != _IN_SOURCE or one.what not in known:
            yield one


def _version(reader: Any, search: Search, objects: PdfObjects, drawn: Drawn) -> list[FileLeak]:
    """Return the leaks in one version of a file: on its pages, then in all its other objects."""
    drawings = list(forms(reader))
    if drawn.is_too_large(reader, drawings):
        return [FileLeak("无法检查", "内容过大"), *objects.faults]
    found = list(_pages(reader, search))
    known = {leak.what for leak in found}
    shown: list[str] = []
    for form in drawings if reader.pages else ():
        shown += _texts(partial(reader.pages[0].extract_xform_text, form))
    texts = dict.fromkeys([*objects.texts, *shown])
    beside = leaks_in_part("属性和表单", search("\n\n".join(texts)))
    found += [leak for leak in beside if leak.what not in known]
    return [*found, *objects.faults]


def _earlier(raw: bytes, search: Search, listed: set[int], drawn: Drawn) -> Iterator[FileLeak]:
    """Yield the leaks in earlier versions of the file, which saving it again may leave in place.

    Where their objects stand is added to `listed`.
    """
    from pypdf import PdfReader

    ends = [end.end() for end in _END.finditer(raw)]
    # The first part of a linearised file is no version of it, but the pages shown first.
    whole = _LINEARISED.search(raw[:1024])
    if whole and len(ends) > 1 and any(abs(int(whole[1]) - end) < 4 for end in ends[1:]):
        ends = ends[1:]
    if len(ends) > _VERSIONS + 1:
        yield FileLeak("无法检查", f"{len(ends) - 1} 个以前的版本，须不超过 {_VERSIONS} 个")
        return
    for number, end in enumerate(ends[:-1], 1):
        called = f"以前的第 {number} 版"
        try:
            reader = PdfReader(io.BytesIO(raw[:end]))
            listed |= _listed(reader)
            found = _version(reader, search, PdfObjects(reader), drawn)
        except Exception:
            found = [FileLeak("无法检查", "已损坏或无法读取")]
        for leak in found:
            yield leak._replace(place=f"{called}，{leak.place}" if leak.place else called)


def _properties(reader: Any, metadata: list[bytes]) -> Iterator[FileLeak]:
    properties = [
        (label, str(value)) for key, label in _PROPERTIES.items()
        if (value := (reader.metadata or {}).get(key))
    ]  # fmt: skip
    properties += [
        ("作者", name.decode("utf-8", "replace"))
        for raw in metadata
        for name in _XMP_AUTHOR.findall(raw)
    ]
    for label, value in dict.fromkeys(properties):
        if is_private(value.strip()):
            yield FileLeak("文件属性", f"{label}：{masked(value, 1, 0)}", digest=text_digest(value))


def _pages(reader: Any, search: Search) -> Iterator[FileLeak]:
    for number, page in enumerate(reader.pages, 1):
        place = f"第 {number} 页"
        for text in _texts(page.extract_text):
            yield from leaks_in_part(place, search(text))
        notes = [note.get_object() for note in page.annotations or ()]
        links = [str(note["/A"].get("/URI") or "") for note in notes if "/A" in note]
        contents = [str(note.get("/Contents") or "") for note in notes]
        yield from leaks_in_part(place, search("\n".join([*links, *contents])))
        count = sum(note.get("/Subtype") in _NOTES for note in notes)
        if count:
            yield FileLeak("修订批注", f"批注 {count} 处", place=place)


def _texts(extract: Callable[..., str]) -> list[str]:
    """Return a text in the order of its source and, where it has several pieces, row by row."""
    pieces: list[Piece] = []

    def place(text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        if shown := text.strip():
            a, b, c, d, x, y = mult(inner, outer)
            wide = text_width(shown) * size
            height = size * math.sqrt(abs(a * d - b * c)) or 1.0
            pieces.append(Piece(shown, x, y, height, (x + a * wide, y + b * wide)))

    from pypdf._text_extraction import mult

    written = extract(visitor_text=place)
    if len(pieces) < 2:
        return [written]
    return [written, joined(in_lines(pieces, lambda one: -one.y, lambda one: one.x))]


def _pictures(raw: bytes, search: Search) -> Iterator[FileLeak]:
    # A JPEG is stored in a PDF as it is, so its metadata can be read without unpacking anything.
    if b"Exif\0\0" in raw or b"xmpmeta" in raw:
        # An author in XMP is that of the whole file: `_properties` reports it.
        yield from (leak for leak in picture(raw, search) if not leak.found.startswith("作者"))
