"""Text with the links and notes in it: built piece by piece, joined, tidied."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.editing.report.brought import Link, Note

_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff01-\uffe6]"
_JOINERS = re.compile(
    f"\u200d\u2060|(?<={_WIDE})\u200d(?=[^\\s\u200d])|(?<=[^\\s\u200d])\u200d(?={_WIDE})"
)
"""What the program's own Word files hold together number and unit with; in a picture sign it is kept."""

ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
"""An address that a page may link to."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, the links and notes in it."""

    text: str = ""
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class Builder:
    """A passage that is being built."""

    length: int = 0
    _pieces: list[str] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _notes: list[Note] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add text at the end."""
        self._pieces.append(text)
        self.length += len(text)

    def note(self, text: str) -> None:
        """Add the mark of a note."""
        self._notes.append(Note(self.length, text))

    def link(self, start: int, address: str) -> None:
        """Let what was added since `start` lead to an address."""
        if start < self.length:
            self._links.append(Link(start, self.length, address))

    def passage(self, passage: Passage) -> None:
        """Add a passage at the end."""
        at = self.length
        self._links += [Link(one.start + at, one.end + at, one.address) for one in passage.links]
        self._notes += [Note(one.at + at, one.text) for one in passage.notes]
        self.add(passage.text)

    def built(self) -> Passage:
        """The passage, without joiners and without spaces at its ends."""
        text = "".join(self._pieces)
        found = list(_JOINERS.finditer(text)) if "\u200d" in text else []
        starts = [one.start() for one in found]
        before = [0]
        for one in found:
            before.append(before[-1] + len(one[0]))
        text = _JOINERS.sub("", text) if found else text
        lead = len(text) - len(text.lstrip())
        text = text.strip()

        def moved(at: int) -> int:
            at -= before[bisect_left(starts, at)] + lead
            return min(max(at, 0), len(text))

        links = (Link(moved(one.start), moved(one.end), one.address) for one in self._links)
        return Passage(
            text,
            tuple(one for one in links if one.start < one.end),
            tuple(Note(moved(one.at), one.text) for one in self._notes),
        )


def joined(passages: Iterable[Passage], separator: str) -> Passage:
    """The passages one after the other."""
    whole = Builder()
    for at, passage in enumerate(passages):
        if at:
            whole.add(separator)
        whole.passage(passage)
    return whole.built()
