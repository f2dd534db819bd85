"""What is measured of one site: a command, what it built, and a first visit."""

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

from playwright.sync_api import sync_playwright

ROUNDS = 3
"""Of so many times the quickest counts, which other programs disturbed least."""
TOOLS = Path(sys.executable).parent
PAGE = "report/part-3/"
"""The page that is visited: report, figures, links."""
SETTLED = 3000
"""Milliseconds after which the search has loaded what it needs."""
BROWSER = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds by the clock and of the processor, bytes of memory at most."""

    seconds: float
    processor: float
    memory: int


def run(root: Path, command: str) -> Run:
    """Run one of the environment's commands in the folder `root`, from start to exit."""
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
    """The same, as often as is counted."""
    return [run(root, command) for _ in range(ROUNDS)]


def quickest(job: Callable[[], object]) -> float:
    """Seconds that a piece of our own code takes."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        job()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(root: Path, command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start one of the environment's commands in the folder `root`; what it says goes to `log`."""
    # The site's own packages come before those of this checkout, which the environment knows.
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
    """Bytes and files of a built site."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


class _Files(ThreadingHTTPServer):
    """A built site at a local address, and how long every answer was."""

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_File, directory=str(site)))
        self.sent: list[int] = []


class _File(SimpleHTTPRequestHandler):
    """Sends a file as it is, not packed."""

    server: _Files

    def copyfile(self, source: Any, outputfile: Any) -> None:
        body = source.read()
        self.server.sent.append(len(body))
        outputfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is for the table."""


def visit(site: Path, search: str) -> tuple[int, int]:
    """Bytes a browser loads for a first visit to a page, and after a click on its `search` too."""
    with _Files(site) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
        tab = browser.new_page()
        tab.goto(f"http://127.0.0.1:{server.server_port}/{PAGE}", wait_until="networkidle")
        shown = sum(server.sent)
        tab.click(search)
        tab.wait_for_timeout(SETTLED)
        browser.close()
        server.shutdown()
        return shown, sum(server.sent)
