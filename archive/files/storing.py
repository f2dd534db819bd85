"""Write files whole or not at all, safe against other processes that read or write them.

The content is first written to a temporary file in the same folder, then put in place in one step. If
writing fails the temporary file is removed; if the process is killed it is left behind.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EEXIST, ENOSYS, EOPNOTSUPP, EPERM
from fcntl import LOCK_EX, LOCK_NB
from pathlib import Path
from secrets import token_hex
from typing import IO

from archive.files.bounds import require_no_device

UNFINISHED = ".new-"
"""The prefix of the names of temporary files."""
_NO_LINKS = (EPERM, EOPNOTSUPP, ENOSYS)
"""The errors of file systems without hard links, such as those of memory sticks and some shares."""
_HOUR = 3600


def replace_file(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write `content` to `path`, replacing a file there but keeping its mode; make its folder.

    Raises OSError if that fails, and then leaves the old file, and if a device or a pipe is there. With `lasting` the content is safe from
    a power cut once this returns; a file that can be made again does not need that.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        require_no_device(path.lstat().st_mode, path)
    with _temporary(path) as temporary:
        write_file(temporary, content, lasting)
        with suppress(FileNotFoundError):
            shutil.copymode(path, temporary)
        temporary.replace(path)
    if lasting:
        sync_folder(path.parent)


def create_file(path: Path, content: bytes) -> None:
    """Write `content` to a new file at `path`; it is safe from a power cut once this returns.

    Raises FileExistsError if there is a file already, even if another process made it a moment before,
    and another OSError if the file cannot be written; then no file is left.
    """
    with _temporary(path) as temporary:
        write_file(temporary, content)
        try:
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            write_file(path, content)
    sync_folder(path.parent)


@contextmanager
def private_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write, which gets its name once the context ends; nobody else may read it.

    If the context ends by an error no file is left. Raises FileExistsError if there is a file already,
    even if another process made it meanwhile.
    """
    with _temporary(path) as temporary:
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        try:
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(path):
                raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path)) from None
            temporary.rename(path)
    sync_folder(path.parent)


def write_file(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write a new file in place, for paths that no other process reads; see `replace_file`.

    Raises FileExistsError if there is a file already, and removes the file if writing fails.
    """
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
def _temporary(path: Path) -> Iterator[Path]:
    """Yield the path of a temporary file, unique, in the folder of `path`; remove it afterwards."""
    temporary = path.with_name(f"{UNFINISHED}{token_hex(8)}")
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove temporary files from the folder, except those of the last hour, which may be in use."""
    for path in folder.glob(f"{UNFINISHED}*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - _HOUR:
                path.unlink()


def sync_folder(folder: Path) -> None:
    """Write a folder's list of names to disk, so that it survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path, take: Callable[[IO[str], int], object]) -> Iterator[bool]:
    """Hold a lock on the file `path` within the context; yields False if it is already held.

    `take` is `fcntl.lockf` for a lock that forked processes do not share: it ends with this process,
    even if they live on. It is `fcntl.flock` for a lock that also excludes threads of this process.
    Raises OSError if a link is there: what it leads to is no lock, and nothing is taken from any file.
    """
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    with os.fdopen(opened, "w") as lock:
        try:
            take(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
