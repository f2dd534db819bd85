"""The macros of the pages: load, check, register. The only module that knows the site's engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from archive.checks import check
from archive.facts.site import Site, site_shown
from archive.render import macros
from archive.render.around import around
from archive.render.mend import edit_url
from archive.render.text import day


class Env(Protocol):
    """What is used of the environment object of mkdocs-macros, and of Zensical's like it."""

    page: Any
    project_dir: str
    macros: dict[str, Callable[..., str]]


def define_env(env: Env) -> None:
    """Read the sources, refuse to go on while there is a problem, register the macros."""
    try:
        site = _site(env)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    problems = check(site)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    for name in macros(site, ""):
        env.macros[name] = _bound(env, name)


def _site(env: Env) -> Site:
    return site_shown(Path(env.project_dir))


def _bound(env: Env, name: str) -> Callable[..., str]:
    """The macro `name`, as the page being rendered at the time calls it."""

    def macro(*args: str, **options: object) -> str:
        return macros(_site(env), _source(env.page))[name](*args, **options)

    return macro


def _source(page: Any) -> str:
    """A page's path in docs/: MkDocs and ProperDocs keep it in `file`, Zensical in `path`."""
    return str(page.file.src_uri if hasattr(page, "file") else page.path)


def on_pre_page_macros(env: Env) -> None:
    """Give the page what the theme shows around its text, where to edit it, when it was changed.

    The public edition tells neither of the last two: the repository is not public, and the day of a
    commit may be that of a change to what is withheld.

    Called by MkDocs and ProperDocs; Zensical's pages go without.
    """
    path = f"docs/{_source(env.page)}"
    env.page.meta.update(around(_site(env), _source(env.page)))
    archive = _site(env).archive
    unit = archive.unit
    env.page.edit_url = edit_url(unit.repository, path) if unit else None
    last = None if archive.public or archive.release else _site(env).changed.get(path)
    if last:
        env.page.meta["git_revision_date_localized"] = f"最近修改 {day(last)}"
