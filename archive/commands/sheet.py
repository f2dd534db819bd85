"""The commands `archive sheet export` and `archive sheet import`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from archive.commands.options import AS_OF, DATA, project, stop
from archive.facts.gather import gc_paused
from archive.facts.site import load
from archive.files.reasons import os_error_text
from archive.files.storing import create_file
from archive.files.validation import suggestion
from archive.schema.collections import COLLECTIONS


@click.group(help="台账与电子表格：导出、填写、导入。")
def sheet() -> None:
    """The group of the two commands."""


_NAMES = "\n".join(f"{name} {collection.label}" for name, collection in COLLECTIONS.items())
# After the mark \b click keeps the line breaks.
_EXPORT = f"把一个台账导出为可以填写的 .xlsx。台账写目录名或中文名：\n\n\b\n{_NAMES}"


@sheet.command("export", help=_EXPORT, short_help="把一个台账导出为可以填写的 .xlsx。")
@click.argument("collection", metavar="台账")
@click.argument("out", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
@DATA
@AS_OF
def export_(collection: str, out: Path, data: Path | None, as_of: datetime | None) -> None:
    """Write the workbook to a new file; an existing one may have been filled in and is kept."""
    from archive.editing.sheet.export import UnexportableError, export  # openpyxl is slow to import

    names = {one.label: name for name, one in COLLECTIONS.items()}
    name = names.get(collection, collection)
    if name not in COLLECTIONS:
        stop(f"台账须是已有的，没有 {collection}{suggestion(collection, [*names, *COLLECTIONS])}")
    if out.suffix.lower() != ".xlsx":
        stop(f"文件名须以 .xlsx 结尾，现为 {out.name}")
    site = load(project(data, as_of, committed=True))
    try:
        create_file(out, export(site, name))
    except UnexportableError as error:
        for problem in error.problems:
            click.echo(str(problem))
        stop(f"共 {len(error.problems)} 处问题，没有导出。")
    except FileExistsError:
        stop(f"文件须还不存在，{out} 已有，不会覆盖；请换一个名字")
    except OSError as error:
        stop(f"须能写入 {out}，现为：{os_error_text(error)}")
    count = len(site.archive.records[name])
    click.echo(f"已导出 {count} 条记录到 {out}。", err=True)


@sheet.command("import", help="列出填好的表会改什么；加 --write 才写入。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="没有问题时写入。")
@DATA
@AS_OF
def import_(file: Path, write: bool, data: Path | None, as_of: datetime | None) -> None:
    """Print what the import changes; exit code 1 if there is any fault, problem or conflict."""
    from archive.editing.sheet.dry_run import run_dry
    from archive.editing.sheet.merge import merge  # openpyxl is slow to import
    from archive.editing.sheet.messages import format_import, summary
    from archive.editing.sheet.opening import RefusedError, open_workbook
    from archive.editing.sheet.reading import read_workbook
    from archive.editing.sheet.writing import ChangedMeanwhileError, write_all

    site = load(project(data, as_of))
    try:
        with gc_paused():
            merged = merge(site, read_workbook(open_workbook(file), site.archive.demonstration))
    except RefusedError as error:
        stop(f"{file.name}：{error}。没有导入。")
    trial = run_dry(site, merged)
    for line in format_import(merged, trial):
        click.echo(line)
    sound = not (merged.faults or trial.faults or trial.problems)
    written = write and sound and bool(trial.drafts)
    if written:
        given = site.archive.project
        try:
            write_all(given.root, given.data, trial.drafts, trial.before)
        except ChangedMeanwhileError as error:
            stop(f"{error} 刚被改动，什么也没有写入；请再运行一次。")
        except OSError as error:
            stop(f"写入未成，已全部复原：{os_error_text(error)}。")
    click.echo(summary(merged, trial, written), err=True)
    sys.exit(0 if sound and not merged.conflicts else 1)
