"""A table of a page, measured: what share of the width each column needs, whether it lies across."""

from collections.abc import Callable, Iterator
from itertools import chain
from math import floor

from lxml.html import HtmlElement

from archive.files.elements import classes
from archive.press import geometry
from archive.press.tree import Cell, Run, Table, plain
from archive.render.text import text_width

_NARROWEST, _BROADEST, _HEAD = 2.5, 14.0, 4.0
"""What a column is given at least and at most, and for its head alone, in characters of its text."""


def table(element: HtmlElement, runs: Callable[[HtmlElement], list[Run]]) -> Table:
    """The table; `runs` reads what is in a cell."""
    head: list[list[Cell]] = []
    body: list[list[Cell]] = []
    for part in element:
        rows = [part] if part.tag == "tr" else part.iterchildren("tr")
        for row in rows:
            cells = [_cell(cell, runs) for cell in row.iterchildren("td", "th")]
            if cells:
                (head if part.tag == "thead" else body).append(cells)
    wanted = _wanted([*head, *body])
    page = geometry.PAGE
    wide = page.upright and len(wanted) > 5 and sum(wanted) > _room(across=False)
    widths = _fitted(wanted, _room(wide))
    total = sum(widths) or 1.0
    _let_break([*head, *body], widths)
    return {
        "kind": "table",
        "head": head,
        "body": body,
        "widths": [round(width / total, 4) for width in widths],
        "wide": wide,
    }


def _room(across: bool) -> float:
    """Characters that a line of a table holds, to a tenth."""
    return floor(10 * geometry.PAGE.held(geometry.TABLE, across)) / 10


def _highest() -> int:
    """Lines of a row that is not broken: two thirds of the lower page, the rest for the table's head."""
    page = geometry.PAGE
    height = min(page.area_width, page.area_height) if page.upright else page.area_height
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


def _placed(rows: list[list[Cell]]) -> Iterator[list[tuple[int, Cell]]]:
    """Each row's cells, each with the column it begins in."""
    held: dict[int, int] = {}  # column → rows that a cell from above still takes there
    for row in rows:
        at = 0
        taken = {column for column, left in held.items() if left}
        held = {column: left - 1 for column, left in held.items() if left > 1}
        placed = []
        for cell in row:
            while at in taken:
                at += 1
            placed.append((at, cell))
            if cell["down"] > 1:
                held.update(dict.fromkeys(range(at, at + cell["across"]), cell["down"] - 1))
            at += cell["across"]
        yield placed


def _wanted(rows: list[list[Cell]]) -> list[float]:
    """The width each column wants: the widest text in it, within bounds."""
    columns = max((sum(cell["across"] for cell in row) for row in rows), default=0)
    wanted = [_NARROWEST] * columns
    for at, cell in chain.from_iterable(_placed(rows)):
        if cell["across"] == 1 and at < columns:
            most = _HEAD if cell["head"] else _BROADEST
            if wanted[at] < most:
                needed = text_width(plain(cell["runs"])) + 1.0
                wanted[at] = max(wanted[at], min(needed, most))
    return wanted


def _let_break(rows: list[list[Cell]], widths: list[float]) -> None:
    """Mark the cells of each row that may be too high to stay on one page."""
    highest = _highest()
    for row in _placed(rows):
        if any(_lines(cell, sum(widths[at : at + cell["across"]])) > highest for at, cell in row):
            for _, cell in row:
                cell["breaks"] = True


def _lines(cell: Cell, room: float) -> float:
    breaks = sum("line" in run for run in cell["runs"])
    return text_width(plain(cell["runs"])) / max(room - 0.5, 1.0) + breaks


def _fitted(wanted: list[float], room: float) -> list[float]:
    """The widths, the broadest cut to one measure where together they are too wide for the room."""
    left = room
    for at, one in enumerate(sorted(wanted)):
        most = left / (len(wanted) - at)
        if one > most:  # the narrower ones, dates and numbers, have all they want
            return [min(width, most) for width in wanted]
        left -= one
    return wanted
