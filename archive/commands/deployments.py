"""Commands on existing deployments and on packages; those that build are in `publishing`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from archive import publish as publishing
from archive.build.engines import PINS
from archive.commands.options import project, stop, stop_at
from archive.facts.history import head
from archive.facts.signoffs import SignOffSubject
from archive.files.own_files import PROGRAM
from archive.files.reasons import os_error_text
from archive.publish.manifest import manifest_problems, read
from archive.publish.target import RefusedError, Target
from archive.schema.disclosure import EDITION_LABELS

TARGET = click.argument(
    "target", metavar="发布目录", type=click.Path(file_okay=False, path_type=Path)
)


@contextmanager
def stop_on_refusal() -> Iterator[None]:
    """While entered, a RefusedError or OSError stops the command with one line."""
    try:
        yield
    except RefusedError as error:
        stop(str(error))
    except OSError as error:
        stop(
            f"{error.filename or '文件'} 须能读写，现为：{os_error_text(error)}；请除去这个原因再运行一次"
        )


@click.command(help="退回前一次发布的网站，或用 --to 指定的那一次。")
@TARGET
@click.option("--to", help="releases 下的目录名，不写时退回前一次。")
def rollback(target: Path, to: str | None) -> None:
    """Switch back to an earlier deployment."""
    with stop_on_refusal():
        name, problems = publishing.rollback(target, to)
    stop_at(problems)
    click.echo(f"{Target(target).link} 现在是 {name}。", err=True)


@click.command(help="核对生成的网站，或发布目录里的各次发布，是否与清单的校验值一致。")
@click.argument(
    "folder", metavar="目录", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def verify(folder: Path) -> None:
    """Compare a built site, or every deployment of a target, with its manifest."""
    target = Target(folder)
    current, names = target.current(), target.names()
    with stop_on_refusal():
        whole = [target.deployments / name for name in names] or [folder]
        problems = [problem for each in whole for problem in manifest_problems(each)]
    stop_at(problems)
    if not names:
        made = read(folder)
        assert made  # the manifest has just been compared
        what = SignOffSubject(made.commit, EDITION_LABELS[made.edition], made.release)
        more = "，含没有提交的改动" if made.uncommitted else ""
        click.echo(f"{folder} 与清单一致：{what}，以 {made.as_of} 为今天{more}。", err=True)
        return
    for name in names:
        click.echo(f"{name}{'（现用）' if name == current else ''}")
    click.echo(f"{len(names)} 次发布，均与清单一致。", err=True)
    if current is None:
        stop(f"{target.link} 须通到一次发布，现在没有；请写对发布目录，或者先发布")


@click.command(
    "sbom", help="列出生成网站所用的软件包：名称、版本、许可证；--json 输出 CycloneDX 清单。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 CycloneDX（JSON）。")
def list_packages(as_json: bool) -> None:
    """Print the pinned packages with their licences, or the SBOM as JSON."""
    from archive.publish.sbom import packages, program, sbom_text

    root = project(None, None).root
    found = packages(PROGRAM / PINS["mkdocs"])
    if as_json:
        click.echo(sbom_text(program(), found, head(root)), nl=False)
        return
    for package in found:
        click.echo(f"{package.name}\t{package.version}\t{package.licence.name}")
