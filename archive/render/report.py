"""The whole report on one page, from its pages."""

from collections.abc import Callable, Mapping

from jinja2 import Environment, StrictUndefined

from archive.places import REPORT
from archive.site import Site


def report(site: Site, functions: Mapping[str, Callable[..., str]]) -> str:
    """The whole report from its pages: under the first one's title the others, a level deeper."""
    there = [path for path in REPORT if path in site.archive.pages]
    parts = [_part(site, path, deeper=index > 0) for index, path in enumerate(there)]
    template = Environment(undefined=StrictUndefined).from_string("\n\n".join(parts))
    return template.render(functions)


def _part(site: Site, path: str, *, deeper: bool) -> str:
    page = site.archive.pages[path]
    body = page.text
    if deeper:
        for heading in reversed(page.headings):
            body = f"{body[: heading.start]}#{body[heading.start :]}"
    return body.strip()
