"""Regulations that a report names in 《》, as links to their pages where the archive holds them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from archive.editing.report.brought import Block, Brought, Link
from archive.facts.regulations import texts
from archive.facts.site import Site

_NAMED = re.compile(r"《(?P<title>[^《》\n\d*]{2,60})》")
"""A title with a number in it may hold a figure, which no link goes through."""
_UP = "../../"
"""From a page of a report to docs/."""


def with_regulations(site: Site, brought: Brought) -> Brought:
    """Return the report with a link at each regulation it names that is no draft, but in headings."""
    known = {
        one.title: f"{_UP}{page.path}"
        for page, one in texts(site.archive).values()
        if not one.draft
    }
    return replace(brought, blocks=tuple(_linked(one, known) for one in brought.blocks))


def _linked(block: Block, known: Mapping[str, str]) -> Block:
    if block.kind == "heading":
        return block
    rows = tuple(
        tuple(replace(one, links=_more(one.text, one.links, known)) for one in row)
        for row in block.rows
    )
    return replace(block, links=_more(block.text, block.links, known), rows=rows)


def _more(text: str, links: tuple[Link, ...], known: Mapping[str, str]) -> tuple[Link, ...]:
    """The links of a text with those to the regulations it names, where it has none yet."""
    named = (one for one in _NAMED.finditer(text) if one["title"] in known)
    return links + tuple(
        Link(*one.span(), known[one["title"]])
        for one in named
        if not any(one.start() < other.end and other.start < one.end() for other in links)
    )
