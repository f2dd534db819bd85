"""A PDF as a reader's eye measures it: each glyph with its place, face and size, page by page."""

import io
import logging
import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

# A browser's faces come without a box, which nothing here asks for.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

MM = 25.4 / 72
"""Millimetres in a point."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one glyph shows; `x` and `y` are mm from the page's left and top to its origin on the line."""

    char: str
    x: float
    y: float
    font: str
    """The face's PostScript name, without the tag of a subset."""
    size: float
    """In points, as printed."""
    angle: int
    """Degrees it is turned by, clockwise."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, in mm, and its glyphs in the order of the file."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]

    def lines(self, tolerance: float = 0.6) -> list[list[Glyph]]:
        """The upright glyphs line by line from the top, each from the left, without what shows nothing."""
        found: list[list[Glyph]] = []
        upright = (
            one
            for one in self.glyphs
            if one.angle == 0 and one.char.strip().isprintable() and one.char.strip()
        )
        for glyph in sorted(upright, key=lambda one: (one.y, one.x)):
            if found and glyph.y - found[-1][0].y <= tolerance:
                found[-1].append(glyph)
            else:
                found.append([glyph])
        return [sorted(line, key=lambda one: one.x) for line in found]


def pages(content: bytes) -> list[Page]:
    """The pages of a PDF."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources)
    interpreter = PDFPageInterpreter(resources, device)
    found = []
    for one in PDFPage.get_pages(io.BytesIO(content)):
        interpreter.process_page(one)
        page = device.get_result()
        glyphs = tuple(_glyph(char, page) for char in _characters(page))
        found.append(Page(round(page.width * MM, 1), round(page.height * MM, 1), glyphs))
    return found


def text(glyphs: Iterable[Glyph]) -> str:
    """What they show, in a row."""
    return "".join(glyph.char for glyph in glyphs)


def steps(values: Iterable[float]) -> list[float]:
    """The distance from each value to the next, to a hundredth."""
    return [round(after - before, 2) for before, after in pairwise(values)]


def _characters(container: LTContainer[Any]) -> Iterator[LTChar]:
    for one in container:
        if isinstance(one, LTChar):
            yield one
        elif isinstance(one, LTContainer):
            yield from _characters(one)


def _glyph(char: LTChar, page: LTPage) -> Glyph:
    across, down, _, _, x, y = char.matrix
    angle = round(math.degrees(math.atan2(-down, across))) % 360
    return Glyph(
        _ordinary(char.get_text()),
        x * MM,
        (page.height - y) * MM,
        char.fontname.rpartition("+")[2],
        round(char.width if angle in (90, 270) else char.height, 1),
        angle,
    )


# The radicals of simplified characters, which Unicode gives no compatibility mapping.
_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟",
)


def _ordinary(char: str) -> str:
    """Some faces draw a character and the radical of the same look with one glyph: the character."""
    char = char.translate(_RADICALS)
    return unicodedata.normalize("NFKC", char) if "\u2e80" <= char[:1] <= "\u2fdf" else char
