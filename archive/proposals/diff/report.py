"""A comparison from the names of its two sides to the text that is handed out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from archive.files.yaml import Problem
from archive.proposals.diff.as_json import as_json, broken_json
from archive.proposals.diff.as_markdown import broken_markdown, markdown
from archive.proposals.diff.as_text import broken_text, text
from archive.proposals.diff.compare import Changes, compare, unreadable
from archive.proposals.diff.sides import side

FORMS: Mapping[
    str, tuple[Callable[[Changes], str], Callable[[Mapping[str, Sequence[Problem]]], str]]
] = {
    "text": (text, broken_text),
    "markdown": (markdown, broken_markdown),
    "json": (as_json, broken_json),
}
"""Form of the output → how changes are written in it, and how what cannot be read."""


def report(root: Path, base: str, head: str, as_of: date, form: str) -> tuple[str, bool]:
    """What differs from `base` to `head`, and whether both could be read; else what is wrong.

    Raises NoSuchSideError.
    """
    told, told_broken = FORMS[form]
    with side(root, base, as_of) as old, side(root, head, as_of) as new:
        broken = {base: unreadable(old), head: unreadable(new)}
        if any(broken.values()):
            return told_broken(broken), False
        return told(compare(old, new)), True
