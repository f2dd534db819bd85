"""The command `archive doctor`."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from archive.commands.options import project
from archive.facts.conditions import (
    Condition,
    ConditionState,
    read_unit,
    release_condition,
    repository_conditions,
    unit_conditions,
)
from archive.facts.project import Project
from archive.files.git import line
from archive.press.conditions import font_condition
from archive.proposals.asking import answered, questions
from archive.proposals.conditions import file_conditions, origin_condition
from archive.proposals.pulls.of_clone import forge_of_clone
from archive.publish.conditions import backup_condition, server_conditions
from archive.publish.target import Target

USUAL_TARGET = Path("build", "www")


@click.command(help="列出设好了什么、还缺什么，各一行，写明要打的命令。")
@click.argument(
    "target",
    metavar="[发布目录]",
    default=USUAL_TARGET,
    type=click.Path(file_okay=False, path_type=Path),
)
@click.option("--offline", is_flag=True, help="不问远程仓库和平台。")
def doctor(target: Path, offline: bool) -> None:
    """Print a line for each condition; exit code 1 if one is missing that publishing needs."""
    here = project(None, None)
    found = list(_conditions(here, Target(target), offline))
    for one in found:
        click.echo(one)
    count = Counter(one.state for one in found)
    told = "，".join(f"{state} {count[state]}" for state in ConditionState if count[state])
    lacking = [one for one in found if one.needed and one.state is ConditionState.MISSING]
    more = (
        f"；发布须有的缺 {len(lacking)} 项：{'、'.join(one.name for one in lacking)}"
        if lacking
        else ""
    )
    click.echo(f"{len(found)} 项：{told}{more}。", err=True)
    sys.exit(1 if lacking else 0)


def _conditions(here: Project, target: Target, offline: bool) -> Iterator[Condition]:
    """All conditions, in the order in which a bureau sets up."""
    repository = list(repository_conditions(here))
    yield from repository
    unit = read_unit(here)
    yield from unit_conditions(here, unit)
    readable = repository[-1].state is ConditionState.MET
    if readable:
        editor = unit.repository if unit else None
        origin = line(here.root, "config", "--get", "remote.origin.url")
        yield origin_condition(origin, editor)
        if not offline:
            forge = forge_of_clone(origin, editor, os.environ)
            yield from answered(list(questions(here, origin, editor, forge)))
        yield from file_conditions(here, editor)
    yield font_condition(here)
    yield from server_conditions(target)
    yield release_condition(here)
    if readable:
        yield backup_condition(here)
