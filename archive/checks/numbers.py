"""The rule at the heart of it: in the report, a number comes from the register or is a set phrase."""

from collections.abc import Iterator

from archive.gather import Archive
from archive.numerals import find_numbers
from archive.pages import Page
from archive.site import Site
from archive.source import Problem

_FOLDER = "report/"


def report_pages(archive: Archive) -> Iterator[Page]:
    """The pages whose every number must have a source."""
    yield from (page for path, page in archive.pages.items() if path.startswith(_FOLDER))


def numbers_are_not_typed(site: Site) -> Iterator[Problem]:
    """A number in the report comes from `fig(…)` or stands in a set phrase of data/phrases.yml."""
    if site.archive.documents["phrases"].problems:
        return  # without the set phrases every one of them would be reported
    phrases = [phrase.text for phrase in site.archive.phrases]
    for page in report_pages(site.archive):
        for found in find_numbers(page.prose, phrases):
            yield page.problem(
                found.start,
                f"报告中的数须取自指标（fig）或固定用语（data/phrases.yml），现有手写的“{found.text}”",
            )
