"""`archive check`: all problems of the site, and what a reviewer should look at."""

from datetime import datetime
from pathlib import Path

import click

from archive.build.folder import digest_of_sources, is_up_to_date, remember
from archive.commands.options import AS_OF, DATA, project
from archive.facts.committed import file_states
from archive.facts.project import Project
from archive.files.bounds import gc_paused
from archive.schema.disclosure import Edition


@click.command(help="检查数据和页面，列出全部问题。")
@DATA
@AS_OF
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    help="github 在拉取请求里逐行标注。",
)
@click.option(
    "--publication",
    type=click.Choice(["internal", "public"]),
    help="另查现在的内容可否作为这一版发布：都已提交，三审都已签字。",
)
@click.option(
    "--since",
    metavar="版本",
    help="另查核定过的数，从这个版本（分支、标签、提交）以来有没有不记修订就改的。",
)
def check(
    data: Path | None, as_of: datetime | None, style: str, publication: Edition | None,
    since: str | None,
) -> None:  # fmt: skip
    """Print all problems as `path:line: message`; exit code 1 if there are any."""
    here = project(data, as_of)
    with gc_paused():  # what a check leaves behind ends with it
        if style == "github" or publication or since:
            from archive.commands.judging import judge

            told, _ = judge(here, style, publication, since)
        else:
            told = _as_before(here)
    for line in told:
        click.echo(line, err=True)
    click.echo("没有问题。", err=True)


def _as_before(here: Project) -> list[str]:
    """What is told of a site without problems: as before, if all that it is made of is as it was."""
    known, begun = here.cache("checked"), file_states(here)
    sources = digest_of_sources(here, False, "check")
    told = is_up_to_date(None, known, sources)
    if told is not None:
        return told
    from archive.commands.judging import judge  # which imports all rules

    told, rests_on_fonts = judge(here)
    if sources and not rests_on_fonts and file_states(here) == begun:
        remember(None, known, sources, told)
    return told
