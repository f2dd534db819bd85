"""The regulation compilation: by category, what changed when, what is to be reviewed; the facts of one."""

from collections import Counter
from collections.abc import Callable
from html import escape

from archive.facts.regulations import FOLDER, VALID, Entry, State, events, overdue
from archive.facts.site import Site
from archive.render.text import UNKNOWN, day, html_table, markdown_table, plain
from archive.schema.regulations import CATEGORIES, Regulation

STATES = {
    State.IN_FORCE: "已经施行。",
    State.AMENDED: "已经施行，正文是修改后的文本。",
    State.TO_COME: "已经审定，施行日期未到。",
    State.REPEALED: "已经决定废止，或者已由别的制度代替。",
    State.EXPIRED: "有效期已满。",
    State.DRAFT: "示范文本，尚未审定，不作为依据。",
}
"""What each state means to a reader, in the order of the overview."""


def regulations(site: Site, root: str) -> str:
    """How many regulations are in each state, then all of them under their categories."""
    entries = site.regulations.values()
    counts = Counter(entry.state for entry in entries)
    rows = [(str(state), str(counts[state]), plain(told)) for state, told in STATES.items()]
    rows.append(("合计", str(counts.total()), ""))
    parts = [html_table(("状态", "制度数", "含义"), rows, numeric={1})]
    for category in CATEGORIES:
        listed = [entry for entry in entries if entry.data.category == category]
        shown = _list(listed, root) if listed else "（尚无制度。）"
        parts.append(f"## {category} {{ #{category} }}\n\n{shown}")
    return "\n\n".join(parts)


def _list(entries: list[Entry], root: str) -> str:
    return markdown_table(
        ("制度", "状态", "文号", "施行日期", "责任科室"),
        [
            (
                _link(entry, root),
                str(entry.state),
                plain(entry.data.number),
                day(entry.data.effective),
                plain(entry.data.office or UNKNOWN),
            )
            for entry in entries
        ],
    )


def regulation_changes(site: Site, root: str) -> str:
    """What happened to the regulations and when, the latest first; what is still to come says so."""
    as_of = site.archive.project.as_of
    rows = [
        (
            day(event.date) + ("（未到）" if event.date > as_of else ""),
            event.what,
            _link(event.entry, root),
            plain(event.detail),
        )
        for event in events(site.regulations)
    ]
    if not rows:
        return "尚无可列的变动：现有制度都是示范文本，审定、印发、施行之后才有日期。"
    return markdown_table(("日期", "变动", "制度", "内容"), rows)


def regulation_reviews(site: Site, root: str) -> str:
    """The regulations in force by the day they are to be reviewed, those without a day last."""
    as_of = site.archive.project.as_of
    valid = [entry for entry in site.regulations.values() if entry.state in VALID]
    if not valid:
        return "尚无须复审的制度：现行有效的制度才列入复审。"
    dated = [(entry.data.review_due, entry) for entry in valid if entry.data.review_due]
    rows = [
        (_link(entry, root), day(due), "已到期" if overdue(entry, as_of) else "未到期")
        for due, entry in sorted(dated, key=lambda one: one[0])
    ]
    rows += [(_link(entry, root), UNKNOWN, "未定") for entry in valid if not entry.data.review_due]
    return markdown_table(("制度", "复审日期", "是否到期"), rows)


def _link(entry: Entry, root: str) -> str:
    return f"[{plain(entry.data.title)}]({root}{FOLDER}{entry.id}.md)"


def facts(site: Site, entry: Entry, link: Callable[[str, str], str]) -> str:
    """What is recorded of one regulation, as HTML for the top of its page.

    `link(page, text)` makes a link to another page of docs/.
    """
    data = entry.data

    def titles(ids: tuple[str, ...]) -> str:
        known = [site.regulations[id_] for id_ in ids if id_ in site.regulations]
        return "".join(link(one.page.path, f"《{one.data.title}》") for one in known)

    adopted = [data.adopted.by or "", day(data.adopted.date) if data.adopted.date else ""]
    rows = [
        ("状态", f'<strong class="state">{entry.state}</strong>'),
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
    rows.append((Regulation.label_of("review_due"), day(data.review_due)))
    for field, ids in (("replaces", data.replaces), ("replaced_by", (data.replaced_by or "",))):
        if titles(ids):
            rows.append((Regulation.label_of(field), titles(ids)))
    if data.amendments:
        latest = max(amendment.date for amendment in data.amendments)
        told = f"{len(data.amendments)} 次，最近为{day(latest)}"
        rows.append((Regulation.label_of("amendments"), link(f"{FOLDER}changes.md", told)))
    body = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in rows)
    return f'<dl class="facts">{body}</dl>'


def _labelled(data: Regulation, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    return [
        (Regulation.label_of(field), escape(getattr(data, field) or UNKNOWN)) for field in fields
    ]
