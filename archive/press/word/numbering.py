"""Lists as Word numbers them: each list counts for itself, from where it starts."""

from collections.abc import Callable

from lxml.etree import _Element

from archive.press.tree import Listing
from archive.press.word.markup import w

DEEPEST = 8
"""The deepest level of a list; the first is 0. What is nested deeper stays there."""

_BULLETS, _NUMBERS = 0, 1  # the two kinds in the template
_MOST = 32767
"""The highest number Word starts from."""


class Numbering:
    """The lists of a document, added to its w:numbering."""

    def __init__(self, numbering: _Element) -> None:
        self.numbering = numbering
        self.count = 0

    def of(self, block: Listing, level: int) -> Callable[[], _Element]:
        """What makes a paragraph an item of this list, which is nested `level` deep."""
        self.count += 1
        number, level = self.count, min(level, DEEPEST)
        start = w("startOverride", val=min(block["start"], _MOST))
        kind = _NUMBERS if block["ordered"] else _BULLETS
        self.numbering.append(
            w(
                "num",
                w("abstractNumId", val=kind),
                w("lvlOverride", start, ilvl=level),
                numId=number,
            )
        )
        return lambda: w("numPr", w("ilvl", val=level), w("numId", val=number))
