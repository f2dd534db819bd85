"""A sheet to draw on in plain shapes and words, twice as fine as the picture that comes of it."""

import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from archive.files.cache import shared_folder

Point = tuple[float, float]
_FINE = 2
_HEADS, _TEXT = ("FandolHei-Regular.otf", "NotoSansCJK-Regular.ttc"), ("FandolKai-Regular.otf",)


@cache
def _font(size: int, is_text: bool) -> ImageFont.FreeTypeFont:
    folders = (shared_folder() / "fonts", Path("fonts"))
    wanted = (*_TEXT, *_HEADS) if is_text else _HEADS
    found = [folder / name for name in wanted for folder in folders if (folder / name).is_file()]
    found += [one for one in sorted(folders[1].glob("*")) if one.suffix.lower() in (".ttf", ".otf", ".ttc")]  # fmt: skip
    if not found:
        sys.exit("没有画演示图片用的字体，请运行 make fonts")
    return ImageFont.truetype(os.fspath(found[0]), size, layout_engine=ImageFont.Layout.BASIC)


class Canvas:
    """A sheet of `width` × `height` points; every position and length is in these."""

    def __init__(self, width: int, height: int, paper: str) -> None:
        self._image = Image.new("RGB", (width * _FINE, height * _FINE), paper)
        self._draw = ImageDraw.Draw(self._image)

    def picture(self) -> Image.Image:
        """The finished picture."""
        return self._image.reduce(_FINE)

    def rect(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A rectangle by its upper left corner."""
        self._draw.rectangle(_scaled((x, y), (x + width, y + height)), colour)

    def round(self, x: float, y: float, rx: float, ry: float, colour: str) -> None:
        """An ellipse by its middle."""
        self._draw.ellipse(_scaled((x - rx, y - ry), (x + rx, y + ry)), colour)

    def ring(self, x: float, y: float, radius: float, colour: str, width: float) -> None:
        """The line of a circle by its middle."""
        box = _scaled((x - radius, y - radius), (x + radius, y + radius))
        self._draw.ellipse(box, None, colour, round(width * _FINE))

    def shape(self, points: Sequence[Point], colour: str) -> None:
        """A polygon."""
        self._draw.polygon(_scaled(*points), colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line through the points."""
        self._draw.line(_scaled(*points), colour, round(width * _FINE), "curve")

    def frame(self, x: float, y: float, width: float, height: float, colour: str, line: float) -> None:  # fmt: skip
        """The lines of a rectangle."""
        self._draw.rectangle(_scaled((x, y), (x + width, y + height)), None, colour, round(line * _FINE))  # fmt: skip

    def words(self, x: float, y: float, text: str, size: int, colour: str, anchor: str = "mm", *, is_text: bool = False) -> None:  # fmt: skip
        """Words in one line; `anchor` is Pillow's: mm is their middle, ls where they begin."""
        font = _font(size * _FINE, is_text)
        self._draw.text((x * _FINE, y * _FINE), text, colour, font, anchor)


def _scaled(*points: Point) -> list[tuple[float, float]]:
    return [(x * _FINE, y * _FINE) for x, y in points]
