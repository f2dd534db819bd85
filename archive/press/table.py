"""Read a table of a page, and measure the width of its columns and whether it needs a turned page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from math import floor

from lxml.html import HtmlElement

from archive.files.elements import classes
from archive.press import geometry
from archive.press.tree import Cell, Run, Table, label
from archive.render.text import text_width

_NARROWEST, _BROADEST, _HEAD = 2.5, 14.0, 4.0
"""Least and greatest width of a column, and the greatest for its head, in characters of its text."""


def table(element: HtmlElement, runs: Callable[[HtmlElement], list[Run]]) -> Table:
    """The table as a block; `runs` reads the text of a cell."""
    head: list[list[Cell]] = []
    body: list[list[Cell]] = []
    for part in element:
        rows = [part] if part.tag == "tr" else part.iterchildren("tr")
        for row in rows:
            cells = [_cell(cell, runs) for cell in row.iterchildren("td", "th")]
            if cells:
                (head if part.tag == "thead" else body).append(cells)
    rows = [*placed(head), *placed(body)]
    wanted = _wanted(rows)
    page = geometry.PAGE
    wide = page.upright and len(wanted) > 5 and sum(wanted) > _room(across=False)
    widths = _fitted(wanted, _room(wide))
    total = sum(widths) or 1.0
    _let_break(rows, widths)
    return {
        "kind": "table",
        "head": head,
        "body": body,
        "widths": [round(width / total, 4) for width in widths],
        "wide": wide,
    }


def _room(across: bool) -> float:
    """Width of a table in characters, rounded down to a tenth; `across`: on a turned page."""
    return floor(10 * geometry.PAGE.held(geometry.TABLE, across)) / 10


def _highest() -> int:
    """Most lines of a row kept on one page: two thirds of the page's shorter side, the rest is for
    the head of the table.
    """
    page = geometry.PAGE
    height = min(page.area_width, page.area_height)
    line = geometry.TABLE_LINE * geometry.TABLE * geometry.POINT
    return floor(height / line * 2 / 3)


def _cell(element: HtmlElement, runs: Callable[[HtmlElement], list[Run]]) -> Cell:
    return {
        "runs": runs(element),
        "head": element.tag == "th",
        "number": "number" in classes(element),
        "across": _span(element.get("colspan")),
        "down": _span(element.get("rowspan")),
    }


def _span(value: str | None) -> int:
    return max(1, int(value)) if value and value.isdecimal() else 1


@dataclass(frozen=True, slots=True)
class Place:
    """What occupies `across` columns of a row from column `at`: a cell, the lower part of a cell that
    spans rows, or nothing.
    """

    at: int
    across: int
    cell: Cell | None = None
    held: bool = False
    """Whether a cell from a row above spans it."""


def placed(rows: list[list[Cell]]) -> Iterator[list[Place]]:
    """The places of each row from left to right, as HTML lays out cells that span rows and columns."""
    held: dict[int, tuple[int, int]] = {}  # column → rows it is still spanned for, columns spanned
    for row in rows:
        places: list[Place] = []
        at, waiting, below = 0, list(row), {}
        while waiting or any(column >= at for column in held):
            if at in held:
                left, across = held[at]
                places.append(Place(at, across, held=True))
                if left > 1:
                    below[at] = (left - 1, across)
            elif waiting:
                cell = waiting.pop(0)
                free = min((column for column in held if column > at), default=at + cell["across"])
                across = min(cell["across"], free - at)
                places.append(Place(at, across, cell))
                if cell["down"] > 1:
                    below[at] = (cell["down"] - 1, across)
            else:
                across = 1
                places.append(Place(at, across))
            at += across
        held = below
        yield places


def columns(rows: list[list[Place]]) -> int:
    """How many columns the rows take."""
    return max((sum(place.across for place in row) for row in rows), default=0)


def _wanted(rows: list[list[Place]]) -> list[float]:
    """The width each column would like, in characters: that of its widest text, within bounds."""
    wanted = [_NARROWEST] * columns(rows)
    for place in chain.from_iterable(rows):
        if place.cell and place.across == 1:
            most = _HEAD if place.cell["head"] else _BROADEST
            if wanted[place.at] < most:
                needed = text_width(label(place.cell["runs"])) + 1.0
                wanted[place.at] = max(wanted[place.at], min(needed, most))
    return wanted


def _let_break(rows: list[list[Place]], widths: list[float]) -> None:
    """Let the cells of each row that may be too high for one page break across pages."""
    highest = _highest()
    for row in rows:
        begun = [
            (place.cell, sum(widths[place.at : place.at + place.across]))
            for place in row
            if place.cell
        ]
        if any(_lines(cell, room) > highest for cell, room in begun):
            for cell, _ in begun:
                cell["breaks"] = True


def _lines(cell: Cell, room: float) -> float:
    breaks = sum("line" in run for run in cell["runs"])
    return text_width(label(cell["runs"])) / max(room - 0.5, 1.0) + breaks


def _fitted(wanted: list[float], room: float) -> list[float]:
    """The widths, the widest of them cut to one common width where they do not all fit in `room`."""
    left = room
    for at, one in enumerate(sorted(wanted)):
        most = left / (len(wanted) - at)
        if one > most:  # narrower columns, such as dates and numbers, keep their width
            return [min(width, most) for width in wanted]
        left -= one
    return wanted
