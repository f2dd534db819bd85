"""Markup without the elements that stand within a line of text: what they cut is in one piece again."""

import re

from archive.elements import FLOWING

# In a drawing <tspan> stands as <span> does in a text.
_WITHIN = re.compile(
    rf"<(?:/?(?:{'|'.join(sorted(FLOWING, key=len, reverse=True))}|tspan)(?=[\s/>])[^<>]*|!--.*?--)>",
    re.DOTALL,
)


def joined(source: str) -> str:
    """`source` without those tags and without comments, each line where it was."""
    return _WITHIN.sub(lambda tag: "\n" * tag[0].count("\n"), source)
