"""Honours named in running text, each leading to its entry."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from archive.facts.evidence import Sort
from archive.facts.gather import Record
from archive.facts.honours import State, state
from archive.facts.places import HONOURS
from archive.facts.site import Site
from archive.render.records import meets
from archive.render.register import name
from archive.render.text import UNKNOWN, plain
from archive.schema.examples import Example
from archive.schema.honours import Honour

MOST_NAMED = 30
"""Honours that a condition brings into running text."""


def honours(site: Site, ids: Iterable[str], where: Mapping[str, Any], root: str) -> str:
    """Honours as running text, each leading to its entry: those named, or all that still count.

    Of more than a text can hold the latest are named, and how many there are in all.
    """
    records = site.archive.of(Honour)
    if ids:
        by_id = {record.id: record for record in records}
        return "、".join(link(site, by_id[id_], root) for id_ in ids)
    found = _counting(site, where)
    told = "、".join(link(site, record, root) for record in found[:MOST_NAMED][::-1])
    more = f"等 {len(found)} 项" if len(found) > MOST_NAMED else ""
    return told + more or UNKNOWN


def _counting(site: Site, where: Mapping[str, Any]) -> list[Record[Honour]]:
    """The honours that meet the conditions and were not withdrawn, the latest first."""
    return [
        record
        for record in newest_first(site.archive.of(Honour))
        if standing(site, record) is not State.WITHDRAWN and meets(record, where)
    ]


def cited(site: Site) -> set[str]:
    """The honours that a page names or links to, an example tells of or an assessment item rests on."""
    found = {id_ for id_, places in site.honoured.items() if places}
    for page in site.archive.pages.values():
        if isinstance(page.meta, Example) and page.meta.honour:
            found.add(page.meta.honour)
        if page.path == HONOURS:  # its links to itself are no places where an honour is named
            found |= {one.target.partition("#")[2] for one in page.links}
        for call in page.calls:
            if call.name == "honours" and not call.args:
                named_here = _counting(site, dict(call.options))[:MOST_NAMED]
                found |= {record.id for record in named_here}
    for item in site.criteria.values():
        found |= {one.target.id for one in item.evidence if one.target.sort is Sort.HONOUR}
    return found


def newest_first(records: Iterable[Record[Honour]]) -> list[Record[Honour]]:
    """By date, the latest first, those without a date last; by id within a day."""
    by_id = sorted(records, key=lambda record: record.id)
    return sorted(by_id, key=lambda record: record.data.date or date.min, reverse=True)


def standing(site: Site, record: Record[Honour]) -> State:
    """The state of an honour on the day called today."""
    return state(record.data, site.archive.project.as_of)


def named(site: Site, honour: Honour) -> str:
    """An honour's full title, the hidden name before it included."""
    names = site.archive.unit.names if site.archive.unit else {}
    return (name(names[honour.prefix]) if honour.prefix else "") + plain(honour.title)


def link(site: Site, record: Record[Honour], root: str) -> str:
    """An honour by its title, leading to its entry."""
    return f"[{named(site, record.data)}]({root}{HONOURS}#{record.id})"
