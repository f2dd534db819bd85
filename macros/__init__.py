"""The macros of the pages: load and check the sources, register the macros with the engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from archive.checks import check
from archive.facts.site import Site, site_shown
from archive.render import macros
from archive.render.edit_links import edit_url
from archive.render.page_context import page_context
from archive.render.text import day


class Env(Protocol):
    """The parts used of the environment object of mkdocs-macros, or of Zensical's equivalent."""

    page: Any
    project_dir: str
    macros: dict[str, Callable[..., str]]


def define_env(env: Env) -> None:
    """Read the sources and register the macros; raises SystemExit if there are problems."""
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
    """The macro `name`, which when called gives the text for the page then being rendered."""

    def macro(*args: str, **options: object) -> str:
        return macros(_site(env), _source(env.page))[name](*args, **options)

    return macro


def _source(page: Any) -> str:
    """The page's path in docs/: MkDocs and ProperDocs have it in `file`, Zensical in `path`."""
    return str(page.file.src_uri if hasattr(page, "file") else page.path)


def on_pre_page_macros(env: Env) -> None:
    """Set on the page what the theme shows around its text: context, edit link, date of change.

    The public edition has no edit link and no date: the repository is not public, and a commit may
    have changed only what is withheld.

    Called by MkDocs and ProperDocs; Zensical has no such hook.
    """
    path = f"docs/{_source(env.page)}"
    env.page.meta.update(page_context(_site(env), _source(env.page)))
    archive = _site(env).archive
    unit = archive.unit
    env.page.edit_url = edit_url(unit.repository, path) if unit else None
    last = (
        None
        if archive.edition == "public" or archive.release
        else _site(env).last_changes.get(path)
    )
    if last:
        env.page.meta["git_revision_date_localized"] = f"最近修改 {day(last)}"
