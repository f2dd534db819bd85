"""Live preview: the site at a local address, rebuilt whenever one of its files changes.

A `Server` answers browsers, a `ForkServer` builds, a `SourceWatch` tells of changes; a `Preview`
connects them. A `Worker` keeps the site in memory: after an edit it reads and checks what is recorded,
and then makes the page that is looked at, while the whole site is built beside it. So an edit is seen
at once, and all else is what a whole build makes.
"""

import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from errno import EADDRINUSE
from pathlib import Path
from queue import SimpleQueue
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Self

from archive.build.preview.fork_server import LOST, PRELOADED, Build, ForkServer
from archive.build.preview.server import PreviewState, Server
from archive.build.preview.watching import SourceWatch
from archive.build.preview.worker import DIED, Live, Open, Whole, Worker
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


def open_site(project: Project) -> tuple[Sequence[object], Live | None]:
    """Load a site and check it; returns its problems, and the site if it has none."""
    from archive.build.live import open_live

    return open_live(project)


class Preview:
    """While entered, rebuild the site of a project at each change and show it by `server`.

    With `open_site` a worker keeps the site, and `build` is not used. `preloaded` are the modules that
    are loaded once, for all builds.
    """

    def __init__(
        self,
        project: Project,
        server: Server,
        build: Build,
        late: Build = make_deferred_file,
        preloaded: Sequence[str] = PRELOADED,
        open_site: Open | None = None,
    ) -> None:
        self._project = project
        self._open_site = open_site
        self._worker: Worker | None = None
        self._whole: tuple[Whole, threading.Thread] | None = None
        """The whole site being built, and the thread that waits for it."""
        self._shows = threading.Lock()
        """Held while what is shown goes over into something else."""
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
        self._place = Path(self._folder.name).resolve()
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
        self._end_whole()
        if self._worker:
            self._worker.close()
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
        out = self._place / token_hex(8)
        with self._lock:
            changed, self._changed = sorted(self._changed), set()
        cause = f"{_some(changed)} 有改动" if changed else "生成"
        if self._open_site is None:
            problems = self._builds.build(self._build, self._project, out)
            self._end(PreviewState(out), problems, cause, start)
            return
        problems = self._update(self._open_site)
        if not problems and not self._over.is_set():
            self._end_whole()
            problems = self._begin_whole(out, cause, start)
        site = self._server.showing.site
        if problems or site:  # else there is nothing to show until all of it is built
            page = self._worker.page if self._worker else None
            self._end(PreviewState(site, (), page, out.name), problems, cause, start, out)

    def _end(
        self,
        fresh: PreviewState,
        problems: Sequence[str],
        cause: str,
        start: float,
        *kept: Path,
    ) -> None:
        """Show the state `fresh`, or with problems what is shown now; tell of it. Folders `kept` stay."""
        if self._over.is_set():
            return
        with self._shows:
            before = self._server.showing
            showing = replace(before, problems=tuple(problems)) if problems else fresh
            self._server.show(showing)
        result = f"{showing.heading}：{_some(_places(problems))}" if problems else "已更新"
        print(f"{cause}，用时 {time.monotonic() - start:.1f} 秒：{result}", flush=True)
        for old in self._place.iterdir():
            # Requests for the previous site may still be running.
            if old.is_dir() and old not in (before.site, showing.site, *kept):
                shutil.rmtree(old, ignore_errors=True)

    def _update(self, open_site: Open) -> list[str]:
        """Have the worker read the site anew, another one if our code has changed; the problems."""
        for _ in range(2):
            problems = self._worker.update() if self._worker else None
            if problems is not None:
                return problems
            if self._worker:
                self._worker.close()
                self._worker = None
            with suppress(BrokenPipeError):
                self._worker = self._builds.worker(self._place, open_site, self._project)
        return [DIED if self._worker else LOST]

    def _begin_whole(self, out: Path, cause: str, start: float) -> list[str]:
        """Begin to build the whole site into `out`; returns the problem if that cannot be."""
        whole = self._worker.whole(out) if self._worker else None
        if whole is None:
            return [DIED]
        finishing = threading.Thread(target=self._finish, args=(whole, out, cause, start))
        self._whole = whole, finishing
        finishing.start()
        return []

    def _end_whole(self) -> None:
        """End the building of a site that is no longer wanted; the first one is waited for."""
        if self._whole:
            whole, finishing = self._whole
            if self._server.showing.site or self._over.is_set():
                whole.end()
            finishing.join()
            self._whole = None

    def _finish(self, whole: Whole, out: Path, cause: str, start: float) -> None:
        """Show the whole site in `out` once it is built, or tell what is wrong with it."""
        found = whole.problems()
        if self._over.is_set() or (found is None and whole.ended.is_set()):
            return
        problems = [DIED] if found is None else found
        site = self._server.showing.site
        if site is None:
            self._end(PreviewState(out), problems, cause, start)
            return
        with self._shows:
            before = self._server.showing
            if problems:
                # Of what was recorded since, the problems are told already.
                showing = PreviewState(site, before.problems or tuple(problems))
            else:
                same = _design(site) == _design(out)
                version = before.shown if same else f"{out.name}+"
                showing = PreviewState(out, before.problems, version=version)
            self._server.show(showing)
        if problems:
            print(f"{showing.heading}：{_some(_places(problems))}", flush=True)


def _design(site: Path) -> dict[str, bytes]:
    """The files of the design in a built site, by name."""
    return {path.name: path.read_bytes() for path in (site / "assets").glob("*.*")}


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
    with Preview(project, server, build, open_site=open_site if build is build_site else None):
        print(f"预览地址：{server.url}（按 Ctrl+C 结束）", flush=True)
        ends.get()
    print("预览已结束")
    return 0
