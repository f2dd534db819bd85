"""Text that neither HTML nor Markdown reads anything into; dates, masks, tables."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from html import unescape
from itertools import zip_longest
from typing import Any
from unicodedata import east_asian_width

from archive.facts.figures import printed

UNKNOWN = "待补"

_TAG = re.compile("<[^>]*>")
_JOINED = re.compile("<[^>]*>(?=\u2060)")
"""The tag of what stays in the line that it follows; the joiner itself counts for the space between."""
_MOST_ROOM = 7.5
"""What a column is given however long its texts are: with this nine of them stand side by side."""
_NARROW = 0.6
"""Of a Latin letter or a digit in the faces of a screen."""


def text_width(text: str, narrow: float = 0.5) -> float:
    """How many full-width characters a text is as wide as, in Chinese faces.

    `narrow`: the width of what is no full-width character; it is half of one in those of print.
    """
    if text.isascii():
        return narrow * len(text)
    # A: Chinese faces draw “ ” — … · × and the like as wide as a character.
    return sum(1.0 if east_asian_width(c) in "WFA" else narrow for c in text)


def plain(value: str) -> str:
    """`value` in which neither HTML nor Markdown reads anything but text, on one line."""
    return "".join(
        c if c.isalnum() or c == " " or ord(c) > 127 else f"&#{ord(c)};" if c != "\n" else " "
        for c in value
    )


def masked(value: str) -> str:
    """`value` as text; asterisks marked as a mask, which is what the built site is searched for."""
    mask = value[: len(value) - len(value.lstrip("*"))]
    shown = f'<span class="mask">{plain(mask)}</span>' if mask else ""
    return shown + plain(value[len(mask) :])


def day(value: date | None) -> str:
    """A date as official documents write it (GB/T 9704—2012, 7.3.5.3): 2023年9月5日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else UNKNOWN


def exactly(value: Decimal) -> str:
    """A number with the decimals it has, none rounded away."""
    exact = value.normalize()
    return printed(exact, max(0, -int(exact.as_tuple().exponent)))


def entry_table(rows: Iterable[tuple[str, str]]) -> str:
    """What is recorded of one thing: label and HTML, row by row."""
    body = "".join(f'<tr><th scope="row">{label}</th><td>{cell}</td></tr>' for label, cell in rows)
    return f'<table class="entry"><tbody>{body}</tbody></table>'


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, so that the engine sees its links."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def scrolling(table: str, label: str) -> str:
    """A table that may be wider than the page: it scrolls sideways, by keyboard too, without script."""
    return fenced(
        f'<div class="scroll" role="region" aria-label="{plain(label)}" tabindex="0">{table}</div>'
    )


def fenced(html: str) -> str:
    """HTML of one line as a block that Markdown hands on unread: to read a table cell by cell takes long."""
    return f"~~~~ html-as-is\n{html}\n~~~~"


def unfenced(html: str, *_: Any, **__: Any) -> str:
    """What such a block becomes on the page: the same line. The fences call it, see mkdocs.yml."""
    return f"{html}\n"


def wide_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: set[int], label: str
) -> str:
    """A table that scrolls sideways where it must; `label` says what it is.

    Each heading tells the style sheet how much room its column wants, so that short words, dates and
    names stay on one line.
    """
    rooms = [_room([head, *(row[i] for row in rows)]) for i, head in enumerate(heads)]
    return scrolling(html_table(heads, rows, numeric, rooms), label)


def html_table(
    heads: Iterable[str],
    rows: Iterable[Iterable[str]],
    numeric: set[int],
    rooms: Iterable[float] = (),
) -> str:
    """An HTML table; the columns in `numeric` are aligned as numbers, `rooms` are wanted by each, in em."""

    def cell(index: int, content: str) -> str:
        return f'<td class="number">{content}</td>' if index in numeric else f"<td>{content}</td>"

    head = "".join(
        f'<th scope="col">{plain(text)}</th>'
        if room is None
        else f'<th scope="col" style="--room:{room:g}">{plain(text)}</th>'
        for text, room in zip_longest(heads, rooms)
    )
    body = "".join(
        f"<tr>{''.join(cell(i, text) for i, text in enumerate(row))}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _room(cells: Iterable[str]) -> float:
    """The width of the longest line in HTML cells, up to a limit, in em: a Chinese character is one."""
    lines = {
        line
        for cell in cells
        for line in unescape(_TAG.sub("\n", _JOINED.sub("", cell))).split("\n")
    }
    widest = max(text_width(line, _NARROW) for line in lines)
    return min(round(widest, 1), _MOST_ROOM)
