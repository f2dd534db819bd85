"""A cache on disk, kept between runs: content → the plain data made from it."""

import contextlib
import io
import os
import pickle
import shutil
import time
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from errno import ENOENT
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from archive.files.storing import replace_file, sweep

# The classes that may be cached beside text, bytes, numbers, lists and mappings.
_KNOWN = {("decimal", "Decimal"): Decimal, ("datetime", "date"): date}


FOLDER = "civilised-unit-archive"
"""The folder of the caches of all sites, in the user's own folder for caches."""

_OWNER = "root"
"""The file in a site's folder of caches that names the root of the site."""


_SWEPT = "swept"
"""The file whose time says when caches of sites that are gone were last deleted."""
_DAY = 24 * 60 * 60


def shared_folder() -> Path:
    """Return our folder in the user's own folder for caches; it is the same for every site.

    Raises OSError for a user without a home, as in some containers.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # A relative one would lie in the clone; the standard of these folders (XDG) says to ignore it.
    if not named.is_absolute():
        try:
            named = Path.home() / ".cache"
        except RuntimeError:
            raise OSError(ENOENT, os.strerror(ENOENT), "HOME") from None
    return named / FOLDER


def cache_folder(root: Path) -> Path:
    """Return the folder for the caches of the site at `root`, in the user's own folder for caches.

    It lies outside the site's sources: what comes with a clone or a commit is never taken for
    something that this machine has made. Folders of sites that are gone are deleted.
    """
    base = shared_folder()
    named, name = _named(root.absolute())
    folder = base / name
    if not folder.is_dir():
        with contextlib.suppress(OSError):
            _sweep(base)
            folder.mkdir(parents=True, mode=0o700)
            (folder / _OWNER).write_text(named, "utf-8")
    return folder


@lru_cache(100)
def _named(root: Path) -> tuple[str, str]:
    """The root of a site without links, and the name of its folder; asked for each cache of a site."""
    named = str(root.resolve())
    return named, blake2b(named.encode(), digest_size=10).hexdigest()


def _sweep(base: Path) -> None:
    """Delete the caches of sites whose root is no longer there, once a day: there may be many."""
    stamp = base / _SWEPT
    if stamp.exists() and time.time() - stamp.stat().st_mtime < _DAY:
        return
    for folder in base.iterdir() if base.is_dir() else ():
        with contextlib.suppress(OSError):
            if not Path((folder / _OWNER).read_text("utf-8")).exists():
                shutil.rmtree(folder)
    base.mkdir(parents=True, exist_ok=True)
    stamp.touch()


def digest(modules: Iterable[Path]) -> bytes:
    """Return a digest (16 bytes) of the code of these modules, of our own alone: each is read once."""
    return blake2b(b"".join(map(_digest_of, modules)), digest_size=16).digest()


@cache
def code_of(*rooms: str) -> bytes:
    """Return a digest (16 bytes) of the modules that lie in these rooms of the program, such as "files"."""
    folders = [Path(__file__).parents[1] / room for room in rooms]
    return digest(file for folder in folders for file in sorted(folder.glob("*.py")))


@cache
def _digest_of(module: Path) -> bytes:
    """What a process runs is the code it has loaded, whatever its files hold later."""
    return blake2b(module.read_bytes(), digest_size=16).digest()


_MANY, _FEW = 10_000, 200
"""Entries of which writing takes long, and of how many of them one is few."""

Lately = dict[tuple[str, bytes], Any]
"""The name of a cache's file, and a key → what was made for it."""
_MOST_LATELY = 5000
"""How much of what a process has made it keeps for the next site."""


class _Unpickler(pickle.Unpickler):
    """Reads plain data only, so that a forged cache file cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _KNOWN:
            return _KNOWN[module, name]
        raise pickle.UnpicklingError(name)


class Cache:
    """Content → plain data, in one file; a file that is missing or cannot be read counts as empty.

    `code`, the digest of the code that makes the data, is part of each key, so that new code finds no
    old data. `spare` is how many entries not used in this run are kept for other runs. `lately` is what
    this process has made before, for whichever site: its sites and editions have most files alike.
    """

    def __init__(
        self, path: Path, code: bytes, spare: int = 0, lately: Lately | None = None
    ) -> None:
        self._path, self._code, self._spare = path, code, spare
        self._lately = {} if lately is None else lately
        self._old: dict[bytes, Any] = {}
        self._used: dict[bytes, Any] = {}
        with contextlib.suppress(Exception):
            loaded = _Unpickler(io.BytesIO(path.read_bytes())).load()
            self._old = loaded if isinstance(loaded, dict) else {}

    @property
    def known(self) -> int:
        """How many entries were found on disk."""
        return len(self._old)

    def key(self, raw: bytes) -> bytes:
        """Return the key of the content `raw`."""
        return blake2b(raw, digest_size=16, key=self._code).digest()

    def get(self, key: bytes) -> Any:
        """Return the data stored under `key`, or None."""
        data = self._used.get(key)
        if data is None and (data := self._old.get(key)) is not None:
            self._used[key] = data
        return data

    def put(self, key: bytes, data: Any) -> None:
        """Store `data` under `key`; `save` writes it to disk."""
        self._used[key] = data

    def made(self, key: bytes, make: Callable[[], Any]) -> Any:
        """Return the data stored under `key`; if there is none, make it and store it."""
        data = self.get(key)
        if data is None:
            kind = self._path.name, key
            data = self._lately.get(kind)
            data = make() if data is None else data
            self.put(key, data)
            self._lately[kind] = data
            if len(self._lately) > _MOST_LATELY:
                del self._lately[next(iter(self._lately))]
        return data

    def save(self) -> None:
        """Write the cache to disk if its keys have changed; errors of the file system are ignored.

        Of very many entries a few that are others are left as they were: to make them again is quicker.
        """
        many = len(self._old)
        if many > _MANY and len(self._used.keys() ^ self._old.keys()) * _FEW < many:
            return
        unused = [key for key in self._old if key not in self._used]
        spare = {key: self._old[key] for key in unused[max(0, len(unused) - self._spare) :]}
        kept = {**spare, **self._used}
        if kept.keys() == self._old.keys():
            return
        with contextlib.suppress(OSError):
            replace_file(self._path, pickle.dumps(kept, protocol=5), lasting=False)
            sweep(self._path.parent)
