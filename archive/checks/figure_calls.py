"""Rules for the macros that show figures: `fig` and `change`."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archive.checks.counting import approximated_after, approximated_before, unit_again
from archive.checks.pages import calls
from archive.facts.changes import FORMS, POINTS, change
from archive.facts.figures import Value, rounded
from archive.facts.macros import MACROS
from archive.facts.observations import comparable, indicator_of, keys_of, rivals, span_before
from archive.facts.reported import shown_on_page
from archive.facts.site import Site
from archive.files.excerpts import shorten
from archive.files.pages import Page
from archive.files.spans import Call
from archive.files.yaml import Problem
from archive.schema.numerals import says
from archive.schema.periods import period_name
from archive.schema.register import MARK
from archive.schema.types import Span


class _Shown(NamedTuple):
    """A call with an indicator that the register has, and its value, if it has one."""

    page: Page
    call: Call
    id: str
    options: dict[str, str]
    value: Value | None


def _shown(site: Site) -> Iterator[_Shown]:
    for page, call in calls(site):
        if call.name in ("fig", "change") and MACROS[call.name].fits(call):
            id_, options = str(call.args[0]), {name: str(one) for name, one in call.options}
            if indicator_of(id_) in site.archive.indicators:
                value = site.value(id_, page.path, options.get("period", ""))
                yield _Shown(page, call, id_, options, value)


def figures_have_the_period_named(site: Site) -> Iterator[Problem]:
    """`fig` and `change` name periods of which there is an observation."""
    if "figures" in site.archive.unread:
        return
    for page, call, id_, options, value in _shown(site):
        if value is None:
            yield page.problem(call.start, _without(site, id_, options.get("period", "时期")))
        elif (
            "period" not in options
            and MARK not in id_
            and (several := rivals(site.archive.figures, value.id, _span(site, page)))
        ):
            names = _names(site, several)
            known = "、".join(names)
            example = f'{{{{ {call.name}("{id_}", period="{names[-1]}") }}}}'
            message = (
                f"指标 {id_} 没有报告整个期间的数，有 {known} 的，须写明用哪一个；例如：{example}"
            )
            yield page.problem(call.start, message)
        elif call.name == "change":
            for fault in _change_faults(site, value, options):
                yield page.problem(call.start, fault)


def figures_are_written_as_they_are(site: Site) -> Iterator[Problem]:
    """What `fig` is told to show a value as says that value."""
    for page, call, id_, options, there in _shown(site):
        written = options.get("written", "")
        if "written" not in options or there is None:
            continue
        value = shown_on_page(site, there, page.path)
        figure = value.figure
        if figure.approximation:
            message = f"写成约数的指标不得另有写法 written，{id_} 的约数写法为“{figure.approximation}”；请删去 written"
            yield page.problem(call.start, message)
        elif value.exact is not None and not says(
            written, rounded(value.exact, figure.decimals), figure.unit
        ):
            shown = f"{value.number}{value.unit}"
            message = f"写法 written 须是指标 {id_} 的数，为 {shown}，现写作“{shorten(written)}”；请照这个数改写，或者删去 written"
            yield page.problem(call.start, message)


def _span(site: Site, page: Page) -> Span:
    """The period of the report that a page belongs to; of the current one for other pages."""
    reports = site.archive.reports
    id_ = site.report_by_page.get(page.path) or next(iter(reports), "")
    return reports[id_].period if id_ in reports else Span(start=None, end=None)


def _without(site: Site, id_: str, period: str, asked: str = "所写时期") -> str:
    id_ = indicator_of(id_)
    known = "、".join(_names(site, keys_of(site.archive.figures, id_)))
    other = f"，或者改为已有的 {known}" if known else ""
    return (
        f"指标 {id_} 须有{asked}的数，没有 {period} 的；"
        f"请在 data/figures.yml 里加上 {id_}{MARK}{period}: 一段{other}"
    )


def _names(site: Site, keys: Iterable[str]) -> list[str]:
    """The names of the reference periods of observations, as far as they have one."""
    return list(filter(None, (site.values[key].reference_period for key in keys)))


def _change_faults(site: Site, value: Value, options: dict[str, str]) -> Iterator[str]:
    against, form = options.get("against", ""), options.get("form", "")
    if form and form not in FORMS:
        yield f"form（写法）须为 {'、'.join(FORMS)} 之一，现为 {form}；请改正，或者删去"
    found = change(site, value, against, form)
    if found is None:
        yield _without(site, value.id, against or _before(value) or "时期", "所比时期")
    elif not comparable(value.figure, found.before.figure):
        yield (
            f"所比的两个时期口径须相同，{value.title}与 {found.before.id} 的口径、计算方法或单位不同，不可比；"
            "请删去宏 change，或者用 against 写口径相同的时期"
        )


def _before(value: Value) -> str:
    earlier = span_before(value.id, value.figure.period)
    return period_name(earlier) if earlier else ""


def units_are_not_typed_again(site: Site) -> Iterator[Problem]:
    """No unit, approximating word or direction is typed beside a macro that prints it itself."""
    for page, call, _, _, value in _shown(site):
        after = page.text[call.end : call.end + 24].lstrip(" \u3000*_")
        before = page.text[max(0, call.start - 24) : call.start].rstrip(" \u3000*_")
        if value and call.name == "fig":
            yield from _typed_again(page, call, value, before, after)
        elif value:
            if after.startswith(_SHARES):
                typed = next(one for one in _SHARES if after.startswith(one))
                message = f"宏 change 已带单位，其后不得再写“{typed}”；请删去“{typed}”"
                yield page.problem(call.end, message)
            if before.endswith(_DIRECTIONS):
                typed = before[-2:]
                message = f"宏 change 自己写增减，其前不得再写“{typed}”；请删去“{typed}”"
                yield page.problem(call.start, message)


_SHARES = ("\uff05", *POINTS, *POINTS.values())
_DIRECTIONS = ("增长", "下降", "增加", "减少", "提高", "降低", "上升")


def _typed_again(
    page: Page, call: Call, value: Value, before: str, after: str
) -> Iterator[Problem]:
    if typed := unit_again(after, value.figure.unit):
        yield page.problem(call.end, f"宏 fig 已带单位，其后不得再写“{typed}”；请删去“{typed}”")
    elif typed := approximated_after(after):
        yield page.problem(
            call.end, f"约数写法须由指标登记决定，其后不得再写“{typed}”；请删去“{typed}”"
        )
    if typed := approximated_before(before):
        yield page.problem(
            call.start, f"约数写法须由指标登记决定，其前不得再写“{typed}”；请删去“{typed}”"
        )
