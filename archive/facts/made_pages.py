"""The pages that the program makes of what is recorded: one of each indicator, one of each former text.

They are read as any page is, so that they are checked, shown, searched and redacted in no way of their
own. A tree made from another does not hold them: they are made there again, of what it records.
"""

from collections.abc import Iterable, Iterator

from archive.facts.observations import INDICATORS, indicator_page
from archive.facts.versions import VERSIONS, former_pages
from archive.files.pages import Page, read_page
from archive.files.writing import block
from archive.files.yaml import Problem
from archive.schema.register import Figure
from archive.schema.regulations import Regulation

_WIDE = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in '<>"{}&*'}
"""The signs that no title may hold, each as its full-width form."""


def indicator_pages(
    indicators: Iterable[tuple[str, Figure]], register: str
) -> Iterator[tuple[str, Page]]:
    """Yield the page of each indicator by its path in docs/; `register` is the file that records them."""
    for id_, indicator in indicators:
        path = indicator_page(id_)
        title = block("title", " ".join(indicator.name.translate(_WIDE).split()))
        # It stands in no navigation; the room of that is wanted by its tables.
        text = f'---\n{title}hide: [navigation]\n---\n\n{{{{ indicator("{id_}") }}}}\n'
        yield path, read_page(text.encode(), path, register)


def version_pages(pages: Iterable[Page]) -> Iterator[tuple[str, Page]]:
    """Yield the page of each former text of the regulations among `pages`, by its path in docs/."""
    for page in pages:
        if isinstance(page.meta, Regulation):
            yield from former_pages(page, page.meta)


_FOLDERS = {INDICATORS: "指标登记", VERSIONS: "制度的修改记录"}
"""The folders of docs/ where the program makes pages → what it makes them of."""


def is_made(file: str) -> bool:
    """Return whether a path in docs/ is where the program makes pages."""
    return file.startswith(tuple(_FOLDERS))


def in_the_way(files: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file of docs/ where the pages are that the program makes."""
    for file in files:
        for folder, recorded in _FOLDERS.items():
            if file.startswith(folder):
                message = f"docs/{folder} 里的页面须由程序按{recorded}生成，现有自己放的 {file}；请移到别的目录"
                yield Problem(f"docs/{file}", 1, message)
