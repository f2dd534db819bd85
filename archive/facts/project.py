"""Which site is meant: where its sources are, whose data, as of which day."""

import os
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from archive.files.yaml import read
from archive.schema.types import zone
from archive.schema.unit import Unit

DATA, AS_OF = "ARCHIVE_DATA", "ARCHIVE_AS_OF"
OWN_CODE = ("archive", "macros")
SOURCES = (*OWN_CODE, "docs", "overrides", "mkdocs.yml")
"""What a site is made of, beside its data: names in the root of the project."""


Edition = Literal["internal", "public"]
"""Everything, or what is public alone."""


@dataclass(frozen=True, slots=True)
class Project:
    """`root` holds mkdocs.yml and docs/; `data` the records; `as_of` is the day called today."""

    root: Path
    data: Path
    as_of: date

    @property
    def docs(self) -> Path:
        """The pages."""
        return self.root / "docs"

    def name(self, path: Path) -> str:
        """`path` as messages call it: from the root, with forward slashes."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    def cache(self, name: str) -> Path:
        """Where what is made of these data under that name is kept between runs."""
        return self.root / ".cache" / f"{name}-{self.name(self.data).replace('/', '-')}"

    @property
    def time_zone(self) -> ZoneInfo:
        """Where the bureau is: what data/unit.yml says, or else the usual one, for the check tells of that."""
        stated = read(self.data / "unit.yml", "").data
        name = stated.get("time_zone") if isinstance(stated, dict) else None
        usual = ZoneInfo(Unit.model_fields["time_zone"].default)
        return (zone(name) if isinstance(name, str) else None) or usual

    def today(self) -> date:
        """The day it is now where the bureau is. Commands alone ask it; all else is told by `as_of`."""
        return datetime.now(self.time_zone).date()

    def environment(self) -> dict[str, str]:
        """What tells another process, an engine running the macros, which site is meant."""
        return {DATA: str(self.data), AS_OF: self.as_of.isoformat()}

    @classmethod
    def of(cls, root: Path) -> "Project":
        """The site at `root` as the environment tells an engine; today where it tells no day.

        Raises ValueError, in Chinese, where it tells what cannot be.
        """
        given = cls(root, Path(os.environ.get(DATA) or root / "data"), date.max)
        day = os.environ.get(AS_OF)
        try:
            return replace(given, as_of=date.fromisoformat(day) if day else given.today())
        except ValueError:
            raise ValueError(f"{AS_OF} 须写作 2023-01-02 的样子，现为 {day}") from None
