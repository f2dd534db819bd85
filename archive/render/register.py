"""The register as one table, and what the states of its figures mean."""

from collections import Counter
from collections.abc import Iterable

from archive.facts.figures import FigureState, Value
from archive.facts.indicator import observed_values
from archive.facts.observations import indicator_page
from archive.facts.site import Site
from archive.files.addresses import href
from archive.render.figures import period_said, shown_value
from archive.render.text import UNKNOWN, html_table, plain_text, wide_table
from archive.schema.register import Figure

FIGURE_STATE_NOTES = {
    FigureState.APPROVED: "数值已经核定，可以引用。",
    FigureState.REVISED: "核定之后有过修订或更正，经过见各指标。",
    FigureState.PRELIMINARY: "数值已经填报，尚未核定。",
    FigureState.UNFILLED: "没有数值，或所依据的记录尚未宣布齐全；页面显示掩码。",
    FigureState.RETIRED: "不再使用。",
    FigureState.WITHHELD: "数值不公开；页面显示掩码。",
}
"""What each state means, in the order of the table of states."""


def states(values: Iterable[Value]) -> str:
    """A table of states: the number of figures in each, and what it means."""
    counts = Counter(value.state for value in values)
    rows = [
        (str(state), str(counts[state]), plain_text(note))
        for state, note in FIGURE_STATE_NOTES.items()
        if state is not FigureState.WITHHELD or counts[state]
    ]
    rows.append(("合计", str(counts.total()), ""))
    return html_table(("状态", "指标数", "含义"), rows, numeric={1})


UNUSED = "未用于页面"


def register(site: Site, page: str) -> str:
    """An HTML table with a row for each indicator: its current value, linked to the page of the indicator.

    The rows are in the order of the register; a script offers to show those of one state, office or
    part of the site.
    """
    known = site.archive.indicators
    rows = [_row(site, id_, indicator, page) for id_, indicator in known.items()]
    heads = ("指标", "数值", "时期", "状态", "责任科室", "所在")
    # Left out of the search, so that a figure's name finds the figure and not this page.
    kind = 'data-choose="3 4 5" data-search-skip'
    table = wide_table(heads, rows, {1}, "指标登记", list(known), kind)
    return f'<div class="choose" data-search-skip></div>\n\n{table}'


def _row(site: Site, id_: str, indicator: Figure, page: str) -> tuple[str, ...]:
    value = site.value(id_)
    # Links to an observation that lead here, and not to the page of its indicator, still arrive.
    older = (one.id for one in observed_values(site, id_) if one.id != id_)
    spans = "".join(f'<span id="{key}"></span>' for key in older)
    link = f'<a href="{href(page, indicator_page(id_))}">{plain_text(indicator.name)}</a>'
    name = f"{spans}{link}"
    where = (
        next((place.title for place in site.places.get(value.id, ())), UNUSED) if value else UNUSED
    )
    office = plain_text(indicator.office or UNKNOWN)
    if value is None:
        return name, "—", "—", "—", office, plain_text(where)
    return (
        name,
        shown_value(value),
        plain_text(period_said(value.figure.period)),
        f"{value.state}",
        office,
        plain_text(where),
    )
