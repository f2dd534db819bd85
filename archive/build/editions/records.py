"""Which records the public edition holds, and the names of their files there."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from archive.build.editions.fields import has_public
from archive.build.editions.figures import (
    is_part_of_count,
    suppressed_figures,
    suppression_threshold,
)
from archive.facts.figures import Value, select
from archive.facts.gather import Record
from archive.facts.site import Site, once
from archive.schema.assistance import Assistance
from archive.schema.collections import COLLECTIONS
from archive.schema.fields import fields
from archive.schema.register import PEOPLE_UNITS, Figure
from archive.schema.types import Model

Records = dict[str, list[Record[Model]]]
"""Collection → its records, in order."""


@once
def public_records(site: Site) -> Records:
    """The records that may be shown.

    Left out are records marked as internal, those of too few people, those a masked figure is
    counted from, and as many more as needed so that no public sum gives away a hidden record.
    """
    masked = suppressed_figures(site)
    hidden = {_key(name, record) for name, record in _hidden(site, masked)}
    # Sums of few records first: what is hidden for them often serves the larger sums. What is then
    # hidden for those may be part of an earlier sum, so repeat until nothing is added.
    sums = sorted(_sums(site, masked), key=lambda one: len(one[1]))
    grows = True
    while grows:
        before = len(hidden)
        for one in sums:
            hidden |= set(_given_away_by(site, one, hidden))
        grows = len(hidden) > before
    return {
        name: [record for record in records if _key(name, record) not in hidden]
        for name, records in site.archive.records.items()
    }


_Key = tuple[str, str]


def _key(collection: str, record: Record[Model]) -> _Key:
    return collection, record.id


def _hidden(site: Site, masked: frozenset[str]) -> Iterator[tuple[str, Record[Model]]]:
    least = suppression_threshold(site)
    for name, records in site.archive.records.items():
        for record in records:
            few = (least is None or heads < least for heads in _heads(record.data))
            narrowed = getattr(record.data, "disclosure", None)
            if narrowed or not has_public(COLLECTIONS[name].model) or any(few):
                yield name, record
    for id_ in masked:
        yield from ((name, record) for name, record in _counted(site, site.values[id_]))


def _heads(record: Model) -> Iterator[int | Decimal]:
    """The numbers of people in a record."""
    for name, field in fields(type(record)).items():
        value = getattr(record, name)
        if field.counts_people and value is not None:
            yield value
    if isinstance(record, Assistance) and record.unit in PEOPLE_UNITS:
        yield record.amount


def _counted(site: Site, value: Value) -> Iterator[tuple[str, Record[Model]]]:
    rule = value.figure.counted
    if rule:
        records = site.archive.records.get(rule.collection, [])
        for record in select(rule, value.figure.period, records):
            yield rule.collection, record


_Sum = tuple[Figure, list[tuple[str, Record[Model]]]]
"""A public figure, and records whose sum follows from it, alone or with another public figure."""


def _sums(site: Site, masked: frozenset[str]) -> Iterator[_Sum]:
    """Each public sum with its records; and for a sum within another, the records that differ."""
    public = [
        (value.figure, list(_counted(site, value)))
        for value in site.values.values()
        if value.id not in masked
        and value.exact is not None
        and value.figure.counted
        and value.figure.counted.measure == "sum"
    ]
    yield from public
    for whole, counted in public:
        for part, of_part in public:
            if is_part_of_count(part, whole):
                there = {_key(*one) for one in of_part}
                yield whole, [one for one in counted if _key(*one) not in there]


def _given_away_by(site: Site, public_sum: _Sum, hidden: set[_Key]) -> Iterator[_Key]:
    """More records to hide, smallest first, until the sum does not give away a hidden record."""
    figure, counted = public_sum
    amount = _amount(figure.counted.field or "" if figure.counted else "")
    away = [record for name, record in counted if _key(name, record) in hidden]
    left = sorted(
        ((name, record) for name, record in counted if _key(name, record) not in hidden),
        key=lambda one: amount(one[1]),
    )
    least = (suppression_threshold(site) or 0) if figure.counts_people else 0
    while left and away and (len(away) == 1 or sum(map(amount, away)) < least):
        name, record = left.pop(0)
        away.append(record)
        yield _key(name, record)


def _amount(field: str) -> Callable[[Record[Model]], Decimal]:
    return lambda record: Decimal(getattr(record.data, field) or 0)


def named(collection: str, records: list[Record[Model]]) -> Iterator[tuple[str, Record[Model]]]:
    """Each record with its file's path below data/: numbered by year, as ids may name somebody.

    Honours keep their ids, because pages link to them by id.
    """
    if collection == "honours":
        yield from ((f"{collection}/{record.id}.yml", record) for record in records)
        return
    numbers: dict[int | str, int] = {}
    for record in sorted(records, key=lambda one: (one.day or date.min, one.id)):
        year = record.day.year if record.day else ""
        numbers[year] = numbers.get(year, 0) + 1
        yield f"{collection}/{year}/{year}-{numbers[year]:03d}.yml", record
