"""The parts of office files, which are XML, as text."""

from collections.abc import Sequence

from lxml import etree

_BLOCKS = frozenset({"p", "h", "si", "is", "row", "table-row", "tr", "comment", "text", "pt"})
"""Local names of elements that end a run of text."""
_CELLS = frozenset({"table-cell", "tc", "c"})
_BREAKS = frozenset({"tab", "br", "cr", "line-break", "s"})
_TELLING = frozenset(
    {"Target", "href", "descr", "title", "alt", "name", "tooltip", "prompt", "error", "displayName"}
)
"""Local names of attributes that say something to somebody."""


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; comments and the like have none."""
    return bare(element.tag) if isinstance(element.tag, str) else ""


def bare(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def text_of(root: etree._Element, strings: Sequence[str], numbers: bool) -> str:
    """The text of a part, a line for each paragraph, row or the like; then formulas and what attributes say.

    `strings`: the texts that cells of a workbook call by their number. `numbers`: whether cells that
    hold a number are read too.
    """
    pieces: list[str] = []
    said: list[str] = []
    cells = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        kind = local(element)
        if event == "start":
            cells += kind in _CELLS
            if kind in _BREAKS:
                pieces.append(" ")
            (said if kind == "f" else pieces).append(_own_text(element, kind, strings, numbers))
            said += [str(value) for name, value in element.items() if bare(str(name)) in _TELLING]
            continue
        if kind in _CELLS:
            cells -= 1
            pieces.append("|")
        elif kind in _BLOCKS:
            pieces.append(" " if cells else "\n")
        pieces.append(element.tail or "")
    return "\n".join(["".join(pieces), *said])


def _own_text(element: etree._Element, kind: str, strings: Sequence[str], numbers: bool) -> str:
    text = element.text or ""
    cell = element.getparent() if kind == "v" else None
    if cell is not None and cell.get("t") == "s" and text.isdecimal():
        index = int(text)
        return strings[index] if index < len(strings) else ""
    return "" if kind == "v" and not numbers else text
