"""The entries of a zip file, if nothing of it can be read in two ways or stands outside of them."""

import zlib
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile, ZipInfo

from archive.files.bounds import MAX_ENTRIES, MAX_UNPACKED

UNREADABLE = (
    BadZipFile, LZMAError, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip
"""The errors that `zipfile` raises for damaged or encrypted files."""
_LOCAL_HEADER = 30
_DESCRIPTORS = (0, 12, 16, 20, 24)
"""Sizes of what may follow an entry whose size was not known when it was begun."""


class ZipError(Exception):
    """The file is refused; the text says why, as a message shows it."""


def zip_entries(parts: ZipFile, raw: bytes) -> list[ZipInfo]:
    """Return the entries of the zip file `raw`, opened as `parts`; raises `ZipError` if it is refused.

    Programs differ in which of two entries of one name they take, and skip what stands between and
    around the entries. A file that has such things is one thing here and another for its reader.
    """
    entries = parts.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        raise ZipError(f"{len(entries)} 个部件，须不超过 {MAX_ENTRIES} 个")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ZipError("内容过大")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ZipError("已加密或损坏")
    if len({name.casefold().replace("\\", "/") for name in names}) < len(names):
        raise ZipError("同名的部件")
    if not _is_whole(parts, entries, raw):
        raise ZipError("部件之外的内容")
    return entries


def _is_whole(parts: ZipFile, entries: list[ZipInfo], raw: bytes) -> bool:
    """Return whether the entries and their list fill the file from its first to its last byte."""
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        left = entry.header_offset - at
        if left not in (_DESCRIPTORS if at else (0,)):
            return False
        header = raw[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER:
            return False
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        at = entry.header_offset + _LOCAL_HEADER + lengths + entry.compress_size
    end = raw.rfind(b"PK\5\6")
    listed = int.from_bytes(raw[end + 12 : end + 16], "little")
    comment = int.from_bytes(raw[end + 20 : end + 22], "little")
    start = parts.start_dir
    return (
        start - at in _DESCRIPTORS
        and end + 22 + comment == len(raw)
        and end - start - listed in (0, 76)  # 76: the end of a list in the long form of zip files
    )
