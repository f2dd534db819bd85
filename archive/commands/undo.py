"""The command `archive undo`."""

import os
from datetime import datetime

import click

from archive.commands.options import AS_OF, REASON, must_state_all, project, stop, stop_at
from archive.facts.history import commit_of
from archive.facts.site import Site, load
from archive.files.git import line
from archive.proposals.diff.revisions import UnknownRevisionError
from archive.proposals.diff.wording import quote
from archive.proposals.pulls.forge import ForgeError
from archive.proposals.pulls.github import GitHub
from archive.proposals.pulls.of_clone import forge_of_clone
from archive.proposals.pulls.repository import Repository
from archive.proposals.undo.merged import MergedPull, UndoError, find_merged
from archive.proposals.undo.reverting import Undoing
from archive.proposals.undo.reverting import undo as take_back
from archive.schema.releases import short


@click.command(
    help="撤回一个合并了的拉取请求：另做一个改回去的提交，放在新的分支 undo/编号 上；历史和工作目录都不动。"
)
@click.argument("number", metavar="编号", type=click.IntRange(1))
@click.option("--base", help="从哪个分支改回去；不写的，为 origin 的主分支，没有的为现在的提交。")
@click.option(
    "--commits",
    metavar="提交",
    help="合并进来的是哪个提交，或者 第一个..最后一个；合并的说明里没有编号时写。",
)
@click.option(
    "--revise",
    type=click.Choice(["修订", "更正"]),
    help="核定、报送过的数因此改回去时写：记下修订或更正。",
)
@REASON
@click.option("--by", default="", help="核定这次改动的岗位，与 --revise 一起写；不写姓名。")
@AS_OF
def undo(
    number: int, base: str | None, commits: str | None, revise: str | None, reason: str, by: str,
    as_of: datetime | None,
) -> None:  # fmt: skip
    """Make the branch and say what moves; exit code 1 if anything stands against it."""
    must_state_all(revise, reason, by, "--by")
    here = project(None, as_of)
    decision = revise and {"kind": revise, "date": here.as_of, "reason": reason, "by": by}
    site = load(here)
    repository = Repository(here.root)
    try:
        start = _base(site, base)
        pull = find_merged(repository, start, number, _forge(site), commits)
        made = take_back(repository, pull, start, here.as_of, decision or None)
    except (UndoError, UnknownRevisionError, ForgeError) as error:
        stop(str(error))
    _require_done(made, number)
    _tell(made, pull)


def _base(site: Site, given: str | None) -> str:
    """The commit to begin from."""
    root = site.archive.project.root
    editor = site.archive.unit.repository if site.archive.unit else None
    branch = (editor.branch if editor else None) or "main"
    names = [given] if given else [f"refs/remotes/origin/{branch}", "HEAD"]
    found = next(filter(None, (commit_of(root, name) for name in names)), None)
    if not found:
        stop(
            f"要改的分支须在这个仓库里，没有 {given or branch}；请先运行 git fetch，或者用 --base 写明"
        )
    return found


def _forge(site: Site) -> GitHub | None:
    origin = line(site.archive.project.root, "config", "--get", "remote.origin.url")
    known = site.archive.unit.repository if site.archive.unit else None
    return forge_of_clone(origin, known, os.environ)


def _require_done(made: Undoing, number: int) -> None:
    """Stop with what stands against the undoing."""
    if made.clashes:
        for clash in made.clashes:
            click.echo(clash)
        stop(
            f"拉取请求 #{number} 改过的，后来又改过 {len(made.clashes)} 处，不能照原样撤回；请逐处看过，把要改回去的另开拉取请求"
        )
    if made.unrevised:
        for moved in made.moved:
            click.echo(f"  {moved}")
        stop(
            "核定、报送过的数因此改回去，须记下修订或更正；请核对以后运行："
            f".venv/bin/archive undo {number} --revise 更正 --reason 原因 --by 核定岗位"
        )
    stop_at(made.problems, last="撤回以后会有 {} 处问题，没有做分支；请照上面的提示另开拉取请求改")


def _tell(made: Undoing, pull: MergedPull) -> None:
    click.echo(
        f"撤回拉取请求 #{pull.number}（提交 {short(pull.after)}），改动 {made.files} 个文件：",
        err=True,
    )
    click.echo(made.changes, nl=False)
    if made.outside:
        click.echo(
            f"还改回了内容以外的 {len(made.outside)} 个文件，请由维护人员看过，运行 make test：{'、'.join(map(quote, made.outside))}",
            err=True,
        )
    click.echo(
        f"已做好分支 {made.branch}（提交 {short(made.commit)}），工作目录没有动。核对无误的，请运行："
        f"git push origin {made.branch}，再在平台上由它开拉取请求。",
        err=True,
    )
