"""Files are written whole or not at all, whoever else writes, and whatever the system refuses."""

import fcntl
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from errno import EIO, ENOSPC, EPERM
from pathlib import Path
from typing import Any

import pytest

from archive.files.cache import Cache
from archive.files.storing import UNFINISHED, create_file, locked, replace_file, sweep, write_file


def refuse(number: int) -> Callable[..., Any]:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return refused


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a"
    replace_file(path, b"1")
    plain = tmp_path / "plain"
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o751)
    for lasting in (True, False):
        replace_file(path, b"2" + bytes(lasting), lasting)
        assert path.read_bytes() == b"2" + bytes(lasting)
    assert path.stat().st_mode & 0o777 == 0o751
    assert names(path.parent) == ["a"]


def test_a_pipe_or_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "a"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="Illegal seek"):
        replace_file(pipe, b"new")
    assert pipe.is_fifo()


@pytest.mark.parametrize("step", ["fsync", "link", "chmod", "replace"])
@pytest.mark.parametrize("number", [ENOSPC, EIO])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"old")
    monkeypatch.setattr(os, step, refuse(number))
    write: Callable[[Path, bytes], None] = create_file if step == "link" else replace_file
    path = tmp_path / "fresh" if step == "link" else old
    with pytest.raises(OSError, match=os.strerror(number)):
        write(path, b"new")
    assert names(tmp_path) == ["old"]
    assert old.read_bytes() == b"old"


FULL = """
import resource, signal, sys
from pathlib import Path
from archive.files.storing import {write}
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    {write}(Path("a"), bytes(1_000_000))
except OSError:
    sys.exit(3)
"""


@pytest.mark.parametrize(("write", "left"), [("replace_file", ["a"]), ("create_file", [])])
def test_what_fits_only_in_part_is_not_left(tmp_path: Path, write: str, left: list[str]) -> None:
    for name in left:
        (tmp_path / name).write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", FULL.format(write=write)], cwd=tmp_path)
    assert done.returncode == 3
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == dict.fromkeys(
        left, b"old"
    )


@pytest.mark.parametrize("links", [True, False], ids=["links", "none, as on memory sticks"])
def test_what_came_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = tmp_path / "a"
    if not links:
        monkeypatch.setattr(os, "link", refuse(EPERM))
    create_file(path, b"first")
    with pytest.raises(FileExistsError):
        create_file(path, b"second")
    assert (path.read_bytes(), names(tmp_path)) == (b"first", ["a"])
    path.unlink()

    def meanwhile(descriptor: int) -> None:
        path.write_bytes(b"somebody else's")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(FileExistsError):
        create_file(path, b"ours")
    assert (path.read_bytes(), names(tmp_path)) == (b"somebody else's", ["a"])


def test_a_link_that_leads_nowhere_is_something_too(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "a", b"")
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "a", b"")
    assert names(tmp_path) == ["a"]


def started(folder: Path, code: str, word: str) -> subprocess.Popen[bytes]:
    """A process that runs the code in the folder."""
    return subprocess.Popen([sys.executable, "-c", code, word], cwd=folder, stdin=subprocess.PIPE)


RIVALS = 8

CREATE = """
import sys
from pathlib import Path
from archive.files.storing import create_file
sys.stdin.read()
try:
    create_file(Path("a"), sys.argv[1].encode() * 100_000)
except FileExistsError:
    sys.exit(3)
"""


def test_of_several_that_create_a_file_one_does(tmp_path: Path) -> None:
    with ExitStack() as running:
        rivals = [
            running.enter_context(started(tmp_path, CREATE, str(number)))
            for number in range(RIVALS)
        ]
        for rival in rivals:
            assert rival.stdin
            rival.stdin.close()
        ends = [rival.wait() for rival in rivals]
    assert sorted(ends) == [0] + [3] * (RIVALS - 1)
    assert (tmp_path / "a").read_bytes() == str(ends.index(0)).encode() * 100_000


HAMMER = """
import sys
from pathlib import Path
from archive.files.cache import Cache
for number in range(400):
    cache = Cache(Path("c"), b"code")
    cache.put(cache.key(f"{sys.argv[1]} {number}".encode()), "x" * 100_000)
    cache.save()
"""


def test_a_cache_that_two_processes_write_is_never_torn(tmp_path: Path) -> None:
    path = tmp_path / "c"
    sizes: set[int] = set()
    with started(tmp_path, HAMMER, "a") as one, started(tmp_path, HAMMER, "b") as other:
        while one.poll() is None or other.poll() is None:
            if path.exists():
                read = pickle.loads(path.read_bytes())  # raises if it is torn
                sizes.update(map(len, read.values()))
    assert (one.returncode, other.returncode) == (0, 0)
    assert (sizes, names(tmp_path)) == ({100_000}, ["c"])


def test_what_killed_writers_left_is_swept_away_in_time(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (f"{UNFINISHED}1", f"{UNFINISHED}2", "other"))
    for path in (old, young, other):
        path.touch()
    for path in (old, other):
        os.utime(path, (0, 0))
    cache = Cache(tmp_path / "c", b"code")
    cache.put(b"", 1)
    cache.save()
    assert names(tmp_path) == [young.name, "c", "other"]
    sweep(tmp_path / "none")


@pytest.mark.parametrize(("take", "again"), [(fcntl.flock, False), (fcntl.lockf, True)])
def test_a_lock(tmp_path: Path, take: Callable[..., object], again: bool) -> None:
    """Held once; one by `lockf` is the process's own, so that it may take it again."""
    path = tmp_path / "lock"
    with locked(path, take) as mine, locked(path, take) as second:
        assert (mine, second) == (True, again)
    with locked(path, take) as mine:
        assert mine
