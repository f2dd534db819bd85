"""Text for pages: escaped for HTML and Markdown, masked, as dates, as tables."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import Any
from unicodedata import east_asian_width

from archive.facts.figures import format_decimal
from archive.files.html import unescaped
from archive.files.line_breaks import without_line_breaks

UNKNOWN = "待补"

_SIGN = re.compile(r"[^ 0-9A-Za-z\u0080-\U0010ffff]")
_TAG = re.compile("<[^<>]*>")
_JOINED = re.compile("(?:<[^<>]*>)+(?=\u2060)")
"""Tags before a word joiner, which does not start a new line; the joiner counts as the space."""
_MAX_ROOM = 7.5
"""Greatest width that a column asks for, in em; nine such columns fit side by side."""
_NARROW = 0.6
"""Width in em of a Latin letter or a digit in screen fonts."""


@lru_cache(50_000)
def text_width(text: str, narrow: float = 0.5) -> float:
    """The width of a text in Chinese fonts, in full-width characters.

    `narrow` is the width of any other character; in print fonts it is half a full-width one.
    """
    if text.isascii():
        return narrow * len(text)
    # A (ambiguous): Chinese fonts draw “ ” — … · × and the like full-width.
    return sum(1.0 if east_asian_width(c) in "WFA" else narrow for c in text)


def plain_text(value: str) -> str:
    """`value` on one line, escaped so that HTML and Markdown both read it as plain text."""
    value = without_line_breaks(value).replace("\n", " ") if "\n" in value else value
    return _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", value)


def masked(value: str) -> str:
    """`value` escaped, its asterisks in a span `mask`, which checks of the built site look for."""
    return "".join(
        f'<span class="mask">{plain_text(part)}</span>'
        if part.startswith("*")
        else plain_text(part)
        for part in re.split(r"(\*+)", value)
    )


def untagged(html: str) -> str:
    """The text in HTML of the program's own, still escaped, so that it may stand in an attribute."""
    return _TAG.sub("", html)


def day(value: date | None) -> str:
    """A date as in official documents (GB/T 9704—2012, 7.3.5.3), 2023年9月5日; 待补 for None."""
    return f"{value.year}年{value.month}月{value.day}日" if value else UNKNOWN


def exact_number_text(value: Decimal) -> str:
    """A number as text with all its decimals, unrounded and without trailing zeros."""
    exact = value.normalize()
    return format_decimal(exact, max(0, -int(exact.as_tuple().exponent)))


def entry_table(rows: Iterable[tuple[str, str]]) -> str:
    """An HTML table with a row for each label and its cell, given as HTML."""
    body = "".join(f'<tr><th scope="row">{label}</th><td>{cell}</td></tr>' for label, cell in rows)
    return f'<table class="entry"><tbody>{body}</tbody></table>'


def markdown_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], numeric: Collection[int] = ()
) -> str:
    """A Markdown table, for cells with Markdown links, which the engine resolves.

    `numeric` holds the indexes of columns aligned as numbers.
    """
    lines = [heads, ["--:" if i in numeric else "---" for i in range(len(heads))], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def scrolling(table: str, label: str, also: str = "") -> str:
    """A wide HTML table in a region that scrolls sideways, by keyboard too and without script.

    `also` is a further class of the region.
    """
    return fenced(
        f'<div class="{f"scroll {also}".rstrip()}" role="region" aria-label="{plain_text(label)}" tabindex="0">{table}</div>'
    )


def fenced(html: str) -> str:
    """One line of HTML as a fenced block, which Markdown passes on unparsed: parsing tables is slow."""
    return f"~~~~ html-as-is\n{html}\n~~~~"


def unfenced(html: str, *_: Any, **__: Any) -> str:
    """The HTML of a block made by `fenced`, unchanged; called by the fences set in mkdocs.yml."""
    return f"{html}\n"


def wide_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: set[int],
    label: str,
    ids: Sequence[str] = (),
    kind: str = "",
    also: str = "",
) -> str:
    """An HTML table that scrolls sideways if it is too wide; `label` names it for screen readers.

    Each heading gives the style sheet the width its column needs, so that short words, dates and
    names stay on one line. `ids` are those of the rows; `kind` is HTML attributes of the table, `also` a further class of
    the region.
    """
    rooms = [_room([head, *(row[i] for row in rows)]) for i, head in enumerate(heads)]
    return scrolling(html_table(heads, rows, numeric, rooms, ids, kind), label, also)


def html_table(
    heads: Iterable[str],
    rows: Iterable[Iterable[str]],
    numeric: set[int],
    rooms: Iterable[float] = (),
    ids: Iterable[str] = (),
    kind: str = "",
) -> str:
    """An HTML table of rows of HTML cells.

    `numeric` holds the indexes of columns aligned as numbers, `rooms` the width each column needs, in
    em, `ids` the id of each row; `kind` is HTML attributes of the table.
    """

    def cell(index: int, content: str) -> str:
        return f'<td class="number">{content}</td>' if index in numeric else f"<td>{content}</td>"

    def heading(index: int, text: str, room: float | None) -> str:
        kind = ' class="number"' if index in numeric else ""
        style = "" if room is None else f' style="--room:{room:g}"'
        return f'<th scope="col"{kind}{style}>{plain_text(text)}</th>'

    head = "".join(
        heading(i, text, room) for i, (text, room) in enumerate(zip_longest(heads, rooms))
    )
    body = "".join(
        f"<tr{of}>{''.join(cell(i, text) for i, text in enumerate(row))}</tr>"
        for row, of in zip_longest(rows, (f' id="{id_}"' for id_ in ids), fillvalue="")
    )
    kind = f" {kind}" if kind else ""
    return f"<table{kind}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _room(cells: Iterable[str]) -> float:
    """The width of the longest line in HTML cells in em, up to a limit; a Chinese character is 1 em."""
    shown = unescaped(_TAG.sub("\n", _JOINED.sub("", "\n".join(cells))))
    widest = max(text_width(line, _NARROW) for line in set(shown.split("\n")))
    return min(round(widest, 1), _MAX_ROOM)
