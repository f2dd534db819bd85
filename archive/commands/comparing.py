"""The public editions in a folder of deployments, with which the next one is compared."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from archive.build.editions.records import public_records
from archive.build.editions.reported import reported_tree
from archive.build.editions.revisions import without_revisions
from archive.build.editions.suppression import suppression
from archive.commands.options import stop, stop_at
from archive.facts.former import FormerEdition
from archive.facts.gather import Archive
from archive.facts.published import Read, is_of_others, read_former, shown_numbers, shown_revised
from archive.facts.site import Site, load
from archive.publish import manifest
from archive.publish.target import Target, is_deployment_name


def former_editions(archive: Archive, folder: Path | None) -> tuple[FormerEdition, ...]:
    """The public editions deployed in a folder, oldest first; stops if one of them was changed."""
    if folder is None:
        return ()
    target, found = Target(folder), []
    _require_public(folder, target)
    read = Read()
    for name in target.names():
        deployment = target.deployments / name
        stop_at(manifest.manifest_problems(deployment))
        made = manifest.read(deployment)
        if made is None or made.edition != "public":
            continue
        # The numbers of a release are those of the records at the commit that it names.
        release = archive.releases.get(made.release)
        commit = (release.commit if release else None) if made.release else made.commit
        try:
            found.append(read_former(archive, deployment, name, commit or "", made.as_of, read))
        except ValueError as error:
            stop(str(error))
    return tuple(found)


def _require_public(folder: Path, target: Target) -> None:
    """Stop if a folder is not one that public editions are published in, so that nothing would be compared.

    One that is empty may be published in for the first time.
    """
    if not target.names():
        if (folder / manifest.NAME).is_file() or any(
            is_deployment_name(one.name) for one in folder.glob("*")
        ):
            stop(
                f"须与公开版的发布目录（里面有 releases/ 和 current）比较，{folder} 是它里面的；"
                "请写上一层的发布目录"
            )
        return
    there = (manifest.read(target.deployments / name) for name in target.names())
    if all(made is not None and made.edition != "public" for made in there):
        stop(f"须与公开版的发布目录比较，{folder} 现为内部版的；请写公开版的发布目录")


def require_comparison(built: Path, target: Path, read_site: Callable[[], Site]) -> None:
    """Stop if a built public edition shows anything else than it may in view of those before.

    It is compared with the edition that a build of today, or of the same release, would make.
    """
    made = manifest.read(built)
    if made is None or made.edition != "public" or not Target(target).names():
        return
    site = read_site()
    before = former_editions(site.archive, target)
    with ExitStack() as trees:
        if made.release:
            if made.release not in site.archive.releases:
                stop(f"{built} 用的须是已有的报送，没有 {made.release}；请重新生成")
            site = load(trees.enter_context(reported_tree(site, made.release)))
        site.former = before
        wrong, other = _not_public(built, site), _not_of_today(built, site)
    again = " ".join(
        [
            ".venv/bin/archive build --edition public",
            *([f"--release {made.release}"] if made.release else []),
            "--published 发布目录",
        ]
    )
    if wrong:
        stop(
            f"公开版须与发布目录里已发布的各次比较过，{built} 现在列出了应隐去的 {'、'.join(wrong)}；"
            f"请用 {again} 重新生成"
        )
    if other:
        stop(
            f"{built} 的数须与现在的资料一致，现在 {'、'.join(other)} 不一致；请用 {again} 重新生成"
        )


def _not_public(built: Path, site: Site) -> list[str]:
    """The figures and collections of which a built site shows what is suppressed."""
    masked = suppression(site).figures.keys()
    figures = [id_ for id_ in shown_numbers(built) if id_ in masked]
    figures += [id_ for id_ in shown_revised(built) if id_ in without_revisions(site)]
    others = [
        name
        for name, there in public_records(site).items()
        if is_of_others(built, name, there, site.archive.collections[name])
    ]
    return [*figures, *others]


def _not_of_today(built: Path, site: Site) -> list[str]:
    """The figures of which a built site shows another number; as such it was never compared."""
    return [
        id_
        for id_, number in shown_numbers(built).items()
        if id_ not in site.values or site.values[id_].exact != number
    ]
