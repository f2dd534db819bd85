"""Texts that stand in places of a page or a drawing, in the order and as near each other as a reader sees them."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

_NARROW = 0.55
"""How wide a digit or a Latin letter is, in sizes of letters."""
_TOUCHING, _BESIDE = 0.2, 2.0
"""How far apart two texts are, in sizes of letters, that are read as one or as two words."""


class Piece(NamedTuple):
    """A text that stands in one place."""

    text: str
    x: float
    y: float
    size: float
    end: tuple[float, float]
    """Where the next letter would stand."""


def in_lines(
    pieces: list[Piece], across: Callable[[Piece], float], along: Callable[[Piece], float]
) -> list[Piece]:
    """Return pieces line by line: those of one line are less than half a letter apart `across` it."""
    ordered: list[Piece] = []
    line: list[Piece] = []
    for piece in sorted(pieces, key=across):
        if line and across(piece) - across(line[-1]) > piece.size / 2:
            ordered += sorted(line, key=along)
            line = []
        line.append(piece)
    return [*ordered, *sorted(line, key=along)]


def joined(pieces: list[Piece]) -> str:
    """Return texts as one, with nothing between two that touch, and a blank between two beside each other."""
    texts: list[str] = []
    for before, piece in pairwise([None, *pieces]):
        if before is not None and piece is not None:
            gap = math.dist(before.end, (piece.x, piece.y)) / piece.size
            texts.append("" if gap < _TOUCHING else " " if gap < _BESIDE else "\n")
        texts.append(piece.text if piece else "")
    return "".join(texts)


def in_columns(pieces: list[Piece]) -> Iterator[str]:
    """Yield the texts of columns: single letters are parts of one text, all others stand by themselves."""
    for before, piece in pairwise([None, *pieces]):
        if piece is not None:
            letters = before is not None and len(before.text) == len(piece.text) == 1
            yield piece.text if letters or before is None else f"\n{piece.text}"


def text_width(text: str) -> float:
    """Return about how wide a text is, in sizes of its letters."""
    return sum(_NARROW if letter.isascii() else 1.0 for letter in text)
