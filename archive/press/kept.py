"""Print files kept between builds, found again by what they are made of alone."""

import contextlib
import json
import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from archive.files import zips
from archive.files.cache import digest
from archive.files.storing import replace_file

MOST = 4000
"""Files kept; the ones not used for longest go first."""
_CODE = (".py", ".typ", ".xml", ".rels")
"""Endings of what makes the files."""


class Kept:
    """A folder of print files. Where nothing can be kept, nothing is found, and nothing is lost."""

    def __init__(self, folder: Path, of: str) -> None:
        """`of`: what beside the document goes into a file (fonts, the day), as text."""
        self.folder = folder
        here = sorted(Path(__file__).parent.rglob("*"))
        code = digest([*(path for path in here if path.suffix in _CODE), Path(zips.__file__)])
        self.of = blake2b(code + of.encode(), digest_size=32).digest()

    def key(self, document: Mapping[str, Any], pictures: bytes) -> str:
        """What the files of a document are found by; `pictures`: the content of its picture files."""
        raw = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
        return blake2b(raw + pictures, digest_size=20, key=self.of).hexdigest()

    def get(self, key: str, kind: str) -> bytes | None:
        """The file of that kind, if it is kept and whole."""
        path = self.folder / f"{key}.{kind}"
        with contextlib.suppress(OSError):
            raw = path.read_bytes()
            kept, content = raw[:20], raw[20:]
            if kept == _checksum(content):
                os.utime(path)
                return content
        return None

    def put(self, key: str, kind: str, content: bytes) -> None:
        """Keep a file."""
        with contextlib.suppress(OSError):
            raw = _checksum(content) + content
            replace_file(self.folder / f"{key}.{kind}", raw, lasting=False)

    def tidy(self) -> None:
        """Drop what has not been used for longest."""
        with contextlib.suppress(OSError):
            by_use = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime)
            for path in by_use[: max(0, len(by_use) - MOST)]:
                path.unlink(missing_ok=True)


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=20).digest()
