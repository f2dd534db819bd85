"""Read and validate everything people record: names, register, phrases, records, pages, navigation."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from archive import leaks
from archive.facts.kinds import sound_lists
from archive.facts.ledgers import FOLDER as LEDGERS
from archive.facts.ledgers import ledger_files, ledger_id, read_ledgers
from archive.facts.made_pages import in_the_way, indicator_pages, is_made, version_pages
from archive.facts.observations import (
    OUTSIDE,
    Register,
    indicator_of,
    meant,
    observed,
    of_period,
)
from archive.facts.project import Project
from archive.files import yaml as yaml_files
from archive.files.bounds import gc_paused, read_enough
from archive.files.cache import Cache, digest
from archive.files.content import SETTINGS
from archive.files.corrections import example
from archive.files.excerpts import shorten
from archive.files.listing import Listing, read_regular
from archive.files.own_files import OWN_FILES
from archive.files.pages import Page, page_model_of, read_page_once
from archive.files.reasons import os_error_text
from archive.files.second_core import meanwhile
from archive.files.settings import read_settings
from archive.files.validation import M, show, suggestion, validate
from archive.files.yaml import Document, Problem, parse_bytes, parse_once, read
from archive.leaks.leak import FileLeak
from archive.leaks.text import in_yaml
from archive.schema.allowed import Allowed
from archive.schema.collections import LONGEST_ID, SINGLE, Collection, with_kinds
from archive.schema.criteria import Criterion
from archive.schema.disclosure import Edition
from archive.schema.fields import fields
from archive.schema.kinds import Kinds, bound
from archive.schema.register import MARK, Figure, Observation, model_of
from archive.schema.releases import Release
from archive.schema.reports import Report
from archive.schema.synonyms import Synonyms
from archive.schema.types import Model
from archive.schema.unit import Phrase, Unit

EDITION_FILE = "edition.yml"
"""The file, beside mkdocs.yml, that marks a source tree derived from another.

Its keys: `edition`, `public` if the tree holds only what is public; `partial`, the collections of which it
lacks records; `release`, the release whose figures it shows, empty for today's; `asked`, the observations of
that which nobody has written; `untold`, by report, the figures that it cannot show as they were reported.
"""

RELEASES = "releases"
"""The folder of data/ that holds the releases, the figures as they were reported."""

REPORT_PAGES = "report/"
"""The folder of docs/ that holds the pages of all reports."""
REPORTS = "reports"
"""The folder of data/ that holds what each report is."""

GUIDE = "guide/"
"""The folder of the guide, which the program brings."""

RECORD_ID = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_.-]*")
_RENAMED = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff_.-]+")


R = TypeVar("R", bound=Model)
R_co = TypeVar("R_co", bound=Model, covariant=True)


@dataclass(frozen=True, slots=True)
class Record(Generic[R_co]):
    """One record. `id` is its file's name without .yml; `path` is its file, from the root."""

    id: str
    path: str
    data: R_co
    day: date | None = field(init=False, repr=False, compare=False)
    """The day of the record; None if it has none, or its model has no field `date`."""
    remembered: dict[object, tuple[object, object]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """A function marked `once_each` → what it was asked last beside the record, and the result."""

    def __post_init__(self) -> None:
        """Look the day up once: every indicator that is counted asks each record for it."""
        found = getattr(self.data, "date", None)
        object.__setattr__(self, "day", found if isinstance(found, date) else None)


@dataclass(slots=True)
class Archive:
    """What was read. What could not be read or is not valid is left out and listed in `problems`."""

    project: Project
    docs: dict[str, Path] = field(default_factory=dict)
    """Files of docs/, pages included: path from there → the file to read."""
    files: dict[str, list[str]] = field(default_factory=dict)
    """Collection → the files of its records, as paths from data/ in order."""
    collections: Mapping[str, Collection] = field(default_factory=dict)
    """Name → collection, in the order of pages, downloads and dictionary."""
    kinds: Kinds = field(default_factory=dict)
    """The lists of kinds that are sound; what takes the labels of another is not judged by them."""
    faulty: frozenset[str] = frozenset()
    """The ledgers whose description is faulty: nothing is known of their fields, no record is read."""
    unit: Unit | None = None
    register: Register = field(default_factory=Register)
    """The entries of the register as they are written."""
    indicators: dict[str, Figure] = field(default_factory=dict)
    """Indicator → its entry in the register."""
    figures: dict[str, Figure] = field(default_factory=dict)
    """Key → an observation with its indicator; one in the entry of its indicator has the same key."""
    meant: dict[tuple[str, str], str] = field(default_factory=dict)
    """Report, or empty outside of them, and indicator → the key of the observation that is meant there."""
    criteria: dict[str, Criterion] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    synonyms: dict[int, Synonyms] = field(default_factory=dict)
    """Words that find each other: the position of each group in its file → the group."""
    allowed: dict[int, Allowed] = field(default_factory=dict)
    """Leaks that may be published: the position of each entry in its file → the entry."""
    records: dict[str, list[Record[Model]]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    brought: set[str] = field(default_factory=set)
    """The pages that the program brings, of `pages`; tests judge them, for every archive at once."""
    made: set[str] = field(default_factory=set)
    """The pages that it makes of what is recorded: no file holds them.

    Those of indicators are among the brought ones; those of former texts hold what people have written.
    """
    found: dict[str, Sequence[FileLeak]] = field(default_factory=dict)
    """File of data/, from the root → the leaks found in it, allowed ones included."""
    navigation: list[tuple[str, int]] = field(default_factory=list)
    """The pages of the navigation in order, each with its line in mkdocs.yml."""
    placed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Page that mkdocs.yml names → pages that it does not name, of ledgers or the guide, that come after it."""
    design: tuple[str, ...] = ()
    """The bureau's own pictures of the design, as paths from docs/."""
    site_name: str = ""
    """The name of the site, from mkdocs.yml."""
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """What was not read whole, which has been reported: whatever rests on it is not judged.

    A collection of which a record was left out; a file of data/ by its name in `documents`, of which an
    entry was left out; a page, by its path, whose front matter or text could not be read.
    """
    drafts: Mapping[str, bytes | None] = field(default_factory=dict)
    """Files of data/ to read in place of those on disk: file, from the root → content (None: no file)."""
    releases: dict[str, Release] = field(default_factory=dict)
    """Name of a release → the figures as they were reported."""
    reports: dict[str, Report] = field(default_factory=dict)
    """Id of a report → what it is, the current one first, then as their periods end, the longer first."""
    release: str = ""
    """The release whose figures are shown; empty for today's figures."""
    edition: Edition = "internal"
    """`public` for a redacted tree, from which the public edition is built."""
    partial: frozenset[str] = frozenset()
    """The collections of which a redacted tree lacks records."""
    untold: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Report → the figures of which a redacted tree cannot show what they were when it was reported."""
    asked: frozenset[str] = frozenset()
    """The observations of a tree with the figures of a release that a report asked for, and nobody has written."""
    reread: tuple[Record[Model], Document] | None = field(default=None, init=False, repr=False)
    """The record whose file was last read again for its line numbers: one may need many of them."""

    @property
    def demonstration(self) -> bool:
        """Whether the data are invented, for a demonstration."""
        return bool(self.unit and self.unit.demonstration)

    @property
    def written(self) -> dict[str, Page]:
        """The pages that people of the archive have written."""
        return {path: page for path, page in self.pages.items() if path not in self.brought}

    def figure_key(self, id_: str, report: str = OUTSIDE, period: str = "") -> str:
        """Return the key of the observation that an indicator means in a report; empty if there is none.

        `period` names another reference period. A key stands for itself.
        """
        if MARK in id_ or period:
            key = f"{id_}{MARK}{period}" if period else id_
            return key if key in self.figures else of_period(self.figures, id_, period)
        return self.meant.get((report, id_)) or self.meant.get((OUTSIDE, id_), "")

    @property
    def is_derived(self) -> bool:
        """Whether it is a tree made from another one: that of the public edition, or of a release."""
        return self.edition == "public" or bool(self.release)

    def pages_of(self, report: str) -> list[Page]:
        """Return the pages of a report in order, those that are not there left out; none without such a report."""
        listed = self.reports[report].paths if report in self.reports else ()
        return [self.pages[path] for path in listed if path in self.pages]

    def problem(self, file: str, message: str, *loc: str | int) -> Problem:
        """Return a problem with the value at `loc` in one of `documents`."""
        document = self.documents[file]
        return Problem(document.path, document.line(loc), message)

    def record_problem(self, record: Record[Model], message: str, *loc: str | int) -> Problem:
        """Return a problem with the value at `loc` in a record."""
        return Problem(record.path, read_document(self, record).line(loc), message)

    def of(self, model: type[R]) -> list[Record[R]]:
        """Return the valid records of the collection that has this model."""
        (name,) = (name for name, one in self.collections.items() if issubclass(one.model, model))
        return cast(list[Record[R]], self.records.get(name, []))

    def record_ids(self, collection: str) -> list[str]:
        """Return the ids of a collection's records, also of those that are not valid."""
        return [
            file.rpartition("/")[2].removesuffix(".yml") for file in self.files.get(collection, ())
        ]

    def unread_pages(self, folder: str = "") -> bool:
        """Return whether a page in this folder of docs/, wherever if empty, was not read whole."""
        return any(name in self.pages and name.startswith(folder) for name in self.unread)

    def ids(self, file: str, *loc: str) -> list[str]:
        """Return the keys of the mapping at `loc` in one of `documents`, also of invalid entries."""
        data: Any = self.documents[file].content
        for step in loc:
            data = data.get(step) if isinstance(data, dict) else None
        return list(data) if isinstance(data, dict) else []


def gather(project: Project, drafts: Mapping[str, bytes | None] | None = None) -> Archive:
    """Read and validate all sources of the site; a fault becomes a problem, never an exception.

    `drafts` are read in place of the files of data/ on disk: file, from the root → content, None for no file.
    """
    archive = Archive(project, drafts=drafts or {})
    with gc_paused():
        listed = project.data_files()
        files = _with_drafts(archive, listed.places)
        archive.files = _by_collection(files)
        _edition(archive)
        _single_files(archive, listed)
        _ledgers(archive, listed.places)
        archive.collections = with_kinds(archive.collections, archive.kinds)
        archive.releases = _by_file(archive, RELEASES, Release, listed.places)
        reports = _by_file(archive, REPORTS, Report, listed.places)
        archive.reports = dict(sorted(reports.items(), key=_newest_first))
        archive.problems += [*listed.problems, *_strays(archive, files)]
        for name in archive.collections:
            known = name not in archive.faulty
            archive.records[name] = _records(archive, name, listed.places) if known else []
        settings = read_settings(project.root / SETTINGS)
        archive.navigation, archive.design = settings.navigation, settings.pictures
        archive.site_name = settings.site_name
        _pages(archive)
        _observe(archive)
        ledgers = [one for one, kept in archive.collections.items() if kept.bounded]
        _place(archive, [f"records/{name}.md" for name in ledgers], "records/")
        _place(archive, [name for name in OWN_FILES if name.startswith(GUIDE)], GUIDE)
        archive.problems += settings.problems
    return archive


def read_document(archive: Archive, record: Record[Model]) -> Document:
    """Read the file of a record again, for its line numbers, which are not kept for valid records."""
    if archive.reread is None or archive.reread[0] is not record:
        file = archive.project.root / record.path
        archive.reread = record, _document(file, record.path, archive.drafts.get(record.path))
    return archive.reread[1]


def _document(path: Path, name: str, draft: bytes | None) -> Document:
    """Read a file of the data, or what is to stand in its place."""
    return read(path, name, parse_once) if draft is None else parse_once(draft, name)


def _edition(archive: Archive) -> None:
    root = archive.project.root
    if not (root / EDITION_FILE).is_file():
        return
    if not archive.project.origin:  # not made by the program, so every rule applies
        archive.problems.append(Problem(EDITION_FILE, 1, "须只在程序制作的副本里，请删去这个文件"))
        return
    edition = read(root / EDITION_FILE, EDITION_FILE).data
    archive.edition = edition.get("edition", "internal")
    archive.partial = frozenset(edition["partial"])
    archive.release = edition["release"]
    archive.asked = frozenset(edition.get("asked", ()))
    untold = edition.get("untold", {})
    archive.untold = {id_: frozenset(figures) for id_, figures in untold.items()}


def _single_files(archive: Archive, listed: Listing) -> None:
    refused = {problem.path: problem for problem in listed.problems}
    for file, single in SINGLE.items():
        path = Path(listed.places.get(f"{file}.yml", archive.project.data / f"{file}.yml"))
        name = f"{archive.project.name(archive.project.data)}/{file}.yml"
        if name in refused:
            archive.documents[file] = Document(name, problems=[refused[name]])
            listed.problems.remove(refused[name])
            continue
        if single.optional and not path.exists():
            archive.documents[file] = Document(name, [])
            continue
        draft = archive.drafts.get(name)
        archive.documents[file] = _document(path, name, draft)
        if archive.documents[file].data is not None:
            raw = read_enough(path) if draft is None else draft
            # The exceptions quote the draft marks that they allow.
            found = in_yaml(raw.decode("utf-8-sig"), marks=file != "allowed")
            archive.found.update({name: found} if found else {})
    unit = archive.documents["unit"]
    archive.unit = validate(Unit, unit)
    archive.kinds = sound_lists(archive.documents["kinds"])
    _register(archive)
    archive.criteria = _by_id(archive, "criteria", bound(Criterion, archive.kinds))
    archive.phrases = tuple(_listed(archive, "phrases", bound(Phrase, archive.kinds)).values())
    archive.synonyms = _listed(archive, "synonyms", Synonyms)
    archive.allowed = _listed(archive, "allowed", Allowed)
    for file, document in archive.documents.items():
        archive.problems += document.problems
        if document.problems and file != "figures":  # of them the ids are known
            archive.unread.add(file)


def _ledgers(archive: Archive, paths: Mapping[str, str]) -> None:
    """Read the descriptions of the ledgers."""
    folder = archive.project.name(archive.project.data)
    contents: dict[str, bytes] = {}
    for file in ledger_files(archive.files.get(LEDGERS, ())):
        name = f"{folder}/{file}"
        draft = archive.drafts.get(name)
        try:
            contents[file] = read_regular(paths[file]) if draft is None else draft
        except OSError as error:
            archive.problems.append(_unreadable(name, error))
    found = read_ledgers(contents, folder)
    for file, raw in contents.items():
        document = found.documents[ledger_id(file)]
        if document.data is not None and (leaks := in_yaml(raw.decode("utf-8-sig"))):
            archive.found[document.path] = leaks
    archive.collections, archive.faulty = found.collections, found.faulty
    archive.documents |= {f"{LEDGERS}/{id_}": one for id_, one in found.documents.items()}
    archive.problems += found.problems
    archive.unread |= found.faulty


def _unreadable(name: str, error: OSError) -> Problem:
    message = f"文件须能读取，现为：{os_error_text(error)}；请恢复这个文件"
    return Problem(name, 1, message)


def _by_file(
    archive: Archive, folder: str, model: type[M], paths: Mapping[str, str]
) -> dict[str, M]:
    """Return id → entry for the valid files of a folder of data/ that are no records."""
    project = archive.project
    found: dict[str, M] = {}
    for file in archive.files.get(folder, ()):
        id_ = file.partition("/")[2].removesuffix(".yml")
        name = f"{project.name(project.data)}/{file}"
        draft = archive.drafts.get(name)
        document = _document(Path(paths[file]), name, draft)
        archive.documents[f"{folder}/{id_}"] = document
        # What a release holds was searched in the register, before it was reported.
        if folder == REPORTS and document.data is not None:
            raw = read_regular(paths[file]) if draft is None else draft
            if leaks := in_yaml(raw.decode("utf-8-sig")):
                archive.found[name] = leaks
        valid = validate(model, document)
        if valid:
            found[id_] = valid
        archive.problems += document.problems
        if document.problems:
            archive.unread.add(folder)
    return found


def _newest_first(item: tuple[str, Report]) -> tuple[int, date, str]:
    """As their periods end, the last first; of those that end on one day the longest first."""
    id_, report = item
    span = report.period
    return -(span.end or date.max).toordinal(), span.start or date.min, id_


def _is(document: Document, kind: type, what: str, example: str) -> bool:
    if isinstance(document.content, kind):
        return True
    if not document.problems:
        message = f"文件内容须为{what}，现为{show(document.data)}；例如：{example}"
        document.problems.append(Problem(document.path, document.line(()), message))
    return False


def _register(archive: Archive) -> None:
    """Read the entries of the register; in a derived tree each is an observation with its indicator."""
    derived = archive.is_derived

    def model(id_: str, entry: object) -> type[Model]:
        return Figure if derived else model_of(id_, entry)

    register = archive.register = Register()
    for id_, entry in _by_id(archive, "figures", model).items():
        if isinstance(entry, Observation):
            register.observations[id_] = entry
        elif isinstance(entry, Figure):
            (register.derived if MARK in id_ else register.indicators)[id_] = entry


def _observe(archive: Archive) -> None:
    """Find the observations of the register, once reports and pages are read."""

    def used(report: str) -> set[str]:
        calls = (call for page in archive.pages_of(report) for call in page.calls)
        return {
            indicator_of(str(call.args[0]))
            for call in calls
            if call.name in ("fig", "change") and call.args and "period" not in dict(call.options)
        }

    reports = {} if archive.is_derived else archive.reports
    archive.figures = observed(archive.register, reports, used)
    archive.meant = meant(archive.figures, archive.reports)
    known = {indicator_of(key): figure for key, figure in archive.register.derived.items()}
    archive.indicators = known | archive.register.indicators
    register = archive.documents["figures"].path
    made = dict(indicator_pages(archive.indicators.items(), register))
    archive.pages |= made
    archive.made |= made.keys()
    archive.brought |= made.keys()
    former = dict(version_pages(list(archive.pages.values())))
    archive.pages |= former
    archive.made |= former.keys()


def _by_id(
    archive: Archive, file: str, model: type[M] | Callable[[str, object], type[M]]
) -> dict[str, M]:
    """Return the valid entries of a file that maps ids to entries.

    Of entries of several models, `model` returns that of an id and its entry.
    """
    document, single = archive.documents[file], SINGLE[file]
    found: dict[str, M] = {}
    if not _is(
        document, dict, f"“{single.entry}编号:”引出的各组字段", "a1: 的下一行缩进两格写各字段"
    ):
        archive.unread.add(file)
        return found
    for id_ in document.content:
        if single.ids and not single.ids.fullmatch(id_):
            rule = f"{single.entry}编号须由汉字、小写英文字母、数字、{single.between}组成，以汉字、字母开头，不超过 {LONGEST_ID} 个字"
            meant = id_.lower() if single.ids.fullmatch(id_.lower()) else "planning"
            message = f"{rule}，现为 {shorten(id_)}；例如：{meant}"
            document.problems.append(Problem(document.path, document.line((id_,)), message))
            archive.unread.add(file)
        kind = model if isinstance(model, type) else model(id_, document.content[id_])
        entry = validate(kind, document, (id_,))
        if entry:
            found[id_] = entry
    return found


def _listed(archive: Archive, file: str, model: type[M]) -> dict[int, M]:
    """Return position → entry for the valid entries of a file that lists them."""
    document = archive.documents[file]
    first = example(next(iter(fields(model).values())))
    if not _is(document, list, f"“- ”引出的各条{SINGLE[file].entry}", f"- {first}"):
        return {}
    entries = (validate(model, document, (index,)) for index in range(len(document.content)))
    return {index: entry for index, entry in enumerate(entries) if entry}


def _with_drafts(archive: Archive, listed: Iterable[str]) -> list[str]:
    """Return the files of data/ as sorted paths from there, as they are once the drafts are written."""
    start = len(archive.project.name(archive.project.data)) + 1
    changed = {name[start:]: draft is not None for name, draft in archive.drafts.items()}
    kept = {name for name in listed if changed.get(name, True)}
    return sorted(kept | {name for name, there in changed.items() if there})


def _by_collection(files: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in files:
        first, inside, rest = file.partition("/")
        if inside and rest.endswith(".yml"):
            found.setdefault(first, []).append(file)
    return found


def _strays(archive: Archive, files: list[str]) -> Iterator[Problem]:
    """Yield a problem for each file of data/ that nothing reads, such as a record under a wrong name."""
    folder = archive.project.name(archive.project.data)
    single = [f"{file}.yml" for file in SINGLE]
    unknown: set[str] = set()
    for file in files:
        first, inside, rest = file.partition("/")
        name = f"{folder}/{file}"
        if not inside:
            if file not in (*single, "README.md"):
                yield Problem(
                    name,
                    1,
                    f"data/ 下须只有 {'、'.join(single)} 和各台账目录；请移到 docs/files/，或者删去",
                )
        elif first not in (*archive.collections, LEDGERS, RELEASES, REPORTS):
            if first not in unknown:
                near = suggestion(first, archive.collections)
                near += "" if near.endswith("？") else "；"
                message = f"台账目录须是已有的，没有 {first}{near}是新台账的，请先写说明 {folder}/{LEDGERS}/{first}.yml，不要这个台账的，请删去目录"
                yield Problem(name, 1, message)
            unknown.add(first)
        elif first == LEDGERS and "/" in rest:
            message = f"台账的说明须直接放在 {folder}/{LEDGERS}/ 下，现在 {rest.rpartition('/')[0]}/ 下；请移过去"
            yield Problem(name, 1, message)
        elif not file.endswith(".yml") and rest.rpartition("/")[2] != "README.md":
            yield Problem(
                name,
                1,
                f"台账文件名须以 .yml 结尾，现为 {rest.rpartition('/')[2]}；请改名，照片、表格移到 docs/files/",
            )


@cache
def _code() -> bytes:
    """The digest of the code that reads records; their cache is void once it changes."""
    folders = (yaml_files, "yaml*.py"), (leaks, "*.py")
    found = (sorted(Path(str(of.__file__)).parent.glob(names)) for of, names in folders)
    return digest(chain.from_iterable(found))


_Read = tuple[bytes, Record[Model], Sequence[FileLeak]]
"""The digest of a record's file, the record, and the leaks found in it."""
_Kept = tuple[Any, list[tuple[Any, ...]]]
"""What the cache keeps of a file: the data of the record, and the leaks."""
_MOST_READ = 50
"""Collections of which a process keeps the records as it has read them: those of about four sites."""
_read: dict[tuple[Path, str], tuple[type[Model], dict[str, _Read]]] = {}
"""The folder of the data and a collection → the model its records were read by, and each, by its file."""


def _records(archive: Archive, name: str, paths: Mapping[str, str]) -> list[Record[Model]]:
    """Read the records of a collection; one whose file has the same content as before is the same object."""
    if not archive.files.get(name):
        return []
    project = archive.project
    folder = project.name(project.data)
    model = archive.collections[name].model
    read_by, before = _read.pop((project.data, name), (model, {}))
    if read_by is not model:
        before = {}
    # What this process has read it need not be told by the file of the cache, which it then leaves alone.
    kept = None if before else Cache(project.cache(name), _code())
    now: dict[str, _Read] = {}
    records: dict[str, Record[Model]] = {}
    files = [(f"{folder}/{file}", paths.get(file)) for file in archive.files[name]]
    for path, file in _read_by_halves(archive, files, kept):
        record = _record(archive, path, file, model, kept, before, now)
        if record is None:
            archive.unread.add(name)
            continue
        if record.id in records:
            first = records[record.id].path
            archive.problems.append(
                Problem(
                    record.path,
                    1,
                    f"编号（文件名）须唯一，{record.id} 已用于 {first}；请换一个文件名",
                )
            )
        else:
            records[record.id] = record
    if kept:
        kept.save()
    _read[project.data, name] = model, now
    if len(_read) > _MOST_READ:
        del _read[next(iter(_read))]
    return list(records.values())


_MANY = 300
"""Files never read before of which it is worth while to read half on another core."""


def _read_by_halves(
    archive: Archive, files: Sequence[tuple[str, str | None]], kept: Cache | None
) -> Iterator[tuple[str, str | None]]:
    """Yield the files of records; before the second half is, the cache knows of all of them that are new."""
    if kept is None or len(files) - kept.known < _MANY:
        yield from files
        return
    first, second = files[: len(files) // 2], files[len(files) // 2 :]
    with meanwhile(lambda: list(_read_ahead(archive, second, kept))) as found:
        yield from first
        for key, one in found() or ():
            kept.put(key, one)
    yield from second


def _read_ahead(
    archive: Archive, files: Iterable[tuple[str, str | None]], kept: Cache
) -> Iterator[tuple[bytes, _Kept]]:
    """Yield what the cache keeps of those files that it does not know and in which there is no fault."""
    for name, path in files:
        with suppress(OSError):
            raw = _raw(archive, name, path)
            key = kept.key(raw)
            if kept.get(key) is None and not (document := parse_bytes(raw, name)).problems:
                yield key, _to_keep(document, in_yaml(raw.decode("utf-8-sig")))


def _raw(archive: Archive, name: str, path: str | None) -> bytes:
    """The content of a record's file; raises OSError."""
    draft = archive.drafts.get(name)
    return read_regular(str(path)) if draft is None else draft


def _record(
    archive: Archive,
    name: str,
    path: str | None,
    model: type[Model],
    cache: Cache | None,
    before: Mapping[str, _Read],
    now: dict[str, _Read],
) -> Record[Model] | None:
    file = name.rpartition("/")[2]
    id_ = file.removesuffix(".yml")
    if not RECORD_ID.fullmatch(id_):
        rule = "文件名须由汉字、字母、数字、点、短横、下划线组成"
        archive.problems.append(
            Problem(
                name, 1, f"{rule}，现为 {file}；请改名为 {_RENAMED.sub('-', id_).strip('-')}.yml"
            )
        )
    try:
        raw = _raw(archive, name, path)
    except OSError as error:
        archive.problems.append(_unreadable(name, error))
        return None
    content = blake2b(raw, digest_size=16).digest()
    known = before.get(name)
    if known is None or known[0] != content:
        made = _made(archive, id_, name, raw, model, cache)
        if made is None:
            return None
        known = (content, *made)
    now[name] = known
    _, record, leaks = known
    if leaks:
        archive.found[name] = leaks
    return record


def _made(
    archive: Archive, id_: str, name: str, raw: bytes, model: type[Model], cache: Cache | None
) -> tuple[Record[Model], Sequence[FileLeak]] | None:
    """The record of a file's content and the leaks found there; None if it is not valid."""
    key = cache.key(raw) if cache else b""
    kept = cache.get(key) if cache else None
    if kept is not None:
        data, found = kept
        valid = validate(model, Document(name, data))
        if valid is not None:
            return Record(id_, name, valid), [FileLeak(*leak) for leak in found]
    document = parse_bytes(raw, name)
    if document.problems:
        validate(model, document)
        archive.problems += document.problems
        return None
    leaks = in_yaml(raw.decode("utf-8-sig"))
    if cache:
        cache.put(key, _to_keep(document, leaks))
    valid = validate(model, document)
    archive.problems += document.problems
    if valid is None and leaks:
        archive.found[name] = leaks
    return None if valid is None else (Record(id_, name, valid), leaks)


def _to_keep(document: Document, leaks: Iterable[FileLeak]) -> _Kept:
    return document.data, [tuple(leak) for leak in leaks]


def _place(archive: Archive, pages: Sequence[str], folder: str) -> None:
    """Put those of `pages`, of one folder, that the navigation does not name after those that it does."""
    named = [path for path, _ in archive.navigation]
    added = tuple(page for page in pages if page in archive.pages and page not in named)
    if not added or not named:
        return
    ours = [path for path in named if path in pages]
    beside = [path for path in named if path.startswith(folder)]
    after = (ours or beside or named)[-1]
    at = named.index(after)
    line = archive.navigation[at][1]
    archive.navigation[at + 1 : at + 1] = [(page, line) for page in added]
    archive.placed[after] = added


_MOST_SITES = 4
"""Sites of which a process keeps the pages as it has read them."""
_pages_read: dict[Path, dict[tuple[object, ...], Page]] = {}
"""The folder docs/ of a site → each page, by its content and all else that it was read by."""


def _pages(archive: Archive) -> None:
    """Read the pages: those of docs/, and the guide where the navigation names a page of it.

    A page that is the same as before is the same object.
    """
    project = archive.project
    listed = project.docs_files()
    archive.problems += listed.problems
    archive.problems += in_the_way(listed.places)
    there = {name: path for name, path in listed.files.items() if not is_made(name)}
    archive.docs = there
    guide = {name: path for name, path in OWN_FILES.items() if name.startswith(GUIDE)}
    if any(path in guide.keys() - there.keys() for path, _ in archive.navigation):
        archive.docs = dict(sorted({**guide, **there}.items()))
    before = _pages_read.pop(project.docs, {})
    now: dict[tuple[object, ...], Page] = {}
    for inside, path in archive.docs.items():
        if inside.endswith(".md"):
            own = path == guide.get(inside)
            called = project.name(path) if own else f"docs/{inside}"
            raw = read_enough(path)
            key = (inside, called, blake2b(raw, digest_size=16).digest(), page_model_of(inside, archive.kinds))  # fmt: skip
            page = before.get(key) or read_page_once(raw, inside, called, archive.kinds)
            archive.pages[inside] = now[key] = page
            if own:
                archive.brought.add(inside)
            archive.problems += page.problems
            if page.problems:
                archive.unread.add(inside)
    _pages_read[project.docs] = now
    if len(_pages_read) > _MOST_SITES:
        del _pages_read[next(iter(_pages_read))]
