"""The command `archive`: each subcommand is in a module of its own, imported when it runs."""

from importlib import import_module
from typing import Any

import click

from archive.commands.options import stop
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
