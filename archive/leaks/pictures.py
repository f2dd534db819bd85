"""What a camera writes into its pictures: where they were taken, with what, by whom.

The forms are read just far enough to see which fields are there: Exif (CIPA DC-008) is a TIFF
directory, in JPEG after `Exif`, in PNG and WebP in a chunk; XMP (ISO 16684-1) is XML as it stands.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from archive.leaks.finding import Found, masked

_EXIF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4}(?:Exif\0\0)?)(?=II\*\0|MM\0\*)", re.DOTALL)
_TIFF = (b"II*\0", b"MM\0*")
_RAW_PROFILE = re.compile(rb"zTXtRaw profile type (?:exif|APP1|xmp)\0\0", re.IGNORECASE)
_XMP = re.compile(
    rb"(?:exif|tiff|aux|exifEX):(GPSLatitude|GPSLongitude|Make|Model|SerialNumber|BodySerialNumber"
    rb"|CameraOwnerName|OwnerName)(?:=\"([^\"]+)\"|>([^<]+)<)"
)
# Place of a recording in QuickTime and MP4 files.
_MOVIE_PLACE = re.compile(rb"\xa9xyz.{4}[+-]\d|com\.apple\.quicktime\.location", re.DOTALL)

_TAGS = {
    0x010F: "相机厂商", 0x0110: "相机型号", 0x013B: "作者", 0xA430: "相机所有者", 0xA431: "相机序列号",
    0x9C9D: "作者",
}  # fmt: skip
_XMP_TAGS = {
    b"Make": "相机厂商", b"Model": "相机型号", b"SerialNumber": "相机序列号", b"BodySerialNumber": "相机序列号",
    b"CameraOwnerName": "相机所有者", b"OwnerName": "相机所有者",
}  # fmt: skip
_PLACE, _MORE = 0x8825, 0x8769
"""Tags that lead to the directory of the place, and to that of the exposure."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}


def picture(raw: bytes, place: str = "") -> list[Found]:
    """Place and camera as far as a picture or film tells them, each once; `place`: where it stands."""
    return [Found("图片信息", what, place=place) for what in dict.fromkeys(_told(raw))]


def _told(raw: bytes) -> Iterator[str]:
    if raw.startswith(_TIFF):
        yield from _directory(raw)
    for found in _EXIF.finditer(raw):
        yield from _directory(raw[found.end() :])
    for found in _RAW_PROFILE.finditer(raw):
        yield from _profile(raw[found.end() :])
    for found in _XMP.finditer(raw):
        if found[1].startswith(b"GPS"):
            yield "拍摄地点"
        else:
            value = (found[2] or found[3]).decode("utf-8", "replace")
            yield f"{_XMP_TAGS[found[1]]}：{masked(value, 3, 1)}"
    if _MOVIE_PLACE.search(raw):
        yield "拍摄地点"


def _profile(packed: bytes) -> Iterator[str]:
    """Exif as ImageMagick keeps it in PNG: hexadecimal digits after a line with their number."""
    try:
        text = zlib.decompressobj().decompress(packed, 1 << 20)
        inside = bytes.fromhex("".join(text.decode("ascii").split("\n")[3:]))
    except (zlib.error, ValueError):
        return
    yield from _told(inside)


def _directory(tiff: bytes) -> Iterator[str]:
    """What a TIFF file or an Exif block tells; one that is cut off tells what is left of it."""
    order = "<" if tiff.startswith(b"II") else ">"
    pending = [4]
    seen: set[int] = set()
    while pending:
        try:
            (start,) = struct.unpack_from(f"{order}I", tiff, pending.pop())
            (count,) = struct.unpack_from(f"{order}H", tiff, start)
            if start in seen:
                continue
            seen.add(start)
            for at in range(start + 2, start + 2 + count * 12, 12):
                tag, kind, length = struct.unpack_from(f"{order}HHI", tiff, at)
                if tag == _PLACE and _has_place(tiff, order, at + 8):
                    yield "拍摄地点"
                elif tag == _MORE:
                    pending.append(at + 8)
                elif tag in _TAGS and (text := _text(tiff, order, tag, kind, length, at + 8)):
                    yield f"{_TAGS[tag]}：{masked(text, 3, 1)}"
        except struct.error:
            continue


def _has_place(tiff: bytes, order: str, at: int) -> bool:
    """Whether the directory holds more than its version (tag 0)."""
    (start,) = struct.unpack_from(f"{order}I", tiff, at)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    tags = (struct.unpack_from(f"{order}H", tiff, start + 2 + 12 * i)[0] for i in range(count))
    return any(tag in (2, 4) for tag in tags)


def _text(tiff: bytes, order: str, tag: int, kind: int, length: int, at: int) -> str:
    size = length * _SIZES.get(kind, 1)
    if size > 4:
        (at,) = struct.unpack_from(f"{order}I", tiff, at)
    raw = tiff[at : at + min(size, 200)]
    code = "utf-16-le" if tag == 0x9C9D else "utf-8"
    return raw.decode(code, "replace").strip("\0 ")
