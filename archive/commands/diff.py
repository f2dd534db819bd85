"""The command `archive diff`."""

import sys
from datetime import datetime

import click

from archive.commands.options import AS_OF, project
from archive.proposals.diff.report import FORMS, report
from archive.proposals.diff.revisions import UnknownRevisionError


@click.command(
    help="比较两个版本：哪些指标变了、因哪些记录、用在哪里。版本是 Git 的提交、分支、标签，报送的名称，或者目录。"
)
@click.argument("base")
@click.argument("head", default=".")
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
def diff(base: str, head: str, as_of: datetime | None, style: str, exit_code: bool) -> None:
    """Print what differs from BASE to HEAD, by default the work tree; exit code 1 if unreadable.

    With `--exit-code` also if any figure differs.
    """
    here = project(None, as_of)
    try:
        found = report(here.root, base, head, here.as_of, style)
    except UnknownRevisionError as error:
        raise click.ClickException(str(error)) from None
    click.echo(found.text, nl=False)
    sys.exit(not found.readable or (exit_code and found.moves_figures))
