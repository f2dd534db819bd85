"""The cache of parsed files: found by content alone, harmless whatever it holds."""

import os
import pickle
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from archive.facts.gather import gather
from archive.facts.project import Project
from archive.files.cache import FOLDER, Cache, cache_folder
from tests.samples.collections import Volunteering
from tests.samples.sample import AS_OF, RECORD, write

NAME = "data/volunteering/2024/20240305-a.yml"


def cached(root: Path) -> Path:
    return Project(root, root / "data", AS_OF).cache("volunteering")


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


def test_a_place_that_cannot_be_written_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no folder"))
    project = write(tmp_path / "site")
    assert gather(project).problems == []


def test_what_comes_with_the_sources_is_never_read(tmp_path: Path) -> None:
    """A cache in the tree, at every place where one lay before, holds another number."""
    project = write(tmp_path)
    first = gather(project)
    forged = cached(tmp_path).read_bytes()
    (tmp_path / NAME).write_text(RECORD.replace("services: 30", "services: 31"), "utf-8")
    for name in (".cache/volunteering-data", ".cache/site/volunteering-data"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(forged)
    assert first.of(Volunteering)[0].data.services == 30
    assert gather(project).of(Volunteering)[0].data.services == 31
    assert not cached(tmp_path).is_relative_to(tmp_path)


def test_caches_of_a_site_that_is_gone_are_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    for name in ("one", "two"):
        gather(write(tmp_path / name))
        (tmp_path / "caches" / FOLDER / "fonts").mkdir(exist_ok=True)
    caches = tmp_path / "caches" / FOLDER
    first = cache_folder(tmp_path / "one")
    shutil.rmtree(tmp_path / "one")
    gather(write(tmp_path / "three"))
    assert first.exists()  # they are looked for once a day
    os.utime(caches / "swept", (0, 0))
    gather(write(tmp_path / "four"))
    named = [cache_folder(tmp_path / name).name for name in ("two", "three", "four")]
    assert sorted(path.name for path in caches.iterdir()) == sorted(["fonts", "swept", *named])


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


def test_of_very_many_a_few_are_made_again_rather_than_all_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.files.cache._MANY", 400)

    def kept(numbers: Iterable[int]) -> list[int]:
        """What a run that needs these has to make, and then keeps."""
        cache = Cache(tmp_path / "kept", b"code")
        keys = {number: cache.key(b"%d" % number) for number in numbers}
        missing = [number for number, key in keys.items() if cache.get(key) is None]
        for number in missing:
            cache.put(keys[number], [0])
        cache.save()
        return missing

    assert kept(range(500)) == list(range(500))
    assert kept(range(1, 501)) == [500]
    assert kept(range(1, 501)) == [500]  # one came, one went: all would be written for two
    assert kept(range(2, 502)) == [500, 501]
    assert kept(range(2, 502)) == []
    assert kept(range(2, 400)) == []
    assert kept(range(2, 402)) == [400, 401]  # many went, and they are gone
