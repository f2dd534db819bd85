"""Links to the downloads: beside each table, and all of them on one page.

The files are made after the engine has run, so the links are HTML. MkDocs and ProperDocs leave them
unchanged, and `archive build` checks them in the built site. An engine that reads addresses in HTML
as paths from the source file would break them on pages other than an index.md.
"""

from archive.facts.site import Site
from archive.facts.tables import FOLDER, FORMATS, REGISTER, catalogue, offered
from archive.files.addresses import address, href
from archive.render.text import wide_table

PAGE, DICTIONARY = "records/download.md", "guide/dictionary.md"
DESCRIPTION = "datapackage.json"
"""The file that describes the tables for programs."""


def downloads(site: Site, page: str) -> str:
    """A table of all downloads: name, number of rows, a link for each format, a link to the fields."""
    rows = [
        (
            catalogue(site)[name],
            str(_length(site, name)),
            _files(site, name, page),
            _explained(site, name, page),
        )
        for name in offered(site)
    ]
    described = _file(DESCRIPTION, DESCRIPTION, "各表的说明", page)
    table = wide_table(("内容", "条数", "文件", "字段"), rows, {1}, "全部下载")
    return f"{table}\n\n供程序读取的各表说明：{described}。"


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


def _files(site: Site, name: str, page: str) -> str:
    """Links to a table in each format."""
    label = catalogue(site)[name]
    links = (_file(f"{name}.{suffix}", format_, label, page) for suffix, format_ in FORMATS.items())
    return f'<span class="nowrap">{" · ".join(links)}</span>'


def _file(name: str, text: str, label: str, page: str) -> str:
    """An HTML link to a file; its aria-label names the table, for screen readers."""
    up = "../" * address(page).count("/")
    return f'<a href="{up}{FOLDER}{name}" aria-label="{label} {text}">{text}</a>'
