"""A site in memory that has passed the check: one page of it when it is asked for, or all of it at once.

What a page shows is made of what was loaded and of nothing that was made before, so it is never an old
page; that it is to the byte what a whole build writes is what the tests compare.
"""

from pathlib import Path

from archive.build.engine.pages import Pages
from archive.build.engine.source import page_source, site_name
from archive.build.site import build_loaded
from archive.checks import check
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.files.addresses import address
from archive.files.yaml import Problem
from archive.press import with_print_links


class LiveSite:
    """The internal edition of a site that is being edited."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages = Pages(site)
        self._paths = {address(path): path for path in site.archive.pages}

    @property
    def paths(self) -> list[str]:
        """Its pages, as paths in docs/."""
        return list(self._paths.values())

    def page(self, at: str) -> bytes | None:
        """The page at an address, from the site's root, as the whole build writes it; None if there is none."""
        path = self._paths.get(at)
        if path is None:
            return None
        made = self._pages.html(path, page_source(self._site, path))
        return with_print_links(self._site, path, made, site_name(self._site))

    def build(self, out: Path) -> list[Problem]:
        """Build all of it into `out`, with empty print files, which are made on request; the problems."""
        return build_loaded(self._site, out, "late")


def open_live(project: Project) -> tuple[list[Problem], LiveSite | None]:
    """Load a site and check it; returns its problems, and the site if it has none."""
    site = load(project)
    problems = list(check(site))
    return problems, None if problems else LiveSite(site)
