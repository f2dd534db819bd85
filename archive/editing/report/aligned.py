"""Tables that are typed as lines with blanks between their cells: what a number there is of, and its unit.

The first line holds the heads, with the units in brackets (合格率（%）) or in a line above them (单位：万元);
the lines after it have as many cells, the first in words and the others numbers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.checks.number_frames import MEASURE, PLACES
from archive.editing.report.phrases import is_name
from archive.editing.report.quantities import quantity


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table, at `start` to `end` of the text of that index."""

    text: int
    start: int
    end: int
    unit: str
    name: str
    """As its head and the beginning of its line have it; empty if that is no name."""


_CELL = re.compile(r"\S+(?: \S+)*")
_BLANKS = str.maketrans("\u3000\t", "\n\n")
_SPACED = re.compile(r"(?<!\S)[一-龥]\s{1,4}[一-龥](?!\S)")
"""A word that is drawn out: 合　计."""
_FILLED = "\u2060"
_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?|\*+|[-—–/]+|…+")
_NO_HEAD = re.compile(r"[,，。;；!！?？]|^\d")
_HEAD = re.compile(r"(?P<what>.+?) ?[(（](?P<unit>[^()（）]+)[)）]|(?P<share>.+)(?P<sign>[%％‰])")
_UNIT = re.compile(rf"[{PLACES}]*(?:[%‰]|{MEASURE})(?:/(?:[{PLACES}]*{MEASURE}|人))?")
_OF_ALL = re.compile(r"[(（]?\s*单位\s*[:：]\s*(?P<unit>[^\s，。；,;)）]+)[)）]?")
_OTHER = re.compile("(?:数|率|比|比重|人|户|次|%)$")
"""Heads of what is in no unit that is said of the whole table."""
_TOTAL = re.compile("^(?:[合总小共]计|全[市县区省]|平均)")
_LINES = 2
"""How far above the heads the line with the unit may stand."""


def aligned_cells(texts: Sequence[str]) -> Iterator[Cell]:
    """Yield the numbers of the tables that the texts are lines of."""
    heads: list[str] = []
    unit, age = "", 0
    for at, start, line in _lines(texts):
        if said := _OF_ALL.fullmatch(line.strip()):
            unit, age = said["unit"].replace("％", "%"), 0
            continue
        line = _SPACED.sub(
            lambda word: word[0][0] + _FILLED * (len(word[0]) - 2) + word[0][-1], line
        )
        cells = [
            one.span() for one in _CELL.finditer(line.translate(_BLANKS).replace("  ", "\n\n"))
        ]
        words = [line[first:last] for first, last in cells]
        if len(words) < 2:
            heads, age = [], age + 1
        elif len(words) == len(heads) and all(map(_NUMBER.fullmatch, words[1:])):
            for head, (first, last) in zip(heads[1:], cells[1:], strict=True):
                if line[first].isdigit():
                    yield _cell(at, start + first, start + last, words[0], head, unit)
        else:
            heads = [] if any(map(_NO_HEAD.search, words[1:])) else words
            unit = unit if age <= _LINES else ""


def _lines(texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the lines of the texts, each with its text and its offset there."""
    for at, text in enumerate(texts):
        start = 0
        for line in text.split("\n"):
            if line.strip():
                yield at, start, line
            start += len(line) + 1


def _cell(at: int, start: int, end: int, row: str, head: str, of_all: str) -> Cell:
    found = _HEAD.fullmatch(head)
    what = (found["what"] or found["share"]) if found else head
    unit = (found["unit"] or found["sign"]).replace("％", "%") if found else of_all
    if not _UNIT.fullmatch(unit) or (not found and _OTHER.search(head)):
        return Cell(at, start, end, "", "")
    words = row.replace(_FILLED, "") + what
    named = is_name(words) and not _TOTAL.search(words)
    return Cell(at, start, end, unit, quantity(words, unit) if named else "")
