"""Make a deployment: a copy of the built site for a web server, with gzip files beside the plain ones."""

import gzip
import os
from pathlib import Path

from archive.files.storing import sync_folder
from archive.publish.manifest import NAME, FileEntry, Manifest, read

_PACKED = {".html", ".css", ".js", ".json", ".csv", ".svg", ".xml", ".txt"}
"""Suffixes of text files, which are worth compressing; other formats are compressed already."""
_LEAST = 512
"""Size in bytes below which compressing saves nothing, as the file fits in one packet anyway."""


def make_deployment(
    site: Path, manifest: Manifest, folder: Path, before: Path | None, second: int
) -> None:
    """Copy the site with this manifest into `folder`, which must not exist, and compress text files.

    A file that is unchanged since the deployment `before` keeps its modification time; any other
    gets `second`, the time of this deployment. Browsers and servers detect a changed file by its
    time and size, and a changed figure often leaves the size as it was.
    """
    known = _times(before) if before else {}
    files: dict[str, FileEntry] = {}
    for name in manifest.files:
        raw = (site / name).read_bytes()
        for made, content in _packed(name, raw, manifest.files).items():
            # The entry of the site's manifest is kept. If a build running at the same time has
            # changed the file since, it no longer matches and the check of the copy finds it.
            files[made] = manifest.files.get(made) or FileEntry.of(content)
            _write(folder / made, content, known.get((made, files[made]), second))
    _write(folder / NAME, manifest.same_origin(files).text().encode(), second)
    for made_folder in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        made_folder.chmod(0o755)  # the server is another user
        sync_folder(made_folder)


def _times(release: Path) -> dict[tuple[str, FileEntry], float]:
    """(path, entry) → modification time of each file of an earlier deployment."""
    manifest = read(release)
    if manifest is None:
        return {}
    return {
        (name, entry): (release / name).stat().st_mtime
        for name, entry in manifest.files.items()
        if (release / name).is_file()
    }


def _packed(name: str, raw: bytes, others: dict[str, FileEntry]) -> dict[str, bytes]:
    """Path → content of the file, and of its gzip file where that is smaller and not in the site yet."""
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
        os.fsync(file.fileno())  # after all other changes, so that a power cut loses none of them
