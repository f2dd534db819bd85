"""The command `archive freeze`: write the figures of a release to a file."""

import os
from datetime import datetime
from pathlib import Path

import click

from archive.checks import check
from archive.commands.options import AS_OF, DATA, project, stop, stop_at, write_new, write_together
from archive.editing.sheet.editing import UnchangeableError, edited
from archive.facts.committed import uncommitted
from archive.facts.gather import RECORD_ID, RELEASES, REPORTS
from archive.facts.history import head
from archive.facts.project import Project
from archive.facts.releases import freeze_register
from archive.facts.reported import DRAFTED, reporting
from archive.facts.site import Site, load
from archive.files.validation import suggestion
from archive.schema.fields import fields
from archive.schema.reports import Report


@click.command(help="报送时把指标登记存下来：数值、状态、口径，此后不再改动。名称如 2025年度。")
@click.argument("name", metavar="名称")
@click.option(
    "--report",
    "report_id",
    metavar="编号",
    default="",
    help="同时报送的报告：封存它的各页，此后不再改动。编号是 data/reports/ 下的文件名。",
)
@DATA
@AS_OF
def freeze(name: str, report_id: str, data: Path | None, as_of: datetime | None) -> None:
    """Write the register as reported today to a new file; never overwrite a release.

    With a report, its pages are sealed, and it says which release its figures are of.
    """
    here = project(data, as_of)
    file = here.data / RELEASES / f"{name}.yml"
    refusal = _refusal(here, name, file)
    if refusal:
        stop(refusal)
    if head(here.root):
        stop_at(uncommitted(here), last="报送的须是已经提交的内容，现有 {} 处还没有提交；请先提交")
    site = load(here)
    stop_at(check(site), last="报送的须没有问题，现有 {} 处")
    sealed = _sealed(site, report_id, name) if report_id else None
    text = freeze_register(site.values, here.as_of, head(here.root) or None)
    if sealed:
        path, raw, content = sealed
        drafts = {here.name(path): content, here.name(file): text.encode()}
        write_together(here, drafts, {here.name(path): raw})
    else:
        write_new(here, file, text)
    click.echo(
        f"已写入 {here.name(file)}，{len(site.archive.indicators)} 个指标；请提交。", err=True
    )
    if sealed:
        click.echo(f"已封存 {here.name(sealed[0])} 的各页；请一并提交。", err=True)


def _sealed(site: Site, report_id: str, release: str) -> tuple[Path, bytes, bytes]:
    """The file of a report, what it holds, and what once the report is reported with this release."""
    archive = site.archive
    report = archive.reports.get(report_id)
    if report is None:
        stop(f"报告须是已有的，没有 {report_id}{suggestion(report_id, archive.reports)}")
    if report.state != DRAFTED:
        stop(f"报送的须是起草中的报告，{report_id} 现为{report.state}；请改用起草中的报告的编号")
    changes = reporting(archive, report, release)
    path = archive.project.data / REPORTS / f"{report_id}.yml"
    raw = path.read_bytes()
    held = archive.documents[f"{REPORTS}/{report_id}"].data
    try:
        return path, raw, edited(raw, held, changes, list(fields(Report)))
    except UnchangeableError:
        stop(
            f"{archive.project.name(path)} 的写法特殊，程序不能改；请照 data/reports/ 里注释的样子写"
        )


def _refusal(here: Project, name: str, file: Path) -> str:
    """The message why the release cannot be written; empty if it can."""
    if not RECORD_ID.fullmatch(name):
        return f"名称须由汉字、字母、数字、点、短横、下划线组成，现为 {name}；请换一个名称，如 2025年度"
    if os.path.lexists(file):
        return f"报送过的不得改动，{here.name(file)} 已有；请另用一个名称"
    return ""
