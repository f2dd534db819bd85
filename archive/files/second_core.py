"""Work for the second core: a fork of this process does a part of it meanwhile."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def meanwhile(work: Callable[[], T]) -> Iterator[Callable[[], T | None]]:
    """While entered, a fork of this process does `work`; the function given waits for its result.

    The result is None if the work failed, or was not begun: a process with threads is not forked, which
    would lose them, nor is one on a machine with a single core.
    """
    if threading.active_count() > 1 or (os.cpu_count() or 1) < 2:
        yield lambda: None
        return
    answer, told = Pipe(duplex=False)
    child = os.fork()
    if not child:
        with suppress(BaseException):
            told.send(work())
        os._exit(0)
    told.close()

    def result() -> T | None:
        with suppress(EOFError):
            found: T = answer.recv()
            return found
        return None

    try:
        with answer:
            yield result
    finally:
        os.waitpid(child, 0)
