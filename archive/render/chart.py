"""Bar charts as inline SVG: positions in per cent, text in pixels, the page's colours, no script."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from archive.render.text import exact_number_text, plain_text

_ROW, _HEAD, _AXIS = 18, 24, 20
"""Heights in pixels of a bar's row, of a series' name above its bars, and of the axis at the bottom."""
_LEFT, _CHARACTER = 15, Decimal("2.2")
"""In per cent of the width: where bars begin, and the width of a digit on the narrowest phone."""

Series = tuple[str, Sequence[Decimal]]
"""A name, and one value for each row."""


def bars(title: str, rows: Sequence[str], series: Sequence[Series]) -> str:
    """An SVG with a group of bars for each series, one bar for each of `rows`, on one scale from 0."""
    every = [value for _, values in series for value in values]
    widest = max(len(exact_number_text(value)) for value in every)
    marks = ticks(
        every, 5 if widest <= 5 else 2
    )  # fewer where the numbers are long and would touch
    room = Decimal(100 - _LEFT) - _CHARACTER * (widest + 1)

    def at(value: Decimal) -> Decimal:
        return room * value / marks[-1]

    parts, top = [], 0
    for name, values in series:
        parts.append(f'<text class="name" y="{top + 17}">{plain_text(name)}</text>')
        top += _HEAD
        for row, value in zip(rows, values, strict=True):
            parts.append(_bar(row, value, at(value), top))
            top += _ROW
    grid = "".join(_tick(mark, at(mark), top) for mark in marks)
    text = "；".join(
        f"{name}：{'，'.join(f'{row} {exact_number_text(value)}' for row, value in zip(rows, values, strict=True))}"
        for name, values in series
    )
    return (
        f'<svg role="img" width="100%" height="{top + _AXIS}">'
        f"<title>{plain_text(title)}</title><desc>{plain_text(text)}</desc>{grid}{''.join(parts)}</svg>"
    )


def ticks(values: Sequence[Decimal], most: int) -> list[Decimal]:
    """Numbers from 0 to at least the largest value, in steps of 1, 2 or 5 times a power of ten.

    There are at most `most` steps, and a step has no more decimals than the values.
    """
    longest = max(values)
    finest = Decimal(1).scaleb(min(0, *(int(v.normalize().as_tuple().exponent) for v in values)))
    step = Decimal(1).scaleb(longest.adjusted() - 1) if longest else Decimal(1)
    rounds = (step * factor for factor in (1, 2, 5, 10, 20, 50, 100))
    step = next(one for one in rounds if one >= finest and one * most >= longest)
    steps = max(1, int((longest / step).to_integral_value(ROUND_CEILING)))
    return [step * number for number in range(steps + 1)]


def _bar(row: str, value: Decimal, length: Decimal, top: int) -> str:
    return (
        f'<text y="{top + 13}">{plain_text(row)}</text>'
        f'<rect x="{_LEFT}%" y="{top + 2}" width="{length:.1f}%" height="{_ROW - 4}"/>'
        f'<text x="{_LEFT + length + 1:.1f}%" y="{top + 13}">{plain_text(exact_number_text(value))}</text>'
    )


def _tick(mark: Decimal, length: Decimal, bottom: int) -> str:
    """A grid line over the whole height, drawn before the bars, and its number below."""
    x = f"{_LEFT + length:.1f}%"
    return (
        f'<line class="grid" x1="{x}" x2="{x}" y1="{_HEAD}" y2="{bottom + 4}"/>'
        f'<text class="tick" x="{x}" y="{bottom + 17}" text-anchor="middle">{exact_number_text(mark)}</text>'
    )
