"""A cache of rendered pages, so that after an edit MkDocs renders only what has changed.

The HTML of a page depends on its text after the macros, on mkdocs.yml, on the versions of the
packages that render it, on our own reading of Markdown, and on the list of files, which links may lead
to. All of that is in the key. No Markdown extension in use reads anything else; one that does, such
as one that includes files, would have to add what it reads to the key. A page with warnings is not
kept, so that the next build gives the warnings again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from archive.facts.project import Project
from archive.files.cache import Cache, digest
from archive.files.content import SETTINGS
from archive.files.own_files import OWN_SETTINGS

_RENDERING = ("mkdocs", "Markdown", "markdown-it-py", "pymdown-extensions", "Pygments")
"""The packages that turn Markdown into HTML."""
_OWN = [Path(__file__).parents[2] / room for room in ("files", "render")]
"""The folders of our own code that reads Markdown, or that Markdown calls, as named in mkdocs.yml."""


class UnreadablePageError(Exception):
    """The engine cannot render a page; `page` is its path in docs/."""

    def __init__(self, page: str, cause: Exception) -> None:
        super().__init__(page, cause)
        self.page = page
        self.cause = cause


@contextmanager
def cached_pages(project: Project, warnings: Sequence[str]) -> Iterator[None]:
    """While entered, MkDocs renders only pages that are not in the cache.

    `warnings` is the list that MkDocs' warnings are added to; a page that adds one is not kept.
    """
    own = sorted(file for folder in _OWN for file in folder.glob("*.py"))
    cache = Cache(project.cache("pages"), digest([Path(__file__), *own, OWN_SETTINGS]))
    versions = " ".join(f"{name}=={version(name)}" for name in _RENDERING)
    settings = (project.root / SETTINGS).read_text("utf-8")
    there = ""  # the same for every page, so built once
    render = Page.render  # MkDocs has plugin events before and after this step, none in its place

    def kept(page: Page, config: MkDocsConfig, files: Files) -> None:
        nonlocal there
        there = there or repr(sorted((one.src_uri, one.dest_uri) for one in files))
        key = cache.key(
            "\0".join([versions, settings, there, page.file.src_uri, page.markdown or ""]).encode()
        )
        known = cache.get(key)
        if known is not None:
            _fill(page, known, files)
            return
        before = len(warnings)
        try:
            render(page, config, files)
            found = _rendered(page)
        except Exception as error:  # whatever a page holds, it ends no build with a traceback
            raise UnreadablePageError(page.file.src_uri, error) from error
        if len(warnings) == before:
            cache.put(key, found)

    pages: Any = Page  # its types allow no other method in place of this one
    pages.render = kept
    try:
        yield
    finally:
        pages.render = render
    cache.save()


def _rendered(page: Page) -> tuple[Any, ...]:
    """What rendering has set on the page: HTML, contents, title, anchors, links."""
    links = {to.src_uri: dict(anchors) for to, anchors in (page.links_to_anchors or {}).items()}
    toc = [_heading(one) for one in page.toc]
    return page.content, toc, page._title_from_render, sorted(page.present_anchor_ids or ()), links


def _fill(page: Page, known: tuple[Any, ...], files: Files) -> None:
    """Set on the page what `_rendered` returned for it before."""
    page.content, toc, page._title_from_render, anchors, links = known
    page.toc = get_toc(toc)
    page.present_anchor_ids = set(anchors)
    found = ((files.get_file_from_path(path), names) for path, names in links.items())
    page.links_to_anchors = {to: names for to, names in found if to}


def _heading(link: AnchorLink) -> dict[str, Any]:
    """An entry of a page's contents in the form `get_toc` takes."""
    inner = [_heading(one) for one in link.children]
    return {"name": link.title, "id": link.id, "level": link.level, "children": inner}
