"""Load what is compared: a folder, a release, or a Git revision."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from archive.facts.gather import EDITION_FILE, RELEASES
from archive.facts.history import commit_of
from archive.facts.kinds import FILE as KINDS
from archive.facts.ledgers import FOLDER as LEDGERS
from archive.facts.ledgers import ledger_files
from archive.facts.project import Project
from archive.facts.site import Site, load
from archive.files.bounds import MAX_ATTACHMENT, MAX_FILES, MAX_REPEATED, megabytes
from archive.files.content import SETTINGS
from archive.files.git import GitError, git
from archive.files.listing import read_regular
from archive.files.reasons import os_error_text
from archive.files.yaml import Problem
from archive.schema.releases import short

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
    here = Project(root, root / "data", as_of)
    if f"{RELEASES}/{name}.yml" in here.data_files().places:
        site = load(here)
        if name in site.archive.releases:
            yield as_reported(site, name)
            return
    with tempfile.TemporaryDirectory(prefix="archive-") as temporary:
        extracted = Path(temporary)
        problems = _extract(root, name, extracted)
        _describe(here, extracted)
        site = load(Project(extracted, extracted / "data", as_of))
        site.archive.problems += problems
        yield site


def as_reported(site: Site, name: str) -> Site:
    """The site with the figures as reported in the release `name`."""
    figures = {id_: one.entry for id_, one in site.archive.releases[name].figures.items()}
    return Site(replace(site.archive, figures=figures, release=name))


def _extract(root: Path, revision: str, folder: Path) -> list[Problem]:
    """Write the files of `revision` under `root` into `folder`; the work tree is not touched.

    Returns a problem for each file that cannot be written here.
    """
    commit = commit_of(root, revision)
    if not commit:
        raise UnknownRevisionError(
            f"须是报送的名称、Git 的版本（提交、分支、标签），或者有 {SITE} 的目录，现为 {revision}；"
            "请看 data/releases/ 和 git log，写其中有的"
        )
    problems = []
    tree = _tree(root, commit)
    if fault := _too_large(tree):
        raise UnknownRevisionError(
            f"版本 {revision} {fault}；请换一个版本，或者删去多余的文件再提交"
        )
    for path, content in _blobs(root, {path: blob for path, blob in tree.items() if not blob.link}):
        try:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            if tree[path].size > len(content):
                os.truncate(target, tree[path].size)  # as large, so that the check refuses it
        except OSError as error:
            problems.append(
                Problem(
                    _shown(path),
                    1,
                    f"文件须能取出，现为：{os_error_text(error)}；请腾出磁盘空间或改正权限",
                )
            )
    for path in (path for path, blob in tree.items() if blob.link):
        # It leads to itself and nowhere else: the check refuses it, and nothing can be written through it.
        target = folder / path
        with suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(target.name)
    if not (folder / SITE).is_file():
        raise UnknownRevisionError(
            f"版本 {revision} 须是本站点的，现在其中没有 {SITE}；请换一个版本"
        )
    return problems


def _describe(here: Project, folder: Path) -> None:
    """Give a revision from before data/ described ledgers, or listed kinds, those of today."""
    listed = here.data_files().places
    wanted = [] if (folder / "data" / LEDGERS).exists() else ledger_files(listed)
    if f"{KINDS}.yml" in listed and not (folder / "data" / f"{KINDS}.yml").exists():
        wanted.append(f"{KINDS}.yml")
    for file in wanted:
        target = folder / "data" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(read_regular(listed[file]))


_SOURCES = (SITE, "docs", "data", EDITION_FILE)
"""What of a revision is read."""
_FILES, _LINK = ("100644", "100755"), "120000"
_AT_ONCE = 64 * 1024 * 1024
"""Octets of a revision that are held in memory at a time."""


@dataclass(frozen=True, slots=True)
class _Blob:
    """A file of a commit."""

    id: str
    size: int
    link: bool


def _tree(root: Path, commit: str) -> dict[str, _Blob]:
    """Path → file of a commit below `root`, as its tree has them.

    A tree is read and not `git archive`, which leaves out what the commit's own .gitattributes says.
    Links are kept in docs/ and data/ alone, where the check refuses them without following them. Names
    are as the file system has them. Raises UnknownRevisionError for two entries of one name: Git takes the
    first for some commands and the last for others, so that what is checked need not be what is merged.
    """
    found = {}
    names = set()
    raw = git(root, "ls-tree", "-r", "-t", "-l", "-z", commit, "--", *_SOURCES) or b""
    for entry in filter(None, raw.split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, _, id_, size = about.decode().split()
        path = os.fsdecode(name)
        if path in names:
            raise UnknownRevisionError(
                f"一个目录里的名称须各不相同，现在提交 {short(commit)} 里有两个 {_shown(path)}；请重新做这个提交"
            )
        names.add(path)
        link = mode == _LINK and path.startswith(("docs/", "data/"))
        unsafe = any(part in ("", ".", "..") for part in path.split("/"))
        if (mode in _FILES or link) and not unsafe:
            if not size.isdecimal():
                raise GitError(
                    f"提交 {short(commit)} 里的 {_shown(path)} 须取得到，现在仓库里没有它的内容；"
                    "请运行 git fsck 查看仓库是否完好，不完好的重新克隆"
                )
            found[path] = _Blob(id_, int(size), link)
    return found


def _too_large(tree: Mapping[str, _Blob]) -> str | None:
    """What a tree must be that takes more room than any archive does: it may be far larger than its commit."""
    if len(tree) > MAX_FILES:
        return f"的文件须不超过 {MAX_FILES} 个，现有 {len(tree)} 个"
    sizes = [blob.size for blob in tree.values() if blob.size <= MAX_ATTACHMENT]
    once = {blob.id: blob.size for blob in tree.values() if blob.size <= MAX_ATTACHMENT}
    repeated = sum(sizes) - sum(once.values())
    if repeated > MAX_REPEATED:
        return f"里内容相同的文件须不超过 {megabytes(MAX_REPEATED)}，现有 {megabytes(repeated)}"
    return None


def _blobs(root: Path, wanted: Mapping[str, _Blob]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of these files; of one that is too large for the check, nothing of it."""
    batch: list[str] = []
    held = 0
    for path, blob in wanted.items():
        if blob.size > MAX_ATTACHMENT:
            yield path, b""
            continue
        if held + blob.size > _AT_ONCE:
            yield from _read(root, batch, wanted)
            batch, held = [], 0
        batch.append(path)
        held += blob.size
    yield from _read(root, batch, wanted)


def _read(root: Path, paths: list[str], wanted: Mapping[str, _Blob]) -> Iterator[tuple[str, bytes]]:
    asked = "".join(f"{wanted[path].id}\n" for path in paths).encode()
    raw = git(root, "cat-file", "--batch", data=asked) if paths else b""
    yield from zip(paths, _contents(raw or b""), strict=True)


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _contents(batch: bytes) -> Iterator[bytes]:
    """The contents of objects as `git cat-file --batch` prints them: a line ended by the size, the content."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        size = int(batch[at:end].rpartition(b" ")[2])
        yield batch[end + 1 : end + 1 + size]
        at = end + size + 2
