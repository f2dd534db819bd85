"""Compare two revisions of the sources."""

from dataclasses import dataclass

from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.proposals.diff import figures, records, states
from archive.proposals.diff.entries import diff_entries, groups
from archive.proposals.diff.figures import FigureChange
from archive.proposals.diff.records import EntryChange
from archive.proposals.diff.states import StateChange


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two revisions; `register` is the file that holds the figures."""

    register: str
    figures: list[FigureChange]
    states: list[StateChange]
    entries: list[EntryChange]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.figures or self.states or self.entries)

    @property
    def files(self) -> frozenset[str]:
        """The files, from the root, whose changes are told; of others nothing that is compared changed."""
        found = {path for one in self.entries for path in (one.path, one.moved_from) if path}
        if any(one.fields or not one.old or not one.new for one in self.figures):
            found.add(self.register)
        return frozenset(found)


def compare(old: Site, new: Site) -> Changes:
    """The differences between two sites read without problems and with the same as-of date."""
    labels = {**groups(old.archive), **groups(new.archive)}
    changes = records.entry_changes(diff_entries(old.archive), diff_entries(new.archive), labels)
    return Changes(
        new.archive.documents["figures"].path,
        figures.figure_changes(old, new, changes),
        states.state_changes(old, new),
        list(changes.values()),
    )


def reading_problems(site: Site) -> list[Problem]:
    """The problems of reading, sorted: what cannot be read would wrongly seem removed.

    Problems found by the check are not among them; a site with such problems can be compared.
    """
    return sorted(set(site.archive.problems))
