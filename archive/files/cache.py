"""What was made of contents, kept between runs and found again by those contents alone."""

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

# What may be kept beside text, bytes, numbers, lists and mappings.
_KNOWN = {("decimal", "Decimal"): Decimal, ("datetime", "date"): date}


def digest(modules: Iterable[Path]) -> bytes:
    """What tells the code of these modules from any other."""
    return blake2b(b"\0".join(map(Path.read_bytes, modules)), digest_size=16).digest()


class _Unpickler(pickle.Unpickler):
    """Reads plain data only: a cache somebody else wrote cannot run anything."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _KNOWN:
            return _KNOWN[module, name]
        raise pickle.UnpicklingError(name)


class Cache:
    """Content → plain data, in one file. A file that is absent, foreign or broken counts as empty.

    `code`, the digest of what makes the data, is part of each key: once that changes nothing old is
    found. `spare`: how many entries are kept beside those used in a run, for other runs to use.
    """

    def __init__(self, path: Path, code: bytes, spare: int = 0) -> None:
        self._path, self._code, self._spare = path, code, spare
        self._old: dict[bytes, Any] = {}
        self._used: dict[bytes, Any] = {}
        with contextlib.suppress(Exception):
            loaded = _Unpickler(io.BytesIO(path.read_bytes())).load()
            self._old = loaded if isinstance(loaded, dict) else {}

    def key(self, raw: bytes) -> bytes:
        """What `raw` is found by."""
        return blake2b(raw, digest_size=16, key=self._code).digest()

    def get(self, key: bytes) -> Any:
        """The plain data made of that content, or None."""
        data = self._old.get(key)
        if data is not None:
            self._used[key] = data
        return data

    def put(self, key: bytes, data: Any) -> None:
        """Remember `data` for that content."""
        self._used[key] = data

    def made(self, key: bytes, make: Callable[[], Any]) -> Any:
        """The plain data of that content: remembered, or else made now."""
        data = self.get(key)
        if data is None:
            data = make()
            self.put(key, data)
        return data

    def save(self) -> None:
        """Write what was used in this run, if that differs; a place that cannot be written is no fault."""
        unused = [key for key in self._old if key not in self._used]
        spare = {key: self._old[key] for key in unused[max(0, len(unused) - self._spare) :]}
        kept = {**spare, **self._used}
        if kept.keys() == self._old.keys():
            return
        with contextlib.suppress(OSError):
            replace_file(self._path, pickle.dumps(kept, protocol=5), lasting=False)
            sweep(self._path.parent)
