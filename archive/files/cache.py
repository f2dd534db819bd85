"""A cache on disk, kept between runs: content → the plain data made from it."""

import contextlib
import io
import pickle
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import Any

from archive.files.storing import replace_file, sweep

# The classes that may be cached beside text, bytes, numbers, lists and mappings.
_KNOWN = {("decimal", "Decimal"): Decimal, ("datetime", "date"): date}


def digest(modules: Iterable[Path]) -> bytes:
    """Return a digest (16 bytes) of the code of these modules."""
    return blake2b(b"\0".join(map(Path.read_bytes, modules)), digest_size=16).digest()


class _Unpickler(pickle.Unpickler):
    """Reads plain data only, so that a forged cache file cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _KNOWN:
            return _KNOWN[module, name]
        raise pickle.UnpicklingError(name)


class Cache:
    """Content → plain data, in one file; a file that is missing or cannot be read counts as empty.

    `code`, the digest of the code that makes the data, is part of each key, so that new code finds no
    old data. `spare` is how many entries not used in this run are kept for other runs.
    """

    def __init__(self, path: Path, code: bytes, spare: int = 0) -> None:
        self._path, self._code, self._spare = path, code, spare
        self._old: dict[bytes, Any] = {}
        self._used: dict[bytes, Any] = {}
        with contextlib.suppress(Exception):
            loaded = _Unpickler(io.BytesIO(path.read_bytes())).load()
            self._old = loaded if isinstance(loaded, dict) else {}

    def key(self, raw: bytes) -> bytes:
        """Return the key of the content `raw`."""
        return blake2b(raw, digest_size=16, key=self._code).digest()

    def get(self, key: bytes) -> Any:
        """Return the data stored under `key`, or None."""
        data = self._old.get(key)
        if data is not None:
            self._used[key] = data
        return data

    def put(self, key: bytes, data: Any) -> None:
        """Store `data` under `key`; `save` writes it to disk."""
        self._used[key] = data

    def made(self, key: bytes, make: Callable[[], Any]) -> Any:
        """Return the data stored under `key`; if there is none, make it and store it."""
        data = self.get(key)
        if data is None:
            data = make()
            self.put(key, data)
        return data

    def save(self) -> None:
        """Write the cache to disk if its keys have changed; errors of the file system are ignored."""
        unused = [key for key in self._old if key not in self._used]
        spare = {key: self._old[key] for key in unused[max(0, len(unused) - self._spare) :]}
        kept = {**spare, **self._used}
        if kept.keys() == self._old.keys():
            return
        with contextlib.suppress(OSError):
            replace_file(self._path, pickle.dumps(kept, protocol=5), lasting=False)
            sweep(self._path.parent)
