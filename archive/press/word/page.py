"""The page of a Word document: its measures in twips, and the section that sets them."""

from collections.abc import Iterator
from functools import cache
from math import floor

from lxml.etree import _Element

from archive.press import geometry
from archive.press.geometry import POINT, Page
from archive.press.word.markup import RELATIONS, w

DEEPEST = 8
"""The deepest level of a list, counted from 0; lists nested deeper stay at this level."""
LEVELS = 9
"""Levels of headings that Word has."""
HEADERS = ("rId9", "rId10")
"""Ids of the headers of odd and even pages in the template."""
_FOOTERS, _ACROSS_FOOTERS = ("rId5", "rId6"), ("rId7", "rId8")

_TWIP = POINT / 20
_EMU = 36000
"""English Metric Units in a millimetre."""
_NUMBER_ROOM = 60, 4.94
"""Size in mm of the frame for the page number of a turned page: along the edge, and inwards."""
_DASH = 2.15
"""Millimetres from the left of that frame to the number's dashes, as Word and LibreOffice set it."""
_HEADER = 851
"""Twips from the top edge to the header: 15 mm, Word's default."""


class Measures:
    """The measures of a page that the template and the text use, in twips unless said otherwise."""

    def __init__(self, page: Page) -> None:
        self.width, self.height = _twips(page.width), _twips(page.height)
        self.area_width, self.area_height = _twips(page.area_width), _twips(page.area_height)
        self.bottom, self.outer = _twips(page.bottom), _twips(page.outer)
        # Top and inner margin absorb the rounding, so that the type area is exact.
        self.top = self.height - self.bottom - self.area_height
        self.inner = self.width - self.outer - self.area_width
        # Rounded down, so that the last line and the last character fit.
        self.pitch = floor(page.pitch / _TWIP)
        self.spacing = floor(page.cell / _TWIP - 20 * geometry.BODY)
        self.cell = 20 * geometry.BODY + self.spacing
        self.two = 2 * self.cell
        """Two characters: indent of a first line, of each level of lists, of a quote."""
        self.marker = 3 * self.cell // 2
        """Distance from a list's marker to its text."""
        self.half = -(-self.pitch // 2)
        self.title_line = self.pitch // 10 * 10
        """Rounded down to half a point, as LibreOffice gives a higher line two lines of the grid."""
        self.table_line, self.dense_line = (
            round(20 * geometry.TABLE_LINE * size) for size in (geometry.TABLE, geometry.DENSE)
        )
        self.small_line, self.number_line = 20 * geometry.SMALL_LINE, 20 * geometry.NUMBER
        sizes = (
            geometry.BODY,
            geometry.TITLE,
            geometry.TABLE,
            geometry.DENSE,
            geometry.SMALL,
            geometry.NUMBER,
        )
        self.body, self.title, self.table, self.dense, self.small, self.number = (
            round(2 * size) for size in sizes
        )
        """Text sizes in half points, as Word counts them."""
        # The dashes are 0.36 em above the baseline, the bottom of the line 0.2 em below.
        self.footer = floor((page.bottom - geometry.BELOW) / _TWIP - 0.56 * 20 * geometry.NUMBER)
        self.number_x = round((page.bottom - geometry.BELOW - _DASH) * _EMU)
        self.number_odd = round((page.width - page.outer - _NUMBER_ROOM[0]) * _EMU)
        self.number_even = round(page.inner * _EMU)
        """EMU from the left and top of a turned sheet to the frame of the page number."""
        self.number_wide, self.number_high = (round(side * _EMU) for side in _NUMBER_ROOM)

    def item(self, level: int) -> int:
        """Indent in twips of an item of a list nested `level` deep."""
        return self.two * (min(level, DEEPEST) + 1) + self.marker

    def placeholders(self) -> dict[str, int]:
        """Name → value for each `$name` in the files of the template."""
        return {
            **vars(self),
            **{f"item{level}": self.item(level) for level in range(DEEPEST + 1)},
            **{f"contents{level}": self.cell * (level - 1) for level in range(1, LEVELS + 1)},
        }


def _twips(millimetres: float) -> int:
    return round(millimetres / _TWIP)


_measures_of = cache(Measures)


def measures() -> Measures:
    """The measures of the page in use."""
    return _measures_of(geometry.PAGE)


def section(across: bool) -> _Element:
    """The w:sectPr of the page; `across`: of the turned page, whose top is at the left when the sheet
    is held upright.
    """
    of = measures()
    width, height = (of.height, of.width) if across else (of.width, of.height)
    top, right, bottom, left = (
        (of.inner, of.top, of.outer, of.bottom)
        if across
        else (of.top, of.outer, of.bottom, of.inner)
    )
    turned = {"orient": "landscape"} if width > height else {}
    return w(
        "sectPr",
        *_references("headerReference", HEADERS),
        *_references("footerReference", _ACROSS_FOOTERS if across else _FOOTERS),
        w("pgSz", w=width, h=height, **turned),
        w(
            "pgMar",
            top=top,
            right=right,
            bottom=bottom,
            left=left,
            header=_HEADER,
            footer=of.footer,
            gutter=0,
        ),
        w("docGrid", type="lines", linePitch=of.pitch),
    )


def _references(what: str, parts: tuple[str, str]) -> Iterator[_Element]:
    for side, part in zip(("default", "even"), parts, strict=True):
        made = w(what, type=side)
        made.set(f"{{{RELATIONS}}}id", part)
        yield made
