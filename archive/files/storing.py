"""Writing a file whole or not at all, beside whoever else reads or writes it.

The content is first written under a name of its own in the same folder, then put in its place in one
step. A writer that fails removes what it began; one that is killed leaves it, under that name.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import ENOSYS, EOPNOTSUPP, EPERM
from fcntl import LOCK_EX, LOCK_NB
from pathlib import Path
from secrets import token_hex
from typing import IO

UNFINISHED = ".new-"
"""What the name of a file begins with that is not finished."""
_NO_LINKS = (EPERM, EOPNOTSUPP, ENOSYS)
"""How file systems say that they have no hard links: those of memory sticks and of some shares."""
_HOUR = 3600


def replace_file(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write `content` to `path`, in place of what is there, whose mode it keeps; make its folder.

    Raises OSError, and then leaves what was there. `lasting`: on disk once this returns; what can be
    made again may go without.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path) as fresh:
        write_file(fresh, content, lasting)
        with suppress(FileNotFoundError):
            shutil.copymode(path, fresh)
        fresh.replace(path)
    if lasting:
        sync_folder(path.parent)


def create_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, on disk once this returns, only if nothing is there yet.

    Raises FileExistsError if something is, even if it came this very moment, and any other OSError if
    the file cannot be written; then nothing is there.
    """
    with _beside(path) as fresh:
        write_file(fresh, content)
        try:
            os.link(fresh, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            write_file(path, content)
    sync_folder(path.parent)


def write_file(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write a file that nobody else reads yet; raises FileExistsError if it is there already."""
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        except BaseException:
            path.unlink()
            raise


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name in the folder of `path` that no other writer has, and nothing is left under."""
    fresh = path.with_name(f"{UNFINISHED}{token_hex(8)}")
    try:
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what killed writers have left in the folder; of the last hour, it may be another's."""
    for path in folder.glob(f"{UNFINISHED}*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - _HOUR:
                path.unlink()


def sync_folder(folder: Path) -> None:
    """See that the names in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path, take: Callable[[IO[str], int], object]) -> Iterator[bool]:
    """Take the lock that the file `path` stands for; yields False if somebody else holds it.

    `take` is `fcntl.lockf` for a lock that forked processes do not share: it ends with this process,
    even if it is killed and they live on. `fcntl.flock` keeps out other threads of this process too.
    """
    with path.open("w") as lock:
        try:
            take(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
