"""The command `archive suppression`: what the public edition leaves out, and why."""

from datetime import datetime
from pathlib import Path

import click

from archive.checks import check
from archive.commands.comparing import former_editions
from archive.commands.options import AS_OF, DATA, PUBLISHED, project, stop_at
from archive.facts.site import load


@click.command(help="列出公开版隐去的指标和记录：主动抑制、从属抑制，各因为什么。")
@DATA
@AS_OF
@PUBLISHED
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def suppression(
    data: Path | None, as_of: datetime | None, published: Path | None, as_json: bool
) -> None:
    """Print a line for each suppressed figure and record, or one JSON object."""
    from archive.build.editions.suppressed import suppressed_json, suppressed_lines

    site = load(project(data, as_of, committed=True))
    stop_at(check(site))
    site.former = former_editions(site.archive, published)
    if as_json:
        click.echo(suppressed_json(site), nl=False)
        return
    for line in suppressed_lines(site):
        click.echo(line)
