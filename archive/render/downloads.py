"""Where the downloads are: beside what they hold, and all of them together.

Their files are made after the engine has run. So these links are HTML, which MkDocs and ProperDocs
leave as it stands and `archive build` follows in the built site; an engine that takes addresses in
HTML for paths from the source file would lead them astray on pages that are no index.md.
"""

from archive.places import address
from archive.render.text import markdown_table
from archive.site import Site
from archive.tables import FOLDER, FORMATS, catalogue

PAGE, DICTIONARY = "records/download.md", "guide/dictionary.md"
DESCRIPTION = "datapackage.json"
"""The file that describes the tables for programs."""


def downloads(site: Site, page: str) -> str:
    """Every table in every format, with where its fields are explained."""
    root = "../" * page.count("/")
    explained = DICTIONARY in site.archive.pages
    rows = [
        (label, _files(name, page), f"[字段]({root}{DICTIONARY}#{name})" if explained else "—")
        for name, label in catalogue().items()
    ]
    described = _file(DESCRIPTION, DESCRIPTION, "各表的说明", page)
    table = markdown_table(("内容", "文件", "填写说明"), rows)
    return f"{table}\n\n供程序读取的各表说明：{described}。"


def beside(site: Site, name: str, shown: str, page: str) -> str:
    """What a page shows of a table, after a line that offers the table itself."""
    root = "../" * page.count("/")
    more = f"（[说明]({root}{PAGE})）" if PAGE in site.archive.pages else ""
    return f"下载：{_files(name, page)}{more}\n{{: .screen-only data-search-skip='1' }}\n\n{shown}"


def _files(name: str, page: str) -> str:
    """A table in every format."""
    label = catalogue()[name]
    return " · ".join(
        _file(f"{name}.{suffix}", format_, label, page) for suffix, format_ in FORMATS.items()
    )


def _file(name: str, text: str, label: str, page: str) -> str:
    """A link to a file, as the built page has it; its name for those who hear it without the table."""
    up = "../" * address(page).count("/")
    return f'<a href="{up}{FOLDER}{name}" aria-label="{label} {text}">{text}</a>'
