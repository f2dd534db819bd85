"""What of the repository is content: written by the bureau's staff, and judged by the check.

Everything else is the program's, and a change of it may change the rules themselves. Only the standard
library is used here, for `setup/touches-program` reads this before anything is installed.
"""

import re

RECORDS, PAGES = "data/", "docs/"
"""The folders of content."""
KINDS = frozenset(
    [
        "md",
        "pdf",
        "docx",
        "xlsx",
        "pptx",
        "odt",
        "ods",
        "odp",
        "ofd",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "webp",
        "svg",
        "tif",
        "tiff",
        "bmp",
        "heic",
        "avif",
        "csv",
        "txt",
        "mp4",
        "mov",
    ]
)
"""Suffixes of pages and attachments; other files of docs/ may be read by other programs as orders."""
LISTS = "README.md"
"""The lists of fields beside the records, which belong to the program too."""
SETTINGS = "mkdocs.yml"
"""Its navigation is content, all else in it is the program's."""


def is_content(path: str) -> bool:
    """Return whether the file at `path`, from the root, is content.

    Hidden files are not, wherever they are: Git and other programs take orders from some of them.
    """
    parts = path.split("/")
    suffix = parts[-1].rpartition(".")[2].lower()
    if parts[-1] == LISTS or any(part.startswith(".") for part in parts):
        return False
    if path.startswith(RECORDS):
        return suffix == "yml"
    return path.startswith(PAGES) and suffix in KINDS


_ENTRY = re.compile(
    r" *- (?:[^\s:#&*!|>'\"\[\]{}%@`,?-][^:#&*!|>'\"\[\]{}%@`?]*:)?(?: ?[\w./-]+\.md)? *"
)
"""An entry of the navigation: a title, a page, or both; nothing that could begin another kind of value."""


def without_navigation(settings: str) -> list[str]:
    """Return the lines of mkdocs.yml without the navigation; two that are equal differ in content alone."""
    kept = []
    there = inside = False
    for line in settings.splitlines():
        if line == "nav:" and not there:
            there = inside = True
        elif inside and (not line.strip() or _ENTRY.fullmatch(line)):
            continue
        else:
            inside = False
            kept.append(line)
    return kept
