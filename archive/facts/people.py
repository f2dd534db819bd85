"""People named in the archive: who is told of in an example, and whether they agree to be named."""

import re
from collections.abc import Iterator

from archive.facts.gather import Archive
from archive.files.pages import Page
from archive.schema.examples import Example


def examples(archive: Archive) -> Iterator[tuple[Page, Example]]:
    """The pages that are examples, with their records."""
    for page in archive.pages.values():
        if isinstance(page.meta, Example):
            yield page, page.meta


def withheld_names(archive: Archive) -> frozenset[str]:
    """The names of people, filled in, of whom no example records that they agree to be named.

    某某 names nobody, and a single character is no name.
    """
    names = archive.unit.names if archive.unit else {}
    agreed = people_agreed(archive)
    return frozenset(
        name.value
        for id_, name in names.items()
        if name.person
        and name.value
        and re.fullmatch("[^某]{2,}", name.value)
        and id_ not in agreed
    )


def people_agreed(archive: Archive) -> set[str | None]:
    """The ids of the people of whom an example records that they agree to be named."""
    return {record.person for _, record in examples(archive) if record.consent.status == "已取得"}
