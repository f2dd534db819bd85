"""The commands `archive backup` and `archive restore`."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import click

from archive.commands.deployments import stop_on_refusal
from archive.commands.options import project, stop_at
from archive.facts.committed import uncommitted
from archive.press.font_files import font_files
from archive.proposals.diff.wording import quote as quoted
from archive.publish.backup.bundle import branches_and_tags
from archive.publish.backup.contents import FONTS_FOLDER, SETTINGS, BackupManifest
from archive.publish.backup.noting import note_backup
from archive.publish.backup.restoring import OWN_FONTS, PUBLISHED, REPOSITORY
from archive.publish.backup.restoring import restore as restore_backup
from archive.publish.backup.writing import write_backup
from archive.publish.target import Target
from archive.schema.disclosure import EDITION_LABELS
from archive.schema.releases import short

USUAL_TARGET = Path("build", "www")
"""Where `make publish` publishes."""


@click.command(
    help="把档案备份成一个文件：仓库（全部分支和标签）、发布过的网站、服务器的设置、字体的清单。"
)
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="发布目录",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=f"发布目录，可以写几次（内部版、公开版各一个）；不写的，有 {USUAL_TARGET} 的为它。",
)
@click.option(
    "--settings",
    multiple=True,
    metavar="文件",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="另外放进去的设置文件，如系统服务的，可以写几次；正在用的 nginx 设置自己放进去。",
)
def backup(file: Path, targets: tuple[Path, ...], settings: tuple[Path, ...]) -> None:
    """Write the backup, whole or not at all, and say what is in it and what is not."""
    here = project(None, None)
    folders = targets or ((USUAL_TARGET,) if Target(USUAL_TARGET).names() else ())
    with stop_on_refusal():
        made, problems = write_backup(
            file, here, [Target(folder) for folder in folders], settings, font_files(here)
        )
    stop_at(problems)
    assert made
    click.echo(f"已备份到 {file}：")
    for one in _inside(made):
        click.echo(f"  {quoted(one)}")
    for one in (*_missing(made), *_outside(made)):
        click.echo(quoted(one), err=True)
    left = uncommitted(here)
    if left:
        click.echo(
            f"没有提交的改动不在备份里，现有 {len(left)} 处（.venv/bin/archive check --publication internal 列出）。",
            err=True,
        )
    note_backup(here, file)


@click.command(help="把备份恢复到一个新的目录：整个恢复，或者什么也不写。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
def restore(file: Path, folder: Path) -> None:
    """Restore a backup and say what is there, and what to type next."""
    with stop_on_refusal():
        found = restore_backup(file, folder)
    click.echo(f"已恢复到 {folder}/：")
    for one in _inside(found):
        click.echo(f"  {quoted(one)}")
    for one in _outside(found):
        click.echo(quoted(one), err=True)
    click.echo("接着请运行：")
    for one in _next(found, folder):
        click.echo(f"  {quoted(one)}")


def _inside(found: BackupManifest) -> Iterator[str]:
    saved = found.repository
    yield f"{REPOSITORY}/ 仓库，提交 {short(saved.commit)}，{branches_and_tags(saved.refs)}"
    if found.releases:
        yield f"其中历次报送：{'、'.join(found.releases)}"
    for edition, site in found.published.items():
        seen = f"，现用 {site.current}" if site.current else ""
        yield f"{PUBLISHED}/{edition}/ {EDITION_LABELS[edition]}，{len(site.deployments)} 次发布{seen}（原在 {site.folder}）"
    for name, setting in found.settings.items():
        yield f"{SETTINGS}{name} 设置（原在 {setting.path}）"


def _missing(found: BackupManifest) -> Iterator[str]:
    """What is not in the backup and could be."""
    if not found.published:
        yield "没有发布过的网站：有发布目录的，加 --target 发布目录。"
    if found.published and not found.settings:
        yield "没有服务器的设置：现在没有 nginx 在用这个发布目录；有别的设置文件的，加 --settings 文件。"


def _outside(found: BackupManifest) -> Iterator[str]:
    """What no backup holds."""
    if found.left_out:
        yield f"设置里用到而不在备份里的，请另外妥善保存：{'、'.join(found.left_out)}"
    own = [name for name in found.fonts if name.startswith(FONTS_FOLDER)]
    if own:
        yield f"字体不得转给别人，只有清单，请另外保存：{'、'.join(own)}"


def _next(found: BackupManifest, folder: Path) -> Iterator[str]:
    saved = found.repository
    yield f"cd {quote(str(folder / REPOSITORY / saved.site))}"
    if any(name.startswith(FONTS_FOLDER) for name in found.fonts):
        listed = Path(*[".."] * len(Path(REPOSITORY, saved.site).parts), OWN_FONTS)
        yield f"sha256sum --check {quote(str(listed))}"
    if saved.origin:
        yield f"git remote add origin {quote(saved.origin)}"
    yield "make check"
    for edition, site in found.published.items():
        yield f"mv {quote(str(folder.resolve() / PUBLISHED / edition))} {quote(site.folder)}"
