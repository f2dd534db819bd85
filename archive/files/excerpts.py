"""Text of a file as messages quote it: on one line, short, without passwords."""

import re

_PASSWORD = re.compile(r"//(?:[^/\s@:]{1,200}:[^\s@]{0,300}|[^/\s]{1,500})@")
"""A user's name and password in an address."""


def one_line(text: str) -> str:
    """Return `text` on one line, as messages need it."""
    return " ".join(text.split())


def shorten(text: str, most: int = 40) -> str:
    """Return `text` on one line; if it is longer than `most` characters, cut, with an ellipsis."""
    line = _PASSWORD.sub("//…@", one_line(text))
    return line if len(line) <= most else line[: most - 1] + "…"


def clip(text: str) -> str:
    """Return a line of a file as it is or should be written; of a long one the two ends."""
    line = _PASSWORD.sub("//…@", text)
    return line if len(line) <= 60 else f"{line[:44]}…{line[-12:]}"
