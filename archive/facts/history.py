"""What Git tells of the sources: when files were changed, which commit they are, what is in none.

Where there is no repository there is no answer, and each function says what it gives then; where Git
refuses one, each raises GitError.
"""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from archive.facts.project import SOURCES, Project
from archive.files.git import git, line, names


def changed(project: Project) -> dict[str, date]:
    """Path from the root → the day of the last commit that changed it, in the bureau's time zone.

    Empty for a shallow clone too: there every file seems to have been changed by the one commit.
    """
    root, zone = project.root, project.time_zone
    if line(root, "rev-parse", "--is-shallow-repository") != "false" or not head(root):
        return {}
    days: dict[str, date] = {}
    day = None
    log = git(root, "log", "--format=%x00%ct", "--name-only", "--relative", "--", "docs") or b""
    for told in log.decode("utf-8", "replace").split("\n"):
        if told.startswith("\0"):
            day = _day(told[1:], zone)
        elif told and day:
            days.setdefault(told, day)
    return days


def last_commit(root: Path, zone: ZoneInfo) -> date | None:
    """The day of the last commit in that time zone, None where there is none."""
    return _day(line(root, "log", "-1", "--format=%ct"), zone) if head(root) else None


def _day(seconds: str, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(int(seconds), zone).date()


def head(root: Path) -> str:
    """The commit the sources stand at, empty where there is none."""
    return line(root, "rev-parse", "--verify", "--quiet", "HEAD")


def content(project: Project, commit: str) -> dict[str, str]:
    """File the site is made of → its mode and digest at a commit; signatures, `data/reviews/`, left out.

    Empty where there is no such commit.
    """
    if not commit_of(project.root, commit):
        return {}
    data = project.name(project.data)
    told = names(project.root, "ls-tree", "-r", "-z", commit, "--", *SOURCES, data)
    listed = (one.partition("\t") for one in told)
    return {path: kind for kind, _, path in listed if not path.startswith(f"{data}/reviews/")}


def commit_of(root: Path, revision: str) -> str:
    """The commit that a branch, a tag or a commit's beginning names, empty where it names none."""
    named = f"{revision}^{{commit}}"
    return line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", named)


def uncommitted(project: Project) -> list[str]:
    """What the site is made of and no commit holds, as messages call it: such a site cannot be made again."""
    root = project.root
    top = line(root, "rev-parse", "--show-toplevel")
    inside = bool(top) and project.data.resolve().is_relative_to(top)
    made_of = (*SOURCES, str(project.data)) if inside else SOURCES
    status = git(root, "--no-optional-locks", "status", "--porcelain", "--", *made_of) or b""
    found = [told[3:] for told in status.decode("utf-8", "replace").splitlines()]
    if not inside or not line(root, "ls-files", "--", str(project.data)):
        return [*found, f"{project.name(project.data)}/"]
    # What Git is told to ignore, perhaps on this machine alone, goes into the site all the same.
    others = ("ls-files", "--others", "--ignored", "--exclude-standard")
    ignored = line(root, *others, "--", "docs", "overrides", str(project.data))
    hidden = (".", "~")
    return found + [
        told for told in ignored.splitlines() if not told.rpartition("/")[2].startswith(hidden)
    ]
