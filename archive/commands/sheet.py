"""The commands `archive sheet export` and `archive sheet import`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from archive.commands.options import (
    AS_OF,
    DATA,
    REASON,
    must_state_all,
    project,
    stop,
    write_together,
)
from archive.editing.sheet.sources import ENTRIES, records_of, sources
from archive.facts.ledgers import read_collections
from archive.facts.site import load
from archive.files.bounds import TOO_LONG, TooLongError, gc_paused, in_time
from archive.files.reasons import os_error_text
from archive.files.storing import create_file
from archive.files.validation import suggestion
from archive.schema.register import KINDS


@click.group(help="台账与电子表格：导出、填写、导入。")
def sheet() -> None:
    """The group of the two commands."""


class _NamesCollections(click.Command):
    """A command whose help ends with the collections of the project in the current folder."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help, then a line for each collection."""
        super().format_help_text(ctx, formatter)
        with formatter.indentation():
            known = {**read_collections(project(None, None)).collections, **ENTRIES}
            for name, collection in known.items():
                formatter.write_text(f"{name} {collection.label}")


@sheet.command(
    "export",
    cls=_NamesCollections,
    help="把一个台账导出为可以填写的 .xlsx。台账写目录名或中文名：",
    short_help="把一个台账导出为可以填写的 .xlsx。",
)
@click.argument("collection", metavar="台账")
@click.argument("out", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
@DATA
@AS_OF
def export_(collection: str, out: Path, data: Path | None, as_of: datetime | None) -> None:
    """Write the workbook to a new file; an existing one may have been filled in and is kept."""
    from archive.editing.sheet.export import UnexportableError, export  # openpyxl is slow to import

    if out.suffix.lower() != ".xlsx":
        stop(f"文件名须以 .xlsx 结尾，现为 {out.name}；请写作 {out.stem}.xlsx")
    site = load(project(data, as_of, committed=True))
    collections = sources(site)
    names = {one.label: name for name, one in collections.items()}
    name = names.get(collection, collection)
    if name not in collections:
        stop(f"台账须是已有的，没有 {collection}{suggestion(collection, [*names, *collections])}")
    try:
        create_file(out, export(site, name))
    except UnexportableError as error:
        for problem in error.problems:
            click.echo(str(problem))
        stop(f"共 {len(error.problems)} 处问题，没有导出。")
    except FileExistsError:
        stop(f"文件须还不存在，{out} 已有，不会覆盖；请换一个名字")
    except OSError as error:
        stop(f"须能写入 {out}，现为：{os_error_text(error)}；请换一个目录或文件名")
    count = len(records_of(site, name))
    click.echo(f"已导出 {count} 条记录到 {out}。", err=True)


_REVISE = "核定过的指标因此改变：改动有据的，加 --revise 修订（或更正）、--reason 原因、--by 核定岗位，连同记录一起写入。"


@sheet.command("import", help="列出填好的表会改什么；加 --write 才写入。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="没有问题时写入。")
@click.option(
    "--revise",
    type=click.Choice(KINDS),
    help="核定过的指标因此改变时写：连同记录记下修订（资料更全了）或更正（原来错了）。",
)
@REASON
@click.option("--by", default="", help="核定这次改动的岗位，与 --revise 一起写；不写姓名。")
@click.option(
    "--rearranged", is_flag=True, help="许多值换到了别的记录，像是只排了一列；确要这样改的才写。"
)
@DATA
@AS_OF
def import_(
    file: Path, write: bool, revise: str | None, reason: str, by: str, rearranged: bool,
    data: Path | None, as_of: datetime | None,
) -> None:  # fmt: skip
    """Print what the import changes; exit code 1 if there is any fault, problem or conflict."""
    from archive.editing.sheet.dry_run import run_dry
    from archive.editing.sheet.merge import merge  # openpyxl is slow to import
    from archive.editing.sheet.messages import format_import, summary
    from archive.editing.sheet.opening import RefusedError, open_workbook
    from archive.editing.sheet.reading import read_workbook

    must_state_all(revise, reason, by, "--by")
    here = project(data, as_of)
    decision = revise and {"kind": revise, "date": here.as_of, "reason": reason, "by": by}
    site = load(here)
    try:
        with gc_paused(), in_time():
            merged = merge(site, read_workbook(site, open_workbook(file)))
    except RefusedError as error:
        stop(f"{file.name}：{error}。没有导入。")
    except TooLongError:
        stop(f"{file.name}：{TOO_LONG}。没有导入。")
    trial = run_dry(site, merged, decision or None)
    for line in format_import(merged, trial):
        click.echo(line)
    if not decision and any(one.is_revised for one in trial.moved):
        click.echo(_REVISE)
    sound = not (merged.faults or trial.faults or trial.problems)
    ready = write and sound and bool(trial.drafts)
    unconfirmed = bool(merged.rearranged) and not (rearranged or (ready and _confirmed()))
    written = ready and not unconfirmed
    if written:
        write_together(site.archive.project, trial.drafts, trial.before)
    click.echo(summary(merged, trial, written, unconfirmed), err=True)
    sys.exit(0 if sound and not merged.conflicts and not unconfirmed else 1)


def _confirmed() -> bool:
    """Ask at a terminal whether values are meant to move to other records; elsewhere they are not."""
    return sys.stdin.isatty() and click.confirm("确要这样改，写入吗？", err=True)
