"""Whether an attached file is what its suffix says and shows something, as far as no decoder is needed.

Pictures are walked to their end: JPEG (ITU-T T.81), PNG (ISO/IEC 15948), GIF89a, WebP, BMP, TIFF and the
boxes of films and HEIF.
"""

import io
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from zipfile import ZipFile

from archive.files.bounds import MAX_PIXELS
from archive.leaks.pdf import silent

MAIN_PARTS: Mapping[str, str] = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), "word/document.xml"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), "xl/workbook.xml"),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx"), "ppt/presentation.xml"),
    **dict.fromkeys((".odt", ".ods", ".odp"), "content.xml"),
    ".ofd": "OFD.xml",
}
"""Suffix of an office file → the part that makes it one."""
_CHUNK = 1 << 20


def is_whole(suffix: str, raw: bytes) -> bool:
    """Return whether a file holds something and, of a kind known here, is not cut off or damaged.

    What other searches refuse anyway, because it cannot be read at all, counts as whole.
    """
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return False
    try:
        if suffix in MAIN_PARTS:
            with ZipFile(io.BytesIO(raw)) as parts:
                return bool(parts.read(MAIN_PARTS[suffix]).strip())
        if suffix == ".pdf":
            return _has_pages(raw)
        walk = next((walk for head, walk in _PICTURES.items() if raw.startswith(head)), None)
        if walk is None and raw[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):
            walk = _film
        return walk is None or walk(raw)
    except (
        KeyError,
        struct.error,
        zlib.error,
        IndexError,
    ):  # a part is not there; the file ends early
        return False
    except Exception:  # no office file or PDF at all, which is told elsewhere
        return True


@silent()
def _has_pages(raw: bytes) -> bool:
    from pypdf import PdfReader  # slow to import

    reader = PdfReader(io.BytesIO(raw))
    return reader.is_encrypted or len(reader.pages) > 0


def _jpeg(raw: bytes) -> bool:
    at, framed, scanned = 2, False, False
    while True:
        if raw[at] != 0xFF:
            return False
        marker = raw[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            return framed and scanned
        elif 0xD0 <= marker <= 0xD7:
            at += 2
        elif marker < 0xC0 or marker == 0xD8:
            return False
        else:
            (size,) = struct.unpack_from(">H", raw, at + 2)
            if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
                framed = all(struct.unpack_from(">HH", raw, at + 5))
            at += 2 + max(2, size)
            if marker == 0xDA:
                following = _AFTER_SCAN.search(raw, at)
                if not following:
                    return False
                scanned = following.start() > at
                at = following.start()


# In the data of a scan the byte FF is followed by 00, or by the number of a restart.
_AFTER_SCAN = re.compile(rb"\xff[^\0\xd0-\xd7]", re.DOTALL)


def _png(raw: bytes) -> bool:
    width, height, depth, colour = struct.unpack_from(">IIBB", raw, 16)
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    if width * height > MAX_PIXELS:  # told elsewhere
        return True
    whole = left = height * ((width * channels * depth + 7) // 8)
    at, unpacking = 8, zlib.decompressobj()
    while True:
        size, name = struct.unpack_from(">I4s", raw, at)
        body = raw[at + 8 : at + 8 + size]
        if struct.unpack_from(">I", raw, at + 8 + size)[0] != zlib.crc32(name + body):
            return False
        if name == b"IEND":
            return bool(left <= 0 < width * height)
        while name == b"IDAT" and body:
            left -= len(unpacking.decompress(body, _CHUNK))
            body = unpacking.unconsumed_tail
            if left < -whole - _CHUNK:
                return False
        at += 12 + size


def _gif(raw: bytes) -> bool:
    at, shown = 13 + _colours(raw[10]), False
    while raw[at] != 0x3B:
        if raw[at] == 0x2C:
            shown = shown or all(struct.unpack_from("<HH", raw, at + 5))
            at += 11 + _colours(raw[at + 9])
        elif raw[at] == 0x21:
            at += 2
        else:
            return False
        while raw[at]:
            at += 1 + raw[at]
        at += 1
    return shown


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(raw: bytes) -> bool:
    at, end, shown = 12, 8 + struct.unpack_from("<I", raw, 4)[0], False
    while at < min(end, len(raw)):
        name, size = struct.unpack_from("<4sI", raw, at)
        shown = shown or (name in (b"VP8 ", b"VP8L", b"ANMF") and size > 0)
        at += 8 + size + size % 2
    return shown and raw[8:12] == b"WEBP" and at <= len(raw) + 1


def _bmp(raw: bytes) -> bool:
    start, _, width, height, _, depth, packed = struct.unpack_from("<IIiiHHI", raw, 10)
    rows = abs(height) * ((width * depth + 31) // 32 * 4)
    return bool(
        width > 0 and height != 0 and start < len(raw) and (packed != 0 or start + rows <= len(raw))
    )


def _tiff(raw: bytes) -> bool:
    order = "<" if raw.startswith(b"II") else ">"
    (start,) = struct.unpack_from(f"{order}I", raw, 4)
    (count,) = struct.unpack_from(f"{order}H", raw, start)
    values = {}
    for at in range(start + 2, start + 2 + 12 * count, 12):
        tag, kind, length = struct.unpack_from(f"{order}HHI", raw, at)
        one = {3: "H", 4: "I"}.get(kind)
        if tag in (0x0111, 0x0117, 0x0144, 0x0145) and one and length <= len(raw):
            row = struct.Struct(f"{order}{length}{one}")
            place = at + 8 if row.size <= 4 else struct.unpack_from(f"{order}I", raw, at + 8)[0]
            values[tag] = row.unpack_from(raw, place)
    # Where the strips or the tiles are, and how long each is.
    for begun, sizes in ((0x0111, 0x0117), (0x0144, 0x0145)):
        if values.get(begun) and sizes in values:
            return all(
                a + b <= len(raw) for a, b in zip(values[begun], values[sizes], strict=False)
            )
    return False


def _ico(raw: bytes) -> bool:
    (count,) = struct.unpack_from("<H", raw, 4)
    places = [struct.unpack_from("<II", raw, 14 + 16 * one) for one in range(count)]
    return bool(places) and all(size and start + size <= len(raw) for size, start in places)


def _film(raw: bytes) -> bool:
    at, end, names = 0, len(raw.rstrip(b"\0")), set()
    while at < end:
        size, name = struct.unpack_from(">I4s", raw, at)
        size = struct.unpack_from(">Q", raw, at + 8)[0] if size == 1 else size or len(raw) - at
        names.add(name)
        at += max(8, size)
    return end <= at <= len(raw) and b"mdat" in names and bool(names & {b"moov", b"meta"})


_PICTURES: Mapping[bytes, Callable[[bytes], bool]] = {
    b"\xff\xd8": _jpeg, b"\x89PNG": _png, b"GIF8": _gif, b"RIFF": _webp, b"BM": _bmp,
    b"II*\0": _tiff, b"MM\0*": _tiff, b"\0\0\x01\0": _ico,
}  # fmt: skip
"""How a file of a kind begins → whether it is one to its end."""
