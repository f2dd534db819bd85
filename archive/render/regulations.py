"""The compilation of regulations: lists by category, of changes, of reviews due; the facts of one."""

from collections import Counter
from collections.abc import Callable, Iterator
from html import escape

from archive.facts.articles import article_title
from archive.facts.regulations import (
    FOLDER,
    Event,
    RegulationEntry,
    RegulationState,
    events,
    overdue,
)
from archive.facts.site import Site, once
from archive.facts.versions import VERSIONS
from archive.files.addresses import href
from archive.files.pages import Page
from archive.render.edit_links import form_link, form_links
from archive.render.text import (
    UNKNOWN,
    day,
    fenced,
    html_table,
    markdown_table,
    plain_text,
    wide_table,
)
from archive.schema.kinds import labels
from archive.schema.regulations import Regulation

REGULATION_STATE_NOTES = {
    RegulationState.IN_FORCE: "已经施行；修改过的，正文是修改后的文本。",
    RegulationState.TO_COME: "已经审定，施行日期未到。",
    RegulationState.REPEALED: "已经决定废止，或者已由别的制度代替。",
    RegulationState.EXPIRED: "有效期已满。",
    RegulationState.DRAFT: "示范文本，尚未审定，不作为依据。",
}
"""What each state means, in the order of the table of states."""


def regulations(site: Site, root: str) -> str:
    """A table of the number of regulations in each state, then all regulations by category."""
    entries = site.regulations.values()
    counts = Counter(entry.state for entry in entries)
    rows = [
        (str(state), str(counts[state]), plain_text(note))
        for state, note in REGULATION_STATE_NOTES.items()
    ]
    rows.append(("合计", str(counts.total()), ""))
    parts = [html_table(("状态", "制度数", "含义"), rows, numeric={1})]
    if more := form_links([form_link(site, "new_regulation", "登记制度", {})]):
        parts.append(fenced(more))
    for category in labels(site.archive.kinds, "regulation_categories"):
        listed = [entry for entry in entries if entry.data.category == category]
        shown = _list(listed, root) if listed else "（尚无制度。）"
        parts.append(f"## {category} {{ #{category} }}\n\n{shown}")
    return "\n\n".join(parts)


def _list(entries: list[RegulationEntry], root: str) -> str:
    return markdown_table(
        ("制度", "状态", "文号", "施行日期", "责任科室"),
        [
            (
                _link(entry, root),
                entry.standing.replace(entry.state, _unbroken(entry.state), 1),
                _unbroken(plain_text(entry.data.number)),
                _unbroken(day(entry.data.effective)),
                _unbroken(plain_text(entry.data.office or UNKNOWN)),
            )
            for entry in entries
        ],
    )


def regulation_changes(site: Site, page: str) -> str:
    """A table of changes to regulations, the latest first; those after today are marked 未到.

    A script offers to show those of one year or of one kind.
    """
    as_of = site.archive.project.as_of
    rows = [
        (
            f"{event.date.year}年",
            day(event.date) + ("（未到）" if event.date > as_of else ""),
            event.what,
            _anchored(page, event.entry),
            _detail(event, page),
        )
        for event in events(site.regulations)
    ]
    if not rows:
        return "尚无可列的变动：现有制度都是示范文本，审定、印发、施行之后才有日期。"
    heads = ("年份", "日期", "变动", "制度", "内容")
    table = wide_table(heads, rows, set(), "制度的变动", kind='data-choose="0 2"')
    return f'<div class="choose" data-search-skip></div>\n\n{table}'


def _anchored(page: str, entry: RegulationEntry, anchor: str = "", text: str = "") -> str:
    """A link in HTML to a regulation, or to an article of it."""
    to = href(page, entry.page.path, anchor)
    return f'<a href="{to}">{plain_text(text or entry.data.title)}</a>'


def _detail(event: Event, page: str) -> str:
    """What happened, for a cell of an HTML table; of an amendment, with links to its articles."""
    there = event.entry.page.anchors
    titles = {id_: article_title(id_) for id_ in event.articles}
    articles = "、".join(
        _anchored(page, event.entry, f"art-{id_}", title) if f"art-{id_}" in there else title
        for id_, title in titles.items()
    )
    return f"{articles}：{plain_text(event.detail)}" if articles else plain_text(event.detail)


def regulation_reviews(site: Site, root: str) -> str:
    """A table of the regulations in force by the day their review is due, those without one last."""
    as_of = site.archive.project.as_of
    valid = [
        entry for entry in site.regulations.values() if entry.state is RegulationState.IN_FORCE
    ]
    if not valid:
        return "尚无须复审的制度：现行有效的制度才列入复审。"
    dated = [(entry.data.review_due, entry) for entry in valid if entry.data.review_due]
    rows = [
        (_link(entry, root), day(due), "已到期" if overdue(entry, as_of) else "未到期")
        for due, entry in sorted(dated, key=lambda one: one[0])
    ]
    rows += [(_link(entry, root), UNKNOWN, "未定") for entry in valid if not entry.data.review_due]
    return markdown_table(("制度", "复审日期", "是否到期"), rows)


def _unbroken(short: str) -> str:
    """What is short stands on one line, and the titles beside it break instead."""
    return f'<span class="nowrap">{short}</span>'


def _link(entry: RegulationEntry, root: str) -> str:
    return f"[{plain_text(entry.data.title)}]({root}{FOLDER}{entry.id}.md)"


def facts(site: Site, entry: RegulationEntry, link: Callable[[str, str], str]) -> str:
    """The facts of a regulation as an HTML description list, for the top of its page.

    `link(page, text)` makes a link to another page of docs/.
    """
    data = entry.data

    def titles(ids: tuple[str, ...]) -> str:
        known = [site.regulations[id_] for id_ in ids if id_ in site.regulations]
        return "".join(link(one.page.path, f"《{one.data.title}》") for one in known)

    adopted = [data.adopted.by or "", day(data.adopted.date) if data.adopted.date else ""]
    rows = [
        ("状态", f'<strong class="state">{entry.standing}</strong>'),
        *_labelled(data, ("category", "number", "issuing_body", "office")),
        (Regulation.label_of("adopted"), escape("，".join(filter(None, adopted)) or UNKNOWN)),
        *(
            (Regulation.label_of(field), day(getattr(data, field)))
            for field in ("issued", "effective")
        ),
    ]
    if data.expires:
        rows.append((Regulation.label_of("expires"), day(data.expires)))
    if data.repealed:
        rows.append((Regulation.label_of("repealed"), day(data.repealed)))
    late = overdue(entry, site.archive.project.as_of)
    mark = '<strong class="overdue">（已到期，尚未复审）</strong>' if late else ""
    rows.append((Regulation.label_of("review_due"), f"{day(data.review_due)}{mark}"))
    for field, ids in (("replaces", data.replaces), ("replaced_by", (data.replaced_by or "",))):
        if titles(ids):
            rows.append((Regulation.label_of(field), titles(ids)))
    if data.amendments:
        latest = max(amendment.date for amendment in data.amendments)
        text = f"{len(data.amendments)} 次，最近为{day(latest)}"
        changes = f"{FOLDER}changes.md"
        shown = link(changes, text) if changes in site.archive.pages else text
        rows.append((Regulation.label_of("amendments"), shown))
    body = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in rows)
    return f'<dl class="facts">{body}</dl>'


@once
def _over(site: Site) -> dict[str, RegulationEntry]:
    """Page of each regulation that is over → its entry."""
    return {one.page.path: one for one in site.regulations.values() if one.is_over}


def over_marks(site: Site, page: Page) -> Iterator[tuple[int, int, str]]:
    """What stands after each link of a page to a regulation that is over: its state, and what replaced it.

    A successor may name what it replaces, a former text stays as it was, and a heading is a name.
    """
    if page.path.startswith(VERSIONS):
        return
    over = _over(site)
    led = [link for link in page.links if link.form == "markdown" and link.to.file in over]
    headings = {page.line(heading.start) for heading in page.headings} if led else ()
    for link in led:
        entry = over[link.to.file]
        if page.line(link.begin) in headings:
            continue
        successor = site.regulations.get(entry.data.replaced_by or "")
        if page.path in (entry.page.path, successor and successor.page.path):
            continue
        by = (
            f"，由{_anchored(page.path, successor, text=f'《{successor.data.title}》')}代替"
            if successor
            else ""
        )
        mark = f'<span class="over-mark screen-only" data-search-skip>（{entry.state}{by}）</span>'
        yield link.end, link.end, mark


def _labelled(data: Regulation, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    return [
        (Regulation.label_of(field), escape(getattr(data, field) or UNKNOWN)) for field in fields
    ]
