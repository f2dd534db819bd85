"""Git, asked in one way. Every question has three outcomes: an answer, none, or a refusal."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

# A hook, or a shell within one, tells Git by these which repository is meant: that of the hook,
# whatever folder is asked. `git rev-parse --local-env-vars` lists them; those that carry settings
# (GIT_CONFIG_COUNT and the like) stay, for they are the user's word.
_OF_A_HOOK = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
)  # fmt: skip
_NO_REPOSITORY = "not a git repository (or any"
_OWNED_BY_ANOTHER = "dubious ownership"


class GitError(Exception):
    """Git refused: says in Chinese what had to work, and why it did not in Git's own words."""


def git(
    root: Path, *args: str, data: bytes = b"", environment: Mapping[str, str] | None = None
) -> bytes | None:
    """What a Git command prints in the folder `root`; raises GitError where Git refuses.

    None where there is no repository, or where Git answers a `--quiet` question by no. `data` goes to
    its standard input, `environment` is set beside what there is. No shell: an argument is one.
    """
    inherited = {name: text for name, text in os.environ.items() if name not in _OF_A_HOOK}
    # Git's words are looked into, so they are to be English whatever the user's language.
    spoken = {"LC_ALL": "C", "LANGUAGE": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *args],
            cwd=root,
            input=data,
            env={**inherited, **spoken, **(environment or {})},
            capture_output=True,
            check=False,
        )
    except (FileNotFoundError, NotADirectoryError):
        here = root.resolve()
        if any((folder / ".git").exists() for folder in (here, *here.parents)):
            raise GitError("须装有 git，现在找不到它；Debian 上运行 apt-get install git") from None
        return None
    except ValueError:  # a name with a NUL: there is nothing of that name
        return None
    if not done.returncode:
        return done.stdout
    said = " ".join(done.stderr.decode("utf-8", "replace").split())
    if not said or _NO_REPOSITORY in said:
        return None
    raise GitError(f"git {args[0]} 须成功，现为：{said}{_hint(root, said)}")


def _hint(root: Path, said: str) -> str:
    if _OWNED_BY_ANOTHER not in said:
        return ""
    return f"。目录属于另一个用户；确认可信后运行 git config --global --add safe.directory {root.resolve()}"


def line(root: Path, *args: str) -> str:
    """The one line that a Git command prints, empty where there is no answer; raises GitError."""
    return (git(root, *args) or b"").decode("utf-8", "replace").strip()


def names(root: Path, *args: str) -> list[str]:
    """What a Git command lists with `-z`, empty where there is no answer; raises GitError."""
    listed = (git(root, *args) or b"").decode("utf-8", "replace")
    return [name for name in listed.split("\0") if name]
