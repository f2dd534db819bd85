"""Two states of the sources side by side."""

from dataclasses import dataclass

from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.proposals.diff import figures, records, states
from archive.proposals.diff.entries import entries
from archive.proposals.diff.figures import FigureChange
from archive.proposals.diff.records import EntryChange
from archive.proposals.diff.states import StateChange


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs; `register` is the file the figures are written in."""

    register: str
    figures: list[FigureChange]
    states: list[StateChange]
    entries: list[EntryChange]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.figures or self.states or self.entries)


def compare(old: Site, new: Site) -> Changes:
    """What differs between two sites that could be read without a problem, as of one day."""
    changes = records.changed(entries(old.archive), entries(new.archive))
    return Changes(
        new.archive.documents["figures"].path,
        figures.changed(old, new, changes),
        states.changed(old, new),
        list(changes.values()),
    )


def unreadable(site: Site) -> list[Problem]:
    """What could not be read: left out, it would seem to be removed.

    Faults against the rules of the check leave everything readable, and are the check's business.
    """
    return sorted(set(site.archive.problems))
