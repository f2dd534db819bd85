"""Live preview: the site at a local address, rebuilt whenever one of its files changes.

A `Server` answers browsers, a `ForkServer` builds, a `Preview` watches files and connects them.
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
from archive.build.preview.server import PreviewState, Server
from archive.facts.project import SOURCES, Project
from archive.files.yaml import Problem


def build_site(project: Project, out: Path) -> Sequence[Problem]:
    """Build the site with empty print files, which are made on request; returns the problems."""
    # Imported in the process that builds, so that an error in our code shows on the page.
    from archive.build.site import build

    return build(project, out, printing="late")


def make_deferred_file(project: Project, file: Path) -> Sequence[Problem]:
    """Make the empty print file `file` of a site built by `build_site`; its problems."""
    from archive.press import make_deferred

    return make_deferred(project, file)


class Sources(DefaultFilter):
    """Leaves out changes of caches and of the temporary files of editors."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^4913$", r"^#.*#$")


class WatchStarted:
    """Stop event for a watch that also sets `begun` once the watch is in place.

    The watch stops when `stop` is set.
    """

    def __init__(self, begun: threading.Event, stop: threading.Event) -> None:
        self._begun: threading.Event | None = begun
        self._stop = stop

    def is_set(self) -> bool:
        """Whether to stop; the watch first asks when it is in place, and then at each step."""
        if self._begun:
            self._begun.set()
            self._begun = None
        return self._stop.is_set()


watch_files = partial(watch, debounce=30, step=10)


class Preview:
    """While entered, rebuild the site of a project at each change and show it by `server`."""

    def __init__(
        self, project: Project, server: Server, build: Build, late: Build = make_deferred_file
    ) -> None:
        self._project = project
        self._server = server
        self._build = build
        server.late = lambda file: self._builds.build(late, project, file)
        self._due, self._look_again, self._over = (threading.Event() for _ in range(3))
        parts = (server.serve_forever, self._watch_root, self._watch_folders, self._keep_building)
        self._threads = [threading.Thread(target=part) for part in parts]

    def __enter__(self) -> Self:
        """Start; the first build begins as soon as the files are watched."""
        self._folder = TemporaryDirectory(prefix="archive-serve-")
        self._builds = ForkServer()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Stop every thread and process, also a running build, and delete the built sites."""
        for event in (self._over, self._look_again, self._due):
            event.set()
        self._builds.kill()
        self._server.close()
        for thread in self._threads:
            thread.join()
        self._builds.close()
        self._folder.cleanup()

    def _watch_root(self) -> None:
        # Editors replace a file by a new one, which only a watch of its folder notices. A source
        # folder may also be created, or deleted and created again, while the preview runs.
        for _ in watch_files(
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
            begun = WatchStarted(self._due, self._look_again)
            for _ in watch_files(*folders, watch_filter=Sources(), stop_event=begun):
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
        showing = PreviewState(before, tuple(problems)) if problems else PreviewState(out)
        self._server.show(showing)
        result = "\n".join([f"{showing.heading}：", *problems]) if problems else "已更新"
        print(f"用时 {time.monotonic() - start:.1f} 秒；{result}", flush=True)
        for old in folder.iterdir():
            if old not in (
                before,
                showing.site,
            ):  # requests for the previous site may still be running
                shutil.rmtree(old, ignore_errors=True)


def serve(
    project: Project,
    host: str = "127.0.0.1",
    port: int = 8000,
    build: Build = build_site,
    open_browser: bool = False,
) -> int:
    """Preview the project until Ctrl+C; returns the exit code, 1 if the address cannot be used."""
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
