"""Figures and names where they stand in a text, and what else pages say of them."""

from collections.abc import Iterator

from archive.facts.changes import Change
from archive.facts.figures import FigureState, Value, rounded
from archive.facts.observations import target_of
from archive.facts.places import PageLocation
from archive.facts.site import Site
from archive.render.text import UNKNOWN, day, exact_number_text, masked, plain_text
from archive.schema.numerals import says
from archive.schema.periods import period_name, spoken
from archive.schema.register import Counted, Period
from archive.schema.unit import HiddenName


def name(entry: HiddenName) -> str:
    """A name escaped for a page, or its mask while it is not known."""
    return plain_text(entry.value) if entry.value else masked(entry.mask)


def shown_number(number: str, unit: str) -> str:
    """What is shown of a number and its unit, escaped for a page."""
    return f"{masked(number)}{plain_text(unit)}"


def shown_value(value: Value) -> str:
    """What is shown of a value, escaped for a page."""
    return shown_number(value.number, value.unit)


def fig(value: Value, root: str, changed: str = "", written: str = "") -> str:
    """A Markdown link with a figure's number and unit to the page of its indicator.

    The link's title says what the card of the figure shows, a line each; `changed` is added to it and
    says how the figure was last reported, if that differs. A value that may be shown is shown as
    `written`, if that is given and says it: with the figures of a release it may say today's.
    """
    figure = value.figure
    lines = [figure.name, f"口径：{figure.definition}", f"计算方法：{figure.method}"]
    lines += _settled(value, f"{figure.period.kind}：{period(figure.period)}", value.state)
    shown = shown_value(value)
    exact = None if figure.approximation else value.exact
    if exact is not None and says(written, rounded(exact, figure.decimals), figure.unit):
        shown = plain_text(written)
    return _linked(shown, value.id, [*lines, *filter(None, [changed])], value.state, root)


def changed(change: Change, root: str) -> str:
    """A Markdown link with the words of a change to the later value on the page of its indicator."""
    now, before = change.now, change.before
    numbers = "，".join(
        f"{period(one.figure.period)} {one.number}{one.unit}" for one in (now, before)
    )
    lines = [f"{now.figure.name}的变化", f"口径：{now.figure.definition}"]
    lines += _settled(now, f"相比：{numbers}", change.state)
    return _linked(masked(change.words), now.id, lines, change.state, root)


def _settled(value: Value, when: str, state: FigureState) -> Iterator[str]:
    """The lines that say of when a figure is, where it comes from and who answers for it."""
    yield when
    yield f"来源：{value.figure.source or UNKNOWN}"
    yield f"责任科室：{value.figure.office or UNKNOWN}"
    yield f"状态：{state}"


def _linked(shown: str, key: str, lines: list[str], state: FigureState, root: str) -> str:
    """A link to a figure's page with `lines` as its title; marked as open while it is not settled."""
    title = "&#10;".join(plain_text(line) for line in lines)
    kind = ".fig" if state.is_settled else ".fig .fig--open"
    return f'[{shown}]({root}{target_of(key)} "{title}"){{ {kind} }}'


def large(site: Site, value: Value) -> str:
    """HTML of a figure's number, large, with its unit; a place in an order, with 第, is no quantity and not."""
    if value.indicator in site.ordinals:
        return f"第{shown_value(value)}"
    return f"<strong>{masked(value.number)}</strong>{plain_text(value.unit)}"


def named_link(value: Value, root: str) -> str:
    """A Markdown link with the name of an indicator to its page."""
    return f"[{plain_text(value.figure.name)}]({root}{target_of(value.id)})"


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


def period_said(value: Period) -> str:
    """A reference period by its name, as people say it (2023—2025年); its days if it has none."""
    return spoken(period_name(value)) or period(value)


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
