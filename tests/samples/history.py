"""Git run in a folder with a fixed author."""

import subprocess
from pathlib import Path


def git(folder: Path, *args: str, day: str = "2026-01-01", time: str = "12:00:00") -> None:
    moment = f"{day}T{time}+00:00"
    subprocess.run(
        ["git", "-c", "user.name=甲", "-c", "user.email=a@example.org", *args],
        cwd=folder,
        env={"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
