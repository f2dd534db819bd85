"""The face of the body with fewer points: the same characters, drawn as they were but for a hair."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from archive.press.lean import straightened
from tests.conftest import ROOT


def sign(pen: BasePen) -> None:
    """A stroke that is drawn as curves, and a bow that is one."""
    pen.moveTo((100, 0))
    pen.curveTo((100, 200), (101, 400), (100, 600))  # straight but for one unit
    pen.lineTo((300, 600))
    pen.lineTo((500, 600))
    pen.curveTo((700, 500), (700, 100), (500, 0))
    pen.closePath()


def face(path: Path) -> None:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "one"])
    builder.setupCharacterMap({0x7EDF: "one"})
    drawn = {".notdef": lambda pen: None, "one": sign}
    strings = {}
    for name, draw in drawn.items():
        pen = T2CharStringPen(1000, None)
        draw(pen)
        strings[name] = pen.getCharString()
    builder.setupCFF("Sample", {"FullName": "Sample"}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(strings, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "仿宋", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    builder.save(path)


def test_a_face_is_the_same_with_fewer_points(tmp_path: Path) -> None:
    source, target, again = (tmp_path / name for name in ("a.otf", "a.ttf", "b.ttf"))
    face(source)
    for made in target, again:
        subprocess.run(
            [sys.executable, "-m", "archive.press.lean", source, made], check=True, cwd=ROOT
        )
    assert target.read_bytes() == again.read_bytes()
    with TTFont(source) as before, TTFont(target) as after:
        assert after.sfntVersion == "\0\1\0\0"
        assert "CFF " not in after
        assert after["name"].getDebugName(1) == before["name"].getDebugName(1) == "仿宋"
        assert after["hmtx"][after.getBestCmap()[0x7EDF]] == (1000, 100)
        old, new = (font.getGlyphSet()[font.getBestCmap()[0x7EDF]] for font in (before, after))
        bounds, areas = [], []
        for glyph in old, new:
            box, area = BoundsPen(None), AreaPen()
            glyph.draw(box)
            glyph.draw(area)
            bounds.append(tuple(map(round, box.bounds)))
            areas.append(abs(area.value))
        assert bounds == [(100, 0, 650, 600)] * 2
        assert abs(areas[0] - areas[1]) < 0.005 * areas[0]
        drawn = RecordingPen()
        new.draw(drawn)
        straight = [points for kind, points in drawn.value if kind == "lineTo"]
        assert len(straight) == 2  # and the third closes the outline
        assert any(kind == "qCurveTo" for kind, _ in drawn.value)


_POINTS = st.tuples(st.integers(0, 30), st.integers(0, 6))


@given(st.lists(_POINTS, min_size=1, max_size=12), st.sampled_from([0.0, 1.5, 3.0]))
def test_no_point_is_left_farther_off_than_allowed(
    points: list[tuple[int, int]], slack: float
) -> None:
    lines = (("lineTo", (point,)) for point in points)
    drawn = list(straightened([("moveTo", ((0, 0),)), *lines, ("closePath", ())], slack))
    kinds = [kind for kind, _ in drawn]
    assert kinds == ["moveTo", *["lineTo"] * (len(kinds) - 2), "closePath"]
    kept = [complex(*operands[0]) for kind, operands in drawn if operands]
    assert (kept[0], kept[-1]) == (0, complex(*points[-1]))
    for point in points:
        off = min(away(complex(*point), *line) for line in pairwise(kept))
        assert off <= slack + 1e-9


def away(point: complex, start: complex, end: complex) -> float:
    """How far a point is from a line: from the nearest place on it."""
    along = end - start
    share = ((point - start) * along.conjugate()).real / abs(along) ** 2 if along else 0
    return abs(point - start - min(1, max(0, share)) * along)
