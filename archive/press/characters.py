"""The characters for which there is no font, found in the sources before anything is built."""

from archive.facts.site import Site
from archive.files.html import unescaped
from archive.files.yaml import Problem
from archive.press.faces import faces
from archive.press.plan import lacking, printables
from archive.press.poster import poster_pages
from archive.render import macros


def unprintable_characters(site: Site, unusual: str) -> list[Problem]:
    """Return what building the print files will say of these characters; nothing where fonts are missing."""
    known, problems = faces(site.archive.project)
    if problems or not known.missing(unusual):
        return []
    found: set[Problem] = set()
    pages = [one.page for one in printables(site.archive)]
    for path in [*pages, *poster_pages(site.archive)]:
        page = site.archive.pages[path]
        shown = unescaped(page.rendered(macros(site, page.path), page.path))
        found.update(lacking(site, path, character) for character in known.missing(shown))
    return sorted(found)
