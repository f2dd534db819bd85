"""Rules for pictures: what a page shows as one is shown whole and upright on screen and on paper."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path

from archive.checks.problems import each_page
from archive.facts.site import Site, once
from archive.files import pictures
from archive.files.bounds import MAX_ATTACHMENT, TOO_LONG, TooLongError, in_time
from archive.files.cache import Cache, digest
from archive.files.excerpts import shorten
from archive.files.links import Link
from archive.files.pages import Page
from archive.files.spans import joined, replaced
from archive.files.yaml import Problem

_NO_PLACE = re.compile(r"\||<t[dh]\b|<d[dt]\b|^ {0,3}(?:\[\^|:[ \t])")
"""What is on the line of a table, a note or a term, beside the picture."""


def pictures_can_be_shown(site: Site) -> Iterator[Problem]:
    """Browsers, PDF and Word all show what a page shows as a picture."""
    refused = refused_pictures(site)
    for page in site.archive.written.values():
        for offset, inside in _shown(page):
            if said := refused.get(inside):
                yield page.problem(offset, f"图片 {inside} {said}")


@each_page
def pictures_stand_in_the_text(page: Page) -> Iterator[Problem]:
    """No picture stands in a table, heading, note or term: it would be missing on paper."""
    headings = {page.line(heading.start) for heading in page.headings}
    shown = [one for one in page.links if one.embedded and one.form != "definition"]
    for link, line in zip(shown, _lines_without(page.plain, shown), strict=True):
        if page.line(link.begin) in headings or line:
            message = (
                "图片须自成一段，不得放在表格、标题、脚注、名词解释里，PDF 和 Word 里才有，"
                f"现有 {shorten(link.to.written)}；请移到前后另起一段"
            )
            yield page.problem(link.start, message)


def _lines_without(text: str, pictures: Sequence[Link]) -> Iterator[bool]:
    """Yield of each picture whether its line, all pictures taken away, is one of a table, a note or a term.

    A line is looked at once, as it may hold thousands of pictures.
    """
    gone = joined((one.begin, one.end) for one in pictures)
    lines = replaced(text, [(*span, "") for span in gone]).split("\n")
    faulty = [bool(_NO_PLACE.search(line)) for line in lines]
    ends = list(accumulate(len(line) + 1 for line in lines))
    begins = [start for start, _ in gone]
    before = [0, *accumulate(end - start for start, end in gone)]
    for one in pictures:
        at = bisect_right(begins, one.begin) - 1
        yield faulty[bisect_right(ends, begins[at] - before[at])]


@once
def refused_pictures(site: Site) -> Mapping[str, str]:
    """Return the files in docs/ that pages show as pictures and that are no good ones → why."""
    kept = Cache(site.archive.project.cache("pictures"), digest([Path(pictures.__file__)]))
    found = {}
    for page in site.archive.written.values():
        for _, inside in _shown(page):
            path = site.archive.docs.get(inside)
            # What is missing, empty or too large is told by other rules.
            if path is None or inside in found or not 0 < path.stat().st_size <= MAX_ATTACHMENT:
                continue
            suffix, raw = path.suffix.lower(), path.read_bytes()
            key = kept.key(f"{suffix}\0".encode() + raw)
            try:
                with in_time():
                    found[inside] = kept.made(key, partial(pictures.fault, raw, suffix))
            except TooLongError:
                found[inside] = TOO_LONG
    kept.save()
    return {inside: said for inside, said in found.items() if said}


def _shown(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the pictures of a page as (offset of the address, path in docs/)."""
    for link in page.links:
        if link.embedded and link.to.file:
            yield link.start, link.to.file
