"""The sheet of 一图读懂: one A4 page as SVG, set as large as it fits and filled to its foot."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.render.poster_text import SheetCard, SheetFigure, SheetPart, SheetText, told
from archive.render.sheet import Line, Run, box, drawn, height, icon, lines
from archive.render.text import plain_text
from archive.render.years import state_said, years_chart
from archive.schema.reports import ICONS

WIDTH, HEIGHT = 538.0, 784.0
"""Of the sheet within margins of 10 mm, in points."""
_LARGEST, _LEAST, _STEP = 1.6, 0.8, 0.02
"""Of the type: how much it may be enlarged, how much reduced before less is shown, the steps between."""
_GAP, _PAD = 8.0, 6.0


@dataclass(frozen=True, slots=True)
class _Most:
    """How many of each are shown at most."""

    honours: int = 40
    figures: int = 40
    behind: int = 20
    cards: int = 40
    parts: int = 40


_DETAILS = (
    _Most(),
    _Most(12, 8, 4, 12, 12),
    _Most(8, 5, 2, 9, 9),
    _Most(6, 3, 1, 6, 8),
    _Most(4, 1, 0, 4, 6),
)
"""From all to the least; of what is left out, the number is said."""


def poster(said: SheetText) -> str:
    """The sheet as an SVG, with the text in place of it.

    Of the type sizes the largest one is taken with which all fits; if that would be too small, less is
    shown. What room is left then goes to the charts, cards and gaps, so that the foot stands at the foot.
    """
    scale, most = _fitting(said)
    width, high = WIDTH / scale, HEIGHT / scale
    bare = _Sheet(said, width, most, 0).end
    stretched = _Sheet(said, width, most, 1).end - bare
    shapes = _Sheet(said, width, most, (high - bare) / stretched).shapes
    return (
        f'<svg class="poster" role="img" viewBox="0 0 {width:.1f} {high:.1f}">'
        f'<title>一图读懂</title><desc class="mask">{plain_text(told(said, most.honours))}</desc>{"".join(shapes)}</svg>'
    )


def _fitting(said: SheetText) -> tuple[float, _Most]:
    steps = [_LARGEST - _STEP * at for at in range(round((_LARGEST - 0.1) / _STEP))]
    for most in _DETAILS:

        def fits(scale: float, most: _Most = most) -> bool:
            return _Sheet(said, WIDTH / scale, most, 0).end <= HEIGHT / scale

        if most is _DETAILS[-1] or fits(_LEAST):
            at = bisect_left(steps, True, key=fits)
            return steps[min(at, len(steps) - 1)], most
    raise AssertionError  # the last is taken in any case


_Draw = Callable[[float, float, float, float], tuple[str, float]]
"""Left, top, width and height (0: as it needs) → the shapes of a box, and the height that it needs."""


class _Sheet:
    """The shapes of a sheet of a width, and where they end; `more` is what each place that can grow gets."""

    def __init__(self, said: SheetText, width: float, most: _Most, more: float) -> None:
        self.said, self.width, self.most, self.more = said, width, most, more
        self.shapes: list[str] = []
        self.end = 0.0
        self._head()
        self._headlines()
        self._honours()
        shown = said.parts[: most.parts]
        for part in shown:
            self._part(part)
        if len(shown) < len(said.parts):
            self._put([Run(f"另有 {len(said.parts) - len(shown)} 部分，见报告。", "quiet-text", 8)])
        self._gap()
        foot = [line for one in said.foot for line in lines([Run(one, "quiet-text", 7)], width)]
        self._lines(foot, 0)

    def _gap(self) -> None:
        self.end += _GAP + self.more

    def _put(self, runs: Sequence[Run], x: float = 0) -> None:
        self._lines(lines(runs, self.width - x), x)

    def _lines(self, found: list[Line], x: float) -> None:
        self.shapes.append(drawn(found, x, self.end))
        self.end += height(found)

    def _head(self) -> None:
        inner = self.width - 4 * _PAD
        banner = lines([Run(self.said.banner, "on-band", 7.5)], inner)
        title = lines([Run(self.said.title, "on-band strong", 22)], inner)
        lead = [line for one in self.said.lead for line in lines([Run(one, "on-band", 9.5)], inner)]
        high = height([*banner, *title, *lead]) + 3.4 * _PAD
        self.shapes.append(box("band", 0, 0, self.width, high))
        self.end = 1.4 * _PAD
        self._lines(banner, 2 * _PAD)
        self._lines(title, 2 * _PAD)
        self.end += 0.4 * _PAD
        self._lines(lead, 2 * _PAD)
        self.end = high

    def _heading(self, title: str, outline: str) -> None:
        self._gap()
        self.shapes.append(icon(outline, "accent", 0, self.end + 0.5, 13))
        self._put([Run(title, "accent strong", 11.5)], 17)
        self.end += 2

    def _rows(self, columns: int, drawers: Sequence[_Draw], weight: float) -> None:
        """Rows of boxes of one width; a row that can grow does so by `weight` shares."""
        for first in range(0, len(drawers), columns):
            row = drawers[first : first + columns]
            wide = (self.width - _GAP * (columns - 1)) / columns
            need = max(draw(0, 0, wide, 0)[1] for draw in row) + weight * self.more
            for at, draw in enumerate(row):
                self.shapes.append(draw(at * (wide + _GAP), self.end, wide, need)[0])
            self.end += need + _GAP * 0.75
        self.end -= _GAP * 0.75

    def _headlines(self) -> None:
        shown = self.said.headlines
        if not shown:
            return
        self._heading("主要的数", ICONS["柱"])
        columns = len(shown) if len(shown) < 5 else -(-len(shown) // 2)

        def tile(one: SheetFigure) -> _Draw:
            def draw(x: float, y: float, wide: float, high: float) -> tuple[str, float]:
                inner = wide - 2 * _PAD
                top = lines([*_number(one, 20, 8.5), *_state(one, 8)], inner)
                top += lines([Run(one.value.figure.name, "ink", 9)], inner)
                top += lines([Run(one.change, "quiet-text", 7.5)], inner) if one.change else []
                used = height(top) + 2 * _PAD
                chart = 46.0 if one.years else 0
                shapes = box("paper", x, y, wide, high) + box("band", x, y, wide, 2)
                if high and one.years:
                    at = y + height(top) + 1.5 * _PAD
                    shapes += years_chart(
                        one.years, (x + _PAD, at, inner, y + high - at - 0.5 * _PAD), 7
                    )
                return shapes + drawn(top, x + _PAD, y + _PAD), used + chart

            return draw

        self._rows(columns, [tile(one) for one in shown], 5)

    def _honours(self) -> None:
        shown = self.said.honours[: self.most.honours]
        if not shown:
            return
        self._heading("荣誉", ICONS["星"])

        def row(title: str, term: str, held: bool) -> _Draw:
            def draw(x: float, y: float, wide: float, high: float) -> tuple[str, float]:
                look = "quiet-text" if held else "open strong"
                found = lines(
                    [Run(title, "ink strong", 8.5), Run(f"　{term}", look, 7.5)], wide - 16
                )
                medal = icon(_MEDAL, "accent" if held else "faint", x + 1, y + 1, 10)
                return medal + drawn(found, x + 15, y), height(found)

            return draw

        self._rows(2, [row(*one) for one in shown], 0.4)
        if len(shown) < len(self.said.honours):
            left = len(self.said.honours) - len(shown)
            self._put([Run(f"另有 {left} 项。", "quiet-text", 7.5)], 15)

    def _part(self, part: SheetPart) -> None:
        self._gap()
        title = lines([Run(part.title, "on-band strong", 10.5)], self.width - 30)
        high = height(title) + 4
        self.shapes.append(box("band", 0, self.end, self.width, high))
        if part.outline:
            self.shapes.append(icon(part.outline, "on-band", 6, self.end + 3.5, 11))
        self.shapes.append(drawn(title, 22 if part.outline else 8, self.end + 2))
        self.end += high + 3
        if part.figures:
            runs = [
                run
                for one in part.figures[: self.most.figures]
                for run in (*_said(one), Run("　　", "ink", 8))
            ]
            self._put(runs[:-1], 4)
            self.end += 2
        cards = part.cards[: self.most.cards]
        if cards:
            columns = len(cards) if len(cards) < 6 else 4
            self._rows(columns, [self._card(one) for one in cards], 1.5)
        if len(cards) < len(part.cards):
            self._put([Run(f"另有 {len(part.cards) - len(cards)} 节。", "quiet-text", 7.5)], 4)

    def _card(self, one: SheetCard) -> _Draw:
        def draw(x: float, y: float, wide: float, high: float) -> tuple[str, float]:
            inner = wide - 2 * _PAD
            found = lines([Run(one.label, "ink strong", 8.5), Run(one.rest, "ink", 8)], inner)
            figures, behind = one.figures[: self.most.figures], one.behind[: self.most.behind]
            for figure in figures:
                found += lines(_said(figure), inner)
            for title in behind:
                found += lines([Run(f"· {title}", "accent", 7.5)], inner)
            left = len(one.figures) - len(figures) + len(one.behind) - len(behind)
            found += lines([Run(f"另有 {left} 项", "quiet-text", 7)], inner) if left else []
            shapes = box("paper", x, y, wide, high) + box("band", x, y, 2, high)
            return shapes + drawn(found, x + _PAD + 1, y + _PAD * 0.7), height(found) + 1.4 * _PAD

        return draw


_MEDAL = "M7 2h4l1 3 1-3h4l-3 7a6.5 6.5 0 1 1-4 0zM12 11.5l-1.2 2.4-2.6.4 1.9 1.8-.5 2.6 2.4-1.2 2.4 1.2-.5-2.6 1.9-1.8-2.6-.4z"
"""A medal on a ribbon, in a square of 24."""


def _number(one: SheetFigure, size: float, small: float) -> list[Run]:
    """The number, large, and its unit; a place in an order is no quantity and not large."""
    number, unit = one.value.number, one.value.unit
    if one.before:
        return [Run(f"{one.before}{number}{unit}", "ink strong", small + 0.5, True)]
    return [Run(number, "accent strong", size, True), Run(unit, "ink", small, True)]


def _state(one: SheetFigure, size: float) -> list[Run]:
    state = state_said(one.value)
    return [Run(f"\u00a0{state}", "open strong", size, True)] if state else []


def _said(one: SheetFigure) -> list[Run]:
    """A figure in a card: number, unit, name, state."""
    name = Run(f"\u00a0{one.value.figure.name}", "ink", 8)
    return [*_number(one, 12.5, 8), name, *_state(one, 7.5)]
