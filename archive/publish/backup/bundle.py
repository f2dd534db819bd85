"""The repository as one file (a Git bundle, all refs), and the clone made of it again.

`git bundle create` reuses what is packed already, so that two clones of one repository would give
different bytes; here everything is packed anew.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal

from archive.facts.history import folder_in_repository, head
from archive.files.git import GitError, git, line, names
from archive.publish.backup.contents import SavedRepository
from archive.publish.backup.opening import require_ordinary
from archive.publish.manifest import FileEntry
from archive.publish.target import RefusedError

# Whatever the user's settings are.
_PACKING = (
    "pack.window=10", "pack.depth=50", "pack.compression=6", "core.bigFileThreshold=512m",
    "pack.windowMemory=0", "pack.packSizeLimit=0", "pack.useBitmaps=false", "core.commitGraph=false",
)  # fmt: skip
_PACK = (
    "pack-objects", "--revs", "--stdout", "--threads=1", "--no-reuse-delta", "--no-reuse-object",
    "--delta-base-offset", "--quiet",
)  # fmt: skip
_USER = re.compile(r"(?<=^http://)[^/@]*@|(?<=^https://)[^/@]*@")


def write_bundle(root: Path, file: IO[bytes]) -> SavedRepository:
    """Write the repository of the site at `root` into the empty file; the same refs give the same bytes.

    Raises RefusedError where there is no whole repository with a commit, GitError where Git fails.
    """
    commit = head(root)
    if not commit:
        raise RefusedError(
            "备份的须是有提交的 Git 仓库，现在没有；请运行 git init、git add -A、git commit"
        )
    if line(root, "rev-parse", "--is-shallow-repository") != "false":
        raise RefusedError(
            "备份的须是有全部历史的仓库，现在只有一部分（浅克隆）；请运行 git fetch --unshallow"
        )
    refs = refs_of(root)
    object_format: Literal["sha1", "sha256"] = "sha256" if len(commit) == 64 else "sha1"
    begun = (
        "# v2 git bundle\n"
        if object_format == "sha1"
        else "# v3 git bundle\n@object-format=sha256\n"
    )
    listed = "".join(f"{id_} {ref}\n" for ref, id_ in {"HEAD": commit, **refs}.items())
    file.write(f"{begun}{listed}\n".encode())
    file.flush()  # Git writes on from here
    settings = [part for one in _PACKING for part in ("-c", one)]
    tips = "".join(f"{id_}\n" for id_ in sorted({commit, *refs.values()}))
    if git(root, *settings, *_PACK, data=tips.encode(), into=file) is None:
        raise GitError("git pack-objects 须成功，现在没有；请运行 git fsck 查看仓库是否完好")
    return SavedRepository(
        bundle=_entry(file),
        object_format=object_format,
        head=line(root, "symbolic-ref", "--quiet", "HEAD"),
        commit=commit,
        refs=refs,
        site=folder_in_repository(root).rstrip("/"),
        origin=_USER.sub("", line(root, "config", "--get", "remote.origin.url")),
    )


def _entry(file: IO[bytes]) -> FileEntry:
    """The entry of a file that may be larger than memory."""
    hashed, size = sha256(), file.seek(0, 2)
    file.seek(0)
    while part := file.read(1 << 20):
        hashed.update(part)
    return FileEntry(sha256=hashed.hexdigest(), size=size)


def refs_of(root: Path) -> dict[str, str]:
    """Ref → the id it holds, for all but those that only name another one, sorted."""
    raw = git(root, "for-each-ref", "--format=%(objectname) %(symref) %(refname)") or b""
    try:
        entries = [entry.split(" ") for entry in raw.decode().splitlines()]
    except UnicodeDecodeError:
        raise GitError("分支和标签的名称须用 UTF-8 编码，现有别的编码；请改名") from None
    return {
        ref: id_ for id_, symbolic, ref in sorted(entries, key=lambda it: it[2]) if not symbolic
    }


def clone_bundle(saved: SavedRepository, bundle: Path, folder: Path) -> None:
    """Make the repository of a bundle in the new folder, with its work tree and without hooks.

    Raises RefusedError if it does not hold what `saved` says, GitError where Git fails.
    """
    folder.mkdir()
    git(folder, "init", "--quiet", "--template=", f"--object-format={saved.object_format}")
    every = ("--quiet", "--no-tags", "--update-head-ok", "--no-write-fetch-head")
    git(folder, "-c", "gc.auto=0", "fetch", *every, str(bundle), "+refs/*:refs/*")
    if refs_of(folder) != saved.refs:
        raise RefusedError("备份里的仓库须与清单一致，现在不一致；请换一份完好的备份")
    checked_out = saved.refs[saved.head] if saved.head else saved.commit
    listed = names(folder, "ls-tree", "-r", "-l", "-z", checked_out)
    require_ordinary(listed, saved.bundle.size)
    if saved.head:
        git(folder, "symbolic-ref", "HEAD", saved.head)
        git(folder, "reset", "--quiet", "--hard")
    else:
        git(folder, "checkout", "--quiet", "--detach", saved.commit)
    if head(folder) != saved.commit:
        raise RefusedError("备份里的仓库须与清单一致，现在不一致；请换一份完好的备份")


def branches_and_tags(refs: Mapping[str, str]) -> str:
    """`2 个分支、1 个标签`."""
    count = {
        name: sum(ref.startswith(f"refs/{name}/") for ref in refs) for name in ("heads", "tags")
    }
    return f"{count['heads']} 个分支、{count['tags']} 个标签"
