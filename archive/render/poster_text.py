"""What the sheet of 一图读懂 says, as plain text without its layout."""

from dataclasses import dataclass

from archive.facts.figures import Value
from archive.render.years import state_said, years_told


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """A figure: 第 before a place in an order, number, unit, name; its values over the years; how it changed."""

    before: str
    value: Value
    years: tuple[Value, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A sub-section: its heading in two parts, its figures, or titles of what is behind it."""

    label: str
    rest: str
    figures: tuple[SheetFigure, ...]
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A page of a report."""

    title: str
    outline: str
    figures: tuple[SheetFigure, ...]
    cards: tuple[SheetCard, ...]


@dataclass(frozen=True, slots=True)
class SheetText:
    """All that a sheet says."""

    title: str
    lead: tuple[str, ...]
    banner: str
    headlines: tuple[SheetFigure, ...]
    honours: tuple[tuple[str, str, bool], ...]
    """Title, what is said of its term, and whether it is held."""
    parts: tuple[SheetPart, ...]
    foot: tuple[str, ...]


def told(said: SheetText, most_honours: int) -> str:
    """All that a sheet says, as one text: it stands in place of the drawing, with as many honours."""
    parts = [said.banner, said.title, *said.lead]
    parts += [
        f"{_told_figure(one)}{f'：{years_told(one.years)}' if one.years else ''}"
        for one in said.headlines
    ]
    parts += [f"荣誉：{title}，{term}" for title, term, _ in said.honours[:most_honours]]
    left = len(said.honours) - most_honours
    parts += [f"荣誉另有 {left} 项"] if left > 0 else []
    for part in said.parts:
        parts.append("，".join([part.title, *map(_told_figure, part.figures)]))
        parts += [
            "，".join([f"{one.label}{one.rest}", *map(_told_figure, one.figures), *one.behind])
            for one in part.cards
        ]
    return "。".join([*parts, *said.foot])


def _told_figure(one: SheetFigure) -> str:
    state = state_said(one.value)
    shown = f"{one.value.figure.name} {one.before}{one.value.number}{one.value.unit}"
    return f"{shown}（{state}）" if state else shown
