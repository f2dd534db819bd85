"""Documents of the invented bureau as a scanner makes them: a certificate, a notice with a red head."""

import io
import time
from collections.abc import Sequence
from random import Random

from PIL import Image

from demo.canvas import Canvas

_RED, _INK = "#b3261e", "#2b2723"
_PAPER, _GLASS = "#f6f1e4", (226, 224, 218)
_TURNED = 0.5
"""Degrees by which the sheet lay askew."""
_SPECKS = 220
_UNDATED = time.gmtime(0)


def certificate(title: str, by: str, day: str, seed: int) -> bytes:
    """The scan of a certificate, as PNG."""
    c = Canvas(840, 594, "#fbf6e6")
    c.frame(18, 18, 804, 558, _RED, 6)
    c.frame(30, 30, 780, 534, "#c99a3b", 3)
    for x, y in ((44, 44), (796, 44), (44, 550), (796, 550)):
        c.round(x, y, 12, 12, "#c99a3b")
        c.round(x, y, 6, 6, _RED)
    _marked(c, 420, 330)
    c.words(420, 120, "荣　誉　证　书", 56, _RED, is_text=True)
    c.words(110, 216, "示例市统计局：", 28, _INK, "lm", is_text=True)
    c.words(420, 286, f"“{title}”", _fitting(title), _INK, is_text=True)
    c.words(
        110, 350, "特发此证，供演示用。证书、单位和事项均为虚构。", 24, _INK, "lm", is_text=True
    )
    c.words(740, 446, by, 26, _INK, "rm", is_text=True)
    c.words(740, 492, day, 26, _INK, "rm", is_text=True)
    _seal(c, 430, 470)
    sheet = _scanned(c.picture(), seed).quantize(
        64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def notice(title: str, number: str, lines: Sequence[str], day: str, seed: int) -> bytes:
    """The scan of a document of one page, as PDF."""
    c = Canvas(794, 1123, _PAPER)
    c.words(397, 150, "示例市统计局文件", 60, _RED, is_text=True)
    c.words(397, 226, number, 24, _INK, is_text=True)
    c.rect(90, 256, 614, 4, _RED)
    _marked(c, 397, 640)
    c.words(397, 330, title, 32, _INK)
    for at, line in enumerate(lines):
        c.words(96, 410 + at * 44, line, 24, _INK, "lm", is_text=True)
    c.words(690, 860, "示例市统计局", 26, _INK, "rm", is_text=True)
    c.words(690, 906, day, 26, _INK, "rm", is_text=True)
    _seal(c, 450, 882)
    out, sheet = io.BytesIO(), _scanned(c.picture(), seed)
    # Without days of its own it would be another file on every run.
    sheet.save(out, "PDF", resolution=96, quality=55, creationDate=_UNDATED, modDate=_UNDATED)
    return out.getvalue()


def _fitting(title: str) -> int:
    return min(40, 640 // (len(title) + 2))


def _marked(c: Canvas, x: float, y: float) -> None:
    """Mark a sheet as an example right across."""
    c.words(x, y, "示　例", 150, "#efe6d2")


def _seal(c: Canvas, x: float, y: float) -> None:
    c.ring(x, y, 66, _RED, 5)
    c.words(x, y - 14, "示例", 36, _RED)
    c.words(x, y + 26, "演示用章", 19, _RED)


def _scanned(sheet: Image.Image, seed: int) -> Image.Image:
    """The sheet as it comes from the scanner: a little askew, with specks, on a grey ground."""
    specks = Random(seed)
    found = sheet.rotate(_TURNED * (1 if seed % 2 else -1), Image.Resampling.BILINEAR, fillcolor=_GLASS)  # fmt: skip
    width, height = found.size
    for _ in range(_SPECKS):
        at = specks.randrange(width), specks.randrange(height)
        shade = specks.randrange(150, 215)
        found.putpixel(at, (shade, shade, shade - 8))
    return found
