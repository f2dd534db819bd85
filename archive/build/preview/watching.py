"""Tell which sources of a project change: the system says so, or, where it cannot, they are polled."""

import os
import re
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from watchfiles import Change, DefaultFilter
from watchfiles import watch as watch_folders
from watchfiles.main import FileChange

from archive.facts.project import SOURCES, Project

POLL_SECONDS = 0.5


class Stop(Protocol):
    """Says whether to stop."""

    def is_set(self) -> bool:
        """Whether to stop now."""


_AT_LIMIT = re.compile(r"watch limit|os error (?:24|28)\b")
_POLLING = (
    "系统须能告知文件的改动，现不能：{}。改为每隔半秒查看一次，预览照常更新，只是稍慢、稍费处理器"
)
_LIMIT = "inotify 已到上限，要恢复，请调大 fs.inotify.max_user_instances、max_user_watches"


Filter = Callable[[Change, str], bool]
"""Whether a change counts, by its kind and path."""


class Sources(DefaultFilter):
    """Leaves out changes of caches and of the temporary files of editors."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^4913$", r"^#.*#$")


class WatchStarted:
    """Stop event for a watch that also calls `begun` once the watch is in place.

    The watch stops when `stop` is set.
    """

    def __init__(self, begun: Callable[[], None], stop: threading.Event) -> None:
        self._begun: Callable[[], None] | None = begun
        self._stop = stop

    def is_set(self) -> bool:
        """Whether to stop; the watch first asks when it is in place, and then at each step."""
        if self._begun:
            begun, self._begun = self._begun, None
            begun()
        return self._stop.is_set()


class SourceWatch:
    """Calls `changed` with the files that changed, as paths from the root, until `stop`.

    It is called with none when the watch begins, and when the files may have changed unseen.
    """

    def __init__(self, project: Project, changed: Callable[[Iterable[str]], None]) -> None:
        self._project = project
        self._changed = changed
        self._look_again, self._over = threading.Event(), threading.Event()
        self._in_root: set[str] = set()
        self._polling = threading.Event()
        self._lock = threading.Lock()

    def stop(self) -> None:
        """End both loops."""
        self._over.set()
        self._look_again.set()

    def watch_root(self) -> None:
        """Notice sources that are files, and folders that are made or deleted."""
        # Editors replace a file by a new one, which only a watch of its folder notices. A source
        # folder may also be created, or deleted and created again, while the preview runs.
        while not self._over.is_set():
            for changes in self._changes([self._project.root], self._over, _is_source, False):
                self._in_root |= self._names(changes)
                self._look_again.set()
            self._over.wait(POLL_SECONDS)

    def watch_folders(self) -> None:
        """Notice what changes in the folders of sources."""
        while True:
            self._look_again.clear()
            if self._over.is_set():
                return
            named = (self._project.root / name for name in SOURCES)
            folders = {path for path in (*named, self._project.data) if path.is_dir()}
            stop = WatchStarted(self._begin, self._look_again)
            for changes in self._changes(folders, stop, Sources()):
                self._changed(self._names(changes))
                # The system may have refused to watch a new folder without a word: ask it again.
                if any(kind == Change.added and Path(path).is_dir() for kind, path in changes):
                    self._look_again.set()

    def _begin(self) -> None:
        names, self._in_root = self._in_root, set()
        self._changed(names)

    def _names(self, changes: Iterable[FileChange]) -> set[str]:
        return {self._project.name(Path(path)) for _, path in changes}

    def _changes(
        self, folders: Collection[Path], stop: Stop, matters: Filter, recursive: bool = True
    ) -> Iterator[set[FileChange]]:
        """Yield changes until `stop`, or until the watch dies: then watch again what is there."""
        if self._polling.is_set():
            yield from poll(folders, stop, matters, recursive)
            return
        try:
            yield from watch_folders(
                *folders,
                stop_event=stop,
                watch_filter=matters,
                recursive=recursive,
                debounce=30,
                step=10,
            )
        except FileNotFoundError:
            return  # deleted just now
        except (OSError, RuntimeError) as error:  # the library raises both for the same
            self._tell(str(error))

    def _tell(self, reason: str) -> None:
        """Say once that from now on files are polled, and why."""
        with self._lock:
            if not self._polling.is_set():
                self._polling.set()
                reason = _LIMIT if _AT_LIMIT.search(reason) else reason
                print(_POLLING.format(reason), file=sys.stderr, flush=True)


def _is_source(_: Change, path: str) -> bool:
    return Path(path).name in SOURCES


def poll(
    folders: Collection[Path], stop: Stop, matters: Filter, recursive: bool
) -> Iterator[set[FileChange]]:
    """Yield what differs each time the files are looked at, until `stop`.

    The library's own polling takes files for the same that were changed twice within a second.
    """
    before = _stamps(folders, matters, recursive)
    while not stop.is_set():
        time.sleep(POLL_SECONDS)
        now = _stamps(folders, matters, recursive)
        differing = {
            path for path in before.keys() | now.keys() if before.get(path) != now.get(path)
        }
        if differing:
            yield {(Change.modified, path) for path in differing}
        before = now


def _stamps(
    folders: Collection[Path], matters: Filter, recursive: bool
) -> dict[str, tuple[int, ...]]:
    """Path → what changes with the content of a file; of a folder, only that it is there."""
    found: dict[str, tuple[int, ...]] = {}
    waiting = [str(folder) for folder in folders]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:  # deleted, or not to be read: nothing of it is seen
            continue
        for entry in entries:
            if not matters(Change.modified, entry.path):
                continue
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    found[entry.path] = ()
                    waiting += [entry.path] if recursive else []
                else:
                    about = entry.stat()
                    found[entry.path] = (about.st_ino, about.st_mtime_ns, about.st_size)
    return found
