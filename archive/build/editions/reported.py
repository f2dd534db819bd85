"""The source tree with the figures of a release, for report and print files of that occasion."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive.build.editions.figures import without_value
from archive.build.editions.pages import PublicPages, page_bytes, remove_links
from archive.build.editions.writing import fields_file, new_tree, settings, write
from archive.facts.figures import narrowed
from archive.facts.gather import EDITION_FILE, RELEASES
from archive.facts.observations import indicator_of
from archive.facts.project import Project
from archive.facts.site import Site
from archive.files.listing import read_regular
from archive.files.writing import plain_data
from archive.schema.honours import Honour

LEFT_OUT = (
    "records/",
    "criteria/",
    "measures/",
    "guide/",
    "topics.md",
    "figures/releases.md",
    "figures/reviews.md",
)
"""Pages about the records of today, which would contradict the figures of another day."""


@contextmanager
def reported_tree(site: Site, name: str) -> Iterator[Project]:
    """Yield a project in a temporary folder whose figures are those of the release `name`.

    Text, names, honours, examples, regulations and the as-of date are those of `site`.
    """
    source = site.archive.project.root
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        root = Path(folder).resolve()
        project = new_tree(site.archive.project, root, "reported")
        dated = [one for one, kept in site.archive.collections.items() if kept.bounded]
        shown = f"{RELEASES}/{name}.yml"
        for file, path in site.archive.project.data_files().places.items():
            if file == shown or file.partition("/")[0] not in (*dated, RELEASES):
                write(project.data / file, read_regular(path))
        register = _register(site, name)
        write(project.data / "figures.yml", fields_file(register))
        edition = {"partial": dated, "release": name, "asked": _asked(site, register)}
        write(root / EDITION_FILE, fields_file(edition))
        pages = _docs(site, project)
        text = (source / "mkdocs.yml").read_text("utf-8")
        write(root / "mkdocs.yml", settings(text, pages).encode())
        yield project


def _register(site: Site, name: str) -> dict[str, Any]:
    """The register as reported: id → entry; figures added since then have no value."""
    reported = site.archive.releases[name].figures
    today = site.archive.indicators | site.archive.figures
    found: dict[str, Any] = {
        id_: plain_data(narrowed(one.entry, today.get(id_) or today.get(indicator_of(id_))))
        for id_, one in reported.items()
    }
    for id_, figure in site.archive.figures.items():
        if id_ not in reported:
            found[id_] = without_value(plain_data(figure))
    return found


def _asked(site: Site, register: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The observations that nobody has written: they have no number of their own, and today no entry."""
    written = site.archive.register
    return [
        id_
        for id_, entry in register.items()
        if entry["value"] is None
        and id_ not in written.indicators
        and id_ not in written.observations
    ]


def _docs(site: Site, project: Project) -> Mapping[str, Any]:
    pages = {
        path: page for path, page in site.archive.pages.items() if not path.startswith(LEFT_OUT)
    }
    files = {one: path for one, path in site.archive.docs.items() if not one.endswith(".md")}
    for file, source in files.items():
        write(project.docs / file, source.read_bytes())
    honours = frozenset(record.id for record in site.archive.of(Honour))
    kept = PublicPages(pages, honours, frozenset(files), site.archive.collections)
    written = {path: page for path, page in pages.items() if path not in site.archive.made}
    for path, page in written.items():
        write(project.docs / path, page_bytes(remove_links(page, kept)))
    return written
