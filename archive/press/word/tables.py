"""Tables as Word has them: a repeated head, columns of given widths, cells over several of both."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from archive.press.pdf import UnprintableError
from archive.press.tree import Cell, Table
from archive.press.word.markup import w
from archive.press.word.text import Texts

MOST = 63
"""Columns a table of Word can have."""

_DENSE = 12
"""A table with more columns is set smaller."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in a row: a cell, or what is left of one from a row above (`cell` is None)."""

    across: int
    cell: Cell | None = None
    merge: str = ""


def table(of: Table, texts: Texts, width: int, left: int) -> _Element | None:
    """The table on `width`, `left` of the edge (twips); None if it has no cells."""
    head, body = list(_placed(of["head"])), list(_placed(of["body"]))
    columns = max((sum(place.across for place in row) for row in [*head, *body]), default=0)
    if not columns:
        return None
    if columns > MOST:
        raise UnprintableError(f"Word 的表格须不超过 {MOST} 栏，现有 {columns} 栏")
    looks = w(
        "tblPr",
        w("tblStyle", val="TableGrid"),
        w("tblW", w=width, type="dxa"),
        w("tblInd", w=left, type="dxa"),
        w("tblLayout", type="fixed"),
    )
    grid = w("tblGrid", *(w("gridCol", w=one) for one in _widths(of["widths"], columns, width)))
    dense = "Dense" if columns > _DENSE else ""
    made = w("tbl", looks, grid)
    for at, row in enumerate([*head, *body]):
        missing = columns - sum(place.across for place in row)
        made.append(_row([*row, *[_Place(1)] * missing], at < len(head), texts, dense))
    return made


def _placed(rows: list[list[Cell]]) -> Iterator[list[_Place]]:
    """Each row from the left, as HTML lays it out: cells take what those above leave free."""
    held: dict[int, tuple[int, int]] = {}  # column → rows still held from it, columns
    for row in rows:
        places: list[_Place] = []
        at, waiting, below = 0, list(row), {}
        while waiting or any(column >= at for column in held):
            if at in held:
                left, across = held[at]
                places.append(_Place(across, merge="continue"))
                if left > 1:
                    below[at] = (left - 1, across)
            elif waiting:
                cell = waiting.pop(0)
                free = min((column for column in held if column > at), default=at + cell["across"])
                across = min(cell["across"], free - at)
                places.append(_Place(across, cell, "restart" if cell["down"] > 1 else ""))
                if cell["down"] > 1:
                    below[at] = (cell["down"] - 1, across)
            else:
                across = 1
                places.append(_Place(1))
            at += across
        held = below
        yield places


def _widths(shares: list[float], columns: int, width: int) -> list[int]:
    """Twips for each column; a column that has no share takes that of an average one."""
    known = shares[:columns]
    known += [sum(known) / len(known) if known else 1.0] * (columns - len(known))
    total = sum(known) or 1.0
    return [max(1, round(share / total * width)) for share in known]


def _row(places: list[_Place], head: bool, texts: Texts, dense: str) -> _Element:
    looks = w("trPr", w("cantSplit"), *([w("tblHeader")] if head else []))
    over = len(places) == 1 and not head  # the name of a group of rows: never the last on a page
    return w("tr", looks, *(_cell(place, head, over, texts, dense) for place in places))


def _cell(place: _Place, head: bool, over: bool, texts: Texts, dense: str) -> _Element:
    merged = []
    if place.across > 1:
        merged.append(w("gridSpan", val=place.across))
    if place.merge:
        merged.append(w("vMerge", val=place.merge))
    cell = place.cell
    if cell is None:
        return w("tc", w("tcPr", *merged), w("p", w("pPr", w("pStyle", val=f"TableText{dense}"))))
    style = (
        "TableHead"
        if head
        else "TableSide"
        if cell["head"]
        else "TableNumber"
        if cell["number"]
        else "TableText"
    )
    looks = w("pPr", w("pStyle", val=style + dense))
    if over and cell["head"]:
        looks.append(w("keepNext"))
    if cell["number"] and style != "TableNumber":
        looks.append(w("jc", val="right"))
    return w("tc", w("tcPr", *merged), w("p", looks, *texts.runs(cell["runs"])))
