"""The manifest of a built site: every file with its digest, and what the site was built from."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from archive.facts.project import Edition
from archive.files.yaml import Problem

NAME = ".manifest.json"
"""Where it stands in the site. No server hands out a file whose name begins with a dot."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Strict):
    """A file: its SHA-256 in hexadecimal, its size in bytes."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0, strict=True)]

    @classmethod
    def of(cls, raw: bytes) -> "Entry":
        """The entry of a file that holds `raw`."""
        return cls(sha256=sha256(raw).hexdigest(), size=len(raw))


class Manifest(_Strict):
    """`commit` is empty outside a repository; `files` has each path from the site's folder."""

    edition: Edition
    commit: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40,64})?$")]
    uncommitted: bool
    """Whether sources or data went in that no commit holds."""
    as_of: date
    release: str = ""
    """The occasion whose figures it shows; empty for those of today."""
    files: dict[str, Entry]

    def text(self) -> str:
        """The manifest as JSON, the same for the same site."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"

    def same_origin(self, files: dict[str, Entry]) -> "Manifest":
        """The manifest of other files made from the same sources."""
        return self.model_copy(update={"files": dict(sorted(files.items()))})


def entries(folder: Path) -> dict[str, Entry]:
    """What a folder holds, without its manifest."""
    found = {name: Entry.of(path.read_bytes()) for name, path in _files(folder) if path.is_file()}
    return dict(sorted(found.items()))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name != NAME and (path.is_symlink() or not path.is_dir()):
            yield name, path


def read(folder: Path) -> Manifest | None:
    """The manifest that stands in a folder, None where there is none that can be read."""
    try:
        return Manifest.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError):
        return None


def faults(folder: Path) -> list[Problem]:
    """Where a folder is not what its manifest says."""
    manifest = read(folder)
    if manifest is None:
        message = "须有清单并能读取，现在没有；请用 archive build 重新生成"
        return [Problem(f"{folder.name}/{NAME}", 1, message)]
    told = manifest.files
    # What is no plain file, a link above all, might change after it was looked at.
    links = [name for name, path in _files(folder) if path.is_symlink() or not path.is_file()]
    found = {name: entry for name, entry in entries(folder).items() if name not in links}
    messages = dict.fromkeys(links, "须是普通文件，现为链接或其他")
    messages |= dict.fromkeys(
        told.keys() - found.keys() - set(links), "须有清单所列的文件，现在没有"
    )
    messages |= dict.fromkeys(found.keys() - told.keys(), "清单没有列的文件不得有")
    changed = (name for name in found.keys() & told.keys() if found[name] != told[name])
    messages |= dict.fromkeys(changed, "内容须与清单的校验值相符，现不相符")
    return [
        Problem(f"{folder.name}/{_shown(name)}", 1, what) for name, what in sorted(messages.items())
    ]


def _shown(name: str) -> str:
    """A file's name on one line, as text, whatever bytes it is made of."""
    return name.replace("\n", "\\n").encode("utf-8", "backslashreplace").decode()
