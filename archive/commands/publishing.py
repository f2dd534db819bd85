"""`archive publish` and `archive offline`: what is built goes to readers, or into a file."""

from datetime import UTC, datetime
from pathlib import Path

import click
from click.core import ParameterSource

from archive import publish as deploying
from archive.checks import check as problems_of
from archive.commands.building import FOLDERS, build
from archive.commands.comparing import require_comparison
from archive.commands.deployments import TARGET, stop_on_refusal
from archive.commands.options import AS_OF, DATA, EDITION, project, stop, stop_at
from archive.facts.history import head
from archive.facts.signoffs import SignOffSubject, missing_sign_offs
from archive.facts.site import Site, load
from archive.publish import manifest
from archive.publish.offline import write_offline
from archive.publish.target import KEPT_DAYS, Target
from archive.schema.disclosure import EDITION_LABELS, Edition

_SITE = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="已经生成的网站；不写时先生成一份。",
)


def _built(
    site: Path | None,
    data: Path | None,
    as_of: datetime | None,
    edition: Edition,
    published: Path | None = None,
) -> Path:
    """The folder of the site: the one given, or the edition, which is built first; stops if it is of the other edition."""
    context = click.get_current_context()
    stated = site is None or context.get_parameter_source("edition") is not ParameterSource.DEFAULT
    if site is None:
        site = FOLDERS[edition]
        options = {"data": data, "as_of": as_of, "edition": edition}
        options |= {"published": published if published and published.is_dir() else None}
        context.invoke(build, **options, out=site, printing=True, release="")
    made = manifest.read(site)
    if stated and made and made.edition != edition:
        stop(
            f"写明 --edition {edition} 的，{site} 须是{EDITION_LABELS[edition]}，"
            f"现为{EDITION_LABELS[made.edition]}；请写对 --site，不写的先生成一份"
        )
    return site


def _require_sign_offs(site: Site, commit: str, edition: Edition, release: str = "") -> None:
    """Stop if sign-offs are required (data/unit.yml) and the site of the commit lacks one."""
    unit = site.archive.unit
    if unit is None or unit.reviews_required:
        stop_at(problems_of(site))
        wanted = SignOffSubject(commit, EDITION_LABELS[edition], release)
        stop_at(missing_sign_offs(site, wanted))


@click.command(help="生成网站，放进发布目录的 releases/，再把其中的 current 一步切换过去。")
@TARGET
@_SITE
@DATA
@AS_OF
@EDITION
@click.option("--trial", is_flag=True, help="试发布：允许含有未提交的改动，不查签字。")
@click.option(
    "--keep-days",
    type=click.IntRange(0, 3650),
    default=KEPT_DAYS,
    show_default=True,
    help="最近十次以外，读者看过一小时以上的，再保留多少天。",
)
def publish(
    target: Path,
    site: Path | None,
    data: Path | None,
    as_of: datetime | None,
    edition: Edition,
    trial: bool,
    keep_days: int,
) -> None:
    """Build unless a site is given, check it against its manifest, deploy it and switch to it."""
    here = project(data, as_of, committed=True)
    if site is None:  # what can be known is told before the minutes that a build takes
        with stop_on_refusal():
            deploying.refuse_early(target, here, edition, trial)
        if not trial:
            _require_sign_offs(load(here), head(here.root), edition)
    compared = Target(target).names()
    built = _built(site, data, as_of, edition, target)
    require_comparison(built, target, lambda: load(here))
    made = manifest.read(built)
    if made and not trial:
        _require_sign_offs(load(here), made.commit, made.edition, made.release)
    with stop_on_refusal():
        seen = compared if made and made.edition == "public" else None
        name, problems = deploying.publish(built, target, datetime.now(UTC), trial, keep_days, seen)
    stop_at(problems)
    click.echo(f"已发布：{target}/current 现在是 {name}。", err=True)


@click.command(help="生成网站，打成一个压缩包：解压后双击 index.html 就能看，不需要服务器。")
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
@_SITE
@DATA
@AS_OF
@EDITION
def offline(
    file: Path, site: Path | None, data: Path | None, as_of: datetime | None, edition: Edition
) -> None:
    """Build unless a site is given, check it against its manifest, pack it for reading offline."""
    built = _built(site, data, as_of, edition)
    with stop_on_refusal():
        problems = write_offline(built, file)
    stop_at(problems)
    click.echo(f"已写出 {file}。", err=True)
