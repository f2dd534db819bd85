"""Leaks in the metadata of pictures and films: where they were taken, with what camera, by whom.

The formats are read only as far as needed to see which fields are there: Exif (CIPA DC-008) is a
TIFF directory, in JPEG after `Exif`, in PNG and WebP in a chunk; XMP (ISO 16684-1) is plain XML.
"""

import re
import struct
from collections.abc import Iterator
from html import unescape

from archive.files.bounds import MAX_PIXELS
from archive.leaks.leak import FileLeak, Search, leaks_in_part, masked, text_digest
from archive.leaks.picture_blocks import (
    MAX_BLOCK,
    TooLargeError,
    blocks,
    has_more,
    text_of,
    texts_of,
)
from archive.leaks.text import decoded

PICTURES = (
    ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".bmp", ".ico", ".mp4", ".mov",
)  # fmt: skip
"""Suffixes of pictures and films."""

_MAX_BLOCKS = 100
"""The most blocks of Exif in a picture; a real one has one or two."""
_BYLINE = re.compile(rb"\x1c\x02[\x50\x7a](..)", re.DOTALL)  # IPTC-IIM 4, 2:80 and 2:122
_THUMBNAIL = re.compile(rb"JFXX\0|8BIM\x04[\x09\x0c]")


RemarkText = tuple[str, str]
"""The label of a field, and its text."""

_EXIF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4}(?:Exif\0\0)?)(?=II\*\0|MM\0\*)", re.DOTALL)
_TIFF = (b"II*\0", b"MM\0*")
_XMP = re.compile(
    rb"[\w.-]{1,30}:(GPSLatitude|GPSLongitude|Make|Model|SerialNumber|BodySerialNumber"
    rb"|CameraOwnerName|OwnerName)(?:\s{0,9}=\s{0,9}[\"']([^\"']{1,300})[\"']|>([^<]{1,300})<)"
)
_XMP_AUTHOR = re.compile(
    rb"<[\w.-]{1,30}:creator\b[^<>]{0,80}>\s*<[\w.-]{1,30}:\w+[^<>]{0,80}>\s*<[\w.-]{1,30}:li[^<>]{0,80}>([^<]{1,300})<"
)
_WIDE_XMP = re.compile(rb"R\0D\0F")
"""The root of a description in UTF-16."""
_RAW_PROFILE = re.compile(rb"\n(?:exif|APP1|xmp)\n\s*\d+\n((?:[0-9A-Fa-f]{2}|\s)+)", re.IGNORECASE)
# Place of a recording in QuickTime and MP4 files.
_MOVIE_PLACE = re.compile(rb"\xa9xyz.{4}[+-]\d|com\.apple\.quicktime\.location", re.DOTALL)

_TAGS = {
    0x010F: "相机厂商", 0x0110: "相机型号", 0x013B: "作者", 0xA430: "相机所有者", 0xA431: "相机序列号",
    0xA434: "镜头型号", 0x9C9D: "作者",
    0x010E: "说明", 0x8298: "说明", 0x9286: "说明", 0x9C9B: "说明", 0x9C9C: "说明", 0x9C9E: "说明", 0x9C9F: "说明",
}  # fmt: skip
_XMP_TAGS = {
    b"Make": "相机厂商", b"Model": "相机型号", b"SerialNumber": "相机序列号", b"BodySerialNumber": "相机序列号",
    b"CameraOwnerName": "相机所有者", b"OwnerName": "相机所有者",
}  # fmt: skip
_GPS_DIRECTORY, _EXIF_DIRECTORY = 0x8825, 0x8769
"""Tags that point to the GPS directory, and to the Exif directory."""
_THUMBNAIL_TAG = 0x0201
_BYTES = (1, 2, 6, 7)
"""Kinds of values that may be a text."""
_MAX_TEXTS = 4_000_000
"""Bytes of such values that are read."""
_IN_UTF_16 = (0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F)
_MAX_DIRECTORIES = 50
"""The most directories that are read; a real picture has about five."""
_MAX_ENTRIES = 1000
"""The most entries of one; a real one has about fifty."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}


def picture(raw: bytes, search: Search, place: str = "") -> list[FileLeak]:
    """Return the leaks in a picture or film: each field of its metadata once, and those in its texts.

    `search` is applied to its texts; `place` is what messages call the picture within a larger file.
    """
    if (size := pixels(raw)) > MAX_PIXELS:
        found = f"{size // 1_000_000} 百万像素的图片，须不超过 {MAX_PIXELS // 1_000_000} 百万"
        return [FileLeak("无法检查", found, place=place)]
    try:
        fields = list(_fields(raw))
        marks = 0
        for block in blocks(raw):
            marks += sum(1 for one in (_EXIF, _RAW_PROFILE) for _ in one.finditer(block))
            if marks > _MAX_BLOCKS:
                raise TooLargeError
            fields += [*_fields_of(block), ("说明", text_of(block))]
    except TooLargeError:
        return [FileLeak("无法检查", "图片信息过多", place=place)]
    more = [FileLeak("无法检查", "图片之后的内容", place=place)] if has_more(raw) else []
    return [*_told(fields, search, place), *more]


def _fields_of(block: bytes) -> Iterator[RemarkText]:
    """Yield the fields of one block of metadata."""
    yield from _fields(block)
    for found in _BYLINE.finditer(block):
        (length,) = struct.unpack(">H", found[1])
        yield "作者", decoded(block[found.end() : found.end() + length])
    key, _, text = block.partition(b"\0")
    if key == b"Author":
        yield "作者", decoded(text.strip(b"\0").rpartition(b"\0")[2])
    if _THUMBNAIL.match(block) or (block.startswith(b"Photoshop") and _THUMBNAIL.search(block)):
        yield "缩略图", ""


def pixels(raw: bytes) -> int:
    """Return the number of points of a picture; 0 for a format that the library does not know."""
    from docx.image.image import Image  # slow to import

    try:
        image = Image.from_blob(raw)
        return int(image.px_width) * int(image.px_height)
    except Exception:  # a picture that is cut off, or none
        return 0


def _told(fields: list[RemarkText], search: Search, place: str) -> list[FileLeak]:
    found: list[FileLeak] = []
    for label, text in dict.fromkeys(fields):
        if label == "说明":
            found += leaks_in_part(place or "图片说明", search(text))
        elif label in ("拍摄地点", "缩略图") or text.strip():
            shown = masked(text, 1, 0) if label == "作者" else masked(text, 3, 1)
            found.append(
                FileLeak(
                    "图片信息",
                    f"{label}：{shown}" if shown else label,
                    1,
                    place,
                    text_digest(text) if shown else "",
                )
            )
    return list(dict.fromkeys(found))


def _fields(raw: bytes) -> Iterator[RemarkText]:
    if raw.startswith(_TIFF):
        yield from _directory(raw)
    for count, found in enumerate(_EXIF.finditer(raw)):
        if count == _MAX_BLOCKS:
            raise TooLargeError
        yield from _directory(raw[found.end() : found.end() + MAX_BLOCK])
    for found in _RAW_PROFILE.finditer(raw):  # Exif as ImageMagick writes it into PNG
        yield from _fields(bytes.fromhex(found[1].decode()))
    yield from _xmp(raw)
    if _MOVIE_PLACE.search(raw):
        yield "拍摄地点", ""


def _xmp(raw: bytes) -> Iterator[RemarkText]:
    for found in _XMP.finditer(raw):
        if found[1].startswith(b"GPS"):
            yield "拍摄地点", ""
        else:
            value = (found[2] or found[3]).decode("utf-8", "replace")
            yield _XMP_TAGS[found[1]], unescape(value)
    for found in _XMP_AUTHOR.finditer(raw):
        yield "作者", unescape(found[1].decode("utf-8", "replace"))
    if b"\0" in raw and _WIDE_XMP.search(raw):
        yield from _wide_xmp(raw)


def _wide_xmp(raw: bytes) -> Iterator[RemarkText]:
    for text in texts_of(raw):
        yield from _xmp(text.encode("utf-8", "replace"))


def _directory(tiff: bytes) -> Iterator[RemarkText]:
    """Yield the fields of a TIFF file or an Exif block; of a cut-off one, what is left."""
    order = "<" if tiff.startswith(b"II") else ">"
    pending = [4]
    seen: set[int] = set()
    places = texts = 0
    while pending and len(seen) < _MAX_DIRECTORIES:
        try:
            (start,) = struct.unpack_from(f"{order}I", tiff, pending.pop())
            if start in seen or not start:  # 0: no further directory
                continue
            (count,) = struct.unpack_from(f"{order}H", tiff, start)
            if count > _MAX_ENTRIES:
                if start + 2 + count * 12 <= len(tiff):
                    raise TooLargeError
                continue
            seen.add(start)
            for at in range(start + 2, start + 2 + count * 12, 12):
                tag, kind, length = struct.unpack_from(f"{order}HHI", tiff, at)
                if tag == _GPS_DIRECTORY:
                    yield from [("拍摄地点", "")] * _has_place(tiff, order, at + 8)
                    places += 1
                    if places > _MAX_DIRECTORIES:
                        raise TooLargeError
                elif tag == _EXIF_DIRECTORY:
                    pending.append(at + 8)
                elif tag == _THUMBNAIL_TAG:
                    yield "缩略图", ""
                elif tag in _TAGS and (text := _text(tiff, order, tag, kind, length, at + 8)):
                    yield _TAGS[tag], text
                elif kind in _BYTES and length > 4:
                    (start,) = struct.unpack_from(f"{order}I", tiff, at + 8)
                    texts += min(length, MAX_BLOCK)
                    if texts > _MAX_TEXTS:
                        raise TooLargeError
                    value = tiff[start : start + min(length, MAX_BLOCK)]
                    yield "说明", text_of(value)
                    yield from _wide_xmp(value)
            pending.append(start + 2 + count * 12)  # to the next picture
        except struct.error:
            continue


def _has_place(tiff: bytes, order: str, at: int) -> bool:
    """Return whether a GPS directory holds a latitude or a longitude (tags 2 and 4)."""
    (start,) = struct.unpack_from(f"{order}I", tiff, at)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    entries = range(min(count, _MAX_ENTRIES))
    tags = (struct.unpack_from(f"{order}H", tiff, start + 2 + 12 * i)[0] for i in entries)
    return any(tag in (2, 4) for tag in tags)


def _text(tiff: bytes, order: str, tag: int, kind: int, length: int, at: int) -> str:
    size = length * _SIZES.get(kind, 1)
    if size > 4:
        (at,) = struct.unpack_from(f"{order}I", tiff, at)
    raw = tiff[at : at + min(size, 2000)]
    return (raw.decode("utf-16-le", "replace") if tag in _IN_UTF_16 else decoded(raw)).strip("\0 ")
