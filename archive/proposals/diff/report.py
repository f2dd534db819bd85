"""Compare two named revisions and write the result as text, Markdown or JSON."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from archive.facts.site import Site
from archive.files.yaml import Problem
from archive.proposals.diff.as_json import as_json, broken_json
from archive.proposals.diff.as_markdown import broken_markdown, markdown
from archive.proposals.diff.as_text import broken_text, text
from archive.proposals.diff.compare import Changes, compare, reading_problems
from archive.proposals.diff.revisions import load_revision

FORMS: Mapping[
    str, tuple[Callable[[Changes], str], Callable[[Mapping[str, Sequence[Problem]]], str]]
] = {
    "text": (text, broken_text),
    "markdown": (markdown, broken_markdown),
    "json": (as_json, broken_json),
}
"""Form of the output → the function that writes changes, and the one for unreadable revisions."""


class Report(NamedTuple):
    """What a comparison says: of changes, or, where it is not `readable`, of the problems."""

    text: str
    readable: bool
    moves_figures: bool
    files: frozenset[str] = frozenset()
    """The files whose changes the text tells."""


def report(root: Path, base: str, head: str, as_of: date, form: str) -> Report:
    """The differences from `base` to `head` in `form`; or the problems of reading them.

    Raises UnknownRevisionError.
    """
    with load_revision(root, base, as_of) as old, load_revision(root, head, as_of) as new:
        return compared(base, old, head, new, form)


def compared(base: str, old: Site, head: str, new: Site, form: str) -> Report:
    """The same of revisions that are loaded; `base` and `head` are what they are called."""
    write_changes, write_problems = FORMS[form]
    broken = {base: reading_problems(old), head: reading_problems(new)}
    if any(broken.values()):
        return Report(write_problems(broken), readable=False, moves_figures=False)
    changes = compare(old, new)
    return Report(write_changes(changes), True, bool(changes.figures), changes.files)
