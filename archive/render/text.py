"""Text that neither HTML nor Markdown reads anything into; dates, masks, tables."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from archive.figures import printed

UNKNOWN = "待补"


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
    return (
        f'<div class="scroll" role="region" aria-label="{plain(label)}" tabindex="0">{table}</div>'
    )


def html_table(heads: Iterable[str], rows: Iterable[Iterable[str]], numeric: set[int]) -> str:
    """An HTML table; the columns in `numeric` are aligned as numbers."""

    def cell(index: int, content: str) -> str:
        return f'<td class="number">{content}</td>' if index in numeric else f"<td>{content}</td>"

    head = "".join(f'<th scope="col">{plain(text)}</th>' for text in heads)
    body = "".join(
        f"<tr>{''.join(cell(i, text) for i, text in enumerate(row))}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
