"""The page of the honours: a table of states, indexes, a timeline, then a row for each honour."""

from collections import Counter
from datetime import date

from archive.facts.gather import Record
from archive.facts.honours import (
    HonourState,
    anchor,
    honour_title,
    level_of,
    newest_first,
    valid_until,
    year_of,
)
from archive.facts.site import Site
from archive.render.honour_rows import grouped, level_order, levels
from archive.render.honours import honour_state_text, link, named, with_rows
from archive.render.text import day, html_table, markdown_table, plain_text, scrolling, wide_table
from archive.render.timeline import LEGEND, TimelineRow, timeline
from archive.schema.honours import Honour

HONOUR_STATE_NOTES = {
    HonourState.VALID: "在有效期内。",
    HonourState.KEPT: "经复查确认保留。",
    HonourState.DUE: "有效期已满，或者复查要求整改，须经复查才能保留。",
    HonourState.ONCE: "一次授予，不涉及有效期。",
    HonourState.EXPIRED: "有效期已满，自然失效。",
    HonourState.WITHDRAWN: "已被撤销。",
    HonourState.UNKNOWN: "有效期等尚未填写，状态无从算出。",
}
"""What each state means, in the order of the table of states."""

MAX_DRAWN = 30
"""Most honours that are drawn."""


def honour_list(site: Site, page: str) -> str:
    """Markdown of the page: counts by state, indexes, a timeline, then the honours by level."""
    records = newest_first(site.archive.of(Honour))
    if not records:
        return "（荣誉：尚无记录。）"
    root = "../" * page.count("/")
    listed = with_rows(site)
    counts = Counter(honour_state_text(site, record) for record in records)
    states = [
        (str(state), str(counts[state]), plain_text(note))
        for state, note in HONOUR_STATE_NOTES.items()
    ]
    states.append(("合计", str(counts.total()), ""))
    parts = [html_table(("状态", "荣誉数", "含义"), states, numeric={1})]
    if len(listed) < len(records):
        parts.append(
            f"荣誉较多，下面逐项列出 {len(listed)} 项：报告和其他页面提到的，以及最近授予的。"
            f"其余 {len(records) - len(listed)} 项只在表中计数（没有链接的数），逐项的记录在上面的下载文件里。"
        )
    parts += [
        "## 按级别、年度、状态查找 { #find }",
        _numbers(site, records, listed),
        _states(site, [record for record in records if record.id in listed]),
        "## 时间线 { #timeline }",
        _timeline(site, records, listed, root),
        *levels(site, records, listed, page),
    ]
    return "\n\n".join(parts)


def _numbers(site: Site, records: list[Record[Honour]], listed: set[str]) -> str:
    """A table of the number of honours by year and level; a number links to the rows if there are any."""
    there = grouped(records, level_of, level_order(site))
    counts = Counter((year_of(record), level_of(record)) for record in records)
    shown = {(year_of(r), level_of(r)) for r in records if r.id in listed}
    years = grouped(records, year_of)

    def cell(year: str, level: str) -> str:
        number = str(counts[year, level] or "")
        if (year, level) not in shown:
            return number
        return (
            f'<a href="#{anchor(level, year)}" aria-label="{year}{level} {number} 项">{number}</a>'
        )

    rows = [
        (year, *(cell(year, level) for level in there), str(len(years[year]))) for year in years
    ]
    whole = (*(str(len(found)) for found in there.values()), str(len(records)))
    heads = ("年度", *there, "合计")
    table = html_table(heads, [*rows, ("合计", *whole)], numeric=set(range(1, len(heads))))
    return scrolling(table, "各年度各级别的荣誉数")


def _states(site: Site, listed: list[Record[Honour]]) -> str:
    """A table of the honours by state, level and year; a script offers to show those of one of each."""
    order = list(HonourState)
    states = {record.id: honour_state_text(site, record) for record in listed}
    found = sorted(listed, key=lambda record: order.index(states[record.id]))
    rows = [
        (
            f'<a href="#{one.id}">{named(site, one.data)}</a>',
            plain_text(level_of(one)),
            year_of(one),
            str(states[one.id]),
        )
        for one in found
    ]
    # Left out of the search, so that an honour's name finds its row below.
    kind = 'data-choose="1 2 3" data-search-skip'
    table = wide_table(("荣誉", "级别", "年度", "状态"), rows, set(), "各项荣誉的状态", kind=kind)
    return f'<div class="choose" data-search-skip></div>\n\n{table}'


def _timeline(site: Site, records: list[Record[Honour]], listed: set[str], root: str) -> str:
    """The latest honours with a known date, drawn and as a table, and how many are not drawn."""
    names = site.archive.unit.names if site.archive.unit else {}
    as_of = site.archive.project.as_of
    rows = [(one, _row(one.data, honour_title(one.data, names), as_of)) for one in records]
    dated = [(record, row) for record, row in rows if row.days]
    if not dated:
        return "各项荣誉的日期均待补，没有可画的时间线。"
    drawn = [one for one in dated if one[0].id in listed][:MAX_DRAWN][::-1]
    caption = f"{LEGEND}（{day(as_of)}）。"
    if len(drawn) < len(dated):
        caption += f"只画最近的 {len(drawn)} 项。"
    if len(dated) < len(records):
        caption += f"另有 {len(records) - len(dated)} 项日期待补，没有画出。"
    table = [
        (str(honour_state_text(site, record)), link(site, record, root), row.tooltip)
        for record, row in drawn
    ]
    picture = timeline("荣誉时间线", [row for _, row in drawn], as_of)
    return f"{picture}\n\n{caption}\n\n{markdown_table(('状态', '荣誉', '经过'), table)}"


def _row(honour: Honour, label: str, as_of: date) -> TimelineRow:
    events = [("授予", "", honour.date)]
    events += [("复查", review.result, review.date) for review in honour.reviews]
    if honour.withdrawn:
        events.append(("撤销", "", honour.withdrawn.date))
    end = valid_until(honour, as_of)
    if honour.withdrawn and honour.withdrawn.date and end:
        end = min(end, honour.withdrawn.date)
    texts = [
        f"{day(when)}{kind}{how}" if when else f"{kind}{how}（日期待补）"
        for kind, how, when in events
    ]
    if end and not honour.withdrawn:
        texts.append(f"有效期至{day(end)}")
    return TimelineRow(
        label, tuple((kind, when) for kind, _, when in events if when), end, "；".join(texts)
    )
