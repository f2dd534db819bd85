"""A text, searched by every detector that reads texts."""

import re
from collections.abc import Collection, Iterator

from archive.leaks.addresses import addresses
from archive.leaks.drafts import drafts
from archive.leaks.finding import Finding, Found, Search, in_lines
from archive.leaks.numbers import numbers
from archive.leaks.people import named, people


def private(text: str, data: bool = False) -> Iterator[Finding]:
    """What is private in `text`; `data` says that it is YAML, CSV or JSON."""
    yield from numbers(text, data)
    yield from addresses(text)
    yield from people(text)


def searching(names: Collection[str], data: bool = False, marks: bool = True) -> Search:
    """A search for what is private, `names` included, and (`marks`) for draft marks."""

    def search(text: str) -> Iterator[Finding]:
        yield from private(text, data)
        yield from named(text, names)
        if marks:
            yield from drafts(text)

    return search


_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)


def in_yaml(text: str, marks: bool = True) -> list[Found]:
    """What must not stand in a YAML file. Draft marks may stand in its comments, which nobody publishes."""
    found = [*private(text, data=True)]
    if marks:
        found += drafts(_COMMENT.sub(lambda comment: " " * len(comment[0]), text))
    return in_lines(text, found)
