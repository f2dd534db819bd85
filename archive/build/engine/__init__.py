"""Run an engine on the sources, with settings by environment variables; its warnings are problems.

MkDocs runs in this process, page by page; the others by their commands.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.exceptions import MkDocsException
from mkdocs.utils import clean_directory

from archive.build.engine.pages import (
    Pages,
    Told,
    UnreadablePageError,
    UnusableSettingsError,
    environment,
    with_environment,
)
from archive.build.engine.source import files_beside, page_source, write_file, write_project
from archive.build.engines import Engine, run_command
from archive.facts.site import Site
from archive.files.addresses import markdown_address
from archive.files.content import SETTINGS
from archive.files.excerpts import shorten
from archive.files.yaml import Problem

Made = list[tuple[str, Told | str, frozenset[str]]]
"""Pages that were made: path, what `Pages.give` returns or why it cannot be read, the files it leads to."""
Elsewhere = Callable[[Path, list[str]], "Future[Made]"]
"""Has `make_pages` called in another process."""
WORTH_SHARING = 40
"""Pages from which on another process takes some: it has to read the settings and the navigation first."""
AT_ONCE = 4
"""Pages that it takes at a time."""


def run_engine(
    site: Site, out: Path, engine: Engine = "mkdocs", elsewhere: Elsewhere | None = None
) -> list[Problem]:
    """Render the pages into `out`, emptied but for hidden files; returns warnings as problems.

    Of many pages some are made `elsewhere`, while others are made here.
    """
    if engine == "mkdocs":
        clean_directory(str(out))
        return _run(site, out, elsewhere)
    with with_environment(environment(site)), TemporaryDirectory(prefix="archive-") as folder:
        project = Path(folder).resolve()
        write_project(site, project, engine)
        return run_command(engine, project, out)


def make_pages(site: Site, out: Path, paths: list[str], pages: Pages | None = None) -> Made:
    """Make some pages of a site and write them into `out`."""
    if pages is None:
        if not _pages or _pages[0][0] is not site:
            _pages[:] = [(site, Pages(site))]
        pages = _pages[0][1]
    made: Made = []
    for path in paths:
        source = page_source(site, path)
        try:
            write_file(out / pages.files[path], pages.html(path, source))
            made.append((path, pages.give(path), source.leads_to))
        except UnreadablePageError as error:
            what = f"{type(error.cause).__name__}：{shorten(str(error.cause))}"
            made.append((path, what, frozenset()))
    return made


_pages: list[tuple[Site, Pages]] = []
"""In another process: the pages of the site that it makes some of."""


def _run(site: Site, out: Path, elsewhere: Elsewhere | None) -> list[Problem]:
    named: set[str] = set()
    problems: list[Problem] = []
    try:
        pages = Pages(site)
        for is_here, (path, told, leads_to) in _made(site, out, pages, elsewhere):
            named |= leads_to
            if isinstance(told, str):
                message = (
                    f"页面须是生成网站的程序能读的，现在读不了（{told}）；请把最近改的一段改简单些"
                )
                problems.append(Problem(f"docs/{path}", 1, message))
            elif not is_here:
                pages.take(path, told)
        beside = list(pages.beside())
    except MkDocsException as error:  # of the settings
        return [_as_problem(site, str(error))]
    except UnusableSettingsError as error:
        message = f"站点设置须是主题能用的，现在排不了页面（{error}）；请把最近改的设置改回去"
        return [Problem(SETTINGS, 1, message)]
    if problems:
        return sorted(problems)
    for name, content in (*beside, *files_beside(site, named)):
        write_file(out / name, content)
    pages.judge_anchors()
    pages.save()
    return sorted({_as_problem(site, message) for message in pages.warnings})


def _made(
    site: Site, out: Path, pages: Pages, elsewhere: Elsewhere | None
) -> Iterator[tuple[bool, tuple[str, Told | str, frozenset[str]]]]:
    """Make all pages, from the first on here, from the last on elsewhere; yields each, and whether it was made here."""
    waiting = deque(pages.files)
    share = elsewhere if len(waiting) >= WORTH_SHARING else None
    there: Future[Made] | None = None
    while waiting or there:
        if there and there.done():
            yield from ((False, one) for one in there.result())
            there = None
        if share and not there and len(waiting) > AT_ONCE:
            there = share(out, [waiting.pop() for _ in range(AT_ONCE)])
        if waiting:
            yield from ((True, one) for one in make_pages(site, out, [waiting.popleft()], pages))
        elif there:
            yield from ((False, one) for one in there.result())
            there = None


_OF_A_LINK = re.compile(
    r"Doc file '(?P<page>.*?)' contains .*?link(?: to)? '(?P<to>.*?)'[, ]", re.DOTALL
)


def _as_problem(site: Site, message: str) -> Problem:
    """The problem of which a warning tells: of a link where it stands, as far as it is an editor's."""
    told = _OF_A_LINK.match(message)
    page = site.archive.pages.get(told["page"]) if told else None
    if told is None or page is None:
        return Problem(
            "mkdocs.yml",
            1,
            f"生成页面须没有警告，现有：{shorten(message, 300)}；请改正所说的页面或者设置",
        )
    said = f"链接须通到站内已有的页面、文件、标题，现有 {shorten(told['to'], 100)}；请改正这个链接"
    for link in page.links:
        if told["to"] in (markdown_address(page.path, link.to), link.to.file):
            return page.problem(link.start, said)
    made = next((call for call in page.calls if call.name not in ("fig", "change", "name")), None)
    return page.problem(made.start if made else 0, said)
