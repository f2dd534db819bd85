"""The text of a regulation on any day: the present one with the later amendments undone.

An amendment records of each article it names what it said before, or that there was none; of an article
with neither it is not known, and nobody guesses.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from archive.facts.articles import article_id, numbered
from archive.files.pages import Page, read_page
from archive.files.spans import replaced
from archive.files.writing import block
from archive.files.yaml import parse
from archive.schema.regulations import Amendment, Regulation

VERSIONS = "regulations/versions/"
"""The folder of the pages that the program makes, one of each former text."""

MOST_TEXTS, MOST_CHARACTERS = 50, 500_000
"""Most former texts of a regulation that have a page each, and most characters of all of them.

A line in the list of amendments makes a text as long as the regulation; without a bound the time that a site
takes would grow with the square of what somebody has written.
"""

NOT_RECORDED = "（未记录原文）"
"""Stands for what an article said where that is not recorded."""

_BLOCK = re.compile(r":[ \t]*[|>][-+\d]*[ \t]*(?:#.*)?$")
"""The end of a line after which a text of several lines begins."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What an article says at a time."""

    text: str | None
    """Its text; None while it is not recorded."""
    exists: bool = True
    """Whether the regulation has it."""
    place: tuple[int, int] | None = None
    """Where it is recorded, as positions in `amendments` and `before`; None for the text of the page."""

    @property
    def shown(self) -> str:
        """The text, or that it is not recorded."""
        return NOT_RECORDED if self.text is None else self.text


_Place = tuple[int, int]
"""Where a former wording is recorded, as positions in `amendments` and `before`."""
_Lines = tuple[int, int]
"""The line of the file where a wording begins, and 1 if each of its lines has one of its own, else 0."""

_ABSENT = Wording("", exists=False)


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What one amendment, `amendments[index]`, made of an article."""

    article: str
    index: int
    before: Wording
    after: Wording


@dataclass(frozen=True, slots=True)
class Version:
    """A text of a regulation with the days it is, was or will be in force if nothing ends it."""

    page: str
    """The page with the text, as a path in docs/; empty where there is none."""
    start: date
    until: date | None
    """The last day before it was amended; None for the newest."""
    wordings: Mapping[str, Wording]
    """Of the articles that were different or not there, what they said; empty without a page."""
    recorded: bool = True
    """Whether enough is recorded to show it; if so it has a page, unless there is no room for one."""


def article_spans(page: Page) -> dict[str, tuple[int, int]]:
    """Return article → the first line of its text and the line after its last, both from 0."""
    starts = [page.line(heading.start) - 1 for heading in page.headings]
    ends = dict(pairwise([*starts, page.text.count("\n") + 1]))
    found = {}
    for heading in numbered(page, "条"):
        first = page.line(heading.start) - 1
        if id_ := article_id(heading.text):
            found[id_] = first + 1, ends[first]
    return found


def article_changes(page: Page, data: Regulation) -> list[ArticleChange]:
    """Return what each amendment made of each article of a page that it names, the earliest first."""
    lines = page.text.split("\n")
    now = {
        id_: Wording("\n".join(lines[first:end]).strip())
        for id_, (first, end) in article_spans(page).items()
    }
    found: list[ArticleChange] = []
    for index in reversed(range(len(data.amendments))):
        amendment = data.amendments[index]
        recorded = {
            one.article: Wording(one.text.strip(), place=(index, at))
            for at, one in enumerate(amendment.before)
        }
        changes = [
            ArticleChange(
                id_,
                index,
                _ABSENT if id_ in amendment.added else recorded.get(id_, Wording(None)),
                now[id_],
            )
            for id_ in dict.fromkeys(amendment.articles)
            if id_ in now
        ]
        now |= {one.article: one.before for one in changes}
        found[:0] = changes
    return found


def versions(page: Page, data: Regulation) -> list[Version]:
    """Return the texts of a regulation in the order of their days, the last that of its page.

    A text that no day had in force, because it was amended before, is none of them.
    """
    if data.effective is None or data.draft:
        return []
    changes = article_changes(page, data)
    starts = sorted({data.effective, *(max(data.effective, one.date) for one in data.amendments)})
    found = [Version(page.path, starts[-1], None, {})]
    texts, room = MOST_TEXTS, MOST_CHARACTERS
    for start, following in reversed(list(pairwise(starts))):  # the latest have room first
        later = [one for one in data.amendments if one.date >= following]
        recorded, path, undone = _is_recorded(later), "", dict[str, Wording]()
        if recorded and texts and room > 0:
            undone = {
                one.article: one.before
                for one in reversed(changes)
                if data.amendments[one.index].date >= following
            }
            texts -= 1
            room -= len(page.text) + sum(len(one.shown) for one in undone.values())
            path = former_page(page.path, start) if room >= 0 else ""
        wordings = undone if path else {}
        found.append(Version(path, start, following - timedelta(days=1), wordings, recorded))
    return found[::-1]


def _is_recorded(later: Iterable[Amendment]) -> bool:
    """Whether enough is recorded of the later amendments to show the text before them."""
    named = [bool(one.articles) for one in later]
    return all(named) and any(one.before or one.added for one in later)


def former_page(page: str, start: date) -> str:
    """Return the page of the text that a regulation, by its page, had from a day on."""
    name = page.rpartition("/")[2].removesuffix(".md")
    return f"{VERSIONS}{name}-{start}.md"


def former_pages(page: Page, data: Regulation) -> Iterator[tuple[str, Page]]:
    """Yield the page of each former text of a regulation that is recorded, by its path in docs/."""
    if any(one.before or one.added for one in data.amendments):
        recorded_at = _places(page, data)
        for version in versions(page, data):
            if version.until and version.page:
                yield version.page, _former(page, data, version, recorded_at)


def _former(
    page: Page, data: Regulation, version: Version, recorded_at: Mapping[_Place, _Lines]
) -> Page:
    """A former text as a page, each line with the one of the regulation's file where it stands."""
    assert version.until
    title = f"{data.title}（{version.start}至{version.until}的文本）"
    fields = {
        "title": title,
        "search": {"exclude": True},
        "print": "不打印",
        **({"disclosure": data.disclosure} if data.disclosure else {}),
    }
    front = "".join(block(*field) for field in fields.items())
    made = list(_lines(page, version, recorded_at))
    body = "\n".join(line for line, _ in made)
    whole = read_page(f"---\n{front}---\n{body}".encode(), page.path, page.file)
    links = [
        link.rewritten(version.page, replace(link.to, file=version.page), whole.text)
        if link.to.file == page.path and link.to.anchor in whole.anchors
        else link.rewritten(version.page, link.to, whole.text)
        for link in whole.links
        if link.to.file
    ]
    text = replaced(whole.text, links)
    start = text.count("\n") + 1 - len(made)
    body = "\n".join(text.split("\n")[start:])
    found = read_page(f"---\n{front}---\n{body}".encode(), version.page, page.file)
    found.sources = [1] * start + [line for _, line in made]
    return found


def _lines(
    page: Page, version: Version, recorded_at: Mapping[_Place, _Lines]
) -> Iterator[tuple[str, int]]:
    """Yield the lines of a former text, each with its line in the file of the regulation."""
    spans = article_spans(page)
    first = {start - 1: id_ for id_, (start, _) in spans.items()}
    gone = {id_ for id_, one in version.wordings.items() if not one.exists}
    lines = page.text.split("\n")
    left_out = _without_articles(page, gone)
    at = 0
    while at < len(lines):
        id_ = first.get(at)
        wording = version.wordings.get(id_) if id_ else None
        if at in left_out or (wording and not wording.exists):
            at = spans[id_][1] if id_ else at + 1
        elif id_ and wording:
            start = recorded_at[wording.place] if wording.place else (at + 1, 0)
            yield lines[at], at + 1
            yield "", at + 1
            for number, line in enumerate(wording.shown.split("\n")):
                yield line, start[0] + number * start[1]
            yield "", at + 1
            at = spans[id_][1]
        else:
            yield lines[at], at + 1
            at += 1


def _without_articles(page: Page, gone: set[str]) -> set[int]:
    """The lines, from 0, of the headings of chapters all of whose articles are `gone`."""
    found: set[int] = set()
    chapters = list(numbered(page, "章"))
    articles = [(one.start, article_id(one.text)) for one in numbered(page, "条")]
    for chapter, following in pairwise([*(one.start for one in chapters), len(page.text)]):
        inside = {id_ for start, id_ in articles if chapter < start < following}
        if inside and inside <= gone:
            found.add(page.line(chapter) - 1)
    return found


def _places(page: Page, data: Regulation) -> dict[_Place, _Lines]:
    """The lines of all former wordings that a regulation records; its front matter is read once."""
    read, lines = parse(page.front, page.file, first_line=2), page.front.split("\n")
    found = {}
    for index, amendment in enumerate(data.amendments):
        for at in range(len(amendment.before)):
            line = read.line(("amendments", index, "before", at, "text"))
            in_block = _BLOCK.search(lines[line - 2])
            found[index, at] = (line + 1, 1) if in_block else (line, 0)
    return found
