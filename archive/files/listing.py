"""List the files of a folder of content, each one with the place it is read from."""

import errno
import os
import re
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

from archive.files.bounds import ENOUGH, enough_of
from archive.files.yaml import Problem


@dataclass(slots=True)
class Listing:
    """The files of a folder, and problems with what is there and is not a file of it."""

    places: dict[str, str] = field(default_factory=dict)
    """Path from the folder, with forward slashes and sorted → the regular file to read."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def files(self) -> dict[str, Path]:
        """The same as `Path`, whose making takes longer than finding the files."""
        return {name: Path(place) for name, place in self.places.items()}


def list_files(top: Path, called: str, ignored: tuple[str, ...] = (".",)) -> Listing:
    """List the regular files below `top`, which messages name `called`; a missing folder has none.

    Names that begin with one of `ignored` are left out. A symbolic link counts as the file it leads
    to if that is a regular file below `top` with no such name in its path. Every other link, a pipe
    or a device is a problem and not listed, so nothing outside the folder is ever read. So is a name
    with signs that nobody sees: whatever prints it would do what they say.
    """
    found = Listing()
    if top.is_symlink():
        found.problems.append(Problem(called, 1, _OWN_FOLDER.format(called)))
        return found
    real = os.path.realpath(top)
    pending = [("", str(top))]
    while pending:
        prefix, folder = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue  # not there, or gone meanwhile
        for entry in entries:
            name = prefix + entry.name
            if entry.name.startswith(ignored):
                continue
            if signs := _INVISIBLE.findall(entry.name):
                shown = shown_name(name)
                said = _SIGNS.format("、".join(dict.fromkeys(map(_number, signs))))
                found.problems.append(Problem(f"{called}/{shown}", 1, said))
            elif entry.is_dir(follow_symlinks=False):
                pending.append((f"{name}/", entry.path))
            elif entry.is_file(follow_symlinks=False):
                found.places[name] = entry.path
            elif entry.is_symlink() and (target := _inside(entry.path, real, ignored)):
                found.places[name] = target
            else:
                found.problems.append(Problem(f"{called}/{name}", 1, _NO_FILE))
    found.places = dict(sorted(found.places.items()))
    found.problems.sort()
    return found


def read_regular(path: Path | str, whole: bool = False) -> bytes:
    """Return the content of a file that was listed; raises OSError if a link has taken its place.

    Of one that is larger than any may be it is only the beginning, unless the `whole` is asked for.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return enough_of(descriptor, sys.maxsize if whole else ENOUGH)
    finally:
        os.close(descriptor)


def shown_name(name: str) -> str:
    """The name of a file with each sign that nobody sees by its number; itself if it has none."""
    return _INVISIBLE.sub(lambda sign: _number(sign[0]), name)


def _number(sign: str) -> str:
    """A sign by its number, as it can be shown."""
    return f"U+{ord(sign):04X}"


def _inside(link: str, top: str, ignored: tuple[str, ...]) -> str:
    """The regular file below `top` that a link leads to; empty if it leads anywhere else."""
    target = Path(os.path.realpath(link))
    if not target.is_relative_to(top) or not target.is_file():
        return ""
    hidden = any(part.startswith(ignored) for part in target.relative_to(top).parts)
    return "" if hidden else str(target)


_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that end lines, turn the direction of a text, are orders for a terminal or octets of no UTF-8."""

_SIGNS = "文件和目录的名称须没有看不见的符号，现有 {0}；请改名"
_OWN_FOLDER = "{0} 须是目录本身，不得是链接；请换成目录，数据放在别处的，运行时写 --data 目录"
_NO_FILE = "须是普通的文件，不得是管道、设备或通到别处的链接；请删去，把所要的文件复制进来"
