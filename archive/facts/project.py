"""Which site is meant: where its sources are, whose data, as of which day."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

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

    def environment(self) -> dict[str, str]:
        """What tells another process, an engine running the macros, which site is meant."""
        return {DATA: str(self.data), AS_OF: self.as_of.isoformat()}

    @classmethod
    def of(cls, root: Path) -> "Project":
        """The site at `root` as the environment tells; today where it tells no day."""
        data = Path(os.environ.get(DATA) or root / "data")
        day = os.environ.get(AS_OF)
        return cls(root, data, date.fromisoformat(day) if day else date.today())
