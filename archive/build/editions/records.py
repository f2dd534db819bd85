"""Which records the public edition holds, and the names of their files there."""

from collections.abc import Iterator
from datetime import date

from archive.build.editions.suppression import suppression
from archive.facts.gather import Record
from archive.facts.site import Site, once
from archive.schema.types import Model

Records = dict[str, list[Record[Model]]]
"""Collection → its records, in order."""


@once
def public_records(site: Site) -> Records:
    """The records that may be shown.

    Left out are records marked as internal, those of too few people, those a masked figure is
    counted from, and as many more as needed so that no public sum gives away a hidden record.
    """
    hidden = suppression(site).records
    return {
        name: [record for record in records if (name, record.id) not in hidden]
        for name, records in site.archive.records.items()
    }


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
