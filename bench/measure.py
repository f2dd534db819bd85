"""Measure a command, the size of a built site, and a first visit with a browser."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

from playwright.sync_api import Browser, sync_playwright

ROUNDS = 3
"""How often each thing is measured; the fastest counts, as other programs disturbed it least."""
TOOLS = Path(sys.executable).parent
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


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds by the clock and of processor time, peak memory in bytes."""

    seconds: float
    processor: float
    memory: int


def run(root: Path, command: str) -> Run:
    """Run a command of the environment in the folder `root`; exits with its output if it fails."""
    with tempfile.TemporaryFile() as log:
        begun = time.perf_counter()
        process = start(root, command.split(), log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.exit(f"{command} 须成功，现退出码为 {process.returncode}：\n{log.read().decode()}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


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


def free_port() -> int:
    """A local port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(root: Path, command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a command of the environment in the folder `root`; its output goes to `log`."""
    # The packages in `root` go before those of this checkout, installed in the environment.
    path = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [TOOLS / command[0], *command[1:]],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )


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
        tab.wait_for_selector(result)
        return time.perf_counter() - began
