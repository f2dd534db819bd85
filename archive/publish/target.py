"""Where sites are published: `releases/`, one folder each, and `current`, the one readers see.

Every state the folder passes through is one readers may be left with: a release is whole before it
gets its name, and `current` is only ever replaced by another link.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fcntl import flock
from pathlib import Path

from archive.files.storing import locked, sync_folder
from archive.schema.releases import short

KEPT = 10
"""Releases that stay, the current one among them."""
_NAME = re.compile(r"(20[0-9]{6}T[0-9]{6}Z)-(?:[0-9a-f]{12}|none)")
_TIME = "%Y%m%dT%H%M%SZ"


class RefusedError(Exception):
    """Why nothing was published, in the words of the person who publishes."""


@dataclass(frozen=True)
class Target:
    """The folder that holds the releases."""

    folder: Path

    @property
    def releases(self) -> Path:
        """Where the releases are; a name with a dot is one not finished, or not wholly removed."""
        return self.folder / "releases"

    @property
    def link(self) -> Path:
        """What readers are shown."""
        return self.folder / "current"

    def names(self) -> list[str]:
        """The releases, oldest first."""
        if not self.releases.is_dir():
            return []
        return sorted(
            path.name
            for path in self.releases.iterdir()
            if _second(path.name) is not None and path.is_dir()
        )

    def current(self) -> str | None:
        """The release readers see, None where there is none yet."""
        try:
            name = self.link.readlink().name
        except OSError:
            return None
        return name if name in self.names() else None

    def next_second(self, now: datetime) -> int:
        """The time of the next release, in seconds: now, but always after those there are.

        A clock put back, or two releases within a second, would mix up their order and the times
        of their files, by which browsers tell whether they have them already.
        """
        last = _second(self.names()[-1]) if self.names() else None
        return max(int(now.timestamp()), 0 if last is None else last + 1)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else publishes meanwhile; what a killed run has left is swept away first.

        The system lets go of the lock when the process ends, however it ends.
        """
        for folder in (*reversed(self.folder.parents), self.folder, self.releases):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(0o755)  # the server is another user
        with locked(self.folder / ".lock", flock) as free:
            if not free:
                raise RefusedError(f"{self.folder} 正在由另一个进程发布，请等它结束再试")
            if os.path.lexists(self.link) and not self.link.is_symlink():
                raise RefusedError(f"{self.link} 须是由发布程序写的链接，现为文件或目录")
            self._sweep()
            try:
                yield
            finally:
                self._sweep()

    @property
    def unfinished(self) -> Path:
        """Where a release is put together."""
        return self.releases / ".new"

    def add(self, second: int, commit: str) -> str:
        """Give the finished release its name, from its time and its commit."""
        time = datetime.fromtimestamp(second, UTC).strftime(_TIME)
        name = f"{time}-{short(commit) or 'none'}"
        self.unfinished.rename(self.releases / name)
        sync_folder(self.releases)
        return name

    def switch(self, name: str) -> None:
        """Show readers another release, in one step."""
        fresh = self.folder / ".current.new"
        fresh.symlink_to(Path("releases", name))
        fresh.replace(self.link)
        sync_folder(self.folder)

    def prune(self) -> None:
        """Remove the oldest releases but the last `KEPT`; the current one stays in any case."""
        current = self.current()
        others = [name for name in self.names() if name != current]
        for name in others[: -(KEPT - 1)]:
            # Never half a release under its name.
            (self.releases / name).rename(self.releases / f".{name}")
            shutil.rmtree(self.releases / f".{name}")

    def _sweep(self) -> None:
        (self.folder / ".current.new").unlink(missing_ok=True)
        for left in self.releases.glob(".*"):
            if left == self.unfinished or _second(left.name[1:]) is not None:
                shutil.rmtree(left)


def _second(name: str) -> int | None:
    """The time in the name of a release, in seconds; None of what is no such name."""
    found = _NAME.fullmatch(name)
    try:
        time = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC) if found else None
    except ValueError:  # no such day
        return None
    return int(time.timestamp()) if time else None
