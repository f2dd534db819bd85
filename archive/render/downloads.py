"""Links to the downloads: beside each table, and all of them on one page.

The files are made after the engine has run, so the links are HTML. MkDocs and ProperDocs leave them
unchanged, and `archive build` checks them in the built site. An engine that reads addresses in HTML
as paths from the source file would break them on pages other than an index.md.
"""

from html import escape

from archive.facts.site import Site
from archive.facts.tables import (
    FOLDER,
    FORMATS,
    REGISTER,
    catalogue,
    file_name,
    offered,
    title,
    years,
)
from archive.files.addresses import address, href
from archive.render.text import wide_table

PAGE, DICTIONARY = "records/download.md", "guide/dictionary.md"
DESCRIPTION = "datapackage.json"
"""The file that describes the tables for programs."""


def downloads(site: Site, page: str) -> str:
    """A table of all downloads: name, number of rows, links to all of it and to each year, to the fields."""
    rows = [
        (
            catalogue(site)[name],
            str(_length(site, name)),
            _files(site, name, page),
            _yearly(site, name, page),
            _explained(site, name, page),
        )
        for name in offered(site)
    ]
    up = _to_root(page)
    described = f'<a href="{up}{FOLDER}{DESCRIPTION}" aria-label="各表的说明 {DESCRIPTION}">{DESCRIPTION}</a>'
    table = wide_table(("内容", "条数", "全部", "一年一份", "字段"), rows, {1}, "全部下载")
    return f"{table}\n\n供程序读取的各表说明：{described}。"


def year_files(site: Site, name: str, year: int, page: str) -> str:
    """A line of download links for one year of the table `name`, to stand below that year's heading.

    Empty where no file of that year is offered.
    """
    if name not in offered(site) or year not in years(site, name):
        return ""
    return f"下载{year}年：{_files(site, name, page, year)}\n{{: .screen-only data-search-skip=1 }}"


def _yearly(site: Site, name: str, page: str) -> str:
    """Links to each year of a table, a year a line; a dash if there are none."""
    lines = (f"{year}年：{_files(site, name, page, year)}" for year in years(site, name))
    return "<br>".join(lines) or "—"


def _explained(site: Site, name: str, page: str) -> str:
    """A link to where the fields of a table are explained; a dash if there is no such page."""
    if DICTIONARY not in site.archive.pages:
        return "—"
    return f'<a href="{href(page, DICTIONARY, name)}" aria-label="{catalogue(site)[name]}的字段">说明</a>'


def _length(site: Site, name: str) -> int:
    """How many rows a table has."""
    return len(site.values if name == REGISTER else site.archive.records[name])


def with_downloads(site: Site, name: str, shown: str, page: str) -> str:
    """The text `shown` of a page, after a line of download links for the table `name`."""
    root = "../" * page.count("/")
    more = f"（[说明]({root}{PAGE})）" if PAGE in site.archive.pages else ""
    return (
        f"下载：{_files(site, name, page)}{more}\n{{: .screen-only data-search-skip=1 }}\n\n{shown}"
    )


def _files(site: Site, name: str, page: str, year: int = 0) -> str:
    """Links to a table, or to one year of it, in each format.

    A browser saves the file by its Chinese name; its address stays as it has been. The aria-label names
    the table for screen readers.
    """
    stem = f"{_to_root(page)}{FOLDER}{file_name(name, year)}"
    saved = escape(title(site, name, year))
    label = f"{catalogue(site)[name]}{f' {year}年' if year else ''}"
    links = (
        f'<a href="{stem}.{suffix}" download="{saved}.{suffix}" aria-label="{label} {text}">{text}</a>'
        for suffix, text in FORMATS.items()
    )
    return f'<span class="nowrap">{" · ".join(links)}</span>'


def _to_root(page: str) -> str:
    return "../" * address(page).count("/")
