"""An extension of Python-Markdown by which addresses in HTML lead in Zensical where they lead in MkDocs.

Zensical reads the addresses of HTML in a page as it does those of Markdown: as paths from the page's
file. The macros write them as MkDocs leaves them: from the page as built, which is a folder deeper.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from archive.files.html import scheme

_QUOTED = r"""(?:"[^"<>]*"|'[^'<>]*')"""
_ADDRESS = re.compile(
    rf"""(?P<before><[a-z](?:[^"'<>]|{_QUOTED})*?\s(?:href|src)=["'])(?P<to>[^"'<>]*)"""
)
_CONTEXT = "rendering_context"
"""The name by which Zensical hands the page to extensions."""


def makeExtension(**_: Any) -> Extension:  # noqa: N802  (the name that Python-Markdown calls)
    """The extension, as Python-Markdown asks for it."""
    return _Addresses()


class _Addresses(Extension):  # type: ignore[misc]  # Python-Markdown has no types
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the name that Python-Markdown calls)
        # After 20, when all HTML of the page is in the store; it is called once, and not for each heading.
        md.treeprocessors.register(_FromFile(md), "archive-addresses", 15)


class _FromFile(Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Rewrites the addresses in the HTML of a page, and in no Markdown and no code."""

    def run(self, root: Element) -> None:
        if _CONTEXT in self.md.preprocessors:
            page = self.md.preprocessors[_CONTEXT].page.path
            kept = self.md.htmlStash.rawHtmlBlocks
            kept[:] = [from_file(page, html) if isinstance(html, str) else html for html in kept]


def from_file(page: str, html: str) -> str:
    """The HTML with each address that starts from the built `page` (its path in docs/) starting from its file."""
    folder = page.rpartition("/")[2].removesuffix(".md")
    if folder == "index":
        return html

    def rewritten(found: re.Match[str]) -> str:
        to = found["to"]
        if not to or to[0] in "#?/" or scheme(to):
            return found[0]
        return found["before"] + ((to[3:] or "./") if to.startswith("../") else f"{folder}/{to}")

    return _ADDRESS.sub(rewritten, html)
