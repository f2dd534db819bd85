"""Rules for what must not go out: private things and marks of unfinished work, in texts and files."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from archive.checks.problems import repeated
from archive.facts.gather import reread
from archive.facts.people import withheld_names
from archive.facts.site import Site, once
from archive.files.pages import Page
from archive.files.yaml import Loc, Problem
from archive.leaks.files import OWN, Searched, file
from archive.leaks.finding import Found, at_place, in_lines, told
from archive.leaks.people import named
from archive.leaks.text import searching

_Place = tuple[str, Found]
"""A file as messages call it, and what was found there."""


def texts_hold_nothing_private(site: Site) -> Iterator[Problem]:
    """Records and pages hold nothing private and no draft marks, unless data/allowed.yml says so."""
    yield from _refused(site, _in_texts(site))


def attachments_hold_nothing_private(site: Site) -> Iterator[Problem]:
    """Files beside the pages hold nothing private, traces of editing included, unless allowed."""
    yield from _refused(site, _in_attachments(site))


def names_without_consent_are_not_typed(site: Site) -> Iterator[Problem]:
    """The name of a person of data/unit.yml stands in no record until an example records the consent."""
    yield from _refused(site, _named_in_records(site))


def exceptions_are_needed(site: Site) -> Iterator[Problem]:
    """An entry of data/allowed.yml stands once, and allows something that is found."""
    everything = (*_in_texts(site), *_in_attachments(site), *_named_in_records(site))
    found = {_key(site, place) for place in everything}
    listed = {index: (one.file, one.kind, one.found) for index, one in site.archive.allowed.items()}
    twice = {index for (index, _), _ in repeated(listed.items(), lambda one: one[1])}
    for index, entry in site.archive.allowed.items():
        if index in twice:
            message = f"例外须只列一次，{entry.file} 的{entry.kind} {entry.found} 已经列过"
            yield site.archive.problem("allowed", message, index)
        elif listed[index] not in found:
            message = f"例外须仍有所指，{entry.file} 里没有{entry.kind} {entry.found}，请删去这一条"
            yield site.archive.problem("allowed", message, index)


def _refused(site: Site, places: Sequence[_Place]) -> Iterator[Problem]:
    allowed = {(one.file, one.kind, one.found) for one in site.archive.allowed.values()}
    for place in places:
        if _key(site, place) not in allowed:
            path, found = place
            yield Problem(path, found.line, told(found))


def _key(site: Site, place: _Place) -> tuple[str, str, str]:
    """What an entry of data/allowed.yml must say; there the records are in data/ wherever they lie."""
    path, found = place
    data = site.archive.project.name(site.archive.project.data)
    inside = path.removeprefix(f"{data}/")
    return (path if inside == path else f"data/{inside}", found.kind, found.found)


@once
def _in_texts(site: Site) -> list[_Place]:
    found = [(path, one) for path, ones in site.archive.found.items() for one in ones]
    names = withheld_names(site.archive)
    for page in site.archive.pages.values():
        found += [(page.file, one) for one in _in_page(page, names)]
    return found


def _in_page(page: Page, names: frozenset[str]) -> Iterator[Found]:
    # The front matter begins on the second line; what follows it has the lines of the file.
    for one in in_lines(page.front, searching(names)(page.front)):
        yield one._replace(line=one.line + 1)
    marks = searching(names)(page.text)
    code = [(start, end) for start, end in page.hidden if page.text[start] in "`~ "]
    yield from in_lines(
        page.text,
        (
            one
            for one in marks
            if one.kind != "草稿标记" or not any(start <= one.at < end for start, end in code)
        ),
    )


@once
def _in_attachments(site: Site) -> list[_Place]:
    project = site.archive.project
    names = withheld_names(site.archive)
    searched = Searched(project.root, names)
    found: list[_Place] = []
    for path in sorted(project.docs.rglob("*")):
        suffix = path.suffix.lower()
        inside = path.relative_to(project.docs)
        # What begins with a point the engine does not publish.
        if suffix in OWN or not path.is_file() or any(part[0] == "." for part in inside.parts):
            continue
        ones = at_place("文件名", searching(names)(path.stem))
        ones += searched.found(suffix, path.read_bytes(), partial(_in_file, suffix))
        found += [(project.name(path), one) for one in ones]
    searched.save()
    return found


def _in_file(suffix: str, raw: bytes, names: Collection[str]) -> list[Found]:
    return file(suffix, raw, searching(names))


@once
def _named_in_records(site: Site) -> list[_Place]:
    names = withheld_names(site.archive)
    if not names:
        return []
    found = []
    for records in site.archive.records.values():
        for record in records:
            for loc, text in _texts(record.data.model_dump(), ()):
                for one in named(text, names):
                    line = reread(site.archive, record).line(loc)
                    found.append((record.path, Found(one.kind, one.found, line)))
    return found


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """The texts in a record's plain data, each with its place."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, (*loc, name))
    elif isinstance(value, tuple | list):
        for index, one in enumerate(value):
            yield from _texts(one, (*loc, index))
