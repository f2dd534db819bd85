"""Build the whole site: check, pages, downloads, print files, search index, scan for faults.

The first step with problems ends the build.
"""

import gc
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from archive.build import leaks
from archive.build.downloads import write_downloads
from archive.build.editions.names import find_withheld_names, shown, withheld
from archive.build.editions.reported import reported_tree
from archive.build.editions.suppressed import summary
from archive.build.editions.tree import redacted_tree
from archive.build.engine import run_engine
from archive.build.engine.source import site_name
from archive.build.engines import Engine
from archive.build.folder import clear
from archive.build.scan import scan
from archive.build.search import prepare_index, write_index
from archive.build.theme import write_style
from archive.checks import check
from archive.checks.leaks import allowed_leaks
from archive.facts.former import FormerEdition
from archive.facts.people import withheld_names
from archive.facts.places import ordered_pages
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.files.addresses import address
from archive.files.yaml import Problem
from archive.schema.disclosure import Edition

PrintMode = Literal["now", "late", "never"]
"""Print files made with the site, each on request by `archive.press.make_deferred`, or not at all."""
_BESIDE = ".beside"
"""Folder for the downloads until MkDocs is done: it empties `out` first, except hidden names."""


def build(
    project: Project,
    out: Path,
    printing: PrintMode = "now",
    edition: Edition = "internal",
    release: str = "",
    notes: list[str] | None = None,
    former: Sequence[FormerEdition] = (),
    engine: Engine = "mkdocs",
) -> list[Problem]:
    """Build the site into `out`, which is emptied first; returns the problems.

    The public edition is built from a redacted source tree. With the name of an existing release,
    the figures are those reported on that occasion. With problems, `out` must not be used. What the
    editor should know of the public edition, in Chinese, is added to `notes`. It is compared with
    the public editions published before, `former`. `engine` makes the pages; all else is the same.
    """
    with ExitStack() as trees:
        site = load(project)
        if (edition == "public" or release) and check(site):
            return list(check(site))
        if release:
            site = load(trees.enter_context(reported_tree(site, release)))
        whole = site
        if edition == "public":
            whole = site
            whole.former = tuple(former)
            tree = trees.enter_context(redacted_tree(whole))
            if problems := find_withheld_names(whole, tree):
                return problems
            if notes is not None:
                notes += summary(whole)
            site = load(tree)
        return build_loaded(site, out, printing, engine, whole)


def build_loaded(
    site: Site,
    out: Path,
    printing: PrintMode,
    engine: Engine = "mkdocs",
    whole: Site | None = None,
) -> list[Problem]:
    """Build a site that has been loaded into `out`; `whole` is the one of which it is a part."""
    whole = whole or site
    public = site.archive.edition == "public"
    terms = leaks.Terms(
        withheld_names(whole.archive),
        allowed_leaks(whole),
        withheld(whole.archive.unit) if public else {},
        shown(whole.archive.unit) if public else frozenset(),
    )
    return _build(site, out, printing, terms, engine)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """While entered, garbage is collected seldom: a build leaves little, and this saves a sixth."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_collecting_seldom()
def _build(
    site: Site, out: Path, printing: PrintMode, terms: leaks.Terms, engine: Engine
) -> list[Problem]:
    if check(site):
        return list(check(site))
    clear(out)
    # The pool forks at its first task, before this process has threads, which a fork would lose.
    # What `initargs` holds is there after the fork; it is not copied.
    with ProcessPoolExecutor(
        1, get_context("fork"), initializer=_keep, initargs=(site,)
    ) as second_core:
        return _make(site, out, printing, terms, engine, second_core)


def _make(
    site: Site,
    out: Path,
    printing: PrintMode,
    terms: leaks.Terms,
    engine: Engine,
    second_core: Executor,
) -> list[Problem]:
    project = site.archive.project
    downloads = second_core.submit(_write_downloads, out / _BESIDE)
    second_core.submit(prepare_index, project)  # while the engine is still at work
    problems = run_engine(site, out, engine)
    downloads.result()
    if problems:
        return problems
    _move(out / _BESIDE, out)
    write_style(out, project, engine)
    if printing != "never":
        from archive.press import press  # slow to import, and used only here

        problems = press(site, out, site_name(site), at_once=printing == "now")
    if problems:
        return problems
    order = [address(page.path) for page in ordered_pages(site.archive)]
    synonyms = [group.words for group in site.archive.synonyms.values()]
    index = second_core.submit(write_index, out, order, synonyms, project)
    private = second_core.submit(leaks.pages, out, project, terms)
    problems = scan(out, project)
    index.result()  # of the files, it is one
    in_files = leaks.files(out, project, terms)
    in_pages = private.result()
    return [*problems, *in_pages, *in_files, *leaks.withheld_names(out, project, terms)]


_kept: list[Site] = []
"""The site being built, in the process forked for the second core."""


def _keep(site: Site) -> None:
    _kept.append(site)


def _write_downloads(out: Path) -> None:
    (site,) = _kept
    write_downloads(site, out, f"{site_name(site)}，{site.edition_label}")


def _move(folder: Path, to: Path) -> None:
    """Move every file of `folder` into `to`, which may have folders of the same names."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        target = to / path.relative_to(folder)
        target.parent.mkdir(exist_ok=True, parents=True)
        path.replace(target)
    shutil.rmtree(folder)
