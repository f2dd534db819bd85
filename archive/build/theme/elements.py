"""The elements that stand in a page, or may come into it, as far as a style sheet asks for them."""

import re
from functools import lru_cache

from archive.build.markup import ATTRIBUTE, START, TAG
from archive.build.theme.selectors import Compound
from archive.files.html import unescaped

Elements = frozenset[Compound]
"""Elements, each by what it has of what is looked for; elements alike are one."""

_TAG, _START = re.compile(TAG), re.compile(START)
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_BY_BROWSER = {"open"}
"""Attributes that browsers themselves set, as of details that a reader opens."""


def elements_of(source: str, looked_for: frozenset[str]) -> Elements:
    """The elements of a page of HTML, read by the grammar to which the scan holds it."""
    return frozenset(_has(tag) & looked_for for tag in set(_START.findall(source)))


@lru_cache(maxsize=100_000)
def _has(tag: str) -> Compound:
    """All that could be asked of the element of a start tag; most tags recur on other pages."""
    found = _TAG.match(tag)
    assert found
    has = {found["name"]}
    for name, *values in ATTRIBUTE.findall(found["attributes"]):
        value = unescaped("".join(values))
        has |= {f"[{name}]", f"[{name}={value}]"}
        if name == "class":
            has |= {f".{one}" for one in value.split()}
        elif name == "id":
            has.add(f"#{value}")
    return frozenset(has)


def named(scripts: str, looked_for: frozenset[str]) -> Compound:
    """What of it any element may have at some time: scripts name it, or the browser sets it.

    Each word of a script counts, wherever it stands: no name is put together of pieces there.
    """
    words = {*_WORD.findall(scripts), *_BY_BROWSER}
    return frozenset(one for one in looked_for if one.strip(".#[]").partition("=")[0] in words)
