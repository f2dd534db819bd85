"""What the commands share: the options that choose the site, stopping, and writing a new file."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from archive.commands.chinese import translate_click
from archive.facts.committed import FileStates, file_states
from archive.facts.history import last_commit
from archive.facts.project import AS_OF as AS_OF_VARIABLE
from archive.facts.project import DATA as DATA_VARIABLE
from archive.facts.project import Project
from archive.files.reasons import os_error_text
from archive.files.storing import create_file
from archive.files.yaml import Problem

translate_click()  # before the first option is made, because click translates some texts then

DATA = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar=DATA_VARIABLE,
    help=f"数据目录，默认为 data/；也可以由环境变量 {DATA_VARIABLE} 给出。",
)
AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar=AS_OF_VARIABLE,
    help=f"以哪一天为今天，写作 2023-01-02；也可以由环境变量 {AS_OF_VARIABLE} 给出。",
)

REASON = click.option("--reason", default="", help="修订或更正的原因，与 --revise 一起写。")

EDITION = click.option(
    "--edition",
    type=click.Choice(["internal", "public"]),
    default="internal",
    help="internal 内部版，内容齐全；public 公开版，不公开的先行隐去。",
)

PUBLISHED = click.option(
    "--published",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="公开版的发布目录：与其中已发布的各次比较，不让人由前后相差的数推出隐去的。",
)


def project(data: Path | None, as_of: datetime | None, committed: bool = False) -> Project:
    """The project in the current folder, with the data folder and the day of the options.

    Without `as_of` the day is that of the last commit if `committed` and there is one, else today.
    Raises click.ClickException outside the root of a project.
    """
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        raise click.ClickException(
            "须在站点根目录（有 mkdocs.yml 的目录）下运行，现在没有 mkdocs.yml；请先用 cd 到那个目录"
        )
    given = Project(root, data.resolve() if data else root / "data", date.max)
    # Git is asked even if `as_of` is given, so that a refusal stops the command at its start.
    day = last_commit(root, given.time_zone) if committed else None
    return replace(given, as_of=as_of.date() if as_of else day or given.today())


def must_state_all(revise: str | None, reason: str, by: str, by_option: str) -> None:
    """Stop if a revision is stated in part; `by_option` is the option for the post that approves it."""
    if len({bool(revise), bool(reason.strip()), bool(by.strip())}) > 1:
        stop(
            f"--revise、--reason、{by_option} 须一起写，现在只写了一部分；请补上其余的，或者都不写"
        )


def scans_told(site: Project) -> list[str]:
    """The lines that tell which attachments a person has to look at, because they are only pictures."""
    from archive.facts.scans import SCANS, scans  # slow to import

    found = scans(site)
    head = [f"{SCANS} {len(found)} 个，请人看："] if found else []
    return [*head, *(f"  {path}{pages and f'（{pages}）'}" for path, pages in found.items())]


def stop(message: str) -> NoReturn:
    """Print the message on stderr and exit with code 1."""
    click.echo(message, err=True)
    sys.exit(1)


def stop_at(
    problems: Sequence[Problem],
    format_problem: Callable[[Problem], str] = str,
    last: str = "共 {} 处问题。",
) -> None:
    """If there are problems, print them, then `last` with their number, and exit with code 1."""
    for problem in problems:
        click.echo(format_problem(problem))
    if problems:
        stop(last.format(len(problems)))


_CHANGED = "{} 刚被改动，什么也没有写入；请再运行一次。"


def require_as_read(here: Project, begun: FileStates) -> None:
    """Stop if a file of the site was written since: `begun` is what `file_states` gave before the first was read."""
    now = file_states(here)
    changed = sorted(path for path in {*begun, *now} if begun.get(path) != now.get(path))
    if changed:
        stop(_CHANGED.format(changed[0]))


def write_together(
    here: Project, drafts: Mapping[str, bytes | None], before: Mapping[str, bytes]
) -> None:
    """Write `drafts` (path from the root → content, None to delete), all or none; stop on failure.

    `before` is the content as read.
    """
    from archive.editing.writing import ChangedMeanwhileError, write_all

    try:
        write_all(here.root, here.data, drafts, before)
    except ChangedMeanwhileError as error:
        stop(_CHANGED.format(error))
    except OSError as error:
        stop(f"写入未成，已全部复原：{os_error_text(error)}；请除去这个原因再运行一次。")


def contents(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the content of those of these files, paths from `root`, that are there."""
    return {path: (root / path).read_bytes() for path in paths if (root / path).is_file()}


def problems_left(here: Project) -> str:
    """Say whether the archive, as it is now, has problems, and what to do then; without a full stop."""
    from archive.checks import check  # slow to import, and seldom asked for
    from archive.facts.site import load

    count = len(check(load(here)))
    return (
        f"还有 {count} 处须人来定，请运行 .venv/bin/archive check 逐处改好"
        if count
        else "检查没有问题"
    )


def write_new(here: Project, file: Path, text: str) -> None:
    """Write a file that must not exist yet, whole or not at all; stop with a message on failure."""
    try:
        file.parent.mkdir(exist_ok=True)
        create_file(file, text.encode())
    except OSError as error:
        stop(f"{here.name(file)} 须能写入，现为：{os_error_text(error)}；请除去这个原因再运行一次")
