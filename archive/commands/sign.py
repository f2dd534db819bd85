"""The command `archive sign`: record a sign-off."""

from datetime import datetime
from pathlib import Path

import click

from archive.checks import check
from archive.commands.options import (
    AS_OF,
    DATA,
    EDITION,
    project,
    scans_told,
    stop,
    stop_at,
    write_new,
)
from archive.facts.committed import uncommitted
from archive.facts.gather import gather
from archive.facts.history import head
from archive.facts.naming import FreeIds
from archive.facts.signoffs import SignOffSubject, is_by_one, sign_offs, sign_offs_for
from archive.facts.site import Site, load
from archive.files.writing import record
from archive.schema.disclosure import EDITION_LABELS, Edition
from archive.schema.signoffs import STAGES, SignOff


@click.command(help="发布前审签：把初审、复审或终审的签字登记到 data/reviews/。")
@click.argument("stage", metavar="审次", type=click.Choice(STAGES))
@click.option("--by", required=True, help="签字的岗位，如 办公室主任；不写姓名。")
@EDITION
@click.option("--release", default="", help="审的是哪一次报送的数；现在的数不写。")
@DATA
@AS_OF
def sign(
    stage: str, by: str, edition: Edition, release: str, data: Path | None, as_of: datetime | None
) -> None:
    """Record that `by` has reviewed the last commit; the new record must pass the check."""
    here = project(data, as_of)
    commit = head(here.root)
    if not commit:
        stop("审签的须是已经提交的内容，这里没有提交；请先提交")
    stop_at(uncommitted(here), last="审签的须是已经提交的内容，现有 {} 处还没有提交；请先提交")
    site = load(here)
    wanted = SignOffSubject(commit, EDITION_LABELS[edition], release)
    # Committing the first sign-off makes a new commit; later sign-offs keep the first one's commit.
    signed = sign_offs_for(site, wanted) or wanted
    values = {
        "date": here.as_of,
        "stage": stage,
        "edition": signed.edition,
        "release": release or None,
        "commit": signed.commit,
        "by": by,
        "evidence": [],
    }
    names = FreeIds(site, "reviews", [])
    path = names.file_path(names.new_id(values), values)
    text = record(values, SignOff)
    problems = check(Site(gather(here, {path: text.encode()})))
    for line in scans_told(here):
        click.echo(line, err=True)
    stop_at(problems, last="登记签字须没有问题，现有 {} 处，没有登记")
    write_new(here, here.root / path, text)
    click.echo(f"已写入 {path}：{by}，{stage}，{signed}；请提交。", err=True)
    if stage == STAGES[-1] and is_by_one(site, sign_offs(site.archive).get(signed, [])):
        click.echo("前几次签字都由同一人提交，这一次须由别人用自己的账号提交。", err=True)
