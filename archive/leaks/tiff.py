"""The directories of a TIFF file or a block of Exif (TIFF 6.0, CIPA DC-008), and where the file ends."""

import struct
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple, Protocol

TIFF = (b"II*\0", b"MM\0*")
"""How a file begins, in either order of bytes."""
GPS, THUMBNAIL = 0x8825, 0x0201
_DIRECTORIES = (0x8769, GPS, 0xA005, 0x014A)
"""Tags whose values are offsets of further directories."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_BEFORE_DIRECTORY = 8
_PIECES = {0x0111: 0x0117, 0x0144: 0x0145, THUMBNAIL: 0x0202, 0x0120: 0x0121}
"""Tags of the offsets of pieces of a picture → those of their lengths."""


class Taken(Protocol):
    """Of how much may be read, what is left."""

    def take(self, size: int) -> None:
        """Take this much; raises an error if it is not left."""


class TiffEntry(NamedTuple):
    """One field of a directory; `within` is the tag that led to the directory, 0 for a picture's own."""

    within: int
    tag: int
    kind: int
    length: int
    start: int
    """Where the value stands in the file."""
    size: int
    """Its bytes."""
    directory: int
    """Where the directory stands."""


def entries(tiff: bytes, room: Taken) -> Iterator[TiffEntry]:
    """Yield the fields of all directories, each taken from `room`; of a cut-off file, what is left."""
    order = _order(tiff)
    pending = [(0, 4)]
    seen: set[int] = set()
    while pending:
        within, pointer = pending.pop()
        try:
            (directory,) = struct.unpack_from(f"{order}I", tiff, pointer)
            if directory in seen or not directory:  # 0: no further directory
                continue
            seen.add(directory)
            (count,) = struct.unpack_from(f"{order}H", tiff, directory)
            for at in range(directory + 2, directory + 2 + count * 12, 12):
                tag, kind, length, value = struct.unpack_from(f"{order}HHII", tiff, at)
                room.take(0)
                size = length * _SIZES.get(kind, 1)
                start = at + 8 if size <= 4 else value
                yield TiffEntry(within, tag, kind, length, start, size, directory)
                if tag in _DIRECTORIES:
                    end = min(start + size, len(tiff) - 3)
                    pending += [(tag, one) for one in range(start, end, 4)]
            pending.append((within, directory + 2 + count * 12))  # to the next picture
        except struct.error:
            continue


def end_of_tiff(tiff: bytes, room: Taken) -> int:
    """Return where the last of the directories, values and pixels of a file ends."""
    end = _BEFORE_DIRECTORY
    pieces: dict[int, dict[int, TiffEntry]] = defaultdict(dict)
    for entry in entries(tiff, room):
        (count,) = struct.unpack_from(f"{_order(tiff)}H", tiff, entry.directory)
        end = max(end, entry.directory + 6 + 12 * count, entry.start + entry.size)
        pieces[entry.directory][entry.tag] = entry
    for fields in pieces.values():
        for where, how_long in _PIECES.items():
            if where not in fields:
                continue
            if how_long not in fields:
                return len(tiff)
            starts, sizes = (_numbers(tiff, fields[tag], room) for tag in (where, how_long))
            end = max([end, *map(sum, zip(starts, sizes, strict=False))])
    return end


def _numbers(tiff: bytes, entry: TiffEntry, room: Taken) -> tuple[int, ...]:
    """Return the numbers that are an entry's value, of two or of four bytes each."""
    code, width = ("H", 2) if entry.kind == 3 else ("I", 4)
    count = max(0, min(entry.size, len(tiff) - entry.start) // width)
    room.take(count)
    return struct.unpack_from(f"{_order(tiff)}{count}{code}", tiff, entry.start) if count else ()


def _order(tiff: bytes) -> str:
    return "<" if tiff.startswith(b"II") else ">"
