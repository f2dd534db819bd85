"""The matrix of assessment items, years and kinds of evidence."""

from collections.abc import Iterable, Sequence

from archive.facts.criteria import Item, Mark, Year
from archive.render.text import plain_text

# Thousands of cells are most of a large page; those of what is there, the most, have no class.
_CLASSES = {Mark.THERE: "", Mark.MISSING: " class=missing", Mark.NOT_ASKED: " class=not-asked"}


def matrix(items: Sequence[Item], years: Sequence[Year], kinds: Sequence[str]) -> str:
    """A summary of what is missing, then a table: a row for each item and year, a column a kind."""
    summary = "；".join(_sum(items, year, kinds) for year in years)
    legend = f"“{Mark.THERE}”已有，“{Mark.MISSING}”要求而没有，“{Mark.NOT_ASKED}”不要求。"
    heads = "".join(f'<th scope="col">{kind}</th>' for kind in kinds)
    bodies = "".join(_body(item, years, kinds) for item in items)
    return (
        f"{legend}{summary}。\n\n"
        '<div class="choose" data-search-skip></div>\n\n'
        f'<table class="matrix"><thead><tr><th scope="col">年份</th>{heads}</tr></thead>'
        f"{bodies}</table>"
    )


def _sum(items: Sequence[Item], year: Year, kinds: Sequence[str]) -> str:
    marks = [mark for item in items for mark in _marks(item, year, kinds)]
    there, missing = marks.count(Mark.THERE), marks.count(Mark.MISSING)
    return f"{_called(year)}要求 {there + missing} 种，已有 {there} 种，缺 {missing} 种"


def _called(year: Year) -> str:
    return "年份待定" if year is None else f"{year}年"


def _marks(item: Item, year: Year, kinds: Sequence[str]) -> list[Mark]:
    """The mark of each kind of evidence for a year, or for the whole period if `year` is None."""
    return [item.mark(kind, year) for kind in kinds]


def _undated(item: Item, kinds: Sequence[str]) -> list[Mark]:
    """The mark of each kind for evidence without a year; none is required beyond that of the years."""
    return [Mark.THERE if item.undated_evidence(kind) else Mark.NOT_ASKED for kind in kinds]


def _body(item: Item, years: Sequence[Year], kinds: Sequence[str]) -> str:
    """The rows of an item: its name, linked to its entry, over all columns; then one for each year."""
    title = plain_text(f"{item.criterion.code} {item.criterion.title}")
    marks = [mark for year in years for mark in _marks(item, year, kinds)]
    asked, missing = len(marks) - marks.count(Mark.NOT_ASKED), marks.count(Mark.MISSING)
    summary = f"要求 {asked}，缺 {missing}" if missing else "齐全"
    head = (
        f'<th scope="rowgroup" colspan="{len(kinds) + 1}"><a href="#{item.id}">{title}</a>'
        f' <span class="sum">{summary}</span></th>'
    )
    rows = [_row(year, _marks(item, year, kinds)) for year in years]
    undated = _undated(item, kinds)
    if years != (None,) and Mark.THERE in undated:
        rows.append(_row(None, undated))
    office = plain_text(item.criterion.office or "")
    return f'<tbody data-office="{office}"><tr>{head}</tr>{"".join(rows)}</tbody>'


def _row(year: Year, marks: Iterable[Mark]) -> str:
    cells = "".join(f"<td{_CLASSES[mark]}>{mark}</td>" for mark in marks)
    return f'<tr><th scope="row">{_called(year)}</th>{cells}</tr>'
