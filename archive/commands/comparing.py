"""The public editions in a folder of deployments, with which the next one is compared."""

from collections.abc import Callable
from pathlib import Path

import click

from archive.build.editions.records import public_records
from archive.build.editions.suppression import suppression
from archive.commands.options import stop, stop_at
from archive.facts.former import FormerEdition
from archive.facts.gather import Archive
from archive.facts.published import read_former, shown_numbers, shown_rows
from archive.facts.site import Site
from archive.publish import manifest
from archive.publish.target import Target

PUBLISHED = click.option(
    "--published",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="公开版的发布目录：与其中已发布的各次比较，不让人由前后相差的数推出隐去的。",
)


def former_editions(archive: Archive, folder: Path | None) -> tuple[FormerEdition, ...]:
    """The public editions deployed in a folder, oldest first; stops if one of them was changed."""
    if folder is None:
        return ()
    target, found = Target(folder), []
    digests: dict[str, str] = {}
    for name in target.names():
        deployment = target.deployments / name
        stop_at(manifest.manifest_problems(deployment))
        made = manifest.read(deployment)
        if made is None or made.edition != "public":
            continue
        # What was not committed, or are the numbers of a release, is not at the commit.
        commit = "" if made.uncommitted or made.release else made.commit
        try:
            found.append(read_former(archive, deployment, name, commit, made.as_of, digests))
        except ValueError as error:
            stop(str(error))
    return tuple(found)


def require_comparison(built: Path, target: Path, read_site: Callable[[], Site]) -> None:
    """Stop if a built public edition shows what is suppressed in view of those deployed before."""
    made = manifest.read(built)
    if made is None or made.edition != "public" or made.release or not Target(target).names():
        return
    site = read_site()
    site.former = former_editions(site.archive, target)
    found = suppression(site).figures
    shown = [id_ for id_ in shown_numbers(built) if id_ in found]
    more = [
        name
        for name, records in public_records(site).items()
        if len(shown_rows(built, name)) > len(records)
    ]
    if shown or more:
        what = "、".join([*shown, *more])
        stop(
            f"公开版须与发布目录里已发布的各次比较过，{built} 现在列出了应隐去的 {what}；"
            "请用 archive build --edition public --published 发布目录 重新生成"
        )
