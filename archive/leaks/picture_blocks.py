"""The blocks of a picture or film that hold no pixels: whatever they are called, a text may be in them.

Each format is walked as a program would show it: JPEG (ITU-T T.81), PNG (ISO/IEC 15948), GIF89a, WebP
(RIFF) and the boxes of MP4 and HEIF (ISO/IEC 14496-12). What follows the end of the picture is seen by
no reader, but may be the picture before it was cropped.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from archive.files.bounds import MAX_TEXT
from archive.leaks.tiff import TIFF, end_of_tiff

MAX_BLOCK = 1 << 20
"""The most bytes of a block that are read."""


_PER_BLOCK = 100
"""What each block counts for beside its bytes: reading it takes as long as reading so many more."""


class TooLargeError(Exception):
    """The picture holds more metadata than is read."""


class Room:
    """How many bytes of metadata may still be read: of one picture, or of all in one file together."""

    def __init__(self, left: int = MAX_TEXT) -> None:
        self.left = left

    def take(self, size: int) -> None:
        """Take this much, and a little for the taking; raises `TooLargeError` if it is not left."""
        self.left -= size + _PER_BLOCK
        if self.left < 0:
            raise TooLargeError


_NO_BODY = {0x01, *range(0xD0, 0xD9)}
_MARKER = re.compile(rb"\xff[^\0\xd0-\xd7\xff]", re.DOTALL)
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_EXTENSION_HEAD = len(_EXTENSION) + 40
_PIXELS_OF_PNG = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"bKGD", b"pHYs", b"sBIT",
    b"hIST", b"tIME", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_PIXELS_OF_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
_FILM = re.compile(rb".{4}(?:ftyp|moov|mdat|wide|free)", re.DOTALL)
_XMP = re.compile(rb"<[\w.-]{1,30}:RDF[\s>]")
_ICON = b"\0\0\1\0"
_PADDING = b"\0\r\n "
_BOXES = {
    b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"mfra", b"meta", b"free", b"skip", b"wide", b"uuid", b"udta",
    b"pdin", b"sidx", b"ssix", b"prft", b"emsg", b"pnot", b"idat",
}  # fmt: skip
"""The boxes that a film or an HEIF picture consists of; others are not part of it."""


def blocks(raw: bytes, room: Room) -> Iterator[bytes | None]:
    """Yield the blocks of metadata of a picture, unpacked, and None for what follows its end.

    Of a cut-off file they are what is left. Each block is taken from `room`, those of pixels as empty
    ones: a file may have very many.
    """
    if raw.startswith(b"\xff\xd8"):
        yield from _of_jpeg(raw, room)
    elif raw.startswith(b"\x89PNG"):
        yield from _of_png(raw, room)
    elif raw.startswith(b"GIF8"):
        yield from _of_gif(raw, room)
    elif raw.startswith(b"RIFF"):
        yield from _of_webp(raw, room)
    elif raw.startswith(b"BM") and len(raw) >= 6:
        yield from _rest(raw, int.from_bytes(raw[2:6], "little"))
    elif raw.startswith(_ICON):
        yield from _of_icon(raw, room)
    elif raw.startswith(TIFF):
        yield from _rest(raw, end_of_tiff(raw, room))
    elif _FILM.match(raw):
        yield from _of_film(raw, room)


def _rest(raw: bytes, end: int) -> Iterator[None]:
    if raw[end:].strip(_PADDING):
        yield None


def _of_jpeg(raw: bytes, room: Room) -> Iterator[bytes | None]:
    """Yield the segments of programs and the comments, those between scans as well."""
    at, extended = 2, bytearray()
    while at + 2 <= len(raw):
        marker = raw[at + 1]
        if raw[at] != 0xFF:
            yield raw[at : at + MAX_BLOCK]  # no segment: nobody knows what it is
            break
        if marker == 0xD9:
            yield from _rest(raw, at + 2)
            break
        if marker == 0xFF or marker in _NO_BODY:
            room.take(0)
            at += 1 if marker == 0xFF else 2
            continue
        body = raw[at + 4 : at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")]
        if body.startswith(_EXTENSION):
            room.take(len(body))
            extended += body[_EXTENSION_HEAD:]
        elif marker == 0xFE or 0xE0 <= marker <= 0xEF:
            room.take(len(body))
            yield body
        else:
            room.take(0)
        at += 4 + len(body)
        if marker == 0xDA:
            following = _MARKER.search(raw, at)
            at = following.start() if following else len(raw)
    yield bytes(extended)


def _of_png(raw: bytes, room: Room) -> Iterator[bytes | None]:
    at = 8
    while at + 8 <= len(raw):
        size, name = struct.unpack_from(">I4s", raw, at)
        start, at = at + 8, at + 12 + size
        if name == b"IEND":
            yield from _rest(raw, at)
            return
        if name in _PIXELS_OF_PNG:
            room.take(0)
            continue
        room.take(min(size, len(raw) - start))
        body = raw[start : start + size]
        key, _, text = body.partition(b"\0")
        if name in (b"zTXt", b"iCCP"):
            body = key + b"\0" + _unpacked(text[1:], room)
        elif name == b"iTXt" and text[:1] == b"\1":
            language, named, packed = [*text[2:].split(b"\0", 2), b"", b"", b""][:3]
            body = b"\0".join([key, language, named, _unpacked(packed, room)])
        yield body


def _unpacked(packed: bytes, room: Room) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, max(1, room.left))
    except zlib.error:
        return b""
    room.take(len(text))
    if unpacking.unconsumed_tail:
        raise TooLargeError
    return text


def _of_gif(raw: bytes, room: Room) -> Iterator[bytes | None]:
    """Yield the blocks of each extension together, and as they stand: XMP is written across them."""
    at = 13 + _palette(raw, 10)
    while at < len(raw):
        kind = raw[at]
        if kind == 0x3B:
            yield from _rest(raw, at + 1)
            return
        if kind == 0x2C:
            room.take(0)
            for _, after in _row(raw, at + 11 + _palette(raw, at + 9)):
                at = after
        elif kind == 0x21:
            start, label = at + 2, raw[at + 1 : at + 2]
            text = bytearray()
            for piece, after in _row(raw, start):
                text += raw[piece:after]
                at = after
            room.take(2 * len(text))
            if label != b"\xf9":
                yield bytes(text)
                yield raw[start : min(at, start + MAX_BLOCK)]
        else:
            yield raw[at : at + MAX_BLOCK]
            return


def _palette(raw: bytes, at: int) -> int:
    """Return how many bytes the table of colours has that the byte at this offset announces."""
    flags = raw[at] if at < len(raw) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _row(raw: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield where each of a row of blocks begins and ends, and after the last where the row ends."""
    while at < len(raw) and raw[at]:
        yield at + 1, at + 1 + raw[at]
        at += 1 + raw[at]
    yield at + 1, at + 1


def _of_webp(raw: bytes, room: Room) -> Iterator[bytes | None]:
    end = 8 + int.from_bytes(raw[4:8], "little")
    yield from _rest(raw, end)
    at = 12
    while at + 8 <= len(raw):
        name, size = struct.unpack_from("<4sI", raw, at)
        is_pixels = name in _PIXELS_OF_WEBP
        room.take(0 if is_pixels else min(size, len(raw) - at))
        if not is_pixels:
            yield raw[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _of_icon(raw: bytes, room: Room) -> Iterator[bytes | None]:
    """Yield the blocks of the pictures in an icon that are PNG, and what follows the last picture."""
    end = 6
    for at in range(6, min(6 + 16 * int.from_bytes(raw[4:6], "little"), len(raw) - 15), 16):
        size, start = struct.unpack_from("<II", raw, at + 8)
        end = max(end, at + 16, start + size)
        room.take(0)
        if raw.startswith(b"\x89PNG", start):
            yield from _of_png(raw[start : start + size], room)
    yield from _rest(raw, end)


def _of_film(raw: bytes, room: Room) -> Iterator[bytes | None]:
    """Yield all boxes but the one of the frames, and the descriptions that stand in that one."""
    at = 0
    while at + 8 <= len(raw):
        size, name = struct.unpack_from(">I4s", raw, at)
        size = int.from_bytes(raw[at + 8 : at + 16], "big") if size == 1 else size or len(raw)
        if size < 8 or name not in _BOXES or (at and name == b"ftyp"):
            break
        is_read = name not in (b"mdat", b"ftyp")
        room.take(min(size, len(raw) - at) if is_read else 0)
        if is_read:
            yield raw[at + 8 : at + size]
        at += size
    yield from _rest(raw, at)
    done = 0
    for found in _XMP.finditer(raw):
        if found.start() >= done:
            end = raw.find(b"RDF>", found.end(), found.end() + MAX_BLOCK)
            done = end if end >= 0 else found.end() + 4000
            room.take(done - found.start())
            yield raw[found.start() : done]
