"""A table of a page, measured: what share of the width each column needs, whether it lies across."""

from collections.abc import Callable

from lxml.html import HtmlElement

from archive.elements import classes
from archive.press.tree import Cell, Run, Table, plain

_NARROWEST, _BROADEST, _HEAD = 2.5, 14.0, 4.0
"""What a column is given at least and at most, and for its head alone, in characters of its text."""
_UPRIGHT = 36.8
"""Characters of a table's text (小四, 12 pt) that 156 mm hold."""


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
    total = sum(wanted) or 1.0
    return {
        "kind": "table",
        "head": head,
        "body": body,
        "widths": [round(width / total, 4) for width in wanted],
        "wide": len(wanted) > 5 and total > _UPRIGHT,
    }


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


def _wanted(rows: list[list[Cell]]) -> list[float]:
    """The width each column wants: the widest text in it, within bounds."""
    columns = max((sum(cell["across"] for cell in row) for row in rows), default=0)
    wanted = [_NARROWEST] * columns
    held: dict[int, int] = {}  # column → rows that a cell from above still takes there
    for row in rows:
        at = 0
        taken = {column for column, left in held.items() if left}
        held = {column: left - 1 for column, left in held.items() if left > 1}
        for cell in row:
            while at in taken:
                at += 1
            if cell["across"] == 1 and at < columns:
                most = _HEAD if cell["head"] else _BROADEST
                if wanted[at] < most:
                    needed = width(plain(cell["runs"])) + 1.0
                    wanted[at] = max(wanted[at], min(needed, most))
            if cell["down"] > 1:
                held.update(dict.fromkeys(range(at, at + cell["across"]), cell["down"] - 1))
            at += cell["across"]
    return wanted


def width(text: str) -> float:
    """How many full-width characters a text is as wide as."""
    return sum(1.0 if ord(c) > 0x2000 else 0.5 for c in text)
