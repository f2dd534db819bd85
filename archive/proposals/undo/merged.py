"""Find the commits by which a pull request was merged: by the merge's message, or as the forge tells."""

import re
from dataclasses import dataclass

from archive.facts.history import commit_of
from archive.files.git import git, line
from archive.proposals.pulls.github import GitHub
from archive.proposals.pulls.repository import Repository
from archive.schema.releases import short


class UndoError(Exception):
    """The pull request cannot be taken back; the text says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class MergedPull:
    """A merged pull request: the commit before it and the last one of it, in the history of the branch."""

    number: int
    before: str
    after: str


_SUBJECTS = tuple(
    map(
        re.compile,
        (
            r"Merge pull request #(\d+) from \S+",  # GitHub
            r"Merge pull request '.*' \(#(\d+)\) from \S+(?: into \S+)?",  # Gitea, Forgejo
            r".+ \(#(\d+)\)",  # squashed
        ),
    )
)
_LINES = tuple(
    map(
        re.compile,
        (
            r"Reviewed-on: \S+/pulls/(\d+)",  # Gitea, Forgejo
            r"See merge request \S*!(\d+)",  # GitLab
        ),
    )
)


def number_in(message: str) -> int | None:
    """The number of the pull request that a merge's message names as the forges write it; None if none."""
    subject, *lines = message.splitlines() or [""]
    for pattern, text in (
        *((pattern, subject) for pattern in _SUBJECTS),
        *((pattern, text) for pattern in _LINES for text in lines),
    ):
        found = pattern.fullmatch(text.strip())
        if found:
            return int(found[1])
    return None


def find_merged(
    repository: Repository, base: str, number: int, forge: GitHub | None, commits: str | None = None
) -> MergedPull:
    """The pull request as it stands in the history of the commit `base`.

    `commits` is what somebody names instead of searching: a commit, or `first..last`. Raises UndoError
    if it is not found or not merged, ForgeError if the forge does not answer.
    """
    if commits:
        first, _, last = commits.partition("..")
        return _pull(repository, base, number, first, last or first)
    found = _by_message(repository, base, number)
    if len(found) == 1:
        return _pull(repository, base, number, found[0], found[0])
    if forge:
        return _by_forge(repository, base, number, forge)
    what = "没有一次合并的说明里有这个编号" if not found else f"有 {len(found)} 次合并都写着它"
    raise UndoError(
        f"须找得到拉取请求 #{number} 的合并，{what}（变基合并的没有编号）；请先运行 git fetch，"
        "或者设好令牌 ARCHIVE_TOKEN 由平台来找，或者加 --commits 写明是哪些提交，如 --commits 第一个..最后一个"
    )


def _by_message(repository: Repository, base: str, number: int) -> list[str]:
    """The merges of that number; what authors write in their own commits is not among them."""
    names_it = ("--extended-regexp", f"--grep=[#!/]{number}([^0-9]|$)")
    raw = repository.run("log", "--first-parent", *names_it, "-z", "--format=%H%n%B", base)
    entries = (entry.partition("\n") for entry in raw.decode("utf-8", "replace").split("\0"))
    return [commit for commit, _, message in entries if number_in(message) == number]


def _by_forge(repository: Repository, base: str, number: int, forge: GitHub) -> MergedPull:
    told = forge.call("GET", f"/pulls/{number}")
    if not told["merged_at"]:
        raise UndoError(f"拉取请求 #{number} 须已经合并，现在没有；不要它的，请在平台上关闭它")
    last = str(told["merge_commit_sha"])
    alone = _pull(repository, base, number, last, last)
    if _is_merge(repository, last):
        return alone
    made = [one for one in forge.commits(number) if len(one.get("parents") or []) < 2]
    messages = [str(one["commit"]["message"]).strip() for one in made]
    count = len(messages)
    there = repository.run("log", "--first-parent", "-z", "--format=%B", f"-{count + 1}", last)
    merged = [one.strip() for one in there.decode("utf-8", "replace").split("\0")][:count]
    # Rebased: its commits stand there one by one. The forges list them in either order.
    if merged in (messages, messages[::-1]):
        return _pull(repository, base, number, f"{last}~{count - 1}", last)
    if merged and merged[0] in messages:
        raise UndoError(
            f"拉取请求 #{number} 变基合并的提交须与平台列出的一致，现不一致；"
            "请加 --commits 写明是哪些提交，如 --commits 第一个..最后一个"
        )
    return alone


def _is_merge(repository: Repository, commit: str) -> bool:
    return bool(commit_of(repository.root, f"{commit}^2"))


def _pull(repository: Repository, base: str, number: int, first: str, last: str) -> MergedPull:
    """The pull request of these commits; raises UndoError if they are not in the history of `base`."""
    root = repository.root
    begin, after = commit_of(root, first), commit_of(root, last)
    for name, commit in ((first, begin), (last, after)):
        if not commit or git(root, "merge-base", "--is-ancestor", commit, base) is None:
            raise UndoError(
                f"提交 {name} 须在要改的分支里，现在不在；请先运行 git fetch，或者用 --base 写明分支"
            )
    before = line(root, "rev-parse", "--verify", "--quiet", f"{begin}^1")
    if not before:
        raise UndoError(
            f"提交 {short(begin)} 是仓库的第一个提交，不能撤回；请直接改文件，另开拉取请求"
        )
    if git(root, "merge-base", "--is-ancestor", begin, after) is None:
        raise UndoError(f"提交须从先到后，现为 {first}..{last}；请对调")
    return MergedPull(number, before, after)
