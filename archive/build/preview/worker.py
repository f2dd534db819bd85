"""A process that keeps a site in memory and answers the preview: what has changed, a page, the whole.

It is forked from the fork server, so it runs the code that was on disk when it began. When our code
changes, it says so, and another takes its place. The whole site is built in a fork of it, beside it.
"""

import gc
import os
import pickle
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Protocol

from archive.facts.project import Project

IDLE_SECONDS = 1.0
"""After so long without a question garbage is collected."""
LOOK_AGAIN_SECONDS = 0.5
"""How often it is looked whether what one waits for can still come."""
DIED = "生成网站的进程须运行到底，现中途中止，原因见终端；请再保存一次文件，仍不行的，重新启动预览"


class Live(Protocol):
    """A site in memory that has passed the check."""

    def page(self, at: str) -> bytes | None:
        """The page at an address, from the site's root; None if there is none."""
        ...

    def build(self, out: Path) -> Sequence[object]:
        """Build all of it into `out`; the problems."""
        ...


Open = Callable[[Project], tuple[Sequence[object], Live | None]]
"""Loads a site and checks it; its problems, and the site if it has none."""


def attend(
    address: str,
    job: bytes,
    is_stale: Callable[[], bool],
    failure: Callable[[BaseException], str],
) -> None:
    """Answer the preview, which listens at `address`, until it hangs up.

    `job` is a pickled `Open` and its project. `is_stale` tells whether our code on disk is no longer what
    this process runs; `failure` is the message for an exception.
    """
    live: Live | None = None
    idle = False
    with Client(address) as line:
        while True:
            if not idle and not line.poll(IDLE_SECONDS):
                gc.collect()
                idle = True
            try:
                asked, about = line.recv()
            except EOFError:
                return
            idle = False
            reap()
            answer: object = None
            if asked == "update":
                try:
                    if not is_stale():
                        open_site, project = pickle.loads(job)
                        problems, found = open_site(project)
                        live = found or live
                        answer = [str(problem) for problem in problems]
                except BaseException as error:
                    answer = [failure(error)]
            elif asked == "page" and live:
                with suppress(Exception):  # the whole build meets the same, and tells it
                    answer = live.page(about)
            elif asked == "whole" and live:
                answer = _in_a_fork(address, live, Path(about), failure)
            line.send(answer)


def _in_a_fork(address: str, live: Live, out: Path, failure: Callable[[BaseException], str]) -> int:
    """Build the whole site in a process of its own, which tells the preview itself; returns its id."""
    with Client(address) as line:
        child = os.fork()
        if child:
            return child
        os.setpgid(0, 0)  # so that it can be ended with what it has started
        try:
            answer = [str(problem) for problem in live.build(out)]
        except BaseException as error:
            answer = [failure(error)]
        line.send(answer)
    os._exit(0)


def reap() -> None:
    """Take note of the forks of this process that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


@dataclass(frozen=True)
class Whole:
    """A whole build that is running."""

    line: "Connection[object, object]"
    process: int
    ended: threading.Event = field(default_factory=threading.Event)
    """Set once it was ended."""

    def problems(self) -> list[str] | None:
        """Wait for its end; returns the problems, None if it was ended or died."""
        with self.line, suppress(EOFError, OSError):
            answer = self.line.recv()
            return list(answer) if isinstance(answer, list) else None
        return None

    def end(self) -> None:
        """End it, with every process that it has started."""
        self.ended.set()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)


class Worker:
    """The worker as the preview sees it. What is asked of one that has died is None."""

    def __init__(
        self, folder: Path, start: Callable[[str], None], is_alive: Callable[[], bool]
    ) -> None:
        """Have `start` begin one, which calls back at the address it is given, in the private `folder`.

        Raises `BrokenPipeError` if `is_alive`, which tells of what begins it, is no longer true.
        """
        address = folder / ".worker"
        address.unlink(missing_ok=True)
        self._one = threading.Lock()
        self._is_alive = is_alive
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(address))
        self._listener.listen()
        self._listener.settimeout(LOOK_AGAIN_SECONDS)
        start(str(address))
        self._line = self._accept()

    def update(self) -> list[str] | None:
        """Read the site anew; returns its problems, None if another worker is needed."""
        found = self._ask("update", "")
        return list(found) if isinstance(found, list) else None

    def page(self, at: str) -> bytes | None:
        """The page at an address of the site as it was last read without problems."""
        found = self._ask("page", at)
        return found if isinstance(found, bytes) else None

    def whole(self, out: Path) -> Whole | None:
        """Begin to build this site into `out`."""
        with self._one, suppress(EOFError, OSError):
            self._line.send(("whole", str(out)))
            line = self._accept()
            process = self._line.recv()
            return Whole(line, process) if isinstance(process, int) else None
        return None

    def close(self) -> None:
        """Hang up, which ends it."""
        self._line.close()
        self._listener.close()

    def _ask(self, what: str, about: str) -> object:
        with self._one, suppress(EOFError, OSError):
            self._line.send((what, about))
            return self._line.recv()
        return None

    def _accept(self) -> "Connection[object, object]":
        while self._is_alive():
            with suppress(TimeoutError):
                caller, _ = self._listener.accept()
                caller.setblocking(True)
                return Connection(caller.detach())
        raise BrokenPipeError
