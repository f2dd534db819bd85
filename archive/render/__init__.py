"""Values → the Markdown and HTML text that macros return. It knows no engine."""

from collections.abc import Callable

from archive.render.records import table
from archive.render.register import fig, name, register, states
from archive.render.report import report
from archive.site import Site


def macros(site: Site, page: str) -> dict[str, Callable[..., str]]:
    """The macros as the page `page` (its path in docs/) calls them: name → function.

    Links are Markdown, from page to page: each engine turns them into addresses in its own way.
    """
    root = "../" * page.count("/")
    functions: dict[str, Callable[..., str]] = {
        "fig": lambda id_: fig(site.values[id_], root),
        "name": lambda id_: name(site.archive.unit.names[id_]) if site.archive.unit else "",
        "table": lambda collection, **where: table(site, collection, where),
        "register": lambda: register(site, root),
        "states": lambda: states(site.values.values()),
        "report": lambda: report(site, functions),
    }
    return functions
