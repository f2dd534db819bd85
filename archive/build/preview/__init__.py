"""Live preview: the site at a local address, built anew whenever one of its files changes.

A `Server` answers browsers, a `ForkServer` builds, a `Preview` watches the files and joins the two.
"""

import shutil
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from errno import EADDRINUSE
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Self

from watchfiles import DefaultFilter, watch

from archive.build.preview.fork_server import Build, ForkServer
from archive.build.preview.server import Server, Showing
from archive.facts.project import SOURCES, Project
from archive.files.yaml import Problem


def build_site(project: Project, out: Path) -> Sequence[Problem]:
    """The site as `archive build` makes it, but for print files, which wait to be asked for."""
    from archive.build.whole import (
        build,  # where it runs: whatever is wrong with it shows on the page
    )

    return build(project, out, printing="late")


def make_late(project: Project, file: Path) -> Sequence[Problem]:
    """A print file of such a site."""
    from archive.press import late

    return late(project, file)


class Sources(DefaultFilter):
    """Changes that matter: not those of caches, nor of what an editor writes beside a file."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^4913$", r"^#.*#$")


class Begun:
    """Stops a watch when `stop` is set, and sets `begun` once the watch misses nothing any more."""

    def __init__(self, begun: threading.Event, stop: threading.Event) -> None:
        self._begun: threading.Event | None = begun
        self._stop = stop

    def is_set(self) -> bool:
        """Asked by the watch at each step, so for the first time when it is in place."""
        if self._begun:
            self._begun.set()
            self._begun = None
        return self._stop.is_set()


watch_closely = partial(watch, debounce=30, step=10)


class Preview:
    """While entered: the site of a project, built anew at each change, shown by a server."""

    def __init__(
        self, project: Project, server: Server, build: Build, late: Build = make_late
    ) -> None:
        self._project = project
        self._server = server
        self._build = build
        server.late = lambda file: self._builds.build(late, project, file)
        self._due, self._look_again, self._over = (threading.Event() for _ in range(3))
        parts = (server.serve_forever, self._watch_root, self._watch_folders, self._keep_building)
        self._threads = [threading.Thread(target=part) for part in parts]

    def __enter__(self) -> Self:
        """Start; the first build is due as soon as the files are watched."""
        self._folder = TemporaryDirectory(prefix="archive-serve-")
        self._builds = ForkServer()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """End everything, a build under way included, and leave nothing behind."""
        for event in (self._over, self._look_again, self._due):
            event.set()
        self._builds.kill()
        self._server.close()
        for thread in self._threads:
            thread.join()
        self._builds.close()
        self._folder.cleanup()

    def _watch_root(self) -> None:
        # Editors put a new file in place of the old one: only its folder can be watched for that.
        # And a folder may come, or come back, while we watch.
        for _ in watch_closely(
            self._project.root,
            recursive=False,
            watch_filter=lambda _, path: Path(path).name in SOURCES,
            stop_event=self._over,
        ):
            self._look_again.set()

    def _watch_folders(self) -> None:
        while True:
            self._look_again.clear()
            if self._over.is_set():
                return
            named = (self._project.root / name for name in SOURCES)
            folders = {path for path in (*named, self._project.data) if path.is_dir()}
            begun = Begun(self._due, self._look_again)
            for _ in watch_closely(*folders, watch_filter=Sources(), stop_event=begun):
                self._due.set()

    def _keep_building(self) -> None:
        while True:
            self._due.wait()
            self._due.clear()
            if self._over.is_set():
                return
            self._build_once()

    def _build_once(self) -> None:
        start = time.monotonic()
        folder = Path(self._folder.name).resolve()
        before, out = self._server.showing.site, folder / token_hex(8)
        problems = self._builds.build(self._build, self._project, out)
        if self._over.is_set():
            return
        showing = Showing(before, tuple(problems)) if problems else Showing(out)
        self._server.show(showing)
        result = "\n".join([f"{showing.heading}：", *problems]) if problems else "已更新"
        print(f"用时 {time.monotonic() - start:.1f} 秒；{result}", flush=True)
        for old in folder.iterdir():
            if old not in (before, showing.site):  # of the one before, requests may be under way
                shutil.rmtree(old, ignore_errors=True)


def serve(
    project: Project,
    host: str = "127.0.0.1",
    port: int = 8000,
    build: Build = build_site,
    open_browser: bool = False,
) -> int:
    """Preview the project until Ctrl+C; the exit code."""
    try:
        server = Server(host, port)
    except OSError as error:
        if error.errno == EADDRINUSE:
            reason = f"端口 {port} 须空闲，现被别的程序占用：关掉那个程序，或用 --port 另选一个端口"
        else:
            reason = f"预览须能以 {host}:{port} 为地址，现不能：{error.strerror}"
        print(reason, file=sys.stderr)
        return 1
    ends: SimpleQueue[None] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ends.put(None))
    with Preview(project, server, build):
        print(f"预览地址：{server.url}（按 Ctrl+C 结束）", flush=True)
        if open_browser:
            webbrowser.open(server.url)
        ends.get()
    print("预览已结束")
    return 0
