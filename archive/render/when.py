"""今年, 三年来 and the like in a report: marked with the days they mean, which are told at each section's foot."""

import re
from collections.abc import Iterator
from itertools import pairwise

from archive.facts.saying import Period, meant
from archive.facts.site import Site
from archive.files.pages import Page
from archive.files.spans import Span, fill
from archive.render.text import day, fenced, plain_text

_SENTENCE = re.compile(r"[^。！？；\n]+")
_QUOTED = re.compile(r"《[^《》\n]*》|“[^“”\n]*”|‘[^‘’\n]*’|^[ \t]*>.*$", re.MULTILINE)
"""What others said, or a title: it is not of the report's period."""
_MARKS = "*_~`[]<>|\\"
"""Beside a word, a sign of Markdown could be read otherwise with a tag in the word's place."""


def when_marks(site: Site, page: Page) -> Iterator[tuple[int, int, str]]:
    """What is put into the text of a page of a report: a link around each of the words, the notes.

    Nothing where the report's period is not known.
    """
    report = site.archive.reports.get(site.report_parts.get(page.path, ""))
    if report is None or report.period.start is None or report.period.end is None:
        return
    own = report.period.start, report.period.end
    text = _own_words(page)
    stem = re.sub(r"\W", "-", page.path.removesuffix(".md"))
    starts = [0, *(heading.start for heading in page.headings), len(page.text)]
    for number, (begin, end) in enumerate(pairwise(starts)):
        id_ = f"when-{stem}-{number}"
        told: dict[tuple[str, Period], None] = {}
        for sentence in _SENTENCE.finditer(text, begin, end):
            for one in meant(text, sentence.span(), own):
                around = page.text[one.start - 1 : one.start] + page.text[one.end : one.end + 1]
                if any(sign in _MARKS for sign in around):
                    continue
                said = text[one.start : one.end]
                told[said, one.days] = None
                title = plain_text(f"{said}：{_days(one.days)}")
                shown = f'<a class="when" href="#{id_}" title="{title}">{said}</a>'
                yield one.start, one.end, shown
        if told:
            yield end, end, f"\n\n{fenced(_note(id_, told))}\n\n"


def _own_words(page: Page) -> str:
    """The text of a page, blank but for the running text that is neither linked nor quoted."""
    ends = (page.text.find("\n", one.start) for one in page.headings)
    lines = [
        (one.start, end if end >= 0 else len(page.text))
        for one, end in zip(page.headings, ends, strict=True)
    ]
    links: list[Span] = [(one.begin, one.end) for one in page.links if one.form == "markdown"]
    text = fill(page.prose, [*lines, *links])
    return fill(text, [found.span() for found in _QUOTED.finditer(text)])


def _days(days: Period) -> str:
    first, last = days
    return day(first) if first == last else f"{day(first)}至{day(last)}"


def _note(id_: str, told: dict[tuple[str, Period], None]) -> str:
    said = "；".join(f"“{words}”指{_days(days)}" for words, days in told)
    return (
        f'<div class="when-note" id="{id_}" data-search-skip><p>文中{plain_text(said)}。</p></div>'
    )
