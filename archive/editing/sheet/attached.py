"""The files that are uploaded with a workbook, and that its rows name as evidence."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

_FILE = re.compile(
    r"[^/\\\n]{1,200}\.(?:jpe?g|png|webp|heic|bmp|gif|tiff?|pdf|docx?|xlsx?)", re.IGNORECASE
)
"""What somebody writes who means a file, and not a sheet of paper."""


class AttachedFiles:
    """Name → path in docs/ of the files; a name may lack its suffix, as some forges tell only that of a picture."""

    def __init__(self, paths: Mapping[str, str]) -> None:
        self._paths = {_folded(name): path for name, path in paths.items()}
        self._names = {path: name for name, path in paths.items()}
        self._named: set[str] = set()

    def stored(self, item: str) -> str:
        """Return the path of the file that an item of evidence names; the item itself where it names none."""
        if not _FILE.fullmatch(item.strip()):
            return item
        name = _folded(item)
        path = self._paths.get(name) or self._paths.get(name.rpartition(".")[0])
        if path is None:
            return item
        self._named.add(path)
        return path

    def missing(self, items: Iterable[str], held: Collection[str]) -> Iterator[str]:
        """Yield the items that name a file which is not there, those that were `held` before left out."""
        for one in items:
            if one not in held and _FILE.fullmatch(one.strip()):
                yield one

    def unnamed(self) -> list[str]:
        """Return the names of the files that no row names."""
        return [name for path, name in self._names.items() if path not in self._named]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
