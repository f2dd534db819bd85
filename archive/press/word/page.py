"""The page of a Word document, upright or lying across: a section of it each."""

from collections.abc import Iterator

from lxml.etree import _Element

from archive.press.word.markup import RELATIONS, w

HEADERS = ("rId9", "rId10")
"""On odd and even pages, as the template names them."""
_FOOTERS, _ACROSS_FOOTERS = ("rId5", "rId6"), ("rId7", "rId8")


def section(across: bool) -> _Element:
    """The page of GB/T 9704—2012, 5.2: A4, margins 37, 35, 28 (inner), 26 mm, 22 lines; `across`:
    the same page turned, so that its head is at the left when it is held upright.
    """
    margins = (
        {"top": 1588, "right": 2098, "bottom": 1474, "left": 1984}
        if across
        else {"top": 2098, "right": 1474, "bottom": 1984, "left": 1588}
    )
    size = {"w": 16838, "h": 11906, "orient": "landscape"} if across else {"w": 11906, "h": 16838}
    return w(
        "sectPr",
        *_references("headerReference", HEADERS),
        *_references("footerReference", _ACROSS_FOOTERS if across else _FOOTERS),
        w("pgSz", **size),
        w("pgMar", **margins, header=851, footer=1430, gutter=0),
        w("docGrid", type="lines", linePitch=579),
    )


def _references(what: str, parts: tuple[str, str]) -> Iterator[_Element]:
    for side, part in zip(("default", "even"), parts, strict=True):
        made = w(what, type=side)
        made.set(f"{{{RELATIONS}}}id", part)
        yield made
