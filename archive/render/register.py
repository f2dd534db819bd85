"""Figures and names where they stand, and the register that explains them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from archive.facts.changes import Change
from archive.facts.figures import FigureState, Value, is_complete
from archive.facts.observations import indicator_of, period_of, series
from archive.facts.places import REGISTER, PageLocation
from archive.facts.releases import reported_values
from archive.facts.site import Site
from archive.render.chart import bars
from archive.render.edit_links import edit_link
from archive.render.releases import PAGE as RELEASES
from archive.render.releases import changed_mark
from archive.render.text import (
    UNKNOWN,
    day,
    entry_table,
    exact_number_text,
    fenced,
    html_table,
    masked,
    plain_text,
    wide_table,
)
from archive.schema.periods import period_name, spoken
from archive.schema.register import Approval, Counted, Figure, Period, Revision, Signature
from archive.schema.unit import HiddenName

FIGURE_STATE_NOTES = {
    FigureState.APPROVED: "数值已经核定，可以引用。",
    FigureState.REVISED: "核定之后有过修订或更正，经过见各指标。",
    FigureState.PRELIMINARY: "数值已经填报，尚未核定。",
    FigureState.UNFILLED: "没有数值，或所依据的记录尚未宣布齐全；页面显示掩码。",
    FigureState.RETIRED: "不再使用。",
    FigureState.WITHHELD: "数值不公开；页面显示掩码。",
}
"""What each state means, in the order of the table of states."""


def name(entry: HiddenName) -> str:
    """A name escaped for a page, or its mask while it is not known."""
    return plain_text(entry.value) if entry.value else masked(entry.mask)


def fig(value: Value, root: str, changed: str = "", written: str = "") -> str:
    """A Markdown link with a figure's number and unit to its entry in the register.

    The link's title explains the figure on hover and focus; `changed` is added to it and says how
    the figure was last reported, if that differs. A value that may be shown is shown as `written`, if
    that is given.
    """
    figure = value.figure
    lines = [
        figure.name,
        f"口径：{figure.definition}",
        f"{figure.period.kind}：{period(figure.period)}",
        f"来源：{figure.source or UNKNOWN}",
        f"状态：{value.state}",
        *filter(None, [changed]),
    ]
    shown = f"{masked(value.number)}{plain_text(value.unit)}"
    if written and value.exact is not None:
        shown = plain_text(written)
    return _linked(shown, value.id, lines, value.state, root)


def changed(change: Change, root: str) -> str:
    """A Markdown link with the words of a change to the entry of the later value in the register."""
    now, before = change.now, change.before
    numbers = "，".join(
        f"{period(one.figure.period)} {one.number}{one.unit}" for one in (now, before)
    )
    lines = [
        f"{now.figure.name}的变化",
        f"口径：{now.figure.definition}",
        f"相比：{numbers}",
        f"来源：{now.figure.source or UNKNOWN}",
        f"状态：{change.state}",
    ]
    return _linked(masked(change.words), now.id, lines, change.state, root)


def _linked(shown: str, key: str, lines: list[str], state: FigureState, root: str) -> str:
    """A link to the register with `lines` as its title; marked as open while it is not settled."""
    title = "&#10;".join(plain_text(line) for line in lines)
    kind = ".fig" if state.is_settled else ".fig .fig--open"
    return f'[{shown}]({root}{REGISTER}#{key} "{title}"){{ {kind} }}'


def number_text(value: Value) -> str:
    """A figure as pages show it, with the exact value or the running count where they hide it."""
    shown, count = f"{value.number}{value.unit}", value.provisional_count
    if value.exact is not None:
        exact = exact_number_text(value.exact)
        return shown if exact == value.shown else f"{shown}（准确数 {exact}）"
    return shown if count is None else f"{shown}（已计 {exact_number_text(count)}）"


def period(value: Period) -> str:
    """A reference period or date as Chinese text."""
    if value.kind == "时点" or (value.start is None and value.end is None):
        return day(value.end)
    return f"{day(value.start)}至{day(value.end)}"


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


def register(site: Site, root: str) -> str:
    """Markdown of the register: each indicator under its own heading, grouped by the first page it is on."""
    values: dict[str, list[Value]] = {id_: [] for id_ in site.archive.indicators}
    for value in site.values.values():
        values[indicator_of(value.id)].append(value)
    parts: list[str] = []
    group = None
    for id_, observed in values.items():
        places = (place for value in observed for place in site.places.get(value.id, []))
        standing = list(dict.fromkeys(places))
        title = standing[0].title if standing else "未用于页面"
        if title != group:
            parts.append(f"## {plain_text(title)}")
            group = title
        parts.append(f"### {plain_text(site.archive.indicators[id_].name)} {{ #{id_} }}")
        alone = [value.id for value in observed] == [id_]
        parts += [_entry(site, observed[0])] if alone else _by_period(site, id_, observed)
        where = "；".join(place_link(place, root) for place in standing) or "无"
        parts.append(f"所在位置：{where}")
        for value in observed[-1:]:
            parts += _further(site, value, root)
        for value in observed:
            parts += _reported(site, value, root)
        register = site.archive.documents["figures"]
        parts += edit_link(site, register.path, register.line((id_,)))
    return "\n\n".join(parts)


def _by_period(site: Site, id_: str, observed: list[Value]) -> Iterator[str]:
    """What an indicator is, then its values by reference period as a table and as charts."""
    current, rows = site.value(id_), _defined(site, site.archive.indicators[id_])
    if current:
        days = current.figure.period
        said = spoken(period_name(days)) or period_of(current.id) or period(days)
        rows[:0] = [*_shown_value(current), (days.kind, plain_text(said))]
    yield entry_table(rows)
    if not observed:
        yield "尚无各期的数。"
        return
    definitions = list(dict.fromkeys(_definition(value) for value in observed))
    broken, counted = len(definitions) > 1, any(value.figure.counted for value in observed)
    heads = ["时期", "数值", "状态", *(label for _, label in _STEPS), "修订与更正"]
    heads[3:3] = ["资料齐全至"] if counted else []
    heads[3:3] = ["口径"] if broken else []
    table: list[list[str]] = []
    for value in observed:
        figure = value.figure
        row = [_period_cell(value), f"{masked(value.number)}{plain_text(value.unit)}"]
        row += [f'<strong class="state">{value.state}</strong>']
        row += [f"口径{definitions.index(_definition(value)) + 1}"] if broken else []
        row += [day(figure.complete_through)] if counted else []
        row += [_step(value, step) for step, _ in _STEPS]
        row.append("<br>".join(plain_text(_revision(one)) for one in figure.revisions) or "无")
        table.append(row)
    name = site.archive.indicators[id_].name
    yield wide_table(heads, table, {1}, f"{name}的各期数值")
    if broken:
        yield "口径或者计算方法改变过，前后不可比："
        yield "\n".join(
            f"- <strong>口径{number}</strong>：{plain_text(said)}"
            for number, (said, _) in enumerate(definitions, 1)
        )
    if site.archive.edition == "internal":
        for key, one in site.archive.register.observations.items():
            if one.note and indicator_of(key) == id_:
                yield f"备注（{plain_text(spoken(period_of(key)))}）：{plain_text(one.note)}"
    yield from _charts(site, name, id_)


def _definition(value: Value) -> tuple[str, str]:
    figure = value.figure
    return f"{figure.definition.rstrip('。')}。计算方法：{figure.method}", figure.unit


def _period_cell(value: Value) -> str:
    name, days = period_of(value.id), plain_text(period(value.figure.period))
    standard = plain_text(spoken(period_name(value.figure.period)))
    said = standard or (f"{plain_text(name)}<br>{days}" if name else days)
    return f'<span id="{value.id}">{said}</span>' if name else said


def _charts(site: Site, name: str, id_: str) -> Iterator[str]:
    """A chart of each stretch that can be compared: where a definition changed, another one begins."""
    drawn = []
    for stretch in series(site.archive.figures, id_):
        values = [site.values[key] for key in stretch]
        known = [(_short(value), value.exact) for value in values if value.exact is not None]
        if len(known) > 1:
            title = name
            row, exact = zip(*known, strict=True)
            chart = bars(title, row, [(title, exact)])
            unit = plain_text(values[0].figure.unit)
            drawn.append(f"<figure><figcaption>单位：{unit}</figcaption>{chart}</figure>")
    if drawn:
        yield fenced(f'<div class="charts">{"".join(drawn)}</div>')


def _short(value: Value) -> str:
    """The name of a reference period beside a bar."""
    days = value.figure.period
    return period_name(days) or period_of(value.id) or f"{days.end or UNKNOWN}"


def _further(site: Site, value: Value, root: str) -> Iterator[str]:
    """Links to the records that a figure is counted from, and to the figure it is part of."""
    counted, whole = value.figure.counted, site.values.get(value.figure.part_of or "")
    page = f"records/{counted.collection}.md" if counted else ""
    if counted and page in site.archive.pages:
        yield f"逐条记录：[{site.archive.collections[counted.collection].label}]({root}{page})"
    if whole:
        yield f"属于：[{plain_text(whole.figure.name)}](#{indicator_of(whole.id)})，是其中数"


def _reported(site: Site, value: Value, root: str) -> Iterator[str]:
    """A link to how a figure was reported, if it was, and how it has changed since."""
    if RELEASES in site.archive.pages and any(
        one.reported.value is not None
        for one in reported_values(site.archive, site.values, value.id)
    ):
        change = changed_mark(site, value)
        changed = f"：<strong>与上次报送不同</strong>，{plain_text(change)}" if change else ""
        name = period_of(value.id)
        of = f"{plain_text(spoken(name))}：" if name else ""
        yield f"{of}[历次报送]({root}{RELEASES}#{value.id}){changed}"


def _entry(site: Site, value: Value) -> str:
    figure = value.figure
    rows = _defined(site, figure)
    rows[:0] = _shown_value(value)
    rows.insert(3, (figure.period.kind, plain_text(period(figure.period))))
    at = [label for label, _ in rows].index("数据来源")
    if figure.counted and value.state is not FigureState.WITHHELD:
        rows.insert(at, ("资料齐全", _completeness(value)))
        at += 1
    rows[at + 2 : at + 2] = [(label, _step(value, step)) for step, label in _STEPS]
    revised = [(f"{one.kind}", plain_text(_revision(one))) for one in figure.revisions]
    at = [label for label, _ in rows].index("公开属性")
    rows[at + 1 : at + 1] = revised
    return entry_table(rows)


def _shown_value(value: Value) -> list[tuple[str, str]]:
    return [
        ("数值", f"{masked(value.number)}{plain_text(value.unit)}"),
        ("状态", f'<strong class="state">{value.state}</strong>'),
    ]


_STEPS = (("prepared", "填报"), ("reviewed", "审核"), ("approved", "核定"))


def _step(value: Value, step: str) -> str:
    signature = getattr(value.figure, step)
    return _approval(signature) if step == "approved" else _signature(signature)


def _defined(site: Site, figure: Figure) -> list[tuple[str, str]]:
    """What holds for all observations of an indicator."""
    rows = [
        ("计量单位", plain_text(figure.unit)),
        ("口径", plain_text(figure.definition)),
        ("计算方法", plain_text(figure.method)),
    ]
    if figure.counted:
        rows.append(("计数规则", plain_text(counting(site, figure.counted))))
    rows += [
        ("数据来源", plain_text(figure.source or UNKNOWN)),
        ("责任科室", plain_text(figure.office or UNKNOWN)),
        ("修约规则", _rounding(figure.decimals)),
        ("公开属性", figure.disclosure or UNKNOWN),
    ]
    if figure.retired:
        rows.append(("停用", day(figure.retired)))
    if site.archive.edition == "internal":
        rows.append(("备注", plain_text(figure.note or "无")))
    return rows


def _signature(signature: Signature) -> str:
    parts = (signature.by, day(signature.date) if signature.date else None)
    return plain_text("，".join(filter(None, parts))) or UNKNOWN


def _approval(approval: Approval) -> str:
    value = approval.value
    found = "" if value is None else f"，核定数 {exact_number_text(value)}"
    return f"{_signature(approval)}{found}"


def _revision(one: Revision) -> str:
    by = f"，{one.by}核定" if one.by else ""
    return f"{day(one.date)}{by}，由 {one.old} 改为 {one.new}：{one.reason}"


def _rounding(decimals: int) -> str:
    kept = f"保留 {decimals} 位小数" if decimals else "保留整数"
    return f"{kept}，四舍六入五成双（GB/T 8170）"


def _completeness(value: Value) -> str:
    through = value.figure.complete_through
    if is_complete(value.figure):
        counted = "" if value.records is None else f"，计入 {value.records} 条记录"
        return f"已宣布齐全至{day(through)}{counted}"
    declared = f"只宣布齐全至{day(through)}" if through else "尚未宣布齐全"
    return f"{declared}，不论已有多少条记录，一律作未填报"


def counting(site: Site, counted: Counted) -> str:
    """A counting rule as a Chinese sentence."""
    collection = site.archive.collections[counted.collection]
    field = collection.label_of(counted.field) if counted.field else ""
    how = {
        "count": "计记录条数",
        "sum": f"对“{field}”求和",
        "distinct": f"计“{field}”的不同取值个数",
    }[counted.measure]
    words = {"true": "是", "false": "否"}
    where = "、".join(
        f"{collection.label_of(k)}为“{words.get(v, v)}”" for k, v in counted.where.items()
    )
    return f"由“{collection.label}”台账自动计算：{how}" + (f"，限{where}的记录" if where else "")


def place_link(place: PageLocation, root: str) -> str:
    """A Markdown link to a place on a page, labelled with its sub-section."""
    anchor = f"#{place.anchor}" if place.heading else ""
    return f"[{plain_text(place.label)}]({root}{place.page}{anchor})"
