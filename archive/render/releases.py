"""The releases: what was reported on each occasion, and how each figure has changed since."""

from collections.abc import Iterator
from decimal import Decimal

from archive.facts.figures import Value, around_unit
from archive.facts.observations import anchor_of, indicator_page
from archive.facts.releases import (
    ChangeSinceRelease,
    ReportedValue,
    in_order,
    reported_values,
    times_reported,
)
from archive.facts.site import Site
from archive.files.addresses import href
from archive.files.writing import shortest
from archive.render.edit_links import editors_note
from archive.render.figures import shown_number, shown_value
from archive.render.text import day, exact_number_text, plain_text, wide_table
from archive.schema.register import Figure, Period
from archive.schema.releases import ReportedFigure

PAGE = "figures/releases.md"
"""Path of the page of releases in docs/."""

_STICKY = "data-first"
"""The attributes of a table whose first column stays where it is while the others scroll."""

CHANGED = (ChangeSinceRelease.REVISED, ChangeSinceRelease.UNEXPLAINED, ChangeSinceRelease.RETOLD)


def releases(site: Site, page: str) -> str:
    """A table of the releases, the latest first; what was reported beside what is now; any two releases."""
    known = in_order(site.archive)
    if not known:
        how = (
            "报送时运行 `.venv/bin/archive freeze 名称`，当时的指标登记就存在 `data/releases/` 下。"
        )
        return f"尚未报送。\n\n{editors_note(how)}"
    rows = [
        (
            plain_text(name),
            day(one.date),
            str(sum(it.value is not None for it in one.figures.values())),
            f"<code>{one.commit[:10]}</code>" if one.commit else "无",
            f"<code>{one.digest[7:17]}…</code>",
        )
        for name, one in reversed(known)
    ]
    heads = ("报送", "日期", "有数值的指标", "提交", "校验值")
    parts = [
        "## 各次报送 { #occasions }",
        wide_table(heads, rows, {2}, "各次报送"),
        "## 报送的数和现在的数 { #figures }",
    ]
    found = _reported(site)
    parts.append(_against_now(found, known[-1][0], page) if found else "各次报送都没有数值。")
    if found and len(known) > 1:
        parts += [
            "## 任意两次相比 { #any-two }",
            *_any_two(found, [name for name, _ in known], page),
        ]
    return "\n\n".join(parts)


Reported = list[tuple[Value, list[ReportedValue]]]
"""The figures with what each release that had a value reported of it, the earliest first."""


def _reported(site: Site) -> Reported:
    """What was reported of each figure: those that changed since the last time first."""
    told = (
        (one, times_reported(site.archive, site.values, one.id)) for one in site.values.values()
    )
    found = [(value, times) for value, times in told if times]
    return sorted(found, key=lambda one: _ORDER.index(one[1][-1].since))


_ORDER = (
    ChangeSinceRelease.UNEXPLAINED,
    ChangeSinceRelease.REVISED,
    ChangeSinceRelease.RETOLD,
    ChangeSinceRelease.OTHER,
    ChangeSinceRelease.GONE,
    ChangeSinceRelease.SAME,
    ChangeSinceRelease.NOTHING,
)
"""The order of the rows: what changed before what did not."""


def _against_now(found: Reported, last: str, page: str) -> str:
    """A table of what was reported last of each figure and what it is now, why it differs beside it."""
    heads = ("指标", "报送的数", "当时状态", "现在的数", "现在状态", "相差", "此后")
    rows = []
    for value, told in found:
        one = told[-1]
        on = "" if one.name == last else f"（{plain_text(one.name)}）"
        rows.append(
            (
                _named(value, page),
                f"{as_reported(one.reported)}{on}",
                one.reported.state,
                shown_value(value),
                str(value.state),
                difference_text(one),
                since_text(one),
            )
        )
    said = f"报送的数是最近一次“{plain_text(last)}”的；这一次没有报的，是此前最近一次的。改了的排在前面。"
    ids = [value.id for value, _ in found]
    table = wide_table(heads, rows, {1, 3, 5}, "报送的数和现在的数", ids, _STICKY)
    return f"{said}\n\n{table}"


def _any_two(found: Reported, names: list[str], page: str) -> Iterator[str]:
    """A table of all releases, the latest first, of which a script compares any two columns."""
    heads = ("指标", "现在", *reversed(names))
    rows = []
    for value, told in found:
        by_name = {one.name: one for one in told}
        kinds = {_kind(value.figure): 0}
        cells = [_cell(shown_value(value), value.exact, 0)]
        for name in reversed(names):
            one = by_name.get(name)
            if one is None:
                cells.append("—")
                continue
            group = kinds.setdefault(_kind(one.reported.entry), len(kinds))
            cells.append(_cell(as_reported(one.reported), one.reported.value, group))
        rows.append((_named(value, page), *cells))
    yield "选两次，算出相差，变了的排在前面。口径、时期、计量单位不同的不相比较。"
    yield '<div class="choose" data-search-skip></div>'
    kind = f'{_STICKY} data-compare="1" data-search-skip'
    yield wide_table(heads, rows, set(range(1, len(heads))), "各次报送的数", (), kind)


_Kind = tuple[Period, str, str | None]


def _kind(figure: Figure) -> _Kind:
    """What two values must have in common to be compared."""
    return figure.period, figure.unit, figure.definition


def _named(value: Value, page: str) -> str:
    """The name of a figure, with a link to the page of its indicator."""
    address = href(page, indicator_page(value.id), anchor_of(value.id))
    return f'<a href="{address}">{plain_text(value.title)}</a>'


def _cell(shown: str, exact: Decimal | None, group: int) -> str:
    """A value with its exact number for the script; values of one `group` can be compared."""
    number = "" if exact is None else f' data-exact="{shortest(exact)}"'
    return f'<span data-group="{group}"{number}>{shown}</span>'


def difference_text(one: ReportedValue) -> str:
    """What a figure is now less what was reported, with its sign; a dash if they cannot be compared."""
    if one.difference is None:
        return "—"
    sign = "+" if one.difference > 0 else ""
    return f"{sign}{exact_number_text(one.difference)}"


def as_reported(one: ReportedFigure) -> str:
    """The number as it was shown, followed by the exact number where that differs."""
    exact = "" if one.value is None else exact_number_text(one.value)
    beside = f"（准确数 {exact}）" if exact and exact != one.shown else ""
    return shown_number(*around_unit(one.entry, one.shown)) + beside


def since_text(one: ReportedValue) -> str:
    """How a figure changed since it was reported, and why."""
    if one.since not in CHANGED:
        return str(one.since)
    return f"<strong>{one.since}</strong>：{plain_text(reasons(one))}"


def reasons(one: ReportedValue) -> str:
    """Why a figure differs from what was reported: its revisions, or that its wording was changed."""
    if one.since is ChangeSinceRelease.RETOLD:
        return "改了约数写法"
    revisions = (
        f"{r.kind}（{day(r.date)}）由 {r.old:f} 改为 {r.new:f}，{r.reason}" for r in one.revisions
    )
    return "；".join(revisions) or "没有修订或更正的记录"


def changed_mark(site: Site, value: Value) -> str:
    """How a figure was last reported and why it has changed since; empty if it has not changed."""
    reported = list(reported_values(site.archive, site.values, value.id))
    if not reported or reported[-1].since not in CHANGED:
        return ""
    last = reported[-1]
    shown = "".join(around_unit(last.reported.entry, last.reported.shown))
    return f"“{last.name}”（{day(last.release.date)}）报送 {shown}，此后{reasons(last)}"
