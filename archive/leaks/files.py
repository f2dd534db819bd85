"""Search an attached file in the way its format needs; a file that cannot be read is a leak itself.

There is one table of the kinds of files: what is not in it is refused.
"""

from collections.abc import Callable, Mapping

from archive.files.bounds import MAX_ATTACHMENT, megabytes
from archive.leaks.leak import FileLeak, Search
from archive.leaks.office import office
from archive.leaks.pdf import pdf
from archive.leaks.pictures import PICTURES, is_picture, picture
from archive.leaks.svg import svg
from archive.leaks.texts import FOREIGN, json_text, text, yaml_text

Reader = Callable[[bytes, Search], list[FileLeak]]
"""A function that returns the leaks in a file's content; it applies the search to each of its texts."""

PAGE = ".md"
"""The suffix of a page. The same in capitals, and other suffixes for Markdown, are refused."""
_ACTIVE = frozenset({
    ".js", ".mjs", ".cjs", ".jsx", ".ts", ".css", ".htm", ".html", ".xhtml", ".xht", ".shtml", ".hta", ".mht",
    ".mhtml", ".xml", ".xsl", ".xslt", ".svgz", ".wasm", ".swf", ".php", ".jsp", ".asp", ".aspx",
    ".md", ".markdown", ".mdown", ".mkdn", ".mkd",
})  # fmt: skip
"""Suffixes of files that a browser would run or show as a page of this site, or MkDocs take for one."""
_OFFICE = (
    ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".pptm", ".ppsx", ".odt", ".ods", ".odp", ".ofd",
)  # fmt: skip
_TEXTS = (".txt", ".csv", ".tsv")


def _picture(raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a picture; one that is another file as well, to other programs, is none."""
    return picture(raw, search) if is_picture(raw) else [FOREIGN]


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(_TEXTS, text),
    **dict.fromkeys((".yml", ".yaml"), yaml_text),
    **dict.fromkeys((".json", ".geojson"), json_text),
    **dict.fromkeys(_OFFICE, office),
    **dict.fromkeys(PICTURES, _picture),
    ".svg": svg,
    ".pdf": pdf,
}
"""The kinds of files that may be attached: suffix, in lower case → how a file of this kind is read."""


def file(suffix: str, raw: bytes, search: Search) -> list[FileLeak]:
    """Return the leaks in a file: its content `raw`, its `suffix` (with the dot, in lower case).

    `search` is applied to each text in the file. A kind that is not in the table of kinds is a leak
    (无法检查, 网页脚本), as is a file that is too large.
    """
    reader = READERS.get(suffix)
    if reader is None:
        if suffix in _ACTIVE:
            return [FileLeak("网页脚本", f"{suffix[1:]} 文件")]
        return [FileLeak("无法检查", f"{suffix[1:]} 文件" if suffix else "没有后缀的文件")]
    if len(raw) > MAX_ATTACHMENT:
        return [too_large(len(raw))]
    return reader(raw, search) if raw else []


def too_large(size: int) -> FileLeak:
    """Return the leak that a file of this size is, whatever is in it."""
    limit = megabytes(MAX_ATTACHMENT)
    return FileLeak("无法检查", f"{megabytes(size)} 的文件，须不超过 {limit}")
