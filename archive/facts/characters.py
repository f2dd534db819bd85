"""The characters of pages and data that a font may lack."""

import re
from pathlib import Path

from archive.facts.site import Site
from archive.files.html import unescaped

USUAL = re.compile(
    "[ -~\\s\u00a0-\u00ff\u2010-\u2016\u2018\u2019\u201c\u201d\u2026\u2030\u2032\u2033\u2160-\u216b\u2190-\u2193"
    "\u2460-\u24ff\u25a0\u25a1\u25b2\u25b3\u25cb\u25ce\u25cf\u2605\u2606\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e\uffe0-\uffe6"
    "\u2264\u2265\u2260\u2248\u2103\u33a1]+"
)
"""Characters that are in the fonts to which every role falls back."""


def unusual_characters(site: Site) -> str:
    """Return the characters that are not usual in the pages and in the data, each once."""
    found: set[str] = set()
    for page in site.archive.written.values():
        found.update(USUAL.sub("", page.text))
        if "&#" in page.text:  # a character written as its number
            found.update(USUAL.sub("", unescaped(page.text)))
    for records in site.archive.records.values():
        for record in records:
            found.update(USUAL.sub("", repr(vars(record.data))))
    for name, place in site.archive.project.data_files().places.items():
        if name.partition("/")[0] not in site.archive.records:
            found.update(USUAL.sub("", Path(place).read_text("utf-8", "replace")))
    return "".join(sorted(found))
