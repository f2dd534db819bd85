"""Load what is compared: a folder, a release, or a Git revision."""

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
"""The file that marks the folder of a site."""


class UnknownRevisionError(Exception):
    """The name is no site's folder, no release and no Git revision of a site; text in Chinese."""


@contextmanager
def load_revision(root: Path, name: str, as_of: date) -> Iterator[Site]:
    """Yield the site that `name` means: a folder, relative to `root`, a release or a Git revision.

    For a release, the figures are those reported, and all else is as it is at `root`. A Git
    revision is in a temporary folder until the context ends. Raises NoSuchSideError.
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
        extracted = Path(temporary)
        _extract(root, name, extracted)
        yield load(Project(extracted, extracted / "data", as_of))


def as_reported(site: Site, name: str) -> Site:
    """The site with the figures as reported in the release `name`."""
    figures = {id_: one.entry for id_, one in site.archive.releases[name].figures.items()}
    return Site(replace(site.archive, figures=figures, release=name))


def _extract(root: Path, revision: str, folder: Path) -> None:
    """Write the files of `revision` under `root` into `folder`; the work tree is not touched."""
    commit = commit_of(root, revision)
    if not commit:
        raise UnknownRevisionError(
            f"须是报送的名称、Git 的版本（提交、分支、标签），或者有 {SITE} 的目录，现为 {revision}"
        )
    packed = folder / ".tar"
    git(root, "archive", "--format=tar", f"--output={packed}", commit)
    try:
        with tarfile.open(packed, encoding="utf-8") as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise UnknownRevisionError(f"版本 {revision} 须能取出，现为：{error}") from None
    packed.unlink()
    if not (folder / SITE).is_file():
        raise UnknownRevisionError(f"版本 {revision} 须是本站点的，其中没有 {SITE}")
