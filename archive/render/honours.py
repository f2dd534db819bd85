"""Honours named in running text, each linked to its entry."""

from collections.abc import Iterable, Mapping
from typing import Any

from archive.facts.evidence import TargetKind
from archive.facts.gather import Record
from archive.facts.honours import IN_FORCE, HonourState, honour_state, newest_first, valid_until
from archive.facts.places import HONOURS
from archive.facts.site import Site, once
from archive.files.addresses import href
from archive.render.figures import name
from archive.render.records import meets
from archive.render.text import UNKNOWN, day, plain_text
from archive.schema.examples import Example
from archive.schema.honours import Honour

MAX_NAMED = 30
"""Most honours that a condition puts into running text."""
MAX_LISTED = 200
"""Most honours with a row; they keep the page of the honours under 300 KB."""


def honours(site: Site, ids: Iterable[str], where: Mapping[str, Any], root: str) -> str:
    """Links to honours as running text: those with the `ids`, or else all that meet the conditions.

    By conditions, withdrawn honours are left out; of more than `MAX_NAMED` only the latest are
    named, followed by their total.
    """
    records = site.archive.of(Honour)
    if ids:
        by_id = {record.id: record for record in records}
        return "、".join(link(site, by_id[id_], root) for id_ in ids)
    found = _counting(site, where)
    text = "、".join(link(site, record, root) for record in found[:MAX_NAMED][::-1])
    more = f"等 {len(found)} 项" if len(found) > MAX_NAMED else ""
    return text + more or UNKNOWN


def _counting(site: Site, where: Mapping[str, Any]) -> list[Record[Honour]]:
    """The honours that meet the conditions and were not withdrawn, the latest first."""
    return [
        record
        for record in newest_first(site.archive.of(Honour))
        if honour_state_text(site, record) is not HonourState.WITHDRAWN and meets(record, where)
    ]


def cited(site: Site) -> set[str]:
    """Ids of the honours that a page names, an example is about, or an assessment item has as evidence."""
    found = {id_ for id_, places in site.honoured.items() if places}
    for page in site.archive.pages.values():
        if isinstance(page.meta, Example) and page.meta.honour:
            found.add(page.meta.honour)
        if page.path == HONOURS:  # its links to its own rows are missing in `site.honoured`
            found |= {one.to.anchor for one in page.links}
        for call in page.calls:
            if call.name == "honours" and not call.args:
                named_here = _counting(site, dict(call.options))[:MAX_NAMED]
                found |= {record.id for record in named_here}
    for item in site.criteria.values():
        found |= {one.target.id for one in item.evidence if one.target.kind is TargetKind.HONOUR}
    return found


@once
def with_rows(site: Site) -> set[str]:
    """The ids of the honours that get a row: all that texts and items link to, then the latest."""
    records = newest_first(site.archive.of(Honour))
    found = cited(site) & {record.id for record in records}
    for record in records:
        if len(found) >= MAX_LISTED:
            break
        found.add(record.id)
    return found


def row_of(site: Site, page: str, id_: str) -> str:
    """The URL of an honour's row, from the built `page`; of the page where one of so many has no row."""
    return href(page, HONOURS, id_ if id_ in with_rows(site) else "")


def honour_state_text(site: Site, record: Record[Honour]) -> HonourState:
    """The state of an honour on the day of the build."""
    return honour_state(record.data, site.archive.project.as_of)


def named(site: Site, honour: Honour) -> str:
    """An honour's full title, with the hidden name it starts with, escaped for a page."""
    names = site.archive.unit.names if site.archive.unit else {}
    return (name(names[honour.prefix]) if honour.prefix else "") + plain_text(honour.title)


NO_MORE = (HonourState.DUE, HonourState.EXPIRED, HonourState.WITHDRAWN)
"""The states that are said wherever an honour is named: it may not be counted as held."""


def state_mark(site: Site, record: Record[Honour], kind: str = "honour-mark") -> str:
    """The state of an honour that is not held, to stand after its title; empty for one that is."""
    state = honour_state_text(site, record)
    return f'<span class="{kind}">（{state}）</span>' if state in NO_MORE else ""


def is_held(site: Site, record: Record[Honour]) -> bool:
    """Whether an honour may be counted as held today."""
    return honour_state_text(site, record) in IN_FORCE


def term(site: Site, record: Record[Honour]) -> str:
    """What is said of the term of an honour: its last day, that it has none, or that it is over."""
    state, until = (
        honour_state_text(site, record),
        valid_until(record.data, site.archive.project.as_of),
    )
    if state in NO_MORE:
        return str(state)
    if until:
        return f"有效期至{day(until)}"
    return "一次授予" if state is HonourState.ONCE else f"有效期{UNKNOWN}"


def link(site: Site, record: Record[Honour], root: str) -> str:
    """A Markdown link to the entry of an honour, with its title as the text.

    That it is no longer held stands after it on the screen alone: on paper a report stays as it is.
    """
    mark = state_mark(site, record, "honour-mark screen-only")
    return f"[{named(site, record.data)}]({root}{HONOURS}#{record.id}){mark}"
