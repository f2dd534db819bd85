"""People named in the archive: who is the subject of an example, and who agreed to be named."""

import re
from collections.abc import Iterator

from archive.facts.gather import Archive
from archive.files.pages import Page
from archive.schema.examples import Example


def examples(archive: Archive) -> Iterator[tuple[Page, Example]]:
    """Yield the pages that are examples, each with its front matter."""
    for page in archive.written.values():
        if isinstance(page.meta, Example):
            yield page, page.meta


def withheld_names(archive: Archive) -> frozenset[str]:
    """Return the names of people of whom no example records consent to be named.

    Names with 某 and names of one character identify nobody and are left out.
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
    """Return the ids of the people of whom an example records consent to be named."""
    return {record.person for _, record in examples(archive) if record.consent.status == "已取得"}
