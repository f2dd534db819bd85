"""Which site is meant: the folder of its sources, the folder of its data, the day it is built for."""

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from archive.files.cache import cache_folder
from archive.files.listing import Listing, list_files
from archive.files.yaml import read
from archive.schema.types import USUAL_ZONE, zone

DATA, AS_OF = "ARCHIVE_DATA", "ARCHIVE_AS_OF"
PROGRAM, DOCS = "archive", "docs"
SINGLE_SOURCES = ("mkdocs.yml", "pyproject.toml", "requirements.txt")
SOURCES = (PROGRAM, DOCS, *SINGLE_SOURCES)
"""The files and folders a site is made of beside its data, by their names in the root."""

WAITING = ".print"
"""The file of a previewed site that lists its print files not made yet; no site that is published has it."""


@dataclass(frozen=True, slots=True)
class Project:
    """A site's sources: `root` holds mkdocs.yml and docs/, `data` the records; `as_of` is its today."""

    root: Path
    data: Path
    as_of: date
    origin: Path | None = None
    """The root of the project from which this tree was made; None for one that people work in."""
    variant: str = ""
    """What the tree was made for, such as an edition; each has caches of its own."""

    UNREAD_DATA: ClassVar = (".", "~")
    """How names in the data begin that are not read: hidden files, and those of an open sheet."""

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.root / DOCS

    def docs_files(self) -> Listing:
        """List the files of docs/ that are read."""
        return list_files(self.docs, DOCS)

    def data_files(self) -> Listing:
        """List the files of the data that are read; messages call the folder by its path from the root."""
        return list_files(self.data, self.name(self.data), self.UNREAD_DATA)

    def name(self, path: Path) -> str:
        """Return `path` as messages show it: relative to the root, with forward slashes."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    def cache(self, name: str) -> Path:
        """Return the file or folder `name` for a cache of these data; see `cache_folder`."""
        data = self.name(self.data).replace("/", "-")
        return cache_folder(self.origin or self.root) / (self.variant or "site") / f"{name}-{data}"

    @property
    def fonts(self) -> Path:
        """The folder of the bureau's own fonts; their licences allow use but no passing on."""
        return (self.origin or self.root) / "fonts"

    @property
    def time_zone(self) -> ZoneInfo:
        """The bureau's time zone from data/unit.yml; the default if it is missing or not valid.

        The check reports one that is not valid.
        """
        file = self.data / "unit.yml"
        stated = read(file, "").data if file.is_file() and not file.is_symlink() else None
        name = stated.get("time_zone") if isinstance(stated, dict) else None
        return (zone(name) if isinstance(name, str) else None) or ZoneInfo(USUAL_ZONE)

    def today(self) -> date:
        """Return the current day in the bureau's time zone. Only commands ask it; others use `as_of`."""
        return datetime.now(self.time_zone).date()
