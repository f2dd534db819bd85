"""What stands in the source of a PDF file: strings of dictionaries, and comments, shown on no page.

A program that copies text takes what /ActualText says in place of what is drawn; strings may also
stand in objects that no table lists.
"""

import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from archive.leaks.binary_text import text_of

_STRING = rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.){0,2000}\))*+\)?|<[0-9A-Fa-f\s]{2,}+>"
_ANY = re.compile(rb"(?P<string>" + _STRING + rb")|%(?P<comment>[^\r\n]*+)", re.DOTALL)
_OF_A_KEY = re.compile(
    rb"(?P<key>/[^\s()<>\[\]{}/%]+)\s{0,9}(?P<string>" + _STRING + rb")|%(?P<comment>[^\r\n]*+)",
    re.DOTALL,
)
_BETWEEN = re.compile(
    rb"endobj(?P<between>(?:(?!endobj|\bobj\b|xref|trailer).){1,2000})", re.DOTALL
)


_OBJECT = re.compile(rb"(?<![^\s>\])])(?P<number>\d{1,10})\s{1,9}\d{1,5}\s{1,9}obj\b")
_TABLE = re.compile(rb"(?:startxref|/Prev|/XRefStm)\s{0,9}(\d{1,12})")
_NEAR = 20
"""Bytes by which programs miss the beginning of an object."""


def outside_streams(raw: bytes) -> bytes:
    """Return a PDF file without the content of its streams."""
    return b"\n".join(raw[start:end] for start, end in _outside_streams(raw))


def _outside_streams(raw: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while (start := raw.find(b"stream", at)) >= 0:
        end = raw.find(b"endstream", start)
        if end < 0:
            break
        yield at, start
        at = end + len(b"endstream")
    yield at, len(raw)


def has_unlisted(raw: bytes, listed: Iterable[int]) -> bool:
    """Return whether an object stands in a file that no table of its versions lists.

    `listed` are the places that they list. No program shows such an object, as it may have been deleted,
    but who looks for it reads it; a table that is an object itself need not be listed.
    """
    pieces = [*_outside_streams(raw)]
    tables = {int(one) for start, end in pieces for one in _TABLE.findall(raw, start, end)}
    places = sorted({*listed, *tables})
    for start, end in pieces:
        for found in _OBJECT.finditer(raw, start, end):
            index = bisect_left(places, found.start() - _NEAR)
            if index == len(places) or places[index] > found.end():
                return True
    return False


def strings(source: bytes) -> Iterator[str]:
    """Yield the strings, the comments and what stands between the objects of a PDF file's source."""
    for found in _ANY.finditer(source):
        yield _text(found)
    for found in _BETWEEN.finditer(source):
        yield text_of(found["between"])


def strings_in_content(content: bytes) -> Iterator[str]:
    """Yield the strings of dictionaries and the comments in a page's stream, then those as one text."""
    said: list[str] = []
    for found in _OF_A_KEY.finditer(content):
        yield (text := _text(found))
        if found["key"] == b"/ActualText":
            said.append(text)
    yield "".join(said)


def _text(found: re.Match[bytes]) -> str:
    from pypdf.errors import PyPdfError
    from pypdf.generic import read_hex_string_from_stream, read_string_from_stream

    if found["string"] is None:
        return text_of(found["comment"])
    read = read_string_from_stream if found["string"][:1] == b"(" else read_hex_string_from_stream
    try:
        value = read(io.BytesIO(found["string"]))
    except (PyPdfError, ValueError):
        return text_of(found["string"])
    written = "" if found["string"].isascii() else text_of(found["string"])
    return f"{value}\n\n{written}" if isinstance(value, str) and written else _said(value)


def _said(value: str | bytes) -> str:
    return value if isinstance(value, str) else text_of(bytes(value))
