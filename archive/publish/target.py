"""The folder that sites are published in: deployments in `releases/`, and the link `current`.

Publishing may be interrupted at any step and readers still see a complete site: a deployment is
complete before it gets its name, and `current` is only ever replaced by another link.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fcntl import flock
from pathlib import Path

from archive.files.listing import read_regular
from archive.files.storing import UNFINISHED, locked, replace_file, sync_folder
from archive.schema.releases import short

KEPT = 10
"""Deployments that are kept however old they are, the current one included."""
KEPT_DAYS = 30
"""Days for which more are kept: those that readers saw for a while."""
KEPT_LONGER = 30
"""The most that are kept for their age, so that the disk has room."""
_A_WHILE = 3600
"""Seconds: one that was replaced sooner was a step towards the next."""
_NAME = re.compile(r"(20[0-9]{6}T[0-9]{6}Z)-(?:[0-9a-f]{12}|none)")
_TIME = "%Y%m%dT%H%M%SZ"
_SEEN = ".seen"
"""The file that lists what readers saw: a deployment a line."""


class RefusedError(Exception):
    """Publishing failed or was refused; the message is for the person who publishes."""


@dataclass(frozen=True)
class Target:
    """The folder that sites are published in."""

    folder: Path

    @property
    def deployments(self) -> Path:
        """Folder of the deployments; a name with a leading dot is one being made or removed."""
        return self.folder / "releases"

    @property
    def link(self) -> Path:
        """The link to the deployment that readers see."""
        return self.folder / "current"

    def names(self) -> list[str]:
        """The names of the deployments, oldest first."""
        if not self.deployments.is_dir():
            return []
        return sorted(
            path.name
            for path in self.deployments.iterdir()
            if _second(path.name) is not None and path.is_dir()
        )

    def current(self) -> str | None:
        """The name of the deployment that readers see, or None."""
        try:
            name = self.link.readlink().name
        except OSError:
            return None
        return name if name in self.names() else None

    def seen(self) -> list[str]:
        """The deployments that readers saw, up to the current one: what was gone back from is left out.

        Where that was not noted at the time, it is taken to be all of them.
        """
        current, there = self.current(), self.names()
        try:
            noted = read_regular(self.folder / _SEEN).decode("ascii", "replace").split()
        except OSError:
            noted = []
        known = [name for name in noted if name in there]
        if current in known:
            return known[: known.index(current) + 1]
        return [name for name in there if current is None or name <= current]

    def next_second(self, now: datetime) -> int:
        """The time of the next deployment, in seconds since 1970: `now`, or later if that is taken.

        It is always after the last deployment, even if the clock was put back or two follow within
        a second: their order, and the file times that browsers cache by, depend on it.
        """
        last = _second(self.names()[-1]) if self.names() else None
        return max(int(now.timestamp()), 0 if last is None else last + 1)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the folder for this process and remove what an interrupted run has left behind.

        Raises `RefusedError` if another process holds the lock, or if `current` is not a link. The
        system releases the lock when the process ends, even if it is killed.
        """
        for folder in (*reversed(self.folder.parents), self.folder, self.deployments):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(0o755)  # the server is another user
        with locked(self.folder / ".lock", flock) as free:
            if not free:
                raise RefusedError(f"{self.folder} 正在由另一个进程发布，请等它结束再试")
            if os.path.lexists(self.link) and not self.link.is_symlink():
                raise RefusedError(
                    f"{self.link} 须是由发布程序写的链接，现为文件或目录；请移走它，再发布"
                )
            self._sweep()
            try:
                yield
            finally:
                self._sweep()

    @property
    def unfinished(self) -> Path:
        """Folder in which a deployment is made before it gets its name."""
        return self.deployments / ".new"

    def add_deployment(self, second: int, commit: str) -> str:
        """Name the finished deployment after its time and commit; returns the name."""
        time = datetime.fromtimestamp(second, UTC).strftime(_TIME)
        name = f"{time}-{short(commit) or 'none'}"
        self.unfinished.rename(self.deployments / name)
        sync_folder(self.deployments)
        return name

    def switch(self, name: str) -> None:
        """Make `current` link to the deployment `name`, in one atomic step.

        It is noted before that. One that readers saw already is gone back to, and what came after is not
        noted any more.
        """
        seen = self.seen() if self.current() else []
        before = seen[: seen.index(name)] if name in seen else seen
        self.note_seen([*before, name])
        fresh = self.folder / ".current.new"
        fresh.symlink_to(Path("releases", name))
        fresh.replace(self.link)
        sync_folder(self.folder)

    def note_seen(self, names: Iterable[str]) -> None:
        """Note what readers saw, in that order, the current one last."""
        replace_file(self.folder / _SEEN, "".join(f"{name}\n" for name in names).encode())

    def remove_old(self, days: int = KEPT_DAYS) -> None:
        """Remove all but the newest `KEPT` deployments, and those that readers saw in the last `days`.

        The current one always stays. Of the older ones those stay that were replaced in the last `days`
        and had been there for an hour, so that many in a row do not push out what readers saw before;
        at most `KEPT_LONGER`, the ones that were there longest.
        """
        current = self.current()
        others = [name for name in self.names() if name != current]
        staying = self._seen_lately(days)
        for name in others[: -(KEPT - 1)]:
            if name in staying:
                continue
            # Renamed first, so that a partly removed deployment is never listed.
            (self.deployments / name).rename(self.deployments / f".{name}")
            shutil.rmtree(self.deployments / f".{name}")

    def _seen_lately(self, days: int) -> set[str]:
        """The older deployments that are kept for their age."""
        names = self.names()
        seconds = [_second(name) or 0 for name in names]
        shown: dict[str, int] = {}
        for name, begun, replaced in zip(names, seconds, seconds[1:], strict=False):
            if replaced - begun >= _A_WHILE and seconds[-1] - replaced < days * 24 * 3600:
                shown[name] = replaced - begun
        older = [name for name in names[:-KEPT] if name in shown]
        return set(sorted(older, key=lambda name: shown[name])[-KEPT_LONGER:])

    def _sweep(self) -> None:
        for left in (self.folder / ".current.new", *self.folder.glob(f"{UNFINISHED}*")):
            left.unlink(missing_ok=True)
        for left in self.deployments.glob(".*"):
            if left == self.unfinished or _second(left.name[1:]) is not None:
                shutil.rmtree(left)


def is_deployment_name(name: str) -> bool:
    """Whether a folder of that name is a deployment."""
    return _second(name) is not None


def _second(name: str) -> int | None:
    """The time in the name of a deployment, in seconds since 1970; None for any other name."""
    found = _NAME.fullmatch(name)
    try:
        time = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC) if found else None
    except ValueError:  # no such day
        return None
    return int(time.timestamp()) if time else None
