"""Measure a command, a process that goes on, the size of a built site, and a first visit with a browser."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

from playwright.sync_api import Browser, TimeoutError, sync_playwright

ROUNDS = 3
"""How often each thing is measured; the fastest counts, as other programs disturbed it least."""
_TICKS = os.sysconf("SC_CLK_TCK")
TOOLS = Path(sys.executable).parent
LAUNCH = Path(__file__).with_name("launch.py")
PAGE = "report/part-3/"
"""The page that is visited; it has text, figures and links."""
SETTLED = 3000
"""Milliseconds to wait until the search has loaded its files."""
BROWSER = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Seconds(float):
    """Seconds by the clock, and beside them those of processor time, which other load disturbs less."""

    processor: float

    def __new__(cls, seconds: float, processor: float) -> "Seconds":
        """Return the seconds by the clock, as a number, with those of processor time."""
        made = super().__new__(cls, seconds)
        made.processor = processor
        return made


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds by the clock and of processor time, peak memory in bytes."""

    seconds: float
    processor: float
    memory: int

    @property
    def time(self) -> Seconds:
        """The seconds by both clocks."""
        return Seconds(self.seconds, self.processor)

    @staticmethod
    def best(runs: Sequence["Run"]) -> "Run":
        """The least seconds by each clock, and the most memory."""
        return Run(
            min(one.seconds for one in runs),
            min(one.processor for one in runs),
            max(one.memory for one in runs),
        )


def run(root: Path, command: str) -> Run:
    """Run a command of the environment in the folder `root`; exits with its output if it fails."""
    with tempfile.TemporaryFile() as log, tempfile.NamedTemporaryFile() as report:
        launched = [
            sys.executable,
            "-I",
            "-S",
            str(LAUNCH),
            report.name,
            *_with_path(command.split()),
        ]
        process = start(root, launched, log)
        try:
            process.wait()
        except BaseException:  # interrupted; it is in a session of its own
            end(process)
            raise
        code, seconds, processor, memory = json.load(report)
        if code:
            log.seek(0)
            sys.exit(f"{command} 须成功，现退出码为 {code}：\n{log.read().decode()}")
    return Run(seconds, processor, memory)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that `start` began, and all of its session; nothing may be left of it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)


def runs(root: Path, command: str) -> list[Run]:
    """Run a command `ROUNDS` times."""
    return [run(root, command) for _ in range(ROUNDS)]


def quickest(job: Callable[[], object]) -> float:
    """The seconds of the fastest of `ROUNDS` calls of `job`."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        job()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def used(session: int) -> float:
    """Seconds of processor time of a process, of all below it, and of those in its session.

    What they have waited for is counted with them.
    """
    parents, ticks, found = {}, {}, {session}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        one = int(stat.parent.name)
        parents[one], ticks[one] = int(fields[1]), sum(map(int, fields[11:15]))
        if int(fields[3]) == session:
            found.add(one)
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return sum(ticks.get(one, 0) for one in found) / _TICKS


def free_port() -> int:
    """A local port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(
    root: Path, command: Sequence[str], log: IO[bytes] | int, stdin: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start a command of the environment in the folder `root`, in a session of its own; its output goes to `log`."""
    # The packages in `root` go before those of this checkout, installed in the environment.
    path = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        _with_path(command),
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
        stdin=stdin,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _with_path(command: Sequence[str]) -> list[str]:
    """A command with the path of its program, if it is one of the environment."""
    tool = TOOLS / command[0]
    return [str(tool) if tool.exists() else command[0], *command[1:]]


def weight(site: Path) -> tuple[int, int]:
    """The bytes and the number of files of a built site."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


class _Files(ThreadingHTTPServer):
    """Serves a built site at a local address; `sent` collects the bytes of each answer."""

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_File, directory=str(site)))
        self.sent: list[int] = []


class _File(SimpleHTTPRequestHandler):
    """Sends files uncompressed."""

    server: _Files

    def copyfile(self, source: Any, outputfile: Any) -> None:
        body = source.read()
        self.server.sent.append(len(body))
        outputfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: the terminal is for the table."""


def visit(site: Path, search: str, result: str) -> tuple[int, int, float, float]:
    """Bytes a browser loads on a first visit, and in all after a click on the selector `search`.

    And the seconds until it shows the page, by its own clock, and those from the click until the
    selector `result` of a first result, typing included; each of several first visits the fastest.
    """
    with _Files(site) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
        address = f"http://127.0.0.1:{server.server_port}/{PAGE}"
        painted = min(_painted(browser, address) for _ in range(ROUNDS))
        found = min(_found(browser, address, search, result) for _ in range(ROUNDS))
        server.sent.clear()
        tab = browser.new_page()
        tab.goto(address, wait_until="networkidle")
        shown = sum(server.sent)
        tab.click(search)
        tab.wait_for_timeout(SETTLED)
        browser.close()
        server.shutdown()
        return shown, sum(server.sent), painted, found


def _painted(browser: Browser, address: str) -> float:
    """Seconds until the first text of a page is shown to one who has never been there."""
    with browser.new_context() as context:
        tab = context.new_page()
        tab.goto(address, wait_until="networkidle")
        times = "performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
        (painted,) = tab.evaluate(times)
        return float(painted) / 1000


def _found(browser: Browser, address: str, search: str, result: str) -> float:
    """Seconds from opening the search, nothing of it fetched before, to the first result."""
    with browser.new_context() as context:
        tab = context.new_page()
        tab.goto(address, wait_until="networkidle")
        began = time.perf_counter()
        tab.click(search)
        tab.keyboard.type("志愿")
        with suppress(TimeoutError):  # keys that come before the search listens may be lost
            tab.wait_for_selector(result, timeout=3_000)
            return time.perf_counter() - began
        tab.keyboard.press("End")
        tab.wait_for_selector(result)
        return time.perf_counter() - began
