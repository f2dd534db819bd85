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
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol, TypeAlias, cast

from archive.facts.project import Project

Line: TypeAlias = "Connection[object, object]"
"""A line between two processes; each sees when the other one has ended."""
YIELDING = 10
"""How much a whole build gives way, as `nice` counts: the next edit is what somebody waits for."""
IDLE_SECONDS = 1.0
"""After so long without a question garbage is collected."""
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


def send_line(line: Line) -> Line:
    """Give whoever is at the other end of `line` one more line to here; returns our end of it."""
    here, there = socket.socketpair()
    with here, there, socket.socket(fileno=os.dup(line.fileno())) as carrier:
        socket.send_fds(carrier, [b"\0"], [there.fileno()])
        return Connection(here.detach())


def receive_line(line: Line) -> Line:
    """The line that `send_line` gives; raises `EOFError` if nobody is there any more."""
    with socket.socket(fileno=os.dup(line.fileno())) as carrier:
        _, handles, _, _ = socket.recv_fds(carrier, 1, 1)
    if not handles:
        raise EOFError
    return Connection(handles[0])


def attend(
    line: Line,
    job: bytes,
    is_stale: Callable[[], bool],
    failure: Callable[[BaseException], str],
) -> None:
    """Answer the preview at the other end of `line` until it hangs up.

    `job` is a pickled `Open` and its project. `is_stale` tells whether our code on disk is no longer what
    this process runs; `failure` is the message for an exception.
    """
    live: Live | None = None
    idle = False
    gc.set_threshold(200_000, 20, 20)  # nobody waits for what can be done while nothing is asked
    _close_in_forks(line)
    with line:
        while True:
            if not idle and not line.poll(IDLE_SECONDS):
                gc.collect()
                idle = True
            try:
                asked, about = cast(tuple[str, str], line.recv())
                whole = receive_line(line) if asked == "whole" else None
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
            elif whole:
                with whole:
                    if live:
                        _in_a_fork(whole, live, Path(about), failure)
            line.send(answer)


def _close_in_forks(line: Line) -> None:
    """Let nobody wait for a line of this process because a fork of it still runs."""
    os.register_at_fork(after_in_child=line.close)


def _in_a_fork(line: Line, live: Live, out: Path, failure: Callable[[BaseException], str]) -> None:
    """Build the whole site in a process of its own, which tells the preview at the other end of `line`."""
    if os.fork():
        return
    try:
        _close_in_forks(line)
        os.setpgid(0, 0)  # so that it can be ended with what it has started
        os.nice(YIELDING)
        line.send(os.getpid())
        line.recv()  # once it is known there; if nobody is there any more, it ends here
        try:
            answer = [str(problem) for problem in live.build(out)]
        except BaseException as error:
            answer = [failure(error)]
        line.send(answer)
    finally:
        os._exit(0)


def reap() -> None:
    """Take note of the forks of this process that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


@dataclass(frozen=True)
class Whole:
    """A whole build that is running."""

    line: Line
    process: int
    ended: threading.Event = field(default_factory=threading.Event)
    """Set once it was ended."""

    def problems(self) -> list[str] | None:
        """Wait for its end; returns the problems, None if it was ended or died."""
        with self.line, suppress(EOFError, OSError):
            answer = self.line.recv()
            return list(answer) if isinstance(answer, list) else None
        self._kill()  # what it has started may have outlived it
        return None

    def end(self) -> None:
        """End it, with every process that it has started, while `problems` waits for it."""
        self.ended.set()
        self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)


class Worker:
    """The worker as the preview sees it. What is asked of one that has died is None."""

    def __init__(self, line: Line) -> None:
        """`line` leads to one."""
        self._one = threading.Lock()
        self._line = line

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
        with self._one, suppress(EOFError, OSError), ExitStack() as opened:
            self._line.send(("whole", str(out)))
            line = opened.enter_context(send_line(self._line))
            self._line.recv()
            process = line.recv()
            line.send(None)
            opened.pop_all()
            return Whole(line, cast(int, process))
        return None

    def close(self) -> None:
        """Hang up, which ends it."""
        with self._one:
            self._line.close()

    def _ask(self, what: str, about: str) -> object:
        with self._one, suppress(EOFError, OSError):
            self._line.send((what, about))
            return self._line.recv()
        return None
