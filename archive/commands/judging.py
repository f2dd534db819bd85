"""What `archive check` says of a site: the problems, at which it stops, or what a reviewer should look at."""

from collections.abc import Iterator
from functools import partial

import click

from archive.build.editions.relations import advice
from archive.checks import check as problems_of
from archive.commands.options import scans_told, stop_at
from archive.facts.characters import unusual_characters
from archive.facts.project import Project
from archive.facts.scans import SCANS, scans
from archive.facts.signoffs import check_sign_offs
from archive.facts.site import Site, load
from archive.files.yaml import Problem
from archive.schema.disclosure import Edition


def judge(
    here: Project, style: str = "text", publication: Edition | None = None, since: str | None = None
) -> tuple[list[str], bool]:
    """Return what is to be told of a site without problems, and whether that rests on the fonts.

    Stops at problems. The options are those of the command.
    """
    site = load(here)
    problems, unusual = list(problems_of(site)), ""
    if not problems and (unusual := unusual_characters(site)):
        from archive.press.characters import unprintable_characters  # slow to import

        problems = unprintable_characters(site, unusual)
    if since:
        problems += _unexplained(site, since)
    if publication and not problems:
        problems += check_sign_offs(site, publication)
    if style == "github":
        _annotate_scans(site)
        stop_at(problems, partial(annotation, folder=site.folder_in_repository))
        for advised in _advice(site):
            click.echo(_notice(advised, site))
        return [], bool(unusual)
    told = scans_told(here)
    if problems:
        for line in told:
            click.echo(line, err=True)
        stop_at(problems)
    return [*told, *map(str, _advice(site))], bool(unusual)


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
