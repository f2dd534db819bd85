"""Two reports side by side, for a page and as plain text."""

from collections.abc import Iterator, Sequence

from archive.facts.macros import COMPARED
from archive.facts.report_changes import (
    FigureInReports,
    ReportChanges,
    latest_two,
    report_changes,
)
from archive.facts.site import Site
from archive.render.figures import named_link, shown_value
from archive.render.text import markdown_table, masked, plain_text

MAX_SENTENCES = 300
"""Most sentences listed of those that were dropped, and of those that are new."""

_ALONE = "尚无同一种类的两个报告，没有可比的。"


def compared(site: Site, ids: Sequence[str], root: str) -> str:
    """Markdown of two reports side by side: the two named, else the newest one that has one of its kind before it, and that."""
    pair = (ids[0], ids[1]) if len(ids) == 2 else latest_two(site)
    if pair is None:
        return _ALONE
    found = report_changes(site, *pair)
    old, new = (plain_text(site.archive.reports[id_].title + f"（{id_}）") for id_ in pair)
    figures, sentences = COMPARED
    parts = [f"《{old}》与《{new}》相比。", f"## 指标 {{ #{figures} }}"]
    rows = [
        (
            named_link(one.value, root),
            _cell(one, "old"),
            _cell(one, "new"),
            masked(one.words),
        )
        for one in found.figures
    ]
    parts.append(
        markdown_table(("指标", *map(plain_text, pair), "变化"), rows, {1, 2})
        if rows
        else "两个报告都没有指标。"
    )
    parts += [f"## 文字 {{ #{sentences} }}", f"{_counts(found)}。"]
    for label, listed in (("不再有的句子", found.dropped), ("新写的句子", found.added)):
        if listed:
            more = (
                f"（共 {len(listed)} 句，只列 {MAX_SENTENCES} 句）"
                if listed[MAX_SENTENCES:]
                else ""
            )
            lines = [f"- {masked(one)}" for one in listed[:MAX_SENTENCES]]
            parts += [f"<strong>{label}</strong>{more}", "\n".join(lines)]
    return "\n\n".join(parts)


def _cell(one: FigureInReports, side: str) -> str:
    value = one.old if side == "old" else one.new
    return f'<span class="nowrap">{shown_value(value)}</span>' if value else "无"


def _counts(found: ReportChanges) -> str:
    return f"相同 {len(found.same)} 句，不再有 {len(found.dropped)} 句，新写 {len(found.added)} 句"


def compared_lines(found: ReportChanges) -> Iterator[str]:
    """The same as lines of plain text: figures, then sentences; 〔数〕 stands for a figure."""
    yield f"指标（{found.old} → {found.new}）"
    for one in found.figures:
        sides = (f"{it.number}{it.unit}" if it else "无" for it in (one.old, one.new))
        yield f"  {one.value.figure.name}：{' → '.join(sides)}，{one.words}"
    yield f"文字：{_counts(found)}"
    yield from (f"  - {one}" for one in found.dropped)
    yield from (f"  + {one}" for one in found.added)
