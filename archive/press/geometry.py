"""The printed page, in millimetres; each format derives its own measures from it, in its own unit.

To change the paper, edit `PAGE`, then run `archive schema` to regenerate the browser's style sheet.
"""

from dataclasses import asdict, dataclass
from math import floor

POINT = 25.4 / 72
"""Millimetres in a point."""

PIXEL = 0.75
"""Points in a CSS pixel."""

BODY, TITLE, TABLE, SMALL, NUMBER = 16, 22, 12, 10.5, 14
"""Points: 三号, 二号, 小四, 五号, 四号 (GB/T 9704—2012, 5.2.2, 7.3.1 and 7.5)."""
PITCH = 29
"""Points from line to line; with `BODY` it gives the standard's 22 lines of 28 characters a page."""
DENSE, MANY = 9, 12
"""Text size in points of a dense table, and the number of columns above which a table is dense."""
TABLE_LINE = 1.35
"""Line height in a table, as a multiple of its text size."""
SMALL_LINE = 16
"""Line height of small print, in points."""
BELOW, ABOVE = 7, 8
"""Millimetres from the type area down to the page number, and up to the banner of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet and its margins, in mm; on even pages the inner margin is at the right."""

    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float

    @property
    def area_width(self) -> float:
        """Width of the type area, in mm."""
        return self.width - self.inner - self.outer

    @property
    def area_height(self) -> float:
        """Height of the type area, in mm."""
        return self.height - self.top - self.bottom

    @property
    def characters(self) -> int:
        """Characters in a line of the body; their width is adjusted slightly so that they fill it."""
        return round(self.area_width / (BODY * POINT))

    @property
    def lines(self) -> int:
        """Lines of the body on a page; their height is adjusted slightly so that they fill it."""
        return round(self.area_height / (PITCH * POINT))

    @property
    def cell(self) -> float:
        """Width of a character of the body, in mm."""
        return self.area_width / self.characters

    @property
    def pitch(self) -> float:
        """Line height of the body, in mm."""
        return self.area_height / self.lines

    @property
    def upright(self) -> bool:
        """Whether the page is higher than wide, so that a wide table fits better on a turned page."""
        return self.height > self.width

    @property
    def picture_width(self) -> float:
        """Greatest width of a picture in points."""
        return self.area_width / POINT

    @property
    def picture_height(self) -> int:
        """Greatest height of a picture in points, leaving room for the two lines that lead to it."""
        return floor((self.area_height - 2 * self.pitch) / POINT - 8)

    def held(self, size: float, across: bool = False) -> float:
        """How many full-width characters of `size` points fit in a line; `across`: of the turned page."""
        return (self.area_height if across else self.area_width) / (size * POINT)


PAGE = Page(width=210, height=297, top=37, bottom=35, inner=28, outer=26)
"""GB/T 9704—2012, 5.1 and 5.2: A4, a type area of 156 × 225 mm."""


def numbers(page: Page) -> dict[str, float]:
    """Name → measure, for the templates: lengths in mm, text in points, `table_line` a multiple."""
    return {
        **asdict(page),
        "area_width": page.area_width,
        "area_height": page.area_height,
        "characters": page.characters,
        "lines": page.lines,
        "below": BELOW,
        "above": ABOVE,
        "title": TITLE,
        "table": TABLE,
        "dense": DENSE,
        "many": MANY,
        "small": SMALL,
        "number": NUMBER,
        "table_line": TABLE_LINE,
        "small_line": SMALL_LINE,
        "picture_height": page.picture_height,
    }
