"""`python -m archive.press.lean FROM TO`: a face with cubic outlines (CFF) as TrueType, drawn with fewer points.

FandolFang was drawn in quadratic curves and is handed out in cubic ones, its straight strokes as curves
too. A PDF holds the outlines of each character on its pages, which for a regulation is most of the file.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from math import dist, hypot
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

SLACK = 0.0015
"""How far an outline may move, in em: in 3号 0.008 mm, a fifth of a dot of a printer with 600 an inch."""

Point = tuple[float, float]
Step = tuple[str, tuple[Point, ...]]
"""One call of a pen: its method and the points it is given."""


def lean(source: Path, target: Path) -> None:
    """Write the face of `source` to `target`; names, characters and widths stay as they are."""
    font = TTFont(source, recalcTimestamp=False)  # the same bytes each time
    slack = SLACK * font["head"].unitsPerEm
    drawn = font.getGlyphSet()
    glyphs = {name: _glyph(drawn[name], slack) for name in font.getGlyphOrder()}
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\0\1\0\0"
    builder = FontBuilder(font=font)
    builder.isTTF = True
    builder.setupMaxp()
    builder.setupGlyf(glyphs)
    for name, glyph in glyphs.items():
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = width, getattr(glyph, "xMin", 0)
    font.save(target)


def _glyph(drawn: Any, slack: float) -> Glyph:
    recorded, pen = RecordingPen(), TTGlyphPen(None)
    drawn.draw(recorded)
    quadratic = Cu2QuPen(pen, slack, reverse_direction=True)
    for step, points in straightened(recorded.value, slack):
        getattr(quadratic, step)(*points)
    return pen.glyph()


def straightened(drawn: Iterable[Step], slack: float) -> Iterator[Step]:
    """A drawing with one line for all that is straight but for `slack`; what bends stays as it is."""
    start: Point = (0, 0)
    passed: list[Point] = []  # what the line that began at `start` has come by, up to its end
    for step, points in drawn:
        at = passed[-1] if passed else start
        goes_on = step == "lineTo" or (step == "curveTo" and _straight(at, points, slack))
        if passed and not (goes_on and _straight(start, [*passed, *points], slack)):
            yield "lineTo", (at,)
            start, passed = at, []
        if goes_on:
            passed += points
        else:
            start = points[-1] if points else start
            yield step, points


def _straight(start: Point, points: Sequence[Point], slack: float) -> bool:
    return all(_distance(point, start, points[-1]) <= slack for point in points[:-1])


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the line between two."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = hypot(across, up)
    if not length:
        return dist(point, start)
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * up) / length**2
    if not 0 <= along <= 1:
        return min(dist(point, start), dist(point, end))
    return abs((point[0] - start[0]) * up - (point[1] - start[1]) * across) / length


if __name__ == "__main__":
    lean(Path(sys.argv[1]), Path(sys.argv[2]))
