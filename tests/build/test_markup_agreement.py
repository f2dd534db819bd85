"""What the check lets pass in a page, the engine makes nothing of that is off the list."""

from pathlib import Path

import pytest

from archive.build.markup import faults
from archive.checks import attributes, markup, pages
from archive.facts.gather import Archive
from archive.facts.site import Site
from archive.files.pages import Page
from tests.samples.built import built
from tests.samples.engine import rendered
from tests.samples.markup import texts
from tests.samples.sample import read

RULES = (
    pages.macros_are_well_formed,
    pages.links_can_be_read,
    pages.links_lead_somewhere,
    markup.html_is_on_the_list,
    markup.headings_leave_the_site_its_ids,
    attributes.attribute_lists_are_on_the_list,
    attributes.definitions_stand_alone,
)


def passes(archive: Archive, text: str) -> bool:
    archive.pages = {"a.md": Page("a.md", "docs/a.md", text=text)}
    return not any(problem for rule in RULES for problem in rule(Site(archive)))


@pytest.mark.parametrize("number", [9_000, pytest.param(30_000, marks=pytest.mark.deep)])
def test_what_the_check_lets_pass_is_on_the_list_when_built(tmp_path: Path, number: int) -> None:
    archive = read(tmp_path).archive
    passed = [text for text in texts(number, 12) if passes(archive, text)]
    assert len(passed) > number / 60
    wrong = {text: faults(built(rendered(text))) for text in passed}
    assert {text: said for text, said in wrong.items() if said} == {}
