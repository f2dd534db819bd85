"""Search the built site for leaks: pages, search index, tables, print files and all others.

The check searches the sources; this module searches what was built from them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from zlib import crc32

from archive.build.built_kinds import page_text, read_built
from archive.facts.project import WAITING, Project
from archive.facts.tables import FILL_IN, FOLDER, NAMES
from archive.files.html_tree import html_document
from archive.files.own_files import OWN_FILES
from archive.files.yaml import Problem
from archive.leaks.leak import FileLeak, Search, format_leak, in_file, leaks_by_line
from archive.leaks.markup import join_inline_tags
from archive.leaks.names import named_in_bytes, withheld_search
from archive.leaks.searched import FileSearch, SearchCache
from archive.leaks.text import draft_marks, private_search


@dataclass(frozen=True, slots=True)
class Terms:
    """What to look for in one site, and what data/allowed.yml lets pass.

    `names` are those of people who did not consent, `allowed` as `FileLeak.what`, `withheld` the names
    that the public edition masks, id → name.
    """

    names: frozenset[str] = frozenset()
    allowed: frozenset[tuple[str, str, str]] = frozenset()
    withheld: Mapping[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    """The names that the public edition shows; a withheld one may stand within one of these."""


def pages(site: Path, project: Project, terms: Terms) -> list[Problem]:
    """The leaks on the HTML pages of `site`, built from `project`: sorted problems."""
    search = private_search(terms.names)
    # In a file of its own: the pages are searched while something else may search the files.
    searched = SearchCache(project.cache("searched_pages"), terms.names)
    # The source is searched first, because it is fast and nearly every page has no leak. Two lines
    # in three are on other pages too; a line without a finding is not searched again.
    clean: set[str] = set()

    def in_page(raw: bytes, _: Collection[str]) -> list[FileLeak]:
        source = raw.decode()
        fresh = [line for line in source.split("\n") if line not in clean]
        text = "\n".join(fresh)
        if any(True for _ in search(f"{text}\n{join_inline_tags(text)}")):
            return page(source, search)
        clean.update(fresh)
        return []

    found = [
        (path, searched.found("built.html", path.read_bytes(), in_page))
        for path in sorted(site.rglob("*.html"))
    ]
    searched.save()
    return _problems(site, terms, found)


def page(source: str, search: Search) -> list[FileLeak]:
    """The leaks in the HTML of one page, without line numbers."""
    tree = html_document(source)
    private = [one for one in search("".join(page_text(tree, code=True))) if one.kind != "草稿标记"]
    marks = draft_marks("".join(page_text(tree, code=False)))
    return list(dict.fromkeys(map(in_file, (*private, *marks))))


def files(site: Path, project: Project, terms: Terms) -> list[Problem]:
    """The leaks in all files of `site` but its pages, as sorted problems.

    A file copied from docs/ of `project` is left out if it still is what the check has
    searched there, a file of the program if it is what that brings.
    """
    searched = SearchCache(project.cache("searched"), terms.names)
    found: list[tuple[Path, list[FileLeak]]] = []
    for path, name in _published(site):
        if path.suffix == ".html":
            continue
        if path.suffix == ".xlsx" and _as_csv(path).is_file():
            continue  # the same table as CSV takes a tenth of the time
        if name == f"{FOLDER}{NAMES}{FILL_IN}":
            continue  # its names stand in no table; the check has searched them where they are recorded
        raw = path.read_bytes()
        source = OWN_FILES.get(name) or project.docs / name
        if source.is_file() and source.read_bytes() == raw:
            continue
        if not raw and path.suffix in (".pdf", ".docx", ".png"):
            continue  # a print file not yet made in the preview is empty
        found.append((path, searched.found(f"built {name}", raw, _search_of(name, searched))))
    searched.save()
    return _problems(site, terms, found)


def _as_csv(path: Path) -> Path:
    """Where the records of a workbook, offered as a download or to be filled in, stand as CSV."""
    return path.with_name(f"{path.name.removesuffix(FILL_IN).removesuffix('.xlsx')}.csv")


def withheld_names(site: Path, project: Project, terms: Terms) -> list[Problem]:
    """The places in all files of `site`, and in their names, of names that are not public.

    A file whose text cannot be read is a problem too: no exception lets it into the public edition.
    """
    if not terms.withheld:
        return []
    searched = SearchCache(
        project.cache("searched"),
        [*(f"{id_}={name}" for id_, name in terms.withheld.items()), *terms.shown],
    )
    search = withheld_search(terms.withheld, terms.shown)
    alone = {
        id_: name
        for id_, name in terms.withheld.items()
        if not any(name in one for one in terms.shown)
    }
    found: list[tuple[Path, list[FileLeak]]] = []
    for path, name in _published(site):
        raw = path.read_bytes()
        leaks = leaks_by_line(name, search(name))
        leaks += searched.found(f"names {name}", raw, _names_in(name, search))
        leaks += [] if leaks else named_in_bytes(raw, alone)
        found.append((path, leaks))
    searched.save()
    return _problems(site, Terms(), found)


def _published(site: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file that is published, in order, each with its path from the site's folder."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and name != WAITING:
            yield path, name


def _names_in(name: str, search: Search) -> FileSearch:
    kinds = ("未公开的名称", "无法检查")
    return lambda raw, _: [leak for leak in read_built(name, raw, search) if leak.kind in kinds]


def _search_of(name: str, searched: SearchCache) -> FileSearch:
    """How the file of that name is searched."""
    if name.startswith(FOLDER) and name.endswith((".csv", ".json")):
        return partial(_table, searched)
    return lambda raw, names: read_built(name, raw, private_search(names, marks=False))


_PIECE = 200
"""About how many rows of a table are searched at once, and again when one of them has changed."""


def _table(searched: SearchCache, raw: bytes, names: Collection[str]) -> list[FileLeak]:
    """The leaks in a download, whose numbers are those of tables.

    Draft marks are searched on the pages only, where code can be told from text; the other files are
    made from the same text. A row stands in the table of its year and in that of all years: what of
    them is alike, and was in the last build, is searched once.
    """
    text = raw.decode("utf-8-sig", "replace")
    search = private_search(names, data=True, marks=False)

    def in_piece(piece: bytes, _: Collection[str]) -> list[FileLeak]:
        return [*map(in_file, search(piece.decode()))]

    heads, *rows = text.split("\n")
    pieces = ("\n".join((heads, *piece)).encode() for piece in _pieces(rows))
    if any(searched.found("built rows", piece, in_piece) for piece in pieces):
        return leaks_by_line(text, search(text))
    return []


def _pieces(rows: Iterable[str]) -> Iterator[list[str]]:
    """The rows in pieces that end after rows which look a certain way: of a change, one or two differ.

    Each begins with the last row of the one before: a cell may go on in the next line.
    """
    piece: list[str] = []
    for row in rows:
        piece.append(row)
        if crc32(row.encode("utf-8", "replace")) % _PIECE == 0:
            yield piece
            piece = [row]
    yield piece


_THERE = "网站由 docs/ 和 data/ 生成，请在那里改"


def _problems(
    site: Path, terms: Terms, found: Iterable[tuple[Path, list[FileLeak]]]
) -> list[Problem]:
    problems = {
        Problem(
            f"site/{path.relative_to(site).as_posix()}", one.line, f"{format_leak(one)}；{_THERE}"
        )
        for path, ones in found
        for one in ones
        if one.what not in terms.allowed
    }
    return sorted(problems)
