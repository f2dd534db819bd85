"""The live preview, with small sites in place of the real one."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from watchfiles import Change, watch

import archive
from archive.build import preview
from archive.build.preview import Preview, serve, watching
from archive.build.preview.fork_server import PRELOADED, failure
from archive.build.preview.server import Server
from archive.build.preview.watching import Sources, SourceWatch, Stop
from archive.build.preview.worker import DIED, Open
from archive.facts.project import Project
from tests.samples import small_sites
from tests.samples.small_sites import PATIENCE, copy, held, late, own_code, wait_for

# Looking on


class Visitor:
    """One who reads pages and hears of changes."""

    def __init__(self, url: str) -> None:
        self.address = urlsplit(url).netloc
        self._events = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        self._events.request("GET", "/_live/events")
        self._news = self._events.getresponse()
        self.version = ""

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *error: object) -> None:
        self._news.close()
        self._events.close()

    def hear(self) -> tuple[str, str]:
        """The next event and what it says."""
        kind = ""
        while True:
            name, _, value = self._news.readline().decode().rstrip("\n").partition(": ")
            if name == "event":
                kind = value
            if name == "data":
                self.version = value if kind == "reload" else self.version
                return kind, value

    def hear_problems(self) -> list[str]:
        """The problems that are told next."""
        kind = ""
        while kind != "problems":
            kind, data = self.hear()
        problems: list[str] = json.loads(data)
        return problems

    def ask(self, path: str, method: str = "GET") -> tuple[int, dict[str, str], str]:
        """The status, the headers that matter, the text."""
        connection = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        connection.request(method, path)
        answer = connection.getresponse()
        headers = {name: value for name, value in answer.getheaders() if name not in PLAIN}
        text = answer.read().decode()
        connection.close()
        return answer.status, headers, text

    def text(self, path: str = "/") -> str:
        """The page without what the preview adds."""
        status, _, text = self.ask(path)
        assert status == 200
        return re.sub(r"<script.*?</script>", "", text)


SHUT = ("Cross-Origin-Resource-Policy", "X-Content-Type-Options", "X-Frame-Options")
PLAIN = ("Server", "Date", "Content-Length", "Cache-Control", *SHUT)


@pytest.fixture(autouse=True)
def whole_begins_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks at these pages whose page would come first."""
    monkeypatch.setattr(preview, "AHEAD_SECONDS", 0.02)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One page, which shows a number from the data."""
    for name in ("docs", "data"):
        (tmp_path / name).mkdir()
    (tmp_path / "docs" / "index.html").write_text("<p>{数}</p></body>")
    (tmp_path / "data" / "n.txt").write_text("1")
    return Project(tmp_path, tmp_path / "data", date(2024, 1, 1))


@contextmanager
def previewing(
    project: Project, open_site: Open = copy, preloaded: Sequence[str] = ()
) -> Iterator[str]:
    """The address of a preview that runs meanwhile; small sites need no modules beside their own."""
    server = Server("127.0.0.1", 0)
    with Preview(project, server, open_site, late, preloaded):
        yield server.url


@contextmanager
def visiting(
    project: Project, open_site: Open = copy, preloaded: Sequence[str] = ()
) -> Iterator[Visitor]:
    """A visitor to a preview that runs meanwhile."""
    with previewing(project, open_site, preloaded) as url, Visitor(url) as visitor:
        yield visitor


def save(file: Path, text: str) -> None:
    """Put a new file in place of the old one, as editors do: one change, never half of it."""
    new = file.parents[1] / "new"
    new.write_text(text)
    os.utime(new, (0, 0))  # all of one age: who goes by that is found out
    new.replace(file)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What the terminal shows, times made equal."""
    return re.sub(r"\d+\.\d 秒", "0.1 秒", capsys.readouterr().out)


# Changes and mistakes


def test_changes_and_mistakes_show(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    page = project.docs / "index.html"
    with previewing(project) as url, Visitor(url) as visitor:
        kind, first = visitor.hear()
        assert (kind, visitor.text()) == ("reload", "<p>1</p></body>")

        save(page, "<p>{数}</p>\n<p>错</p>\n错<b>")
        problems = [
            "docs/index.html:2: 须没有“错”字，请删去",
            "docs/index.html:3: 须没有“错”字，请删去",
        ]
        assert visitor.hear_problems() == problems
        assert visitor.text() == "<p>1</p></body>"
        with Visitor(url) as late:
            assert late.hear() == ("reload", first)
            assert late.hear_problems() == problems

        save(page, "<p>二 {数}</p>")
        kind, second = visitor.hear()
        assert (kind, second != first, visitor.text()) == ("reload", True, "<p>二 1</p>")
        with Visitor(url) as late:
            assert late.hear() == ("reload", second)
            save(page, "错")
            assert late.hear_problems() == ["docs/index.html:1: 须没有“错”字，请删去"]
    assert said(capsys) == (
        "生成，用时 0.1 秒：已更新\n"
        "docs/index.html 有改动，用时 0.1 秒：有 2 处问题，页面仍是上一次的内容：docs/index.html:2、docs/index.html:3\n"
        "docs/index.html 有改动，用时 0.1 秒：已更新\n"
        "docs/index.html 有改动，用时 0.1 秒：有 1 处问题，页面仍是上一次的内容：docs/index.html:1\n"
    )


def test_every_source_counts(project: Project, tmp_path: Path) -> None:
    with visiting(project) as visitor:
        heard = [visitor.hear()]
        for name in ["mkdocs.yml", "mkdocs.yml", "data/n.txt", "docs/new.html"]:
            save(tmp_path / name, "")
            heard.append(visitor.hear())
        (tmp_path / "archive").mkdir()  # not there when the preview started
        heard.append(visitor.hear())
        save(tmp_path / "archive" / "file", "")
        heard.append(visitor.hear())
    assert [kind for kind, _ in heard] == ["reload"] * 7
    assert len(set(heard)) == 7


def test_caches_and_swap_files_do_not_count() -> None:
    names = [
        "n.yml",
        "__pycache__/a.pyc",
        ".git/HEAD",
        ".n.yml.swp",
        "n.yml~",
        "#n.yml#",
        ".#n.yml",
    ]
    matters = Sources()
    assert [name for name in [*names, "4913"] if matters(Change.modified, f"/a/{name}")] == [
        "n.yml"
    ]


def test_a_change_during_the_first_build_is_built_next(project: Project, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with visiting(project, held) as visitor:
        wait_for(lambda: log.exists() and log.read_text() == "begin 1\n")
        assert visitor.ask("/")[0] == 503
        for number in "23":
            save(project.data / "n.txt", number)
        for number in "123":
            (tmp_path / f"go-{number}").touch()
        wait_for(lambda: visitor.hear() and visitor.text() == "<p>3</p></body>")
        assert visitor.text("/n.csv") == "3"
    assert log.read_text().splitlines()[:2] == ["begin 1", "end 1"]


def test_no_request_fails_while_sites_change(project: Project) -> None:
    statuses = []
    with previewing(project) as url, Visitor(url) as visitor:
        visitor.hear()
        done = threading.Event()

        def visit() -> None:
            while not done.is_set():
                statuses.append(visitor.ask("/")[0])

        visits = threading.Thread(target=visit)
        visits.start()
        for number in range(8):
            save(project.data / "n.txt", str(number))
            visitor.hear()
        done.set()
        visits.join()
    assert set(statuses) == {200}


def test_only_two_sites_are_kept(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with visiting(project) as visitor:
        versions = [visitor.hear()[1]]
        for number in range(4):
            save(project.data / "n.txt", str(number))
            versions.append(visitor.hear()[1])
            assert visitor.text("/n.csv") == str(number)  # all of it is there
        (folder,) = tmp_path.glob("archive-serve-*")
        wait_for(lambda: {site.name for site in folder.iterdir()} == set(versions[-2:]))
    assert list(tmp_path.glob("archive-serve-*")) == []


def test_a_print_file_is_made_when_it_is_asked_for(project: Project) -> None:
    for name in ("late.pdf", "错.pdf", "猝死.pdf"):
        (project.docs / name).touch()
    with visiting(project) as visitor:
        visitor.hear()
        assert visitor.text("/late.pdf") == "迟到的 late"
        failed = [visitor.ask(path) for path in ("/%E9%94%99.pdf", "/%E7%8C%9D%E6%AD%BB.pdf")]
        assert visitor.text("/late.pdf") == "迟到的 late"
    told = [
        "docs/index.html:1: 须没有“错”字，请删去",
        "生成网站的进程须运行到底，现中途中止（退出码 3），原因见终端",
    ]
    assert [answer[:2] for answer in failed] == [
        (500, {"Content-Type": "text/html; charset=utf-8"})
    ] * 2
    for (_, _, text), problem in zip(failed, told, strict=True):
        assert f"<h1>这个文件还生成不了</h1><ol><li>{problem}</li></ol>" in text


# The pages at once, the whole site beside them


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], int]:
    """How many processes there are that began in this test."""
    mark = f"MARK={tmp_path.name}-{os.getpid()}"
    monkeypatch.setenv(*mark.split("="))
    return lambda: len(processes_with(mark))


@contextmanager
def holding(project: Project) -> Iterator[Visitor]:
    """A visitor to a site whose second edition is shown and not built: that waits for `go-2`."""
    root = project.root
    (project.docs / "assets").mkdir()
    (project.docs / "assets" / "s.css").write_text("p{}")
    (root / "go-1").touch()
    with visiting(project, held) as visitor:
        visitor.hear()
        save(project.data / "n.txt", "2")
        assert visitor.hear()[0] == "reload"
        wait_for(lambda: "begin 2" in (root / "log").read_text())
        yield visitor


def test_an_edit_is_shown_before_all_of_the_site_is_built(project: Project) -> None:
    with holding(project) as visitor:
        shown = [visitor.text(path) for path in ("/", "/index.html", "/assets/s.css")]
        assert shown == ["<p>2</p></body>"] * 2 + ["p{}"]
        (project.root / "go-2").touch()
        assert visitor.text("/n.csv") == "2"
        # Nothing is loaded again for it.
        assert visitor.ask("/")[2] == f"<p>2</p>{script(visitor)}</body>"


@pytest.mark.parametrize(
    "path", ["/n.csv", "/assets/../n.csv", "/new.txt", "/nothing", "/a", "/late.pdf"]
)
def test_what_is_no_page_waits_for_all_of_the_site(project: Project, path: str) -> None:
    for name in ("a/index.html", "nothing/n", "assets/s.css", "late.pdf"):
        (project.docs / name).parent.mkdir(exist_ok=True)
        (project.docs / name).write_text("旧")
    (project.root / "go-1").touch()
    with visiting(project, held) as visitor:
        visitor.hear()
        shutil.rmtree(project.docs / "a")
        shutil.rmtree(project.docs / "nothing")
        (project.docs / "late.pdf").write_text("")
        (project.docs / "new.txt").write_text("新")
        save(project.data / "n.txt", "2")
        wait_for(lambda: visitor.hear() and visitor.text() == "<p>2</p></body>")
        answers: list[tuple[int, str]] = []

        def ask() -> None:
            status, _, text = visitor.ask(path)
            answers.append((status, text))

        asking = threading.Thread(target=ask)
        asking.start()
        wait_for(lambda: answers or visitor.text() == "<p>2</p></body>")
        (project.root / "go-2").touch()
        asking.join()
    expected = {"/new.txt": (200, "新"), "/late.pdf": (200, "迟到的 late")}
    if path in ("/nothing", "/a"):
        assert answers[0][0] == 404
    else:
        assert answers == [expected.get(path, (200, "2"))]


def test_another_design_is_loaded_once_all_of_the_site_is_built(project: Project) -> None:
    with holding(project) as visitor:
        (project.root / "go-2").touch()
        assert visitor.text("/n.csv") == "2"
        (project.root / "go-2").unlink()
        new = project.root / "new"
        new.write_text("b{}")
        new.replace(project.docs / "assets" / "s.css")
        kind, first = visitor.hear()
        assert (kind, visitor.text(), visitor.text("/assets/s.css")) == (
            "reload",
            "<p>2</p></body>",
            "p{}",
        )
        (project.root / "go-2").touch()
        assert (visitor.hear(), visitor.text("/assets/s.css")) == (("reload", f"{first}+"), "b{}")


def test_an_edit_with_problems_leaves_the_page_and_the_building(project: Project) -> None:
    problems = ["docs/b.html:1: 须没有“错”字，请删去"]
    with holding(project) as visitor:
        (project.docs / "b.html").write_text("错")
        assert visitor.hear_problems() == problems
        assert visitor.text() == "<p>2</p></body>"
        (project.root / "go-2").touch()
        assert visitor.text("/n.csv") == "2"
        assert visitor.ask("/b.html")[0] == 404
        with Visitor(f"http://{visitor.address}/") as other:
            assert other.hear() == ("reload", visitor.version)
            assert other.hear_problems() == problems


def test_a_second_edit_ends_the_building_of_the_first(
    project: Project, marked: Callable[[], int]
) -> None:
    with holding(project) as visitor:
        wait_for(lambda: marked() == 4)  # two that stay, the build, and one that it began
        save(project.data / "n.txt", "3")
        assert (visitor.hear()[0], visitor.text()) == ("reload", "<p>3</p></body>")
        (project.root / "go-3").touch()
        assert visitor.text("/n.csv") == "3"
        wait_for(lambda: marked() == 2)
    log = (project.root / "log").read_text().splitlines()
    assert log == ["begin 1", "end 1", "begin 2", "begin 3", "end 3"]
    assert marked() == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("整站不好", "docs/b.html:7: 整站须好"),
        ("整站出事", "程序须运行到底，现出错：ValueError: 整站（详见终端）"),
        ("整站猝死", DIED),
        ("分身猝死", DIED),
        ("读猝死", DIED),
    ],
)
def test_what_cannot_be_built_brings_back_the_last_good_site(
    project: Project,
    capsys: pytest.CaptureFixture[str],
    marked: Callable[[], int],
    text: str,
    problem: str,
) -> None:
    page = project.docs / "index.html"
    with visiting(project) as visitor:
        first = visitor.hear()
        save(page, text)
        assert visitor.hear_problems() == [problem]
        assert (visitor.text(), visitor.text("/n.csv")) == ("<p>1</p></body>", "1")
        with Visitor(f"http://{visitor.address}/") as other:
            assert [other.hear(), other.hear()] == [first, ("problems", json.dumps([problem]))]
        save(page, "好了")
        assert (visitor.hear()[0], visitor.text()) == ("reload", "好了")
        assert visitor.text("/n.csv") == "1"
        wait_for(lambda: marked() == 2)
    lines = said(capsys).splitlines()
    assert [line for line in lines if "有 1 处问题" in line] == [
        "docs/index.html 有改动，用时 0.1 秒：有 1 处问题，页面仍是上一次的内容："
        + ("docs/b.html:7" if "b.html" in problem else problem)
    ]


@pytest.mark.parametrize("text", ["页出事", "页猝死"])
def test_a_page_that_cannot_be_made_alone_comes_with_the_whole(
    project: Project, capfd: pytest.CaptureFixture[str], marked: Callable[[], int], text: str
) -> None:
    page = project.docs / "index.html"
    with visiting(project) as visitor:
        visitor.hear()
        save(page, text)
        assert (visitor.hear()[0], visitor.text()) == ("reload", text)
        save(page, "好了")
        assert (visitor.hear()[0], visitor.text()) == ("reload", "好了")
        wait_for(lambda: marked() == 2)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("text", ["页出事{数}", "页猝死{数}"])
def test_beside_a_build_the_next_edit_is_shown_whatever_the_page_did(
    project: Project, capfd: pytest.CaptureFixture[str], text: str
) -> None:
    page = project.docs / "index.html"
    with holding(project) as visitor:
        save(page, text)
        assert visitor.hear()[0] == "reload"
        asking = threading.Thread(target=visitor.ask, args=("/",))
        asking.start()
        save(page, "好了")
        wait_for(lambda: visitor.hear() and visitor.text() == "好了")
        (project.root / "go-2").touch()
        asking.join()
    assert capfd.readouterr().err == ""


def test_if_no_build_can_begin_nothing_waits_for_one(project: Project) -> None:
    with holding(project) as visitor:
        save(project.docs / "index.html", "分身猝死")
        assert visitor.hear_problems() == [DIED]
        assert (visitor.text(), visitor.text("/n.csv")) == ("<p>1</p></body>", "1")


def test_the_first_site_may_have_problems_of_its_own(project: Project) -> None:
    page = project.docs / "index.html"
    save(page, "整站不好")
    with visiting(project) as visitor:
        assert visitor.hear_problems() == ["docs/b.html:7: 整站须好"]
        assert visitor.ask("/")[0] == 503
        save(page, "好了")
        assert (visitor.hear()[0], visitor.text()) == ("reload", "好了")


def test_problems_found_during_the_first_build_stay(project: Project) -> None:
    problems = ["docs/b.html:1: 须没有“错”字，请删去"]
    with visiting(project, held) as visitor:
        wait_for((project.root / "log").exists)
        (project.docs / "b.html").write_text("错")
        assert visitor.hear_problems() == problems
        (project.root / "go-1").touch()
        assert (visitor.hear()[0], visitor.hear_problems()) == ("reload", problems)
        (project.docs / "b.html").unlink()
        assert visitor.hear()[0] == "reload"
        with Visitor(f"http://{visitor.address}/") as other:
            assert other.hear() == ("reload", visitor.version)
            save(project.data / "n.txt", "2")
            assert other.hear()[0] == "reload"


# A system that tells of no changes

WATCH_LIMIT = OSError("OS file watch limit reached. about [] (Error { kind: MaxFilesWatch })")
INSTANCES = RuntimeError("Error creating recommended watcher: Too many open files (os error 24)")
POLLED = (
    "系统须能告知文件的改动，现不能：{}。改为每隔半秒查看一次，预览照常更新，只是稍慢、稍费处理器\n"
)
LIMIT = "inotify 已到上限，要恢复，请调大 fs.inotify.max_user_instances、max_user_watches"


@contextmanager
def watched(project: Project) -> Iterator[tuple[list[set[str]], Path]]:
    """What a watch of a project tells, and a page of it."""
    told: list[set[str]] = []
    watch = SourceWatch(project, lambda names: told.append(set(names)))
    threads = [threading.Thread(target=loop) for loop in (watch.watch_root, watch.watch_folders)]
    for thread in threads:
        thread.start()
    try:
        wait_for(lambda: told)
        yield told, project.docs / "index.html"
    finally:
        watch.stop()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize(
    ("error", "reason"),
    [(WATCH_LIMIT, LIMIT), (INSTANCES, LIMIT), (OSError("别的"), "别的")],
)
def test_where_the_system_tells_of_no_changes_files_are_polled(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    reason: str,
) -> None:
    def limited(*paths: Path, **options: Any) -> Iterator[Any]:
        raise error
        yield

    monkeypatch.setattr(watching, "watch_folders", limited)
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.02)
    with watched(project) as (told, page):
        assert told == [set()]
        for _ in range(3):  # within a second, and as long as before
            told.clear()
            page.write_text("<p>{数}</p></body>")
            wait_for(lambda: told)
            assert told == [{"docs/index.html"}]
        told.clear()
        (project.root / "mkdocs.yml").write_text("")
        wait_for(lambda: {"mkdocs.yml"} in told)
        page.unlink()
        wait_for(lambda: {"docs/index.html"} in told)
        (project.root / "archive").mkdir()
        wait_for(lambda: {"archive"} in told)
        (project.root / "archive" / "a.py").write_text("")
        wait_for(lambda: {"archive/a.py"} in told)
    assert capsys.readouterr().err == POLLED.format(reason)


def test_a_folder_made_since_is_watched_or_polled(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The system refuses to watch a new folder without a word: only a new watch is told so."""

    def full(*paths: Path, **options: Any) -> Iterator[Any]:
        if (project.docs / "new").exists():
            raise WATCH_LIMIT
        yield from watch(*paths, **options)

    monkeypatch.setattr(watching, "watch_folders", full)
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.02)
    with watched(project) as (told, page):
        new = page.parent / "new"
        new.mkdir()
        wait_for(lambda: told[-1] == set() and len(told) > 1)
        assert capsys.readouterr().err == POLLED.format(LIMIT)
        (new / "a.html").write_text("")
        wait_for(lambda: told[-1] == {"docs/new/a.html"})


def test_a_watch_that_dies_is_survived(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An edit made while nothing watched is shown too."""

    def dying(*paths: Path, stop_event: Stop, **options: Any) -> Iterator[Any]:
        stop_event.is_set()
        wait_for(died.is_set)
        raise INSTANCES
        yield

    died = threading.Event()
    monkeypatch.setattr(watching, "watch_folders", dying)
    page = project.docs / "index.html"
    with visiting(project) as visitor:
        visitor.hear()
        page.write_text("unseen")
        died.set()
        assert (visitor.hear()[0], visitor.text()) == ("reload", "unseen")
        page.write_text("seen")
        assert (visitor.hear()[0], visitor.text()) == ("reload", "seen")
    shown = capsys.readouterr()
    assert shown.err == POLLED.format(LIMIT)
    assert re.sub(r"\d+\.\d 秒", "0.1 秒", shown.out) == (
        "生成，用时 0.1 秒：已更新\n" * 2 + "docs/index.html 有改动，用时 0.1 秒：已更新\n"
    )


# Failures of the program


def test_the_loss_of_the_fork_server_is_told(project: Project) -> None:
    page = project.docs / "index.html"
    lost = ["生成网站的后台进程须一直在运行，现已中止：请按 Ctrl+C，再启动一次预览"]
    with visiting(project) as visitor:
        visitor.hear()
        save(page, "同归于尽")
        assert visitor.hear_problems() == lost
        save(page, "又改")
        assert visitor.hear_problems() == lost
        assert visitor.text() == "<p>1</p></body>"


def test_own_code_is_fresh_and_its_errors_have_a_place(
    project: Project,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(Path(archive.__file__).parent, tmp_path / "archive")
    own = tmp_path / "archive" / "text.py"
    save(own, "TEXT = '1'")
    monkeypatch.syspath_prepend(str(project.root))
    with visiting(project, own_code, PRELOADED) as visitor:
        assert (visitor.hear()[0], visitor.text()) == ("reload", "1")
        save(own, "TEXT = '2'")  # as long and as old as before
        assert (visitor.hear()[0], visitor.text()) == ("reload", "2")
        save(own, "\nTEXT = undefined")
        assert visitor.hear_problems() == [
            "archive/text.py:2: 程序须运行到底，现出错："
            "NameError: name 'undefined' is not defined（详见终端）"
        ]
        save(own, "\n\nTEXT = (")
        assert visitor.hear_problems() == [
            "archive/text.py:3: 程序须运行到底，现出错："
            "SyntaxError: '(' was never closed (text.py, line 3)（详见终端）"
        ]
        save(own, "raise SystemExit('够了')")
        assert visitor.hear_problems() == [
            "archive/text.py:1: 程序须运行到底，现出错：SystemExit: 够了（详见终端）"
        ]
        assert visitor.text() == "2"
    terminal = capfd.readouterr().err
    assert terminal.startswith("程序说 1\n程序说 2\nTraceback (most recent call last):\n")
    assert "\nNameError: name 'undefined' is not defined\nTraceback" in terminal


def test_the_first_cause_is_told_whatever_the_engine_made_of_it(tmp_path: Path) -> None:
    macro = compile("\n1 / 0", tmp_path / "archive" / "a.py", "exec")

    def other() -> None:
        raise ValueError("别的")

    def engine() -> None:
        try:
            exec(macro)
        except ZeroDivisionError:
            other()  # as libraries do: without a word of what came first

    with pytest.raises(ValueError, match="别的") as raised:
        engine()
    assert failure(tmp_path, raised.value) == (
        "archive/a.py:2: 程序须运行到底，现出错：ZeroDivisionError: division by zero（详见终端）"
    )


def test_an_error_outside_the_project_has_no_place(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="第一行") as raised:
        raise ValueError("第一行\n第二行")
    assert (
        failure(tmp_path, raised.value) == "程序须运行到底，现出错：ValueError: 第一行（详见终端）"
    )


# Requests


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor to a site of several pages."""
    root = tmp_path_factory.mktemp("site")
    for name, text in {
        "docs/index.html": "<body>{数}</body>",
        "docs/404.html": "<body>没有</body>",
        "docs/a.b/志愿/index.html": "<p>志愿",
        "docs/s.css": "p{}",
        "docs/s.js": "0",
        "docs/s.json": "{}",
        "docs/s.svg": "<svg/>",
        "docs/s.woff2": "f",
        "docs/s.xml.gz": "z",
        "docs/s.unknown": "u",
        "docs/.print": "p",
        "docs/.x/a.html": "x",
        "data/n.txt": "1",
    }.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    with visiting(Project(root, root / "data", date(2024, 1, 1))) as visitor:
        visitor.hear()
        yield visitor


def script(site: Visitor) -> str:
    return f'<script src="/_live/live.js" data-version="{site.version}"></script>'


HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_pages_carry_the_script(site: Visitor) -> None:
    home = (200, HTML, f"<body>1{script(site)}</body>")
    assert [site.ask("/"), site.ask("/index.html?a=1"), site.ask("//")] == [home] * 3
    assert site.ask("/a.b/%E5%BF%97%E6%84%BF/") == (200, HTML, f"<p>志愿{script(site)}")


@pytest.mark.parametrize(
    ("name", "text", "media_type"),
    [
        ("s.css", "p{}", "text/css; charset=utf-8"),
        (
            "s.js",
            "0",
            f"{'text' if sys.version_info >= (3, 12) else 'application'}/javascript; charset=utf-8",
        ),
        ("s.json", "{}", "application/json; charset=utf-8"),
        ("s.svg", "<svg/>", "image/svg+xml; charset=utf-8"),
        ("s.woff2", "f", "font/woff2"),
        ("s.xml.gz", "z", "application/octet-stream"),
        ("s.unknown", "u", "application/octet-stream"),
    ],
)
def test_files_say_what_they_are(site: Visitor, name: str, text: str, media_type: str) -> None:
    assert site.ask(f"/{name}") == (200, {"Content-Type": media_type}, text)


def test_a_folder_gets_its_slash(site: Visitor) -> None:
    place = "/a.b/%E5%BF%97%E6%84%BF"
    assert site.ask(f"{place}?q=1") == (302, {"Location": f"{place}/?q=1"}, "")
    # Two slashes would lead to a host of the folder's name.
    assert site.ask("//a.b") == (302, {"Location": "/a.b/"}, "")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/a.b/",
        "/s.css/",
        "/../data/n.txt",
        "/..%2f..%2fdata/n.txt",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/a.b/../../../etc/passwd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/..",
        "/..\\..\\etc",
        "/s.css%00",
        "/%00",
        "/%ff%fe",
        "/" + 300 * "a",
        "/_live/",
        "/.print",
        "/%2eprint",
        "/a.b/../.x/a.html",
        "/.x",
    ],
)
def test_what_is_not_in_the_site_is_not_found(site: Visitor, path: str) -> None:
    assert site.ask(path) == (404, HTML, f"<body>没有{script(site)}</body>")


def test_head_is_get_without_the_text(site: Visitor) -> None:
    for path in ("/", "/s.css", "/nothing", "/a.b", "/_live/live.js"):
        status, headers, _ = site.ask(path)
        assert site.ask(path, "HEAD") == (status, headers, "")
    events = {"Content-Type": "text/event-stream; charset=utf-8"}
    assert site.ask("/_live/events", "HEAD") == (200, events, "")


def test_nothing_is_stored_by_browsers(site: Visitor) -> None:
    connection = http.client.HTTPConnection(site.address, timeout=PATIENCE)
    connection.request("GET", "/s.css")
    answer = connection.getresponse()
    assert (answer.headers["Cache-Control"], answer.headers["Content-Length"]) == ("no-store", "3")
    connection.close()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("192.0.2.7", 200),
        ("[::1]:8000", 200),
        ("localhost:8000", 200),
        (socket.gethostname(), 200),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
def test_no_other_site_reads_it(site: Visitor, host: str, status: int) -> None:
    connection = http.client.HTTPConnection(site.address, timeout=PATIENCE)
    connection.request("GET", "/s.css", headers={"Host": host})
    answer = connection.getresponse()
    shut = [answer.headers[name] for name in SHUT]
    assert (answer.status, shut) == (status, ["same-origin", "nosniff", "DENY"])
    connection.close()


def test_without_a_page_for_it_not_found_is_told_plainly(project: Project) -> None:
    with visiting(project) as visitor:
        visitor.hear()
        status, _, text = visitor.ask("/nothing")
    assert (status, "<h1>没有这个页面</h1>" in text) == (404, True)


def test_until_there_is_a_site_a_page_says_why(project: Project, tmp_path: Path) -> None:
    with visiting(project, held) as visitor:
        wait_for((tmp_path / "log").exists)
        waiting = visitor.ask("/report/")
        (project.docs / "<b>.html").write_text("错")
        visitor.hear_problems()
        failed = visitor.ask("/report/")
    shell = (
        '<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">\n<title>{0}</title></head>\n'
        "<body><main data-live-problems><h1>{0}</h1><ol>{1}</ol></main>"
        '<script src="/_live/live.js" data-version=""></script></body>\n</html>\n'
    )
    assert waiting == (503, HTML, shell.format("正在生成网站，好了会自己显示", ""))
    problem = "<li>docs/&lt;b&gt;.html:1: 须没有“错”字，请删去</li>"
    assert failed == (503, HTML, shell.format("有 1 处问题，还没有可看的页面", problem))


# In a browser

HIDE = """hidden => {
    Object.defineProperty(document, "hidden", {value: hidden, configurable: true})
    document.dispatchEvent(new Event("visibilitychange"))
}"""


def test_in_a_browser_pages_and_problems_come_and_go(project: Project, chromium: Browser) -> None:
    page = project.docs / "index.html"
    head = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>页</title>'
    save(page, "<b>错</b>")
    with (
        previewing(project) as url,
        chromium.new_page(viewport={"width": 360, "height": 640}) as tab,
    ):
        tab.set_default_timeout(PATIENCE * 1000)
        complaints: list[str] = []
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(url)
        alert, text = tab.get_by_role("alert"), tab.locator("p")
        expect(alert.get_by_role("heading")).to_have_text("有 1 处问题，还没有可看的页面")
        expect(tab.get_by_role("listitem")).to_have_text(
            ["docs/index.html:1: 须没有“错”字，请删去"]
        )

        save(page, f"{head}<body><p>好</p></body>")
        expect(text).to_have_text("好")
        expect(alert).to_have_count(0)

        long = "docs/" + "很长的名字" * 12 + "<i>.html"
        save(project.root / long, "错\n错")
        expect(alert.get_by_role("heading")).to_have_text("有 2 处问题，页面仍是上一次的内容")
        messages = [f"{long}:{line}: 须没有“错”字，请删去" for line in (1, 2)]
        expect(alert.get_by_role("listitem")).to_have_text(messages)
        expect(text).to_have_text("好")
        assert tab.evaluate("document.documentElement.scrollWidth") == 360
        tab.reload()
        expect(alert.get_by_role("listitem")).to_have_text(messages)
        save(project.root / long, "错")
        expect(alert.get_by_role("listitem")).to_have_text(messages[:1])

        save(page, f"{head}<body><p>更好</p></body>")
        (project.root / long).unlink()
        expect(text).to_have_text("更好")
        expect(alert).to_have_count(0)

        tab.evaluate(HIDE, True)
        save(page, f"{head}<body><p>最好</p></body>")
        with Visitor(url) as other:
            wait_for(lambda: other.hear() and "最好" in other.text())
        expect(text).to_have_text("更好")
        tab.evaluate(HIDE, False)
        expect(text).to_have_text("最好")
        assert complaints == []


# Beginning and end


def processes_with(setting: str) -> list[str]:
    """The processes that were started with this in their environment."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if setting.encode() in environment.read_bytes():
                found.append(environment.parent.name)
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found


@contextmanager
def serving(
    project: Project, open_site: str, scratch: Path, preloaded: Sequence[str] = ()
) -> Iterator[subprocess.Popen[str]]:
    """`archive serve` in a process of its own, which keeps what it must in `scratch`."""
    scratch.mkdir()
    code = (
        f"import sys; sys.path.insert(0, {str(Path(small_sites.__file__).parent)!r})\n"
        "from datetime import date; from pathlib import Path\n"
        "from archive.facts.project import Project; from archive.build import preview\n"
        "import small_sites, functools\n"
        f"preview.Preview = functools.partial(preview.Preview, preloaded={preloaded!r})\n"
        f"root = Path({str(project.root)!r})\n"
        f"project = Project(root, root / 'data', date(2024, 1, 1))\n"
        f"sys.exit(preview.serve(project, port=0, open_site=small_sites.{open_site}))"
    )
    with subprocess.Popen(
        [sys.executable, "-P", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"TMPDIR": str(scratch), "PYTHONPATH": str(project.root)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # for a test that failed on the way


def address(process: subprocess.Popen[str]) -> str:
    """Where it says it is to be found."""
    assert process.stdout is not None
    first = process.stdout.readline()
    found = re.fullmatch(r"预览地址：(http://127\.0\.0\.1:\d+/)（按 Ctrl\+C 结束）\n", first)
    assert found, first
    return found[1]


def test_the_program_itself_is_fresh_too(project: Project, tmp_path: Path) -> None:
    package = tmp_path / "archive"
    shutil.copytree(Path(failure.__code__.co_filename).parents[2], package)
    with serving(project, "say_archive", tmp_path / "scratch", PRELOADED) as process:
        with Visitor(address(process)) as visitor:
            visitor.hear()
            save(package / "__init__.py", '"""新的。"""')
            assert (visitor.hear()[0], visitor.text()) == ("reload", "新的。")
            save(package / "facts" / "project.py", "\n(")
            assert visitor.hear_problems() == [
                "archive/facts/project.py:2: 程序须运行到底，现出错："
                "SyntaxError: '(' was never closed (project.py, line 2)（详见终端）"
            ]
        process.terminate()


@pytest.mark.parametrize(
    ("state", "number"),
    [
        ("shown", signal.SIGINT),
        pytest.param("shown", signal.SIGTERM, marks=pytest.mark.deep),
        pytest.param("shown", signal.SIGHUP, marks=pytest.mark.deep),
        ("first", signal.SIGINT),  # and nobody tells it: it ends in the middle of a build
        ("second", signal.SIGINT),
    ],
)
def test_the_end_leaves_nothing_behind(
    project: Project, tmp_path: Path, state: str, number: signal.Signals
) -> None:
    scratch, log = tmp_path / "scratch", tmp_path / "log"
    if state == "second":
        (tmp_path / "go-1").touch()
    with serving(project, "copy" if state == "shown" else "held", scratch) as process:
        with Visitor(address(process)) as visitor:
            if state != "first":
                visitor.hear()
            if state == "second":
                save(project.data / "n.txt", "2")
            if state != "shown":
                last = f"begin {1 if state == 'first' else 2}\n"
                wait_for(lambda: log.exists() and log.read_text().endswith(last))
            # Itself, two that stay, the build, and one that it began.
            there = 3 if state == "shown" else 5
            wait_for(lambda: len(processes_with(f"TMPDIR={scratch}")) == there)
            process.send_signal(number)
            process.send_signal(number)  # an impatient person
            rest = process.stdout.read() if process.stdout else ""
        assert process.wait(PATIENCE) == 0
    told = {
        "shown": "生成，用时 0.1 秒：已更新\n",
        "first": "",
        "second": "生成，用时 0.1 秒：已更新\ndata/n.txt 有改动，用时 0.1 秒：已更新\n",
    }
    assert re.sub(r"\d+\.\d 秒", "0.1 秒", rest) == f"{told[state]}预览已结束\n"
    assert processes_with(f"TMPDIR={scratch}") == []
    assert list(scratch.iterdir()) == []


def test_a_port_in_use_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert serve(project, port=port) == 1
    assert capsys.readouterr().err == (
        f"端口 {port} 须空闲，现被别的程序占用：关掉那个程序，或用 --port 另选一个端口\n"
    )


def test_an_address_not_of_this_machine_is_told(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve(project, host="192.0.2.1") == 1
    assert capsys.readouterr().err == (
        "预览须能以 192.0.2.1:8000 为地址，现不能：Cannot assign requested address\n"
    )
