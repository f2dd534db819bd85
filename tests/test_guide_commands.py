"""Every command that the guide and the README tell to type: run as it is written, or known, with a reason.

The shell reads each line. What it calls as `archive` is noted, and then done in this process: that is the same
program, without starting it a hundred times.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import click
import docx
import pytest
from click.testing import CliRunner

from archive.commands.cli import main
from archive.editing import starter
from tests.conftest import ROOT
from tests.samples.frozen import leave_out_guide
from tests.samples.guide_text import ALL, PAGES, Fence
from tests.samples.history import git

DAY = "2026-03-01"
ARCHIVE = ".venv/bin/archive"
_NOTE = """\
#!/bin/sh
pwd >> "$CALLED"
printf '%s\\n' "$@" >> "$CALLED"
printf '\\036' >> "$CALLED"
"""

REPORT = "tests/editing/test_report_guide.py types it, and compares the answer"
SHEET = "tests/editing/test_sheet_guide.py types it, and compares the answer"
NETWORK = "it needs the network"
FORGE = "it needs a repository on a forge"
ASKS = "it asks at the terminal"
KNOWN = {
    "archive sheet import 志愿服务.xlsx": SHEET,
    "archive sheet import 志愿服务.xlsx --write": SHEET,
    "archive sheet import 志愿服务.xlsx --write --revise 修订 --reason 补录漏报的一次 --by 分管领导": "tests/editing/test_sheet_approved.py types it, and compares the answer",
    **dict.fromkeys(re.findall(r"\.venv/bin/(archive report import .* --sheet .*)", PAGES["bring.md"]), REPORT),
    "archive build --engine zensical": "tests/build/test_engines.py builds with it",
    "archive undo 12": "tests/proposals/test_undo.py undoes one that was merged",
    "archive migrate --report annual": "tests/editing/test_migrating.py migrates the first form",
    "archive migrate --report annual --write": "tests/editing/test_migrating.py migrates the first form",
    "python -m tests.samples.messages_guide": "tests/checks/test_messages_guide.py compares what it writes",
    "python3 -m venv build/audit": NETWORK,
    "pip install pip-audit": NETWORK,
    'pip-audit --require-hashes --disable-pip -r "$(.venv/bin/python -c \'import archive; print(archive.__path__[0])\')/requirements.txt"': NETWORK,
    "git fetch": FORGE,
    "git fetch --unshallow": FORGE,
    "git fetch 原来的仓库": FORGE,
    "read -rs ARCHIVE_TOKEN && export ARCHIVE_TOKEN": ASKS,
    "openssl passwd -6": ASKS,
    "nginx -t": "only a part of the line; tests/publish/test_server.py checks the configuration so",
}  # fmt: skip
"""Command, without the folder of its program → why it is not run here."""

WRITTEN = {
    "/另一块磁盘": "../磁盘",
    "/发布目录": "../发布",
    "发布目录": "../发布",
    " 名称": " 2025年度",
    " 编号": " 2025",
    "旧编号 新编号": "2025 2026",
    "备份-2026-01-31.zip": "../磁盘/备份.zip",
    "安装包": "program/*.whl",
    "--by 岗位": "--by 办公室",
}
"""What stands for a name of the reader's own → one."""
MAY_FAIL = ("archive doctor", "archive check --publication")
"""What tells by its exit that something is missing here."""
NOT_IN_AN_ARCHIVE = {"demo", "lock", "wheel", "pictures", "quick", "lint", "test-deep", "bench", "actionlint"}  # fmt: skip
"""What the program's own repository alone can make, as the guide says."""

SUMMARY = "示例市某局{year}年工作总结\n一、学习\n全年组织集中学习{times}次，完成专报8篇。\n{more}"


def archive(*args: str) -> None:
    done = CliRunner().invoke(main, args, catch_exceptions=False)
    assert done.exit_code == 0, done.output


def summary(year: int, times: int, more: str = "") -> None:
    file = docx.Document()
    for line in SUMMARY.format(year=year, times=times, more=more).splitlines():
        file.add_paragraph(line)
    file.save("总结.docx" if year == 2025 else f"{year}总结.docx")


def reported() -> None:
    """The report of 2025 is there, and the file of the next."""
    if not Path("data/reports/2025.yml").exists():
        summary(2025, 24)
        period = ("--report", "2025", "--period", "2025-01-01..2025-12-31")
        told = ("--source", "年报", "--office", "办公室", "--by", "填报岗", "--write")
        archive("report", "import", "总结.docx", *period, *told)
    summary(
        2026, 30, "2025年，组织集中学习25次。" if Path("data/reports/2026.yml").exists() else ""
    )


def frozen() -> None:
    if not Path("data/releases/2025年度.yml").exists():
        archive("freeze", "2025年度")


def published_again() -> None:
    archive("publish", "../发布", "--site", "site")


def built_for_the_public() -> None:
    archive("build", "--edition", "public", "--no-print")


def backed_up() -> None:
    if not Path("../磁盘/备份.zip").exists():
        archive("backup", "../磁盘/备份.zip")


def unpacked() -> None:
    backed_up()
    with ZipFile("../磁盘/备份.zip") as file:
        file.extract("repository.bundle")


def remote() -> None:
    git(Path.cwd(), "update-ref", "refs/remotes/origin/main", "HEAD")


def other_report() -> None:
    reported()
    period = ("--report", "2026", "--period", "2026-01-01..2026-12-31")
    archive("report", "import", "2026总结.docx", *period, "--after", "2025", "--write", "--source", "年报", "--office", "办公室", "--by", "填报岗")  # fmt: skip


BEFORE: list[tuple[str, Callable[[], None]]] = [
    (r"report import 总结", lambda: summary(2025, 24)),
    (r"report import 2026总结", reported),
    (r"--report 2025$|--report 编号$", reported),
    (r"diff --report", other_report),
    (r"diff (2025年度|名称)|--release", frozen),
    (r"rollback /", published_again),
    (r"--site site-public", built_for_the_public),
    (r"restore ", backed_up),
    (r"git clone", unpacked),
    (r"origin/main", remote),
]
"""What must have been done before a command that is like this."""


def noting(folder: Path) -> None:
    """Put a program into the folder's .venv/bin that notes how it is called."""
    (folder / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
    program = folder / ARCHIVE
    program.write_text(_NOTE, "utf-8")
    program.chmod(0o755)
    (folder / ".venv" / "site").touch()


def committed(folder: Path) -> None:
    """Commit what is there, as the guide says after each change."""
    if (folder / ".git").exists():
        git(folder, "add", "-A", day=DAY)
        git(folder, "commit", "-q", "--allow-empty", "-m", "改", day=DAY)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive under version control, and beside it the program's repository with its wheel."""
    base = tmp_path_factory.mktemp("guide")
    here, program = base / "这里", base / "程序"
    wheel = program / "build" / "wheel" / "wenming_archive-1.0-py3-none-any.whl"
    wheel.parent.mkdir(parents=True)
    wheel.write_bytes(b"wheel")
    for name in ("Makefile", "pyproject.toml", "requirements-dev.txt", "archive"):
        (program / name).symlink_to(ROOT / name)
    starter.write_archive(here, starter.by_path(wheel), "档案", "示例市某局", practice=True)
    leave_out_guide(here)
    unit = here / "data" / "unit.yml"
    one_person = re.sub("one_person_registers: false", "one_person_registers: true", unit.read_text("utf-8"))  # fmt: skip
    unit.write_text(one_person, "utf-8")
    for folder in (here, program):
        noting(folder)
    (base / "磁盘").mkdir()
    git(here, "init", "-q", "-b", "main")
    # What a command puts beside the data is not committed with them.
    (here / ".git" / "info" / "exclude").write_text("/档案/\n/恢复/\n/*.bundle\n/*.docx\n", "utf-8")
    committed(here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        patch.setenv("ARCHIVE_AS_OF", DAY)
        archive("build", "--no-print")
        published_again()
    return base


def shell(line: str, folder: Path) -> tuple[Path, list[list[str]]]:
    """Run a line; returns where it ends, and each call of `archive`: where, and with what."""
    notes = folder.parent / "called"
    notes.write_text("", "utf-8")
    person = {f"GIT_{role}_{what}": "a" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    done = subprocess.run(
        ["sh", "-ec", f"{line}\npwd > ../end"],
        cwd=folder, env={**os.environ, **person, "CALLED": str(notes)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (line, done.stdout, done.stderr)
    calls = [call.splitlines() for call in notes.read_text("utf-8").split("\x1e")[:-1]]
    return Path((folder.parent / "end").read_text("utf-8").strip()), calls


def typed(fence: Fence, base: Path) -> Iterator[str]:
    """Type the commands of a block; yields what is wrong with each."""
    apart = any(re.search(r" new \.\./|^cd \.\./|^make wheel", one) for one in fence.commands)
    folder = base / ("程序" if apart else "这里")
    for command in fence.commands:
        if len(fence.commands) == 1 and page_of(command) != fence.page:
            continue
        plain = re.sub(r"^\S*/bin/", "", command)
        if plain in KNOWN:
            continue
        if command.startswith("archive "):
            if not is_name(command):
                yield f"{command}：须以 {ARCHIVE} 开头"
            continue
        wanted = set(re.findall(r"\bmake (\S+)", command)) & NOT_IN_AN_ARCHIVE
        folder = base / "程序" if wanted else folder
        os.chdir(folder)
        for like, prepare in BEFORE:
            if re.search(like, command):
                committed(folder)
                prepare()
        if not command.startswith("git"):
            committed(folder)
        line = re.sub(r"\bmake ", "make -n ", command)
        for word, real in WRITTEN.items():
            line = line.replace(word, real)
        line = line.replace("目录名", first_published(base))
        folder, calls = shell(line, folder)
        for place, *args in calls:
            os.chdir(place)
            done = CliRunner().invoke(main, args)
            if done.exit_code > plain.startswith(MAY_FAIL):
                yield f"{command}：{done.exit_code} {done.output}"
        if "make .venv/site" in command:
            noting(folder)
            summary(2025, 24)


def page_of(command: str) -> str:
    """The first page that tells of a command: there it is tried."""
    return next(fence.page for fence in ALL if command in fence.commands)


def is_name(command: str) -> bool:
    """Whether it is the name of a command alone."""
    found: click.Command | None = main
    for word in command.split()[1:]:
        found = found.get_command(click.Context(found), word) if isinstance(found, click.Group) else None  # fmt: skip
    return found is not None


def first_published(base: Path) -> str:
    return min((path.name for path in (base / "发布" / "releases").glob("*")), default="")


LONG = ("index.md", "publishing.md")
"""The pages that tell the most commands, which build, publish and save a whole archive."""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[pytest.mark.deep] * (page in LONG))
        for page in dict.fromkeys(fence.page for fence in ALL)
    ],
)
def test_every_command_of_the_guide_runs(
    page: str, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARCHIVE_AS_OF", DAY)
    base = shutil.copytree(prepared, tmp_path / "a", symlinks=True)
    assert [fault for one in ALL if one.page == page for fault in typed(one, base)] == []


def test_what_is_known_is_there() -> None:
    told = {re.sub(r"^\S*/bin/", "", command) for fence in ALL for command in fence.commands}
    assert KNOWN.keys() - told == set()
    assert [word for word in WRITTEN if not any(word in one for one in told)] == []
    tests = {reason.split()[0] for reason in KNOWN.values() if reason.startswith("tests/")}
    assert [name for name in sorted(tests) if not (ROOT / name).exists()] == []
    assert {target for one in told for target in re.findall(r"\bmake (\S+)", one)} >= NOT_IN_AN_ARCHIVE  # fmt: skip


def test_messages_tell_the_commands_as_they_run() -> None:
    """Where they say to run one; elsewhere the bare name is its name."""
    files = [path for path in (ROOT / "archive").rglob("*") if path.suffix in (".py", ".js", ".html", ".md")]  # fmt: skip
    bare = re.compile(rf"(?:(?:运行|请用) ?`?|用 )archive (?:{'|'.join(main.list_commands(click.Context(main)))})")  # fmt: skip
    assert [(str(path), found[0]) for path in files for found in bare.finditer(path.read_text("utf-8"))] == []  # fmt: skip
