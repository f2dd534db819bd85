"""One site, read and counted: what checks judge and pages show."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial, wraps
from pathlib import Path
from typing import TypeVar, cast

from archive.facts.criteria import Item, items, shown
from archive.facts.figures import Value, evaluate
from archive.facts.gather import Archive, gather
from archive.facts.history import changed, content
from archive.facts.places import HONOURS, Place, citations, places
from archive.facts.project import Project
from archive.facts.regulations import Entry, compilation
from archive.facts.topics import Topic, topics
from archive.files.git import GitError

INTERNAL, PUBLIC = "内部版", "公开版"


@dataclass(eq=False)
class Site:
    """Sources and the values counted from them."""

    archive: Archive
    remembered: dict[Callable[["Site"], object], object] = field(default_factory=dict)
    """What functions marked `once` have found."""

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

    @cached_property
    def changed(self) -> dict[str, date]:
        """Page's path from the root → the day it was last changed; empty where Git does not tell."""
        try:
            return changed(self.archive.project)
        except GitError:  # a page without that day says nothing untrue
            return {}

    @cached_property
    def content(self) -> Callable[[str], dict[str, str]]:
        """Commit → the files the site is made of then, each commit asked of Git once."""
        return cache(partial(content, self.archive.project))


T = TypeVar("T")


def once(find: Callable[[Site], T]) -> Callable[[Site], T]:
    """`find`, done once for a site: what it found is remembered with the site."""

    @wraps(find)
    def found(site: Site) -> T:
        if find not in site.remembered:
            site.remembered[find] = find(site)
        return cast(T, site.remembered[find])

    return found


def load(project: Project) -> Site:
    """The site, read from its sources."""
    return Site(gather(project))


_shown: dict[Path, Site] = {}
"""The site at a root that the macros show, in the process of an engine."""


@contextmanager
def showing(site: Site) -> Iterator[None]:
    """Have the macros, which an engine runs without a word from us, show `site` in this context."""
    root = site.archive.project.root
    before = _shown.get(root)
    _shown[root] = site
    try:
        yield
    finally:
        _shown.pop(root)
        if before:
            _shown[root] = before


def site_shown(root: Path) -> Site:
    """The site the macros show: the one handed over, or else the one that the environment tells.

    That is read once in a process, for an engine may ask for each page. Raises ValueError as
    `Project.of` does.
    """
    if root not in _shown:
        _shown[root] = load(Project.of(root))
    return _shown[root]
