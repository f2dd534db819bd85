"""The pages that the program makes of what is recorded: one of each indicator.

They are read as any page is, so that they are checked, shown, searched and redacted in no way of their
own. A tree made from another does not hold them: they are made there again, of what it records.
"""

from collections.abc import Iterable, Iterator

from archive.facts.observations import INDICATORS, indicator_page
from archive.files.pages import Page, read_page
from archive.files.writing import block
from archive.files.yaml import Problem
from archive.schema.register import Figure

_WIDE = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in '<>"{}&*'}
"""The signs that no title may hold, each as its full-width form."""


def indicator_pages(
    indicators: Iterable[tuple[str, Figure]], register: str
) -> Iterator[tuple[str, Page]]:
    """Yield the page of each indicator by its path in docs/; `register` is the file that records them."""
    for id_, indicator in indicators:
        path = indicator_page(id_)
        title = block("title", " ".join(indicator.name.translate(_WIDE).split()))
        text = f'---\n{title}---\n\n{{{{ indicator("{id_}") }}}}\n'
        yield path, read_page(text.encode(), path, register)


def is_made(file: str) -> bool:
    """Return whether a path in docs/ is where the program makes pages."""
    return file.startswith(INDICATORS)


def in_the_way(files: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file of docs/ where the pages of indicators are."""
    for file in files:
        if is_made(file):
            message = f"docs/{INDICATORS} 里的页面须由程序按指标登记生成，现有自己放的 {file}；请移到别的目录"
            yield Problem(f"docs/{file}", 1, message)
