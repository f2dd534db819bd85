"""Rules for what must not be published: private data and draft marks, in texts and files."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from archive.checks.problems import repeated
from archive.facts.gather import read_document
from archive.facts.people import withheld_names
from archive.facts.site import Site, once
from archive.files.bounds import MAX_ATTACHMENT
from archive.files.own_assets import OWN_ASSETS
from archive.files.pages import Page
from archive.files.spans import overlaps
from archive.files.yaml import Loc, Problem
from archive.leaks.files import PAGE, file, too_large
from archive.leaks.leak import FileLeak, format_leak, leaks_by_line, leaks_in_part
from archive.leaks.names import named
from archive.leaks.searched import SearchCache
from archive.leaks.text import private_search
from archive.leaks.visible import visible_text

_Place = tuple[str, FileLeak]
"""A file, as a path from the root, and a leak found in it."""


def texts_hold_nothing_private(site: Site) -> Iterator[Problem]:
    """Records and pages hold nothing private and no draft marks, unless data/allowed.yml allows it."""
    yield from _refused(site, _in_texts(site))


def attachments_hold_nothing_private(site: Site) -> Iterator[Problem]:
    """Files in docs/ hold nothing private and no traces of editing, unless data/allowed.yml allows it."""
    yield from _refused(site, _in_attachments(site))


def names_without_consent_are_not_typed(site: Site) -> Iterator[Problem]:
    """No record holds the name of a person in data/unit.yml without an example that records consent."""
    yield from _refused(site, _named_in_records(site))


def exceptions_are_needed(site: Site) -> Iterator[Problem]:
    """An entry of data/allowed.yml is listed once, and allows something that is found."""
    everything = (*_in_texts(site), *_in_attachments(site), *_named_in_records(site))
    found = {_key(site, place) for place in everything}
    listed = {
        index: (entry.file, entry.kind, entry.found)
        for index, entry in site.archive.allowed.items()
    }
    twice = {index for (index, _), _ in repeated(listed.items(), lambda item: item[1])}
    for index, entry in site.archive.allowed.items():
        if index in twice:
            message = f"例外须只列一次，{entry.file} 的{entry.kind} {entry.found} 已经列过"
            yield site.archive.problem("allowed", message, index)
        elif listed[index] not in found:
            message = f"例外须仍有所指，{entry.file} 里没有{entry.kind} {entry.found}，请删去这一条"
            yield site.archive.problem("allowed", message, index)


def _refused(site: Site, places: Sequence[_Place]) -> Iterator[Problem]:
    allowed = {(entry.file, entry.kind, entry.found) for entry in site.archive.allowed.values()}
    for place in places:
        if _key(site, place) not in allowed:
            path, found = place
            yield Problem(path, found.line, format_leak(found))


def _key(site: Site, place: _Place) -> tuple[str, str, str]:
    """Return the file, kind and text that an entry of data/allowed.yml must have to allow a leak.

    The file of a record begins with data/ there, whatever the folder of the data is called.
    """
    path, found = place
    data = site.archive.project.name(site.archive.project.data)
    inside = path.removeprefix(f"{data}/")
    return (path if inside == path else f"data/{inside}", found.kind, found.found)


@once
def _in_texts(site: Site) -> list[_Place]:
    found = [(path, leak) for path, leaks in site.archive.found.items() for leak in leaks]
    names = withheld_names(site.archive)
    for page in site.archive.pages.values():
        found += [(page.file, leak) for leak in _in_page(page, names)]
    return found


def _in_page(page: Page, names: frozenset[str]) -> Iterator[FileLeak]:
    # The front matter begins on line 2 of the file; the lines of `page.text` are those of the file.
    for leak in leaks_by_line(page.front, private_search(names)(page.front)):
        yield leak._replace(line=leak.line + 1)
    leaks = private_search(names)(page.text)
    code = [(start, end) for start, end in page.hidden if page.text[start] in "`~ "]
    yield from leaks_by_line(
        page.text,
        (
            leak
            for leak in leaks
            if leak.kind != "草稿标记" or not overlaps(code, leak.at, leak.at + 1)
        ),
    )


@once
def _in_attachments(site: Site) -> list[_Place]:
    project = site.archive.project
    names = withheld_names(site.archive)
    searched = SearchCache(project.cache("searched"), names)
    found: list[_Place] = []
    for inside, path in site.archive.docs.items():
        file_ = PurePosixPath(inside)
        called = "\n".join((*file_.parts[:-1], file_.stem))
        leaks = leaks_in_part("文件名", private_search(names)(called))
        if path.suffix != PAGE:  # of pages see `texts_hold_nothing_private`
            leaks += _in_attachment(path, inside in OWN_ASSETS, searched)
        found += [(f"docs/{inside}", leak) for leak in leaks]
    searched.save()
    return found


def _in_attachment(path: Path, own: bool, searched: SearchCache) -> list[FileLeak]:
    suffix = path.suffix.lower()
    if (size := path.stat().st_size) > MAX_ATTACHMENT:
        return [too_large(size)]
    search = partial(_in_file, suffix, own)
    return searched.found(f"{suffix} {own}", path.read_bytes(), search)


def _in_file(suffix: str, own: bool, raw: bytes, names: Collection[str]) -> list[FileLeak]:
    # A script or a style of our own may say what it likes in a remark to its own maintainers.
    return file(suffix, raw, private_search(names, marks=not own), own)


@once
def _named_in_records(site: Site) -> list[_Place]:
    names = withheld_names(site.archive)
    if not names:
        return []
    found = []
    for records in site.archive.records.values():
        for record in records:
            for loc, text in _texts(record.data.model_dump(), ()):
                for leak in named(visible_text(text), names):
                    line = read_document(site.archive, record).line(loc)
                    found.append((record.path, FileLeak(leak.kind, leak.found, line)))
    return found


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield the texts in a record's plain data as (place, text)."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, (*loc, name))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from _texts(item, (*loc, index))
