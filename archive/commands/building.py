"""`archive build`: the whole site, into a new folder that takes the place of the old one."""

from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.build.engines import ENGINE_NAMES, PINS, Engine, missing
from archive.build.folder import (
    build_lock,
    clear,
    digest_of_sources,
    history,
    is_up_to_date,
    new_folder,
    remember,
    swap_folders,
)
from archive.commands.options import AS_OF, DATA, EDITION, PUBLISHED, project, stop, stop_at
from archive.facts.committed import SourcesState, sources_state
from archive.facts.project import Project
from archive.schema.disclosure import Edition

if TYPE_CHECKING:
    from archive.build.site import PrintMode

FOLDERS: dict[Edition, Path] = {"internal": Path("site"), "public": Path("site-public")}
"""The default folder of each edition, so that neither overwrites the other."""


@click.command(help="检查并生成整个站点。")
@DATA
@AS_OF
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="生成到哪个目录，默认内部版为 site/，公开版为 site-public/。",
)
@click.option(
    "--print/--no-print", "printing", default=True, help="是否生成打印文件（PDF、Word）。"
)
@EDITION
@click.option("--release", default="", help="用哪一次报送的数，写报送的名称；不写的，用现在的数。")
@PUBLISHED
@click.option(
    "--engine",
    type=click.Choice(list(ENGINE_NAMES)),
    default="mkdocs",
    show_default=True,
    help="用哪个程序排页面；别的步骤和文字都一样。后两个要先 make engines。",
)
def build(
    data: Path | None,
    as_of: datetime | None,
    out: Path | None,
    printing: bool,
    edition: Edition,
    release: str,
    published: Path | None,
    engine: Engine,
) -> None:
    """Build the site into a new folder and swap it in; with problems the old site stays."""
    if absent := missing(engine):
        stop(absent)
    site = project(data, as_of, committed=True)
    if release:
        site = _as_reported(site, release, as_of)
    out = out or FOLDERS[edition]
    if not _may_be_replaced(out):
        stop(
            f"生成到的目录须还没有、是空的，或者是以前生成的网站，{out}/ 现有别的内容；"
            "请用 --out 另写一个目录，或者先把它移走"
        )
    with build_lock(out) as free:
        if not free:
            stop(f"{out}/ 正在由另一个进程生成，请等它结束再试")
        known = site.cache(
            f"built-{blake2b(str(out.resolve()).encode(), digest_size=10).hexdigest()}"
        )
        begun = sources_state(site)  # before anything of the sources is read
        told = (edition, release, engine, *history(site))
        # Editions published before are compared with each time.
        sources = "" if published else digest_of_sources(site, printing, *told)
        notes = is_up_to_date(out, known, sources)
        if notes is None:
            notes = _build(site, out, printing, edition, release, published, engine, begun)
            if sources and sources_state(site) == begun:
                remember(out, known, sources, notes)
    for note in notes:
        click.echo(note)
    click.echo(f"已生成 {out}/（以 {site.as_of} 为今天）。", err=True)
    click.echo("没有问题。", err=True)


def _may_be_replaced(folder: Path) -> bool:
    """Whether a site may take the place of what is there: nothing, an empty folder, a link, or a site built before."""
    from archive.publish.manifest import NAME

    whole = not folder.exists() or (folder / NAME).is_file() or not any(folder.iterdir())
    return folder.is_symlink() or whole


def _as_reported(site: Project, release: str, as_of: datetime | None) -> Project:
    """The project as of the day of a release, unless another day is given; stops if there is no such release."""
    from archive.facts.site import load  # slow to import, as all of what follows
    from archive.files.validation import suggestion

    known = load(site).archive.releases
    if release not in known:
        stop(f"须是已有的报送，没有 {release}{suggestion(release, known)}")
    return site if as_of else replace(site, as_of=known[release].date)


def _build(
    site: Project,
    out: Path,
    printing: bool,
    edition: Edition,
    release: str,
    published: Path | None,
    engine: Engine,
    begun: SourcesState,
) -> list[str]:
    """Build the site into `out`, its sources as `begun`; returns what the editor should know, stops with problems."""
    from archive.build.site import build as build_site
    from archive.commands.comparing import former_editions
    from archive.facts.gather import gather
    from archive.publish import write_manifest

    fresh = new_folder(out)
    notes: list[str] = []
    compared = edition == "public" and published is not None
    before = former_editions(gather(site), published) if compared else ()
    mode: PrintMode = "now" if printing else "never"
    try:
        stop_at(build_site(site, fresh, mode, edition, release, notes, before, engine))
        write_manifest(fresh, site, edition, release, begun, PINS[engine])
        swap_folders(fresh, out)
    finally:
        clear(fresh)  # half a site may fill the disk
    return notes
