"""The printed page, in millimetres; every format works out from it what it wants, in its own unit.

Another paper is one edit, that of `PAGE`; then `archive schema` writes the browser's style sheet anew.
"""

from dataclasses import asdict, dataclass

POINT = 25.4 / 72
"""Millimetres in a point."""

BODY, TITLE, TABLE, SMALL, NUMBER = 16, 22, 12, 10.5, 14
"""Points: 三号, 二号, 小四, 五号, 四号 (GB/T 9704—2012, 5.2.2, 7.3.1 and 7.5)."""
PITCH = 29
"""Points from line to line: with it and `BODY` the standard's page has its 22 lines of 28 characters."""
DENSE, MANY = 9, 12
"""Points of text in a table of more than so many columns."""
TABLE_LINE = 1.35
"""From line to line in a table, in sizes of its text."""
SMALL_LINE = 16
"""Points from line to line of what is small."""
BELOW, ABOVE = 7, 8
"""Millimetres from the type area to the line of the page number, and to what tops the page."""


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
        """Width of the type area."""
        return self.width - self.inner - self.outer

    @property
    def area_height(self) -> float:
        """Height of the type area."""
        return self.height - self.top - self.bottom

    @property
    def characters(self) -> int:
        """Characters of a line: they fill it, each a hair less, or more, wide than its size says."""
        return round(self.area_width / (BODY * POINT))

    @property
    def lines(self) -> int:
        """Lines of a page: they fill it."""
        return round(self.area_height / (PITCH * POINT))

    @property
    def cell(self) -> float:
        """Width of a character of the body."""
        return self.area_width / self.characters

    @property
    def pitch(self) -> float:
        """From line to line of the body."""
        return self.area_height / self.lines

    @property
    def upright(self) -> bool:
        """Whether it is higher than wide, so that a broad table is better off on a turned one."""
        return self.height > self.width

    def held(self, size: float, across: bool = False) -> float:
        """How many full-width characters of a size in points a line holds; `across`: of the turned page."""
        return (self.area_height if across else self.area_width) / (size * POINT)


PAGE = Page(width=210, height=297, top=37, bottom=35, inner=28, outer=26)
"""GB/T 9704—2012, 5.1 and 5.2: A4, a type area of 156 × 225 mm."""


def numbers(page: Page) -> dict[str, float]:
    """All of a page by name, as a template takes it: lengths in mm, sizes of text in points."""
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
    }
