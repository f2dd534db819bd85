"""Bars drawn as inline SVG: real text, the colours of the page, no script."""

from collections.abc import Sequence
from decimal import Decimal

from archive.render.text import plain

_ROW, _LEFT, _BAR, _WIDTH = 16, 40, 140, 240
"""Height of a row, where the bars begin, how long the longest is, the width of all. User units."""


def bars(title: str, rows: Sequence[tuple[str, Decimal, str]], longest: Decimal) -> str:
    """A bar for each row of (label, value, value as printed); `longest` fills the width."""
    drawn = "".join(_bar(index, *row, longest) for index, row in enumerate(rows))
    told = "；".join(f"{label} {shown}" for label, _, shown in rows)
    return (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {_ROW * len(rows)}">'
        f"<title>{plain(title)}</title><desc>{plain(told)}</desc>{drawn}</svg>"
    )


def _bar(index: int, label: str, value: Decimal, shown: str, longest: Decimal) -> str:
    top = index * _ROW
    length = f"{_BAR * value / longest:.1f}" if longest else "0"
    return (
        f'<text y="{top + 12}">{plain(label)}</text>'
        f'<rect x="{_LEFT}" y="{top + 2}" width="{length}" height="{_ROW - 4}"/>'
        f'<text x="{_LEFT + float(length) + 4:.1f}" y="{top + 12}">{plain(shown)}</text>'
    )
