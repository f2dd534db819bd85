"""The command `archive` and its most used subcommands."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path

import click

from archive import publish as publishing
from archive.build.downloads import as_csv, as_json
from archive.build.editions.relations import advice
from archive.build.engines import ENGINE_NAMES, PINS, Engine, missing
from archive.checks import check as problems_of
from archive.commands.comparing import PUBLISHED, former_editions, require_comparison
from archive.commands.deployments import TARGET, list_packages, rollback, stop_on_refusal, verify
from archive.commands.options import AS_OF, DATA, EDITION, project, stop, stop_at, tell_of_scans
from archive.facts.characters import unusual_characters
from archive.facts.committed import sources_state
from archive.facts.gather import gather
from archive.facts.history import head
from archive.facts.scans import SCANS, scans
from archive.facts.signoffs import SignOffSubject, check_sign_offs, missing_sign_offs
from archive.facts.site import Site, load
from archive.facts.tables import REGISTER, table
from archive.files.git import GitError
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.publish import manifest, write_manifest
from archive.publish.target import KEPT_DAYS, Target
from archive.schema.columns import Column, exact_text
from archive.schema.disclosure import EDITION_LABELS, Edition

LAZY_COMMANDS = {
    "backup": "archive.commands.backup",
    "diff": "archive.commands.diff",
    "doctor": "archive.commands.doctor",
    "freeze": "archive.commands.freeze",
    "migrate": "archive.commands.migrate",
    "new": "archive.commands.new",
    "pulls": "archive.commands.pulls",
    "report": "archive.commands.report",
    "restore": "archive.commands.backup",
    "schema": "archive.commands.schema",
    "sheet": "archive.commands.sheet",
    "sign": "archive.commands.sign",
    "suppression": "archive.commands.suppression",
    "undo": "archive.commands.undo",
}
"""Command → its module, imported only when that command runs, so that others start faster."""


class Commands(click.Group):
    """The commands of this module, and those of `LAZY_COMMANDS`."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a GitError ends it with its message and exit code 1."""
        try:
            return super().invoke(ctx)
        except GitError as error:
            stop(str(error))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted([*super().list_commands(ctx), *LAZY_COMMANDS])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name; None if there is none."""
        if name not in LAZY_COMMANDS:
            return super().get_command(ctx, name)
        command = getattr(import_module(LAZY_COMMANDS[name]), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, help="单位创建档案：检查、生成、预览。")
@click.version_option(
    package_name="wenming-archive", message="档案程序 %(version)s", help="显示版本。"
)
def main() -> None:
    """The group of all commands."""


@main.command(help="检查数据和页面，列出全部问题。")
@DATA
@AS_OF
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    help="github 在拉取请求里逐行标注。",
)
@click.option(
    "--publication",
    type=click.Choice(["internal", "public"]),
    help="另查现在的内容可否作为这一版发布：都已提交，三审都已签字。",
)
@click.option(
    "--since",
    metavar="版本",
    help="另查核定过的数，从这个版本（分支、标签、提交）以来有没有不记修订就改的。",
)
def check(
    data: Path | None, as_of: datetime | None, style: str, publication: Edition | None,
    since: str | None,
) -> None:  # fmt: skip
    """Print all problems as `path:line: message`; exit code 1 if there are any."""
    site = load(project(data, as_of))
    problems = list(problems_of(site)) or _unprintable(site)
    if since:
        problems += _unexplained(site, since)
    if publication and not problems:
        problems += check_sign_offs(site, publication)
    if style == "github":
        _annotate_scans(site)
        stop_at(problems, partial(annotation, folder=site.folder_in_repository))
        for advised in _advice(site):
            click.echo(_notice(advised, site))
    else:
        tell_of_scans(site.archive.project)
        stop_at(problems)
        for advised in _advice(site):
            click.echo(advised, err=True)
    click.echo("没有问题。", err=True)


def _unprintable(site: Site) -> list[Problem]:
    unusual = unusual_characters(site)
    if not unusual:
        return []
    from archive.press.characters import unprintable_characters  # slow to import

    return unprintable_characters(site, unusual)


def _unexplained(site: Site, since: str) -> list[Problem]:
    from archive.proposals.diff.revisions import UnknownRevisionError
    from archive.proposals.diff.unexplained import unexplained_changes  # seldom asked for

    try:
        return list(unexplained_changes(site, since))
    except UnknownRevisionError as error:
        raise click.ClickException(str(error)) from None


def _annotate_scans(site: Site) -> None:
    for path, pages in scans(site.archive.project).items():
        click.echo(_notice(Problem(path, 1, f"{SCANS}{pages and f'（{pages}）'}，请人看"), site))


def _notice(note: Problem, site: Site) -> str:
    return annotation(note, site.folder_in_repository).replace("::error", "::notice", 1)


def _advice(site: Site) -> Iterator[Problem]:
    """What is no fault, but what the person who reviews should know."""
    for id_, text in advice(site):
        yield site.archive.problem("figures", text, id_)


def annotation(problem: Problem, folder: str) -> str:
    """The problem as a workflow command of GitHub Actions, with special characters escaped.

    `folder` is the site's in the repository, from whose top the forge names files.
    """

    def escaped(text: str, specials: str) -> str:
        for c in "%\r\n" + specials:
            text = text.replace(c, f"%{ord(c):02X}")
        return text

    path = escaped(folder + problem.path, ":,")
    return f"::error file={path},line={problem.line}::{escaped(problem.message, '')}"


_FOLDERS: dict[Edition, Path] = {"internal": Path("site"), "public": Path("site-public")}
"""The default folder of each edition, so that neither overwrites the other."""


@main.command(help="检查并生成整个站点。")
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
    from archive.build import (
        site as building,
    )  # MkDocs is slow to import, and `archive check` needs none of it

    site = project(data, as_of, committed=True)
    if release:
        known = load(site).archive.releases
        if release not in known:
            stop(f"须是已有的报送，没有 {release}{suggestion(release, known)}")
        site = site if as_of else replace(site, as_of=known[release].date)
    out = out or _FOLDERS[edition]
    fresh = out.with_name(f".{out.name}.new")
    with building.build_lock(out) as free:
        if not free:
            stop(f"{out}/ 正在由另一个进程生成，请等它结束再试")
        begun = sources_state(site)
        notes: list[str] = []
        compared = edition == "public" and published is not None
        before = former_editions(gather(site), published) if compared else ()
        problems = building.build(
            site,
            fresh.resolve(),
            "now" if printing else "never",
            edition,
            release,
            notes,
            before,
            engine,
        )
        stop_at(problems)
        write_manifest(fresh, site, edition, release, begun, PINS[engine])
        building.swap_folders(fresh, out)
    for note in notes:
        click.echo(note)
    click.echo(f"已生成 {out}/（以 {site.as_of} 为今天）。", err=True)
    click.echo("没有问题。", err=True)


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
    """The folder of the site: the one given, or the edition, which is built first."""
    if site is None:
        site = _FOLDERS[edition]
        options = {"data": data, "as_of": as_of, "edition": edition}
        options |= {"published": published if published and published.is_dir() else None}
        click.get_current_context().invoke(build, **options, out=site, printing=True, release="")
    return site


def _require_sign_offs(site: Site, commit: str, edition: Edition, release: str = "") -> None:
    """Stop if sign-offs are required (data/unit.yml) and the site of the commit lacks one."""
    unit = site.archive.unit
    if unit is None or unit.reviews_required:
        stop_at(problems_of(site))
        wanted = SignOffSubject(commit, EDITION_LABELS[edition], release)
        stop_at(missing_sign_offs(site, wanted))


@main.command(help="生成网站，放进发布目录的 releases/，再把其中的 current 一步切换过去。")
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
            publishing.refuse_early(target, here, edition, trial)
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
        name, problems = publishing.publish(
            built, target, datetime.now(UTC), trial, keep_days, seen
        )
    stop_at(problems)
    click.echo(f"已发布：{target}/current 现在是 {name}。", err=True)


@main.command(help="生成网站，打成一个压缩包：解压后双击 index.html 就能看，不需要服务器。")
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
@_SITE
@DATA
@AS_OF
@EDITION
def offline(
    file: Path, site: Path | None, data: Path | None, as_of: datetime | None, edition: Edition
) -> None:
    """Build unless a site is given, check it against its manifest, pack it for reading offline."""
    from archive.publish.offline import write_offline

    built = _built(site, data, as_of, edition)
    with stop_on_refusal():
        problems = write_offline(built, file)
    stop_at(problems)
    click.echo(f"已写出 {file}。", err=True)


for command in (rollback, verify, list_packages):
    main.add_command(command)


@main.command(help="边改边看：在浏览器里预览，改动自动显示。")
@DATA
@AS_OF
@click.option("--host", default="127.0.0.1", help="监听的地址。")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="监听的端口。")
def serve(data: Path | None, as_of: datetime | None, host: str, port: int) -> None:
    """Run the live preview until it is interrupted."""
    from archive.build.preview import serve as preview

    here = project(data, as_of)

    def review(report: str) -> str | None:
        """Read what there is now, which the check may not pass yet."""
        from archive.editing.report.review_page import review_page

        return review_page(load(here), report)

    sys.exit(preview(here, host, port, review=review))


@main.command(help="列出指标登记及各指标的数值；未收齐的台账另列已计数。")
@DATA
@AS_OF
@click.option("--json", "style", flag_value="json", help="输出 JSON。")
@click.option("--csv", "style", flag_value="csv", help="输出 CSV。")
def figures(data: Path | None, as_of: datetime | None, style: str | None) -> None:
    """Print the register of figures with values and running counts, for editors."""
    site = load(project(data, as_of))
    if style:
        register = table(site, REGISTER).with_columns(
            (Column("已计数", "number"), Column("记录数", "integer")),
            [
                (it.provisional_count if it.figure.counted else None, it.records)
                for it in site.values.values()
            ],
        )
        click.echo(as_json(register) if style == "json" else as_csv(register), nl=False)
        return
    for it in site.values.values():
        shown = (
            f"{it.number} {it.unit}"
            if it.exact is None
            else f"{exact_text(it.exact)} {it.figure.unit}"
        )
        counted = (
            f"（已计 {it.provisional_count:f}，{it.records} 条记录）" if it.figure.counted else ""
        )
        click.echo(f"{it.id}\t{it.figure.name}\t{shown}\t{it.state}{counted}")
