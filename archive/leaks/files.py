"""A file somebody attached, searched by what its kind allows; what cannot be looked into is refused."""

import base64
import binascii
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from archive.files.cache import Cache, digest
from archive.leaks.finding import Found, Search, in_lines, masked
from archive.leaks.markup import folders, is_private, joined, without_coordinates
from archive.leaks.office import office
from archive.leaks.pdf import pdf
from archive.leaks.pictures import picture
from archive.leaks.text import decoded

OWN = (".md", ".css", ".js", ".woff2")
"""Endings of pages, which are searched as such, and of what the site itself is made with."""
_OFFICE = (
    ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".pptm", ".ppsx", ".odt", ".ods", ".odp", ".ofd",
)  # fmt: skip
_PICTURES = (
    ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".bmp", ".ico", ".mp4", ".mov",
)  # fmt: skip
_PICTURE = re.compile(
    rb"\xff\xd8|\x89PNG|GIF8|RIFF.{4}WEBP|II\*\0|MM\0\*|BM|\0\0\x01\0|.{4}(?:ftyp|moov|mdat|wide|free)",
    re.DOTALL,
)
_TEXTS = (
    ".txt",
    ".csv",
    ".json",
    ".xml",
    ".html",
    ".htm",
    ".svg",
    ".yml",
    ".yaml",
    ".tsv",
    ".geojson",
)
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
_INSIDE = re.compile(r"data:[\w/+.-]{0,80};base64,([A-Za-z0-9+/=]+)")
# Whose a drawing is, as drawing programs write it.
_DRAWN_BY = re.compile(r"<dc:creator>(?:\s*<[^<>]{0,200}>){0,4}\s*([^<\s][^<]{0,200})<")


def file(suffix: str, raw: bytes, search: Search) -> list[Found]:
    """What must not go out of a file whose name ends with `suffix`, its texts gone through by `search`."""
    if not raw:
        return []
    if suffix in _OFFICE:
        return office(raw, search)
    if suffix == ".pdf":
        return pdf(raw, search)
    if suffix in _PICTURES:
        return picture(raw, search) if _PICTURE.match(raw) else [_FOREIGN]
    if suffix not in _TEXTS:
        return [Found("无法检查", f"{suffix[1:]} 文件" if suffix else "没有后缀的文件")]
    if b"\0" in raw and not raw.startswith(_BYTE_ORDER):
        return [_FOREIGN]
    return list(dict.fromkeys(_text(decoded(raw), search)))


_FOREIGN = Found("无法检查", "内容与后缀不符的文件")


def _text(text: str, search: Search) -> Iterator[Found]:
    if "<" not in text:
        yield from in_lines(text, search(text))
        return
    text = without_coordinates(text)
    yield from in_lines(text, search(text))
    yield from in_lines(text, search(joined(text)))
    for inside in _INSIDE.finditer(text):
        try:
            yield from picture(base64.b64decode(inside[1]), search)
        except binascii.Error:
            continue
    for one in _DRAWN_BY.finditer(text):
        if is_private(name := one[1].strip()):
            yield Found("文件属性", f"作者：{masked(name, 1, 0)}")
    yield from folders(text)


_MOST = 5000
"""Files remembered beside those of the last run: there are other sites than the last one built."""

FileSearch = Callable[[bytes, Collection[str]], list[Found]]
"""What finds things in a file's content: private things, and the names given."""


class Searched:
    """Searches of files, each content gone through once."""

    def __init__(self, root: Path, names: Collection[str]) -> None:
        """`root`: the project's folder; `names` nobody may read."""
        code = digest(sorted(Path(__file__).parent.glob("*.py")))
        self._cache = Cache(root / ".cache" / "searched", code, spare=_MOST)
        self._names = names
        self._named = "\0".join(sorted(names))

    def found(self, kind: str, raw: bytes, search: FileSearch) -> list[Found]:
        """What `search` finds in `raw`; `kind` tells this search from others."""
        key = self._cache.key(f"{kind}\0{self._named}\0".encode() + raw)
        kept = self._cache.made(key, lambda: [tuple(one) for one in search(raw, self._names)])
        return [Found(*one) for one in kept]

    def save(self) -> None:
        """Remember it for the next run."""
        self._cache.save()
