"""The pages of a site as MkDocs makes them in this process, each when it is asked for.

Nothing is read from a folder: the sources are given as text. The HTML that Markdown becomes is kept
from build to build, by the page's text after the macros, mkdocs.yml, the versions of the packages that
render it, our own reading of Markdown, and the list of files, which links may lead to. No Markdown
extension in use reads anything else; one that does, such as one that includes files, would have to add
what it reads to the key. A page with warnings is not kept, so that the next build gives them again.

What the theme makes of it is kept too, by all that its templates read: the templates, the settings with
what the build adds, the day called today, the title of each page in the navigation, and of the page its
front matter.
"""

import gzip
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import compress, decompress

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs import utils
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from archive.build.engine.source import Source, settings_text
from archive.facts.site import Site
from archive.files.cache import Cache, code_of, digest, shared_folder
from archive.files.content import SETTINGS
from archive.files.excerpts import shorten
from archive.files.own_files import OWN_ASSETS, OWN_SETTINGS, TEMPLATES

_RENDERING = (
    "mkdocs", "mkdocs-material", "Jinja2", "Markdown", "markdown-it-py", "pymdown-extensions", "Pygments",
)  # fmt: skip
"""The packages that turn Markdown into pages."""
_OWN = ("files", "render")
"""The rooms of our own code that reads Markdown, or that Markdown calls, as named in mkdocs.yml."""
_THEME = sorted(file for file in TEMPLATES.rglob("*") if file.is_file())
"""Our own part of the theme; the rest comes with its package."""


class UnreadablePageError(Exception):
    """The engine cannot render a page; the message says why."""


class UnusableSettingsError(Exception):
    """The theme cannot make a page with the settings; the message says why."""


def environment(site: Site) -> dict[str, str]:
    """The environment variables for a build, name → value, which the engine reads."""
    project = site.archive.project
    midnight = datetime.combine(project.as_of, time(), UTC)
    return {"SOURCE_DATE_EPOCH": str(int(midnight.timestamp()))}


@contextmanager
def with_environment(values: Mapping[str, str]) -> Iterator[None]:
    """While entered, the environment has these variables."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Warnings(logging.Handler):
    """Collects the warnings of MkDocs, the same that its strict mode would count."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While entered, warnings come here and go nowhere else."""
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self)
        propagate, logger.propagate = logger.propagate, False
        try:
            yield
        finally:
            logger.removeHandler(self)
            logger.propagate = propagate


class Pages:
    """The pages of one site. `warnings` is what MkDocs has warned of until now."""

    def __init__(self, site: Site) -> None:
        project = site.archive.project
        self._environment = environment(site)
        self._warnings = _Warnings()
        with self._at_work():
            told = settings_text(site)
            self._config = _config(told, project.root, project.docs, self._warnings)
            self._env = _templates(self._config.theme)
            there = {*site.archive.docs, *site.archive.pages, *OWN_ASSETS}
            self._files = Files(
                [File(name, None, self._config.site_dir, self._config.use_directory_urls) for name in sorted(there, key=_in_order)]
            )  # fmt: skip
            set_exclusions(self._files, self._config)
            self._nav = get_navigation(self._files, self._config)
            self._listed = self._files.documentation_pages()
            for file in self._listed:
                page = file.page or Page(None, file, self._config)
                meta = site.archive.pages[file.src_uri].meta
                # What the navigation shows of a page that is not rendered yet.
                page.markdown, page.meta = "", {"title": meta.title} if meta else {}
        code = digest([Path(__file__), OWN_SETTINGS]) + code_of(*_OWN)
        self._cache = Cache(project.cache("pages"), code)
        settings = (project.root / SETTINGS).read_text("utf-8")
        self._context = "\0".join([_versions(), settings, *sorted(there)])
        titles = [f"{file.src_uri}\0{file.page.meta}" for file in self._listed if file.page]
        around = "\0".join([self._context, told, str(self._environment), *titles])
        self._made = Cache(project.cache("made"), digest([Path(__file__), *_THEME]))
        self._around = self._made.key(around.encode())

    @property
    def warnings(self) -> Iterable[str]:
        """What MkDocs has warned of until now."""
        return self._warnings.messages

    @property
    def files(self) -> dict[str, str]:
        """Page, as its path in docs/ → its file in the built site."""
        return {file.src_uri: file.dest_uri for file in self._listed}

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with with_environment(self._environment), self._warnings.listening():
            yield

    def html(self, path: str, source: Source) -> bytes:
        """The HTML of the page `path` of docs/; raises `UnreadablePageError`."""
        file = self._files.get_file_from_path(path)
        assert file
        page = file.page
        assert page
        with self._at_work():
            page.markdown, page.meta = source.text, dict(source.front)
            self._render(page)
            told = "\0".join([path, repr(page.meta), source.text])
            key = self._made.key(self._around + told.encode("utf-8", "xmlcharrefreplace"))
            packed: bytes = self._made.made(key, lambda: compress(self._whole(page), 1))
        return decompress(packed)

    def _whole(self, page: Page) -> bytes:
        """The page as the theme shows it, which has been rendered."""
        page.active = True
        try:
            output = self._filled("main.html", page)
        finally:
            page.active = False
        return output.encode("utf-8", errors="xmlcharrefreplace")

    def _render(self, page: Page) -> None:
        path = page.file.src_uri
        key = self._cache.key("\0".join([self._context, path, page.markdown or ""]).encode())
        known = self._cache.get(key)
        if known is not None:
            _fill(page, known, self._files)
            return
        before = len(self._warnings.messages)
        try:
            page.render(self._config, self._files)
            found = _rendered(page)
        except Exception as error:  # whatever a page holds, it ends no build with a traceback
            raise UnreadablePageError(_why(error)) from error
        if len(self._warnings.messages) == before:
            self._cache.put(key, found)

    def beside(self) -> Iterator[tuple[str, bytes]]:
        """Yield what the theme makes beside the pages, as name and content."""
        with self._at_work():
            for name in sorted(self._config.theme.static_templates):
                is_error = utils.is_error_template(name)
                # An error is shown at any address.
                base = (
                    urlsplit(self._config.site_url or "/").path
                    if is_error
                    else utils.get_relative_url(".", name)
                )
                made = self._filled(name, base=base)
                if not made.strip():
                    continue
                yield name, made.encode()
                if name == "sitemap.xml":
                    pages = [file.page for file in self._listed if file.page]
                    yield f"{name}.gz", _packed(made, name, utils.get_build_timestamp(pages=pages))

    def _filled(self, name: str, page: Page | None = None, base: str = "") -> str:
        try:
            context = get_context(self._nav, self._listed, self._config, page, base)
            return self._env.get_template(name).render(context)
        except Exception as error:  # the theme takes any setting as it stands
            raise UnusableSettingsError(_why(error)) from error

    def judge_anchors(self) -> None:
        """Add a warning for each link to a place that its page has not; all pages have been rendered."""
        level = self._config.validation.links.anchors
        with self._at_work():
            for file in self._listed:
                if file.page:
                    file.page.validate_anchor_links(files=self._files, log_level=level)

    def save(self) -> None:
        """Keep what was rendered for the next build."""
        self._cache.save()
        self._made.save()


_last: dict[object, MkDocsConfig] = {}
"""What was asked of `_config` last → what it found without a warning: of an edit it is nearly always the same."""


def _config(settings: str, root: Path, docs: Path, warnings: "_Warnings") -> MkDocsConfig:
    """The settings as the engine takes them; no page changes anything in them."""
    asked = settings, root, docs, frozenset(os.environ.items())
    if asked not in _last:
        _last.clear()
        found = _taken(settings, root, docs)
        if warnings.messages:
            return found
        _last[asked] = found
    return _last[asked]


def _why(error: Exception) -> str:
    return f"{type(error).__name__}：{shorten(str(error))}"


def _taken(settings: str, root: Path, docs: Path) -> MkDocsConfig:
    try:
        return load_config(
            BytesIO(settings.encode()),
            config_file_path=str(root / SETTINGS),
            docs_dir=str(docs),
            site_dir=str(root / "site"),  # nothing is written there
        )
    except MkDocsException:
        raise
    except Exception as error:  # of a value that is of no kind it knows
        raise UnusableSettingsError(_why(error)) from error


@cache
def _versions() -> str:
    """What is installed of the packages that render, asked once a process: it runs what it has loaded."""
    return " ".join(f"{name}=={version(name)}" for name in _RENDERING)


def _in_order(path: str) -> tuple[tuple[int, str], ...]:
    """The order in which MkDocs lists files: those of a folder before its folders, its index first."""
    *folders, name = path.split("/")
    first = name.rpartition(".")[0] in ("index", "README")
    return *((2, folder) for folder in folders), (0 if first else 1, name)


def _packed(text: str, name: str, stamp: int) -> bytes:
    packed = BytesIO()
    with gzip.GzipFile(f"{name}.gz", "wb", fileobj=packed, mtime=stamp) as file:
        file.write(text.encode())
    return packed.getvalue()


def _rendered(page: Page) -> tuple[Any, ...]:
    """What rendering has set on the page: HTML, contents, title, anchors, links."""
    links = {to.src_uri: dict(anchors) for to, anchors in (page.links_to_anchors or {}).items()}
    toc = [_heading(one) for one in page.toc]
    return page.content, toc, page._title_from_render, sorted(page.present_anchor_ids or ()), links


def _fill(page: Page, known: tuple[Any, ...], files: Files) -> None:
    """Set on the page what `_rendered` returned for it before."""
    page.content, toc, page._title_from_render, anchors, links = known
    page.toc = get_toc(toc)
    page.present_anchor_ids = set(anchors)
    found = ((files.get_file_from_path(path), names) for path, names in links.items())
    page.links_to_anchors = {to: names for to, names in found if to}


def _heading(link: AnchorLink) -> dict[str, Any]:
    """An entry of a page's contents in the form `get_toc` takes."""
    inner = [_heading(one) for one in link.children]
    return {"name": link.title, "id": link.id, "level": link.level, "children": inner}


class Compiled(FileSystemBytecodeCache):
    """Compiled templates by what they say, wherever they lie: every site has those of the theme."""

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """The place in the cache for a template."""
        return super().get_bucket(environment, name, self.get_source_checksum(source), source)


def _templates(theme: Any) -> Environment:
    """The theme's templates, their compiled form kept in the user's folder for caches."""
    env: Environment = theme.get_env()
    env.loader = FileSystemLoader(theme.dirs)
    folder = shared_folder() / "templates"
    with suppress(OSError):  # without a writable folder they are compiled at each build
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.access(folder, os.W_OK):
        env.bytecode_cache = Compiled(str(folder))
    return env
