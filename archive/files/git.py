"""Run Git. A command gives its output, or None where there is no answer, or raises GitError."""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha1, sha256
from pathlib import Path
from threading import Thread
from typing import IO

from archive.files.bounds import MAX_TOLD_BY_GIT, megabytes

# Within a hook these variables point Git to the hook's repository, whatever the current folder is. So
# they are removed. `git rev-parse --local-env-vars` lists them; those with settings of the user, such
# as GIT_CONFIG_COUNT, are kept.
_HOOK_VARIABLES = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
    # These change which files a path names.
    "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_LITERAL_PATHSPECS", "GIT_NOGLOB_PATHSPECS",
)  # fmt: skip
# Whatever the user's settings are: names as they are, every commit with its files, nothing else.
_SETTINGS = tuple(
    part
    for one in ("core.quotePath=false", "log.showRoot=true", "log.showSignature=false")
    for part in ("-c", one)
)
# A commit holds what its id stands for, the same in every clone: nothing is put in its place here.
_AS_COMMITTED = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}
_NO_REPOSITORY = "not a git repository (or any"
_OWNED_BY_ANOTHER = "dubious ownership"


class GitError(Exception):
    """A command of Git failed; the message says so in Chinese and quotes Git."""


def git(
    root: Path,
    *args: str,
    data: bytes = b"",
    environment: Mapping[str, str] | None = None,
    into: IO[bytes] | None = None,
    seconds: float | None = None,
) -> bytes | None:
    """Run a Git command in the folder `root` and return its standard output.

    Returns None where there is no repository, and where Git fails without a message, as it does with
    `--quiet`. Raises GitError where Git fails otherwise, and where it is not installed although there
    is a repository. `data` is its standard input; `environment` is added to that of this process. The
    output goes to the file `into` if there is one, whatever its size, and is returned as empty; else one of
    more than `MAX_TOLD_BY_GIT` raises GitError: a few trees that name each other list more files than any
    memory holds. A command that takes more than `seconds` is ended with all it has started, and raises
    GitError; it asks nobody for a password.
    """
    inherited = {name: text for name, text in os.environ.items() if name not in _HOOK_VARIABLES}
    # Git's messages are matched below, so they must be in English whatever the user's language is.
    in_english = {"LC_ALL": "C", "LANGUAGE": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        with subprocess.Popen(
            ["git", *_SETTINGS, *args],
            cwd=root,
            env={**inherited, **in_english, **_AS_COMMITTED, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=into or subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A session of its own has no terminal, and can be ended whole.
            start_new_session=seconds is not None,
        ) as process:
            try:
                if into or seconds is not None:
                    output, said = process.communicate(data, seconds)
                else:
                    output, said = _bounded(process, data)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise GitError(
                    f"git {args[0]} 须在 {seconds:g} 秒内有结果，现在没有；请检查网络，再运行一次"
                ) from None
            except BaseException:
                process.kill()
                raise
    except (FileNotFoundError, NotADirectoryError):
        here = root.resolve()
        if any((folder / ".git").exists() for folder in (here, *here.parents)):
            raise GitError(
                "须装有 git，现在找不到它；Debian 上请运行 apt-get install git"
            ) from None
        return None
    except ValueError:  # an argument with a NUL: nothing has such a name
        return None
    if output and len(output) > MAX_TOLD_BY_GIT:
        raise GitError(
            f"git {args[0]} 的结果须不超过 {megabytes(MAX_TOLD_BY_GIT)}，现在超过；"
            "请看提交里是不是有极多的文件或者极大的文件，删去再提交"
        )
    if not process.returncode:
        return output or b""
    told = said.decode("utf-8", "replace")
    message = " ".join(told.split())
    # A hint is no message: some commands give one on the file of grafts that is named above.
    silent = all(one.startswith("hint:") for one in told.splitlines())
    if silent or _NO_REPOSITORY in message:
        return None
    raise GitError(f"git {args[0]} 须成功，现为：{message}{_hint(root, message)}")


def _bounded(process: subprocess.Popen[bytes], data: bytes) -> tuple[bytes, bytes]:
    """Give a command its input and return what it prints and says, of the former no more than too much."""
    given, printed, said = process.stdin, process.stdout, process.stderr
    assert given
    assert printed
    assert said
    told: list[bytes] = []

    def give() -> None:
        with suppress(BrokenPipeError), given:
            given.write(data)

    beside = [Thread(target=give), Thread(target=lambda: told.append(said.read()))]
    for thread in beside:
        thread.start()
    output = printed.read(MAX_TOLD_BY_GIT + 1)
    if len(output) > MAX_TOLD_BY_GIT:
        process.kill()
    for thread in beside:
        thread.join()
    process.wait()
    return output, b"".join(told)


def _hint(root: Path, message: str) -> str:
    if _OWNED_BY_ANOTHER not in message:
        return "；请照 Git 所说的改好，再运行一次"
    return f"；目录属于另一个用户，确认可信后请运行 git config --global --add safe.directory {root.resolve()}"


def line(root: Path, *args: str) -> str:
    """Return the output of a Git command as stripped text, empty for None; raises GitError as `git`."""
    return (git(root, *args) or b"").decode("utf-8", "replace").strip()


def names(root: Path, *args: str) -> list[str]:
    """Return what a Git command lists with `-z`, empty for None; raises GitError as `git` does."""
    # Names in another encoding must stay distinct, so their bytes are spelt out.
    listed = (git(root, *args) or b"").decode("utf-8", "backslashreplace")
    return [name for name in listed.split("\0") if name]


def blob_id(raw: bytes, like: str) -> str:
    """Return the object id that Git gives a file with this content; `like` ends with one of its ids."""
    whole = b"blob %d\0" % len(raw) + raw
    if len(like.split()[-1]) == 64:
        return sha256(whole).hexdigest()
    return sha1(whole, usedforsecurity=False).hexdigest()
