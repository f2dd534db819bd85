"""The central rule: in the report, a number comes from the register or is part of a set phrase."""

import re
from collections.abc import Iterator

from archive.checks.numerals import find_numbers
from archive.checks.problems import repeated
from archive.facts.gather import Archive
from archive.facts.site import Site
from archive.files.pages import Page
from archive.files.yaml import Problem

SOURCED = {"report/": "报告", "examples/": "典型事例"}
"""Folders of docs/ in which every number must have a source → what messages call their pages."""

_OTHER_TEXT = re.compile(
    r"(?:alt|title|aria-label)\s*=\s*[\"'](?P<attribute>[^\"'\n]*)[\"']"
    r"|\]\([^()\s]*[ \t]+[\"'](?P<title>[^\"'\n]*)[\"'][ \t]*\)"
)
"""Texts that a reader meets outside the prose: attributes, titles of links."""


def sourced_pages(archive: Archive) -> Iterator[tuple[str, Page]]:
    """Yield the pages in which every number must have a source, each after what messages call it."""
    for path, page in archive.pages.items():
        for folder, label in SOURCED.items():
            if path.startswith(folder):
                yield label, page


def numbers_are_not_typed(site: Site) -> Iterator[Problem]:
    """A number in the report or an example comes from `fig(…)` or is part of a set phrase."""
    if site.archive.documents["phrases"].problems:
        return  # without the set phrases every number in them would be reported
    phrases = [phrase.text for phrase in site.archive.phrases]
    for label, page in sourced_pages(site.archive):
        rule = f"{label}中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的"
        for start, text in _texts(page):
            for found in find_numbers(text, phrases):
                yield page.problem(start + found.start, f"{rule}“{found.text}”")
        for name in ("title", "description"):
            for found in find_numbers(getattr(page.meta, name, None) or "", phrases):
                yield page.front_problem(f"{rule}“{found.text}”", name)


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the texts of a page as (offset, text): prose, code, attributes, titles of links."""
    yield 0, page.prose
    for start, end in page.hidden:
        if not page.text.startswith("<", start):
            yield start, page.text[start:end]
    for found in _OTHER_TEXT.finditer(page.plain):
        name = found.lastgroup or ""
        yield found.start(name), found[name]


def phrases_are_needed(site: Site) -> Iterator[Problem]:
    """A set phrase must occur in the report, in an example or in the statement of an item."""
    if site.archive.documents["phrases"].problems:
        return
    statements = (criterion.statement or "" for criterion in site.archive.criteria.values())
    text = "\n".join([*(page.prose for _, page in sourced_pages(site.archive)), *statements])
    where = f"{'、'.join(SOURCED.values())}或考评项目的说明报告"
    for index, phrase in enumerate(site.archive.phrases):
        if phrase.text not in text:
            yield site.archive.problem(
                "phrases",
                f"固定用语须在{where}中出现，“{phrase.text}”没有出现，请删去这一条",
                index,
            )


def phrases_stand_once(site: Site) -> Iterator[Problem]:
    """No set phrase is listed twice."""
    listed = enumerate(site.archive.phrases)
    for (index, phrase), _ in repeated(listed, lambda item: item[1].text):
        message = f"固定用语须只列一次，“{phrase.text}”已经列过"
        yield site.archive.problem("phrases", message, index, "text")
