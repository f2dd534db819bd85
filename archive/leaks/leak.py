"""The leak a detector reports: what was found, masked so that it is recognised but not disclosed."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import NamedTuple
from unicodedata import normalize

from archive.schema.allowed import LEAK_RULES, LeakKind


class TextLeak(NamedTuple):
    """Something in a text that must not be published."""

    kind: LeakKind
    found: str
    """The text found, its middle masked."""
    at: int
    """Its offset in the text."""
    original: str = ""
    """The text itself where `found` masks it. It is neither shown nor stored."""


class FileLeak(NamedTuple):
    """Something in a file that must not be published, at a line or, in a file without lines, a place.

    It is a tuple of plain values so that a cache can store it.
    """

    kind: LeakKind
    found: str
    line: int = 1
    place: str = ""
    digest: str = ""
    """The digest of the text found, see `text_digest`; empty where `found` only tells of what kind it is."""

    @property
    def what(self) -> tuple[str, str, str]:
        """What was found, wherever it stands."""
        return self.kind, self.found, self.digest


Search = Callable[[str], Iterable[TextLeak]]
"""A function that yields the leaks in a text."""


def masked(text: str, head: int, tail: int) -> str:
    """Return `text` with all but its first `head` and last `tail` characters as asterisks.

    At least half of the text is masked; where that needs it, fewer characters are shown.
    """
    text = " ".join(text.split())
    shown = len(text) // 2
    tail = min(tail, shown // 2)
    head = min(head, shown - tail)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def text_digest(text: str) -> str:
    """Return a digest of a text found, the same however the text is spaced, punctuated and encoded."""
    letters = "".join(filter(str.isalnum, normalize("NFKC", text).casefold()))
    return sha256(letters.encode()).hexdigest()


def in_file(found: TextLeak, line: int = 1, place: str = "") -> FileLeak:
    """Return a leak in a text as one in a file."""
    return FileLeak(
        found.kind, found.found, line, place, text_digest(found.original or found.found)
    )


def leaks_by_line(text: str, findings: Iterable[TextLeak]) -> list[FileLeak]:
    """Return leaks in a text with their line numbers, in the order of the text."""
    leaks, line, done = [], 1, 0
    for finding in sorted(findings, key=lambda finding: finding.at):
        line += text.count("\n", done, finding.at)
        done = finding.at
        leaks.append(in_file(finding, line))
    return leaks


def leaks_in_part(place: str, findings: Iterable[TextLeak]) -> list[FileLeak]:
    """Return leaks in the text of one part of a file; `place` is what messages call the part."""
    return [in_file(finding, place=place) for finding in findings]


_WAYS_OUT = {
    "网页脚本": "请把网页、脚本转成 PDF 或 txt，图另存为“纯 SVG”或者 PNG",
    "未公开的名称": "请在页面里用 name 宏，台账、附件里换一种写法，可以公开的，在 data/unit.yml 里写明公开",
}
"""Kind → what to do about a leak of a kind that cannot be allowed."""


def format_leak(found: FileLeak) -> str:
    """Return the message for a leak in a file, without the file's name and line."""
    where = f"（{found.place}）" if found.place else ""
    way_out = _WAYS_OUT.get(found.kind, "请删去或改正，确可公开的，在 data/allowed.yml 写明")
    return f"{LEAK_RULES[found.kind]}，现有 {found.found}{where}；{way_out}"
