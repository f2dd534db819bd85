"""The paragraphs of a page, and in which of them code is code to every reader of Markdown."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

_GAP = re.compile(r"\n[ \t]*\n|\n(?=[ \t>]*\[\^)")


class Paragraphs:
    """The paragraphs of a text: what stands between empty lines, and each footnote."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(gap.end() for gap in _GAP.finditer(text)), len(text)]

    def one(self, start: int, end: int) -> bool:
        """Whether both offsets are in one paragraph."""
        return self._number(start) == self._number(end)

    def uncertain(self, code: Iterable[int], blocks: Iterable[int]) -> Iterator[int]:
        """Of these beginnings of code in a line, the first of each paragraph that holds a block of HTML.

        After the tag of a block (`blocks`) Markdown reads nothing, code neither.
        """
        held = {self._number(at) for at in blocks}
        judged = -1
        for at in code:
            number = self._number(at)
            if number != judged and number in held:
                yield at
            judged = number

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at, hi=len(self._starts) - 1)
