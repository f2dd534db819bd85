"""`archive new`: what it writes, and what it refuses."""

import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from archive.checks import check
from archive.commands.cli import main
from archive.editing import starter
from archive.editing.editors.files import generated, outdated_files
from archive.facts.kinds import read_kinds
from archive.facts.ledgers import read_collections
from archive.facts.project import Project
from archive.facts.site import load
from tests.conftest import FROZEN, ROOT

STARTER = ROOT / "archive" / "starter"
FORGES = ("github", "gitea", "forgejo")


DIGEST = f"sha256:{7:064}"


def new(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["new", *map(str, args)])


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_new_archive_is_sound_and_holds_what_is_known(tmp_path: Path) -> None:
    folder = tmp_path / "新 档案"
    done = new(
        folder, "--name", "示例市司法局", "--title", "示例市档案", "--program", f"1.2.3@{DIGEST}"
    )
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"已新建 {folder}/。请运行：cd '{folder}' && make serve\n"
    here = Project(folder, folder / "data", date(2026, 3, 1))
    site = load(here)
    assert check(site) == ()
    assert site.archive.site_name == "示例市档案"
    assert site.archive.unit
    assert site.archive.unit.names["bureau"].value == "示例市司法局"
    assert (site.archive.figures, site.archive.criteria, site.archive.phrases) == ({}, {}, ())
    assert not any(site.archive.records.values())
    made = generated(read_collections(here).collections, read_kinds(here))
    assert outdated_files(folder, made) == []
    assert (folder / "requirements.txt").read_text("utf-8").splitlines()[1:] == [
        f"wenming-archive==1.2.3 --hash={DIGEST}"
    ]
    assert names(tmp_path) == ["新 档案"]


def test_ledgers_that_are_ready_are_taken_by_name(tmp_path: Path) -> None:
    taken = [f"--ledger={name}" for name in starter.LEDGERS]
    assert new(tmp_path / "a", *taken).exit_code == 0
    here = Project(tmp_path / "a", tmp_path / "a" / "data", date(2026, 3, 1))
    site = load(here)
    assert check(site) == ()
    assert {name for name, one in site.archive.collections.items() if one.ledger} == set(starter.LEDGERS)  # fmt: skip
    assert [path for path, _ in site.archive.navigation if path.startswith("records/")] == [
        "records/index.md", *(f"records/{name}.md" for name in starter.LEDGERS), "records/download.md",
    ]  # fmt: skip
    page = (here.docs / "records" / "publications.md").read_text("utf-8")
    assert page.endswith(
        '\n\n# 信息产品\n\n每条记一期或一篇信息产品。\n\n{{ records("publications") }}\n'
    )


def test_what_is_not_known_stays_empty(tmp_path: Path) -> None:
    assert new(tmp_path / "a").exit_code == 0
    archive = load(Project(tmp_path / "a", tmp_path / "a" / "data", date(2026, 3, 1))).archive
    assert archive.unit
    assert archive.unit.names["bureau"].value is None
    assert archive.unit.record_period.start is None
    assert archive.site_name == "创建档案"


def test_the_program_is_a_wheel_that_the_archive_holds(tmp_path: Path) -> None:
    wheel = tmp_path / "wenming_archive-1.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    assert new(tmp_path / "a", "--program", wheel).exit_code == 0
    assert (tmp_path / "a" / "program" / wheel.name).read_bytes() == b"wheel"
    line = (tmp_path / "a" / "requirements.txt").read_text("utf-8").splitlines()[-1]
    assert line == f"./program/{wheel.name} --hash=sha256:{sha256(b'wheel').hexdigest()}"


def test_the_program_is_a_folder_of_sources(tmp_path: Path) -> None:
    assert new(tmp_path / "a", "--program", ROOT).exit_code == 0
    assert (tmp_path / "a" / "requirements.txt").read_text("utf-8").endswith(f"\n-e {ROOT}\n")


def test_a_wheel_whose_name_says_more_to_pip_is_none(tmp_path: Path) -> None:
    wheel = tmp_path / "a --target=b.whl"
    wheel.write_bytes(b"wheel")
    assert new(tmp_path / "a", "--program", wheel).exit_code == 1


def test_a_program_that_came_from_nowhere_known_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its name and version alone, pip might take a package of anybody's."""
    monkeypatch.setattr(starter, "running", lambda: None)
    done = new(tmp_path / "a")
    assert (done.exit_code, names(tmp_path)) == (1, [])
    assert done.stderr.startswith("--program 须写明程序从哪里来")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--title", "甲*"), "--title 须为一行文字，不含 HTML 的符号和星号，现为 甲*；请改正以后再运行"),
        (("--name", "甲\n乙"), "--name 须为一行文字，不含 HTML 的符号和星号，现为 甲\n乙；请改正以后再运行"),
        (("--ledger", "volunteer"), "--ledger 须是现成的台账，没有 volunteer，是否为 volunteering？"),
        *(
            (("--program", given), f"--program 须是 .whl 文件、有 pyproject.toml 的目录，或者版本号和安装包的校验值，现为 {given}；例如：--program 0.2.0@sha256:{0:064}")
            for given in ("latest", "0.2.0", f"0.2.0@{DIGEST[:-1]}", f"0.2.0@{DIGEST} --target=a", f"0.2.0@{DIGEST}\na")
        ),
    ],
)  # fmt: skip
def test_a_wrong_option_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, options: tuple[str, str], said: str
) -> None:
    done = new(tmp_path / "a", *options)
    assert (done.exit_code, done.stderr) == (1, f"{said}\n")
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    there = tmp_path / "a"
    if kind == "folder":
        there.mkdir()
    elif kind == "file":
        there.write_text("甲", "utf-8")
    else:
        there.symlink_to("nowhere")
    before = there.lstat()
    done = new(there)
    assert (done.exit_code, done.stderr) == (
        1, f"{there} 须是还没有的目录，现在已有；请换一个名称，或者先把它移走\n",
    )  # fmt: skip
    assert there.lstat() == before
    assert names(tmp_path) == ["a"]


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(starter, "_write", fail)
    done = new(tmp_path / "a")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{tmp_path / 'a'} 须能写入，现为：")
    assert names(tmp_path) == []


@pytest.mark.parametrize("forge", FORGES)
@pytest.mark.parametrize("name", ["check.yml", "comment.yml", "form.yml"])
def test_the_workflows_are_those_of_this_repository(forge: str, name: str) -> None:
    ours = (ROOT / f".{forge}" / "workflows" / name).read_text("utf-8")
    assert (STARTER / f"_{forge}" / "workflows" / name).read_text("utf-8") == ours


@pytest.mark.parametrize(
    "name", [*(f"data/{one}/README.md" for one in ("honours", "ledgers", "measures", "reviews"))]
)
def test_the_lists_of_fields_are_those_of_this_repository(name: str) -> None:
    assert (STARTER / name).read_text("utf-8") == (ROOT / name).read_text("utf-8")


def test_what_else_is_the_same() -> None:
    for ours, theirs in (
        (".gitattributes", "_gitattributes"),
        (".github/PULL_REQUEST_TEMPLATE.md", "_github/PULL_REQUEST_TEMPLATE.md"),
    ):
        assert (STARTER / theirs).read_text("utf-8") == (ROOT / ours).read_text("utf-8")


TOLD_OTHERWISE = {
    "criteria/index.md": "the items come from the parts of a report, not from the bureau's own list",
    "figures/index.md": "it speaks of the three years of the report, and of a statistics bureau",
    "index.md": "it lists the parts of the archive, which are others",
    "records/index.md": "all its figures are of the report",
    "regulations/index.md": "a bureau calls itself 本局, not 本单位",
}
"""The general pages of a new archive that the frozen site words otherwise, and why."""


def _shape(page: Path) -> list[str]:
    """The lines of a page that are not worded by a person: front matter, calls of macros, headings with an id."""
    lines = page.read_text("utf-8").splitlines()
    worded = ("title:", "description:", "# ")
    kept = (line for line in lines if re.search(r"^ *[\w-]+:|^  - |^\{\{|\{ #", line))
    return [line for line in kept if not line.startswith(worded)]


def test_the_general_pages_are_those_of_the_frozen_site() -> None:
    """A macro, a heading or a sentence that the program needs in one stands in the other too."""
    ours, pages = FROZEN / "docs", STARTER / "docs"
    general = {path.relative_to(pages).as_posix() for path in pages.rglob("*.md")}
    # The frozen site has one report; the demonstration made from it takes this page.
    assert {name for name in general if not (ours / name).exists()} == {"report/index.md"}
    both = general - {"report/index.md"}
    assert {name: _shape(ours / name) for name in both} == {
        name: _shape(pages / name) for name in both
    }
    assert {
        name for name in both if (ours / name).read_bytes() != (pages / name).read_bytes()
    } == TOLD_OTHERWISE.keys()


def test_the_workflows_use_what_the_makefile_has() -> None:
    makefile = (STARTER / "Makefile").read_text("utf-8")
    for forge in FORGES:
        for path in (STARTER / f"_{forge}" / "workflows").iterdir():
            text = path.read_text("utf-8")
            assert yaml.load(text, yaml.CSafeLoader)
            for target in re.findall(r"run: make (\S+)", text):
                assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target


def test_the_commands_of_the_readme_are_in_the_makefile() -> None:
    makefile = (STARTER / "Makefile").read_text("utf-8")
    told = re.findall(r"`make ([\w-]+)`", (STARTER / "README.md").read_text("utf-8"))
    assert told
    assert [one for one in told if not re.search(rf"^{one}:", makefile, re.MULTILINE)] == []
