"""Run an engine on the sources, with settings by environment variables; its warnings are problems.

MkDocs runs in this process, page by page; the others by their commands.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.exceptions import MkDocsException
from mkdocs.utils import clean_directory

from archive.build.engine.pages import (
    Pages,
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


def run_engine(site: Site, out: Path, engine: Engine = "mkdocs") -> list[Problem]:
    """Render the pages into `out`, emptied but for hidden files; returns warnings as problems."""
    if engine == "mkdocs":
        clean_directory(str(out))
        return _run(site, out)
    with with_environment(environment(site)), TemporaryDirectory(prefix="archive-") as folder:
        project = Path(folder).resolve()
        write_project(site, project, engine)
        return run_command(engine, project, out)


def _run(site: Site, out: Path) -> list[Problem]:
    named: set[str] = set()
    problems: list[Problem] = []
    try:
        pages = Pages(site)
        for path, file in pages.files.items():
            source = page_source(site, path)
            named |= source.leads_to
            try:
                write_file(out / file, pages.html(path, source))
            except UnreadablePageError as error:
                message = (
                    f"页面须是生成网站的程序能读的，现在读不了（{error}）；请把最近改的一段改简单些"
                )
                problems.append(Problem(f"docs/{path}", 1, message))
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
