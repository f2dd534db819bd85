"""The pages as the engine gets them: macros replaced, front matter of the theme's, files that are led to."""

import json
from pathlib import Path
from typing import Any

from archive.build.engine.source import write_source
from archive.facts.project import Project
from archive.facts.site import load
from tests.samples.history import git
from tests.samples.sample import AS_OF, FILES, write

PART = "docs/report/part-1.md"


def source(root: Path) -> dict[str, bytes]:
    """Path → content of what is written for the engine, of the site at `root`."""
    docs = root / "for the engine"
    write_source(load(Project(root, root / "data", AS_OF)), docs)
    return {
        path.relative_to(docs).as_posix(): path.read_bytes()
        for path in docs.rglob("*")
        if path.is_file()
    }


def front(root: Path) -> Any:
    """The front matter of a page of the report, as the engine gets it."""
    text = source(root)["report/part-1.md"].decode()
    return json.loads(text.split("\n")[1])


SHOWN = {"title": "一、组织", "hide": []}


def test_pages_without_history_show_no_date(tmp_path: Path) -> None:
    write(tmp_path)
    assert front(tmp_path) == SHOWN


def test_pages_show_the_day_they_were_changed(tmp_path: Path) -> None:
    write(tmp_path)
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "x", day="2026-01-05")
    assert front(tmp_path) == SHOWN | {"git_revision_date_localized": "最近修改 2026年1月5日"}


def test_only_files_that_are_led_to_go_to_the_engine(tmp_path: Path) -> None:
    """A file that no page names stays, also one beside those of the design."""
    more = '\n[甲](../files/a.pdf)\n\n<img src="b.png" alt="乙">\n'
    names = ("files/a.pdf", "report/b.png", "files/c.pdf", "assets/d.svg", "assets/print.css")
    write(
        tmp_path,
        {PART: f"{FILES[PART]}{more}", **{f"docs/{name}": name.encode() for name in names}},
    )
    written = source(tmp_path)
    assert {name: written.get(name) for name in names} == {
        "files/a.pdf": b"files/a.pdf",
        "report/b.png": b"report/b.png",
        "files/c.pdf": None,
        "assets/d.svg": None,
        "assets/print.css": b"assets/print.css",
    }


def test_macros_are_replaced_once_and_comments_go(tmp_path: Path) -> None:
    """What a macro returns and what stands in raw blocks is not read again."""
    more = '\n甲{% raw %}{{ fig("x") }}{% endraw %}乙 <!-- 丙 -->\n'
    write(tmp_path, {PART: f"{FILES[PART]}{more}"})
    text = source(tmp_path)["report/part-1.md"].decode()
    assert text.endswith('\n甲{{ fig("x") }}乙 \n')
    assert text.count("{{") == 1
