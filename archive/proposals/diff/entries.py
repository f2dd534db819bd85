"""Everything recorded, as entries to compare: records, names, phrases, criteria, pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from archive.facts.gather import RELEASES, Archive, Record, read_document
from archive.files.pages import Page
from archive.files.yaml import Loc, parse
from archive.schema.collections import SINGLE
from archive.schema.fields import fields
from archive.schema.kinds import KindsFile
from archive.schema.types import Model

PAGES = "pages"
"""The group of the pages; the others have the name of their collection, folder or file in data/."""

_TITLES = ("title", "name", "meaning", "text", "stage")


@dataclass(frozen=True, slots=True)
class PageSection:
    """The text of a page under one heading, empty for what is before the first, and its first line."""

    heading: str
    text: str
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class DiffEntry:
    """One thing to compare; `path` is its file from the project's root, `data` holds its fields.

    `text` is the body of a page, its sections in order. `line` returns the line of a field; it may
    read the file again, so it is called only where a line is shown.
    """

    path: str
    data: Model | None
    line: Callable[[Loc], int]
    text: tuple[PageSection, ...] = ()

    @property
    def title(self) -> str:
        """Its name for a reader; empty if no field gives one."""
        found = (getattr(self.data, name, None) for name in _TITLES)
        return next((title for title in found if title), "")


Key = tuple[str, str]
"""The group of an entry and its id there."""


def groups(archive: Archive) -> dict[str, str]:
    """Return group of entries → its label, in the order of the output."""
    return {
        **{name: file.label for name, file in SINGLE.items() if name != "figures"},
        **{name: collection.label for name, collection in archive.collections.items()},
        RELEASES: "报送",
        PAGES: "页面",
    }


def diff_entries(archive: Archive) -> dict[Key, DiffEntry]:
    """Every entry except figures, which are compared by their values."""
    return dict(_entries(archive))


def _entries(archive: Archive) -> Iterator[tuple[Key, DiffEntry]]:
    files = archive.documents
    if archive.unit:
        unit = files["unit"]
        # The settings are one entry; each name is an entry of its own.
        settings = archive.unit.model_copy(update={"names": {}})
        yield ("unit", ""), DiffEntry(unit.path, settings, unit.line)
        for id_, name in archive.unit.names.items():
            yield ("unit", id_), DiffEntry(unit.path, name, _within(unit.line, ("names", id_)))
    if len(archive.kinds) == len(fields(KindsFile)):
        kinds = KindsFile.model_validate(dict(archive.kinds))
        yield ("kinds", ""), DiffEntry(files["kinds"].path, kinds, files["kinds"].line)
    for index, phrase in enumerate(archive.phrases):
        lines = _within(files["phrases"].line, (index,))
        yield ("phrases", phrase.text), DiffEntry(files["phrases"].path, phrase, lines)
    for index, synonyms in archive.synonyms.items():
        lines = _within(files["synonyms"].line, (index,))
        yield ("synonyms", synonyms.words[0]), DiffEntry(files["synonyms"].path, synonyms, lines)
    for index, allowed in archive.allowed.items():
        lines = _within(files["allowed"].line, (index,))
        key = f"{allowed.file} {allowed.kind} {allowed.found} {allowed.code or ''}".strip()
        yield ("allowed", key), DiffEntry(files["allowed"].path, allowed, lines)
    for id_, criterion in archive.criteria.items():
        lines = _within(files["criteria"].line, (id_,))
        yield ("criteria", id_), DiffEntry(files["criteria"].path, criterion, lines)
    for group, records in archive.records.items():
        for record in records:
            lines = partial(_record_line, archive, record)
            yield (group, record.id), DiffEntry(record.path, record.data, lines)
    for id_, release in archive.releases.items():
        document = files[f"{RELEASES}/{id_}"]
        yield (RELEASES, id_), DiffEntry(document.path, release, document.line)
    for path, page in archive.pages.items():
        if path in archive.brought - archive.made:
            continue  # the program's own, the same for both sides, in a file outside of them
        entry = DiffEntry(page.file, page.meta, partial(_front_line, page), _sections(page))
        yield (PAGES, path), entry


def _within(line: Callable[[Loc], int], at: Loc) -> Callable[[Loc], int]:
    """The function for lines of an entry that stands at `at` in its file."""
    return lambda loc: line((*at, *loc))


def _record_line(archive: Archive, record: Record[Model], loc: Loc) -> int:
    return read_document(archive, record).line(loc)


def _front_line(page: Page, loc: Loc) -> int:
    return parse(page.front, page.file, first_line=2).line(loc) if loc else 1


def _sections(page: Page) -> tuple[PageSection, ...]:
    starts = [(0, ""), *((heading.start, heading.text) for heading in page.headings)]
    ends = [start for start, _ in starts[1:]] + [len(page.text)]
    found = []
    for (start, heading), end in zip(starts, ends, strict=True):
        text = page.text[start:end]
        line = page.line(start + len(text) - len(text.lstrip()))
        found.append(PageSection(heading, text.strip(), line))
    return tuple(found)
