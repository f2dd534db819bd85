"""From each sentence of the report to what it names in the archive, and back, in the built site."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote, urljoin

import lxml.html
import pytest

from tests.conftest import ROOT

PARTS = ("overview", "part-1", "part-2", "part-3", "next")
SYSTEMS = ("regulations/", "honours/", "examples/", "records/", "figures/#", "measures/#")
"""Where what the report names is kept, each with a way back."""

Text = list[tuple[str, str]]
"""Characters, each with where the link around it leads, from the site's root, or an empty string."""


@lru_cache
def article(site: Path, address: str) -> lxml.html.HtmlElement:
    tree = lxml.html.document_fromstring((site / address / "index.html").read_bytes())
    (found,) = tree.iter("article")
    return found


def leads(address: str, link: lxml.html.HtmlElement) -> str:
    """Where a link on a page leads, from the site's root."""
    return unquote(urljoin(f"/{address}", link.get("href") or "")).removeprefix("/")


def read(element: lxml.html.HtmlElement, address: str, link: str = "") -> Iterator[tuple[str, str]]:
    here = leads(address, element) if element.tag == "a" else link
    yield from ((char, here) for char in element.text or "")
    for child in element:
        yield from read(child, address, here)
        yield from ((char, here) for char in child.tail or "")


def sections(site: Path, part: str) -> dict[str, Text]:
    """The paragraphs of a part of the report, by the id of the sub-section they stand in."""
    address = f"report/{part}/"
    found: dict[str, Text] = {}
    place = part
    for element in article(site, address).xpath(".//h2[@id] | .//p"):
        if element.tag == "h2":
            place = f"{part}#{element.get('id')}"
        else:
            found.setdefault(place, []).extend(read(element, address))
    return found


def back(site: Path, target: str) -> set[str]:
    """Where a page leads, or one entry of the honours, the register or the measures."""
    address, _, anchor = target.partition("#")
    page = article(site, address)
    if address not in ("honours/", "figures/", "measures/"):
        return {leads(address, link) for link in page.iter("a")}
    (heading,) = page.xpath(f".//*[@id='{anchor}']")
    ends = ("h2", heading.tag)
    after = takewhile(lambda element: element.tag not in ends, heading.itersiblings())
    # An honour is a row; a figure and a measure are a heading and what follows it.
    parts = [heading] if heading.tag == "tr" else after
    return {leads(address, link) for part in parts for link in part.iter("a")}


@pytest.mark.parametrize("part", PARTS)
def test_from_the_sentence_to_the_page_and_back(demo_site: Path, part: str) -> None:
    tried = 0
    for place, text in sections(demo_site, part).items():
        _, _, anchor = place.partition("#")
        for target in {link for _, link in text} - {""}:
            if not target.startswith(SYSTEMS) or "#art-" in target:
                continue
            tried += 1
            # The lead has no sub-section: its heading is that of the page.
            wanted = f"report/{part}/#{anchor}" if anchor else f"report/{part}/"
            there = back(demo_site, target)
            assert any(link == wanted if anchor else link.startswith(wanted) for link in there), (
                place, target,
            )  # fmt: skip
    assert tried


@pytest.mark.parametrize("part", PARTS)
def test_every_figure_named_leads_to_its_entry(demo_site: Path, part: str) -> None:
    source = (ROOT / "docs" / "report" / f"{part}.md").read_text("utf-8")
    address = f"report/{part}/"
    links = article(demo_site, address).xpath(".//a[contains(@class, 'fig')]")
    named = re.findall(r'fig\("(\w+)"\)', source)
    assert [leads(address, link) for link in links] == [f"figures/#{id_}" for id_ in named]
    assert all(article(demo_site, "figures/").xpath(f".//h3[@id='{id_}']") for id_ in named)
