"""Write several files, all or none: first into a staging folder, then each moved into place."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from errno import ELOOP
from pathlib import Path

from archive.files.storing import replace_file, write_file

STAGING = ".sheet-"
"""Prefix of the staging folder in data/; nothing reads hidden folders there."""


class ChangedMeanwhileError(ValueError):
    """A file has changed since it was read; the text is its name."""


def write_all(
    root: Path, data: Path, drafts: Mapping[str, bytes | None], before: Mapping[str, bytes]
) -> None:
    """Write `drafts` (path from `root` → content, None to delete); `before` is the content as read.

    Raises ChangedMeanwhileError if a file has changed since, OSError if one cannot be written, or would be
    written outside of `root` and `data` because a folder on its way is a link; then all files stay as they were. If
    killed midway, each file is either the whole old or the whole new one.
    """
    inside = root.resolve(), data.resolve()
    for name in drafts:
        folder = (root / name).parent.resolve()
        if not any(folder.is_relative_to(one) for one in inside):
            raise OSError(ELOOP, os.strerror(ELOOP), name)
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=data))
    done: list[str] = []
    try:
        waiting: dict[str, Path | None] = {}
        for number, (name, raw) in enumerate(drafts.items()):
            waiting[name] = None if raw is None else staging / str(number)
            if raw is not None:
                write_file(staging / str(number), raw)
        for name in drafts:
            if _content(root / name) != before.get(name):
                raise ChangedMeanwhileError(name)
        try:
            for name, fresh in waiting.items():
                _replace(root / name, fresh)
                done.append(name)
        except BaseException:  # also when interrupted by Ctrl+C, restore every file
            for name in done:
                _restore(root / name, before.get(name))
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _replace(path: Path, fresh: Path | None) -> None:
    if fresh is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        shutil.copymode(path, fresh)
    fresh.replace(path)


def _restore(path: Path, raw: bytes | None) -> None:
    if raw is None:
        path.unlink()
    else:
        replace_file(path, raw)
