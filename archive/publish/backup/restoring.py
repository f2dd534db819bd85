"""Restore a backup into a new folder, whole or not at all."""

import os
from pathlib import Path
from shutil import disk_usage, rmtree
from tempfile import mkdtemp
from typing import IO

from archive.publish import manifest
from archive.publish.backup.bundle import clone_bundle
from archive.publish.backup.contents import (
    BUNDLE,
    FILES,
    FONTS_FOLDER,
    MANIFEST,
    SETTINGS,
    BackupManifest,
)
from archive.publish.backup.opening import Backup, open_backup
from archive.publish.target import RefusedError, Target

REPOSITORY, PUBLISHED = "repository", "published"
OWN_FONTS = "fonts.sha256"
"""The list of the fonts that the archive's own folder must hold, as `sha256sum --check` reads it there."""


def restore(file: Path, folder: Path) -> BackupManifest:
    """Restore the backup into the folder, which must not be there; nobody else may enter it.

    Raises RefusedError if the backup is not sound or does not fit, GitError and OSError where writing
    fails; then nothing is left.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 a link on the way stays one
    if os.path.lexists(folder):
        raise RefusedError(f"{folder} 须是还没有的目录，现在已有；请换一个名称，或者先把它移走")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        with open_backup(file) as backup:
            _require_room(backup.manifest, made)
            _restore(backup, made)
        made.rename(folder)
    finally:
        rmtree(made, ignore_errors=True)
    return backup.manifest


def _require_room(found: BackupManifest, folder: Path) -> None:
    # The repository stands there twice for a while: as a bundle, and as the clone of it.
    wanted = found.restored_size() + found.repository.bundle.size
    free = disk_usage(folder).free
    if wanted > free:
        raise RefusedError(
            f"恢复须有 {wanted // 1_000_000 + 1} MB 空间，现有 {free // 1_000_000} MB；请换一块磁盘"
        )


def _restore(backup: Backup, made: Path) -> None:
    found = backup.manifest
    bundle = made / BUNDLE
    with bundle.open("xb") as to:
        backup.copy(BUNDLE, found.repository.bundle, to)
    clone_bundle(found.repository, bundle, made / REPOSITORY)
    (made / REPOSITORY).chmod(0o700)
    bundle.unlink()
    for edition, site in found.published.items():
        target = Target(made / PUBLISHED / edition)
        for name, files in site.deployments.items():
            for path, one in files.items():
                there = target.deployments / name / path
                there.parent.mkdir(parents=True, exist_ok=True)
                with there.open("xb") as to:
                    backup.copy(FILES + one.sha256, one, to)
                    os.fchmod(to.fileno(), 0o644)  # the server is another user
                os.utime(there, (one.time, one.time))
            if manifest.manifest_problems(target.deployments / name):
                raise RefusedError(
                    f"备份里的发布须与自己的清单一致，{name} 现不一致；请换一份完好的备份"
                )
        for inside in (target.folder, *target.folder.rglob("*")):
            if inside.is_dir():
                inside.chmod(0o755)
        if site.current:
            target.switch(site.current)
            if site.seen:
                target.note_seen(site.seen)
    for name, setting in found.settings.items():
        (made / SETTINGS).mkdir(exist_ok=True)
        with _private(made / SETTINGS / name) as to:
            backup.copy(SETTINGS + name, setting, to)
    with _private(made / OWN_FONTS) as to:
        own = (name for name in found.fonts if name.startswith(FONTS_FOLDER))
        to.write("".join(f"{found.fonts[name].sha256}  {name}\n" for name in own).encode())
    with _private(made / MANIFEST) as to:
        to.write(found.text().encode())


def _private(path: Path) -> IO[bytes]:
    """A new file that nobody else may read, wherever it is moved."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
