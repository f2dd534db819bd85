"""HTML and SVG as text: words cut by inline tags are joined again, coordinates of drawings removed."""

import re
from collections.abc import Iterator

from archive.files.elements import FLOWING
from archive.leaks.leak import FileLeak, masked, text_digest

# <tspan> is to SVG what <span> is to HTML.
_INLINE = re.compile(
    rf"<(?:/?(?:{'|'.join(sorted(FLOWING, key=len, reverse=True))}|tspan)(?=[\s/>])[^<>]*|!--(?:(?!<!--).)*?--)>",
    re.DOTALL,
)
_COORDINATES = re.compile(r"\s(?:d|points|transform|viewBox)=(?:\"[^\"]*\"|'[^']*')")


def join_inline_tags(source: str) -> str:
    """Return `source` without inline tags and comments; line breaks are kept."""
    return _INLINE.sub(_line_breaks, source)


def without_coordinates(source: str) -> str:
    """Return `source` without the attributes of SVG that hold coordinates; line breaks are kept."""
    return _COORDINATES.sub(_line_breaks, source)


def _line_breaks(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


_PROGRAMS = re.compile(
    r"(?i:openpyxl|python-docx|libreoffice|openoffice|wps|microsoft|windows|admin|administrator|user|pc|hp|lenovo|dell|apache poi"
    r"|typst)\b.*|微软.*|番茄花园|雨林木风"
)
_OFFICES = re.compile(
    r".*(?:局|委员会|委|党组|办公室|科|处|室|部|中心|政府|支部|[总支大查]队|单位)"
)
_FOLDER = re.compile(r"(?:\b[A-Za-z]:[\\/]Users[\\/]|/(?:home|Users)/)([^\\/\"'<>\s]+)")


def is_private(value: str) -> bool:
    """Return whether a property of a file may name a person: it is neither a program nor an office."""
    return bool(value and not _PROGRAMS.fullmatch(value) and not _OFFICES.fullmatch(value))


def folders(text: str) -> Iterator[FileLeak]:
    """Yield a leak for each path in `text` that leads through a person's home folder."""
    for folder in _FOLDER.finditer(text):
        if is_private(folder[1]):
            yield FileLeak(
                "文件属性", f"文件夹：{masked(folder[1], 1, 0)}", digest=text_digest(folder[1])
            )
