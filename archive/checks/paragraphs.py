"""The paragraphs of a page, and in which of them code is code to every reader of Markdown."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

_GAP = re.compile(r"\n[ \t]*\n|\n(?=[ \t>]*\[\^)")
_RUN = re.compile("`+")
_FENCED = re.compile(r" {0,3}(?:```|~~~)`*[^`\n]*$", re.MULTILINE)


class Paragraphs:
    """The paragraphs of a text: what stands between empty lines, and each footnote."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(gap.end() for gap in _GAP.finditer(text)), len(text)]

    def one(self, start: int, end: int) -> bool:
        """Whether both offsets are in one paragraph."""
        return self._number(start) == self._number(end)

    def uncertain(self, code: Iterable[int], blocks: Iterable[int]) -> Iterator[int]:
        """Of these beginnings of code, the first of each paragraph in which not every reader sees code.

        A fence at the beginning of a line is code to all. Backticks are if all those of their
        paragraph stand in pairs of one length, each pair on a line, so that no reader takes another
        pair, and if no tag of a block (`blocks`) is in it, after which Markdown reads nothing.
        """
        held = {self._number(at) for at in blocks}
        judged = -1
        for at in code:
            if (at == 0 or self._text[at - 1] == "\n") and _FENCED.match(self._text, at):
                continue
            number = self._number(at)
            if number != judged:
                judged = number
                lines = self._text[self._starts[number - 1] : self._starts[number]].split("\n")
                if number in held or not all(map(_backticks_pair, lines)):
                    yield at

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at, hi=len(self._starts) - 1)


def _backticks_pair(line: str) -> bool:
    runs = [(found.start(), found.end() - found.start()) for found in _RUN.finditer(line)]
    opening, closing = runs[::2], runs[1::2]
    return [length for _, length in opening] == [length for _, length in closing] and not any(
        line[start - 1 : start] == "\\" for start, _ in opening
    )
