"""Links from what is shown to where it is edited in the forge: 修改数据. Without a repository there are none."""

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import quote

from archive.facts.gather import Record
from archive.facts.site import Site
from archive.schema.types import Model
from archive.schema.unit import Repository

_EDITOR: Mapping[str, str] = {
    "github": "edit/{where}",
    "gitlab": "-/edit/{where}",
    "gitea": "_edit/{where}",
    "forgejo": "_edit/{where}",
}

# GitHub's editor and GitLab's open at a line. The others' do not: there the file is shown at the
# line, with a button for the editor above it.
_AT_LINE: Mapping[str, str] = {
    "github": "edit/{where}#L{line}",
    "gitlab": "-/edit/{where}#L{line}",
    "gitea": "src/branch/{where}#L{line}",
    "forgejo": "src/branch/{where}#L{line}",
}


def edit_url(repository: Repository, path: str, line: int | None = None) -> str | None:
    """Where `path` (from the repository's root) is edited, at a line of it if one is given.

    None while no repository is set.
    """
    if not (repository.forge and repository.address and repository.branch):
        return None
    form = (_EDITOR if line is None else _AT_LINE)[repository.forge]
    where = f"{quote(repository.branch)}/{quote(path)}"
    return f"{repository.address}/{form.format(where=where, line=line)}"


def mend(site: Site, path: str, line: int | None = None) -> Iterator[str]:
    """A paragraph that leads to a data file, at a line of it where it holds more than one thing."""
    address = _address(site, path, line)
    if address:
        yield f'<p class="mend screen-only" data-search-skip><a href="{address}">修改数据</a></p>'


def mark(site: Site, record: Record[Model], of: str) -> str:
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
