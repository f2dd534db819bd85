"""Read HTML as a browser does: whatever is in it, there is a document, and entities are characters."""

import lxml.html
from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement


def html_document(source: str) -> HtmlElement:
    """Return the document that a browser makes of `source`, however deep; an empty one of nothing.

    Without `huge_tree` the parser would leave out, and say nothing, what is nested more than 255 deep.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    raw = source.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        return lxml.html.document_fromstring(raw, parser=parser)
    except ParserError:  # nothing but space or remarks
        return lxml.html.document_fromstring("<p></p>")


def depth(document: HtmlElement) -> int:
    """Return how many levels of elements a document has."""
    level = deepest = 0
    for event, _ in iterwalk(document, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest
