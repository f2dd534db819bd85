"""The matrix of assessment items, years and kinds of evidence."""

from collections.abc import Iterable, Sequence

from archive.facts.criteria import Item, Year
from archive.render.text import plain
from archive.schema.criteria import EVIDENCE_KINDS

THERE, MISSING, NOT_ASKED = "有", "缺", "—"
_CLASSES = {THERE: "there", MISSING: "missing", NOT_ASKED: "not-asked"}


def matrix(items: Sequence[Item], years: Sequence[int]) -> str:
    """How much is missing in all, then a row for each item and year, a column for each kind."""
    told = "；".join(_sum(items, year) for year in years or (None,))
    legend = f"“{THERE}”已有，“{MISSING}”要求而没有，“{NOT_ASKED}”不要求。"
    heads = "".join(f'<th scope="col">{kind}</th>' for kind in EVIDENCE_KINDS)
    bodies = "".join(_body(item, years) for item in items)
    return (
        f"{legend}{told}。\n\n"
        f'<table class="matrix"><thead><tr><th scope="col">年份</th>{heads}</tr></thead>'
        f"{bodies}</table>"
    )


def _sum(items: Sequence[Item], year: Year) -> str:
    marks = [mark for item in items for mark in _marks(item, year)]
    there, missing = marks.count(THERE), marks.count(MISSING)
    return f"{_called(year)}要求 {there + missing} 种，已有 {there} 种，缺 {missing} 种"


def _called(year: Year) -> str:
    return "年份待定" if year is None else f"{year}年"


def _marks(item: Item, year: Year) -> list[str]:
    """What there is for a year (for the whole time if that is None) of each kind asked for."""
    return [
        NOT_ASKED
        if kind not in item.criterion.wanted
        else THERE
        if item.has(kind, year)
        else MISSING
        for kind in EVIDENCE_KINDS
    ]


def _undated(item: Item) -> list[str]:
    """What there is of no known year; nothing is asked for beside what the years ask for."""
    return [THERE if item.undated(kind) else NOT_ASKED for kind in EVIDENCE_KINDS]


def _body(item: Item, years: Sequence[int]) -> str:
    """An item: its name over all columns, leading to its entry, then a row for each year."""
    title = plain(f"{item.criterion.code} {item.criterion.title}")
    marks = [mark for year in years or (None,) for mark in _marks(item, year)]
    asked, missing = len(marks) - marks.count(NOT_ASKED), marks.count(MISSING)
    told = f"要求 {asked}，缺 {missing}" if missing else "齐全"
    head = (
        f'<th scope="rowgroup" colspan="{len(EVIDENCE_KINDS) + 1}"><a href="#{item.id}">{title}</a>'
        f' <span class="sum">{told}</span></th>'
    )
    rows = [_row(year, _marks(item, year)) for year in years or (None,)]
    if years and THERE in _undated(item):
        rows.append(_row(None, _undated(item)))
    return f"<tbody><tr>{head}</tr>{''.join(rows)}</tbody>"


def _row(year: Year, marks: Iterable[str]) -> str:
    cells = "".join(f'<td class="{_CLASSES[mark]}">{mark}</td>' for mark in marks)
    return f'<tr><th scope="row">{_called(year)}</th>{cells}</tr>'
