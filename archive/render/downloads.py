"""Links to the downloads: beside each table, and all of them on one page.

The files are made after the engine has run, so the links are HTML. MkDocs and ProperDocs leave them
unchanged, and `archive build` checks them in the built site. An engine that reads addresses in HTML
as paths from the source file would break them on pages other than an index.md.
"""

from html import escape

from archive.facts.site import Site
from archive.facts.tables import (
    FILL_IN,
    FOLDER,
    FORMATS,
    NAMES,
    REGISTER,
    catalogue,
    file_name,
    offered,
    title,
    years,
)
from archive.files.addresses import address, href
from archive.render.edit_links import form_link
from archive.render.text import wide_table

PAGE, DICTIONARY = "records/download.md", "guide/dictionary.md"
DESCRIPTION = "datapackage.json"
"""The file that describes the tables for programs."""


def downloads(site: Site, page: str) -> str:
    """A table of all downloads: name, number of rows, links to its files, a link to the fields."""
    rows = [
        (
            catalogue(site)[name],
            str(_length(site, name)),
            _lines(site, name, page),
            _explained(site, name, page),
        )
        for name in offered(site)
    ]
    up = _to_root(page)
    described = f'<a href="{up}{FOLDER}{DESCRIPTION}" aria-label="各表的说明 {DESCRIPTION}">{DESCRIPTION}</a>'
    table = wide_table(("内容", "条数", "文件", "字段"), rows, {1}, "全部下载")
    return f"{table}\n\n供程序读取的各表说明：{described}。"


def year_files(site: Site, name: str, year: int, page: str) -> str:
    """A line of download links for one year of the table `name`, to stand below that year's heading.

    Empty where no file of that year is offered.
    """
    if name not in offered(site) or year not in years(site, name):
        return ""
    files = f'<span class="nowrap">{_files(site, name, page, year)}</span>'
    return f"下载{year}年：{files}\n{{: .screen-only data-search-skip=1 }}"


def _lines(site: Site, name: str, page: str) -> str:
    """Links to a table, and a line of them for each of its years."""
    alone = years(site, name)
    lines = [("全部：", 0), *((f"{year}年：", year) for year in alone)] if alone else [("", 0)]
    linked = (f"{led}{_files(site, name, page, year)}" for led, year in lines)
    return "<br>".join(f'<span class="nowrap">{line}</span>' for line in linked)


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
    files = f'<span class="nowrap">{_files(site, name, page)}</span>'
    filled = fill_in(site, name, page)
    return f"下载：{files}{more}{filled}\n{{: .screen-only data-search-skip=1 }}\n\n{shown}"


def fill_in(site: Site, name: str, page: str) -> str:
    """Links to the form for a record and the workbook to fill in, and where that is uploaded; empty where none is."""
    entries = name in (REGISTER, NAMES)
    if site.archive.is_derived or not (entries or name in site.archive.collections):
        return ""
    saved = escape(f"{title(site, name)}填报表.xlsx")
    file = f"{_to_root(page)}{FOLDER}{name}{FILL_IN}"
    link = f'<a href="{file}" download="{saved}">填报表</a>'
    asked = not entries and site.archive.collections[name].has_form
    form = form_link(site, name, "填表单", {}) if asked else ""
    upload = form_link(site, "sheet", "上传", {})
    more = f"，填好以后{upload}" if upload else ""
    either = f"{form}，或者" if form else ""
    said = "几项一起填" if entries else "加记录、改记录"
    return f'<span class="for-editors">。{said}：{either}下载{link}{more}</span>'


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
    return " · ".join(links)


def _to_root(page: str) -> str:
    return "../" * address(page).count("/")
