"""The pages as an engine gets them: each macro already replaced, what the theme shows in the front matter.

No engine runs anything of a page: there is nothing left in it to run.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from archive.build.editions.writing import settings
from archive.build.engines import SITE, Engine
from archive.facts.places import GUIDE
from archive.facts.project import DOCS as FOLDER
from archive.facts.project import PROGRAM
from archive.facts.regulations import FOLDER as REGULATIONS
from archive.facts.regulations import RegulationState
from archive.facts.site import Site
from archive.facts.versions import VERSIONS
from archive.files.addresses import href, resolve_link
from archive.files.listing import read_regular
from archive.files.own_files import OWN_ASSETS, OWN_FILES, TEMPLATES
from archive.files.pages import Page
from archive.files.settings import engine_settings
from archive.render import macros
from archive.render.amendments import additions
from archive.render.edit_links import edit_url
from archive.render.page_context import page_context
from archive.render.regulations import over_marks
from archive.render.report_since import sentence_marks
from archive.render.text import day
from archive.render.when import when_marks
from archive.schema.regulations import Regulation

DOCS = "rendered"
"""The folder of the pages, as `docs_dir` in mkdocs.yml; it is never in the sources."""

_EDITED = (f"{FOLDER}/", f"{PROGRAM}/")
"""Where pages lie that can be edited here; the guide of a program that is installed elsewhere cannot."""

_TARGET = re.compile(r"(?:\]\([ \t]*<?|\b(?:href|src)=[\"']?)(?P<to>[^\"'\s<>)#?]{1,2000}+)")


@dataclass(frozen=True, slots=True)
class Source:
    """A page as an engine gets it: the front matter, the text, the files of docs/ that it may lead to."""

    front: Mapping[str, Any]
    text: str
    leads_to: frozenset[str]


def page_source(site: Site, path: str) -> Source:
    """The page `path` of docs/ for an engine."""
    page = site.archive.pages[path]
    added = [
        *additions(site, page),
        *sentence_marks(site, page),
        *when_marks(site, page),
        *over_marks(site, page),
    ]
    # With the blank lines in place of its front matter: what the check has read is then not read again.
    blank = len(page.text) - len(page.text.lstrip("\n"))
    text = "\n" * blank + page.rendered(macros(site, path), path, added)
    leads_to = frozenset({*_files_named(path, text), *page.leads_to})
    return Source(_front(site, page), text, leads_to)


def files_beside(site: Site, named: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files that are copied, as name and content: those of the design, and those of docs/ named.

    A file of docs/ is copied if a page links to it or shows it, or if it is a picture of the design; the
    rest of the design is the program's. What is copied is what was listed and checked; nothing else of
    the folder docs/ is.
    """
    archive = site.archive
    for file in sorted(OWN_ASSETS):
        yield file, OWN_FILES[file].read_bytes()
    for file in sorted({*archive.design, *named} & archive.docs.keys() - archive.pages.keys()):
        yield file, read_regular(archive.docs[file])


def write_source(site: Site, docs: Path) -> None:
    """Write the pages of `site` into the empty folder `docs`, and the files that they lead to."""
    named: set[str] = set()
    for path in site.archive.pages:
        source = page_source(site, path)
        named |= source.leads_to
        front = json.dumps(source.front, ensure_ascii=False)  # which is YAML too
        write_file(docs / path, f"---\n{front}\n---\n\n{source.text}".encode())
    for name, content in files_beside(site, named):
        write_file(docs / name, content)


def site_name(site: Site) -> str:
    """The title of the site, marked as a demonstration where the data says so."""
    named = site.archive.site_name
    return f"{named}（演示）" if site.archive.demonstration else named


def settings_text(site: Site) -> str:
    """Return the settings for the engine; pages that mkdocs.yml does not name are put into its `nav`."""
    archive = site.archive
    text = (archive.project.root / "mkdocs.yml").read_text("utf-8")
    if archive.placed:
        text = settings(text, archive.pages, archive.placed)
    fixed = {
        "site_name": site_name(site),
        "docs_dir": DOCS,
        "site_dir": SITE,  # an engine empties it first
        "theme": {"custom_dir": str(TEMPLATES)},
        "extra": {
            "demonstration": archive.demonstration,
            "edition": site.edition_label,
            "editable": not archive.is_derived,
            "address": site.web_address,
        },
    }
    return engine_settings(text, fixed)


_FOR_ZENSICAL = """\
INHERIT: {settings}
theme:
  variant: classic  # of its looks, the one of Material
plugins:
  - search:
      enabled: false  # ours is a step of `archive build`
markdown_extensions:  # added to those inherited
  - archive.build.zensical
"""


def write_project(site: Site, root: Path, engine: Engine) -> None:
    """Write a project into the empty folder `root`, for an engine that is to be started there."""
    write_source(site, root / DOCS)
    file = root / "mkdocs.yml"
    file.write_text(settings_text(site), "utf-8")
    if engine == "zensical":
        inherited = file.rename(root / "settings.yml")
        file.write_text(_FOR_ZENSICAL.format(settings=inherited.name), "utf-8")


def _front(site: Site, page: Page) -> dict[str, Any]:
    """The front matter for the engine: what the theme reads."""
    archive = site.archive
    found: dict[str, Any] = {**_shown(site, page), **page_context(site, page.path)}
    found["as_of"] = day(archive.project.as_of)
    unit = archive.unit
    in_repository = site.folder_in_repository + page.file
    address = edit_url(unit.repository, in_repository) if unit else None
    if page.file.startswith(_EDITED) and address:
        found["edit_url"] = address
    elif not archive.is_derived and page.path not in archive.made:
        guide = archive.pages.get(GUIDE)
        if guide and "edit-page" in guide.anchors:
            found["edit_url"] = href(page.path, GUIDE, "edit-page")
    if page.path.startswith(VERSIONS):
        found["former"] = True
    elif last := _last_change(site, page.file):
        found["git_revision_date_localized"] = f"最近修改 {day(last)}"
    return found


_SHEETS = {"glance": "poster", "standing": "front"}
"""Macro → the style sheet by which a page with it is printed."""


def _shown(site: Site, page: Page) -> Mapping[str, Any]:
    meta = page.meta
    assert meta is not None  # the check has passed
    found: dict[str, Any] = {"title": meta.title, "hide": list(meta.hide)}
    if meta.description:
        found["description"] = meta.description
    if meta.search:
        found["search"] = {"exclude": meta.search.exclude, "minor": meta.search.minor}
    called = {call.name for call in page.calls}
    if "records" in called:
        found["tables"] = True
    if not called.isdisjoint(_SHEETS):
        found["sheet"] = next(sheet for name, sheet in _SHEETS.items() if name in called)
    if isinstance(meta, Regulation):
        state = site.regulations[page.path.removeprefix(REGULATIONS).removesuffix(".md")].state
        found["draft"] = state is RegulationState.DRAFT
    return found


def _last_change(site: Site, source: str) -> date | None:
    """The day a page was last changed; None where it would mislead or tell of what is withheld.

    The public edition shows none: a commit may have changed only what is not public.
    """
    archive = site.archive
    if archive.is_derived:
        return None
    return site.last_changes.get(source)


def _files_named(page: str, text: str) -> set[str]:
    """The files of docs/ that what macros made may lead to.

    Links in HTML start from the page's address, which is one folder deeper, those in Markdown from
    its file; both are tried.
    """
    deeper = page.removesuffix(".md") + "/index.html"
    found = {unquote(found["to"]) for found in _TARGET.finditer(text)}
    return {resolve_link(base, to) for to in found for base in (page, deeper)}


def write_file(path: Path, content: bytes) -> None:
    """Write a file, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
