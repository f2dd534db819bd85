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
def diff(base: str, head: str, as_of: datetime | None, style: str) -> None:
    """Print what differs from BASE to HEAD, by default the work tree; exit code 1 if unreadable."""
    here = project(None, as_of)
    try:
        text, readable = report(here.root, base, head, here.as_of, style)
    except UnknownRevisionError as error:
        raise click.ClickException(str(error)) from None
    click.echo(text, nl=False)
    sys.exit(not readable)
