"""Entries of the register taken over from another version of it, letter by letter."""

import re
from collections.abc import Iterable

_ENTRY = re.compile(r"^(?=[^\s#\-])", re.MULTILINE)
"""Where an entry of a mapping in block style begins."""


def kept_entries(source: bytes, target: bytes, ids: Iterable[str]) -> bytes:
    """The file `target` with its entries `ids` as `source` has them; those it lacks come at its end.

    Comments after an entry belong to it.
    """
    theirs, ours = _entries(source), _entries(target)
    ours |= {id_: theirs[id_] for id_ in ids if id_ in theirs}
    parts = [part if part.endswith("\n") else f"{part}\n" for part in ours.values()]
    return "".join(parts).encode()


def _entries(raw: bytes) -> dict[str, str]:
    """Id → the text of its entry; what stands before the first has the empty id."""
    first, *entries = _ENTRY.split(raw.decode("utf-8-sig"))
    return {"": first} | {text.partition(":")[0].strip("\"' "): text for text in entries}
