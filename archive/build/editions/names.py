"""Withheld names typed out in pages, records or attachments, where the public edition would show them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from archive.build.editions.records import named, public_records
from archive.facts.project import Project
from archive.facts.site import Site
from archive.files.pages import read_page
from archive.files.spans import fill
from archive.files.yaml import Problem
from archive.leaks.files import PAGE, file
from archive.leaks.leak import FileLeak, Search, format_leak, leaks_by_line, leaks_in_part
from archive.leaks.names import withheld_search
from archive.schema.unit import Unit


def find_withheld_names(site: Site, tree: Project) -> list[Problem]:
    """Sorted problems for withheld names in the redacted `tree`, placed in the site's sources.

    Macros show a mask for such a name, but they do not see names typed out in a page, a record or an
    attachment.
    """
    unit = site.archive.unit
    names = withheld(unit)
    search = withheld_search(names, shown(unit))
    return sorted(set(_typed(site, tree, search))) if names else []


def withheld(unit: Unit | None) -> Mapping[str, str]:
    """Id → name for names that are filled in and not public, the host of the internal site among them.

    Left out are names of one character, and names that are part of a mask.
    """
    host = _internal_host(unit)
    return {**_names(unit), "site_address": host} if host else _names(unit)


def _internal_host(unit: Unit | None) -> str:
    """The host of the internal edition, where it says something and is not that of the public one."""
    internal = _host(unit.site_address if unit else None)
    public = _host(unit.public_address if unit else None)
    # A number of digits would be found in dates and sums, one word without a dot in any text.
    telling = "." in internal and any(one.isalpha() for one in internal)
    return internal if telling and internal != public else ""


def _host(address: str | None) -> str:
    return urlsplit(address or "").hostname or ""


def _names(unit: Unit | None) -> Mapping[str, str]:
    return {
        id_: name.value
        for id_, name in (unit.names if unit else {}).items()
        if name.value
        and name.disclosure != "公开"
        and len(name.value) > 1
        and name.value not in name.mask
    }


def shown(unit: Unit | None) -> frozenset[str]:
    """The names that are public, the host of the public site among them.

    A withheld one that is part of one of these may stand within it.
    """
    names = unit.names.values() if unit else ()
    public = {name.value for name in names if name.disclosure == "公开" and name.value}
    return frozenset(filter(None, [*public, _host(unit.public_address if unit else None)]))


def _typed(site: Site, tree: Project, search: Search) -> Iterator[Problem]:
    source = site.archive.project
    records = {
        path: record.path
        for collection, kept in public_records(site).items()
        for path, record in named(collection, kept)
    }
    files = {tree.root / "mkdocs.yml": "mkdocs.yml"}
    for path in tree.data.rglob("*.yml"):
        inside = path.relative_to(tree.data).as_posix()
        files[path] = records.get(inside) or source.name(source.data / inside)
    for path in tree.docs.rglob("*"):
        inside = path.relative_to(tree.docs).as_posix()
        called = source.name(source.docs / inside)
        if path.is_file():
            yield from _problems(called, leaks_in_part("文件名", search(inside)))
        if path.suffix == PAGE:
            files[path] = called
        elif path.is_file():
            leaks = file(path.suffix.lower(), path.read_bytes(), search)
            yield from _problems(called, leaks)
    for path, called in files.items():
        if typed := leaks_by_line("", search(path.read_text("utf-8"))):
            yield from _problems(called, _in_source(source.root / called, search) or typed)


def _in_source(file: Path, search: Search) -> list[FileLeak]:
    """The names in a source, where they stand in it; what stands on internal lines is left out."""
    if file.suffix != PAGE:
        text = file.read_text("utf-8-sig")
        return leaks_by_line(text, search(text))
    page = read_page(file.read_bytes(), file.name, file.name)
    text = fill(page.text, page.internal)
    # The front matter begins on line 2 of the file; the lines of `page.text` are those of the file.
    front = leaks_by_line(page.front, search(page.front))
    return [
        *(leak._replace(line=leak.line + 1) for leak in front),
        *leaks_by_line(text, search(text)),
    ]


def _problems(called: str, leaks: list[FileLeak]) -> Iterator[Problem]:
    for leak in leaks:
        if leak.kind in ("未公开的名称", "无法检查"):
            yield Problem(called, leak.line, format_leak(leak))
