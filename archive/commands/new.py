"""The command `archive new`."""

import os
from datetime import date
from pathlib import Path
from shlex import quote
from shutil import rmtree
from tempfile import mkdtemp

import click

from archive.checks import check
from archive.commands.options import stop, stop_at
from archive.editing import starter
from archive.facts.project import Project
from archive.facts.site import load
from archive.files.reasons import os_error_text
from archive.files.validation import suggestion
from archive.schema.types import PLAIN

TITLE = "创建档案"


@click.command(help="新建一个档案：空的数据、页面、设置、工作流，马上可以预览。")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click.option("--name", help="本单位的名称；不知道怎样写的不写，以后填在 data/unit.yml。")
@click.option("--title", default=TITLE, show_default=True, help="网站的名称。")
@click.option(
    "--program",
    help="程序从哪里来：安装包（.whl）、源文件目录，或者版本号@sha256:校验值；不写的，与现在运行的相同。",
)
@click.option(
    "--ledger",
    "ledgers",
    multiple=True,
    metavar="台账",
    help=f"要的现成台账，可以写几次：{'、'.join(starter.LEDGERS)}；不写的，没有台账，以后自己加。",
)
@click.option(
    "--practice",
    is_flag=True,
    help="练习用的档案：有志愿服务台账、一条虚构的记录、一个指标，指南里的例子都照它。",
)
def new(
    folder: Path,
    name: str | None,
    title: str,
    program: str | None,
    ledgers: tuple[str, ...],
    *,
    practice: bool,
) -> None:
    """Write a new archive into a folder that is not there yet, whole or not at all."""
    for option, text in (("--name", name), ("--title", title)):
        if text is not None and not PLAIN.fullmatch(text):
            stop(f"{option} 须为一行文字，不含 HTML 的符号和星号，现为 {text}；请改正以后再运行")
    for ledger in ledgers:
        if ledger not in starter.LEDGERS:
            stop(f"--ledger 须是现成的台账，没有 {ledger}{suggestion(ledger, starter.LEDGERS)}")
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 a link on the way stays one
    if os.path.lexists(folder):
        stop(f"{folder} 须是还没有的目录，现在已有；请换一个名称，或者先把它移走")
    source = _program(program)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        stop(f"{folder} 须能写入，现为：{os_error_text(error)}；请空出地方，或者换一个目录再运行")
    try:
        made.chmod(0o755)
        starter.write_archive(made, source, title, name, ledgers, practice=practice)
        stop_at(check(load(Project(made, made / "data", date.max, folder, "new"))))
        made.rename(folder)
    except OSError as error:
        stop(f"{folder} 须能写入，现为：{os_error_text(error)}；请空出地方，或者换一个目录再运行")
    finally:
        rmtree(made, ignore_errors=True)
    click.echo(f"已新建 {folder}/。请运行：cd {quote(str(folder))} && make serve", err=True)


def _program(given: str | None) -> starter.Program:
    if given is None:
        running = starter.running()
        if running is None:
            stop(
                "--program 须写明程序从哪里来，现在运行的程序不知道是从哪个安装包装的；"
                "请写安装包（.whl）、源文件目录，或者版本号@sha256:校验值"
            )
        return running
    path = Path(given)
    if path.is_file() and starter.WHEEL.fullmatch(path.name):
        return starter.by_path(path)
    if (path / "pyproject.toml").is_file():
        return starter.by_path(path)
    found = starter.VERSION.fullmatch(given)
    if found is None:
        stop(
            f"--program 须是 .whl 文件、有 pyproject.toml 的目录，或者版本号和安装包的校验值，现为 {given}；"
            f"例如：--program 0.2.0@sha256:{'0' * 64}"
        )
    return starter.by_version(found["version"], found["digest"])
