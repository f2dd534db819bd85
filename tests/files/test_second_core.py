"""Work that a fork of the process does meanwhile: its result is taken, and its failure harms nothing."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.facts.gather import gather
from archive.facts.project import Project
from archive.files.second_core import meanwhile
from tests.samples.sample import AS_OF, RECORD, write

SCRIPT = """
import json, os, sys
from datetime import date
from pathlib import Path
from archive.facts import gather
from archive.facts.project import Project
from archive.files.second_core import meanwhile

def dies():
    os._exit(1)

def fails():
    raise ValueError

told, parent = [], os.getpid()
for work in (lambda: ["甲", os.getpid() != parent], dies, fails):
    with meanwhile(work) as result:
        told.append(result())
read, here = gather.parse_bytes, []
gather.parse_bytes = lambda raw, name: (here.append(name), read(raw, name))[1]
gather._MANY, root = 2, Path(sys.argv[1])
archive = gather.gather(Project(root, root / "data", date.fromisoformat(sys.argv[2])))
found = {"records": repr(archive.records), "problems": repr(archive.problems)}
found["leaks"] = repr({name: list(leaks) for name, leaks in archive.found.items()})
print(json.dumps([told, found, [name[-5:] for name in here if "volunteering" in name]]))
"""
FOLDER = "data/volunteering/2024"


def test_half_of_the_records_is_read_by_a_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is read, and of each fault, nothing is other than in one process."""
    files = {
        f"{FOLDER}/20240305-{name}.yml": RECORD.replace("签到表", f"签到表{name}")
        for name in "bcdefgh"
    }
    files[f"{FOLDER}/20240305-f.yml"] = f"{RECORD}note: 电话13912345678\n"
    files[f"{FOLDER}/20240305-g.yml"] = f"{RECORD}: ["
    write(tmp_path, files)
    told, found, read = json.loads(
        subprocess.check_output(
            [sys.executable, "-c", SCRIPT, str(tmp_path), AS_OF.isoformat()],
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "caches")},
        )
    )
    assert told == [["甲", True], None, None]
    assert read == ["a.yml", "b.yml", "c.yml", "d.yml", "g.yml"]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    archive = gather(Project(tmp_path, tmp_path / "data", AS_OF))
    assert found == {
        "records": repr(archive.records),
        "problems": repr(archive.problems),
        "leaks": repr({name: list(leaks) for name, leaks in archive.found.items()}),
    }
    assert (len(archive.found), len(archive.problems)) == (1, 1)


def test_a_process_with_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        with meanwhile(lambda: "甲") as result:
            assert result() is None
    finally:
        over.set()
        thread.join()
