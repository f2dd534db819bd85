"""Measure how soon a preview shows an edit: from saving a file until the served page has it."""

import http.client
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from statistics import median

from bench.changes import one_more
from bench.measure import PAGE, ROUNDS, free_port, start

EDITED = "bench/p001"
SERVED = re.compile(r'(?:#|indicators/)volunteer_services/?"[^>]*>([^<]+)')
"""Finds on the page the sum that the edited record is part of; its link leads to the register or beyond."""
PATIENCE = 300
"""Seconds to wait for an edit to show; then the bench exits."""


def edits(root: Path, command: str) -> tuple[float, float]:
    """Median seconds until the preview by `command` shows an edited record, and an edited page."""
    record = next((root / "data" / "volunteering").rglob("*.yml"))
    page = root / "docs" / f"{EDITED}.md"
    with _preview(root, command) as get:
        records = [_record_shows(record, get) for _ in range(ROUNDS)]
        pages = [_page_shows(page, f"又改了一处（{n}）。", get) for n in range(ROUNDS)]
    return median(records), median(pages)


def _record_shows(record: Path, get: Callable[[str], str]) -> float:
    """Add one service to a record; seconds until the sum on the page is one more."""

    def total() -> int:
        found = SERVED.search(get(PAGE))
        return int("".join(filter(str.isdigit, unescape(found[1])))) if found else 0

    before = total()
    more = one_more(record.read_text("utf-8"))
    return _seconds_until(record, more, lambda: total() == before + 1)


def _page_shows(page: Path, addition: str, get: Callable[[str], str]) -> float:
    text = f"{page.read_text('utf-8')}\n{addition}\n"
    return _seconds_until(page, text, lambda: addition in get(f"{EDITED}/"))


def _seconds_until(path: Path, text: str, shown: Callable[[], bool]) -> float:
    time.sleep(1)  # let the builds of the last edit finish
    begun = time.perf_counter()
    path.write_text(text, "utf-8")
    while not shown():
        if time.perf_counter() - begun > PATIENCE:
            sys.exit(f"改动须在 {PATIENCE} 秒内显示，现没有：{path}")
        time.sleep(0.02)
    return time.perf_counter() - begun


@contextmanager
def _preview(root: Path, command: str) -> Iterator[Callable[[str], str]]:
    """Run a preview; yields a function path → text of the page, once pages are shown."""
    port = free_port()

    def get(path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/{path}")
            return connection.getresponse().read().decode()
        except ConnectionError:
            return ""
        finally:
            connection.close()

    with tempfile.TemporaryFile() as log:
        process = start(root, command.format(port=port).split(), log)
        try:
            while not SERVED.search(get(PAGE)):
                if process.poll() is not None:
                    log.seek(0)
                    sys.exit(f"{command} 须一直运行，现已结束：\n{log.read().decode()}")
                time.sleep(0.1)
            yield get
        finally:
            process.terminate()
            process.wait()
