"""Rules for what must not be published: private data and draft marks, in texts and files."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath

from archive.checks.pictures import refused_pictures
from archive.checks.problems import repeated
from archive.facts.gather import read_document
from archive.facts.people import withheld_names
from archive.facts.site import Site, once
from archive.files.bounds import MAX_ATTACHMENT, Together, TooLongError
from archive.files.cache import code_of, digest
from archive.files.pages import Page
from archive.files.spans import fill
from archive.files.yaml import Loc, Problem
from archive.leaks.files import PAGE, file, too_large
from archive.leaks.leak import FileLeak, format_leak, in_file, leaks_by_line, leaks_in_part
from archive.leaks.names import named
from archive.leaks.searched import SearchCache
from archive.leaks.text import draft_marks, leaks_in_lines, private_search
from archive.leaks.visible import searched
from archive.schema.allowed import Allowed

_Place = tuple[str, FileLeak]
"""A file, as a path from the root, and a leak found in it."""


def texts_hold_nothing_private(site: Site) -> Iterator[Problem]:
    """Records and pages hold nothing private and no draft marks, unless data/allowed.yml allows it."""
    yield from _refused(site, _in_texts(site))


def attachments_hold_nothing_private(site: Site) -> Iterator[Problem]:
    """Files in docs/ hold nothing private and no traces of editing, unless data/allowed.yml allows it."""
    # That a picture cannot be read is told where a page shows it.
    elsewhere = {f"docs/{inside}" for inside in refused_pictures(site)}
    places = _in_attachments(site)
    told = [it for it in places if not (it[1].kind == "无法检查" and it[0] in elsewhere)]
    yield from _refused(site, told)


def names_without_consent_are_not_typed(site: Site) -> Iterator[Problem]:
    """No record holds the name of a person in data/unit.yml without an example that records consent."""
    yield from _refused(site, _named_in_records(site))


def _withheld(site: Site) -> frozenset[str]:
    """The names that nobody may type; none are known while an example, in which consent is recorded, is unread."""
    return frozenset() if site.archive.unread_pages("examples/") else withheld_names(site.archive)


def exceptions_are_needed(site: Site) -> Iterator[Problem]:
    """An entry of data/allowed.yml is listed once, and allows the very thing that is found."""
    problem = partial(site.archive.problem, "allowed")
    listed = site.archive.allowed.items()
    for (index, entry), _ in repeated(listed, lambda item: (*_named_by(item[1]), item[1].code)):
        yield problem(f"例外须只列一次，{_told(entry)} 已经列过；请删去这一条", index)
    faulty = {problem.path for problem in site.archive.problems}
    for index, entry, left in _without_object(site):
        if entry.file in faulty:
            continue
        if not left:
            rule = f"例外须仍有所指，{entry.file} 里没有{entry.kind} {entry.found}，请删去这一条"
            yield problem(rule, index)
            continue
        lines = "、".join(str(line) for line in sorted(set(left.values())))
        place = f"{_told(entry)}（第 {lines} 行）"
        codes = "、".join(map(str, sorted(left)))
        one_each = "，核对码不同的，各写一条" if len(left) > 1 else ""
        if entry.code is None:
            rule = f"例外须写明 code（核对码），现没有；{place}的是 {codes}，请核对以后写 code: {min(left)}{one_each}"
            yield problem(rule, index)
        else:
            rule = f"例外须仍是审过的内容，{place}的核对码现为 {codes}，不是 {entry.code}"
            yield problem(f"{rule}；请重新审过，再改 code{one_each}", index, "code")


def allowed_leaks(site: Site) -> frozenset[tuple[str, str, str]]:
    """Return what data/allowed.yml lets pass, as `FileLeak.what`."""
    return frozenset(place[1].what for place in _everything(site) if _is_allowed(site, place))


def _told(entry: Allowed) -> str:
    return f"{entry.file} 的{entry.kind} {entry.found}"


def _refused(site: Site, places: Sequence[_Place]) -> Iterator[Problem]:
    # Where an exception has no object, its own message tells of what may be meant.
    told = {_named_by(entry) for _, entry, left in _without_object(site) if left}
    for place in places:
        if _key(site, place) not in told and not _is_allowed(site, place):
            path, found = place
            yield Problem(path, found.line, format_leak(found))


_Key = tuple[str, str, str]
"""The file, the kind and the text found, as an entry of data/allowed.yml has them."""


def _named_by(entry: Allowed) -> _Key:
    return entry.file, entry.kind, entry.found


def _key(site: Site, place: _Place) -> _Key:
    """Return the key that an entry of data/allowed.yml must have to allow a leak.

    The file of a record begins with data/ there, whatever the folder of the data is called.
    """
    path, found = place
    data = site.archive.project.name(site.archive.project.data)
    inside = path.removeprefix(f"{data}/")
    return (path if inside == path else f"data/{inside}", found.kind, found.found)


@once
def _codes(site: Site) -> dict[_Key, set[int | None]]:
    """Key of the entries of data/allowed.yml → their codes."""
    found: dict[_Key, set[int | None]] = {}
    for entry in site.archive.allowed.values():
        found.setdefault(_named_by(entry), set()).add(entry.code)
    return found


def _is_allowed(site: Site, place: _Place) -> bool:
    codes = _codes(site).get(_key(site, place))
    return codes is not None and _code(site, place) in codes


def _code(site: Site, place: _Place) -> int:
    """Return the code that shows a leak to be what was reviewed, not another with the same mask.

    Of something masked it depends on what is behind the mask, of anything else on the whole file, as
    far as it is one. It is told only of what somebody has entered as fit for publication. Four digits
    are few on purpose: a hundred telephone numbers have the same mask and code, and yet another text
    that comes in the place of the reviewed one is noticed.
    """
    path, found = place
    known = found.digest or _file_digest(site, path) or found.found
    return 1000 + int(sha256(f"{_key(site, place)[0]}\0{known}".encode()).hexdigest(), 16) % 9000


def _file_digest(site: Site, path: str) -> str:
    attachment = site.archive.docs.get(path.removeprefix("docs/"))
    if attachment is None:
        return ""
    with attachment.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@once
def _without_object(site: Site) -> list[tuple[int, Allowed, dict[int, int]]]:
    """The entries of data/allowed.yml that allow nothing: position, entry, what it may be meant for.

    The last is code → line of each leak with its key that no entry allows.
    """
    found: dict[_Key, dict[int, int]] = {}
    for place in _everything(site):
        if _key(site, place) in _codes(site):
            lines = found.setdefault(_key(site, place), {})
            lines.setdefault(_code(site, place), place[1].line)
    return [
        (index, entry, {code: line for code, line in lines.items() if code not in listed})
        for index, entry in site.archive.allowed.items()
        for key in (_named_by(entry),)
        for lines, listed in ((found.get(key, {}), _codes(site)[key]),)
        if entry.code not in lines
    ]


def _everything(site: Site) -> list[_Place]:
    return [*_in_texts(site), *_in_attachments(site), *_named_in_records(site)]


@once
def _in_texts(site: Site) -> list[_Place]:
    found = [(path, leak) for path, leaks in site.archive.found.items() for leak in leaks]
    names = _withheld(site)
    code = digest([Path(__file__)]) + code_of("files")  # which reads a page
    searched = SearchCache(site.archive.project.cache("searched_texts"), names, code)
    found += _in_names_of_data(site, searched)
    for page in site.archive.written.values():
        read = "\0".join((page.front, page.text, repr(page.sources)))
        in_page = partial(_in_page, page)
        leaks = searched.found("page", read.encode("utf-8", "surrogatepass"), in_page)
        found += [(page.file, leak) for leak in leaks]
    searched.save()
    return found


def _in_names_of_data(site: Site, searched: SearchCache) -> Iterator[_Place]:
    """Yield what the names of the files of data/ hold: they are ids, in addresses and in downloads."""
    folder = site.archive.project.name(site.archive.project.data)
    lines: list[str] = []
    owners: list[str] = []
    for files in site.archive.files.values():
        for name in files:
            parts = [*name.removesuffix(".yml").split("/"), ""]  # an empty line parts the files
            lines += parts
            owners += [f"{folder}/{name}"] * len(parts)
    raw = "\n".join(lines).encode("utf-8", "surrogatepass")
    for leak in searched.found("names of data", raw, _in_lines):
        yield owners[leak.line - 1], leak._replace(line=1, place="文件名")


def _in_lines(raw: bytes, names: Collection[str]) -> list[FileLeak]:
    text = raw.decode("utf-8", "surrogatepass")
    return leaks_by_line(text, private_search(names)(text))


def _in_page(page: Page, _: bytes, names: Collection[str]) -> list[FileLeak]:
    # The front matter begins on line 2 of the file; the lines of `page.text` are those of the file.
    front = leaks_in_lines(page.front, private_search(names))
    code = [(start, end) for start, end in page.hidden if page.text[start] in "`~ "]
    marks = fill(page.text, code)  # draft marks in code are none

    search = private_search(names, marks=False)
    return [
        *(leak._replace(line=page.in_file(leak.line + 1)) for leak in front),
        *(
            leak._replace(line=page.in_file(leak.line))
            for leak in (
                *leaks_in_lines(page.text, search, page.line_breaks),
                *leaks_by_line(page.text, draft_marks(marks)),
            )
        ),
    ]


@once
def _in_attachments(site: Site) -> list[_Place]:
    project = site.archive.project
    names = _withheld(site)
    searched = SearchCache(project.cache("searched"), names)
    found: list[_Place] = []
    together = Together()
    for inside, path in site.archive.docs.items():
        file_ = PurePosixPath(inside)
        called = "\n".join((*file_.parts[:-1], file_.stem))
        leaks = leaks_in_part("文件名", private_search(names)(called))
        if path.suffix != PAGE:  # of pages see `texts_hold_nothing_private`
            leaks += _in_attachment(path, searched, together)
        found += [(f"docs/{inside}", leak) for leak in leaks]
    searched.save()
    return found


def _in_attachment(path: Path, searched: SearchCache, together: Together) -> list[FileLeak]:
    suffix = path.suffix.lower()
    if (size := path.stat().st_size) > MAX_ATTACHMENT:
        return [too_large(size)]
    try:
        with together.in_time():
            return searched.found(suffix, path.read_bytes(), partial(_in_file, suffix))
    except TooLongError:
        return [FileLeak("无法检查", "没有按时读完的文件（一个一分钟，慢的合起来五分钟）")]


def _in_file(suffix: str, raw: bytes, names: Collection[str]) -> list[FileLeak]:
    return file(suffix, raw, private_search(names))


@once
def _named_in_records(site: Site) -> list[_Place]:
    names = _withheld(site)
    if not names:
        return []
    found = []
    for records in site.archive.records.values():
        for record in records:
            for loc, text in _texts(record.data.model_dump(), ()):
                for leak in searched(text, partial(named, names=names)):
                    line = read_document(site.archive, record).line(loc)
                    found.append((record.path, in_file(leak, line)))
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
