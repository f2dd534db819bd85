"""The command `archive`: each subcommand is in a module of its own, imported when it runs."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from archive.commands.options import stop
from archive.commands.shown import show_all
from archive.files.git import GitError

COMMANDS = {
    "backup": ("backup", "backup"),
    "build": ("building", "build"),
    "check": ("checking", "check"),
    "diff": ("diff", "diff"),
    "doctor": ("doctor", "doctor"),
    "figures": ("figures", "figures"),
    "freeze": ("freeze", "freeze"),
    "migrate": ("migrate", "migrate"),
    "new": ("new", "new"),
    "offline": ("publishing", "offline"),
    "publish": ("publishing", "publish"),
    "pulls": ("pulls", "pulls"),
    "report": ("report", "report"),
    "restore": ("backup", "restore"),
    "rollback": ("deployments", "rollback"),
    "sbom": ("deployments", "list_packages"),
    "schema": ("schema", "schema"),
    "serve": ("serve", "serve"),
    "sheet": ("sheet", "sheet"),
    "sign": ("sign", "sign"),
    "suppression": ("suppression", "suppression"),
    "undo": ("undo", "undo"),
    "verify": ("deployments", "verify"),
}
"""Command → its module, imported only when that command runs, and its function there."""


class Commands(click.Group):
    """The commands of `COMMANDS`."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Name the commands, so that click knows which one was meant by a name that is none."""
        super().__init__(*args, **named)
        self.commands = {name: click.Command(name) for name in COMMANDS}

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a GitError ends it with its message and exit code 1."""
        try:
            return super().invoke(ctx)
        except GitError as error:
            stop(str(error))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name; None if there is none."""
        if name not in COMMANDS:
            return None
        module, function = COMMANDS[name]
        command = getattr(import_module(f"archive.commands.{module}"), function)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, help="单位创建档案：检查、生成、预览。")
@click.version_option(
    package_name="wenming-archive", message="档案程序 %(version)s", help="显示版本。"
)
def main() -> None:
    """The group of all commands."""


FAILED = "failed.txt"
"""The file in our folder for caches that says where the program last failed."""
_FAILED = 3


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the program; where it fails as nobody foresaw, it says so in a sentence and exits with code 3.

    Where it failed is left in a file for maintainers; a runner of workflows keeps no files, there it is printed.
    """
    # Looking for garbage once more at the end of the process takes up to an eighth of a second.
    atexit.register(gc.freeze)
    show_all()
    try:
        main(arguments, prog_name="archive")
    except Exception as error:
        from traceback import format_exception

        from archive.files.cache import shared_folder
        from archive.files.storing import replace_file

        told, file = "".join(format_exception(error)), Path(FAILED)
        with suppress(OSError):
            file = shared_folder() / FAILED
            replace_file(file, told.encode("utf-8", "backslashreplace"), lasting=False)
        if os.environ.get("CI"):
            click.echo(told, err=True)
        click.echo(_failure(error, file), err=True)
        sys.exit(_FAILED)


def _failure(error: Exception, file: Path) -> str:
    """The sentence: a disk that is full or may not be written is no fault of what was edited last."""
    if isinstance(error, OSError) and error.errno:
        from archive.files.reasons import os_error_text

        what = (
            f"{error.filename or '文件'} 须能读写，现为：{os_error_text(error)}（{_where(error)}）"
        )
        return f"{what}；请除去这个原因再运行一次"
    return (
        f"程序须把内容读完，或者说出哪里不对，现在意外停下（{_where(error)}）；"
        f"请把最近改过的文件逐个退回再试，并把 {file} 交维护人员"
    )


def _where(error: Exception) -> str:
    """What failed, and the last place in our own code."""
    program, last, step = Path(__file__).parents[1], "", error.__traceback__
    while step:
        file = Path(step.tb_frame.f_code.co_filename)
        if file.is_relative_to(program):
            last = f"，{file.relative_to(program.parent).as_posix()}:{step.tb_lineno}"
        step = step.tb_next
    return f"{type(error).__name__}{last}"
