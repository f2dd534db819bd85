"""Run each job in its own process, forked from one that has the libraries and our code loaded.

So a job does not wait for imports, and always runs the code on disk: a process that finds our
code changed since the start imports it again.

The fork server of multiprocessing does not do: it dies of broken code among its preloads, its
children die of Ctrl+C in the terminal, and it cannot be stopped together with a running build and
the processes that build has started.
"""

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from archive.build.preview.worker import (
    Line,
    Open,
    Worker,
    attend,
    reap,
    receive_line,
    send_line,
)
from archive.facts.project import PROGRAM, SOURCES, Project
from archive.files.yaml import Problem

LOST = "生成网站的后台进程须一直在运行，现已中止：请按 Ctrl+C，再启动一次预览"

Make = Callable[[Project, Path], Sequence[Problem]]
"""Makes one file of a site; returns the problems."""

PRELOADED = (
    "lxml.html",
    "markdown.extensions.fenced_code",
    "markdown.extensions.toc",
    "material.templates",
    "mkdocs.commands.build",
    "mkdocs.config.defaults",
    "pydantic.functional_validators",
    "pydantic.types",
    "pygments.formatters.html",
    "pygments.lexers.special",
    "pygments.styles.default",
    "pymdownx.highlight",
    "pymdownx.slugs",
    "pymdownx.superfences",
    "archive.build.live",
    "archive.build.downloads.xlsx",
    "archive.press",
)
"""The modules that a site in memory and its build import; loading ours loads all that they import."""


START = """
import sys
sys.path[:] = sys.argv[1:]
from archive.build.preview.fork_server import run_fork_server
run_fork_server({preloaded})
"""


def run_fork_server(preloaded: Sequence[str]) -> None:
    """Fork one process per job; jobs and answers pass over stdin, which is a line to the preview.

    `preloaded` are modules that the jobs need not wait for. A job that comes with a line of its own is a
    worker, which answers there and is not waited for.
    """
    loaded = program_files()
    line: Line = Connection(os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a build that asks something gets no answer
    os.dup2(2, 1)  # what a build prints goes to the terminal
    sys.stdout = sys.stderr
    # A .pyc file is compared by the second: after two edits within one second, the first would run.
    sys.dont_write_bytecode = True
    with suppress(BaseException):  # the job imports broken code again, and reports it
        for name in preloaded:
            import_module(name)
    while True:
        try:
            root, job, is_worker = cast(tuple[Path, bytes, bool], line.recv())
            own = receive_line(line) if is_worker else None
        except EOFError:
            return
        reap()
        child = os.fork()
        if not child:
            try:
                if own:
                    line.close()  # whoever waits for its end must not wait for this one's
                    work(root, job, own, loaded)
                else:
                    line.send(run(root, job, loaded))
            except BaseException as error:
                traceback.print_exception(error, limit=-5)
            finally:
                os._exit(0)
        if own:
            own.close()
            line.send([])
            continue
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code:
            line.send([f"生成网站的进程须运行到底，现中途中止（退出码 {code}），原因见终端"])


def program_files() -> dict[Path, bytes]:
    """Path → content of every module of our own, as on disk."""
    spec = find_spec(PROGRAM)
    folders = (spec.submodule_search_locations or []) if spec else []
    return {path: path.read_bytes() for folder in folders for path in Path(folder).rglob("*.py")}


def run(root: Path, job: bytes, loaded: dict[Path, bytes]) -> list[str]:
    """Run a pickled job (make, project, file); its problems as text, or one for an exception.

    `loaded` is our code as this process has loaded it; if the disk differs, it is imported again.
    """
    try:
        _refresh(loaded)
        make, project, file = pickle.loads(job)
        return [str(problem) for problem in make(project, file)]
    except BaseException as error:
        traceback.print_exception(error, limit=-5)
        return [failure(root, error)]


def _refresh(loaded: dict[Path, bytes]) -> dict[Path, bytes]:
    """Have our code imported again if it is not what was `loaded`; returns what is on disk."""
    files = program_files()
    if files != loaded:
        for name in [name for name in sys.modules if name.partition(".")[0] == PROGRAM]:
            del sys.modules[name]
    return files


def work(root: Path, job: bytes, line: Line, loaded: dict[Path, bytes]) -> None:
    """Be a worker for the preview at the other end of `line`; `job` as for `attend`, `loaded` as for `run`."""
    running = _refresh(loaded)

    def told(error: BaseException) -> str:
        traceback.print_exception(error, limit=-5)
        return failure(root, error)

    attend(line, job, lambda: program_files() != running, told)


def failure(root: Path, error: BaseException) -> str:
    """The message for an exception: its deepest cause with a line in the project, and that line."""
    place, shown = "", error
    cause: BaseException | None = error
    while cause:
        own = own_lines(root, cause)
        if own:
            place, shown = f"{own[-1]}: ", cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    what = f"{type(shown).__name__}: {shown}".partition("\n")[0]
    return f"{place}程序须运行到底，现出错：{what}（详见终端）"


def own_lines(root: Path, error: BaseException) -> list[str]:
    """The lines in the project's source folders that the traceback passes, as `path:line`."""
    spots = [(spot.filename, spot.lineno) for spot in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        spots.append((error.filename or "", error.lineno))
    return [
        f"{file.relative_to(root).as_posix()}:{line}"
        for file, line in ((Path(name), line) for name, line in spots)
        if any(file.is_relative_to(root / source) for source in SOURCES)
    ]


class ForkServer:
    """The fork server as a child of this process; it runs until `kill`."""

    def __init__(self, preloaded: Sequence[str]) -> None:
        self._one = threading.Lock()
        here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", START.format(preloaded=tuple(preloaded)), *sys.path],
                stdin=there.fileno(),
                start_new_session=True,  # Ctrl+C reaches only this process; `kill` ends the whole group
            )
        self._line: Line = Connection(here.detach())

    def make(self, make: Make, project: Project, file: Path) -> list[str]:
        """Run `make` in a process of its own, one at a time; returns the problems as text.

        A job that dies gives one problem, and so does a fork server that has stopped.
        """
        with self._one, suppress(EOFError, OSError):
            self._line.send((project.root.resolve(), pickle.dumps((make, project, file)), False))
            return cast(list[str], self._line.recv())
        return [LOST]

    def worker(self, open_site: Open, project: Project) -> Worker | None:
        """Begin a worker, which keeps the site as `open_site` loads it; None if the fork server has stopped."""
        with self._one, suppress(EOFError, OSError), ExitStack() as opened:
            self._line.send((project.root.resolve(), pickle.dumps((open_site, project)), True))
            line = opened.enter_context(send_line(self._line))
            self._line.recv()
            opened.pop_all()
            return Worker(line)
        return None

    def kill(self) -> None:
        """End the fork server and every process it has started, but for whole builds."""
        os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Wait until the killed fork server has ended, and hang up."""
        self._process.wait()
        with self._one:
            self._line.close()
