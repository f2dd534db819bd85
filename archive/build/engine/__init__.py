"""Run an engine on the sources, with settings by environment variables; its warnings are problems.

MkDocs runs here, in this process, with what makes it fast; the others by their commands.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.commands.build import build as build_pages
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from archive.build.engine.rendered import UnreadablePageError, cached_pages
from archive.build.engine.source import DOCS, settings_text, write_project, write_source
from archive.build.engines import Engine, run_command
from archive.facts.site import Site
from archive.files.addresses import markdown_address
from archive.files.cache import shared_folder
from archive.files.excerpts import shorten
from archive.files.yaml import Problem


def environment(site: Site) -> dict[str, str]:
    """The environment variables for a build, name → value; mkdocs.yml and the engine read them."""
    project = site.archive.project
    midnight = datetime.combine(project.as_of, time(), UTC)
    return {
        "ARCHIVE_ADDRESS": site.web_address,
        "ARCHIVE_DEMONSTRATION": str(site.archive.demonstration).lower(),
        "ARCHIVE_EDITABLE": str(not site.archive.is_derived).lower(),
        "ARCHIVE_EDITION": site.edition_label,
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
    }


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class _Warnings(logging.Handler):
    """Collects the warnings of MkDocs, the same that its strict mode would count."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def run_engine(site: Site, out: Path, engine: Engine = "mkdocs") -> list[Problem]:
    """Render the pages into `out`, where nothing but hidden files may be; returns warnings as problems."""
    with _environment(environment(site)), TemporaryDirectory(prefix="archive-") as folder:
        project = Path(folder).resolve()
        if engine != "mkdocs":
            write_project(site, project, engine)
            return run_command(engine, project, out)
        docs = project / DOCS
        write_source(site, docs)
        return _run(site, docs, out)


def _run(site: Site, docs: Path, out: Path) -> list[Problem]:
    project = site.archive.project
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    propagate, logger.propagate = logger.propagate, False
    try:
        config = load_config(
            BytesIO(settings_text(site).encode()),
            config_file_path=str(project.root / "mkdocs.yml"),
            docs_dir=str(docs),
            site_dir=str(out),
        )
        _quicken(config.theme)
        config.plugins.on_startup(command="build", dirty=False)
        with cached_pages(project, warnings.messages):
            build_pages(config)
        config.plugins.on_shutdown()
    except UnreadablePageError as error:
        what = f"{type(error.cause).__name__}：{shorten(str(error.cause))}"
        message = f"页面须是生成网站的程序能读的，现在读不了（{what}）；请把最近改的一段改简单些"
        return [Problem(f"docs/{error.page}", 1, message)]
    except MkDocsException as error:
        warnings.messages.append(str(error))
    finally:
        logger.removeHandler(warnings)
        logger.propagate = propagate
    return sorted({_as_problem(site, message) for message in warnings.messages})


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


class Templates(FileSystemLoader):
    """Lists no files: MkDocs would copy into the site what is no template, and of the theme nothing is wanted."""

    def list_templates(self) -> list[str]:
        """No file of the theme."""
        return []


class Compiled(FileSystemBytecodeCache):
    """Compiled templates by what they say, wherever they lie: every site has those of the theme."""

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """The place in the cache for a template."""
        return super().get_bucket(environment, name, self.get_source_checksum(source), source)


def _quicken(theme: Any) -> None:
    """Keep the theme's compiled templates in the user's folder for caches, and copy none of its files."""
    make = theme.get_env
    folder = shared_folder() / "templates"
    with suppress(OSError):  # without a writable folder they are compiled at each build
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def get_env() -> Environment:
        env: Environment = make()
        env.loader = Templates(theme.dirs)
        if os.access(folder, os.W_OK):
            env.bytecode_cache = Compiled(str(folder))
        return env

    theme.get_env = get_env
