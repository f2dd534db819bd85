"""Leaks in plain texts, and in HTML, XML and SVG as they are written."""

import base64
import binascii
import re
from collections.abc import Iterator

from archive.leaks.leak import FileLeak, Search, leaks_by_line, masked, text_digest
from archive.leaks.markup import folders, is_private, join_inline_tags, without_coordinates
from archive.leaks.picture_blocks import Room
from archive.leaks.pictures import picture
from archive.leaks.text import decoded

FOREIGN = FileLeak("无法检查", "内容与后缀不符的文件")
"""The leak that a file is whose content is of another kind than its suffix says."""
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
_EMBEDDED = re.compile(r"data:[\w/+.-]{0,80};base64,([A-Za-z0-9+/=]+)")
# The author, as drawing programs write it into SVG.
_DRAWN_BY = re.compile(r"<dc:creator>(?:\s*<[^<>]{0,200}>){0,4}\s*([^<\s][^<]{0,200})<")


def text(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a plain text, a table as text, a script or a style."""
    if b"\0" in raw and not raw.startswith(_BYTE_ORDER):
        return [FOREIGN]
    written = decoded(raw)
    return list(dict.fromkeys(leaks_by_line(written, search(written))))


def markup(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in HTML, XML or SVG as it is written: words cut by tags are joined again."""
    if b"\0" in raw and not raw.startswith(_BYTE_ORDER):
        return [FOREIGN]
    return list(dict.fromkeys(_markup(decoded(raw), search)))


def _markup(written: str, search: Search) -> Iterator[FileLeak]:
    written = without_coordinates(written)
    yield from leaks_by_line(written, search(written))
    yield from leaks_by_line(written, search(join_inline_tags(written)))
    room = Room()
    for embedded in _EMBEDDED.finditer(written):
        try:
            yield from picture(base64.b64decode(embedded[1]), search, room=room)
        except binascii.Error:
            continue
    for author in _DRAWN_BY.finditer(written):
        if is_private(name := author[1].strip()):
            yield FileLeak("文件属性", f"作者：{masked(name, 1, 0)}", digest=text_digest(name))
    yield from folders(written)
