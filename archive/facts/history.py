"""The sources in Git: when files were changed, which commit they are at, what it holds.

Each function says what it returns where there is no repository, and raises GitError where a command
of Git fails.
"""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from archive.facts.project import DOCS, PROGRAM, SOURCES, Project
from archive.files.content import SETTINGS
from archive.files.git import git, line, names


def last_changes(project: Project) -> dict[str, date]:
    """Return path of a page, from the root → the day of the last commit that changed it.

    Days are reckoned in the bureau's time zone; a page is left out if its commit says no day. Empty without a
    repository or a commit, and for a shallow clone, in which every file seems to have been changed by one commit.
    """
    root, zone = project.root, project.time_zone
    if line(root, "rev-parse", "--is-shallow-repository") != "false" or not head(root):
        return {}
    days: dict[str, date | None] = {}
    day = None
    shown = ("--format=%x00%ct", "--name-only", "--relative")
    log = git(root, "log", *shown, "--", DOCS, f"{PROGRAM}/guide") or b""
    for entry in log.decode("utf-8", "replace").split("\n"):
        if entry.startswith("\0"):
            day = _day(entry[1:], zone)
        elif entry:
            days.setdefault(entry, day)
    return {path: day for path, day in days.items() if day}


def added_by(project: Project, folder: str) -> dict[str, str]:
    """Return file in a folder of the data, from the root → the author of the commit that added it.

    An author is told by the e-mail address. Empty without a commit, and for a shallow clone, in which
    every file seems to have been added by one commit.
    """
    root = project.root
    if line(root, "rev-parse", "--is-shallow-repository") != "false" or not head(root):
        return {}
    found: dict[str, str] = {}
    author = ""
    added = ("--diff-filter=A", "--no-renames", "--name-only", "--relative", "--format=%x00%aE")
    log = git(root, "log", *added, "--", project.name(project.data / folder)) or b""
    for entry in log.decode("utf-8", "replace").split("\n"):
        if entry.startswith("\0"):
            author = entry[1:].strip().lower()
        elif entry and author:
            found.setdefault(entry, author)
    return found


def last_commit(root: Path, zone: ZoneInfo) -> date | None:
    """Return the day of the last commit in that time zone; None if there is no commit, or it says no day."""
    return _day(line(root, "log", "-1", "--format=%ct"), zone) if head(root) else None


def _day(seconds: str, zone: ZoneInfo) -> date | None:
    """The day of a commit: whoever makes one writes into it what he likes, which need not be a time."""
    try:
        return datetime.fromtimestamp(int(seconds), zone).date()
    except (ValueError, OverflowError, OSError):
        return None


def head(root: Path) -> str:
    """Return the full id of the commit checked out; empty if there is none."""
    return line(root, "rev-parse", "--verify", "--quiet", "HEAD")


def folder_in_repository(root: Path) -> str:
    """Return the site's folder in its repository, with a slash at its end; empty if it is the top.

    Empty too where there is no repository, or one that does not have the site.
    """
    # Of a file whose conflict is not settled there is an entry for each side.
    listed = names(root, "ls-files", "--full-name", "-z", "--", SETTINGS)
    return listed[0].removesuffix(SETTINGS) if listed else ""


def source_digests(project: Project, commit: str) -> dict[str, str]:
    """Return file the site is made of → its mode, type and object id at a commit.

    Sign-offs, `data/reviews/`, are left out. Empty if there is no such commit.
    """
    reviews = f"{project.name(project.data)}/reviews/"
    entries = source_entries(project, commit).items()
    return {path: entry for path, entry in entries if not path.startswith(reviews)}


def source_entries(project: Project, commit: str) -> dict[str, str]:
    """Return file the site is made of, from the root → its mode, type and object id at a commit.

    Data outside the repository are not in it. Empty if there is no such commit.
    """
    root = project.root
    inside = project.data.resolve().is_relative_to(line(root, "rev-parse", "--show-toplevel"))
    made_of = (*SOURCES, project.name(project.data)) if inside else SOURCES
    return tree_entries(root, commit, made_of)


def tree_entries(root: Path, commit: str, paths: Iterable[str]) -> dict[str, str]:
    """Return file at or below these paths, from `root` → its mode, type and object id at a commit.

    Empty if there is no such commit.
    """
    if not commit_of(root, commit):
        return {}
    listed = names(root, "ls-tree", "-r", "-z", commit, "--", *paths)
    entries = (entry.partition("\t") for entry in listed)
    return {path: entry for entry, _, path in entries}


def commit_of(root: Path, revision: str) -> str:
    """Return the full id of the commit that a branch, tag or abbreviated id names; empty if none."""
    named = f"{revision}^{{commit}}"
    return line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", named)


def blobs(root: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """Return object id → content, for those that Git has."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    left = git(root, "cat-file", "--batch", data="\n".join([*wanted, ""]).encode()) or b""
    found: dict[str, bytes] = {}
    while left:
        head, _, left = left.partition(b"\n")
        id_, kind, *size = head.decode().split()
        if not size:  # Git has not got it
            continue
        content, left = left[: int(size[0])], left[int(size[0]) + 1 :]
        if kind == "blob":  # the commit of a submodule may be one of this repository too
            found[id_] = content
    return found
