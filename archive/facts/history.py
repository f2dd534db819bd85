"""What Git tells of the sources: when files were changed, which commit they are, what is in none."""

import subprocess
from datetime import date
from functools import lru_cache
from pathlib import Path

from archive.facts.project import SOURCES, Project


def git(root: Path, *args: str) -> str:
    """What a Git command prints; nothing where it fails or there is no Git, no history, no repository."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *args],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
        )
    except (OSError, ValueError, subprocess.CalledProcessError):  # ValueError: no such name can be
        return ""
    return done.stdout


@lru_cache(maxsize=4)
def changed(root: Path) -> dict[str, date]:
    """Path from the root → the day of the last commit that changed it.

    Empty for a shallow clone too: there every file seems to have been changed by the one commit.
    """
    if git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    days: dict[str, date] = {}
    day = None
    for line in git(
        root, "log", "--format=%x00%cs", "--name-only", "--relative", "--", "docs"
    ).split("\n"):
        if line.startswith("\0"):
            day = date.fromisoformat(line[1:])
        elif line and day:
            days.setdefault(line, day)
    return days


def last_commit(root: Path) -> date | None:
    """The day of the last commit, None where there is none."""
    day = git(root, "log", "-1", "--format=%cs").strip()
    return date.fromisoformat(day) if day else None


def head(root: Path) -> str:
    """The commit the sources stand at, empty where there is none."""
    return git(root, "rev-parse", "HEAD").strip()


@lru_cache(maxsize=64)
def content(project: Project, commit: str) -> dict[str, str]:
    """File the site is made of → its mode and digest at a commit; signatures, `data/reviews/`, left out.

    Empty where there is no such commit.
    """
    data = project.name(project.data)
    told = git(project.root, "ls-tree", "-r", "-z", commit, "--", *SOURCES, data)
    listed = (line.partition("\t") for line in told.split("\0") if line)
    return {path: kind for kind, _, path in listed if not path.startswith(f"{data}/reviews/")}


def uncommitted(project: Project) -> list[str]:
    """What the site is made of and no commit holds, as messages call it: such a site cannot be made again."""
    made_of = *SOURCES, str(project.data)
    status = git(project.root, "--no-optional-locks", "status", "--porcelain", "--", *made_of)
    found = [line[3:] for line in status.splitlines()]
    held = git(project.root, "ls-files", "--", str(project.data))
    if not held:
        return [*found, f"{project.name(project.data)}/"]
    # What Git is told to ignore, perhaps on this machine alone, goes into the site all the same.
    ignored = git(
        project.root, "ls-files", "--others", "--ignored", "--exclude-standard",
        "--", "docs", "overrides", str(project.data),
    )  # fmt: skip
    hidden = (".", "~")
    return found + [
        line for line in ignored.splitlines() if not line.rpartition("/")[2].startswith(hidden)
    ]
