"""Attachments that are only a picture: what is written on them no program here can read."""

import io
from typing import TYPE_CHECKING
from zipfile import ZipFile

from archive.leaks.files import READERS
from archive.leaks.leak import FileLeak, TextLeak
from archive.leaks.pdf import silent
from archive.leaks.pictures import PICTURES, pixels

if TYPE_CHECKING:  # slow to import
    from pypdf import PageObject

_SMALL = 200 * 200
"""Points of a picture too small to show a document: a sign, an icon."""
_FEW = 100
"""Characters in an office file that may be no more than a heading, and names of fonts and colours."""


def pictures_only(suffix: str, raw: bytes) -> list[FileLeak]:
    """Return one leak for each page of a file, or for the file, that shows a picture and no text.

    They are no problems: a photograph is one too. A person has to look at them.
    """
    if suffix in PICTURES:
        return [_ONLY_A_PICTURE] if not 0 < pixels(raw) < _SMALL else []
    if suffix == ".svg":
        return [_ONLY_A_PICTURE] if b"<image" in raw else []
    try:
        if suffix == ".pdf":
            return _pages(raw)
        return [_ONLY_A_PICTURE] if suffix in READERS and _has_pictures_alone(suffix, raw) else []
    except Exception:  # a file that cannot be read is a problem of its own
        return []


_ONLY_A_PICTURE = FileLeak("无法检查", "只有图")


@silent()
def _pages(raw: bytes) -> list[FileLeak]:
    from pypdf import PdfReader  # slow to import

    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(raw)).pages, 1):
        if b"Do" in _content(page) and not page.extract_text().strip():
            found.append(_ONLY_A_PICTURE._replace(place=f"第 {number} 页"))
    return found


def _content(page: "PageObject") -> bytes:
    content = page.get_contents()
    return b"" if content is None else content.get_data()


def _has_pictures_alone(suffix: str, raw: bytes) -> bool:
    if not raw.startswith(b"PK"):
        return False
    with ZipFile(io.BytesIO(raw)) as parts:
        names = [name.lower() for name in parts.namelist() if "thumbnail" not in name.lower()]
    texts: list[str] = []

    def collect(text: str) -> tuple[TextLeak, ...]:
        texts.append(text)
        return ()

    READERS[suffix](raw, collect)
    letters = sum(letter.isalnum() and not letter.isascii() for text in texts for letter in text)
    return any(name.endswith(PICTURES) for name in names) and letters < _FEW
