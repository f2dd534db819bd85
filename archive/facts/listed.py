"""Which records the page of a collection lists in a row each, and the address of each row."""

from collections.abc import Iterable
from datetime import date

from archive.facts.gather import Record
from archive.schema.types import Model

MAX_A_YEAR, MAX_A_PAGE = 300, 900
"""Most rows of a year, and of all years, on the page of a collection."""


_ROW = "r-"


def row_anchor(record: Record[Model]) -> str:
    """Return the id of a record's row; no heading of the page has such a one."""
    return f"{_ROW}{record.id}"


def is_row_anchor(anchor: str) -> bool:
    """Return whether an id on a page may be that of a record's row."""
    return anchor.startswith(_ROW)


def latest_first(records: Iterable[Record[Model]]) -> list[Record[Model]]:
    """Return records the latest first, those without a date last."""
    return sorted(records, key=lambda record: (record.day or date.min, record.id), reverse=True)


def by_year(records: Iterable[Record[Model]]) -> dict[int, list[Record[Model]]]:
    """Return year → its records with a date, the latest year and record first."""
    years: dict[int, list[Record[Model]]] = {}
    for record in latest_first(records):
        if record.day:
            years.setdefault(record.day.year, []).append(record)
    return years


def listed(records: Iterable[Record[Model]]) -> dict[int, list[Record[Model]]]:
    """Return year → the records of it that have an address of their own on the page."""
    room, found = MAX_A_PAGE, {}
    for year, every in by_year(records).items():
        found[year] = every[: min(MAX_A_YEAR, room)]
        room -= len(found[year])
    return found
