"""Live preview: the site at a local address, rebuilt whenever one of its files changes.

A `Server` answers browsers, a `ForkServer` begins processes, a `SourceWatch` tells of changes; a
`Preview` connects them. A `Worker` keeps the site in memory: after an edit it reads and checks what is
recorded, and then makes the page that is looked at, while the whole site is built beside it. So an edit
is seen at once, and all else is what a whole build makes.
"""

import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from errno import EADDRINUSE
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Self

from archive.build.preview.fork_server import LOST, PRELOADED, ForkServer, Make
from archive.build.preview.server import DESIGN, PreviewState, Server
from archive.build.preview.watching import SourceWatch
from archive.build.preview.worker import DIED, Live, Open, Whole, Worker
from archive.facts.project import Project
from archive.files.yaml import Problem

MAX_NAMED = 3
"""The most files or places that the line about a build names; the others are only counted."""
AHEAD_SECONDS = 0.2
"""How long the whole build waits after an edit: the page that is looked at is asked for and made first."""
Tell = Callable[[PreviewState], None]
"""Says in the terminal what is shown since an edit."""
_PLACE = re.compile(r"(\S.*?:[0-9]+): .*", re.DOTALL)


def make_deferred_file(project: Project, file: Path) -> Sequence[Problem]:
    """Make the empty print file `file` of a built site; its problems."""
    from archive.press import make_deferred

    return make_deferred(project, file)


def open_site(project: Project) -> tuple[Sequence[object], Live | None]:
    """Load a site and check it; returns its problems, and the site if it has none."""
    from archive.build.live import open_live

    return open_live(project)


class Preview:
    """While entered, show the site of a project by `server`, as it is after each change.

    A worker keeps the site as `open_site` loads it, `late` makes its print files. `preloaded` are the
    modules that are loaded once, for all processes.
    """

    def __init__(
        self,
        project: Project,
        server: Server,
        open_site: Open = open_site,
        late: Make = make_deferred_file,
        preloaded: Sequence[str] = PRELOADED,
    ) -> None:
        self._project = project
        self._open_site = open_site
        self._worker: Worker | None = None
        self._whole: tuple[Whole, threading.Thread] | None = None
        """The whole site being built, and the thread that waits for it."""
        self._out: Path | None = None
        """Where it is built."""
        self._shows = threading.Lock()
        """Held while what is shown goes over into something else."""
        self._preloaded = preloaded
        self._server = server
        server.late = lambda file: self._processes.make(late, project, file)
        self._changed: set[str] = set()
        self._lock = threading.Lock()
        self._due, self._over = threading.Event(), threading.Event()
        self._watch = SourceWatch(project, self._add)
        watches = (self._watch.watch_root, self._watch.watch_folders)
        parts = (server.serve_forever, *watches, self._keep_up)
        self._threads = [threading.Thread(target=part) for part in parts]

    def __enter__(self) -> Self:
        """Start; the first build begins as soon as the files are watched."""
        self._folder = TemporaryDirectory(prefix="archive-serve-")
        self._place = Path(self._folder.name).resolve()
        self._processes = ForkServer(self._preloaded)
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Stop every thread and process, also a running build, and delete the built sites."""
        self._watch.stop()
        for event in (self._over, self._due):
            event.set()
        self._processes.kill()
        self._server.close()
        for thread in self._threads:
            thread.join()
        self._end_whole()
        if self._worker:
            self._worker.close()
        self._processes.close()
        self._folder.cleanup()

    def _add(self, changed: Iterable[str]) -> None:
        with self._lock:
            self._changed.update(changed)
        self._due.set()

    def _keep_up(self) -> None:
        while True:
            self._due.wait()
            self._due.clear()
            if self._over.is_set():
                return
            self._follow()

    def _follow(self) -> None:
        """Read what has changed, have its pages shown and the whole site built; or tell what is wrong."""
        start = time.monotonic()
        with self._lock:
            changed, self._changed = sorted(self._changed), set()
        cause = f"{_some(changed)} 有改动" if changed else "生成"

        def tell(showing: PreviewState) -> None:
            told = showing.problems
            result = f"{showing.heading}：{_some(_places(told))}" if told else "已更新"
            print(f"{cause}，用时 {time.monotonic() - start:.1f} 秒：{result}", flush=True)

        problems = self._update()
        if problems:  # what is shown stays, and the whole of it goes on
            self._show(lambda before: replace(before, problems=tuple(problems)), tell)
            return
        self._end_whole()
        if not self._over.is_set():
            self._show_next(self._place / token_hex(8), tell)

    def _show_next(self, out: Path, tell: Tell) -> None:
        """Show the pages that the worker has read, then begin to build the whole site into `out`."""
        site = self._server.showing.site
        self._out = out
        if site and self._worker:
            # Asked for again, it is not made again, and keeps the worker from nothing.
            page = cache(self._worker.page)
            self._show(lambda _: PreviewState(site, (), page, out.name), tell)
            self._over.wait(AHEAD_SECONDS)
        else:  # there is nothing to show, not even the design, until all of it is built
            self._show(lambda _: PreviewState(site))
        whole = self._worker.whole(out) if self._worker else None
        # Making a page may have been the end of the worker.
        if not whole and not self._update() and self._worker:
            whole = self._worker.whole(out)
        if not whole:
            self._show(lambda _: PreviewState(site, (DIED,)), tell)
            return
        finishing = threading.Thread(target=self._finish, args=(whole, out, site, tell))
        self._whole = whole, finishing
        finishing.start()

    def _finish(self, whole: Whole, out: Path, site: Path | None, tell: Tell) -> None:
        """Show the whole site in `out` once it is built, or `site` again and what is wrong with the new one."""
        found = whole.problems()
        if self._over.is_set() or (found is None and whole.ended.is_set()):
            return
        problems = [DIED] if found is None else found
        version = "" if problems or not site or _design(site) == _design(out) else f"{out.name}+"

        def after(before: PreviewState) -> PreviewState:
            # An edit since then may have problems, which are still there.
            told = tuple(dict.fromkeys((*before.problems, *problems)))
            return PreviewState(site if problems else out, told, version=version)

        self._show(after, tell if problems or not site else None)

    def _show(
        self, after: Callable[[PreviewState], PreviewState], tell: Tell | None = None
    ) -> None:
        """Show what comes `after` what is shown, and `tell` of it; older sites are deleted."""
        if self._over.is_set():
            return
        with self._shows:
            before = self._server.showing
            showing = after(before)
            if tell:
                tell(showing)
            self._server.show(showing)
        for old in self._place.iterdir():
            # Requests for the previous site may still be running.
            if old not in (before.site, showing.site, self._out):
                shutil.rmtree(old, ignore_errors=True)

    def _update(self) -> list[str]:
        """Have the worker read the site anew, another one if our code has changed; the problems."""
        for _ in range(2):
            problems = self._worker.update() if self._worker else None
            if problems is not None:
                return problems
            if self._worker:
                self._worker.close()
            self._worker = self._processes.worker(self._open_site, self._project)
        return [DIED if self._worker else LOST]

    def _end_whole(self) -> None:
        """End the building of a site that is no longer wanted; the first one is waited for."""
        if self._whole:
            whole, finishing = self._whole
            if finishing.is_alive() and (self._server.showing.site or self._over.is_set()):
                whole.end()
            finishing.join()
            self._whole = None


def _design(site: Path) -> dict[str, bytes]:
    """The files of the design in a built site, by name."""
    folder = site / DESIGN
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


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
    open_site: Open = open_site,
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
    with Preview(project, server, open_site):
        print(f"预览地址：{server.url}（按 Ctrl+C 结束）", flush=True)
        ends.get()
    print("预览已结束")
    return 0
