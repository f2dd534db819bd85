"""A cache on disk of what the search of files has found: what was searched before is not read again."""

from collections.abc import Callable, Collection
from pathlib import Path

from archive.files.cache import Cache, Lately, code_of
from archive.leaks.leak import FileLeak

_MAX_OTHER_RESULTS = 5000
"""Results kept beyond those of the last run, for the files of other sites built in the same folder."""

_LATELY: Lately = {}

FileSearch = Callable[[bytes, Collection[str]], list[FileLeak]]
"""A function that returns the leaks in a file's content, the given names among them."""


class SearchCache:
    """A cache on disk of file searches: content searched before is not searched again."""

    def __init__(self, file: Path, names: Collection[str], code: bytes = b"") -> None:
        """Open the cache in that file; `names` must not be published.

        `code` is the digest (at most 48 bytes) of what has a part in the searches beside this room.
        """
        self._cache = Cache(file, code_of("leaks") + code, _MAX_OTHER_RESULTS, _LATELY)
        self._names = names
        self._names_key = "\0".join(sorted(names))

    def found(self, kind: str, raw: bytes, search: FileSearch) -> list[FileLeak]:
        """Return what `search` finds in `raw`; `kind` names the search, as part of the cache key."""
        key = self._cache.key(f"{kind}\0{self._names_key}\0".encode() + raw)
        kept = self._cache.made(key, lambda: [tuple(leak) for leak in search(raw, self._names)])
        return [FileLeak(*leak) for leak in kept]

    def save(self) -> None:
        """Write the cache to disk for the next run."""
        self._cache.save()
