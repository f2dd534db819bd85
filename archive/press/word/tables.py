"""Make Word tables: a head repeated on each page, fixed column widths, merged cells."""

from lxml.etree import _Element

from archive.press import geometry
from archive.press.pdf import UnprintableError
from archive.press.table import Place, columns, placed
from archive.press.tree import Table
from archive.press.word.markup import w
from archive.press.word.text import Texts

MAX_COLUMNS = 63
"""Most columns a table in Word can have."""


def table(of: Table, texts: Texts, width: int, left: int) -> _Element | None:
    """The w:tbl, `width` wide and indented by `left` (twips); None if it has no cells.

    Raises `UnprintableError` if it has too many columns for Word.
    """
    rows = [*placed(of["head"]), *placed(of["body"])]
    wide = columns(rows)
    if not wide:
        return None
    if wide > MAX_COLUMNS:
        raise UnprintableError(f"Word 的表格须不超过 {MAX_COLUMNS} 栏，现有 {wide} 栏")
    looks = w(
        "tblPr",
        w("tblStyle", val="TableGrid"),
        w("tblW", w=width, type="dxa"),
        w("tblInd", w=left, type="dxa"),
        w("tblLayout", type="fixed"),
    )
    grid = w("tblGrid", *(w("gridCol", w=one) for one in _widths(of["widths"], wide, width)))
    dense = "Dense" if wide > geometry.MANY else ""
    made = w("tbl", looks, grid)
    for at, row in enumerate(rows):
        short = range(columns([row]), wide)
        filled = [*row, *(Place(column, 1) for column in short)]
        made.append(_row(filled, at < len(of["head"]), texts, dense))
    return made


def side_by_side(widths: tuple[int, ...], *paragraphs: _Element) -> _Element:
    """A w:tbl of one row without lines, which stays whole, aligned at its foot; `widths` of its cells in twips."""
    none = (w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    looks = w(
        "tblPr",
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *none),
    )
    cells = (
        w("tc", w("tcPr", w("tcW", w=wide, type="dxa"), w("vAlign", val="bottom")), paragraph)
        for wide, paragraph in zip(widths, paragraphs, strict=True)
    )
    grid = w("tblGrid", *(w("gridCol", w=wide) for wide in widths))
    return w("tbl", looks, grid, w("tr", w("trPr", w("cantSplit")), *cells))


def _widths(shares: list[float], wide: int, width: int) -> list[int]:
    """The width of each column in twips; a column without a share gets the average share."""
    known = shares[:wide]
    known += [sum(known) / len(known) if known else 1.0] * (wide - len(known))
    total = sum(known) or 1.0
    return [max(1, round(share / total * width)) for share in known]


def _row(places: list[Place], head: bool, texts: Texts, dense: str) -> _Element:
    looks = w("trPr", w("cantSplit"), *([w("tblHeader")] if head else []))
    over = (
        len(places) == 1 and not head
    )  # the name of a group of rows, kept on a page with the next row
    return w("tr", looks, *(_cell(place, head, over, texts, dense) for place in places))


def _cell(place: Place, head: bool, over: bool, texts: Texts, dense: str) -> _Element:
    merged = []
    if place.across > 1:
        merged.append(w("gridSpan", val=place.across))
    cell = place.cell
    if place.held or (cell and cell["down"] > 1):
        merged.append(w("vMerge", val="continue" if place.held else "restart"))
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
