"""What a report declares to be no figure and no name (`typed`): it may be typed on the report's pages."""

import re
from collections.abc import Iterable

from archive.checks.shown import shown_texts
from archive.facts.site import Site
from archive.files.pages import Page

STARS = re.compile("[*＊∗✱]+")
_LETTERS = re.compile(r"[^\W\d_]")
_JOINED = re.compile(r"\w[\w*＊∗✱]|[\w*＊∗✱]\w")
"""Two signs of one word."""


def declared_words(site: Site, page: Page) -> tuple[str, ...]:
    """Return the words with numbers and masks that the report of a page declares to be none."""
    report = site.archive.reports.get(site.report_by_page.get(page.path, ""))
    return report.typed if report else ()


def is_declared(text: str, start: int, end: int, typed: Iterable[str]) -> bool:
    """Return whether what stands from `start` to `end` of a text is a part of words that are declared.

    Words that are hardly more than it stand for it only where nothing is joined to them.
    """
    found = text[start:end].strip()
    for words in typed:
        at = text.find(words, max(0, start + len(found) - len(words)), start + len(words))
        while at >= 0:
            pairs = (text[max(0, at - 1) : at + 1], text[at + len(words) - 1 : at + len(words) + 1])
            joined = any(map(_JOINED.fullmatch, pairs))
            if not joined or len(_LETTERS.findall(words.replace(found, ""))) > 1:
                return True
            at = text.find(words, at + 1, start + len(words))
    return False


def declared_stars(site: Site, page: Page) -> set[int]:
    """Return where in the text of a page asterisks stand that are declared to be no masks."""
    typed = [words for words in declared_words(site, page) if STARS.search(words)]
    places = (
        shown.written_at(at)
        for shown in (shown_texts(page) if typed else ())
        for stars in STARS.finditer(shown.text)
        if is_declared(shown.text, *stars.span(), typed)
        for at in range(*stars.span())
    )
    return {at + page.text.startswith("\\", at) for at in places}
