"""Open a backup as something that anybody may have made: nothing outside, no bomb, nothing unlisted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pydantic import ValidationError

from archive.files.bounds import MAX_FILES
from archive.leaks.zip_entries import UNREADABLE
from archive.publish.backup.contents import MANIFEST, NOTE, BackupManifest
from archive.publish.manifest import FileEntry
from archive.publish.target import RefusedError

MAX_MANIFEST = 100_000_000
"""Bytes of the manifest: a thousand files for each of forty deployments take four million."""
_USUAL_MANIFEST, _MANIFEST_RATIO = 4_000_000, 20
"""Bytes of a manifest however well it is packed; of a larger one, half are digests, which do not pack."""
MAX_RATIO = 500
"""How much more restoring may write than the backup has bytes: forty deployments alike, packed tenfold."""
_SMALL = 100_000_000
"""Bytes that may be written however small the backup is."""
_CHUNK = 1 << 20
_BROKEN = "须是 archive backup 写的备份，{}；请换一份完好的"


class Backup:
    """An opened backup: its manifest, and its files, each compared with the manifest as it is read."""

    def __init__(self, parts: ZipFile, manifest: BackupManifest) -> None:
        self._parts = parts
        self.manifest = manifest

    def copy(self, name: str, entry: FileEntry, to: IO[bytes] | None) -> None:
        """Copy an entry; raises RefusedError unless it is just as listed, OSError if it cannot be written."""
        hashed, left = sha256(), entry.size
        with self._open(name) as source:
            while part := _read(source, min(left + 1, _CHUNK)):
                left -= len(part)
                hashed.update(part)
                if left < 0:
                    break
                if to:
                    to.write(part)
        if left or hashed.hexdigest() != entry.sha256:
            raise RefusedError(_BROKEN.format(f"其中 {name} 与清单的校验值不符"))

    def _open(self, name: str) -> IO[bytes]:
        try:
            return self._parts.open(name)
        except UNREADABLE:
            raise RefusedError(_BROKEN.format("现在读不出，已损坏")) from None

    def compare(self) -> None:
        """Raise RefusedError unless every file is as listed."""
        for name, entry in self.manifest.entries().items():
            self.copy(name, entry, None)


def _read(source: IO[bytes], size: int) -> bytes:
    try:
        return source.read(size)
    except UNREADABLE:
        raise RefusedError(_BROKEN.format("现在读不出，已损坏")) from None


@contextmanager
def open_backup(file: Path | IO[bytes]) -> Iterator[Backup]:
    """Yield the backup in a zip file; raises RefusedError if it is none, or not sound."""
    if isinstance(file, Path) and file.exists() and not file.is_file():  # a device may have no end
        raise RefusedError(_BROKEN.format("现在读不出，不是或者已损坏"))
    try:
        parts = ZipFile(file)
    except FileNotFoundError:
        raise RefusedError(f"须有这个备份，没有 {file}；请写对文件的位置") from None
    except UNREADABLE:
        raise RefusedError(_BROKEN.format("现在读不出，不是或者已损坏")) from None
    with parts:
        yield Backup(parts, _manifest(parts))


def read_manifest(file: Path) -> BackupManifest:
    """The manifest of a backup whose files are not read; raises RefusedError as `open_backup` does."""
    with open_backup(file) as backup:
        return backup.manifest


def _most_listed(packed: ZipInfo) -> int:
    """How large a manifest may be that takes so much room in the backup."""
    return min(MAX_MANIFEST, _USUAL_MANIFEST + packed.compress_size * _MANIFEST_RATIO)


def _manifest(parts: ZipFile) -> BackupManifest:
    infos = {info.filename: info for info in parts.infolist()}
    if len(infos) < len(parts.infolist()):
        raise RefusedError(_BROKEN.format("现有同名的部件"))
    for info in infos.values():
        if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise RefusedError(_BROKEN.format("现有加密的或者别的压缩办法的部件"))
    size = parts.fp.seek(0, 2) if parts.fp else 0
    if sum(info.compress_size for info in infos.values()) > size:
        raise RefusedError(_BROKEN.format("现有重叠的部件"))
    if MANIFEST not in infos or infos[MANIFEST].file_size > _most_listed(infos[MANIFEST]):
        raise RefusedError(_BROKEN.format("现在没有清单"))
    try:
        with parts.open(MANIFEST) as source:
            raw = source.read(MAX_MANIFEST + 1)
        found = BackupManifest.model_validate_json(raw)
    except (ValidationError, *UNREADABLE):
        raise RefusedError(_BROKEN.format("现在清单读不出，或者有不该有的内容")) from None
    listed = found.entries()
    if infos.keys() - {MANIFEST, NOTE} != listed.keys():
        raise RefusedError(_BROKEN.format("现在清单所列的与其中的部件不一致"))
    if any(infos[name].file_size != entry.size for name, entry in listed.items()):
        raise RefusedError(_BROKEN.format("现在部件的大小与清单不一致"))
    if found.restored_size() > size * MAX_RATIO + _SMALL:
        raise RefusedError(_BROKEN.format("现在恢复出来大得反常"))
    return found


def require_ordinary(listed: Sequence[str], packed: int) -> None:
    """Raise RefusedError if files, as `git ls-tree -l` lists them, take far more room than what they come from.

    A few trees that name each other are any number of files.
    """
    sizes = [entry.partition("\t")[0].split()[-1] for entry in listed]
    size = sum(int(one) for one in sizes if one.isdecimal())
    if len(sizes) > MAX_FILES or size > packed * MAX_RATIO + _SMALL:
        raise RefusedError(_BROKEN.format("现在恢复出来大得反常"))
