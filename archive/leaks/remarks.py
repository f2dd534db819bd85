"""Texts that stand in pictures beside what they show, each with what it tells: 作者 or 说明."""

import re
import struct
import zlib
from collections.abc import Iterator

Remark = tuple[str, bytes]

_MOST = 1 << 20
"""Bytes that a packed text is unpacked to."""
_BYLINE = re.compile(rb"\x1c\x02[\x50\x7a](..)", re.DOTALL)  # IPTC-IIM 4, 2:80 and 2:122
_NO_BODY = {0x01, *range(0xD0, 0xD9)}


def remarks(raw: bytes) -> Iterator[Remark]:
    """The texts in a picture of any form that has some; one that is cut off tells what is left of it."""
    if raw.startswith(b"\xff\xd8"):
        yield from _of_jpeg(raw)
    elif raw.startswith(b"\x89PNG"):
        yield from _of_png(raw)
    elif raw.startswith(b"GIF8"):
        for found in re.finditer(rb"\x21\xfe([^\0].{0,255})", raw, re.DOTALL):
            yield "说明", found[1][1 : found[1][0] + 1]


def _of_jpeg(raw: bytes) -> Iterator[Remark]:
    """Comments and what Photoshop keeps, which stand before the picture itself (ITU-T T.81, annex B)."""
    at = 2
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != 0xDA:
        marker = raw[at + 1]
        if marker == 0xFF or marker in _NO_BODY:
            at += 1 if marker == 0xFF else 2
            continue
        (size,) = struct.unpack_from(">H", raw, at + 2)
        body = raw[at + 4 : at + 2 + size]
        if marker == 0xFE:
            yield "说明", body
        elif marker == 0xED:
            yield "说明", body
            for found in _BYLINE.finditer(body):
                (length,) = struct.unpack(">H", found[1])
                yield "作者", body[found.end() : found.end() + length]
        at += 2 + size


def _of_png(raw: bytes) -> Iterator[Remark]:
    """The chunks of text (ISO/IEC 15948, 11.3.4)."""
    at = 8
    while at + 8 <= len(raw):
        size, name = struct.unpack_from(">I4s", raw, at)
        key, _, text = raw[at + 8 : at + 8 + size].partition(b"\0")
        at += 12 + size
        if name == b"zTXt":
            text = _unpacked(text[1:])
        elif name == b"iTXt":
            packed, (_, _, text) = text[:1] == b"\1", [*text[2:].split(b"\0", 2), b"", b"", b""][:3]
            text = _unpacked(text) if packed else text
        elif name != b"tEXt":
            continue
        yield ("作者" if key == b"Author" else "说明"), text


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _MOST)
    except zlib.error:
        return b""
