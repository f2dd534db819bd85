"""Figures and names where they stand, and the register that explains them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from archive.facts.figures import FigureState, Value, is_complete
from archive.facts.places import REGISTER, PageLocation
from archive.facts.releases import reported_values
from archive.facts.site import Site
from archive.render.edit_links import edit_link
from archive.render.releases import PAGE as RELEASES
from archive.render.releases import changed_mark
from archive.render.text import (
    UNKNOWN,
    day,
    entry_table,
    exact_number_text,
    html_table,
    masked,
    plain_text,
)
from archive.schema.register import Approval, Counted, Period, Revision, Signature
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


def fig(value: Value, root: str, changed: str = "") -> str:
    """A Markdown link with a figure's number and unit to its entry in the register.

    The link's title explains the figure on hover and focus; `changed` is added to it and says how
    the figure was last reported, if that differs.
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
    title = "&#10;".join(plain_text(line) for line in lines)
    settled = value.state in (FigureState.APPROVED, FigureState.REVISED)
    shown = f"{masked(value.number)}{plain_text(value.unit)}"
    kind = ".fig" if settled else ".fig .fig--open"
    return f'[{shown}]({root}{REGISTER}#{value.id} "{title}"){{ {kind} }}'


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
    """Markdown of the register: each figure under its own heading, grouped by the first page it is on."""
    parts: list[str] = []
    group = None
    for value in site.values.values():
        standing = site.places.get(value.id, [])
        title = standing[0].title if standing else "未用于页面"
        if title != group:
            parts.append(f"## {plain_text(title)}")
            group = title
        parts.append(f"### {plain_text(value.figure.name)} {{ #{value.id} }}")
        parts.append(_entry(site, value))
        where = "；".join(place_link(place, root) for place in standing) or "无"
        parts.append(f"所在位置：{where}")
        parts += _further(site, value, root)
        parts += _reported(site, value, root)
        register = site.archive.documents["figures"]
        parts += edit_link(site, register.path, register.line((value.id,)))
    return "\n\n".join(parts)


def _further(site: Site, value: Value, root: str) -> Iterator[str]:
    """Links to the records that a figure is counted from, and to the figure it is part of."""
    counted, whole = value.figure.counted, site.values.get(value.figure.part_of or "")
    page = f"records/{counted.collection}.md" if counted else ""
    if counted and page in site.archive.pages:
        yield f"逐条记录：[{site.archive.collections[counted.collection].label}]({root}{page})"
    if whole:
        yield f"属于：[{plain_text(whole.figure.name)}](#{whole.id})，是其中数"


def _reported(site: Site, value: Value, root: str) -> Iterator[str]:
    """A link to how a figure was reported, if it was, and how it has changed since."""
    if RELEASES in site.archive.pages and any(
        one.reported.value is not None
        for one in reported_values(site.archive, site.values, value.id)
    ):
        change = changed_mark(site, value)
        changed = f"：<strong>与上次报送不同</strong>，{plain_text(change)}" if change else ""
        yield f"[历次报送]({root}{RELEASES}#{value.id}){changed}"


def _entry(site: Site, value: Value) -> str:
    figure = value.figure
    rows = [
        ("数值", f"{masked(value.number)}{plain_text(value.unit)}"),
        ("状态", f'<strong class="state">{value.state}</strong>'),
        ("计量单位", plain_text(figure.unit)),
        (figure.period.kind, plain_text(period(figure.period))),
        ("口径", plain_text(figure.definition)),
        ("计算方法", plain_text(figure.method)),
        ("数据来源", plain_text(figure.source or UNKNOWN)),
        ("责任科室", plain_text(figure.office or UNKNOWN)),
        ("填报", _signature(figure.prepared)),
        ("审核", _signature(figure.reviewed)),
        ("核定", _approval(figure.approved)),
        ("修约规则", _rounding(figure.decimals)),
        ("公开属性", figure.disclosure or UNKNOWN),
    ]
    if figure.counted:
        rows.insert(6, ("计数规则", plain_text(counting(site, figure.counted))))
        if value.state is not FigureState.WITHHELD:
            rows.insert(7, ("资料齐全", _completeness(value)))
    rows += [(f"{one.kind}", plain_text(_revision(one))) for one in figure.revisions]
    if figure.retired:
        rows.append(("停用", day(figure.retired)))
    if site.archive.edition == "internal":
        rows.append(("备注", plain_text(figure.note or "无")))
    return entry_table(rows)


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
