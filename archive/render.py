"""Values → the Markdown and HTML text that macros return. It knows no engine."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import Environment, StrictUndefined

from archive.figures import State, Value, is_complete, printed
from archive.gather import Record
from archive.places import REGISTER, REPORT, Place
from archive.schema import COLLECTIONS, Counted, Name, Period, Signature
from archive.site import Site

UNKNOWN = "待补"
MOST_ROWS = 100

STATES = {
    State.APPROVED: "数值已经核定，可以引用。",
    State.REVISED: "核定之后有过修订或更正，经过见各指标。",
    State.PRELIMINARY: "数值已经填报，尚未核定。",
    State.UNFILLED: "没有数值，或所依据的记录尚未宣布齐全；页面显示掩码。",
    State.RETIRED: "不再统计。",
}
"""What each state means to a reader, in the order of the overview."""


def macros(site: Site, page: str) -> dict[str, Callable[..., str]]:
    """The macros as the page `page` (its path in docs/) calls them: name → function.

    Links are Markdown, from page to page: each engine turns them into addresses in its own way.
    """
    root = "../" * page.count("/")
    functions: dict[str, Callable[..., str]] = {
        "fig": lambda id_: fig(site.values[id_], root),
        "name": lambda id_: name(site.archive.unit.names[id_]) if site.archive.unit else "",
        "table": lambda collection, **where: table(site, collection, where),
        "register": lambda: register(site, root),
        "states": lambda: states(site.values.values()),
        "report": lambda: report(site, functions),
    }
    return functions


def address(page: str) -> str:
    """The address of a page from the site's root: `report/full.md` → `report/full/`."""
    stem = page.removesuffix(".md")
    return f"{stem}/".removesuffix("index/") if stem != "index" else ""


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


def name(entry: Name) -> str:
    """A name, or its mask while it is not known."""
    return plain(entry.value) if entry.value else masked(entry.mask)


def fig(value: Value, root: str) -> str:
    """Number and unit, never parted, leading to the register; what they mean on hover and focus."""
    figure = value.figure
    told = [
        figure.name,
        f"口径：{figure.definition}",
        f"{figure.period.kind}：{period(figure.period)}",
        f"来源：{figure.source or UNKNOWN}",
        f"状态：{value.state}",
    ]
    title = "&#10;".join(plain(line) for line in told)
    settled = value.state in (State.APPROVED, State.REVISED)
    shown = f"{masked(value.number)}{plain(figure.unit)}"
    kind = ".fig" if settled else ".fig .fig--open"
    return f'[{shown}]({root}{REGISTER}#{value.id} "{title}"){{ {kind} }}'


def day(value: date | None) -> str:
    """A date as official documents write it (GB/T 9704—2012, 7.3.5.3): 2023年9月5日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else UNKNOWN


def period(value: Period) -> str:
    """A reference period or date in words."""
    if value.kind == "时点" or (value.start is None and value.end is None):
        return day(value.end)
    return f"{day(value.start)}至{day(value.end)}"


def states(values: Iterable[Value]) -> str:
    """How many figures are in each state, and what the states mean."""
    counts = Counter(value.state for value in values)
    rows = [(str(state), str(counts[state]), plain(told)) for state, told in STATES.items()]
    rows.append(("合计", str(counts.total()), ""))
    return _table(("状态", "指标数", "含义"), rows, numeric={1})


def report(site: Site, functions: Mapping[str, Callable[..., str]]) -> str:
    """The whole report from its pages: under the first one's title the others, a level deeper."""
    parts = [_part(site, path, deeper=index > 0) for index, path in enumerate(REPORT)]
    template = Environment(undefined=StrictUndefined).from_string("\n\n".join(parts))
    return template.render(functions)


def _part(site: Site, path: str, *, deeper: bool) -> str:
    page = site.archive.pages[path]
    body = page.text
    if deeper:
        for heading in reversed(page.headings):
            body = f"{body[: heading.start]}#{body[heading.start :]}"
    return body.strip()


def register(site: Site, root: str) -> str:
    """Every figure of the register, by the page it stands on first; a heading and anchor each."""
    parts: list[str] = []
    group = None
    for value in site.values.values():
        standing = site.places.get(value.id, [])
        title = standing[0].title if standing else "未用于页面"
        if title != group:
            parts.append(f"## {plain(title)}")
            group = title
        parts.append(f"### {plain(value.figure.name)} {{ #{value.id} }}")
        parts.append(_entry(value))
        where = "；".join(_place(place, root) for place in standing) or "无"
        parts.append(f"所在位置：{where}")
    return "\n\n".join(parts)


def _entry(value: Value) -> str:
    figure = value.figure
    rows = [
        ("数值", f"{masked(value.number)}{plain(figure.unit)}"),
        ("状态", f'<strong class="state">{value.state}</strong>'),
        ("计量单位", plain(figure.unit)),
        (figure.period.kind, plain(period(figure.period))),
        ("统计口径", plain(figure.definition)),
        ("计算方法", plain(figure.method)),
        ("数据来源", plain(figure.source or UNKNOWN)),
        ("责任科室", plain(figure.office or UNKNOWN)),
        ("填报", _signature(figure.prepared)),
        ("审核", _signature(figure.reviewed)),
        ("核定", _signature(figure.approved)),
        ("修约规则", _rounding(figure.decimals)),
        ("公开属性", figure.disclosure or UNKNOWN),
    ]
    if figure.counted:
        rows.insert(6, ("计数规则", plain(counting(figure.counted))))
        rows.insert(7, ("资料齐全", _completeness(value)))
    rows += [
        (f"{r.kind}", plain(f"{day(r.date)}，由 {r.old} 改为 {r.new}：{r.reason}"))
        for r in figure.revisions
    ]
    if figure.retired:
        rows.append(("停用", day(figure.retired)))
    rows.append(("备注", plain(figure.note or "无")))
    body = "".join(f'<tr><th scope="row">{label}</th><td>{cell}</td></tr>' for label, cell in rows)
    return f'<table class="entry"><tbody>{body}</tbody></table>'


def _signature(signature: Signature) -> str:
    return plain(f"{signature.by}，{day(signature.date)}") if signature.by else UNKNOWN


def _rounding(decimals: int) -> str:
    kept = f"保留 {decimals} 位小数" if decimals else "保留整数"
    return f"{kept}，四舍六入五成双（GB/T 8170）"


def _completeness(value: Value) -> str:
    through = value.figure.complete_through
    if is_complete(value.figure):
        return f"已宣布齐全至{day(through)}，计入 {value.records} 条记录"
    declared = f"只宣布齐全至{day(through)}" if through else "尚未宣布齐全"
    return f"{declared}，不论已有多少条记录，一律作未填报"


def counting(counted: Counted) -> str:
    """A counting rule in words."""
    collection = COLLECTIONS[counted.collection]
    field = collection.label_of(counted.field) if counted.field else ""
    how = {
        "count": "计记录条数",
        "sum": f"对“{field}”求和",
        "distinct": f"计“{field}”的不同取值个数",
    }[counted.measure]
    where = "、".join(f"{collection.label_of(k)}为“{v}”" for k, v in counted.where.items())
    return f"由“{collection.label}”台账自动计算：{how}" + (f"，限{where}的记录" if where else "")


def _place(place: Place, root: str) -> str:
    anchor = f"#{place.anchor}" if place.heading else ""
    shown = f"{place.title} · {place.heading}" if place.heading else place.title
    return f"[{plain(shown)}]({root}{place.page}{anchor})"


def table(site: Site, collection: str, where: Mapping[str, Any]) -> str:
    """The records of a collection that meet the conditions, the latest first, under their labels."""
    kind = COLLECTIONS[collection]
    chosen = [record for record in site.archive.records[collection] if _meets(record, where)]
    if not chosen:
        return f"（{kind.label}：尚无记录。）"
    chosen.sort(key=lambda record: (record.data.date, record.id), reverse=True)
    rows = [
        tuple(_cell(getattr(record.data, column)) for column in kind.columns)
        for record in chosen[:MOST_ROWS]
    ]
    numeric = {
        i
        for i, c in enumerate(kind.columns)
        if isinstance(getattr(chosen[0].data, c), int | Decimal)
    }
    heads = tuple(kind.label_of(column) for column in kind.columns)
    told = f"共 {len(chosen)} 条" + (
        "" if len(chosen) <= MOST_ROWS else f"，以下为最近 {MOST_ROWS} 条"
    )
    return f"{told}。\n\n{_table(heads, rows, numeric)}"


def _meets(record: Record, where: Mapping[str, Any]) -> bool:
    return all(
        record.data.date.year == wanted
        if key == "year"
        else str(getattr(record.data, key)) == str(wanted)
        for key, wanted in where.items()
    )


def _cell(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        exact = Decimal(value).normalize()
        return printed(exact, max(0, -int(exact.as_tuple().exponent)))
    return plain("、".join(value) if isinstance(value, tuple) else str(value or ""))


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]], numeric: set[int]) -> str:
    """An HTML table; the columns in `numeric` are aligned as numbers."""

    def cell(index: int, content: str) -> str:
        return f'<td class="number">{content}</td>' if index in numeric else f"<td>{content}</td>"

    head = "".join(f'<th scope="col">{plain(text)}</th>' for text in heads)
    body = "".join(
        f"<tr>{''.join(cell(i, text) for i, text in enumerate(row))}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
