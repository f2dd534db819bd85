"""From the built site to what readers see: deployments, the switch between them, and rollback.

In: a built site with its manifest. Out: the folder that is served to readers, or a copy to be read
offline. Readers see either the old site or the new one, each complete, even if the process is
killed, the disk is full, or two processes publish at once. `build`, `proposals` and `commands` may
use it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from errno import EDQUOT, ENOSPC
from pathlib import Path
from tempfile import TemporaryFile

from archive.facts.committed import SourcesState, sources_state, uncommitted
from archive.facts.history import head
from archive.facts.project import Project
from archive.files.own_files import PROGRAM
from archive.files.reasons import os_error_text
from archive.files.yaml import Problem
from archive.publish import deployment, manifest
from archive.publish.manifest import Manifest
from archive.publish.target import KEPT_DAYS, RefusedError, Target
from archive.schema.disclosure import EDITION_LABELS, Edition


def write_manifest(
    site: Path,
    project: Project,
    edition: Edition = "internal",
    release: str = "",
    begun: SourcesState | None = None,
    pins: str = "requirements.txt",
) -> None:
    """Write the list of packages and the manifest into `site`, just built from `project`.

    `release` is the occasion whose reported figures the site shows; empty for those of today. `begun`
    is the state of the sources before the build; of any other since, the site may show something.
    `pins` is the file of the program that lists the packages it was built with.
    """
    from archive.publish import sbom  # its libraries are heavy, and other commands go without

    commit = head(project.root)
    found = sbom.packages(PROGRAM / pins)
    text = sbom.sbom_text(sbom.program(), found, commit)
    (site / sbom.NAME).write_text(text, "utf-8", newline="\n")
    made = Manifest(
        edition=edition,
        commit=commit,
        uncommitted=bool(uncommitted(project)) or begun not in (None, sources_state(project)),
        as_of=project.as_of,
        release=release,
        files=manifest.file_entries(site),
    )
    (site / manifest.NAME).write_text(made.text(), "utf-8", newline="\n")


def refuse_early(folder: Path, project: Project, edition: Edition, trial: bool = False) -> None:
    """Raise `RefusedError` for whatever would refuse the site of `project`, before it is built.

    Nothing is left behind: neither the folder, if there is none yet, nor anything in it.
    """
    target = Target(folder)
    if not trial and uncommitted(project):
        raise RefusedError(_uncommitted_refused(edition))
    with _writing(target):
        if not os.path.lexists(folder):
            with TemporaryFile(dir=next(one for one in folder.absolute().parents if one.exists())):
                return
        with target.locked(), TemporaryFile(dir=target.deployments):
            _same_edition(target, edition)


def _uncommitted_refused(edition: Edition) -> str:
    return (
        "发布的网站须全部出自已提交的内容，现含未提交的改动；请用 "
        f".venv/bin/archive check --publication {edition} 查看，提交后再生成，试发布可加 --trial"
    )


def publish(
    site: Path,
    folder: Path,
    now: datetime,
    trial: bool = False,
    keep_days: int = KEPT_DAYS,
    compared: Sequence[str] | None = None,
) -> tuple[str, list[Problem]]:
    """Publish the built site in `folder`; returns the name of the deployment, and problems.

    With problems (files that do not match the manifest) nothing is published and the name is empty.
    Earlier deployments that readers saw are kept for `keep_days`, see `Target.remove_old`. A public
    edition was compared with the deployments `compared`. Raises `RefusedError` if there is another one
    since, if the folder cannot be written or holds the other edition, or if the site
    was built from uncommitted changes, which only a `trial` may be.
    """
    target = Target(folder)
    problems = manifest.manifest_problems(site)
    made = manifest.read(site)
    if problems or made is None:
        return "", problems
    if made.uncommitted and not trial:
        raise RefusedError(_uncommitted_refused(made.edition))
    with _writing(target), target.locked():
        before = target.current()
        _same_edition(target, made.edition)
        if compared is not None and not {*target.names()} <= {*compared}:
            raise RefusedError(
                f"公开版须与发布目录里已发布的各次比较过，{folder} 在核对以后又发布过一次；请再运行一次"
            )
        second = target.next_second(now)
        deployment.make_deployment(
            site, made, target.unfinished, target.deployments / before if before else None, second
        )
        # The copy is checked, as it is what readers will get.
        if problems := manifest.manifest_problems(target.unfinished):
            return "", problems
        name = target.add_deployment(second, made.commit)
        target.switch(name)
        target.remove_old(keep_days)
    return name, []


def _same_edition(target: Target, edition: Edition) -> None:
    """Raise `RefusedError` if the folder holds deployments of the other edition.

    All deployments are looked at, because the current one or its manifest may be missing.
    """
    for name in target.names():
        there = manifest.read(target.deployments / name)
        if there and there.edition != edition:
            raise RefusedError(
                f"一个发布目录须只放一版，现在是{EDITION_LABELS[there.edition]}，要发布的是{EDITION_LABELS[edition]}；请另用一个发布目录"
            )


def rollback(folder: Path, to: str | None = None) -> tuple[str, list[Problem]]:
    """Switch readers to what they saw before the current deployment, or to the one named `to`.

    What was gone back from before is no such: it may have been withdrawn for what it tells.

    Returns its name, and problems; with problems (files that do not match its manifest) nothing is
    switched and the name is empty. Raises `RefusedError` if there is no such deployment.
    """
    target = Target(folder)
    if not target.names():
        raise RefusedError(f"{folder} 里须有发布过的网站，现在没有；请写对发布目录，或者先发布")
    with _writing(target), target.locked():
        name = to or _before(target)
        if name not in target.names():
            raise RefusedError(
                f"没有发布过 {name}，现有：{'、'.join(target.names())}；请写其中一个"
            )
        if problems := manifest.manifest_problems(target.deployments / name):
            return "", problems
        target.switch(name)
    return name, []


def _before(target: Target) -> str:
    seen = target.seen()
    earlier = seen[:-1] if target.current() else seen
    if not earlier:
        raise RefusedError(f"{target.folder} 里须有更早的发布，现在没有；请重新发布")
    return earlier[-1]


@contextmanager
def _writing(target: Target) -> Iterator[None]:
    """Turn an OSError into a `RefusedError` that says what failed and which site readers see."""
    before = target.current()
    try:
        yield
    except OSError as error:
        full = error.errno in (ENOSPC, EDQUOT)
        what = (
            "磁盘空间须够放下一份完整的网站，现已不足"
            if full
            else f"须能写入，现为：{os_error_text(error)}"
        )
        # Removing old deployments comes after the switch, and may be all that failed.
        switched = target.current() != before
        see = "已经换上，读者看到的是新的网站" if switched else "读者看到的仍是原来的网站"
        raise RefusedError(f"{target.folder} {what}；{see}；请除去这个原因再发布") from error
