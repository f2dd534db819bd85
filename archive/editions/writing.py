"""Files of a source tree that is made from another, and what it shares with that one."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.scalars import block


def fields_file(fields: Mapping[str, Any]) -> bytes:
    """A file of fields; `{}` where there are none."""
    return ("".join(block(*field) for field in fields.items()) or "{}\n").encode()


def write(path: Path, content: bytes) -> None:
    """Write a file, and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def machinery(source: Path, root: Path, name: str) -> None:
    """Templates and fonts; what is kept between builds, under `name`, apart from what others keep."""
    if (source / "overrides").is_dir():
        shutil.copytree(source / "overrides", root / "overrides")
    (root / ".cache").mkdir()
    for shared in ("fonts", ".cache/fonts"):
        if (source / shared).is_dir():
            (root / shared).symlink_to(source / shared)
    for kept in ("pages", "press", "templates"):
        folder = source / ".cache" / name / kept
        folder.mkdir(parents=True, exist_ok=True)
        (root / ".cache" / kept).symlink_to(folder)
