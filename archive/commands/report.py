"""The command `archive report import`."""

import re
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.options import (
    AS_OF,
    DATA,
    REASON,
    contents,
    must_state_all,
    problems_left,
    project,
    require_as_read,
    stop,
    write_together,
)
from archive.facts.committed import file_states
from archive.facts.gather import RECORD_ID
from archive.facts.site import Site, load
from archive.files.bounds import TOO_LONG, TooLongError, in_time
from archive.files.reasons import os_error_text
from archive.files.storing import create_file
from archive.schema.register import KINDS
from archive.schema.types import Span

if TYPE_CHECKING:
    from archive.editing.report.brought import Brought
    from archive.editing.report.columns import Terms
    from archive.editing.report.planning import Plan

_UNTIL = ".."


@click.group(help="报告：由现成的文件导入。")
def report() -> None:
    """The group of the command."""


@report.command(
    "import",
    help="由 Word 文件（.docx）、文本（.txt、.md）写出报告的页面、指标、名称，一字不差；不加 --write 只列出会写什么。",
)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--report", "id_", required=True, metavar="编号", help="报告的编号，如 2025。")
@click.option(
    "--period", required=True, metavar="起止", help="报告期间，写作 2025-01-01..2025-12-31。"
)
@click.option("--kind", default="年度总结", show_default=True, help="报告的种类。")
@click.option("--title", default="", help="报告的名称；文件里有题目的不写。")
@click.option("--source", help="各指标的数据来源。")
@click.option("--office", help="各指标的责任科室。")
@click.option("--by", help="填报的岗位，写岗位，不写姓名。")
@click.option(
    "--disclosure",
    type=click.Choice(["公开", "内部"]),
    default="内部",
    show_default=True,
    help="各指标的公开属性。",
)
@click.option(
    "--sheet",
    metavar="表.xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    help="核对表：还没有的，写出来，一行一处；填好了的，照它登记。",
)
@click.option("--after", metavar="编号", help="上一个报告的编号：数、名称与它的对照，编号沿用。")
@click.option(
    "--same",
    multiple=True,
    metavar="编号",
    help="列为改写的，确是这个指标（名称）；几个以逗号隔开。",
)
@click.option(
    "--other", multiple=True, metavar="编号", help="列为改写的，不是这个指标（名称），另立一个。"
)
@click.option(
    "--revise",
    type=click.Choice(KINDS),
    help="同一时期已记的数，文件里不同的：修订（资料更全了）或更正（原来错了）。",
)
@REASON
@click.option("--revised-by", default="", help="核定这次修订的岗位，与 --revise 一起写；不写姓名。")
@click.option("--criteria", is_flag=True, help="考评项目与报告的小节对上，写进 data/criteria.yml。")
@click.option("--replace", is_flag=True, help="编号已有的，用这个文件重写。")
@click.option("--write", is_flag=True, help="写入。")
@DATA
@AS_OF
def import_(
    file: Path,
    id_: str,
    period: str,
    kind: str,
    title: str,
    source: str | None,
    office: str | None,
    by: str | None,
    disclosure: str,
    sheet: Path | None,
    after: str | None,
    same: tuple[str, ...],
    other: tuple[str, ...],
    revise: str | None,
    reason: str,
    revised_by: str,
    criteria: bool,
    replace: bool,
    write: bool,
    data: Path | None,
    as_of: datetime | None,
) -> None:
    """List what a report that is brought would write, or write it, all or nothing."""
    from archive.editing.report.brought import RefusedError
    from archive.editing.report.columns import Terms
    from archive.editing.report.following import Earlier
    from archive.editing.report.planning import plan
    from archive.editing.report.reading import read_report

    if not RECORD_ID.fullmatch(id_):
        stop(
            f"--report 须由汉字、字母、数字、点、短横、下划线组成，现为 {id_}；例如：--report 2025"
        )
    must_state_all(revise, reason, revised_by, "--revised-by")
    if not after and (same or other or revise):
        stop(
            "--same、--other、--revise 须与 --after 一起写，现在没有；请加 --after 上一个报告的编号"
        )
    here = project(data, as_of)
    begun = file_states(here)
    site = load(here)
    decision = revise and {"kind": revise, "date": here.as_of, "reason": reason, "by": revised_by}
    earlier = Earlier(after, _ids(same), _ids(other), decision or None) if after else None
    terms = Terms(
        id_,
        kind,
        _span(period),
        here.as_of,
        title,
        source,
        office,
        by,
        disclosure,
        replace,
        earlier,
        criteria,
    )
    if sheet and not sheet.exists():
        _export(site, terms, file, sheet, write)
        return
    try:
        with in_time():
            brought = read_report(file)
            made = _by_sheet(site, brought, terms, sheet) if sheet else plan(site, brought, terms)
    except RefusedError as error:
        stop(f"{file.name}：{error}。没有导入。")
    except TooLongError:
        stop(f"{file.name}：{TOO_LONG}。没有导入。")
    for line in made.told:
        click.echo(line)
    for line in made.asked:
        click.echo(f"请定：{line}")
    for line in (*made.clashes, *made.notes, *made.faults):
        click.echo(line)
    if made.faults:
        stop(f"问题 {len(made.faults)} 处。一处也没有写入；请在表里改好，再导入。")
    if not write:
        click.echo(
            f"共写 {len(made.drafts)} 个文件，还没有写入；核对无误后加 --write 写入。", err=True
        )
        sys.exit(1 if made.clashes else 0)
    before = contents(here.root, made.drafts)
    require_as_read(here, begun)
    write_together(here, made.drafts, before)
    click.echo(f"已写入 {len(made.drafts)} 个文件。{problems_left(here)}。", err=True)
    sys.exit(1 if made.clashes else 0)


def _by_sheet(site: Site, brought: "Brought", terms: "Terms", sheet: Path) -> "Plan":
    """What is written as a review sheet says; stops if it is none of this report."""
    from archive.editing.report.reviewing import by_sheet  # openpyxl is slow to import
    from archive.editing.sheet.opening import RefusedError

    try:
        return by_sheet(site, brought, terms, sheet)
    except RefusedError as error:
        stop(f"{sheet.name}：{error}。没有导入。")


def _export(site: Site, terms: "Terms", file: Path, sheet: Path, write: bool) -> None:
    """Write the review sheet to a new file."""
    from archive.editing.report.brought import RefusedError
    from archive.editing.report.reading import read_report
    from archive.editing.report.reviewing import new_sheet

    if write:
        stop(
            f"加 --write 时 --sheet 须是填好的表，没有 {sheet}；请先不加 --write 写出表来，填好再写入"
        )
    if sheet.suffix.lower() != ".xlsx":
        stop(f"--sheet 须以 .xlsx 结尾，现为 {sheet.name}；请写作 {sheet.stem}.xlsx")
    try:
        with in_time():
            raw, count = new_sheet(site, read_report(file), terms, file.name)
        create_file(sheet, raw)
    except RefusedError as error:
        stop(f"{file.name}：{error}。没有写出核对表。")
    except TooLongError:
        stop(f"{file.name}：{TOO_LONG}。没有写出核对表。")
    except OSError as error:
        stop(f"须能写入 {sheet}，现为：{os_error_text(error)}；请换一个目录或文件名")
    click.echo(
        f"已把 {count} 处写进 {sheet}，别的都没有写。填好“确认”一列，再运行同一条命令。", err=True
    )


def _ids(written: Iterable[str]) -> tuple[str, ...]:
    """The ids of an option that may be given several times, or with commas."""
    return tuple(filter(None, re.split(r"[,，、\s]+", ",".join(written))))


def _span(period: str) -> Span:
    """The days of `--period`."""
    try:
        start, end = (date.fromisoformat(day) for day in period.split(_UNTIL))
    except ValueError:
        stop(f"--period 须写作 2025-01-01{_UNTIL}2025-12-31，现为 {period}；请改正")
    if start > end:
        stop(f"--period 的起始日须不晚于截止日，现为 {period}；请改正")
    return Span(start=start, end=end)
