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

MAX_BLOCK = 1 << 20
"""The most bytes of a block that are read."""


class TooLargeError(Exception):
    """The picture holds more metadata than is read."""


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
_PADDING = b"\0\r\n "


def blocks(raw: bytes) -> Iterator[bytes]:
    """Yield the blocks of metadata of a picture, unpacked; of a cut-off file, what is left."""
    for block in _walked(raw):
        if block is not None:
            yield block


def has_more(raw: bytes) -> bool:
    """Return whether something follows the end of the picture."""
    return any(block is None for block in _walked(raw))


def _walked(raw: bytes) -> Iterator[bytes | None]:
    """Yield the blocks of metadata, and None for what follows the end."""
    if raw.startswith(b"\xff\xd8"):
        yield from _of_jpeg(raw)
    elif raw.startswith(b"\x89PNG"):
        yield from _of_png(raw)
    elif raw.startswith(b"GIF8"):
        yield from _of_gif(raw)
    elif raw.startswith(b"RIFF"):
        yield from _of_webp(raw)
    elif raw.startswith(b"BM") and len(raw) >= 6:
        yield from _rest(raw, int.from_bytes(raw[2:6], "little"))
    elif _FILM.match(raw):
        yield from _of_film(raw)


def _rest(raw: bytes, end: int) -> Iterator[None]:
    if raw[end:].strip(_PADDING):
        yield None


def _of_jpeg(raw: bytes) -> Iterator[bytes | None]:
    """Yield the segments of programs and the comments, those between scans as well."""
    at, extended = 2, []
    while at + 2 <= len(raw):
        marker = raw[at + 1]
        if raw[at] != 0xFF:
            yield raw[at : at + MAX_BLOCK]  # no segment: nobody knows what it is
            break
        if marker == 0xD9:
            yield from _rest(raw, at + 2)
            break
        if marker == 0xFF or marker in _NO_BODY:
            at += 1 if marker == 0xFF else 2
            continue
        body = raw[at + 4 : at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")]
        if body.startswith(_EXTENSION):
            extended.append(body[_EXTENSION_HEAD:])
        elif marker == 0xFE or 0xE0 <= marker <= 0xEF:
            yield body
        at += 4 + len(body)
        if marker == 0xDA:
            following = _MARKER.search(raw, at)
            at = following.start() if following else len(raw)
    yield b"".join(extended)


def _of_png(raw: bytes) -> Iterator[bytes | None]:
    at, left = 8, MAX_TEXT
    while at + 8 <= len(raw):
        size, name = struct.unpack_from(">I4s", raw, at)
        body = raw[at + 8 : at + 8 + size]
        at += 12 + size
        if name == b"IEND":
            yield from _rest(raw, at)
            return
        if name in _PIXELS_OF_PNG:
            continue
        key, _, text = body.partition(b"\0")
        if name in (b"zTXt", b"iCCP"):
            text = _unpacked(text[1:], left)
            left -= len(text)
            body = key + b"\0" + text
        elif name == b"iTXt" and text[:1] == b"\1":
            language, named, packed = [*text[2:].split(b"\0", 2), b"", b"", b""][:3]
            text = _unpacked(packed, left)
            left -= len(text)
            body = b"\0".join([key, language, named, text])
        yield body


def _unpacked(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, max(1, most))
    except zlib.error:
        return b""
    if unpacking.unconsumed_tail or most < 1:
        raise TooLargeError
    return text


def _of_gif(raw: bytes) -> Iterator[bytes | None]:
    """Yield the blocks of each extension together, and as they stand: XMP is written across them."""
    at = 13 + _palette(raw, 10)
    while at < len(raw):
        kind = raw[at]
        if kind == 0x3B:
            yield from _rest(raw, at + 1)
            return
        if kind == 0x2C:
            at, _ = _joined(raw, at + 11 + _palette(raw, at + 9))
        elif kind == 0x21:
            start, label = at + 2, raw[at + 1 : at + 2]
            at, text = _joined(raw, start)
            if label != b"\xf9":
                yield text
                yield raw[start : min(at, start + MAX_BLOCK)]
        else:
            yield raw[at : at + MAX_BLOCK]
            return


def _palette(raw: bytes, at: int) -> int:
    """Return how many bytes the table of colours has that the byte at this offset announces."""
    flags = raw[at] if at < len(raw) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _joined(raw: bytes, at: int) -> tuple[int, bytes]:
    """Return where a row of blocks that begins at an offset ends, and the blocks without lengths."""
    pieces: list[bytes] = []
    while at < len(raw) and raw[at]:
        pieces.append(raw[at + 1 : at + 1 + raw[at]])
        at += 1 + raw[at]
    return at + 1, b"".join(pieces)


def _of_webp(raw: bytes) -> Iterator[bytes | None]:
    end = 8 + int.from_bytes(raw[4:8], "little")
    yield from _rest(raw, end)
    at = 12
    while at + 8 <= len(raw):
        name, size = struct.unpack_from("<4sI", raw, at)
        if name not in _PIXELS_OF_WEBP:
            yield raw[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _of_film(raw: bytes) -> Iterator[bytes | None]:
    """Yield all boxes but the one of the frames, and the descriptions that stand in that one."""
    at = 0
    while at + 8 <= len(raw):
        size, name = struct.unpack_from(">I4s", raw, at)
        size = int.from_bytes(raw[at + 8 : at + 16], "big") if size == 1 else size or len(raw)
        if name not in (b"mdat", b"ftyp"):
            yield raw[at + 8 : at + size]
        at += max(8, size)
    for found in _XMP.finditer(raw):
        end = raw.find(b"RDF>", found.end(), found.end() + MAX_BLOCK)
        yield raw[found.start() : end if end >= 0 else found.end() + 4000]


_SHORTEST = 4
"""Characters of the shortest text in UTF-16 that is read."""
_ASCII = rb"[\t\n\r\x20-\x7e]"
_UTF_8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|" + _ASCII + rb"){4,}+")
_GB = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe]|" + _ASCII + rb"){4,}+")
_WIDE = (
    (re.compile(rb"(?:[\t\n\r\x20-\x7e]\0|[\0-\xff][\x20\x30\x4e-\x9f\xff]){4,}+"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t\n\r\x20-\x7e]|[\x20\x30\x4e-\x9f\xff][\0-\xff]){4,}+"), "utf-16-be"),
)
_COMMON = "".join(
    bytes([row, cell]).decode("gb2312", "ignore")
    for row in range(0xA1, 0xF8)
    for cell in range(0xA1, 0xFF)
)
_RARE = re.compile(f"[^\t\n\r -~{_COMMON}]+")
"""Characters that numbers taken for text are full of."""


def text_of(block: bytes) -> str:
    """Return the texts in a block that may be binary, each a paragraph."""
    return "\n\n".join(texts_of(block))


def texts_of(block: bytes) -> list[str]:
    """Return the texts in a block that may be binary, in whatever code they are.

    UTF-16 is read in both orders, so that it is cut at characters that hardly any text has.
    """
    if b"\0" not in block:
        try:
            return [block.decode()]
        except UnicodeDecodeError:  # it is in another code, or no text
            pass
    found = [one[0].decode("utf-8", "replace") for one in _UTF_8.finditer(block)]
    found += [one[0].decode("gb18030") for one in _GB.finditer(block) if not one[0].isascii()]
    if b"\0" in block:
        for pattern, code in _WIDE:
            for one in pattern.finditer(block):
                pieces = _RARE.split(one[0].decode(code, "replace"))
                found += [piece for piece in pieces if len(piece) >= _SHORTEST]
    return found
