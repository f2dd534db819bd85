"""The pages as the engine gets them: macros replaced, front matter of the theme's, files that are led to."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.build.engine.source import settings_text, site_name, write_source
from archive.checks import check
from archive.facts.gather import Archive
from archive.facts.project import Project
from archive.facts.site import load
from archive.files.own_files import OWN_ASSETS, OWN_FILES, OWN_SETTINGS, TEMPLATES
from archive.files.yaml import Problem
from tests.samples.history import git
from tests.samples.sample import AS_OF, FILES, MKDOCS, write

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


SHOWN = {"title": "一、组织", "hide": [], "as_of": "2026年3月1日"}


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
        "assets/print.css": OWN_FILES["assets/print.css"].read_bytes(),
    }


LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


@pytest.mark.parametrize("name", ["assets/logo.svg", "assets/ours.svg"])
def test_the_bureau_may_bring_a_logo_and_all_else_of_the_design_is_the_programs(
    tmp_path: Path, name: str
) -> None:
    settings = f"{MKDOCS}theme:\n  logo: {name}\n"
    write(tmp_path, {"mkdocs.yml": settings, f"docs/{name}": LOGO})
    site = load(Project(tmp_path, tmp_path / "data", AS_OF))
    assert check(site) == ()
    write_source(site, tmp_path / "out")
    assert (tmp_path / "out" / name).read_bytes() == LOGO
    for own in OWN_ASSETS - {name}:
        assert (tmp_path / "out" / own).read_bytes() == OWN_FILES[own].read_bytes()
    made = yaml.load(settings_text(site), yaml.BaseLoader)
    ours = yaml.load(OWN_SETTINGS.read_text("utf-8"), yaml.BaseLoader)
    given = yaml.load(settings, yaml.BaseLoader)
    assert made == ours | given | {
        "docs_dir": "rendered",
        "theme": ours["theme"] | {"logo": name, "custom_dir": str(TEMPLATES)},
        "extra": ours["extra"]
        | {"demonstration": "false", "edition": "内部版", "editable": "true", "address": ""},
    }


def test_an_engine_makes_its_site_where_the_program_says(tmp_path: Path) -> None:
    """It empties that folder first."""
    write(tmp_path, {"mkdocs.yml": f"{MKDOCS}site_dir: {tmp_path}\n"})
    site = load(Project(tmp_path, tmp_path / "data", AS_OF))
    assert yaml.load(settings_text(site), yaml.BaseLoader)["site_dir"] == "site"


def test_a_word_in_place_of_settings_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": f"{MKDOCS}theme: mkdocs\n"})
    made = yaml.load(
        settings_text(load(Project(tmp_path, tmp_path / "data", AS_OF))), yaml.BaseLoader
    )
    assert made["theme"]["name"] == "material"


def test_the_site_is_called_as_its_settings_say(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": MKDOCS.replace("site_name: 样例", "site_name: 甲")})
    assert site_name(load(Project(tmp_path, tmp_path / "data", AS_OF))) == "甲"


FROM_THE_ENVIRONMENT = (
    "站点设置须写明是什么，不从环境变量取，现有 !ENV；请改为固定的文字，没有的删去这一行"
)


@pytest.mark.parametrize("said", ["!ENV ARCHIVE_TOKEN", "!ENV [ARCHIVE_TOKEN, 甲]"])
@pytest.mark.parametrize("key", ["copyright", "extra:\n  address"])
def test_nothing_of_the_environment_is_printed(tmp_path: Path, key: str, said: str) -> None:
    """Where sites are built there is the forge's token, under a name of our own too."""
    write(tmp_path, {"mkdocs.yml": f"{MKDOCS}{key}: {said}\n"})
    site = load(Project(tmp_path, tmp_path / "data", AS_OF))
    line = f"{MKDOCS}{key}".count("\n") + 1
    assert check(site) == (Problem("mkdocs.yml", line, FROM_THE_ENVIRONMENT),)


def test_an_archive_cannot_call_its_edition_another(tmp_path: Path) -> None:
    """What the head of each page says of the edition is what was built."""
    write(tmp_path, {"mkdocs.yml": f"{MKDOCS}extra: {{edition: 公开版, a: 1}}\n"})
    site = load(Project(tmp_path, tmp_path / "data", AS_OF))
    assert yaml.safe_load(settings_text(site).replace("!!python", "#"))["extra"] == {
        "generator": False,
        "edition": "内部版",
        "a": 1,
        "demonstration": False,
        "editable": True,
        "address": "",
    }


def guided(root: Path, nav: str, changes: Mapping[str, str | bytes | None]) -> Archive:
    settings = MKDOCS.replace("  - 制度: ", f"{nav}  - 制度: ")
    write(root, {"mkdocs.yml": settings, **changes})
    return load(Project(root, root / "data", AS_OF)).archive


GUIDE_PAGES = [name for name in OWN_FILES if name.startswith("guide/") and name.endswith(".md")]


def test_the_guide_comes_with_the_program_where_the_navigation_names_it(tmp_path: Path) -> None:
    archive = guided(tmp_path, "  - 指南: guide/index.md\n", {})
    assert [name for name in archive.pages if name.startswith("guide/")] == sorted(GUIDE_PAGES)
    first, *others = [path for path, _ in archive.navigation if path.startswith("guide/")]
    assert (first, others) == ("guide/index.md", [one for one in GUIDE_PAGES if one != first])
    assert archive.placed == {"guide/index.md": tuple(others)}
    assert archive.pages["guide/clerk.md"].file.endswith("archive/guide/clerk.md")
    assert not guided(tmp_path, "", {}).pages.keys() & {*GUIDE_PAGES}


def test_a_page_of_the_archive_goes_before_that_of_the_guide(tmp_path: Path) -> None:
    own = {"docs/guide/clerk.md": "---\ntitle: 本单位\n---\n\n# 本单位\n"}
    archive = guided(tmp_path, "  - 指南: guide/index.md\n", own)
    page = archive.pages["guide/clerk.md"]
    assert (page.file, page.meta and page.meta.title) == ("docs/guide/clerk.md", "本单位")
    assert archive.pages["guide/index.md"].file.endswith("archive/guide/index.md")


def test_macros_are_replaced_once_and_comments_go(tmp_path: Path) -> None:
    """What a macro returns and what stands in raw blocks is not read again."""
    more = '\n甲{% raw %}{{ fig("x") }}{% endraw %}乙 <!-- 丙 -->\n'
    write(tmp_path, {PART: f"{FILES[PART]}{more}"})
    text = source(tmp_path)["report/part-1.md"].decode()
    assert text.endswith('\n甲{{ fig("x") }}乙 \n')
    assert text.count("{{") == 1
