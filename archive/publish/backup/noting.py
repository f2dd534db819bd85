"""Where the last backup of a clone was written, noted in the settings of the clone's repository."""

from pathlib import Path

from archive.facts.project import Project
from archive.files.git import GitError, git, line

_SETTING = "archive.backup"


def note_backup(project: Project, file: Path) -> None:
    """Note the backup; a repository that may only be read keeps no note."""
    try:
        git(project.root, "config", "--local", _SETTING, str(file.resolve()))
    except GitError:
        return


def last_backup(project: Project) -> Path | None:
    """The file of the last backup, whether it is still there or not; None if none is noted."""
    noted = line(project.root, "config", "--local", "--get", _SETTING)
    return Path(noted) if noted else None
