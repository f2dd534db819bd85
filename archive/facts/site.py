"""One site with its values, which checks judge and pages show."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial, wraps
from typing import TypeVar, cast

from archive.facts.criteria import Item, item_locations, items
from archive.facts.figures import Value, figure_values
from archive.facts.former import FormerEdition
from archive.facts.gather import Archive, gather
from archive.facts.history import folder_in_repository, last_changes, source_digests
from archive.facts.observations import OUTSIDE
from archive.facts.places import (
    HONOURS,
    PageLocation,
    citations,
    figure_places,
    in_reports,
    locations_by_id,
    ordinals,
    report_by_page,
    whole_reports,
)
from archive.facts.project import Project
from archive.facts.regulations import RegulationEntry, compilation
from archive.facts.topics import Topic, topics
from archive.facts.versions import Version, versions
from archive.files.git import GitError
from archive.files.pages import Page
from archive.files.spans import Call
from archive.schema.disclosure import EDITION_LABELS


@dataclass(eq=False)
class Site:
    """The sources of a site, and what is derived from them, each part when it is first needed."""

    archive: Archive
    remembered: dict[Callable[["Site"], object], object] = field(default_factory=dict)
    """The results of functions marked `once`."""
    former: tuple[FormerEdition, ...] = ()
    """The public editions published before, which the next one is compared with."""

    @property
    def edition_label(self) -> str:
        """The name of the edition as it is shown on screen and on paper, with the release if any."""
        edition = EDITION_LABELS[self.archive.edition]
        return f"{edition}（{self.archive.release}）" if self.archive.release else edition

    @property
    def paper_mark(self) -> str:
        """What each printed page says at its top: the edition, and that a demonstration is one."""
        demonstration = "演示：人员、数字和事项均为虚构" if self.archive.demonstration else ""
        return "\u3000".join(filter(None, [self.edition_label, demonstration]))

    @property
    def web_address(self) -> str:
        """The address of this edition's first page, with a slash at its end; empty if none is known.

        A site with the figures of a release is not the one that readers find there.
        """
        unit, archive = self.archive.unit, self.archive
        if unit is None or archive.release:
            return ""
        return (unit.public_address if archive.edition == "public" else unit.site_address) or ""

    @cached_property
    def values(self) -> dict[str, Value]:
        """Figure → its value, in the order of the register."""
        return figure_values(self.archive)

    @cached_property
    def current(self) -> list[Value]:
        """The value of each indicator that pages outside of the reports mean, in the order of the register."""
        keys = [key for (report, _), key in self.archive.meant.items() if report == OUTSIDE]
        return [self.values[key] for key in keys]

    @cached_property
    def report_by_page(self) -> dict[str, str]:
        """Page → the id of the report that it is a part of, or that it shows whole."""
        return report_by_page(self.archive)

    def value(self, id_: str, page: str = "", period: str = "") -> Value | None:
        """The value that an indicator has on a page: that of the page's report, or of another period."""
        report = self.report_by_page.get(page, OUTSIDE)
        return self.values.get(self.archive.figure_key(id_, report, period))

    @cached_property
    def judged(self) -> dict[str, Value]:
        """The values without those counted from a collection that was not read whole."""
        unread = self.archive.unread
        return {
            id_: value
            for id_, value in self.values.items()
            if not (value.figure.counted and value.figure.counted.collection in unread)
        }

    @cached_property
    def places(self) -> dict[str, list[PageLocation]]:
        """Figure → the sub-sections that show it, then the assessment items that do."""
        found = figure_places(self.archive)
        for id_, more in item_locations(self.archive).items():
            found[id_] = found.get(id_, []) + more
        return found

    @cached_property
    def ordinals(self) -> frozenset[str]:
        """The indicators that count places in an order, such as the second place."""
        return ordinals(self.archive)

    @cached_property
    def honoured(self) -> dict[str, list[PageLocation]]:
        """Honour → the sub-sections that name it."""

        def named(page: Page, call: Call) -> list[str]:
            return [str(id_) for id_ in call.args] if call.name == "honours" else []

        return locations_by_id(self.archive, named, HONOURS)

    @cached_property
    def citations(self) -> dict[str, list[PageLocation]]:
        """Page → the sub-sections of the report that link to it."""
        return citations(self.archive)

    @cached_property
    def report_parts(self) -> dict[str, str]:
        """Page → the id of the report that it is a part of."""
        return in_reports(self.archive)

    @cached_property
    def whole_reports(self) -> dict[str, str]:
        """Page → the id of the report that it shows whole."""
        return whole_reports(self.archive)

    @cached_property
    def criteria(self) -> dict[str, Item]:
        """Every assessment item by id, with its evidence."""
        return items(self.archive, self.values)

    @cached_property
    def topics(self) -> list[Topic]:
        """Every assessment item with what belongs to it; last, what belongs to none."""
        return topics(self.archive, self.criteria, self.places)

    @cached_property
    def regulations(self) -> dict[str, RegulationEntry]:
        """Every regulation by id, with its state on the site's day."""
        return compilation(self.archive)

    @cached_property
    def texts(self) -> dict[str, list[Version]]:
        """Regulation → the texts that it had and has, in the order of their days."""
        return {id_: versions(one.page, one.data) for id_, one in self.regulations.items()}

    @cached_property
    def versions(self) -> dict[str, tuple[RegulationEntry, Version]]:
        """Page → the text of a regulation that it holds: that of its own page, and the former ones."""
        return {
            version.page: (self.regulations[id_], version)
            for id_, texts in self.texts.items()
            for version in texts
            if version.page
        }

    @cached_property
    def last_changes(self) -> dict[str, date]:
        """Page, as a path from the root → the day it was last changed; empty where Git fails."""
        try:
            return last_changes(self.archive.project)
        except GitError:  # pages then show no day, which is not wrong
            return {}

    @cached_property
    def folder_in_repository(self) -> str:
        """The site's folder in its repository, as addresses and annotations call its files."""
        project = self.archive.project
        try:
            return folder_in_repository(project.origin or project.root)
        except GitError:
            return ""

    @cached_property
    def source_digests(self) -> Callable[[str], dict[str, str]]:
        """A function: commit → the files of the site at that commit; Git is asked once for each."""
        return cache(partial(source_digests, self.archive.project))


T = TypeVar("T")


def once(find: Callable[[Site], T]) -> Callable[[Site], T]:
    """Decorate `find` so that its result is stored with the site and computed once for each site."""

    @wraps(find)
    def remembered(site: Site) -> T:
        if find not in site.remembered:
            site.remembered[find] = find(site)
        return cast(T, site.remembered[find])

    return remembered


def load(project: Project) -> Site:
    """Read the site from its sources."""
    return Site(gather(project))
