"""Which record of today each record of an edition published before is.

What is published has no names of files: readers know a record by what it says. So it is the same while
it says the same, whatever its file is called; by its id it is known only where nothing says the same.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from archive.facts.former import FormerEdition
from archive.facts.gather import Record
from archive.facts.site import Site, once
from archive.schema.fields import fields
from archive.schema.types import Model

Key = tuple[str, str]


Said = Callable[[Record[Model]], Hashable]


@dataclass
class _Known:
    """The records of a collection so far, in all their versions: those of today, then of each edition."""

    versions: dict[str, list[Record[Model]]]

    def ids(self, records: Iterable[Record[Model]], shown: Collection[str]) -> Mapping[str, str]:
        """The id of each of an edition's records → its id here; of those alike, `shown` come first."""
        found: dict[str, str] = {}
        left = []
        records = list(records)
        every = (*records, *(one for all_ in self.versions.values() for one in all_))
        all_said = _all({type(one.data) for one in every})
        for record in records:
            if record.id in self.versions and self.versions[record.id][0] is record:
                found[record.id] = record.id
            else:
                left.append(record)
        left.sort(key=lambda one: one.id not in shown)
        taken = set(found)
        for said in (lambda one: (one.id, all_said(one)), all_said, _id, _numbers):
            left = self._match(left, said, found, taken)
        for record in left:
            mine = record.id
            while mine in taken or mine in self.versions:
                mine += "'"
            found[record.id] = mine
            taken.add(mine)
        return found

    def _match(
        self, records: list[Record[Model]], said: Said, found: dict[str, str], taken: set[str]
    ) -> list[Record[Model]]:
        """Match each record with a free one of which the same is said; returns those without one."""
        free: dict[Hashable, list[str]] = defaultdict(list)
        for id_, versions in self.versions.items() if records else ():
            for one in {said(version) for version in versions} if id_ not in taken else ():
                free[one].append(id_)
        left = []
        for record in records:
            alike = free.get(said(record), [])
            while alike and alike[-1] in taken:
                alike.pop()
            if alike:
                found[record.id] = alike.pop()
                taken.add(found[record.id])
            else:
                left.append(record)
        return left


def _all(models: Iterable[type[Model]]) -> Said:
    """All that a record says and may be public, as far as it is described so in every edition."""
    public = [{name for name, one in fields(model).items() if one.public} for model in models]
    names = sorted(set.intersection(*public)) if public else []

    def said(record: Record[Model]) -> Hashable:
        values = (getattr(record.data, name) for name in names)
        return tuple(one if isinstance(one, int | Decimal | str) else repr(one) for one in values)

    return said


def _id(record: Record[Model]) -> Hashable:
    return record.id


def _numbers(record: Record[Model]) -> Hashable:
    """Its day and its numbers: the words of a record may be mended while its file is renamed."""
    values = (getattr(record.data, name) for name in fields(type(record.data)))
    return record.day, tuple(one for one in values if isinstance(one, int | Decimal))


@once
def former_editions(site: Site) -> tuple[FormerEdition, ...]:
    """The public editions published before, their records under the ids of today, oldest first."""
    known = {
        name: _Known({one.id: [one] for one in records})
        for name, records in site.archive.records.items()
    }
    return tuple(reversed([_identified(edition, known) for edition in reversed(site.former)]))


def _identified(edition: FormerEdition, known: dict[str, _Known]) -> FormerEdition:
    records: dict[str, list[Record[Model]]] = {}
    public: set[Key] = set()
    for name, there in edition.records.items():
        collection = known.setdefault(name, _Known({}))
        shown = frozenset(id_ for one, id_ in edition.public if one == name)
        ids = collection.ids(there, shown)
        records[name] = list(_renamed(there, ids))
        public |= {(name, ids[id_]) for id_ in shown if id_ in ids}
        for record in records[name]:
            versions = collection.versions.setdefault(record.id, [])
            if not versions or versions[-1] is not record:
                versions.append(record)
    return replace(edition, records=records, public=frozenset(public))


def _renamed(records: Iterable[Record[Model]], ids: Mapping[str, str]) -> Iterator[Record[Model]]:
    for record in records:
        yield record if ids[record.id] == record.id else replace(record, id=ids[record.id])
