"""The command `archive freeze`: write the figures of a release to a file."""

import os
from datetime import datetime
from pathlib import Path

import click

from archive.checks import check
from archive.commands.options import AS_OF, DATA, project, stop, stop_at, write_new
from archive.facts.committed import uncommitted
from archive.facts.gather import RECORD_ID, RELEASES
from archive.facts.history import head
from archive.facts.project import Project
from archive.facts.releases import freeze_register
from archive.facts.site import load


@click.command(help="报送时把指标登记存下来：数值、状态、口径，此后不再改动。名称如 2025年度。")
@click.argument("name", metavar="名称")
@DATA
@AS_OF
def freeze(name: str, data: Path | None, as_of: datetime | None) -> None:
    """Write the register as reported today to a new file; never overwrite a release."""
    here = project(data, as_of)
    file = here.data / RELEASES / f"{name}.yml"
    refusal = _refusal(here, name, file)
    if refusal:
        stop(refusal)
    if head(here.root):
        stop_at(uncommitted(here), last="报送的须是已经提交的内容，现有 {} 处还没有提交；请先提交")
    site = load(here)
    stop_at(check(site), last="报送的须没有问题，现有 {} 处")
    text = freeze_register(site.values, here.as_of, head(here.root) or None)
    write_new(here, file, text)
    click.echo(f"已写入 {here.name(file)}，{len(site.values)} 个指标；请提交。", err=True)


def _refusal(here: Project, name: str, file: Path) -> str:
    """The message why the release cannot be written; empty if it can."""
    if not RECORD_ID.fullmatch(name):
        return f"名称须由汉字、字母、数字、点、短横、下划线组成，现为 {name}；请换一个名称，如 2025年度"
    if os.path.lexists(file):
        return f"报送过的不得改动，{here.name(file)} 已有；请另用一个名称"
    return ""
