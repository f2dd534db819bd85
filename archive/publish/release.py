"""A release: a copy of the built site as a server wants it, packed files beside the plain ones."""

import gzip
import os
from pathlib import Path

from archive.files.storing import sync_folder
from archive.publish.manifest import NAME, Entry, Manifest, read

_PACKED = {".html", ".css", ".js", ".json", ".csv", ".svg", ".xml", ".txt"}
"""Text; the rest is packed in itself."""
_LEAST = 512
"""Bytes below which to pack saves nothing: it fits one packet anyhow."""


def make(site: Path, manifest: Manifest, folder: Path, before: Path | None, second: int) -> None:
    """Copy the site of this manifest into `folder`, which must not exist, and pack what is text.

    A file that is the same in the release `before` keeps its time, any other has that of the
    release, in seconds: browsers and servers tell by time and size whether a file has changed, and
    a figure that has changed is often as long as it was.
    """
    known = _times(before) if before else {}
    files: dict[str, Entry] = {}
    for name in manifest.files:
        raw = (site / name).read_bytes()
        for made, content in _packed(name, raw, manifest.files).items():
            # What the site's manifest tells of a file stays told: one that has changed since it was
            # looked at, by a build that runs meanwhile, does not fit, and is found out.
            files[made] = manifest.files.get(made) or Entry.of(content)
            _write(folder / made, content, known.get((made, files[made]), second))
    _write(folder / NAME, manifest.same_origin(files).text().encode(), second)
    for made_folder in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        made_folder.chmod(0o755)  # the server is another user
        sync_folder(made_folder)


def _times(release: Path) -> dict[tuple[str, Entry], float]:
    """When each file of an earlier release came to be what it is."""
    manifest = read(release)
    if manifest is None:
        return {}
    return {
        (name, entry): (release / name).stat().st_mtime
        for name, entry in manifest.files.items()
        if (release / name).is_file()
    }


def _packed(name: str, raw: bytes, others: dict[str, Entry]) -> dict[str, bytes]:
    """The file, and with it the packed one where that is worth it and not there already."""
    packed_name = f"{name}.gz"
    if Path(name).suffix not in _PACKED or len(raw) < _LEAST or packed_name in others:
        return {name: raw}
    packed = gzip.compress(raw, 9, mtime=0)
    return {name: raw, packed_name: packed} if len(packed) < len(raw) else {name: raw}


def _write(path: Path, raw: bytes, time: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        os.utime(file.fileno(), (time, time))
        os.fsync(file.fileno())  # last, so that nothing of it is lost in a power cut
