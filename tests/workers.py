"""`--workers N`: the tests are collected once, then N processes that begin as copies of this one share the files.

A file's tests stay together, since they share what they have made; each process takes the next file as soon as it
has none. What a test that passed has said does not come back: ten thousand such reports took as long as many tests.
"""

import atexit
import multiprocessing
import os
import signal
import traceback
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import pytest

from tests.samples.own_caches import own_caches

OWN_FOLDERS: list[Path] = []
"""In a worker, the folder that all of them share, and its own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--workers", type=int, default=0, help="how many processes share the files")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    if (
        not session.config.option.workers
        or session.config.option.collectonly
        or session.testsfailed
    ):
        return None
    threads = len(list(Path("/proc/self/task").iterdir()))
    assert threads == 1, (
        f"{threads} threads after collection: no module may start one, for a copy has none of them"
    )
    files: dict[Path, list[pytest.Item]] = {}
    for item in session.items:
        files.setdefault(item.path, []).append(item)
    Workers(session, list(files.values())).run()
    return True


class Workers:
    """The processes, and what they say of the tests."""

    def __init__(self, session: pytest.Session, files: list[list[pytest.Item]]) -> None:
        self.session, self.files = session, files
        self.running: dict[Connection, tuple[int, pytest.Item]] = {}
        """Where a process is heard → its number, and the first test of its file."""
        # Each takes the next number; the ends that they have are closed when they are.
        self.todo, given = os.pipe()
        os.write(given, bytes(number for at in range(len(files)) for number in divmod(at, 256)))
        os.close(given)

    def run(self) -> None:
        missing = {item.nodeid for item in self.session.items}
        try:
            for number in range(self.session.config.option.workers):
                self._start(number)
            while self.running:
                for heard in wait(list(self.running)):
                    assert isinstance(heard, Connection)
                    missing.discard(self._hear(heard))
                    if self.session.shouldfail:
                        raise self.session.Failed(self.session.shouldfail)
        finally:
            for pid, _ in self.running.values():
                os.kill(pid, signal.SIGINT)  # they put away what they have made
                os.waitpid(pid, 0)
            os.close(self.todo)
        if missing and not self.session.testsfailed:
            raise self.session.Failed(f"not run: {sorted(missing)}")

    def _start(self, number: int) -> None:
        heard, says = multiprocessing.Pipe(duplex=False)
        pid = os.fork()
        if not pid:
            heard.close()
            _be_worker(self.session, number, self.files, self.todo, says)
        says.close()
        self.running[heard] = pid, self.session.items[0]

    def _hear(self, heard: Connection) -> str:
        """What a process says next; the name of the test of which it is, if of one."""
        config = self.session.config
        try:
            told = heard.recv()
        except EOFError:
            pid, first = self.running.pop(heard)
            if status := os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
                died = f"the process that ran {first.path} ended with {status}"
                self._report(
                    pytest.TestReport(first.nodeid, first.location, {}, "failed", died, "call")
                )
            return ""
        if isinstance(told, int):
            self.running[heard] = self.running[heard][0], self.files[told][0]
            return ""
        if isinstance(told, tuple):
            nodeid, location, spent = told
            report = pytest.TestReport(nodeid, location, {}, "passed", None, "call", duration=spent)
        else:
            report = config.hook.pytest_report_from_serializable(config=config, data=told)
        self._report(report)
        return report.nodeid

    def _report(self, report: pytest.TestReport) -> None:
        self.session.config.hook.pytest_runtest_logreport(report=report)


class Said:
    """Sends what a worker's tests report, but that it went well before and after a test."""

    def __init__(self, config: pytest.Config, says: Connection) -> None:
        self.config, self.says = config, says

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            told = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
            self.says.send(told)
        elif report.when == "call":
            self.says.send((report.nodeid, report.location, report.duration))


def _be_worker(
    session: pytest.Session,
    number: int,
    files: list[list[pytest.Item]],
    todo: int,
    says: Connection,
) -> None:
    """Run the tests of one file after the other; the process ends here."""
    status = 1
    try:
        _begin(session.config, number, says)
        _run(files, todo, says)
        status = 0
    except KeyboardInterrupt:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(BaseException):
            atexit._run_exitfuncs()
        says.close()
        os._exit(status)


def _begin(config: Any, number: int, says: Connection) -> None:
    """What the copy has of its own: what it does in the end, where it writes, what tests print, whom it tells."""
    atexit._clear()
    shared = config._tmp_path_factory.getbasetemp()
    OWN_FOLDERS[:] = [shared, shared / f"worker-{number}"]
    OWN_FOLDERS[1].mkdir()
    config._tmp_path_factory._basetemp = OWN_FOLDERS[1]
    plugins = config.pluginmanager
    capture = plugins.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()
    plugins.unregister(name="terminalreporter")
    plugins.register(Said(config, says))
    own_caches()


def _run(files: list[list[pytest.Item]], todo: int, says: Connection) -> None:
    numbers = _numbers(todo)
    at = next(numbers, None)
    while at is not None:
        says.send(at)
        items, at = files[at], None
        for place, item in enumerate(items, 1):
            # What the next test shares with this one stays; the next file is asked for as late as that allows.
            last = place == len(items)
            at = next(numbers, None) if last else None
            following = (None if at is None else files[at][0]) if last else items[place]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _numbers(todo: int) -> Iterator[int]:
    while taken := os.read(todo, 2):
        high, low = taken
        yield 256 * high + low
