"""A cache of print files between builds; the key is a digest of everything a file is made from."""

import contextlib
import json
import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from archive.files import pictures, zips
from archive.files.cache import digest
from archive.files.storing import replace_file

MAX_FILES = 4000
"""Most files kept; the least recently used are removed first."""
_CODE = (".py", ".typ", ".xml", ".rels")
"""Suffixes of the code and templates that the files are made with."""


class PrintCache:
    """A folder of cached print files. Errors of reading or writing it only mean that files are remade."""

    def __init__(self, folder: Path, of: str) -> None:
        """`of`: text that identifies what a file depends on beside its document: fonts and day."""
        self.folder = folder
        here = sorted(Path(__file__).parent.rglob("*"))
        others = [Path(pictures.__file__), Path(zips.__file__)]
        code = digest([*(path for path in here if path.suffix in _CODE), *others])
        self.of = blake2b(code + of.encode(), digest_size=32).digest()

    def key(self, document: Mapping[str, Any], shown: bytes) -> str:
        """The key of a document's files, hexadecimal; `shown` is the content of its picture files."""
        raw = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
        return blake2b(raw + shown, digest_size=20, key=self.of).hexdigest()

    def get(self, key: str, kind: str) -> bytes | None:
        """The content of the cached file with the suffix `kind`; None if it is missing or damaged."""
        path = self.folder / f"{key}.{kind}"
        with contextlib.suppress(OSError):
            raw = path.read_bytes()
            kept, content = raw[:20], raw[20:]
            if kept == _checksum(content):
                os.utime(path)
                return content
        return None

    def put(self, key: str, kind: str, content: bytes) -> None:
        """Store the content of a file under its key and suffix."""
        with contextlib.suppress(OSError):
            raw = _checksum(content) + content
            replace_file(self.folder / f"{key}.{kind}", raw, lasting=False)

    def tidy(self) -> None:
        """Remove the least recently used files beyond the limit."""
        with contextlib.suppress(OSError):
            by_use = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime)
            for path in by_use[: max(0, len(by_use) - MAX_FILES)]:
                path.unlink(missing_ok=True)


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=20).digest()
