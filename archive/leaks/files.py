"""A file somebody attached, searched by what its kind allows."""

from archive.leaks.finding import Found, Search, in_lines
from archive.leaks.office import office
from archive.leaks.pdf import pdf
from archive.leaks.pictures import picture

_OFFICE = (
    ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".pptm", ".ppsx", ".odt", ".ods", ".odp", ".ofd",
)  # fmt: skip
_PICTURES = (
    ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".mp4", ".mov",
)  # fmt: skip
_TEXTS = (".txt", ".csv", ".json", ".xml", ".html", ".htm", ".svg", ".yml", ".tsv")
_CLOSED = (
    ".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".rtf", ".zip", ".rar", ".7z", ".gz", ".tar",
)  # fmt: skip
"""What cannot be looked into here: old office files, archives."""


SEARCHED = (*_OFFICE, ".pdf", *_PICTURES, *_TEXTS, *_CLOSED)
"""Endings of the files that are searched; the site's own style sheets and scripts are not."""


def file(suffix: str, raw: bytes, search: Search) -> list[Found]:
    """What must not go out of a file whose name ends with `suffix`, its texts gone through by `search`."""
    if suffix in _OFFICE:
        return office(raw, search)
    if suffix == ".pdf":
        return pdf(raw, search)
    if suffix in _PICTURES:
        return picture(raw)
    if suffix in _CLOSED:
        return [Found("无法检查", f"{suffix[1:]} 文件")]
    text = decoded(raw)
    return in_lines(text, search(text))


def decoded(raw: bytes) -> str:
    """A text of unknown encoding, as offices write them."""
    for code in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-16", "replace")
