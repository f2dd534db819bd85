"""Files written all or none: first beside the records, then each put in its place at once."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from archive.files.storing import replace_file, write_file

STAGING = ".sheet-"
"""What the folder begins with in which files wait; nothing else reads hidden folders of data/."""


class StaleError(ValueError):
    """A file is not as it was read; its name is the text."""


def write_all(
    root: Path, data: Path, drafts: Mapping[str, bytes | None], before: Mapping[str, bytes]
) -> None:
    """Write `drafts` (path from `root` → content, None to take a file away); `before` is what was read.

    Raises `StaleError` if a file has changed meanwhile, OSError if one cannot be written; then all are as
    they were. Stopped in the middle (power cut, kill), each file is the old or the new one, whole.
    """
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=data))
    done: list[str] = []
    try:
        waiting: dict[str, Path | None] = {}
        for number, (name, raw) in enumerate(drafts.items()):
            waiting[name] = None if raw is None else staging / str(number)
            if raw is not None:
                write_file(staging / str(number), raw)
        for name in drafts:
            if _content(root / name) != before.get(name):
                raise StaleError(name)
        try:
            for name, fresh in waiting.items():
                _replace(root / name, fresh)
                done.append(name)
        except BaseException:  # whoever interrupts finds everything as it was
            for name in done:
                _restore(root / name, before.get(name))
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _replace(path: Path, fresh: Path | None) -> None:
    if fresh is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        shutil.copymode(path, fresh)
    fresh.replace(path)


def _restore(path: Path, raw: bytes | None) -> None:
    if raw is None:
        path.unlink()
    else:
        replace_file(path, raw)
