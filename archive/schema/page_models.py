"""The kinds of page there are: which model a page's front matter follows."""

from collections.abc import Mapping

from archive.schema.examples import Example
from archive.schema.front import PageMeta
from archive.schema.regulations import Regulation

PAGE_MODELS: Mapping[str, type[PageMeta]] = {"examples": Example, "regulations": Regulation}
"""Folder of docs/ whose pages are records → their model."""

PUBLIC_PAGES = (
    "index.md", "glance.md", "report/", "honours/", "examples/", "figures/index.md", "records/", "regulations/",
)  # fmt: skip
"""The pages and folders of docs/ that the public edition may show; it has no others."""

_ABOUT = {"index.md", "changes.md"}
"""Pages in such a folder that are about its records and none themselves."""


def is_public(path: str, meta: PageMeta | None) -> bool:
    """Whether the public edition has the page: it may show it, and the page says nothing else.

    A draft of a regulation is for those who are to approve it.
    """
    if meta is None or meta.disclosure or (isinstance(meta, Regulation) and meta.draft):
        return False
    return any(path == one or (one[-1] == "/" and path.startswith(one)) for one in PUBLIC_PAGES)


def page_model(path: str) -> type[PageMeta]:
    """The model for the front matter of the page at `path` in docs/."""
    folder, _, name = path.rpartition("/")
    return PageMeta if name in _ABOUT else PAGE_MODELS.get(folder, PageMeta)
