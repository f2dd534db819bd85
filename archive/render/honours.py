"""Honours named in running text, each leading to its entry."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from archive.gather import Record
from archive.honours import State, state
from archive.places import HONOURS
from archive.render.records import meets
from archive.render.register import name
from archive.render.text import UNKNOWN, plain
from archive.schema.honours import Honour
from archive.site import Site


def honours(site: Site, ids: Iterable[str], where: Mapping[str, Any], root: str) -> str:
    """Honours as running text, each leading to its entry: those named, or all that still count."""
    records = site.archive.records["honours"]
    if ids:
        by_id = {record.id: record for record in records}
        chosen = [by_id[id_] for id_ in ids]
    else:
        chosen = [
            record
            for record in newest_first(records)[::-1]
            if standing(site, record) is not State.WITHDRAWN and meets(record, where)
        ]
    return "、".join(link(site, record, root) for record in chosen) or UNKNOWN


def newest_first(records: Iterable[Record]) -> list[Record]:
    """By date, the latest first, those without a date last; by id within a day."""
    by_id = sorted(records, key=lambda record: record.id)
    return sorted(by_id, key=lambda record: record.data.date or date.min, reverse=True)


def standing(site: Site, record: Record) -> State:
    """The state of an honour on the day called today."""
    return state(record.data, site.archive.project.as_of)


def named(site: Site, honour: Honour) -> str:
    """An honour's full title, the hidden name before it included."""
    names = site.archive.unit.names if site.archive.unit else {}
    return (name(names[honour.prefix]) if honour.prefix else "") + plain(honour.title)


def link(site: Site, record: Record, root: str) -> str:
    """An honour by its title, leading to its entry."""
    return f"[{named(site, record.data)}]({root}{HONOURS}#{record.id})"
