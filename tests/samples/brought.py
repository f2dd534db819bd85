"""An archive that has just begun, with a report beside it that is to be brought."""

import atexit
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.commands.cli import main
from archive.editing import starter
from archive.facts.project import Project
from archive.facts.site import Site, load
from tests.samples.frozen import leave_out_guide

AS_OF = date(2026, 1, 20)
YEAR_LATER = date(2027, 1, 20)

REPORT = """\
示例市统计局2025年工作总结

2025年，组织开展志愿服务活动12次，参加人员三十六名，完成专报8篇。

一、加强政治建设

（一）抓实学习

全年组织集中学习24次，党员参学率达98.5%。张**同志获评***优秀共产党员。

1.加强培训。举办培训班3期，培训业务人员256人次，比上年增长12.5%。

（二）廉政建设

开展谈话45人次，下降3.2%；查处问题***件。印发{{手册}}500份，见<附件>、[链接](x)，路径 C:\\a_b。

二、下一步打算

三次产业结构为9.1:38.3:52.6。继续做好各项工作。
"""


@cache
def _begun() -> Path:
    """A new archive without the guide, which is most of what there is to check."""
    folder = Path(tempfile.mkdtemp(prefix="archive-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    program = starter.by_version("1.0", f"sha256:{0:064}")
    starter.write_archive(folder, program, "示例档案", "示例市某局")
    leave_out_guide(folder)
    return folder


def empty_archive(root: Path) -> None:
    """Copy a new archive, without the guide, into a folder."""
    shutil.copytree(_begun(), root, dirs_exist_ok=True)


def copy_to_work_in(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy an archive, and go there."""
    copied = tmp_path.resolve() / "档案"
    shutil.copytree(begun, copied)
    monkeypatch.chdir(copied)
    return copied


def begin(root: Path) -> Path:
    """Write a new archive into a folder, with the report."""
    empty_archive(root)
    (root / "总结.txt").write_text(REPORT, "utf-8")
    return root


def bring(*args: str, file: str = "总结.txt", report: str = "2025", as_of: date = AS_OF) -> Result:
    """Run the import in the present folder, with the usual options."""
    period = f"{report}-01-01..{report}-12-31"
    usual = ["--report", report, "--period", period, "--as-of", str(as_of), "--source", "年报", "--office", "办公室", "--by", "填报岗"]  # fmt: skip
    command = ["report", "import", file, *usual, *args]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def bring_year(number: int, *args: str) -> Result:
    """Run the import of the file of a year, in the year after those of the samples."""
    return bring(*args, file=f"{number}.txt", report=f"{number}", as_of=YEAR_LATER)


def lines(done: Result) -> list[str]:
    """What is listed, but for the pages."""
    return [line for line in done.stdout.splitlines() if not line.startswith("report/")]


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path from there."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def read(root: Path) -> Site:
    """The archive as it is now."""
    return load(Project(root, root / "data", AS_OF))


def read_year_later(root: Path) -> Site:
    """The archive as it is in the year after."""
    return load(Project(root, root / "data", YEAR_LATER))
