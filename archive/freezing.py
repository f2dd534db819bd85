"""The command `archive freeze`: the register as it is reported, written down for good."""

import os
from datetime import datetime
from pathlib import Path

import click

from archive.checks import check
from archive.gather import RECORD_ID, RELEASES
from archive.history import head, uncommitted
from archive.options import AS_OF, DATA, project, stop
from archive.project import Project
from archive.reasons import reason
from archive.releases import frozen
from archive.site import load


@click.command(help="报送时把指标登记存下来：数值、状态、口径，此后不再改动。名称如 2025年度。")
@click.argument("name", metavar="名称")
@DATA
@AS_OF
def freeze(name: str, data: Path | None, as_of: datetime | None) -> None:
    """Write the register as it is reported now; never over one there is."""
    here = project(data, as_of, None)
    file = here.data / RELEASES / f"{name}.yml"
    refusal = _refusal(here, name, file)
    if refusal:
        stop(refusal)
    site = load(here)
    problems = check(site)
    if problems:
        click.echo("\n".join(map(str, problems)))
        stop(f"报送的须没有问题，现有 {len(problems)} 处")
    text = frozen(site.values, here.as_of, head(here.root) or None)
    try:
        _write(file, text)
    except OSError as error:
        stop(f"{here.name(file)} 须能写入，现为：{reason(error)}")
    click.echo(f"已写入 {here.name(file)}，{len(site.values)} 个指标；请提交。", err=True)


def _write(file: Path, text: str) -> None:
    """Under its name the file is whole or not at all, for it may not be written again."""
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_name(f".{file.stem}.new")
    try:
        fresh.write_text(text, "utf-8", newline="\n")
        fresh.rename(file)
    finally:
        fresh.unlink(missing_ok=True)


def _refusal(here: Project, name: str, file: Path) -> str:
    """Why nothing can be written under that name; empty if it can."""
    if not RECORD_ID.fullmatch(name):
        return f"名称须由汉字、字母、数字、点、短横、下划线组成，现为 {name}"
    if os.path.lexists(file):
        return f"报送过的不得改动，{here.name(file)} 已有；请另用一个名称"
    changed = uncommitted(here) if head(here.root) else []
    if changed:
        return f"报送的须是已经提交的内容，还没有提交的有 {'、'.join(changed)}"
    return ""
