"""One site, read and counted: what checks judge and pages show."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from archive.figures import Value, evaluate
from archive.gather import Archive, gather
from archive.places import Place, places
from archive.project import Project


@dataclass
class Site:
    """Sources and the values counted from them."""

    archive: Archive

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every figure of the register, in its order."""
        return evaluate(self.archive)

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """Figure → the sub-sections it stands in."""
        return places(self.archive, "fig")


@lru_cache(maxsize=1)
def load(project: Project) -> Site:
    """The site, read once in a process: a build is a process of its own."""
    return Site(gather(project))
