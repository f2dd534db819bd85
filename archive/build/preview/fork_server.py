"""Builds, each in a process of its own, forked from one that has the libraries and our code loaded.

So nobody waits for the libraries, and our code is always the one on disk: a process that finds it
changed since the start loads it anew.

Not multiprocessing's fork server: broken code among what it preloads is the end of it, what it forks
dies of the terminal's Ctrl+C, and it has no way of its own to be stopped together with a build under
way and what that has started.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from archive.facts.project import OWN_CODE, SOURCES, Project
from archive.files.yaml import Problem

Build = Callable[[Project, Path], Sequence[Problem]]

OWN_MODULES = ("archive.build.whole", "archive.build.downloads.xlsx", "archive.press", "macros")
"""What a build imports of the project's own code, and they in turn."""

LIBRARIES = (
    "lxml.html",
    "markdown.extensions.fenced_code",
    "markdown.extensions.footnotes",
    "markdown.extensions.tables",
    "markdown.extensions.toc",
    "material.templates",
    "mkdocs.commands.build",
    "mkdocs.config.defaults",
    "mkdocs_macros.plugin",
    "pydantic.functional_validators",
    "pydantic.types",
    "pygments.formatters.html",
    "pygments.lexers.special",
    "pygments.styles.default",
    "pymdownx.highlight",
    "pymdownx.slugs",
    "pymdownx.superfences",
)


START = """
import sys
sys.path[:] = sys.argv[1:]
from archive.build.preview.fork_server import run_fork_server
run_fork_server()
"""


def run_fork_server() -> None:
    """Fork one process per job; jobs arrive pickled on stdin, problems leave as JSON lines on stdout."""
    loaded = own_code()
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a build that asks something gets no answer
    os.dup2(2, 1)  # what a build prints goes to the terminal
    sys.stdout = sys.stderr
    # Compiled files are told apart by the second: of two edits within one, the first would stay.
    sys.dont_write_bytecode = True
    for name in LIBRARIES:
        import_module(name)
    with suppress(BaseException):  # broken code is told of by the build, where it is imported again
        for name in OWN_MODULES:
            import_module(name)
    while True:
        try:
            root, job = pickle.load(jobs)
        except EOFError:
            return
        child = os.fork()
        if not child:
            print(json.dumps(run(root, job, loaded)), file=answers, flush=True)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code:
            message = f"生成网站的进程须运行到底，现中途中止（退出码 {code}），原因见终端"
            print(json.dumps([message]), file=answers, flush=True)


def own_code() -> dict[Path, bytes]:
    """The project's own modules, path → content, as they are on disk."""
    specs = filter(None, map(find_spec, OWN_CODE))
    folders = [folder for spec in specs for folder in spec.submodule_search_locations or ()]
    return {path: path.read_bytes() for folder in folders for path in Path(folder).rglob("*.py")}


def run(root: Path, job: bytes, loaded: dict[Path, bytes]) -> list[str]:
    """Run a pickled job (build, project, out); returns its problems as text, or where it failed.

    `loaded` is our code as this process has it; if that on disk differs, it is imported anew.
    """
    try:
        if own_code() != loaded:
            for name in [name for name in sys.modules if name.partition(".")[0] in OWN_CODE]:
                del sys.modules[name]
        build, project, out = pickle.loads(job)
        return [str(problem) for problem in build(project, out)]
    except BaseException as error:
        traceback.print_exception(error, limit=-5)
        return [failure(root, error)]


def failure(root: Path, error: BaseException) -> str:
    """The message for an error of the program: its first cause that has a place in the project."""
    place, told = "", error
    cause: BaseException | None = error
    while cause:
        own = own_lines(root, cause)
        if own:
            place, told = f"{own[-1]}: ", cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    what = f"{type(told).__name__}: {told}".partition("\n")[0]
    return f"{place}程序须运行到底，现出错：{what}（详见终端）"


def own_lines(root: Path, error: BaseException) -> list[str]:
    """The lines of the project's own that the error came by, as `path:line`."""
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

    def __init__(self) -> None:
        self._one = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is for us alone; and all of it can be ended at once
        )

    def build(self, build: Build, project: Project, out: Path) -> list[str]:
        """Build in a process of its own, one at a time; returns the problems as text.

        A build that dies is such a problem, and so is the loss of the fork server.
        """
        jobs, answers = self._process.stdin, self._process.stdout
        assert jobs is not None
        assert answers is not None
        job = pickle.dumps((build, project, out))
        try:
            with self._one:
                jobs.write(pickle.dumps((project.root.resolve(), job)))
                jobs.flush()
                return list(map(str, json.loads(answers.readline())))
        except (BrokenPipeError, json.JSONDecodeError):
            return ["生成网站的后台进程须一直在运行，现已中止：请按 Ctrl+C，再启动一次预览"]

    def kill(self) -> None:
        """End the fork server and whatever it has started, a build under way included."""
        os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Wait until the killed server has gone, and let go of its pipes."""
        self._process.communicate()
