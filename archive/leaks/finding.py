"""What a detector finds, told so that it can be recognised and not used."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from archive.schema.allowed import KINDS, Kind


class Finding(NamedTuple):
    """Something in a text that must not go out."""

    kind: Kind
    found: str
    """The thing itself, its middle masked."""
    at: int
    """Where in the text."""


class Found(NamedTuple):
    """Something in a file that must not go out: in a line, or at a place where there are no lines.

    Like a finding it is a tuple of plain values, so that a cache can keep it.
    """

    kind: Kind
    found: str
    line: int = 1
    place: str = ""


Search = Callable[[str], Iterable[Finding]]
"""What finds things in a text."""


def masked(text: str, head: int, tail: int) -> str:
    """`text` with only its first and last characters left, at least half of it hidden."""
    text = " ".join(text.split())
    shown = len(text) // 2
    tail = min(tail, shown // 2)
    head = min(head, shown - tail)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def in_lines(text: str, findings: Iterable[Finding]) -> list[Found]:
    """Findings in a text by their lines, in order."""
    found, line, done = [], 1, 0
    for one in sorted(findings, key=lambda finding: finding.at):
        line += text.count("\n", done, one.at)
        done = one.at
        found.append(Found(one.kind, one.found, line))
    return found


def at_place(place: str, findings: Iterable[Finding]) -> list[Found]:
    """Findings in the text of one part of a file, called `place`."""
    return [Found(one.kind, one.found, place=place) for one in findings]


def told(found: Found) -> str:
    """The message for something found in a file, without the file and the line."""
    where = f"（{found.place}）" if found.place else ""
    return f"{KINDS[found.kind]}，现有 {found.found}{where}；确可公开的，在 data/allowed.yml 写明"
