"""Write several files, all or none: first into a staging folder, then each moved into place."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import ELOOP
from fcntl import LOCK_EX, flock
from pathlib import Path

from archive.files.storing import write_file

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
    with _alone(data):
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=data))
        begun: list[str] = []
        try:
            fresh, old = (_staged(staging, kind, drafts, of) for kind, of in (("new", drafts), ("old", before)))  # fmt: skip
            for name in drafts:
                if _content(root / name) != before.get(name):
                    raise ChangedMeanwhileError(name)
            try:
                for name in drafts:
                    begun.append(name)
                    _replace(root / name, fresh.get(name))
            except BaseException:  # also when interrupted by Ctrl+C, restore every file
                for name in begun:
                    _replace(root / name, old.get(name))
                raise
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Wait until no other command writes: what one has compared, no other changes until it has written.

    Where the file system knows no locks of folders, such as that of a server, nobody waits.
    """
    folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            flock(folder, LOCK_EX)
        yield
    finally:
        os.close(folder)


def _staged(
    staging: Path, kind: str, names: Iterable[str], contents: Mapping[str, bytes | None]
) -> dict[str, Path]:
    """Write what the files hold beside them: to put it in place then needs no room on the disk."""
    made = {}
    for number, name in enumerate(names):
        if (raw := contents.get(name)) is not None:
            made[name] = staging / f"{kind}-{number}"
            write_file(made[name], raw)
    return made


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _replace(path: Path, fresh: Path | None) -> None:
    """Put what is written beside a file in its place; for None there is none any more."""
    if fresh is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        shutil.copymode(path, fresh)
    fresh.replace(path)
