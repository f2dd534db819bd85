"""The folder of a built site: locked while it is built, replaced whole, and left as it is where nothing has changed.

That nothing has changed is known by content alone: of every source, of the program, of the fonts, and of
each file of the site itself.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from fcntl import lockf
from functools import cache
from hashlib import sha256
from pathlib import Path

from archive.facts.history import folder_in_repository, head, last_changes
from archive.facts.project import SINGLE_SOURCES, Project
from archive.files.git import GitError
from archive.files.listing import read_regular
from archive.files.own_files import PROGRAM
from archive.files.storing import locked, replace_file


def build_lock(site: Path) -> AbstractContextManager[bool]:
    """Lock the folder `site` for this process; yields False if another process holds the lock."""
    site.absolute().parent.mkdir(parents=True, exist_ok=True)
    lock = site.with_name(f".{site.name}.lock")
    if lock.is_symlink() or lock.is_dir():
        clear(lock)
    # Forked processes do not hold a lock of `lockf`, so one that outlives us does not keep it.
    return locked(lock, lockf)


def new_folder(site: Path) -> Path:
    """Where the next `site` is built: beside it, nothing there yet, and no link on the last step.

    A name beside the sources may come with a commit, as a link to any folder of this machine.
    """
    fresh = site.parent.resolve() / f".{site.name}.new"
    clear(fresh)
    return fresh


def clear(path: Path) -> None:
    """Remove what is at `path`, whatever it is: of a link the link, and nothing of what it leads to."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)


def swap_folders(fresh: Path, site: Path) -> None:
    """Put the finished folder `fresh` in place of `site`, then delete the old folder."""
    old = site.with_name(f".{site.name}.old")
    clear(old)
    if os.path.lexists(site):
        site.rename(old)
    fresh.rename(site)
    clear(old)


def digest_of_sources(project: Project, printing: bool, *told: object) -> str:
    """A digest of all files that a build reads and of what it is `told`, with `printing` of the fonts too.

    What Git knows is for the one who calls to tell. It is empty where the sources are not all plain files.
    """
    docs, data = project.docs_files(), project.data_files()
    if docs.problems or data.problems:
        return ""
    single = [project.root / name for name in SINGLE_SOURCES]
    files = [*docs.places.values(), *data.places.values(), *map(str, filter(Path.is_file, single))]
    fonts: dict[str, Path] = {}
    if printing:
        from archive.press.font_files import font_files  # press is slow to import

        fonts = font_files(project)
    whole = sha256()
    for part in (told, printing, project, sys.version, sorted(_packages())):
        whole.update(f"{part!r}\0".encode())
    with suppress(OSError):
        whole.update(_program(PROGRAM))
        for file in files:
            whole.update(_named(file))
        for name, font in fonts.items():
            # Fonts of the machine may be linked to; what is no file of bytes, such as a device, has no end.
            whole.update(
                os.fsencode(name) + b"\0" + _digest(read_regular(font.resolve(), whole=True))
            )
        return whole.hexdigest()
    return ""


@cache
def _program(folder: Path) -> bytes:
    """A digest of the program's files, read once: a process runs what it has loaded, whatever they hold later."""
    files = (file for file in _files(folder) if file.parent.name != "__pycache__")
    return _digest(b"".join(map(_named, files)))


def _named(file: Path | str) -> bytes:
    return os.fsencode(file) + b"\0" + _digest(read_regular(file))


def history(project: Project) -> tuple[object, ...]:
    """What a build shows that Git knows: the commit, the place in the repository, the day of each page."""
    commit = head(project.root)
    try:
        changes = sorted(last_changes(project).items())
        return commit, folder_in_repository(project.root), changes
    except GitError:
        return (commit,)


def is_up_to_date(site: Path | None, known: Path, sources: str) -> list[str] | None:
    """What was told when `site` was built of these sources, if it is still just what was built; else None.

    Without a site it is what was told of the sources themselves. `known` is where `remember` wrote that down.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads(known.read_bytes())
        if sources and said["sources"] == sources and said["files"] == _site(site):
            return [str(note) for note in said["notes"]]
    return None


def remember(site: Path | None, known: Path, sources: str, notes: list[str]) -> None:
    """Write down of which sources `site` was built, what it holds and what was told; errors are ignored."""
    said = {"sources": sources, "files": _site(site), "notes": notes}
    with suppress(OSError):
        known.parent.mkdir(parents=True, exist_ok=True)
        replace_file(known, json.dumps(said).encode(), lasting=False)


def _site(folder: Path | None) -> dict[str, str]:
    """Each file of a built site → its digest; a link is none of a site's."""
    if folder is None:
        return {}
    return {
        str(file.relative_to(folder)): "" if file.is_symlink() else _digest(file.read_bytes()).hex()
        for file in _files(folder)
    }


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder, in order."""
    waiting = [str(folder)]
    found = []
    while waiting:
        with suppress(OSError):
            for entry in os.scandir(waiting.pop()):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found.append(entry.path)
    yield from map(Path, sorted(found))


def _digest(raw: bytes) -> bytes:
    # Processors of today do SHA-256 by themselves, twice as fast as BLAKE2: there are 90 MB of fonts.
    return sha256(raw).digest()[:16]


def _packages() -> Iterable[str]:
    """The names of the packages that are installed, each with its version."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from (file.name for file in folder.glob("*.dist-info"))
