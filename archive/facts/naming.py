"""Ids for new records, and the files they go to."""

from collections.abc import Iterable, Mapping
from typing import Any

from archive.facts.site import Site
from archive.schema.collections import COLLECTIONS


class Names:
    """Gives each new record of a collection an id that nothing else has, and a file."""

    def __init__(self, site: Site, name: str, reserved: Iterable[str]) -> None:
        project = site.archive.project
        self._name = name
        self._folder = f"{project.name(project.data)}/{name}"
        # Some file systems take A and a for one.
        self._taken = {id_.lower() for id_ in (*site.archive.record_ids(name), *reserved)}
        self._next: dict[str, int] = {}
        records = site.archive.records[name]
        in_years = [record.path.split("/")[-2] != name for record in records]
        self._by_year = any(in_years) if records else COLLECTIONS[name].bounded

    def is_taken(self, id_: str) -> bool:
        """Whether a record bears the id, or one that differs in upper and lower case alone."""
        return id_.lower() in self._taken

    def fresh(self, values: Mapping[str, Any]) -> str:
        """An id for a record: its day, or the collection's name, and the next free number."""
        stem = self._stem(values)
        number = self._next.get(stem, 1)
        while self.is_taken(f"{stem}-{number:02}"):
            number += 1
        self._next[stem] = number + 1
        return self.take(f"{stem}-{number:02}")

    def marked(self, values: Mapping[str, Any], mark: str) -> str:
        """An id with a mark of its own in place of the number: no two branches give the same."""
        return f"{self._stem(values)}-{mark}"

    def _stem(self, values: Mapping[str, Any]) -> str:
        day = values.get("date")
        return f"{day:%Y%m%d}" if day else self._name.replace("_", "-")

    def take(self, id_: str) -> str:
        """The id, from now on taken."""
        self._taken.add(id_.lower())
        return id_

    def path(self, id_: str, values: Mapping[str, Any]) -> str:
        """The file of a new record: in its year's folder where the collection has such folders."""
        day = values.get("date")
        year = f"/{day.year}" if day and self._by_year else ""
        return f"{self._folder}{year}/{id_}.yml"
