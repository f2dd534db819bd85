"""Text set in lines and boxes within a drawing: by estimated widths, in points, from the top down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.render.text import plain_text, text_width

_NARROW = 0.62
"""Width in em of a Latin letter or a digit, of the widest faces in use."""
_OPENING, _CLOSING = "“‘（《〈【〔", "，。、；：？！”’）》〉】〕%％"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[A-Za-z0-9.,*·—-]+|.)[{_CLOSING}]*")
"""What is not parted at the end of a line: a word or number, or a character, with the marks beside it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look: the class that gives colour and weight, the size, whether it is one piece."""

    text: str
    look: str
    size: float
    whole: bool = False

    @property
    def width(self) -> float:
        """Its estimated width."""
        return text_width(self.text, _NARROW) * self.size


Line = tuple[Run, ...]


def lines(runs: Sequence[Run], width: float) -> list[Line]:
    """The runs broken into lines of at most this width, but for a piece that is wider by itself."""
    found: list[list[Run]] = [[]]
    room = width
    for run in runs:
        for piece in [run.text] if run.whole else _PIECE.findall(run.text):
            one = Run(piece, run.look, run.size)
            if one.width > room and found[-1]:
                found.append([])
                room = width
            room -= one.width
            last = found[-1][-1] if found[-1] else None
            if last and (last.look, last.size) == (run.look, run.size):
                found[-1][-1] = Run(last.text + piece, run.look, run.size)
            else:
                found[-1].append(one)
    return [tuple(line) for line in found if line]


def line_height(line: Line) -> float:
    """How much room a line takes."""
    return max(run.size for run in line) * 1.36


def height(set_lines: Sequence[Line]) -> float:
    """How much room the lines take, one under another."""
    return sum(map(line_height, set_lines))


def drawn(set_lines: Sequence[Line], x: float, y: float) -> str:
    """The lines as SVG text, the top of the first at `y`."""
    parts = []
    for line in set_lines:
        high = line_height(line)
        said = "".join(
            map(_span, line)
        )  # set by the browser one after another, whatever their widths
        parts.append(f'<text x="{x:.1f}" y="{y + high * 0.76:.1f}">{said}</text>')
        y += high
    return "".join(parts)


def _span(run: Run) -> str:
    look = f"{run.look} mask" if "*" in run.text else run.look
    return f'<tspan class="{look}" font-size="{run.size:g}">{plain_text(run.text)}</tspan>'


def box(look: str, x: float, y: float, width: float, high: float) -> str:
    """A filled rectangle."""
    return f'<rect class="{look}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{high:.1f}"/>'


def icon(outline: str, look: str, x: float, y: float, size: float) -> str:
    """An outline in a square of 24, drawn in a square of `size`."""
    return (
        f'<svg x="{x:.1f}" y="{y:.1f}" width="{size:g}" height="{size:g}" viewBox="0 0 24 24">'
        f'<path class="{look}" d="{outline}"/></svg>'
    )
