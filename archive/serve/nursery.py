"""Builds, each in a fresh process, so that the project's own code is always the one on disk.

That process is forked from one that has loaded the libraries, so that nobody waits for them.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from archive.project import Project
from archive.source import Problem

Build = Callable[[Project, Path], Sequence[Problem]]

OWN_CODE = ("archive", "macros")
SOURCES = (*OWN_CODE, "docs", "overrides", "mkdocs.yml")
"""What a site is made of, beside its data: names in the root of the project."""

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


def tend() -> None:
    """Be the nursery: fork a process for each job on standard input, answer on standard output."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a build that asks something gets no answer
    os.dup2(2, 1)  # what a build prints goes to the terminal
    sys.stdout = sys.stderr
    for name in LIBRARIES:
        import_module(name)
    while True:
        try:
            path, root, job = pickle.load(jobs)
        except EOFError:
            return
        child = os.fork()
        if not child:
            print(json.dumps(run(path, root, job)), file=answers, flush=True)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code:
            message = f"生成网站的进程须运行到底，现中途中止（退出码 {code}），原因见终端"
            print(json.dumps([message]), file=answers, flush=True)


def run(path: list[str], root: Path, job: bytes) -> list[str]:
    """Do the job, with modules from `path`: the problems as text, or where the program failed."""
    sys.path[:] = path
    # Compiled files are told apart by the second: of two edits within one, the first would stay.
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] in OWN_CODE]:
        del sys.modules[name]
    try:
        build, project, out = pickle.loads(job)
        return [str(problem) for problem in build(project, out)]
    except BaseException as error:
        traceback.print_exception(error, limit=-5)
        return [failure(root, error)]


def failure(root: Path, error: BaseException) -> str:
    """The message for an error of the program: the first cause that has a place in the project."""
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


class Nursery:
    """The process with the libraries loaded, and the way to have it build."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from archive.serve.nursery import tend; tend()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is for us alone; and all of it can be ended at once
        )

    def build(self, build: Build, project: Project, out: Path) -> list[str]:
        """Build in a fresh process: the problems as text, empty if the site is good."""
        jobs, answers = self._process.stdin, self._process.stdout
        assert jobs is not None
        assert answers is not None
        job = pickle.dumps((build, project, out))
        try:
            jobs.write(pickle.dumps((sys.path, project.root.resolve(), job)))
            jobs.flush()
            return list(map(str, json.loads(answers.readline())))
        except (BrokenPipeError, json.JSONDecodeError):
            return ["生成网站的后台进程须一直在运行，现已中止：请按 Ctrl+C，再启动一次预览"]

    def kill(self) -> None:
        """End the nursery and whatever it has started."""
        os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Wait until all of it has gone."""
        self._process.communicate()
