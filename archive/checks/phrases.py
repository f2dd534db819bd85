"""Rules for data/phrases.yml: a set phrase is an exception, so it must be a needed one."""

from collections.abc import Iterator

from archive.checks.numbers import SOURCED, sourced_pages
from archive.site import Site
from archive.source import Problem


def phrases_are_needed(site: Site) -> Iterator[Problem]:
    """A set phrase must stand in the report, in an example or in the statement of an item."""
    if site.archive.documents["phrases"].problems:
        return
    statements = (criterion.statement or "" for criterion in site.archive.criteria.values())
    text = "\n".join([*(page.prose for _, page in sourced_pages(site.archive)), *statements])
    where = f"{'、'.join(SOURCED.values())}或考评项目的说明报告"
    for index, phrase in enumerate(site.archive.phrases):
        if phrase.text not in text:
            yield site.archive.problem(
                "phrases",
                (index,),
                f"固定用语须在{where}中出现，“{phrase.text}”没有出现，请删去这一条",
            )


def phrases_stand_once(site: Site) -> Iterator[Problem]:
    """No set phrase is listed twice."""
    seen: set[str] = set()
    for index, phrase in enumerate(site.archive.phrases):
        if phrase.text in seen:
            yield site.archive.problem(
                "phrases", (index, "text"), f"固定用语须只列一次，“{phrase.text}”已经列过"
            )
        seen.add(phrase.text)
