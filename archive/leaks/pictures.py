"""Leaks in the metadata of pictures and films: where they were taken, with what camera, by whom.

The formats are read only as far as needed to see which fields are there: Exif (CIPA DC-008) is a
TIFF directory, in JPEG after `Exif`, in PNG and WebP in a chunk; XMP (ISO 16684-1) is plain XML.
"""

import io
import re
import struct
from collections.abc import Iterable, Iterator
from zipfile import is_zipfile

from archive.files.bounds import MAX_PIXELS
from archive.files.excerpts import shorten
from archive.files.html import unescaped
from archive.files.pictures import ATTACHED, opened
from archive.leaks.binary_text import text_of, texts_of
from archive.leaks.leak import FileLeak, Search, leaks_in_part, masked, text_digest
from archive.leaks.picture_blocks import MAX_BLOCK, Room, TooLargeError, blocks
from archive.leaks.text import decoded
from archive.leaks.tiff import GPS, THUMBNAIL, TIFF, entries

PICTURES = (
    ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".bmp", ".ico", ".mp4", ".mov",
)  # fmt: skip
"""Suffixes of pictures and films."""

_PER_EXIF = 2_000
"""What each block of Exif in a picture counts for; a real one has one or two."""
_LONGEST_NAME = 200
"""The most bytes of the name of an author that are read."""
_LONGEST_VALUE = 2000
"""The most bytes of a value that is told."""
_BEFORE_ROOT = 2000
"""Bytes before the root of a description that may belong to it."""
_NO_DIGITS = bytes(set(range(256)) - set(b"0123456789ABCDEFabcdef"))
_CAPTION = re.compile(rb"\x1c\x02(.)(..)", re.DOTALL)  # IPTC-IIM 4, record 2: a field, its length
_BYLINES = (b"\x50", b"\x7a")
"""The fields that name who has taken the picture, and who has described it."""
_PHOTOSHOP = (b"Photoshop", b"8BIM")
_THUMBNAIL = re.compile(rb"JFXX\0|8BIM\x04[\x09\x0c]")


RemarkText = tuple[str, str]
"""The label of a field, and its text."""

_EXIF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4}(?:Exif\0\0)?)(?=II\*\0|MM\0\*)", re.DOTALL)
_XMP = re.compile(
    rb":(?<=[\w.-]:)(GPSLatitude|GPSLongitude|Make|Model|SerialNumber|BodySerialNumber"
    rb"|CameraOwnerName|OwnerName)(?:\s{0,9}=\s{0,9}[\"']([^\"']{1,300})[\"']|>([^<]{1,300})<)"
)
_XMP_AUTHOR = re.compile(
    rb"<[\w.-]{1,30}:creator\b[^<>]{0,80}>\s*<[\w.-]{1,30}:\w+[^<>]{0,80}>\s*<[\w.-]{1,30}:li[^<>]{0,80}>([^<]{1,300})<"
)
_WIDE_XMP = re.compile(rb"R\0D\0F")
"""The root of a description in UTF-16."""
_RAW_PROFILE = re.compile(
    rb"Raw profile type[^\n]*+\n(?:[^\n]*+\n)??[\0 \n]*+\d++[ \n](.*)", re.DOTALL | re.IGNORECASE
)
"""A block of another format (Exif, IPTC, XMP) as ImageMagick and exiftool write it into PNG: its length, its digits."""
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
_BYTES = (1, 2, 6, 7)
"""Kinds of values that may be a text."""
_BLOCKS = (0x83BB, 0x8649)
"""Fields of a TIFF file that hold a block of IPTC or of Photoshop."""
_IN_UTF_16 = (0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F)


_PICTURE = re.compile(
    rb"\xff\xd8|\x89PNG|GIF8|RIFF.{4}WEBP|II\*\0|MM\0\*|BM|\0\0\x01\0|.{4}(?:ftyp|moov|mdat|wide|free)",
    re.DOTALL,
)


def is_picture(raw: bytes) -> bool:
    """Return whether a file is a picture or a film and, to other programs, nothing else as well."""
    return bool(_PICTURE.match(raw)) and not is_document(raw)


def is_document(raw: bytes) -> bool:
    """Return whether programs may take a file for a PDF or a zip file, whatever else it is."""
    return b"%PDF-" in raw[:1024] or is_zipfile(io.BytesIO(raw))


def picture(
    raw: bytes, search: Search, place: str = "", room: Room | None = None
) -> list[FileLeak]:
    """Return the leaks in a picture or film: each field of its metadata once, and those in its texts.

    `search` is applied to its texts; `place` is what messages call the picture within a larger file,
    and `room` what may be read of all pictures of that file together.
    """
    room = room or Room()
    try:
        fields = dict.fromkeys(_fields(raw, room))
        more = False
        for block in blocks(raw, room):
            if block is None:
                more = True
            else:
                fields |= dict.fromkeys(_fields_of(block, room))
    except TooLargeError:
        return [FileLeak("无法检查", "图片信息过多", place=place)]
    if (size := pixels(raw)) > MAX_PIXELS:
        found = f"{size // 1_000_000} 百万像素的图片，须不超过 {MAX_PIXELS // 1_000_000} 百万"
        return [FileLeak("无法检查", found, place=place)]
    after = [FileLeak("无法检查", "图片之后的内容", place=place)] if more else []
    return [*_told(fields, search, place), *after]


def _fields_of(block: bytes, room: Room) -> Iterator[RemarkText]:
    """Yield the fields of one block of metadata."""
    yield from _fields(block, room)
    for found in _CAPTION.finditer(block):
        (length,) = struct.unpack(">H", found[2])
        text = block[found.end() : found.end() + min(length, _LONGEST_VALUE)]
        room.take(len(text))
        if found[1] in _BYLINES:
            yield "作者", decoded(text[:_LONGEST_NAME])
        yield "说明", decoded(text)
    key, _, text = block.partition(b"\0")
    last = (text or key).strip(b"\0").rpartition(b"\0")[2]
    if key == b"Author":
        yield "作者", decoded(last)
    if len(last) <= _LONGEST_NAME:  # `text_of` takes so short a text for numbers
        yield "说明", decoded(last)
    if _THUMBNAIL.match(block) or (block.startswith(_PHOTOSHOP) and _THUMBNAIL.search(block)):
        yield "缩略图", ""
    yield "说明", text_of(block)
    if profile := _RAW_PROFILE.match(block):
        room.take(len(profile[1]))
        digits = profile[1].translate(None, _NO_DIGITS)
        yield from _fields_of(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()), room)


def pixels(raw: bytes) -> int:
    """Return the number of points of a picture; 0 for a format that the library does not know."""
    try:
        with opened(raw, ATTACHED) as image:
            return image.width * image.height
    except Exception:  # a picture that is cut off, or none
        return 0


def _told(fields: Iterable[RemarkText], search: Search, place: str) -> list[FileLeak]:
    found: list[FileLeak] = []
    texts = []
    for label, text in fields:
        if label == "说明":
            texts.append(text)
        elif label in ("拍摄地点", "缩略图") or text.strip():
            shown = shorten(masked(text, 1, 0) if label == "作者" else masked(text, 3, 1))
            said = f"{label}：{shown}" if shown else label
            key = text_digest(text) if shown else ""
            found.append(FileLeak("图片信息", said, 1, place, key))
    found += leaks_in_part(place or "图片说明", search("\n\n".join(texts)))
    return list(dict.fromkeys(found))


def _fields(raw: bytes, room: Room) -> Iterator[RemarkText]:
    if raw.startswith(TIFF):
        yield from _of_tiff(raw, room)
    for found in _EXIF.finditer(raw):
        room.take(_PER_EXIF)
        yield from _of_tiff(raw[found.end() : found.end() + MAX_BLOCK], room)
    yield from _xmp(raw, room)
    if _MOVIE_PLACE.search(raw):
        yield "拍摄地点", ""


def _xmp(raw: bytes, room: Room) -> Iterator[RemarkText]:
    for found in _XMP.finditer(raw):
        room.take(len(found[0]))
        if found[1].startswith(b"GPS"):
            yield "拍摄地点", ""
        else:
            value = (found[2] or found[3]).decode("utf-8", "replace")
            yield _XMP_TAGS[found[1]], unescaped(value)
    for found in _XMP_AUTHOR.finditer(raw):
        room.take(len(found[0]))
        yield "作者", unescaped(found[1].decode("utf-8", "replace"))
    done = 0
    for found in _WIDE_XMP.finditer(raw) if b"\0" in raw else ():
        if found.start() >= done:
            start, done = max(0, found.start() - _BEFORE_ROOT), found.start() + MAX_BLOCK
            room.take(len(raw[start:done]))
            for text in texts_of(raw[start:done]):
                yield from _xmp(text.encode("utf-8", "replace"), room)


def _of_tiff(tiff: bytes, room: Room) -> Iterator[RemarkText]:
    """Yield the fields of a TIFF file or an Exif block."""
    for entry in entries(tiff, room):
        if entry.within == GPS and entry.tag in (2, 4):  # a latitude, a longitude
            yield "拍摄地点", ""
        if entry.tag == THUMBNAIL:
            yield "缩略图", ""
        value = tiff[entry.start : entry.start + min(entry.size, MAX_BLOCK)]
        if entry.tag in _TAGS:
            text = value[:_LONGEST_VALUE]
            is_wide = entry.tag in _IN_UTF_16
            shown = text.decode("utf-16-le", "replace") if is_wide else decoded(text)
            if shown := shown.strip("\0 "):
                room.take(len(text))
                yield _TAGS[entry.tag], shown
        if entry.tag in _BLOCKS:
            room.take(2 * len(value))
            yield from _fields_of(value, room)
            # As numbers of four bytes, whose bytes are in the order of the file.
            yield from _fields_of(_turned(value), room)
        elif entry.kind in _BYTES and entry.size > 4:
            room.take(len(value))
            yield "说明", text_of(value)


def _turned(value: bytes) -> bytes:
    """Return bytes with each four of them in the other order."""
    return b"".join(value[at : at + 4][::-1] for at in range(0, len(value), 4))
