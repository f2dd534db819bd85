"""Publishing: whatever happens to it, readers see the old site or the new one whole."""

import gzip
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from errno import EACCES
from functools import partial
from itertools import chain
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from archive.commands.cli import main
from archive.facts.project import Project
from archive.publish import deployment, manifest, publish, rollback, sbom, write_manifest
from archive.publish.manifest import NAME, FileEntry, Manifest
from archive.publish.target import KEPT, KEPT_DAYS, KEPT_LONGER, RefusedError, Target
from archive.schema.disclosure import Edition
from tests.conftest import AS_OF
from tests.samples.published import COMMIT, made_up, sealed
from tests.samples.sample import git

NOW = datetime(2026, 6, 30, 8, 15, 2, 999, tzinfo=UTC)
FIRST = "20260630T081502Z-0123456789ab"
SECOND = "20260630T081503Z-0123456789ab"
ARCHIVE = Path(sys.executable).with_name("archive")
FORK = get_context("fork")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return made_up(tmp_path / "site", "甲")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return made_up(tmp_path / "other", "乙")


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return Target(tmp_path / "www")


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def shown(target: Target) -> str:
    """Which site readers see, after making sure that it is whole."""
    assert manifest.manifest_problems(target.link.resolve()) == []
    files = {name: raw for name, raw in content(target.link).items() if name != NAME}
    unpacked = {name: gzip.decompress(raw) for name, raw in files.items() if name.endswith(".gz")}
    assert unpacked == {name: files[name.removesuffix(".gz")] for name in unpacked}
    return files["index.html"].decode()[4:5]


def times(target: Target) -> dict[str, int]:
    return {
        path.relative_to(target.link).as_posix(): int(path.stat().st_mtime)
        for path in target.link.rglob("*")
        if path.is_file()
    }


def said(name: str, message: str) -> list[str]:
    return [f"site/{name}:1: {message}"]


def test_a_release_is_the_site_with_its_packed_files(site: Path, target: Target) -> None:
    assert publish(site, target.folder, NOW) == (FIRST, [])
    assert target.link.readlink() == Path("releases", FIRST)
    assert shown(target) == "甲"
    packed = {"index.html.gz", "download/a.csv.gz", "assets/app.12345678.min.js.gz"}
    assert content(target.link).keys() == content(site).keys() | packed
    assert names(target.folder) == [".lock", ".seen", "current", "releases"]
    assert names(target.deployments) == [FIRST]


@pytest.mark.parametrize(("first", "second"), [("public", "internal"), ("internal", "public")])
def test_a_target_holds_one_edition(
    site: Path, other: Path, target: Target, first: Edition, second: Edition
) -> None:
    assert publish(sealed(site, edition=first), target.folder, NOW) == (FIRST, [])
    with pytest.raises(RefusedError, match="一个发布目录须只放一版，现在是"):
        publish(sealed(other, edition=second), target.folder, NOW)
    assert shown(target) == "甲"
    assert target.names() == [FIRST]
    assert publish(sealed(other, edition=first), target.folder, NOW) == (SECOND, [])
    (target.link / NAME).unlink()
    with pytest.raises(RefusedError, match="一个发布目录须只放一版，现在是"):
        publish(sealed(other, edition=second), target.folder, NOW)
    target.link.unlink()
    with pytest.raises(RefusedError, match="一个发布目录须只放一版，现在是"):
        publish(sealed(other, edition=second), target.folder, NOW)


def test_the_same_site_gives_the_same_release(site: Path, target: Target) -> None:
    for _ in range(2):
        publish(site, target.folder, NOW)
    assert target.names() == [FIRST, SECOND]
    assert content(target.deployments / FIRST) == content(target.deployments / SECOND)


def test_only_what_has_changed_gets_a_new_time(site: Path, other: Path, target: Target) -> None:
    publish(site, target.folder, NOW)
    first = times(target)
    publish(other, target.folder, NOW)
    second = times(target)
    assert set(first.values()) == {int(NOW.timestamp())}
    same = {"404.html", "assets/app.12345678.min.js", "assets/app.12345678.min.js.gz"}
    assert {name for name in first if first[name] == second[name]} == same
    rollback(target.folder)
    assert times(target) == first


def test_others_may_read_a_release_whatever_the_mask(site: Path, tmp_path: Path) -> None:
    target = Target(tmp_path / "srv" / "deep" / "www")
    old = os.umask(0o077)
    try:
        publish(site, target.folder, NOW)
    finally:
        os.umask(old)
    modes = {path.stat().st_mode & 0o777 for path in (target.deployments / FIRST).rglob("*")}
    assert modes == {0o644, 0o755}
    for folder in (target.deployments / FIRST, *(target.deployments / FIRST).parents):
        if folder == tmp_path:
            break
        assert folder.stat().st_mode & 0o777 == 0o755


def test_a_power_cut_takes_neither_mode_nor_time(
    site: Path, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: set[tuple[int, int]] = set()
    sync = os.fsync

    def record_sync(descriptor: int) -> None:
        known = os.fstat(descriptor)
        opened = Path(f"/proc/self/fd/{descriptor}").readlink()
        if stat.S_ISREG(known.st_mode) and opened.is_relative_to(target.deployments):
            kept.add((known.st_mode & 0o777, int(known.st_mtime)))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", record_sync)
    old = os.umask(0o077)
    try:
        publish(site, target.folder, NOW)
    finally:
        os.umask(old)
    assert kept == {(0o644, int(NOW.timestamp()))}


def test_the_last_ten_stay(site: Path, target: Target) -> None:
    made = [publish(site, target.folder, NOW)[0] for _ in range(KEPT + 3)]
    assert target.names() == made[3:]
    assert len(target.names()) == KEPT


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def published(site: Path, target: Target, *moments: datetime, days: int = KEPT_DAYS) -> list[str]:
    return [publish(site, target.folder, now, keep_days=days)[0] for now in moments]


def test_many_in_a_row_do_not_push_out_what_readers_saw(site: Path, target: Target) -> None:
    seen = published(site, target, *(NOW + hours(n) for n in (0, 2, 26, 26.5, 49)))
    burst = published(site, target, *([NOW + hours(72)] * (2 * KEPT)))
    # The one that was there for half an hour goes.
    assert target.names() == [*seen[:2], seen[3], seen[4], *burst[-KEPT:]]
    later = published(site, target, NOW + hours(72) + timedelta(days=29))
    assert target.names()[:2] == [seen[3], seen[4]]
    assert later[0] == target.names()[-1]


def test_those_kept_for_their_age_are_bounded(site: Path, target: Target) -> None:
    made = published(site, target, *(NOW + hours(n) for n in range(1, KEPT + KEPT_LONGER + 6)))
    assert target.names() == made[-KEPT - KEPT_LONGER :]
    rest = published(site, target, NOW + hours(200), days=0)
    assert target.names() == [*made[-KEPT + 1 :], *rest]


def test_one_that_readers_see_is_never_removed(site: Path, other: Path, target: Target) -> None:
    for _ in range(KEPT):
        publish(site, target.folder, NOW)
    rollback(target.folder, FIRST)
    with target.locked():
        shutil.copytree(target.deployments / FIRST, target.unfinished)
        target.add_deployment(target.next_second(NOW), COMMIT)
        target.remove_old()
    assert target.current() == FIRST
    assert len(target.names()) == KEPT
    assert shown(target) == "甲"


def test_a_clock_put_back_changes_no_order(site: Path, target: Target) -> None:
    publish(site, target.folder, NOW)
    assert publish(site, target.folder, NOW.replace(year=2020)) == (SECOND, [])
    assert target.current() == SECOND


def test_there_and_back(site: Path, other: Path, target: Target) -> None:
    publish(site, target.folder, NOW)
    publish(other, target.folder, NOW)
    assert shown(target) == "乙"
    assert rollback(target.folder) == (FIRST, [])
    assert shown(target) == "甲"
    assert rollback(target.folder, SECOND) == (SECOND, [])
    assert shown(target) == "乙"


def test_what_was_gone_back_from_is_not_gone_back_to(
    site: Path, other: Path, target: Target
) -> None:
    publish(site, target.folder, NOW)
    publish(other, target.folder, NOW)  # which leaks
    rollback(target.folder)
    third, _ = publish(site, target.folder, NOW)
    assert target.seen() == [FIRST, third]
    assert rollback(target.folder) == (FIRST, [])
    assert target.names() == [FIRST, SECOND, third]


def test_nobody_goes_back_to_what_readers_never_saw(site: Path, target: Target) -> None:
    publish(site, target.folder, NOW)
    with target.locked():  # and here the process was killed
        shutil.copytree(target.deployments / FIRST, target.unfinished)
        target.add_deployment(target.next_second(NOW), COMMIT)
    publish(site, target.folder, NOW)
    assert rollback(target.folder) == (FIRST, [])


def test_what_readers_saw_of_a_target_of_an_older_program(site: Path, target: Target) -> None:
    published(site, target, NOW, NOW, NOW)
    (target.folder / ".seen").unlink()
    assert rollback(target.folder) == (target.names()[1], [])
    assert target.seen() == target.names()[:2]


def test_no_way_back(site: Path, target: Target) -> None:
    with pytest.raises(RefusedError, match="里须有发布过的网站，现在没有"):
        rollback(target.folder)
    assert not target.folder.exists()
    publish(site, target.folder, NOW)
    with pytest.raises(RefusedError, match="里须有更早的发布，现在没有"):
        rollback(target.folder)
    for name in ("", "..", "20200101T000000Z-0"):
        with pytest.raises(RefusedError, match=r"更早的发布|没有发布过"):
            rollback(target.folder, name)
    assert target.current() == FIRST


def test_back_to_a_damaged_release_is_refused(site: Path, other: Path, target: Target) -> None:
    publish(site, target.folder, NOW)
    publish(other, target.folder, NOW)
    (target.deployments / FIRST / "index.html").write_text("改了", "utf-8")
    _, problems = rollback(target.folder)
    assert [str(problem) for problem in problems] == [
        f"{FIRST}/index.html:1: 内容须与清单的校验值相符，现不相符；请重新生成，已发布的重新发布"
    ]
    assert shown(target) == "乙"


def _remove(site: Path) -> None:
    (site / "index.html").unlink()


def _add(site: Path) -> None:
    (site / "report" / ".hidden").write_text("", "utf-8")


def _change(site: Path) -> None:
    (site / "print/full.pdf").write_text("%PDF 丙", "utf-8")


def _link(site: Path) -> None:
    (site / "download/a.csv").unlink()
    (site / "download/a.csv").symlink_to("/etc/hostname")


def _link_folder(site: Path) -> None:
    (site / "x").symlink_to(site / "report")


def _pipe(site: Path) -> None:
    os.mkfifo(site / "pipe")


def _no_text(site: Path) -> None:
    (site / os.fsdecode(b"\xb1\xed\n.csv")).touch()


def _no_manifest(site: Path) -> None:
    (site / NAME).unlink()


def _broken(site: Path) -> None:
    (site / NAME).write_text("{", "utf-8")


@pytest.mark.parametrize(
    ("damage", "name", "message"),
    [
        (_remove, "index.html", "须有清单所列的文件，现在没有；请重新生成，已发布的重新发布"),
        (_add, "report/.hidden", "清单没有列的文件不得有；请重新生成，已发布的重新发布"),
        (
            _change,
            "print/full.pdf",
            "内容须与清单的校验值相符，现不相符；请重新生成，已发布的重新发布",
        ),
        (_link, "download/a.csv", "须是普通文件，现为链接或其他；请重新生成，已发布的重新发布"),
        (_link_folder, "x", "须是普通文件，现为链接或其他；请重新生成，已发布的重新发布"),
        (_pipe, "pipe", "须是普通文件，现为链接或其他；请重新生成，已发布的重新发布"),
        (_no_text, "\\udcb1\\udced\\n.csv", "清单没有列的文件不得有；请重新生成，已发布的重新发布"),
        (_no_manifest, NAME, "须有清单并能读取，现在没有；请用 .venv/bin/archive build 重新生成"),
        (_broken, NAME, "须有清单并能读取，现在没有；请用 .venv/bin/archive build 重新生成"),
    ],
)
def test_a_site_that_is_not_its_manifest_is_refused(
    site: Path, target: Target, damage: Callable[[Path], None], name: str, message: str
) -> None:
    damage(site)
    done, problems = publish(site, target.folder, NOW)
    assert (done, [str(problem) for problem in problems]) == ("", said(name, message))
    assert not target.folder.exists()


@given(st.binary() | st.text().map(str.encode))
def test_any_manifest_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_bytes(raw)
    assert len(manifest.manifest_problems(folder)) == 1


def test_a_manifest_that_leads_out_of_the_site(site: Path, target: Target) -> None:
    (site.parent / "secret").write_text("密", "utf-8")
    made = manifest.read(site)
    assert made
    outside = {"../secret": FileEntry.of("密".encode())}
    (site / NAME).write_text(made.same_origin({**made.files, **outside}).text(), "utf-8")
    _, problems = publish(site, target.folder, NOW)
    assert [str(problem) for problem in problems] == said(
        "../secret", "须有清单所列的文件，现在没有；请重新生成，已发布的重新发布"
    )


def test_a_site_built_anew_while_it_is_published_is_refused(
    site: Path, other: Path, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, target.folder, NOW)
    make = deployment.make_deployment

    def late(*args: Any) -> None:
        _change(other)
        make(*args)

    monkeypatch.setattr(deployment, "make_deployment", late)
    _, problems = publish(other, target.folder, NOW)
    assert [str(problem) for problem in problems] == [
        ".new/print/full.pdf:1: 内容须与清单的校验值相符，现不相符；请重新生成，已发布的重新发布"
    ]
    assert shown(target) == "甲"
    assert names(target.deployments) == [FIRST]


def test_what_readers_see_is_told_as_it_is(
    site: Path, other: Path, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, target.folder, NOW)

    def denied(*_: object) -> None:
        raise PermissionError(EACCES, "Permission denied")

    monkeypatch.setattr(Target, "remove_old", denied)
    with pytest.raises(RefusedError, match=r"已经换上，读者看到的是新的网站；请"):
        publish(other, target.folder, NOW)
    assert shown(target) == "乙"


def test_changes_no_commit_holds_are_published_on_trial_only(site: Path, target: Target) -> None:
    sealed(site, uncommitted=True)
    with pytest.raises(RefusedError, match="须全部出自已提交的内容"):
        publish(site, target.folder, NOW)
    assert publish(site, target.folder, NOW, trial=True) == (FIRST, [])


def test_what_is_no_release_is_left_alone(site: Path, target: Target) -> None:
    target.link.mkdir(parents=True)
    (target.link / "index.html").write_text("别人的", "utf-8")
    with pytest.raises(RefusedError, match="须是由发布程序写的链接，现为文件或目录"):
        publish(site, target.folder, NOW)
    assert content(target.link) == {"index.html": "别人的".encode()}
    shutil.rmtree(target.link)
    kept = [
        ".notes",
        "20250101T000000Z-0123456789ab",
        "20250101T000000Z-before",
        "20250230T000000Z-none",
        "notes",
    ]
    for name in kept:
        (target.deployments / name).write_text("", "utf-8")
    (target.deployments / "20250230T000000Z-none").unlink()
    (target.deployments / "20250230T000000Z-none").mkdir()  # no such day
    for _ in range(KEPT + 1):
        publish(site, target.folder, NOW)
    assert sorted({*names(target.deployments)} - {*target.names()}) == kept


class Steps:
    """What a process asks of the file system about what is called so, counted, and the step before which it kills itself."""

    about = ""
    done = 0
    last = 0


def _step(event: str, asked: tuple[object, ...]) -> None:
    of_files = event.partition(".")[0] in ("open", "os", "shutil", "fcntl")
    if of_files and any(Steps.about in str(one) for one in asked):
        Steps.done += 1
        if Steps.done == Steps.last:
            os.kill(os.getpid(), signal.SIGKILL)


def killed(run: Callable[[], object], step: int, about: str) -> bool:
    """Run in a process of its own, killed before such a step; whether it came so far."""

    def counted() -> None:
        Steps.about, Steps.done, Steps.last = about, 0, step
        run()

    process: BaseProcess = FORK.Process(target=counted)
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


@pytest.mark.parametrize("times", [25, pytest.param(200, marks=pytest.mark.deep)])
def test_killed_at_many_steps(site: Path, other: Path, target: Target, times: int) -> None:
    # From a process of its own: to fork the one that runs all tests takes longer than to publish.
    process = get_context("spawn").Process(target=kill, args=(site, other, target, times))
    process.start()
    process.join(300)
    process.kill()
    assert process.exitcode == 0


def kill(site: Path, other: Path, target: Target, times: int) -> None:
    """Kill so many publications; whatever does not hold then ends it with a traceback."""
    chance = random.Random(6)
    sys.addaudithook(_step)
    for _ in range(KEPT):  # so that each run also removes an old release
        Steps.done = 0
        publish(site, target.folder, NOW)
    usual = Steps.done
    before, kills = "甲", 0
    seen: set[tuple[bool, bool]] = set()
    both = {(True, False), (True, True)}  # killed before the switch, and after it
    at_the_switch = ((step, "current") for step in range(1, 11))
    anywhere = ((chance.randint(1, usual), "") for _ in range(4 * times))
    for step, about in chain(at_the_switch, anywhere):
        if kills >= times and both <= seen:
            break
        fresh, mark = (other, "乙") if before == "甲" else (site, "甲")
        again = partial(publish, fresh, target.folder, NOW)
        ended = killed(again, step, about)
        kills += ended
        now = shown(target)
        assert now in (before, mark)
        seen.add((ended, now == mark))
        # Every release that has its name is whole.
        assert [
            it
            for name in target.names()
            for it in manifest.manifest_problems(target.deployments / name)
        ] == []
        before = now
    assert kills >= times
    assert both <= seen
    assert publish(site, target.folder, NOW)[1] == []
    assert shown(target) == "甲"
    assert names(target.folder) == [".lock", ".seen", "current", "releases"]
    assert names(target.deployments) == target.names()
    assert len(target.names()) == KEPT


def _try(site: Path, folder: Path, outcomes: Any) -> None:
    try:
        publish(site, folder, NOW)
    except RefusedError as refused:
        outcomes.put(str(refused))
    else:
        outcomes.put("")


def test_several_at_once(site: Path, other: Path, target: Target) -> None:
    publish(site, target.folder, NOW)
    outcomes = FORK.Queue()
    processes = [
        FORK.Process(target=_try, args=(each, target.folder, outcomes))
        for each in [site, other] * 4
    ]
    for process in processes:
        process.start()
    results = [outcomes.get() for _ in processes]
    for process in processes:
        process.join()
    refused = f"{target.folder} 正在由另一个进程发布，请等它结束再试"
    assert set(results) <= {"", refused}
    assert len(target.names()) == 1 + results.count("")
    assert shown(target) in ("甲", "乙")


def test_the_second_waits_for_nobody(site: Path, target: Target) -> None:
    with target.locked(), pytest.raises(RefusedError, match="正在由另一个进程发布"):
        publish(site, target.folder, NOW)
    publish(site, target.folder, NOW)
    assert shown(target) == "甲"


def test_a_write_that_fails_changes_nothing(site: Path, other: Path, target: Target) -> None:
    publish(site, target.folder, NOW)
    (other / "big.pdf").write_bytes(b"%PDF" * 5000)
    sealed(other)
    outcomes = FORK.Queue()

    def short_of_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        _try(other, target.folder, outcomes)

    process = FORK.Process(target=short_of_room)
    process.start()
    assert outcomes.get() == (
        f"{target.folder} 须能写入，现为：File too large；读者看到的仍是原来的网站；请除去这个原因再发布"
    )
    process.join()
    assert shown(target) == "甲"
    assert names(target.deployments) == [FIRST]


FULL_DISK = """
mount -t tmpfs -o size=200k none "$1" || exit 77
"$2" publish "$1/www" --site "$3" || exit 1
"$2" publish "$1/www" --site "$4"
echo $?
grep -o '<h1>.' "$1/www/current/index.html"
ls -A "$1/www/releases" | wc -l
"""


def test_a_full_disk(site: Path, other: Path, tmp_path: Path) -> None:
    (other / "big.pdf").write_bytes(os.urandom(190_000))
    sealed(other)
    (tmp_path / "disk").mkdir()
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", FULL_DISK, "sh",
         str(tmp_path / "disk"), str(ARCHIVE), str(site), str(other)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if "unshare" in done.stderr or done.returncode == 77:
        pytest.skip("no file system of one's own may be mounted here")
    assert done.stdout.split() == ["1", "<h1>甲", "1"]
    assert done.stderr.splitlines()[1:] == [
        f"{tmp_path}/disk/www 磁盘空间须够放下一份完整的网站，现已不足；读者看到的仍是原来的网站；请除去这个原因再发布"
    ]


def test_the_seal_tells_the_commit(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "data").mkdir(parents=True)
    (root / "data" / "unit.yml").write_text("{}\n", "utf-8")
    (root / ".gitignore").write_text("site/\n", "utf-8")
    (root / "site").mkdir()
    (root / "site" / "a.txt").write_text("甲", "utf-8")
    project = Project(root, root / "data", AS_OF)

    def manifest_now() -> Manifest | None:
        write_manifest(root / "site", project)
        assert manifest.manifest_problems(root / "site") == []
        return manifest.read(root / "site")

    files = {"a.txt": FileEntry.of("甲".encode())}

    def expected(commit: str, *, uncommitted: bool) -> Manifest:
        files[sbom.NAME] = FileEntry.of((root / "site" / sbom.NAME).read_bytes())
        return Manifest(
            edition="internal", commit=commit, uncommitted=uncommitted, as_of=AS_OF, files=files
        )

    assert manifest_now() == expected("", uncommitted=True)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    commit = git(root, "rev-parse", "HEAD")
    assert manifest_now() == expected(commit, uncommitted=False)
    (root / "data" / "new.yml").write_text("{}\n", "utf-8")
    assert manifest_now() == expected(commit, uncommitted=True)
    (root / "data" / "new.yml").unlink()
    (root / "notes.txt").write_text("甲", "utf-8")  # of which no site is made
    assert manifest_now() == expected(commit, uncommitted=False)
    (root / "docs").mkdir()
    (root / "docs" / "new.md").write_text("# 甲", "utf-8")
    assert manifest_now() == expected(commit, uncommitted=True)
    (root / ".git" / "info" / "exclude").write_text("new.md\n.new.md\n", "utf-8")
    assert manifest_now() == expected(commit, uncommitted=True)
    (root / "docs" / "new.md").rename(root / "docs" / ".new.md")  # which no site shows
    assert manifest_now() == expected(commit, uncommitted=False)
    shutil.rmtree(root / "docs")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project = Project(root, elsewhere, AS_OF)
    assert manifest_now() == expected(commit, uncommitted=True)


def test_the_edition_that_is_asked_for(tmp_path: Path, site: Path, target: Target) -> None:
    public = sealed(made_up(tmp_path / "public", "丙"), edition="public")

    def run(*args: object) -> tuple[int, str]:
        result = CliRunner().invoke(main, [*map(str, args)], catch_exceptions=False)
        return result.exit_code, result.output

    for command, to in (("publish", target.folder), ("offline", tmp_path / "a.zip")):
        assert run(command, to, "--edition", "public", "--site", site) == (
            1,
            f"写明 --edition public 的，{site} 须是公开版，现为内部版；请写对 --site，不写的先生成一份\n",
        )
        assert run(command, to, "--edition", "internal", "--site", public) == (
            1,
            f"写明 --edition internal 的，{public} 须是内部版，现为公开版；请写对 --site，不写的先生成一份\n",
        )
        assert not to.exists()
        assert run(command, to, "--edition", "public", "--site", public)[0] == 0


def test_the_commands(site: Path, other: Path, target: Target) -> None:
    def run(*args: object) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, [*map(str, args)], catch_exceptions=False)
        return result.exit_code, result.stdout, result.stderr

    where = target.folder
    made = "提交 0123456789ab 的内部版，以 2026-06-30 为今天"
    assert run("verify", site) == (0, "", f"{site} 与清单一致：{made}。\n")
    for each in (site, other):
        code, out, err = run("publish", where, "--site", each)
        assert (code, out) == (0, "")
        assert err == f"已发布：{where}/current 现在是 {target.current()}。\n"
    first, second = target.names()
    assert run("verify", where) == (
        0, f"{first}\n{second}（现用）\n", "2 次发布，均与清单一致。\n",
    )  # fmt: skip
    assert run("rollback", where) == (0, "", f"{where}/current 现在是 {first}。\n")
    assert run("rollback", where) == (1, "", f"{where} 里须有更早的发布，现在没有；请重新发布\n")
    _change(target.link)
    fault = f"{first}/print/full.pdf:1: 内容须与清单的校验值相符，现不相符；请重新生成，已发布的重新发布\n"
    assert run("verify", where) == (1, fault, "共 1 处问题。\n")
    _change(site)
    fault = (
        "site/print/full.pdf:1: 内容须与清单的校验值相符，现不相符；请重新生成，已发布的重新发布\n"
    )
    assert run("publish", where, "--site", site) == (1, fault, "共 1 处问题。\n")
    shutil.rmtree(target.deployments / first)
    assert run("verify", where) == (
        1, f"{second}\n", f"1 次发布，均与清单一致。\n{where}/current 须通到一次发布，现在没有；请写对发布目录，或者先发布\n",
    )  # fmt: skip
