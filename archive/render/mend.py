"""Links from what is shown to where it is recorded: 修改数据. Without a repository there are none."""

from collections.abc import Iterator
from html import escape

from archive.facts.gather import Record
from archive.facts.site import Site
from archive.render.forge import edit_url


def mend(site: Site, path: str, line: int | None = None) -> Iterator[str]:
    """A paragraph that leads to a data file, at a line of it where it holds more than one thing."""
    address = _address(site, path, line)
    if address:
        yield f'<p class="mend screen-only" data-search-skip><a href="{address}">修改数据</a></p>'


def mark(site: Site, record: Record, of: str) -> str:
    """The same in a table's cell, as short as can be: thousands of bytes hang on each letter.

    `of`, as HTML, says of what, for who hears the link without the row around it.
    """
    address = _address(site, record.path)
    if not address:
        return ""
    # Joined to what it follows, so that it takes no line of its own on a phone.
    return (
        f'<a class=screen-only data-search-skip href={address} aria-label="修改{of}">\u2060改</a>'
    )


def _address(site: Site, path: str, line: int | None = None) -> str:
    """Where a file of data/ is edited; wherever the data lie now, in the repository that is data/."""
    unit, project = site.archive.unit, site.archive.project
    inside = path.removeprefix(f"{project.name(project.data)}/")
    address = unit and edit_url(unit.repository, f"data/{inside}", line)
    # No address holds a space or a quotation mark, so that none needs quotes around it.
    return escape(address or "")
