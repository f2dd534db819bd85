"""Markdown is shown as forges show it, or the check names the line; nothing in between."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from lxml import html
from markdown_it import MarkdownIt

from archive.checks import attributes, markdown, markup, pages
from archive.facts.gather import Archive
from archive.facts.site import Site
from archive.files.pages import Page
from tests.samples.engine import rendered
from tests.samples.sample import read

PIECES: Mapping[str, Mapping[str, object]] = yaml.load(
    Path(__file__).with_name("markdown_pieces.yml").read_text("utf-8"), yaml.CSafeLoader
)
RULES = (
    markdown.marks_have_their_effect,
    markdown.notes_have_their_marks,
    markdown.code_blocks_are_code_blocks,
    pages.macros_are_well_formed,
    markdown.masks_are_not_typed,
    pages.links_can_be_read,
    pages.links_lead_somewhere,
    markup.html_is_on_the_list,
    attributes.attribute_lists_are_on_the_list,
    attributes.definitions_stand_alone,
)
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return read(tmp_path_factory.mktemp("pieces")).archive


def told(archive: Archive, text: str) -> list[str]:
    archive.pages = {"a.md": Page("a.md", "docs/a.md", text=text)}
    found = {problem for rule in RULES for problem in rule(Site(archive))}
    return [f"{problem.line}: {problem.message}" for problem in sorted(found)]


def normal(source: str) -> str:
    """HTML without what the engine adds to headings and code, white space as a browser shows it."""
    tree = html.fragment_fromstring(source, create_parent="div")
    for link in tree.xpath(".//a[@class='headerlink']"):
        link.drop_tree()
    for wrapper in tree.xpath(".//div[@class='highlight'] | .//pre//span"):
        wrapper.drop_tag()
    for element in tree.iter():
        element.tag = {"s": "del"}.get(element.tag, element.tag)
        if element.tag in ("h1", "h2", "h3", "code"):
            element.attrib.clear()
        if style := element.get("style"):
            element.set("style", style.replace(" ", "").rstrip(";"))
    found = html.tostring(tree, encoding="unicode")
    found = re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", found)
    found = re.sub(
        r"\s*(</?(?:p|li|ul|ol|div|h\d|blockquote|t\w+|pre|hr|br)\b[^<>]*>)\s*", r"\1", found
    )
    return re.sub(r"\s+", " ", found)


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_is_shown_as_on_a_forge_or_told_of(archive: Archive, name: str) -> None:
    piece = PIECES[name]
    text = str(piece["text"])
    assert told(archive, text) == piece.get("told", [])
    if "told" not in piece:
        shown = str(piece.get("html") or GITHUB.render(text))
        assert normal(rendered(text)) == normal(shown)
