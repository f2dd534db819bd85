"""The command `archive schema`."""

import click

from archive.commands.options import project, stop_at
from archive.editing.editors.files import out_of_step, write


@click.command(help="由结构定义写出编辑器用的 JSON Schema、VS Code 设置和议题表单。")
@click.option("--check", "only_check", is_flag=True, help="只看是否一致，不写。")
def schema(only_check: bool) -> None:
    """Write what is generated from the models; with --check, exit 1 if it is out of step."""
    root = project(None, None).root
    if only_check:
        stop_at(out_of_step(root))
        click.echo("没有问题。", err=True)
        return
    for path in write(root):
        click.echo(path)
