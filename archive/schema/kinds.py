"""The kinds of page there are: which model a page's front matter follows."""

from collections.abc import Mapping

from archive.schema.examples import Example
from archive.schema.front import PageMeta
from archive.schema.regulations import Regulation

KINDS: Mapping[str, type[PageMeta]] = {"examples": Example, "regulations": Regulation}
"""Folder of docs/ whose pages are records → their model."""

_ABOUT = {"index.md", "changes.md"}
"""Pages in such a folder that are about its records and none themselves."""


def page_model(path: str) -> type[PageMeta]:
    """The model for the front matter of the page at `path` in docs/."""
    folder, _, name = path.rpartition("/")
    return PageMeta if name in _ABOUT else KINDS.get(folder, PageMeta)
