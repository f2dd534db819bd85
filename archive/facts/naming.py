"""Free ids for new records, and the paths of their files."""

from collections.abc import Iterable, Mapping
from typing import Any

from archive.facts.site import Site


class FreeIds:
    """The ids of a collection that are free, and the files that new records go to."""

    def __init__(self, site: Site, name: str, reserved: Iterable[str]) -> None:
        project = site.archive.project
        self._name = name
        self._folder = f"{project.name(project.data)}/{name}"
        # Some file systems do not distinguish upper from lower case.
        self._taken = {id_.lower() for id_ in (*site.archive.record_ids(name), *reserved)}
        self._next: dict[str, int] = {}
        records = site.archive.records[name]
        in_years = [record.path.split("/")[-2] != name for record in records]
        self._by_year = any(in_years) if records else site.archive.collections[name].bounded

    def is_taken(self, id_: str) -> bool:
        """Return whether a record has the id, or one that differs only in upper and lower case."""
        return id_.lower() in self._taken

    def new_id(self, values: Mapping[str, Any]) -> str:
        """Reserve and return an id: the record's day or the collection's name, and a free number."""
        stem = self._stem(values)
        number = self._next.get(stem, 1)
        while self.is_taken(f"{stem}-{number:02}"):
            number += 1
        self._next[stem] = number + 1
        return self.reserve(f"{stem}-{number:02}")

    def form_id(self, values: Mapping[str, Any], mark: str) -> str:
        """Return an id with `mark` in place of the number, so that two branches never give the same."""
        return f"{self._stem(values)}-{mark}"

    def _stem(self, values: Mapping[str, Any]) -> str:
        day = values.get("date")
        return f"{day:%Y%m%d}" if day else self._name.replace("_", "-")

    def reserve(self, id_: str) -> str:
        """Reserve the id and return it."""
        self._taken.add(id_.lower())
        return id_

    def file_path(self, id_: str, values: Mapping[str, Any]) -> str:
        """Return the file of a new record, from the root, in a folder of its year if there are such."""
        day = values.get("date")
        year = f"/{day.year}" if day and self._by_year else ""
        return f"{self._folder}{year}/{id_}.yml"
