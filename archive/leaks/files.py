"""Search an attached file in the way its format needs; a file that cannot be read is a leak itself."""

import base64
import binascii
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from archive.files.cache import Cache, digest
from archive.leaks.leak import FileLeak, Search, leaks_by_line, masked
from archive.leaks.markup import folders, is_private, join_inline_tags, without_coordinates
from archive.leaks.office import office
from archive.leaks.pdf import pdf
from archive.leaks.pictures import picture
from archive.leaks.text import decoded

IGNORED_PROPERTIES = (".md", ".css", ".js", ".woff2")
"""Suffixes of files not searched as attachments: pages, and the files of the site's own design."""
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
_EMBEDDED = re.compile(r"data:[\w/+.-]{0,80};base64,([A-Za-z0-9+/=]+)")
# The author, as drawing programs write it into SVG.
_DRAWN_BY = re.compile(r"<dc:creator>(?:\s*<[^<>]{0,200}>){0,4}\s*([^<\s][^<]{0,200})<")


def file(suffix: str, raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a file: its content `raw`, its `suffix` (with the dot, in lower case).

    `search` is applied to each text in the file. A format that cannot be searched is a leak (无法检查).
    """
    if not raw:
        return []
    if suffix in _OFFICE:
        return office(raw, search)
    if suffix == ".pdf":
        return pdf(raw, search)
    if suffix in _PICTURES:
        return picture(raw, search) if _PICTURE.match(raw) else [_FOREIGN]
    if suffix not in _TEXTS:
        return [FileLeak("无法检查", f"{suffix[1:]} 文件" if suffix else "没有后缀的文件")]
    if b"\0" in raw and not raw.startswith(_BYTE_ORDER):
        return [_FOREIGN]
    return list(dict.fromkeys(_text(decoded(raw), search)))


_FOREIGN = FileLeak("无法检查", "内容与后缀不符的文件")


def _text(text: str, search: Search) -> Iterator[FileLeak]:
    if "<" not in text:
        yield from leaks_by_line(text, search(text))
        return
    text = without_coordinates(text)
    yield from leaks_by_line(text, search(text))
    yield from leaks_by_line(text, search(join_inline_tags(text)))
    for embedded in _EMBEDDED.finditer(text):
        try:
            yield from picture(base64.b64decode(embedded[1]), search)
        except binascii.Error:
            continue
    for author in _DRAWN_BY.finditer(text):
        if is_private(name := author[1].strip()):
            yield FileLeak("文件属性", f"作者：{masked(name, 1, 0)}")
    yield from folders(text)


_MAX_OTHER_RESULTS = 5000
"""Results kept beyond those of the last run, for the files of other sites built in the same folder."""

FileSearch = Callable[[bytes, Collection[str]], list[FileLeak]]
"""A function that returns the leaks in a file's content, the given names among them."""


class SearchCache:
    """A cache on disk of file searches: content searched before is not searched again."""

    def __init__(self, cache: Path, names: Collection[str]) -> None:
        """Open the cache in the file `cache`; `names` must not be published."""
        code = digest(sorted(Path(__file__).parent.glob("*.py")))
        self._cache = Cache(cache, code, spare=_MAX_OTHER_RESULTS)
        self._names = names
        self._names_key = "\0".join(sorted(names))

    def found(self, kind: str, raw: bytes, search: FileSearch) -> list[FileLeak]:
        """Return what `search` finds in `raw`; `kind` names the search, as part of the cache key."""
        key = self._cache.key(f"{kind}\0{self._names_key}\0".encode() + raw)
        kept = self._cache.made(key, lambda: [tuple(leak) for leak in search(raw, self._names)])
        return [FileLeak(*leak) for leak in kept]

    def save(self) -> None:
        """Write the cache to disk for the next run."""
        self._cache.save()
