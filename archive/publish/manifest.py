"""The manifest of a built site: each file with its digest and size, and what the site was built from."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from archive.files.yaml import Problem
from archive.schema.disclosure import Edition

NAME = ".manifest.json"
"""Its path in the site. Web servers are set up not to serve files whose names begin with a dot."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileEntry(_Strict):
    """What the manifest records of a file: its SHA-256 in hexadecimal, its size in bytes."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0, strict=True)]

    @classmethod
    def of(cls, raw: bytes) -> "FileEntry":
        """The entry of a file with the content `raw`."""
        return cls(sha256=sha256(raw).hexdigest(), size=len(raw))


class Manifest(_Strict):
    """What a site was built from, and its files.

    `commit` is empty outside a repository; `files` maps paths from the site's folder to entries.
    """

    edition: Edition
    commit: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40,64})?$")]
    uncommitted: bool
    """Whether the site was built from uncommitted changes of sources or data."""
    as_of: date
    release: str = ""
    """The occasion whose reported figures it shows; empty for those of today."""
    files: dict[str, FileEntry]

    def text(self) -> str:
        """The manifest as JSON; the same site gives the same text."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"

    def same_origin(self, files: dict[str, FileEntry]) -> "Manifest":
        """A copy of this manifest with other files, which were made from the same sources."""
        return self.model_copy(update={"files": dict(sorted(files.items()))})


def file_entries(folder: Path) -> dict[str, FileEntry]:
    """Path → entry of each file in a folder except its manifest, sorted by path."""
    found = {
        name: FileEntry.of(path.read_bytes()) for name, path in _files(folder) if path.is_file()
    }
    return dict(sorted(found.items()))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name != NAME and (path.is_symlink() or not path.is_dir()):
            yield name, path


def read(folder: Path) -> Manifest | None:
    """The manifest in a folder; None if it is missing or invalid."""
    try:
        return Manifest.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError):
        return None


def manifest_problems(folder: Path) -> list[Problem]:
    """A problem for each file that is missing, changed, not listed in the manifest, or no plain file.

    A manifest that is missing or invalid is the only problem then.
    """
    manifest = read(folder)
    if manifest is None:
        message = "须有清单并能读取，现在没有；请用 .venv/bin/archive build 重新生成"
        return [Problem(f"{folder.name}/{NAME}", 1, message)]
    listed = manifest.files
    # Links and other special files could change after they were checked.
    links = [name for name, path in _files(folder) if path.is_symlink() or not path.is_file()]
    found = {name: entry for name, entry in file_entries(folder).items() if name not in links}
    messages = dict.fromkeys(links, "须是普通文件，现为链接或其他")
    messages |= dict.fromkeys(
        listed.keys() - found.keys() - set(links), "须有清单所列的文件，现在没有"
    )
    messages |= dict.fromkeys(found.keys() - listed.keys(), "清单没有列的文件不得有")
    changed = (name for name in found.keys() & listed.keys() if found[name] != listed[name])
    messages |= dict.fromkeys(changed, "内容须与清单的校验值相符，现不相符")
    return [
        Problem(f"{folder.name}/{_shown(name)}", 1, f"{what}；请重新生成，已发布的重新发布")
        for name, what in sorted(messages.items())
    ]


def _shown(name: str) -> str:
    """A file's name on one line, with line breaks and invalid bytes escaped."""
    return name.replace("\n", "\\n").encode("utf-8", "backslashreplace").decode()
