"""Markup as text: what tags within a line cut is in one piece again, where lines are drawn is left out."""

import re

from archive.elements import FLOWING

# In a drawing <tspan> stands as <span> does in a text.
_WITHIN = re.compile(
    rf"<(?:/?(?:{'|'.join(sorted(FLOWING, key=len, reverse=True))}|tspan)(?=[\s/>])[^<>]*|!--(?:(?!<!--).)*?--)>",
    re.DOTALL,
)
_COORDINATES = re.compile(r"\s(?:d|points|transform|viewBox)=(?:\"[^\"]*\"|'[^']*')")


def joined(source: str) -> str:
    """`source` without the tags that stand within a line and without comments, each line where it was."""
    return _WITHIN.sub(_lines, source)


def without_coordinates(source: str) -> str:
    """`source` without the attributes of drawings that only say where, each line where it was."""
    return _COORDINATES.sub(_lines, source)


def _lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
