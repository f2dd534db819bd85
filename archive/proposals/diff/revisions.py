"""Load what is compared: a folder, a release, or a Git revision."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from archive.facts.gather import EDITION_FILE
from archive.facts.history import commit_of
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.files.content import SETTINGS
from archive.files.git import git, names

SITE = SETTINGS
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
    tree = _tree(root, commit)
    links = [path for path, (mode, _) in tree.items() if mode == _LINK]
    raw = git(
        root, "cat-file", "--batch", data="".join(f"{id_}\n" for _, id_ in tree.values()).encode()
    )
    for path, content in zip(tree, _contents(raw or b""), strict=True):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path in links:
            target.symlink_to(content.decode("utf-8", "surrogateescape"))
        else:
            target.write_bytes(content)
    if not (folder / SITE).is_file():
        raise UnknownRevisionError(f"版本 {revision} 须是本站点的，其中没有 {SITE}")


_SOURCES = (SITE, "docs", "data", EDITION_FILE)
"""What of a revision is read."""
_FILES, _LINK = ("100644", "100755"), "120000"


def _tree(root: Path, commit: str) -> dict[str, tuple[str, str]]:
    """Path → mode and object id of the files of a commit below `root`, as its tree has them.

    A tree is read and not `git archive`, which leaves out what the commit's own .gitattributes says.
    Links are kept in docs/ and data/ alone, where the check refuses them without following them.
    """
    found = {}
    for entry in names(root, "ls-tree", "-r", "-z", commit, "--", *_SOURCES):
        about, _, path = entry.partition("\t")
        mode, _, id_ = about.split(" ")
        link = mode == _LINK and path.startswith(("docs/", "data/"))
        unsafe = any(part in ("", ".", "..") for part in path.split("/"))
        if (mode in _FILES or link) and not unsafe:
            found[path] = mode, id_
    return found


def _contents(batch: bytes) -> Iterator[bytes]:
    """The contents of objects as `git cat-file --batch` prints them: a line ended by the size, the content."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        size = int(batch[at:end].rpartition(b" ")[2])
        yield batch[end + 1 : end + 1 + size]
        at = end + size + 2
