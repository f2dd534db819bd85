"""One site, read and counted: what checks judge and pages show."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from archive.facts.criteria import Item, items, shown
from archive.facts.figures import Value, evaluate
from archive.facts.gather import Archive, gather
from archive.facts.places import HONOURS, Place, citations, places
from archive.facts.project import Project
from archive.facts.regulations import Entry, compilation
from archive.facts.topics import Topic, topics

INTERNAL, PUBLIC = "内部版", "公开版"


@dataclass(eq=False)
class Site:
    """Sources and the values counted from them."""

    archive: Archive

    @property
    def edition(self) -> str:
        """Which edition it is, as it says on screen and on paper."""
        edition = PUBLIC if self.archive.public else INTERNAL
        return f"{edition}（{self.archive.release}）" if self.archive.release else edition

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every figure of the register, in its order."""
        return evaluate(self.archive)

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """Figure → the sub-sections it stands in, then the assessment items that show it."""
        found = places(self.archive, "fig")
        for id_, more in shown(self.archive).items():
            found[id_] = found.get(id_, []) + more
        return found

    @cached_property
    def honoured(self) -> dict[str, list[Place]]:
        """Honour → the sub-sections that name it."""
        return places(self.archive, "honours", HONOURS)

    @cached_property
    def citations(self) -> dict[str, list[Place]]:
        """Page → the sub-sections of the report that link to it."""
        return citations(self.archive)

    @cached_property
    def criteria(self) -> dict[str, Item]:
        """Every assessment item by id, with its evidence."""
        return items(self.archive, self.values)

    @cached_property
    def topics(self) -> list[Topic]:
        """Every assessment item with what belongs to it, then what belongs to none."""
        return topics(self.archive, self.criteria, self.places)

    @cached_property
    def regulations(self) -> dict[str, Entry]:
        """Every regulation by id, with its state."""
        return compilation(self.archive)


@lru_cache(maxsize=1)
def load(project: Project) -> Site:
    """The site, read once in a process: a build is a process of its own."""
    return Site(gather(project))
