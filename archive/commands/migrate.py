"""The command `archive migrate`."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from shlex import quote

import click

from archive.commands.options import (
    contents,
    problems_left,
    project,
    require_as_read,
    stop,
    stop_at,
    write_together,
)
from archive.editing.editors import files
from archive.editing.migrating import migration
from archive.facts.committed import file_states
from archive.facts.gather import RECORD_ID
from archive.facts.history import tree_entries
from archive.facts.kinds import read_kinds
from archive.facts.ledgers import read_collections
from archive.files.git import blob_id
from archive.files.yaml import Problem


@click.command(
    help="把旧写法的档案（0.1 的数据、页面、设置）改成现在的写法；不加 --write 只列出会改什么。"
)
@click.option(
    "--report", metavar="编号", default="report", show_default=True, help="原有那个报告的编号。"
)
@click.option("--write", is_flag=True, help="写入。")
def migrate(report: str, write: bool) -> None:
    """List what an archive of the old form needs, or do it, all or nothing."""
    here = project(None, None)
    if not RECORD_ID.fullmatch(report):
        stop(
            f"--report 须是报告的编号，由汉字、小写英文字母、数字、短横组成，现为 {report}；例如：--report annual"
        )
    begun = file_states(here)
    changes = migration(here, report)
    for change in changes:
        click.echo(change.said)
    if not changes:
        click.echo("没有要改的，已经是现在的写法。", err=True)
        return
    if not write:
        click.echo(f"共 {len(changes)} 处，还没有写入；写入请加 --write。", err=True)
        return
    drafts = {change.path: change.content for change in changes}
    before = contents(here.root, drafts)
    removed = {path: before[path] for path, content in drafts.items() if content is None}
    stop_at(
        _uncommitted(here.root, removed),
        last="要删去的须已提交，以后才找得回，现有 {} 个没有，什么也没有写入；请先提交",
    )
    require_as_read(here, begun)
    write_together(here, drafts, before)
    _remove_empty(here.root, removed)
    files.write(here.root, files.generated(read_collections(here).collections, read_kinds(here)))
    click.echo(f"共 {len(changes)} 处，已写入。{problems_left(here)}；看过以后提交。", err=True)


def _uncommitted(root: Path, removed: Mapping[str, bytes]) -> list[Problem]:
    """A problem for each of these files that the last commit does not hold as it is."""
    entries = tree_entries(root, "HEAD", removed) if removed else {}
    held = {path: entry.split()[-1] for path, entry in entries.items()}
    return [
        Problem(
            path,
            1,
            f"须是已经提交的，现在没有提交，或者改过；请运行 git add -f {quote(path)}，再提交",
        )
        for path, raw in removed.items()
        if held.get(path) != blob_id(raw, held.get(path, "0"))
    ]


def _remove_empty(root: Path, removed: Iterable[str]) -> None:
    """Remove the folders that hold nothing any more."""
    for folder in sorted(
        {parent for path in removed for parent in (root / path).parents}, reverse=True
    ):
        if folder.is_relative_to(root) and folder != root:
            with suppress(OSError):
                folder.rmdir()
