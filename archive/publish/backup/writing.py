"""Write a backup: everything is read and listed first, then copied and compared with the list."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from archive.facts.history import tree_entries
from archive.facts.project import Project
from archive.files.own_files import PACKAGE
from archive.files.storing import private_file
from archive.files.yaml import Problem
from archive.files.zips import zip_entry
from archive.publish import manifest
from archive.publish.backup.bundle import write_bundle
from archive.publish.backup.contents import (
    BUNDLE,
    FILES,
    MANIFEST,
    NOTE,
    SETTINGS,
    BackupManifest,
    PublishedFile,
    PublishedSite,
    SavedSetting,
)
from archive.publish.backup.opening import open_backup
from archive.publish.backup.server import config_in_use, named_files, read_setting
from archive.publish.manifest import FileEntry
from archive.publish.target import RefusedError, Target
from archive.schema.disclosure import Edition

_NOTE = """\
这是一份档案的备份，由 archive backup 写出。恢复：

有程序的：
    .venv/bin/archive restore 这个文件 新的目录

没有程序、仓库里带着程序的：
    unzip 这个文件 repository.bundle
    git clone repository.bundle 档案
    cd 档案
    make .venv/site
    .venv/bin/archive restore 这个文件 新的目录

files/ 里是发布过的网站的文件，文件名是校验值；哪一次发布有哪些文件，见 manifest.json。
备份里有没有公开的内容，只给能看全部内容的人。
"""
_CHUNK = 1 << 20


def write_backup(
    out: Path,
    project: Project,
    targets: Sequence[Target],
    settings: Sequence[Path],
    fonts: Mapping[str, Path],
) -> tuple[BackupManifest | None, list[Problem]]:
    """Write the backup `out`, which nobody else may read; the same archive gives the same bytes.

    `settings` are files beside the configurations that serve the targets, `fonts` those that are listed.
    Returns its manifest, and problems: with problems (files of a deployment that do not match its
    manifest) nothing is written. Raises RefusedError, GitError, OSError; FileExistsError if there is
    such a file already.
    """
    _require_apart(out, project, targets)
    if os.path.lexists(out):
        raise RefusedError(f"{out} 须是还没有的文件，现在已有；请换一个名称，如加上日期")
    with ExitStack() as held, TemporaryFile(dir=out.absolute().parent) as bundle:
        for target in targets:
            if not target.names():
                raise RefusedError(
                    f"{target.folder} 里须有发布过的网站，现在没有；请写对发布目录，或者先发布"
                )
            held.enter_context(target.locked())
        problems = [problem for target in targets for problem in _damaged(target)]
        if problems:
            return None, problems
        texts, left_out = _settings(targets, settings)
        made = BackupManifest(
            program=version(PACKAGE),
            repository=write_bundle(project.root, bundle),
            releases=tuple(_releases(project)),
            published=_published(targets),
            settings={
                path.name: SavedSetting(path=str(path), **FileEntry.of(raw).model_dump())
                for path, raw in sorted(texts.items())
            },
            left_out=tuple(left_out),
            fonts={name: _entry(path) for name, path in sorted(fonts.items())},
        )
        with private_file(out) as file:
            _pack(file, made, bundle, targets, texts)
            file.flush()
            with open_backup(file) as written:
                written.compare()
    return made, []


def _require_apart(out: Path, project: Project, targets: Sequence[Target]) -> None:
    """Raise RefusedError if the backup would lie where it is committed or seen by readers."""
    parent = out.absolute().parent.resolve()
    for folder in (project.root, *(target.folder for target in targets)):
        if parent.is_relative_to(folder.resolve()):
            raise RefusedError(
                f"备份须放在档案和发布目录以外，{out} 在 {folder.resolve()} 里；请写别处的文件，最好在另一块磁盘上"
            )


def _damaged(target: Target) -> Iterator[Problem]:
    for name in target.names():
        for problem in manifest.manifest_problems(target.deployments / name):
            yield Problem(
                problem.path, problem.line, f"{problem.message}；不要这一次发布的，请删去它的目录"
            )


def _settings(
    targets: Sequence[Target], settings: Sequence[Path]
) -> tuple[dict[Path, bytes], list[str]]:
    """File of settings → its content; and the files that they name, without those."""
    used = [config for target in targets if (config := config_in_use(target.folder))]
    paths = list(dict.fromkeys(Path(os.path.abspath(one)) for one in (*used, *settings)))  # noqa: PTH100 a link stays one
    names = [path.name for path in paths]
    if len({*names}) < len(names):
        raise RefusedError(
            f"设置文件的名称须各不相同，现为 {'、'.join(names)}；请改名，或者少写一个"
        )
    if hidden := [name for name in names if name.startswith(".")]:
        raise RefusedError(f"设置文件的名称不得以点开头，现为 {hidden[0]}；请复制成别的名称")
    texts = {path: read_setting(path) for path in paths}
    named = {one for raw in texts.values() for one in named_files(raw)}
    return texts, sorted(named - {str(path) for path in paths})


def _releases(project: Project) -> list[str]:
    folder = f"{project.name(project.data)}/releases"
    listed = sorted(tree_entries(project.root, "HEAD", [folder]))
    return [Path(path).stem for path in listed if path.endswith(".yml")]


def _published(targets: Sequence[Target]) -> dict[Edition, PublishedSite]:
    found: dict[Edition, PublishedSite] = {}
    for target in targets:
        deployments = {name: _deployment(target.deployments / name) for name in target.names()}
        made = manifest.read(target.deployments / target.names()[-1])
        assert made  # it has just been compared
        if made.edition in found:
            raise RefusedError(
                f"每一版须只有一个发布目录，{target.folder} 与 {found[made.edition].folder} 是同一版；请只写一个"
            )
        found[made.edition] = PublishedSite(
            folder=str(target.folder.resolve()),
            current=target.current(),
            deployments=deployments,
            seen=tuple(target.seen()),
        )
    return dict(sorted(found.items()))


def _deployment(folder: Path) -> dict[str, PublishedFile]:
    paths = sorted(path for path in folder.rglob("*") if not path.is_dir())
    return {
        path.relative_to(folder).as_posix(): PublishedFile(
            time=int(path.stat().st_mtime), **_entry(path).model_dump()
        )
        for path in paths
    }


def _entry(path: Path) -> FileEntry:
    return FileEntry.of(path.read_bytes())


def _pack(
    file: IO[bytes],
    made: BackupManifest,
    bundle: IO[bytes],
    targets: Sequence[Target],
    texts: Mapping[Path, bytes],
) -> None:
    """Write the zip file: the note, the manifest, and every entry that the manifest lists."""
    sources = {SETTINGS + path.name: path for path in texts}
    for site, target in zip(_in_order(made, targets), targets, strict=True):
        for name, files in site.deployments.items():
            for path, one in files.items():
                sources.setdefault(FILES + one.sha256, target.deployments / name / path)
    with ZipFile(file, "w") as written:
        _add(written, NOTE, _NOTE.encode())
        _add(written, MANIFEST, made.text().encode())
        for name, entry in made.entries().items():
            if name == BUNDLE:
                bundle.seek(0)
                _copy(written, name, bundle, entry)
            else:
                with sources[name].open("rb") as source:
                    _copy(written, name, source, entry)


def _in_order(made: BackupManifest, targets: Sequence[Target]) -> list[PublishedSite]:
    by_folder = {site.folder: site for site in made.published.values()}
    return [by_folder[str(target.folder.resolve())] for target in targets]


def _add(written: ZipFile, name: str, raw: bytes) -> None:
    info = zip_entry(name)
    info.external_attr = 0o600 << 16
    written.writestr(info, raw, ZIP_DEFLATED)


def _copy(written: ZipFile, name: str, source: IO[bytes], entry: FileEntry) -> None:
    """Copy a file that is as the manifest lists it; raises RefusedError if it has changed since."""
    info = zip_entry(name)
    info.external_attr = 0o600 << 16
    info.compress_type = ZIP_STORED if name == BUNDLE else ZIP_DEFLATED
    info.file_size = entry.size
    hashed = sha256()
    with written.open(info, "w") as copy:
        while part := source.read(_CHUNK):
            hashed.update(part)
            copy.write(part)
    if hashed.hexdigest() != entry.sha256:
        raise RefusedError(f"备份的时候有文件改动了（{name}），什么也没有写；请再运行一次")
