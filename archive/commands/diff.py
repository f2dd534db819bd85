"""The command `archive diff`."""

import sys
from datetime import datetime

import click

from archive.commands.options import AS_OF, project, stop, stop_at
from archive.facts.report_changes import report_changes
from archive.facts.site import Site, load
from archive.files.validation import suggestion
from archive.proposals.diff.report import FORMS, report
from archive.proposals.diff.revisions import UnknownRevisionError
from archive.render.report_changes import compared_lines


@click.command(
    help="比较两个版本：哪些指标变了、因哪些记录、用在哪里。版本是 Git 的提交、分支、标签，报送的名称，或者目录。"
)
@click.argument("base")
@click.argument("head", default=".")
@click.option(
    "--report",
    "of_reports",
    is_flag=True,
    help="比较两个报告，旧的在前；BASE、HEAD 写 data/reports/ 下的文件名。",
)
@AS_OF
@click.option(
    "--format",
    "style",
    type=click.Choice(list(FORMS)),
    default="text",
    help="markdown 用于拉取请求里的评论，json 供程序使用。",
)
@click.option(
    "--exit-code", is_flag=True, help="有指标改变的（列在“指标”下的），退出码为 1，供脚本判断。"
)
def diff(
    base: str, head: str, of_reports: bool, as_of: datetime | None, style: str, exit_code: bool
) -> None:
    """Print what differs from BASE to HEAD, by default the work tree; exit code 1 if unreadable.

    With `--exit-code` also if any figure differs.
    """
    here = project(None, as_of)
    if of_reports:
        _print_reports(load(here), base, head)
        return
    try:
        found = report(here.root, base, head, here.as_of, style)
    except UnknownRevisionError as error:
        raise click.ClickException(str(error)) from None
    click.echo(found.text, nl=False)
    sys.exit(not found.readable or (exit_code and found.moves_figures))


def _print_reports(site: Site, old: str, new: str) -> None:
    """Print two reports of today's sources side by side."""
    stop_at(sorted({*site.archive.problems}), last="比较报告须先读得出，现有 {} 处问题")
    known = site.archive.reports
    for id_ in (old, new):
        if id_ not in known:
            stop(f"报告须是已有的，没有 {id_}{suggestion(id_, known)}")
    for line in compared_lines(report_changes(site, old, new)):
        click.echo(line)
