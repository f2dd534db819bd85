"""How large a file may be; each bound is far above what the archive needs.

Everything that reads a file takes time and memory in proportion to its size, so that these bounds
are bounds of both.
"""

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ESPIPE
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from threading import current_thread, main_thread
from time import process_time

MAX_SOURCE = 2_000_000
"""Bytes of a YAML file."""
MAX_PAGE = 500_000
"""Bytes of a page: the text of a book."""
MAX_TOLD = 20
"""Problems of one kind that are told of one file; the others are counted."""
MOST_SECONDS = 60.0
"""Of processor time to read one file that somebody brings; a report of a hundred pages takes two."""
USUAL_SECONDS = 10.0
"""Of several files each may take as long; what one takes beyond that counts for all of them."""
MOST_TOGETHER = 300.0
"""Seconds that several files may take beyond `USUAL_SECONDS`, so that twenty end before a workflow does."""
TOO_LONG = "文件须在一分钟里读完，现在没有读完；请分成几份，或者另存一份再试"
"""What is said of such a file."""
MAX_ATTACHMENT = 50_000_000
"""Bytes of any other file of docs/."""
MAX_PIXELS = 100_000_000
"""Width times height of a picture."""
MAX_SCANS = 50
"""How often a JPEG goes over all its points, each time a little sharper; programs write ten. Each takes a few bytes."""
MAX_ENTRIES = 5_000
"""Files in an office file."""
MAX_UNPACKED = 200_000_000
"""Bytes to which an office file unpacks, with those within it."""
MAX_TEXT = 10_000_000
"""Bytes of the XML among them, and of the text of a PDF."""
MAX_ELEMENTS = 1_000_000
"""Elements of the XML in an office file, or of a drawing."""
MAX_PDF_PAGES = 3_000
MAX_DRAWN = 20_000_000
"""Bytes of content that the pages of a PDF draw; what two of them draw counts twice."""
MAX_DRAWINGS = 4_000
"""Drawings on a page of a PDF, with those within them: the library for PDF leaves out others."""
MAX_ATTRIBUTES = 200
"""Attributes of one element of a drawing."""
MAX_TOLD_BY_GIT = 200_000_000
"""Bytes that a command of Git prints: one file is smaller, and the list of a million files too."""
MAX_FILES = 300_000
"""Files of a revision: three times what the largest archive may have."""
MAX_REPEATED = 1_000_000_000
"""Bytes of a revision's files that are other files of it again; they take no room in what is pushed."""
MAX_DEPTH = 100
"""Levels of nested elements on a built page."""


ENOUGH = MAX_ATTACHMENT + 1
"""Bytes of a file by which each reader knows that it is too large: no more of it is read."""


_MORE = 64 * 1024
"""Bytes that are asked for at once of a file that holds more than it said."""


def require_no_device(mode: int, path: Path) -> None:
    """Raise OSError unless a path of this mode is a file, a folder or a link: others may have no end.

    Who writes as root would put a file in the place of /dev/null.
    """
    if not (S_ISREG(mode) or S_ISDIR(mode) or S_ISLNK(mode)):
        raise OSError(ESPIPE, os.strerror(ESPIPE), str(path))


def size_of(path: Path) -> int:
    """Return the bytes of a file; raises OSError if there is none, or a pipe or device."""
    about = path.stat()
    require_no_device(about.st_mode, path)
    return about.st_size


def read_enough(path: Path) -> bytes:
    """Return what a file holds, of one that is larger than any may be only its beginning."""
    with path.open("rb", buffering=0) as opened:
        return enough_of(opened.fileno())


def enough_of(descriptor: int, left: int = ENOUGH) -> bytes:
    """The same of a file that is open, or its first `left` bytes. A few octets of a commit are a file of any size."""
    # What is asked for is put aside at once, and of many files a file object for each takes as long again.
    found, asked = [], min(os.fstat(descriptor).st_size + 1, left)
    while asked and (part := os.read(descriptor, asked)):
        found.append(part)
        left -= len(part)
        asked = min(_MORE, left)
    return b"".join(found)


def megabytes(size: int) -> str:
    """Return a size in bytes as messages show it: 2 MB, 2.1 MB."""
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection within the context, then restore what was set before.

    Reading makes thousands of small objects without cycles; collecting meanwhile doubles the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class TooLongError(BaseException):
    """A file took longer than `MOST_SECONDS`; no `Exception`, for readers take any for a damaged file."""


@contextmanager
def in_time(most: float = MOST_SECONDS) -> Iterator[None]:
    """Raise `TooLongError` within the context once it has used `MOST_SECONDS` of processor time, or fewer.

    That readers take time in proportion to a file is tested for the shapes we know; this is for the others.
    Other threads than the first cannot be interrupted. Within another such context the time of that one counts.
    """
    if current_thread() is not main_thread() or signal.getitimer(signal.ITIMER_PROF)[0]:
        yield
        return
    within = [True]

    def stop(*_: object) -> None:
        if within:
            raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, min(most, MOST_SECONDS), 1)  # again, where one was caught
    try:
        yield
    finally:
        within.clear()
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class Together:
    """The time for several files: each is given up after `MOST_SECONDS`, or sooner where those before took long."""

    def __init__(self) -> None:
        self._left = MOST_TOGETHER

    @contextmanager
    def in_time(self) -> Iterator[None]:
        """As `in_time` for the next file."""
        begun = process_time()
        try:
            with in_time(USUAL_SECONDS + self._left):
                yield
        finally:
            beyond = max(0.0, process_time() - begun - USUAL_SECONDS)
            self._left = max(0.0, self._left - beyond)
