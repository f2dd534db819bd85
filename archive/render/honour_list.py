"""The page of the honours: states, ways to find one, a timeline, everything recorded of each."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from archive.gather import Record
from archive.honours import State, reach, written
from archive.render.honours import link, named, newest_first, standing
from archive.render.register import place_link
from archive.render.text import UNKNOWN, day, entry_table, html_table, markdown_table, plain
from archive.render.timeline import LEGEND, Row, timeline
from archive.schema.collections import choices
from archive.schema.examples import Example
from archive.schema.honours import Honour, Level, Review, Withdrawal
from archive.schema.types import Model
from archive.site import Site

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

_NO_LEVEL, _NO_YEAR = "级别待补", "年度待补"


def honour_list(site: Site, root: str) -> str:
    """Every honour: how many in each state, ways to find one, a timeline, then level by level."""
    records = newest_first(site.archive.records["honours"])
    if not records:
        return "（荣誉：尚无记录。）"
    counts = Counter(standing(site, record) for record in records)
    states = [(str(one), str(counts[one]), plain(told)) for one, told in STATES.items()]
    states.append(("合计", str(counts.total()), ""))
    parts = [
        html_table(("状态", "荣誉数", "含义"), states, numeric={1}),
        "## 按级别、年度、状态查找 { #find }",
        *_ways(site, records, root),
        "## 时间线 { #timeline }",
        _timeline(site, records, root),
    ]
    for level, group in _grouped(records, _level, (*choices(Level), _NO_LEVEL)).items():
        parts.append(f"## {level} {{ #{level} }}")
        parts += [_entry(site, record, root) for record in group]
    return "\n\n".join(parts)


def _level(record: Record) -> str:
    return record.data.level or _NO_LEVEL


def _year(record: Record) -> str:
    return f"{record.data.date.year}年" if record.data.date else _NO_YEAR


def _grouped(
    records: Iterable[Record], key: Callable[[Record], str], order: Iterable[str] = ()
) -> dict[str, list[Record]]:
    """Group → its records; the groups as `order` has them, else as they come, none empty."""
    groups: dict[str, list[Record]] = {group: [] for group in order}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return {group: found for group, found in groups.items() if found}


def _ways(site: Site, records: list[Record], root: str) -> Iterable[str]:
    """By level, year and state: a list of groups each, every honour a link."""
    ways = {
        "按级别": _grouped(records, _level, (*choices(Level), _NO_LEVEL)),
        "按年度": _grouped(records, _year),
        "按状态": _grouped(records, lambda record: standing(site, record), map(str, State)),
    }
    for way, groups in ways.items():
        lines = [
            f"- {group}（{len(found)}）：{'、'.join(link(site, one, root) for one in found)}"
            for group, found in groups.items()
        ]
        yield f"{way}：\n\n" + "\n".join(lines)


def _timeline(site: Site, records: list[Record], root: str) -> str:
    """The honours that have a day, drawn and as a table; how many have none."""
    names = site.archive.unit.names if site.archive.unit else {}
    as_of = site.archive.project.as_of
    drawn = [(one, _row(one.data, written(one.data, names), as_of)) for one in records[::-1]]
    dated = [(record, row) for record, row in drawn if row.days]
    if not dated:
        return "各项荣誉的日期均待补，没有可画的时间线。"
    rest = len(records) - len(dated)
    told = f"{LEGEND}（{day(as_of)}）。" + (f"另有 {rest} 项日期待补，没有画出。" if rest else "")
    rows = [
        (str(standing(site, record)), link(site, record, root), row.told) for record, row in dated
    ]
    picture = timeline("荣誉时间线", [row for _, row in dated], as_of)
    return f"{picture}\n\n{told}\n\n{markdown_table(('状态', '荣誉', '经过'), rows)}"


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


def _entry(site: Site, record: Record, root: str) -> str:
    """One honour: a heading, what is recorded under its labels, and where to go from there."""
    honour: Honour = record.data
    fields = ("recipient", "level", "body", "date", "basis", "certificate", "term", "term_end")
    rows = [("状态", f'<strong class="state">{standing(site, record)}</strong>')]
    rows += [(_label(Honour, field), _cell(getattr(honour, field))) for field in fields]
    rows += [(_label(Honour, "reviews"), _event(review)) for review in honour.reviews]
    if honour.withdrawn:
        rows.append((_label(Honour, "withdrawn"), _event(honour.withdrawn)))
    rows.append((_label(Honour, "note"), plain(honour.note or "无")))
    parts = [_heading(site, record), entry_table(rows)]
    if honour.certificate:
        parts.append(f"[查看证书扫描件]({root}{honour.certificate})")
    told = [
        f"[{plain(page.meta.title)}]({root}{page.path})"
        for page in site.archive.pages.values()
        if isinstance(page.meta, Example) and page.meta.honour == record.id
    ]
    if told:
        parts.append(f"典型事例：{'、'.join(told)}")
    places = site.honoured.get(record.id, [])
    where = "；".join(place_link(place, root) for place in places)
    parts.append(f"所在位置：{where or '无'}")
    return "\n\n".join(parts)


def _heading(site: Site, record: Record) -> str:
    """An honour's heading; the table of contents, which knows no markup, leaves a mask out."""
    names = site.archive.unit.names if site.archive.unit else {}
    hidden = record.data.prefix and not names[record.data.prefix].value
    label = f' data-toc-label="…{plain(record.data.title)}"' if hidden else ""
    return f"### {named(site, record.data)} {{ #{record.id}{label} }}"


def _label(model: type[Model], field: str) -> str:
    return model.model_fields[field].title or field


def _cell(value: object) -> str:
    return day(value) if isinstance(value, date) else plain(str(value or UNKNOWN))


def _event(event: Review | Withdrawal) -> str:
    """Everything recorded of a re-inspection or withdrawal, by label."""
    return "；".join(
        f"{_label(type(event), field)}：{_cell(getattr(event, field))}"
        for field in type(event).model_fields
    )
