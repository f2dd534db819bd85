"""The commands `archive pulls comment` and `archive pulls form`, which only workflows run."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from archive.commands.options import AS_OF, project
from archive.editing.questions import forms
from archive.facts.kinds import read_kinds
from archive.facts.ledgers import read_collections
from archive.files.git import GitError
from archive.proposals.diff.revisions import UnknownRevisionError
from archive.proposals.pulls.answer_form import FormAnswer
from archive.proposals.pulls.answer_pull import PullAnswer, UnreadPullError
from archive.proposals.pulls.branch import Branch
from archive.proposals.pulls.forge import Forge, ForgeError, Preview
from archive.proposals.pulls.github import BOTS, GitHub
from archive.proposals.pulls.gitlab import GitLab
from archive.proposals.pulls.repository import Repository
from archive.schema.collections import with_kinds

FORGES: Mapping[str, type[Forge]] = {**dict.fromkeys(BOTS, GitHub), "gitlab": GitLab}
"""Kind of forge → what speaks with it."""
EVENT = click.option(
    "--event",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar=["GITHUB_EVENT_PATH", "TRIGGER_PAYLOAD"],
    required=True,
    help="触发工作流的事件，JSON 文件；默认取环境变量 GITHUB_EVENT_PATH（GitLab 上是 TRIGGER_PAYLOAD）。",
)
FORGE = click.option(
    "--forge", "kind", type=click.Choice(list(FORGES)), default="github", help="托管平台。"
)


@click.group(
    help="拉取请求：在工作流里写评论、处理表单。需要环境变量 GITHUB_TOKEN（GitLab 上是 ARCHIVE_TOKEN）。"
)
def pulls() -> None:
    """The group of the two commands."""


@pulls.command("comment", help="在拉取请求下写（或者更新）一条评论：问题、指标的改动、预览。")
@EVENT
@FORGE
@AS_OF
def comment_(event: Path, kind: str, as_of: datetime | None) -> None:
    """Write the comment, for events that run code of the default branch.

    These are workflow_run and pull_request_target.
    """
    site = project(None, as_of)
    content = _read(event)
    try:
        forge = _forge(kind)
        found, preview = forge.event_pulls(content)
        if not found:
            click.echo("没有与此相应的拉取请求，不写评论。", err=True)
        written = PullAnswer(forge, Repository(site.root), site.as_of)
        for done in written.answer_all(found, preview):
            click.echo(done, err=True)
    except (ForgeError, GitError, UnknownRevisionError, UnreadPullError) as error:
        raise click.ClickException(str(error)) from None


@pulls.command("form", help="把按表单填写的议题变成分支和拉取请求；有错的，在议题下答复。")
@EVENT
@FORGE
@AS_OF
def form(event: Path, kind: str, as_of: datetime | None) -> None:
    """Answer a form, for the event issues; the form is read from the forge as it is now."""
    site = project(None, as_of)
    content = _read(event)
    try:
        forge = _forge(kind)
        number = forge.event_issue(content)
        if number is None:
            click.echo("这次的事件不是议题，不作处理。", err=True)
            return
        branch = Branch(Repository(site.root), number, forge.event_main(content), site.as_of)
        kinds = read_kinds(site)
        asked = forms(with_kinds(read_collections(site).collections, kinds), kinds)
        known = list(asked.values())
        click.echo(FormAnswer(forge, branch, known).answer(), err=True)
        pull = None if forge.comment_follows else forge.newest_pull(branch.name)
        if pull and pull.state == "open":
            written = PullAnswer(forge, branch.repository, site.as_of)
            click.echo(written.answer(pull, Preview(None, None)), err=True)
    except (ForgeError, GitError, UnknownRevisionError, UnreadPullError) as error:
        raise click.ClickException(str(error)) from None


def _read(event: Path) -> Any:
    return json.loads(event.read_text("utf-8"))


def _forge(kind: str) -> Forge:
    """The repository the workflow runs for, from the environment variables of the workflow."""
    needed = FORGES[kind].environment
    found = [os.environ.get(name, "") for name in needed]
    missing = [name for name, value in zip(needed, found, strict=True) if not value]
    if missing:
        rule = f"须在工作流里运行，现在没有环境变量 {'、'.join(missing)}"
        raise click.ClickException(f"{rule}；请照本程序所带的工作流文件，在 env 里写明")
    return FORGES[kind](kind, *found)
