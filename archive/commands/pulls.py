"""The commands `archive pulls comment` and `archive pulls form`, which only workflows run."""

import json
import os
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
from archive.proposals.pulls.api import BOTS, Forge, ForgeError
from archive.proposals.pulls.branch import Branch
from archive.proposals.pulls.comment import MARK, Preview, comment
from archive.proposals.pulls.repository import Repository
from archive.schema.collections import with_kinds
from archive.schema.unit import Repository as Editor

EVENT = click.option(
    "--event",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="GITHUB_EVENT_PATH",
    required=True,
    help="触发工作流的事件，JSON 文件；默认取环境变量 GITHUB_EVENT_PATH。",
)
FORGE = click.option(
    "--forge", "kind", type=click.Choice(list(BOTS)), default="github", help="托管平台。"
)


@click.group(help="拉取请求：在工作流里写评论、处理表单。需要环境变量 GITHUB_TOKEN。")
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
        pull, preview = _pull_of(forge, content)
        if pull is None:
            click.echo("没有与此相应的拉取请求，不写评论。", err=True)
            return
        number, head = int(pull["number"]), pull["head"]
        repository = Repository(site.root)
        base = f"refs/remotes/origin/{pull['base']['ref']}"
        there = f"refs/remotes/pull/{number}"
        repository.fetch(
            f"+refs/heads/{pull['base']['ref']}:{base}", f"+refs/pull/{number}/head:{there}"
        )
        if repository.commit_of(there) != head["sha"]:
            click.echo("拉取请求已有更新的提交，由那一次的检查写评论。", err=True)
            return
        own = head["repo"] or {}
        where = {"forge": kind, "address": own.get("html_url"), "branch": head["ref"]}
        editor = Editor.model_validate(where)
        text = comment(repository, base, head["sha"], site.as_of, editor, preview)
        forge.comment(number, MARK, text)
    except (ForgeError, GitError, UnknownRevisionError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已在拉取请求 #{number} 下写好评论。", err=True)


@pulls.command("form", help="把按表单填写的议题变成分支和拉取请求；有错的，在议题下答复。")
@EVENT
@FORGE
@AS_OF
def form(event: Path, kind: str, as_of: datetime | None) -> None:
    """Answer a form, for the event issues; the form is read from the forge as it is now."""
    site = project(None, as_of)
    content = _read(event)
    try:
        number, main = int(content["issue"]["number"]), str(content["repository"]["default_branch"])
        branch = Branch(Repository(site.root), number, main, site.as_of)
        known = list(
            forms(with_kinds(read_collections(site).collections, read_kinds(site))).values()
        )
        click.echo(FormAnswer(_forge(kind), branch, known).answer(), err=True)
    except (ForgeError, GitError, UnknownRevisionError) as error:
        raise click.ClickException(str(error)) from None


_NEEDED = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN", "GITHUB_SERVER_URL")


def _read(event: Path) -> Any:
    return json.loads(event.read_text("utf-8"))


def _forge(kind: str) -> Forge:
    """The repository the workflow runs for, from the environment variables of the workflow."""
    found = [os.environ.get(name, "") for name in _NEEDED]
    missing = [name for name, value in zip(_NEEDED, found, strict=True) if not value]
    if missing:
        rule = f"须在工作流里运行，现在没有环境变量 {'、'.join(missing)}"
        raise click.ClickException(f"{rule}；请照本程序所带的工作流文件，在 env 里写明")
    return Forge(kind, *found)


def _pull_of(forge: Forge, event: Any) -> tuple[Any, Preview]:
    """The pull request that an event is about, None if there is none, and where its preview is."""
    run = event.get("workflow_run")
    if run is None:
        return event["pull_request"], Preview(None, None)
    made = forge.call("GET", f"/actions/runs/{run['id']}/artifacts")["artifacts"]
    ids = [one["id"] for one in made if one["name"] == "preview" and not one["expired"]]
    address = f"{run['html_url']}/artifacts/{ids[0]}" if ids else None
    # A run names its pull request only if that is from the same repository, so compare the commit.
    found = (one for one in forge.pulls("open") if one["head"]["sha"] == run["head_sha"])
    return next(found, None), Preview(address, run["html_url"])
