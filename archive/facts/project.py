"""Which site is meant: the folder of its sources, the folder of its data, the day it is built for."""

import os
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from archive.files.yaml import read
from archive.schema.types import USUAL_ZONE, zone

DATA, AS_OF = "ARCHIVE_DATA", "ARCHIVE_AS_OF"
PROGRAM_FOLDERS = ("archive", "macros")
SOURCES = (*PROGRAM_FOLDERS, "docs", "overrides", "mkdocs.yml")
"""The files and folders a site is made of beside its data, by their names in the root."""


@dataclass(frozen=True, slots=True)
class Project:
    """A site's sources: `root` holds mkdocs.yml and docs/, `data` the records; `as_of` is its today."""

    root: Path
    data: Path
    as_of: date

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.root / "docs"

    def name(self, path: Path) -> str:
        """Return `path` as messages show it: relative to the root, with forward slashes."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    def cache(self, name: str) -> Path:
        """Return the cache file `name` of these data, in the folder .cache."""
        return self.root / ".cache" / f"{name}-{self.name(self.data).replace('/', '-')}"

    @property
    def time_zone(self) -> ZoneInfo:
        """The bureau's time zone from data/unit.yml; the default if it is missing or not valid.

        The check reports one that is not valid.
        """
        stated = read(self.data / "unit.yml", "").data
        name = stated.get("time_zone") if isinstance(stated, dict) else None
        return (zone(name) if isinstance(name, str) else None) or ZoneInfo(USUAL_ZONE)

    def today(self) -> date:
        """Return the current day in the bureau's time zone. Only commands ask it; others use `as_of`."""
        return datetime.now(self.time_zone).date()

    def environment(self) -> dict[str, str]:
        """Return the variables that tell another process, such as MkDocs, which site is meant."""
        return {DATA: str(self.data), AS_OF: self.as_of.isoformat()}

    @classmethod
    def of(cls, root: Path) -> "Project":
        """Return the site at `root` with the data and the day that the environment names.

        Without them, `data` in `root` and today. Raises ValueError, in Chinese, if the day is not one.
        """
        given = cls(root, Path(os.environ.get(DATA) or root / "data"), date.max)
        day = os.environ.get(AS_OF)
        try:
            return replace(given, as_of=date.fromisoformat(day) if day else given.today())
        except ValueError:
            raise ValueError(f"{AS_OF} 须写作 2023-01-02 的样子，现为 {day}") from None
