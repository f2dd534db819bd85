"""What a backup holds: its manifest, which lists every file with its digest, and the names in the zip file."""

import json
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from archive.publish.manifest import FileEntry
from archive.publish.target import is_deployment_name
from archive.schema.disclosure import Edition

MANIFEST = "manifest.json"
BUNDLE = "repository.bundle"
FILES = "files/"
"""Folder of the published files, each named by its digest, so that deployments share them."""
SETTINGS = "settings/"
NOTE = "README.txt"
"""How to restore it, for whoever finds the file alone; it is not listed in the manifest."""
FONTS_FOLDER = "fonts/"
"""How the names of fonts begin that are the archive's own; others can be fetched again."""


def _path(path: str) -> str:
    """A path that stays in its folder, spelled the one way there is."""
    if (
        path in ("", ".")
        or path.startswith("/")
        or "\0" in path
        or str(PurePosixPath(path)) != path
    ):
        raise ValueError
    if ".." in PurePosixPath(path).parts:
        raise ValueError
    return path


def _name(name: str) -> str:
    """The name of a file, not of a path."""
    if "/" in name or name.startswith("."):
        raise ValueError
    return _path(name)


def _font(path: str) -> str:
    """A path that stands on a line of its own."""
    if not path.isprintable():
        raise ValueError
    return _path(path)


def _deployment(name: str) -> str:
    if not is_deployment_name(name):
        raise ValueError
    return name


InFolder = Annotated[str, AfterValidator(_path)]
Name = Annotated[str, AfterValidator(_name)]
Id = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PublishedFile(FileEntry):
    """A file of a deployment; `time` is when it last changed for readers, in seconds since 1970."""

    time: Annotated[int, Field(ge=0, le=2**33, strict=True)]


class PublishedSite(_Strict):
    """A folder that sites are published in: where it was, its deployments, the one that readers see."""

    folder: str
    current: str | None
    deployments: dict[Annotated[str, AfterValidator(_deployment)], dict[InFolder, PublishedFile]]
    seen: tuple[str, ...] = ()
    """The deployments that readers saw, the current one last; empty in a backup of an older program."""

    @model_validator(mode="after")
    def _current_is_there(self) -> "PublishedSite":
        if self.current is not None and self.current not in self.deployments:
            raise ValueError
        if not self.deployments.keys() >= {*self.seen}:
            raise ValueError
        return self


class SavedRepository(_Strict):
    """A repository: `head` is the branch checked out, empty for a commit alone; `site` its folder within."""

    bundle: FileEntry
    object_format: Literal["sha1", "sha256"]
    head: str
    commit: Id
    refs: dict[str, Id]
    site: Annotated[str, AfterValidator(lambda path: path and _path(path))]
    origin: str
    """The address of the remote, without a password; empty if there is none."""

    @model_validator(mode="after")
    def _head_is_a_branch(self) -> "SavedRepository":
        if self.head and not (self.head.startswith("refs/heads/") and self.head in self.refs):
            raise ValueError
        return self


class SavedSetting(FileEntry):
    """A file of settings, and where it was."""

    path: str


class BackupManifest(_Strict):
    """Everything in a backup; the same archive gives the same text."""

    format: Literal[1] = 1
    program: str
    repository: SavedRepository
    releases: tuple[str, ...]
    """The reported registers (data/releases/) of the commit."""
    published: dict[Edition, PublishedSite]
    settings: dict[Name, SavedSetting]
    left_out: tuple[str, ...]
    """Files that the settings name and that must be kept elsewhere: passwords, keys."""
    fonts: dict[Annotated[str, AfterValidator(_font)], FileEntry]
    """The fonts of print files, from the archive's folder or from that of the fetched ones."""

    def text(self) -> str:
        """The manifest as JSON."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"

    def entries(self) -> dict[str, FileEntry]:
        """The files of the zip file beside the manifest and the note: name → entry, sorted."""
        found: dict[str, FileEntry] = {BUNDLE: self.repository.bundle}
        for site in self.published.values():
            for files in site.deployments.values():
                found |= {FILES + one.sha256: one for one in files.values()}
        found |= {SETTINGS + name: one for name, one in self.settings.items()}
        return dict(sorted(found.items()))

    def restored_size(self) -> int:
        """The bytes that restoring writes: a file that several deployments share counts for each."""
        files = [
            one
            for site in self.published.values()
            for deployment in site.deployments.values()
            for one in deployment.values()
        ]
        single = [self.repository.bundle, *self.settings.values()]
        return sum(one.size for one in (*single, *files))
