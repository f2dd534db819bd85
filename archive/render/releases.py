"""The releases: what was reported on each occasion, and how each figure has changed since."""

from collections.abc import Iterator

from archive.facts.figures import Value, around_unit
from archive.facts.observations import target_of
from archive.facts.releases import ChangeSinceRelease, ReportedValue, in_order, reported_values
from archive.facts.site import Site
from archive.render.text import day, exact_number_text, markdown_table, masked, plain_text
from archive.schema.releases import ReportedFigure

PAGE = "figures/releases.md"
"""Path of the page of releases in docs/."""

CHANGED = (ChangeSinceRelease.REVISED, ChangeSinceRelease.UNEXPLAINED, ChangeSinceRelease.RETOLD)


def releases(site: Site, root: str) -> str:
    """A table of the releases, the latest first, then the history of each figure that was reported."""
    known = in_order(site.archive)
    if not known:
        return (
            "尚未报送。报送时运行 `archive freeze 名称`，当时的指标登记就存在 `data/releases/` 下。"
        )
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
    parts = ["## 各次报送 { #occasions }", markdown_table(heads, rows), "## 各个指标 { #figures }"]
    for value in site.values.values():
        parts += _figure(site, value, root)
    return "\n\n".join(parts)


def _figure(site: Site, value: Value, root: str) -> Iterator[str]:
    reported = list(reported_values(site.archive, site.values, value.id))
    if not any(one.reported.has_value for one in reported):
        return
    yield f"### {plain_text(value.title)} {{ #{value.id} }}"
    link = f"[{shown_number(value.number, value.unit)}]({root}{target_of(value.id)})"
    yield f"现为{link}，{value.state}。"
    rows = [
        (
            plain_text(one.name),
            day(one.release.date),
            as_reported(one.reported),
            one.reported.state,
            since_text(one),
        )
        for one in reversed(reported)
    ]
    yield markdown_table(("报送", "日期", "报送的数", "当时状态", "此后"), rows)


def shown_number(number: str, unit: str) -> str:
    """What is shown of a number and its unit, escaped for a page."""
    return f"{masked(number)}{plain_text(unit)}"


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
