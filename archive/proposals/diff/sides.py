"""The two sides of a comparison: a folder as it lies there, or a revision taken out of Git."""

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from archive.facts.history import commit_of
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.files.git import git

SITE = "mkdocs.yml"
"""The file by which a site's folder is known."""


class NoSuchSideError(Exception):
    """What was named is neither a site's folder nor a revision that holds one; says so in Chinese."""


@contextmanager
def side(root: Path, name: str, as_of: date) -> Iterator[Site]:
    """The site that `name` means, seen from the site at `root`: a folder, a release, a Git revision.

    Of a release the figures are those reported, all else is as it stands at `root`.

    The site stays readable, its lines too, until the context ends: a revision lies in a temporary
    folder. Raises NoSuchSideError.
    """
    folder = root / name
    if (folder / SITE).is_file():
        yield load(Project(folder, folder / "data", as_of))
        return
    here = load(Project(root, root / "data", as_of))
    if name in here.archive.releases:
        yield as_reported(here, name)
        return
    with tempfile.TemporaryDirectory(prefix="archive-") as temporary:
        _extract(root, name, Path(temporary))
        there = Path(temporary)
        yield load(Project(there, there / "data", as_of))


def as_reported(site: Site, name: str) -> Site:
    """The site with the register as it was reported on the occasion `name`."""
    figures = {id_: one.entry for id_, one in site.archive.releases[name].figures.items()}
    return Site(replace(site.archive, figures=figures, release=name))


def _extract(root: Path, revision: str, folder: Path) -> None:
    """Write the files of `revision` that lie under `root` into `folder`; the work tree stays as it is."""
    commit = commit_of(root, revision)
    if not commit:
        raise NoSuchSideError(
            f"须是报送的名称、Git 的版本（提交、分支、标签），或者有 {SITE} 的目录，现为 {revision}"
        )
    packed = folder / ".tar"
    git(root, "archive", "--format=tar", f"--output={packed}", commit)
    try:
        with tarfile.open(packed, encoding="utf-8") as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise NoSuchSideError(f"版本 {revision} 须能取出，现为：{error}") from None
    packed.unlink()
    if not (folder / SITE).is_file():
        raise NoSuchSideError(f"版本 {revision} 须是本站点的，其中没有 {SITE}")
