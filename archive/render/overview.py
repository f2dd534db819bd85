"""Overviews: the collections and what is counted from them, the whole report, the messages."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from archive.facts.figures import figures_counted_from, is_declared_complete
from archive.facts.places import GUIDE, MESSAGES, ordered_pages
from archive.facts.site import Site
from archive.files.markdown import as_part
from archive.render.edit_links import editors_note
from archive.render.figures import named_link
from archive.render.text import UNKNOWN, day, markdown_table, plain_text
from archive.render.when import when_marks


def collections(site: Site, root: str) -> str:
    """A table of the collections that have a page in records/: number of records, figures.

    Below it, for editors, where to read how a record is added.
    """
    named = (
        (page, page.path.removeprefix("records/")[:-3]) for page in ordered_pages(site.archive)
    )
    rows = [
        f"| [{site.archive.collections[name].label}]({root}{page.path}) | {_recorded(site, name)} "
        f"| {_figures(site, name, root)} |"
        for page, name in named
        if name in site.archive.collections
    ]
    table = "\n".join(["| 台账 | 记录 | 由它计算的指标 |", "|---|---|---|", *rows])
    guide = site.archive.pages.get(GUIDE)
    if site.archive.is_derived or not guide or "add-record" not in guide.anchors:
        return table
    how = editors_note(f"怎样添加一条记录，见[指南]({root}{GUIDE}#add-record)。")
    return f"{table}\n\n{how}"


def _recorded(site: Site, name: str) -> str:
    found = site.archive.records[name]
    if site.archive.edition == "public" and (not found or name in site.archive.partial):
        return f"公开\u00a0{len(found)}\u00a0条" if found else "没有公开的记录"
    if not found:
        return "尚无记录"
    note = "" if is_declared_complete(site.values.values(), name) else "，资料尚未宣布齐全"
    return f"{len(found)}\u00a0条{note}"


def _figures(site: Site, name: str, root: str) -> str:
    return (
        "、".join(named_link(value, root) for value in figures_counted_from(site.current, name))
        or "无"
    )


def report(site: Site, id_: str, page: str, functions: Mapping[str, Callable[..., str]]) -> str:
    """The Markdown of all pages of a report in one, with macros run by `functions`.

    Each is read by itself; the headings of all but the first, or of all below a title of the page, are one
    level deeper.
    """
    return "\n\n".join(
        as_part(
            PurePosixPath(part.path).stem, part.rendered(functions, page, when_marks(site, part))
        )
        for part in site.archive.pages_of(id_)
    )


def reports(site: Site, root: str) -> str:
    """A table of the reports, the current one first: name, kind, period, state, full text."""
    whole = {id_: path for path, id_ in site.whole_reports.items()}
    rows = []
    for id_, one in site.archive.reports.items():
        first = next((page.path for page in site.archive.pages_of(id_)), "")
        name = plain_text(one.title)
        period = f"{day(one.period.start)}至{day(one.period.end)}" if one.period.end else UNKNOWN
        said = f"，{day(one.reported)}" if one.reported else ""
        rows.append(
            (
                f"[{name}]({root}{first})" if first else name,
                plain_text(one.kind),
                period,
                f"{one.state}{said}",
                f"[全文]({root}{whole[id_]})" if id_ in whole else "",
            )
        )
    return markdown_table(("报告", "种类", "报告期间", "状态", "全文"), rows)


def messages(site: Site, root: str) -> str:
    """A list of messages for each page that explains them, in the order of the navigation.

    Each message links to its section.
    """
    parts = []
    for page in ordered_pages(site.archive):
        if page.path.startswith(MESSAGES) and page.path != f"{MESSAGES}index.md" and page.meta:
            name = page.path.removeprefix(MESSAGES).removesuffix(".md")
            lines = [
                f"- [{plain_text(heading.text)}]({root}{page.path}#{heading.id})"
                for heading in page.headings
                if heading.level == 2
            ]
            parts += [f"## {plain_text(page.meta.title)} {{ #{name} }}", "\n".join(lines)]
    return "\n\n".join(parts)
