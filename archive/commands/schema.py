"""The command `archive schema`."""

import click

from archive.commands.options import project, stop_at
from archive.editing.editors import files
from archive.facts.kinds import read_kinds
from archive.facts.ledgers import read_collections


@click.command(
    help="由结构定义写出编辑器用的 JSON Schema、VS Code 设置和议题表单，由版面写出打印样式。"
)
@click.option("--check", "only_check", is_flag=True, help="只看是否一致，不写。")
def schema(only_check: bool) -> None:
    """Write the generated files; with --check only compare them, exit code 1 if any differs."""
    here = project(None, None)
    root = here.root
    ledgers = read_collections(here)
    stop_at(ledgers.problems)
    generated = files.generated(ledgers.collections, read_kinds(here))
    if (root / "archive" / "design").is_dir():  # in the program's own repository
        from archive.press import browser  # press is slow to import

        generated |= browser.generated(root)
    if only_check:
        stop_at(files.outdated_files(root, generated))
        click.echo("没有问题。", err=True)
        return
    for path in files.write(root, generated):
        click.echo(path)
