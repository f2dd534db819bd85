"""Pages of a report that was brought as a file: what a reader sees of them, letter for letter."""

import re
from collections.abc import Callable

from archive.facts.releases import text_digest
from archive.files.markdown import visible
from archive.files.pages import MACRO, Page
from archive.files.spans import Call

_ASIDE = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
"""White space, and the joiners that keep a number and its unit on one line."""


def letters(text: str) -> str:
    """Return a text without white space, by which a page is compared with what was brought."""
    return _ASIDE.sub("", text)


def page_letters(page: Page, shown: Callable[[Call], str]) -> str:
    """Return all letters of a page's text in order; `shown` says what a macro shows."""
    calls = iter(page.calls)
    found = ""
    for token in page.tokens:
        if token.type == "inline":
            text = "".join(map(visible, token.children or ()))
            parts = text.split(MACRO)
            found += parts[0] + "".join(shown(next(calls)) + part for part in parts[1:])
    return letters(found)


def page_digest(page: Page) -> str:
    """Return the digest of a page's letters with its macros as they are written.

    What these show follows from the register and from the names, whose changes are recorded there.
    """
    return text_digest(page_letters(page, lambda call: page.text[call.start : call.end]))
