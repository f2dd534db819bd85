"""`archive check`: all problems of the site, and what a reviewer should look at."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from archive.build.editions.relations import advice
from archive.checks import check as problems_of
from archive.commands.options import AS_OF, DATA, project, stop_at, tell_of_scans
from archive.facts.characters import unusual_characters
from archive.facts.scans import SCANS, scans
from archive.facts.signoffs import check_sign_offs
from archive.facts.site import Site, load
from archive.files.yaml import Problem
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
    site = load(project(data, as_of))
    problems = list(problems_of(site)) or _unprintable(site)
    if since:
        problems += _unexplained(site, since)
    if publication and not problems:
        problems += check_sign_offs(site, publication)
    if style == "github":
        _annotate_scans(site)
        stop_at(problems, partial(annotation, folder=site.folder_in_repository))
        for advised in _advice(site):
            click.echo(_notice(advised, site))
    else:
        tell_of_scans(site.archive.project)
        stop_at(problems)
        for advised in _advice(site):
            click.echo(advised, err=True)
    click.echo("没有问题。", err=True)


def _unprintable(site: Site) -> list[Problem]:
    unusual = unusual_characters(site)
    if not unusual:
        return []
    from archive.press.characters import unprintable_characters  # slow to import

    return unprintable_characters(site, unusual)


def _unexplained(site: Site, since: str) -> list[Problem]:
    from archive.proposals.diff.revisions import UnknownRevisionError
    from archive.proposals.diff.unexplained import unexplained_changes  # seldom asked for

    try:
        return list(unexplained_changes(site, since))
    except UnknownRevisionError as error:
        raise click.ClickException(str(error)) from None


def _annotate_scans(site: Site) -> None:
    for path, pages in scans(site.archive.project).items():
        click.echo(_notice(Problem(path, 1, f"{SCANS}{pages and f'（{pages}）'}，请人看"), site))


def _notice(note: Problem, site: Site) -> str:
    return annotation(note, site.folder_in_repository).replace("::error", "::notice", 1)


def _advice(site: Site) -> Iterator[Problem]:
    """What is no fault, but what the person who reviews should know."""
    for id_, text in advice(site):
        yield site.archive.problem("figures", text, id_)


def annotation(problem: Problem, folder: str) -> str:
    """The problem as a workflow command of GitHub Actions, with special characters escaped.

    `folder` is the site's in the repository, from whose top the forge names files.
    """

    def escaped(text: str, specials: str) -> str:
        for c in "%\r\n" + specials:
            text = text.replace(c, f"%{ord(c):02X}")
        return text

    path = escaped(folder + problem.path, ":,")
    return f"::error file={path},line={problem.line}::{escaped(problem.message, '')}"
