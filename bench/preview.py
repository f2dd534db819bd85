"""Measure how soon a preview shows an edit: from saving a file until the served page has it."""

import http.client
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from itertools import takewhile
from pathlib import Path
from statistics import median

from bench.changes import first_record, one_more
from bench.measure import PAGE, ROUNDS, Seconds, end, free_port, start, used

EDITED = "bench/p001"
ADDED = "次改了这一页。"
SERVED = re.compile(r'(?:#|indicators/)volunteer_services/?"[^>]*>([^<]+)')
"""Finds on the page the sum that the edited record is part of; its link leads to the register or beyond."""
PATIENCE = 120
"""Seconds to wait for the first page, or for an edit to show."""
SETTLING = 15
"""Seconds to wait at most until a preview has nothing to do; some look for changes all the time."""


def edits(
    root: Path, command: str, rounds: int = ROUNDS, shows_records: bool = True
) -> tuple[Seconds | None, Seconds | None]:
    """Median seconds until the preview by `command` shows an edited record, and an edited page.

    None for one that it does not show within `PATIENCE`.
    """
    record = first_record(root)
    page = root / "docs" / f"{EDITED}.md"
    with _preview(root, command) as preview:
        records = _median(_record_shows(record, preview) for _ in range(rounds * shows_records))
        pages = _median(_page_shows(page, preview) for _ in range(rounds))
    return records, pages


def _median(found: Iterable[Seconds | None]) -> Seconds | None:
    """The median by each clock, up to the first edit that was not shown; None if that was the first."""
    shown = [one for one in takewhile(bool, found) if one]
    return Seconds(median(shown), median(one.processor for one in shown)) if shown else None


def _record_shows(record: Path, preview: "_Preview") -> Seconds | None:
    """Add one service to a record; seconds until the sum on the page is one more."""

    def total() -> int:
        found = SERVED.search(preview.get(PAGE))
        return int("".join(filter(str.isdigit, unescape(found[1])))) if found else 0

    before = total()
    more = one_more(record.read_text("utf-8"))
    return _until(record, more, lambda: total() == before + 1, preview)


def _page_shows(page: Path, preview: "_Preview") -> Seconds | None:
    """Add a sentence that no edit before has added, since several previews show the same page."""
    text = page.read_text("utf-8")
    addition = f"第{text.count(ADDED) + 1}{ADDED}"
    text = f"{text}\n{addition}\n"
    return _until(page, text, lambda: addition in preview.get(f"{EDITED}/"), preview)


def _until(path: Path, text: str, shown: Callable[[], bool], preview: "_Preview") -> Seconds | None:
    _wait_until_idle(preview)
    used_before = used(preview.session)
    begun = time.perf_counter()
    path.write_text(text, "utf-8")
    while not shown():
        if time.perf_counter() - begun > PATIENCE:
            return None
        time.sleep(0.02)
    seconds = time.perf_counter() - begun
    return Seconds(seconds, used(preview.session) - used_before)


def _wait_until_idle(preview: "_Preview") -> None:
    """Let the builds of the last edit finish: a second in which it has worked for less than a quarter."""
    for _ in range(SETTLING):
        before = used(preview.session)
        time.sleep(1)
        if used(preview.session) - before < 0.25:
            return


@dataclass(frozen=True)
class _Preview:
    """A preview that runs: `get` returns the text of a page, `session` is that of its processes."""

    get: Callable[[str], str]
    session: int


@contextmanager
def _preview(root: Path, command: str) -> Iterator[_Preview]:
    """Run a preview, which is yielded once it shows pages."""
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
            begun = time.perf_counter()
            while not SERVED.search(get(PAGE)):
                if time.perf_counter() - begun > PATIENCE:
                    sys.exit(f"{command} 须在 {PATIENCE} 秒内显示页面，现没有")
                if process.poll() is not None:
                    log.seek(0)
                    sys.exit(f"{command} 须一直运行，现已结束：\n{log.read().decode()}")
                time.sleep(0.1)
            yield _Preview(get, process.pid)
        finally:
            end(process)
            process.wait()
