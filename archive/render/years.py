"""A small chart of an indicator's years as SVG shapes: a column for each, its value above, the year below."""

from collections.abc import Sequence
from decimal import Decimal

from archive.facts.figures import FigureState, Value
from archive.render.text import exact_number_text, plain_text

Box = tuple[float, float, float, float]
"""Left, top, width and height."""


def years_chart(values: Sequence[Value], box: Box, size: float) -> str:
    """The columns in a box, on one scale from 0, with text of this size; the values must have numbers.

    A column whose value is not settled is hollow; what is not simply approved has its state below its year.
    """
    x, y, width, height = box
    exact = [value.exact or Decimal(0) for value in values]
    most = max(*exact, Decimal(0)) or Decimal(1)
    states = [state_said(value) for value in values]
    step = width / len(values)
    longest = max(len(exact_number_text(number)) for number in exact)
    size = min(size, step / (max(longest, 4) * 0.62))  # numbers beside each other do not touch
    below = size * (2.6 if any(states) else 1.3)
    room = height - below - size * 1.4
    wide = min(step * 0.56, size * 3.2)
    base = y + height - below
    parts = [f'<line class="years-base" x1="{x:.1f}" x2="{x + width:.1f}" y1="{base:.1f}" y2="{base:.1f}"/>']  # fmt: skip
    for at, (value, number, state) in enumerate(zip(values, exact, states, strict=True)):
        middle = x + step * (at + 0.5)
        tall = max(0.0, room * float(number / most))
        kind = "years-bar" if value.state.is_settled else "years-open"
        parts.append(
            f'<rect class="{kind}" x="{middle - wide / 2:.1f}" y="{base - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
        )
        parts.append(_text(middle, base - tall - size * 0.35, size, exact_number_text(number)))
        parts.append(_text(middle, base + size * 1.1, size, value.reference_period))
        if state:
            parts.append(_text(middle, base + size * 2.3, size, state))
    return "".join(parts)


def _text(x: float, y: float, size: float, said: str) -> str:
    return f'<text class="years-text" x="{x:.1f}" y="{y:.1f}" font-size="{size:.3g}" text-anchor="middle">{plain_text(said)}</text>'


def years_told(values: Sequence[Value]) -> str:
    """The same as text: 2023年 12，2024年 14（初步）."""
    return "，".join(
        f"{value.reference_period}年 {exact_number_text(value.exact or Decimal(0))}"
        + (f"（{state_said(value)}）" if state_said(value) else "")
        for value in values
    )


def state_said(value: Value) -> str:
    """The state of a value, which is said wherever it is not simply approved."""
    return "" if value.state is FigureState.APPROVED else str(value.state)
