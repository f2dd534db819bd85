"""The cache of parsed files: found by content alone, harmless whatever it holds."""

import os
import pickle
from pathlib import Path

import pytest

from archive.facts.gather import gather
from archive.files.cache import Cache
from archive.schema.volunteering import Volunteering
from tests.samples.sample import RECORD, write

NAME = "data/volunteering/2024/20240305-a.yml"


def cached(root: Path) -> Path:
    (path,) = (root / ".cache").iterdir()
    return path


def test_the_same_records_with_and_without(tmp_path: Path) -> None:
    project = write(tmp_path)
    first = gather(project)
    assert cached(tmp_path).is_file()
    second = gather(project)
    assert first.records == second.records
    assert first.problems == second.problems == []


def test_content_decides_and_nothing_else(tmp_path: Path) -> None:
    project = write(tmp_path)
    before = gather(project).of(Volunteering)[0]
    stat = (tmp_path / NAME).stat()
    (tmp_path / NAME).write_text(RECORD.replace("services: 30", "services: 31"), "utf-8")
    os.utime(tmp_path / NAME, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    after = gather(project).of(Volunteering)[0]
    assert (before.data.services, after.data.services) == (30, 31)


def test_faults_keep_their_lines_when_parsed_before(tmp_path: Path) -> None:
    project = write(tmp_path, {NAME: RECORD.replace("kind: 学雷锋", "kind: 雷锋")})
    first, second = gather(project).problems, gather(project).problems
    assert [problem.line for problem in first] == [3]
    assert first == second


class Command:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path("ran"),))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x80\x05K", pickle.dumps([1, 2]), pickle.dumps({b"x": Command()})],
    ids=["empty", "torn", "no mapping", "a command"],
)
def test_a_foreign_or_broken_cache_counts_as_empty(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    project = write(tmp_path)
    expected = gather(project).records
    cached(tmp_path).write_bytes(content)
    assert gather(project).records == expected
    assert not Path("ran").exists()


def test_what_is_no_longer_used_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "c"
    cache = Cache(path, b"code")
    cache.put(cache.key(b"a"), {"a": 1})
    cache.put(cache.key(b"b"), {"b": 2})
    cache.save()
    again = Cache(path, b"code")
    assert again.get(again.key(b"a")) == {"a": 1}
    assert again.get(again.key(b"c")) is None
    again.save()
    last = Cache(path, b"code")
    assert (last.get(last.key(b"a")), last.get(last.key(b"b"))) == ({"a": 1}, None)


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    project = write(tmp_path, {".cache": "a file where the folder should be"})
    assert gather(project).problems == []


def test_other_code_finds_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c", b"code")
    cache.put(cache.key(b"a"), {"a": 1})
    cache.save()
    other = Cache(tmp_path / "c", b"other code")
    assert other.get(other.key(b"a")) is None


def test_what_is_remembered_from_another_run_is_not_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c", b"code")
    made: list[int] = []

    def make() -> list[int]:
        made.append(len(made))
        return [*made]

    assert cache.made(cache.key(b"a"), make) == [0]
    cache.save()
    again = Cache(tmp_path / "c", b"code")
    assert (again.made(again.key(b"a"), make), made) == ([0], [0])
