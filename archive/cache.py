"""Parsed files kept between runs, found again by their content alone."""

import contextlib
import io
import pickle
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import Any

from archive import source

# What a parsed file can hold beside text, numbers, lists and mappings.
_KNOWN = {("decimal", "Decimal"): Decimal, ("datetime", "date"): date}
_PARSER = blake2b(Path(source.__file__).read_bytes(), digest_size=16).digest()


class _Unpickler(pickle.Unpickler):
    """Reads plain data only: a cache somebody else wrote cannot run anything."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _KNOWN:
            return _KNOWN[module, name]
        raise pickle.UnpicklingError(name)


class Cache:
    """Content → plain data, in one file. A file that is absent, foreign or broken counts as empty.

    The parser's own code is part of each key: after a change to it nothing old is found.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._old: dict[bytes, Any] = {}
        self._used: dict[bytes, Any] = {}
        with contextlib.suppress(Exception):
            loaded = _Unpickler(io.BytesIO(path.read_bytes())).load()
            self._old = loaded if isinstance(loaded, dict) else {}

    def key(self, raw: bytes) -> bytes:
        """What `raw` is found by."""
        return blake2b(raw, digest_size=16, key=_PARSER).digest()

    def get(self, key: bytes) -> Any:
        """The plain data parsed from that content, or None."""
        data = self._old.get(key)
        if data is not None:
            self._used[key] = data
        return data

    def put(self, key: bytes, data: Any) -> None:
        """Remember `data` for that content."""
        self._used[key] = data

    def save(self) -> None:
        """Write what was used in this run, if that differs; a place that cannot be written is no fault."""
        if self._used.keys() == self._old.keys():
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_bytes(pickle.dumps(self._used, protocol=5))
            fresh.replace(self._path)
