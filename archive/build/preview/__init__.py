"""Live preview: the site at a local address, rebuilt whenever one of its files changes.

A `Server` answers browsers, a `ForkServer` builds, a `SourceWatch` tells of changes; a `Preview`
connects them.
"""

import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from errno import EADDRINUSE
from pathlib import Path
from queue import SimpleQueue
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Self

from archive.build.preview.fork_server import PRELOADED, Build, ForkServer
from archive.build.preview.server import PreviewState, Server
from archive.build.preview.watching import SourceWatch
from archive.facts.project import Project
from archive.files.yaml import Problem

MAX_NAMED = 3
"""The most files or places that the line about a build names; the others are only counted."""
_PLACE = re.compile(r"(\S.*?:[0-9]+): .*", re.DOTALL)


def build_site(project: Project, out: Path) -> Sequence[Problem]:
    """Build the site with empty print files, which are made on request; returns the problems."""
    # Imported in the process that builds, so that an error in our code shows on the page.
    from archive.build.site import build

    return build(project, out, printing="late")


def make_deferred_file(project: Project, file: Path) -> Sequence[Problem]:
    """Make the empty print file `file` of a site built by `build_site`; its problems."""
    from archive.press import make_deferred

    return make_deferred(project, file)


class Preview:
    """While entered, rebuild the site of a project at each change and show it by `server`.

    `preloaded` are the modules that are loaded once, for all builds.
    """

    def __init__(
        self,
        project: Project,
        server: Server,
        build: Build,
        late: Build = make_deferred_file,
        preloaded: Sequence[str] = PRELOADED,
    ) -> None:
        self._project = project
        self._preloaded = preloaded
        self._server = server
        self._build = build
        server.late = lambda file: self._builds.build(late, project, file)
        self._changed: set[str] = set()
        self._lock = threading.Lock()
        self._due, self._over = threading.Event(), threading.Event()
        self._watch = SourceWatch(project, self._add)
        watches = (self._watch.watch_root, self._watch.watch_folders)
        parts = (server.serve_forever, *watches, self._keep_building)
        self._threads = [threading.Thread(target=part) for part in parts]

    def __enter__(self) -> Self:
        """Start; the first build begins as soon as the files are watched."""
        self._folder = TemporaryDirectory(prefix="archive-serve-")
        self._builds = ForkServer(self._preloaded)
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Stop every thread and process, also a running build, and delete the built sites."""
        self._watch.stop()
        for event in (self._over, self._due):
            event.set()
        self._builds.kill()
        self._server.close()
        for thread in self._threads:
            thread.join()
        self._builds.close()
        self._folder.cleanup()

    def _add(self, changed: Iterable[str]) -> None:
        with self._lock:
            self._changed.update(changed)
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
        with self._lock:
            changed, self._changed = sorted(self._changed), set()
        problems = self._builds.build(self._build, self._project, out)
        if self._over.is_set():
            return
        showing = PreviewState(before, tuple(problems)) if problems else PreviewState(out)
        self._server.show(showing)
        cause = f"{_some(changed)} 有改动" if changed else "生成"
        result = f"{showing.heading}：{_some(_places(problems))}" if problems else "已更新"
        print(f"{cause}，用时 {time.monotonic() - start:.1f} 秒：{result}", flush=True)
        for old in folder.iterdir():
            if old not in (
                before,
                showing.site,
            ):  # requests for the previous site may still be running
                shutil.rmtree(old, ignore_errors=True)


def _places(problems: Sequence[str]) -> list[str]:
    """Where the problems are, in order, each place once; those without a place as they are."""
    return list(dict.fromkeys(_PLACE.sub(r"\1", problem) for problem in problems))


def _some(names: Sequence[str]) -> str:
    rest = f" 等 {len(names)} 处" if len(names) > MAX_NAMED else ""
    return f"{'、'.join(names[:MAX_NAMED])}{rest}"


def serve(
    project: Project,
    host: str = "127.0.0.1",
    port: int = 8000,
    build: Build = build_site,
    review: Callable[[str], str | None] = lambda _: None,
) -> int:
    """Preview the project until Ctrl+C; returns the exit code, 1 if the address cannot be used.

    `review` makes the page on which a report is reviewed, by its id.
    """
    try:
        server = Server(host, port)
    except OSError as error:
        if error.errno == EADDRINUSE:
            reason = f"端口 {port} 须空闲，现被别的程序占用：关掉那个程序，或用 --port 另选一个端口"
        else:
            reason = f"预览须能以 {host}:{port} 为地址，现不能：{error.strerror}"
        print(reason, file=sys.stderr)
        return 1
    server.review = review
    ends: SimpleQueue[None] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ends.put(None))
    with Preview(project, server, build):
        print(f"预览地址：{server.url}（按 Ctrl+C 结束）", flush=True)
        ends.get()
    print("预览已结束")
    return 0
