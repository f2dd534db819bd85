"""Leaks in plain texts, and in HTML, XML and SVG as they are written."""

import base64
import re
from collections.abc import Iterator
from json import loads
from urllib.parse import unquote

import yaml

from archive.files.bounds import MAX_SOURCE, MAX_TEXT
from archive.files.html import unescaped
from archive.leaks.formulas import joined_texts
from archive.leaks.leak import (
    FileLeak,
    Search,
    leaks_by_line,
    leaks_in_part,
    masked,
    text_digest,
)
from archive.leaks.markup import folders, is_private, join_inline_tags, without_coordinates
from archive.leaks.picture_blocks import Room
from archive.leaks.pictures import is_picture, picture
from archive.leaks.text import readings
from archive.leaks.visible import side_by_side

FOREIGN = FileLeak("无法检查", "内容与后缀不符的文件")
"""The leak that a file is whose content is of another kind than its suffix says."""
UNKNOWN = FileLeak("无法检查", "内嵌的图片读不出来")
"""The leak that a file is within another, in base64, that is no picture."""
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
_EMBEDDED = re.compile(
    r"\bdata:[\w/+.-]{0,80}+(?:;(?!\s{0,9}base64)[\w=.-]{0,80}+){0,4}+;\s{0,9}base64\s{0,9},(?P<raw>[\w+/=%\s-]*+)",
    re.IGNORECASE,
)
# The author, as drawing programs write it into SVG.
_DRAWN_BY = re.compile(r"<dc:creator>(?:\s*<[^<>]{0,200}>){0,4}\s*([^<\s][^<]{0,200})<")


def text(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a plain text, a table as text, a script or a style."""
    if b"\0" in raw and not raw.startswith(_BYTE_ORDER):
        return [FOREIGN]
    found: list[FileLeak] = []
    for written in readings(raw):
        for shown in (written, *joined_texts(written)):
            found += leaks_by_line(shown, search(shown))
    return list(dict.fromkeys(found))


def yaml_text(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in YAML: as it is written, and what its values say, each and side by side."""
    found = text(raw, search)
    for written in readings(raw):
        if FOREIGN not in found and _MAY_SAY_MORE.search(written):
            found = _with_values(found, written, raw, search)
    return list(dict.fromkeys(found))


def _with_values(found: list[FileLeak], written: str, raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks found, and those in the values of a YAML."""
    if len(raw) > MAX_SOURCE:
        return [*found, FileLeak("无法检查", "内容过大")]
    values: list[str] = []
    before: type | None = None
    try:
        for token in yaml.scan(written, yaml.CSafeLoader):
            if isinstance(token, yaml.TagToken):
                return [*found, FileLeak("无法检查", "YAML 的标签（!）")]
            if isinstance(token, yaml.ScalarToken) and before is not yaml.KeyToken:
                values.append(token.value)
            before = type(token)
    except yaml.YAMLError:  # no YAML to programs either: it is the text that is written
        return found
    return _with_more(found, search, "\n\n".join(values), side_by_side(values))


_MAY_SAY_MORE = re.compile(r"[^\x00-\x7f]|\\|(?<![^\s\[,{-])!")
"""Letters that may be parts of a name, an escape, a tag."""


def json_text(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in JSON: as it is written, and what its values say side by side."""
    found = text(raw, search)
    values: list[str] = []
    if len(raw) <= MAX_TEXT:  # what is larger is a table: its values are not parts of a name
        try:
            pending = [loads(written) for written in readings(raw)]
        except (ValueError, RecursionError):
            return found
        while pending:
            value = pending.pop()
            if isinstance(value, str):
                values.append(value)
            elif isinstance(value, list | dict):
                pending += reversed([*(value.values() if isinstance(value, dict) else value)])
    return _with_more(found, search, side_by_side(values))


def _with_more(found: list[FileLeak], search: Search, *more: str) -> list[FileLeak]:
    """Return the leaks found, and those in more texts of the file that are others."""
    known = {leak.what for leak in found}
    for said in more:
        found += [leak for leak in leaks_in_part("", search(said)) if leak.what not in known]
    return list(dict.fromkeys(found))


def markup(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in HTML, XML or SVG as it is written: words cut by tags are joined again."""
    if b"\0" in raw and not raw.startswith(_BYTE_ORDER):
        return [FOREIGN]
    found = (leak for written in readings(raw) for leak in _markup(written, search))
    return list(dict.fromkeys(found))


def _embedded(written: str, search: Search, room: Room) -> Iterator[FileLeak]:
    """Yield the leaks in a file that stands in another in base64, written over any number of lines."""
    letters = "".join(unquote(written).split()).rstrip("=")
    try:
        raw = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except ValueError:
        yield UNKNOWN
        return
    if is_picture(raw):
        yield from picture(raw, search, room=room)
    else:
        yield UNKNOWN


def _markup(written: str, search: Search) -> Iterator[FileLeak]:
    written = without_coordinates(written)
    yield from leaks_by_line(written, search(written))
    yield from leaks_by_line(written, search(join_inline_tags(written)))
    room = Room()
    for embedded in _EMBEDDED.finditer(unescaped(written)):
        yield from _embedded(embedded["raw"], search, room)
    for author in _DRAWN_BY.finditer(written):
        if is_private(name := author[1].strip()):
            yield FileLeak("文件属性", f"作者：{masked(name, 1, 0)}", digest=text_digest(name))
    yield from folders(written)
