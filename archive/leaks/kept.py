"""What was found in files, kept between runs: to read a PDF file takes long."""

from collections.abc import Callable, Collection
from pathlib import Path

from archive.files.cache import Cache, digest
from archive.leaks.finding import Found

_MOST = 5000
"""Files remembered beside those of the last run: there are other sites than the last one built."""

FileSearch = Callable[[bytes, Collection[str]], list[Found]]
"""What finds things in a file's content: private things, and the names given."""


class Searched:
    """Searches of files, each content gone through once."""

    def __init__(self, root: Path, names: Collection[str]) -> None:
        """`root`: the project's folder; `names` nobody may read."""
        code = digest(sorted(Path(__file__).parent.glob("*.py")))
        self._cache = Cache(root / ".cache" / "searched", code, spare=_MOST)
        self._names = names
        self._named = "\0".join(sorted(names))

    def found(self, kind: str, raw: bytes, search: FileSearch) -> list[Found]:
        """What `search` finds in `raw`; `kind` tells this search from others."""
        key = self._cache.key(f"{kind}\0{self._named}\0".encode() + raw)
        kept = self._cache.made(key, lambda: [tuple(one) for one in search(raw, self._names)])
        return [Found(*one) for one in kept]

    def save(self) -> None:
        """Remember it for the next run."""
        self._cache.save()
