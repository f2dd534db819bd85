"""Rules for the words of one meaning that search knows (data/synonyms.yml)."""

from collections.abc import Iterator

from archive.checks.problems import repeated
from archive.facts.site import Site
from archive.files.yaml import Problem


def synonyms_are_several(site: Site) -> Iterator[Problem]:
    """A group of synonyms has two words at least."""
    for index, group in site.archive.synonyms.items():
        if len(group.words) < 2:
            said = f"只有“{group.words[0]}”" if group.words else "一个也没有"
            message = f"一组同义词须至少两个，现{said}；请加上与它同义的，没有同义的，请删去这一组"
            yield site.archive.problem("synonyms", message, index, "words")


def synonyms_stand_in_one_group(site: Site) -> Iterator[Problem]:
    """A word stands in one group of synonyms, and once."""
    listed = [
        (index, place, word)
        for index, group in site.archive.synonyms.items()
        for place, word in enumerate(group.words)
    ]
    for (index, place, word), (first, _, _) in repeated(listed, lambda item: item[2].casefold()):
        line = site.archive.documents["synonyms"].line((first, "words"))
        message = f"同义词须只写一处，“{word}”已见第 {line} 行；请删去一处，意思相同的两组并成一组"
        yield site.archive.problem("synonyms", message, index, "words", place)
