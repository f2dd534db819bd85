"""Rules against counting one thing twice: records that are alike, unless one says that it is another."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from itertools import chain, islice

from archive.facts.gather import Record, read_document
from archive.facts.honours import honour_title
from archive.facts.site import Site
from archive.files.pages import once_each
from archive.files.yaml import Problem
from archive.schema.honours import Honour
from archive.schema.types import Model

_SIGNS = re.compile(r"[\W_]+")
_NAMED = 3
"""The most records alike that a message names."""
_NAME = "distinct_from"
_FIELD = f"{_NAME}（别有一次）"


def events_are_recorded_once(site: Site) -> Iterator[Problem]:
    """No two records of one event: same day and title, unless one names the other as another event.

    Titles that differ in blanks, signs and the width of letters are the same; a day that is not known
    may be any day.
    """
    for name, collection in site.archive.collections.items():
        records = site.archive.records[name] if collection.event else []
        # For each event and day the records so far, and for each record those that it is linked to.
        seen: dict[Hashable, dict[date | None, list[Record[Model]]]] = {}
        linked = _linked(records)
        # What is only proposed is told, not what it is like.
        for record in sorted(records, key=lambda one: one.path in site.archive.drafts):
            event = _event(site, name, record)
            if event not in seen:  # as almost always
                seen[event] = {record.day: [record]}
                continue
            days = seen[event]
            alike = (days.get(day, []) for day in ((record.day, None) if record.day else days))
            others = (one for one in chain(*alike) if one.id not in linked.get(record.id, ()))
            if found := list(islice(others, _NAMED)):
                message = _message(site, name, record, found)
                yield site.archive.record_problem(record, message, _titled(site, name))
            days.setdefault(record.day, []).append(record)


def other_events_are_alike(site: Site) -> Iterator[Problem]:
    """What a record names as another event (`distinct_from`) is another record that is alike."""
    for name, collection in site.archive.collections.items():
        records = site.archive.records[name] if collection.event else []
        by_id = {record.id: record for record in records}
        invalid = set(site.archive.record_ids(name)) - by_id.keys()
        for record in records:
            for index, id_ in enumerate(getattr(record.data, _NAME)):
                other = by_id.get(id_)
                if id_ in invalid:
                    continue
                if other is None:
                    message = f"{_FIELD}须是同一台账里别的记录的编号，没有 {id_}；请改为那条记录的编号（文件名去掉 .yml），或者删去"
                elif not _alike(site, name, record, other):
                    message = f"{_FIELD}须只写日期、名称都相同的别的记录，{id_} 不是，请删去"
                else:
                    continue
                yield site.archive.record_problem(record, message, _NAME, index)


def _linked(records: list[Record[Model]]) -> dict[str, set[str]]:
    """Return for each record the ids of those that it, or that themselves, name as other events."""
    linked: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for id_ in getattr(record.data, _NAME):
            linked[record.id].add(id_)
            linked[id_].add(record.id)
    return linked


def _event(site: Site, name: str, record: Record[Model]) -> Hashable:
    """Return what a record is about, its day apart, in a form in which the same is equal."""
    names = site.archive.unit.names if site.archive.unit else {}
    title = honour_title(record.data, names) if isinstance(record.data, Honour) else ""
    return _subject(record, site.archive.collections[name].event, title)


@once_each
def _subject(record: Record[Model], event: Sequence[str], title: str) -> Hashable:
    values = [*(getattr(record.data, field) for field in event), title]
    return tuple(
        _SIGNS.sub("", unicodedata.normalize("NFKC", str(value))).casefold() if value else value
        for value in values
    )


def _titled(site: Site, name: str) -> str:
    """Return the field by which a record of a collection is known first."""
    return "title" if name == "honours" else site.archive.collections[name].event[0]


def _alike(site: Site, name: str, one: Record[Model], other: Record[Model]) -> bool:
    if one is other or _event(site, name, one) != _event(site, name, other):
        return False
    return one.day == other.day or None in (one.day, other.day)


def _message(site: Site, name: str, record: Record[Model], found: list[Record[Model]]) -> str:
    at = _titled(site, name)
    places = [f"{one.path}:{read_document(site.archive, one).line((at,))}" for one in found]
    where, ids = "、".join(places), "、".join(one.id for one in found)
    if isinstance(record.data, Honour):
        return (
            f"同一荣誉须只记一次，名称相同的已见 {where}；请删去一条，复查确认保留的写在原记录的 reviews（复查）里，"
            f"另一次授予写明不同的日期，同日另有一项、另一人获得的，在 {_FIELD}里列出 {ids}"
        )
    collection = site.archive.collections[name]
    labels = "、".join(["日期", *map(collection.label_of, collection.event)])
    return f"同一件事须只记一次，{labels}相同的已见 {where}；请删去一条，确是另一次的，在 {_FIELD}里列出 {ids}"
