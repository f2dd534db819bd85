"""The page of the honours: states, ways to find one, a timeline, then a row for each."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from archive.facts.gather import Record
from archive.facts.honours import State, reach, written
from archive.facts.site import Site
from archive.render.honour_rows import LEVELS, anchor, grouped, level_of, levels, year_of
from archive.render.honours import cited, link, newest_first, standing
from archive.render.text import day, html_table, markdown_table, plain, scrolling
from archive.render.timeline import LEGEND, Row, timeline
from archive.schema.honours import Honour

STATES = {
    State.VALID: "在有效期内。",
    State.KEPT: "经复查确认保留。",
    State.DUE: "有效期已满，或者复查要求整改，须经复查才能保留。",
    State.ONCE: "一次授予，不涉及有效期。",
    State.EXPIRED: "有效期已满，自然失效。",
    State.WITHDRAWN: "已被撤销。",
    State.UNKNOWN: "有效期等尚未填写，状态无从算出。",
}
"""What each state means to a reader, in the order of the overview."""

MOST_LISTED, MOST_A_STATE, MOST_DRAWN = 250, 15, 30
"""Honours that have a row, are named as being in a state, are drawn: what keeps the page under 300 KB."""


def honour_list(site: Site, page: str) -> str:
    """How many honours are in each state, ways to find one, a timeline, then level by level."""
    records = newest_first(site.archive.of(Honour))
    if not records:
        return "（荣誉：尚无记录。）"
    root = "../" * page.count("/")
    listed = _listed(site, records)
    counts = Counter(standing(site, record) for record in records)
    states = [(str(one), str(counts[one]), plain(told)) for one, told in STATES.items()]
    states.append(("合计", str(counts.total()), ""))
    parts = [html_table(("状态", "荣誉数", "含义"), states, numeric={1})]
    if len(listed) < len(records):
        parts.append(
            f"荣誉较多，下面逐项列出 {len(listed)} 项：报告和其他页面提到的，以及最近授予的。"
            f"其余 {len(records) - len(listed)} 项只在表中计数（没有链接的数），逐项的记录在上面的下载文件里。"
        )
    parts += [
        "## 按级别、年度、状态查找 { #find }",
        _numbers(records, listed),
        "按状态：",
        _states(site, [record for record in records if record.id in listed], counts, root),
        "## 时间线 { #timeline }",
        _timeline(site, records, listed, root),
        *levels(site, records, listed, page),
    ]
    return "\n\n".join(parts)


def _listed(site: Site, records: Sequence[Record[Honour]]) -> set[str]:
    """The honours that have a row: all that are led to from elsewhere, then the latest."""
    known = {record.id for record in records}
    found = cited(site) & known
    for record in records:
        if len(found) >= MOST_LISTED:
            break
        found.add(record.id)
    return found


def _numbers(records: list[Record[Honour]], listed: set[str]) -> str:
    """How many honours of each level there are in each year; a number leads to where they stand."""
    there = grouped(records, level_of, LEVELS)
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


def _states(site: Site, listed: list[Record[Honour]], counts: Counter[State], root: str) -> str:
    """The honours in each state, every one a link; of many those listed first."""
    there = grouped(listed, lambda record: standing(site, record))
    lines = []
    for state in State:
        shown = there.get(state, [])[:MOST_A_STATE]
        names = "、".join(link(site, record, root) for record in shown) or "没有逐项列出"
        more = "等" if 0 < len(shown) < counts[state] else ""
        if counts[state]:
            lines.append(f"- {state}（{counts[state]}）：{names}{more}")
    return "\n".join(lines)


def _timeline(site: Site, records: list[Record[Honour]], listed: set[str], root: str) -> str:
    """The latest honours that have a day, drawn and as a table; how many are not drawn, and why."""
    names = site.archive.unit.names if site.archive.unit else {}
    as_of = site.archive.project.as_of
    rows = [(one, _row(one.data, written(one.data, names), as_of)) for one in records]
    dated = [(record, row) for record, row in rows if row.days]
    if not dated:
        return "各项荣誉的日期均待补，没有可画的时间线。"
    drawn = [one for one in dated if one[0].id in listed][:MOST_DRAWN][::-1]
    told = f"{LEGEND}（{day(as_of)}）。"
    if len(drawn) < len(dated):
        told += f"只画最近的 {len(drawn)} 项。"
    if len(dated) < len(records):
        told += f"另有 {len(records) - len(dated)} 项日期待补，没有画出。"
    table = [
        (str(standing(site, record)), link(site, record, root), row.told) for record, row in drawn
    ]
    picture = timeline("荣誉时间线", [row for _, row in drawn], as_of)
    return f"{picture}\n\n{told}\n\n{markdown_table(('状态', '荣誉', '经过'), table)}"


def _row(honour: Honour, label: str, as_of: date) -> Row:
    events = [("授予", "", honour.date)]
    events += [("复查", review.result, review.date) for review in honour.reviews]
    if honour.withdrawn:
        events.append(("撤销", "", honour.withdrawn.date))
    end = reach(honour, as_of)
    told = [
        f"{day(when)}{kind}{how}" if when else f"{kind}{how}（日期待补）"
        for kind, how, when in events
    ]
    if end:
        told.append(f"有效期至{day(end)}")
    return Row(label, tuple((kind, when) for kind, _, when in events if when), end, "；".join(told))
