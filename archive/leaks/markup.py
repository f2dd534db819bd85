"""Markup as text: what tags within a line cut is in one piece again, where lines are drawn is left out."""

import re
from collections.abc import Iterator

from archive.files.elements import FLOWING
from archive.leaks.finding import Found, masked

# In a drawing <tspan> stands as <span> does in a text.
_WITHIN = re.compile(
    rf"<(?:/?(?:{'|'.join(sorted(FLOWING, key=len, reverse=True))}|tspan)(?=[\s/>])[^<>]*|!--(?:(?!<!--).)*?--)>",
    re.DOTALL,
)
_COORDINATES = re.compile(r"\s(?:d|points|transform|viewBox)=(?:\"[^\"]*\"|'[^']*')")


def joined(source: str) -> str:
    """`source` without the tags that stand within a line and without comments, each line where it was."""
    return _WITHIN.sub(_lines, source)


def without_coordinates(source: str) -> str:
    """`source` without the attributes of drawings that only say where, each line where it was."""
    return _COORDINATES.sub(_lines, source)


def _lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


_PROGRAMS = re.compile(
    r"(?i:openpyxl|python-docx|libreoffice|openoffice|wps|microsoft|windows|admin|administrator|user|pc|hp|lenovo|dell|apache poi"
    r"|typst)\b.*|微软.*|番茄花园|雨林木风"
)
_OFFICES = re.compile(
    r".*(?:局|委员会|委|党组|办公室|科|处|室|部|中心|政府|支部|总队|大队|调查队|单位)"
)
_FOLDER = re.compile(r"(?:\b[A-Za-z]:[\\/]Users[\\/]|/(?:home|Users)/)([^\\/\"'<>\s]+)")


def is_private(value: str) -> bool:
    """Whether a property names somebody: neither a program nor an office."""
    return bool(value and not _PROGRAMS.fullmatch(value) and not _OFFICES.fullmatch(value))


def folders(text: str) -> Iterator[Found]:
    """Whose folders the paths in `text` lead through."""
    for one in _FOLDER.finditer(text):
        if is_private(one[1]):
            yield Found("文件属性", f"文件夹：{masked(one[1], 1, 0)}")
