"""The redacted source tree of the public edition, written into a temporary folder."""

import tempfile
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from archive.build.editions.asked import public_pages, public_reports
from archive.build.editions.fields import has_public, public
from archive.build.editions.figures import register, suppressed_figures, untold_figures
from archive.build.editions.ledgers import public_ledger, public_record, public_where
from archive.build.editions.pages import PublicPages, page_bytes, redact_page
from archive.build.editions.records import named, public_records
from archive.build.editions.writing import fields_file, new_tree, settings, write
from archive.facts.gather import EDITION_FILE, REPORTS
from archive.facts.ledgers import FOLDER as LEDGERS
from archive.facts.project import Project
from archive.facts.regulations import replaced_regulations
from archive.facts.site import Site
from archive.files.pages import Page
from archive.files.writing import item as listed
from archive.files.writing import plain_data
from archive.schema.criteria import Criterion
from archive.schema.unit import HiddenName, Unit


@contextmanager
def redacted_tree(site: Site) -> Iterator[Project]:
    """Yield a project in a temporary folder with what is public of a site that has no problems."""
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        root = Path(folder).resolve()
        project = new_tree(site.archive.project, root, "public")
        pages = _redacted(site)
        _data(site, project, pages)
        _docs(site, project, pages)
        text = (site.archive.project.root / "mkdocs.yml").read_text("utf-8")
        write(root / "mkdocs.yml", settings(text, pages).encode())
        yield project


def _data(site: Site, project: Project, pages: Mapping[str, Page]) -> None:
    masked = suppressed_figures(site)
    records = public_records(site)
    # A collection that is complete although its figure is masked would reveal that the figure is 0.
    counted = {rule.collection for id_ in masked if (rule := site.values[id_].figure.counted)}
    partial = [
        name
        for name, all_ in site.archive.records.items()
        if len(records[name]) < len(all_) or name in site.archive.partial | counted
    ]
    reports = public_reports(site, pages)
    edition: dict[str, Any] = {
        "edition": "public",
        "partial": partial,
        "release": site.archive.release,
    }
    if untold := {id_: ids for id_ in reports if (ids := untold_figures(site, id_))}:
        edition["untold"] = untold
    write(project.root / EDITION_FILE, fields_file(edition))
    if site.archive.unit:
        write(project.data / "unit.yml", fields_file(_unit(site.archive.unit)))
    write(project.data / "figures.yml", fields_file(register(site, masked)))
    kinds = {name: plain_data(items, public) for name, items in site.archive.kinds.items()}
    write(project.data / "kinds.yml", fields_file(kinds))
    phrases = (listed(public(phrase), 0) for phrase in site.archive.phrases)
    write(project.data / "phrases.yml", ("".join(phrases) or "[]\n").encode())
    synonyms = "".join(
        listed(public(group), 0) for group in site.archive.synonyms.values() if not group.disclosure
    )
    if synonyms:
        write(project.data / "synonyms.yml", synonyms.encode())
    # What is allowed in the sources is allowed in the site built from them.
    allowed = "".join(listed(public(entry), 0) for entry in site.archive.allowed.values())
    if allowed:
        write(project.data / "allowed.yml", allowed.encode())
    for name, one in site.archive.collections.items():
        if one.ledger:
            write(
                project.data / f"{LEDGERS}/{name}.yml",
                fields_file(public_ledger(site, name, one.ledger)),
            )
    items = site.archive.criteria if has_public(Criterion) else {}
    write(
        project.data / "criteria.yml", fields_file({id_: public(one) for id_, one in items.items()})
    )
    for id_, report in reports.items():
        write(project.data / f"{REPORTS}/{id_}.yml", fields_file(report))
    for name, kept in records.items():
        for path, record in named(name, kept):
            write(project.data / path, fields_file(public_record(site, name, record)))


def _is_made(site: Site, path: str, pages: Container[str]) -> bool:
    """Whether the program makes a page again in the new tree; a former text only of a regulation there."""
    of = site.versions.get(path)
    return of is None or of[0].page.path in pages


def _unit(unit: Unit) -> dict[str, Any]:
    return public(unit) | {"names": {id_: _name(name) for id_, name in unit.names.items()}}


def _name(name: HiddenName) -> dict[str, Any]:
    """The entry of a name, with its value only if that is public."""
    entry = public(name)
    return entry if name.disclosure == "公开" else entry | {"value": None}


def _ended(site: Site, pages: Container[str]) -> Iterator[tuple[str, date]]:
    """Yield the page of each regulation that one without a page has replaced, and the day: it is in force no more.

    What is still to come is not told.
    """
    known = {id_: entry.data for id_, entry in site.regulations.items()}
    for entry in site.regulations.values():
        day = replaced_regulations(entry.data, known)
        successor = site.regulations.get(entry.data.replaced_by or "")
        is_over = day is not None and day <= site.archive.project.as_of
        if day and is_over and successor and successor.page.path not in pages:
            yield entry.page.path, day


def _redacted(site: Site) -> dict[str, Page]:
    """The public pages without what is not public of them: all else goes by what is left there."""
    archive, pages = site.archive, public_pages(site)
    honours = frozenset(record.id for record in public_records(site)["honours"])
    reports = frozenset(public_reports(site, pages))
    made = {path: archive.pages[path] for path in archive.made if _is_made(site, path, pages)}
    there = pages | made
    ended = dict(_ended(site, there))
    where = partial(public_where, site)
    kept = PublicPages(there, honours, _files(site), archive.collections, reports, ended, where)
    return {path: redact_page(page, kept) for path, page in pages.items()}


def _files(site: Site) -> frozenset[str]:
    return frozenset(one for one in site.archive.docs if not one.endswith(".md"))


def _docs(site: Site, project: Project, pages: Mapping[str, Page]) -> None:
    """Write these pages, the files they link to and those of the bureau's design."""
    archive, files = site.archive, _files(site)
    wanted = files.intersection(archive.design)
    for path, page in pages.items():
        write(project.docs / path, page_bytes(page))
        wanted |= page.leads_to & files
    for file in wanted:
        write(project.docs / file, archive.docs[file].read_bytes())
