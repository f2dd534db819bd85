"""Answer a pull request: write the comment for reviewers on its newest commit."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from archive.files.git import GitError
from archive.proposals.diff.as_markdown import code
from archive.proposals.diff.revisions import UnknownRevisionError
from archive.proposals.pulls.comment import MARK, comment
from archive.proposals.pulls.forge import Forge, ForgeError, Preview, Pull
from archive.proposals.pulls.repository import Repository
from archive.schema.releases import short

MAX_ATTEMPTS = 5
"""How often to write the comment anew for a branch that is pushed to at the same time."""


class UnreadPullError(Exception):
    """The program fails at what a pull request holds; text in Chinese."""


_ERRORS = (ForgeError, GitError, UnknownRevisionError, UnreadPullError)
"""What keeps a pull request from being answered."""


@dataclass(frozen=True, slots=True)
class PullAnswer:
    """The comment on pull requests: their forge, and a clone of the repository."""

    forge: Forge
    repository: Repository
    as_of: date

    def answer(self, pull: Pull, preview: Preview) -> str:
        """Write the comment on a pull request as it was told of; returns one line on what was done.

        If somebody pushes to its branch meanwhile, it is written again: of two workflows that run at once,
        the one with the older commit may write last. Raises ForgeError, GitError, UnknownRevisionError,
        UnreadPullError.
        """
        for _ in range(MAX_ATTEMPTS):
            if not self._fetched(pull):
                return "拉取请求已有更新的提交，由那一次的检查写评论。"
            self._write(pull, preview)
            now = next((it for it in self.forge.pulls("open") if it.number == pull.number), pull)
            if now.commit == pull.commit:
                break
            pull, preview = now, Preview(None, None)
        return f"已在{self.forge.pull_name.format(pull.number)} 下写好评论。"

    def answer_all(self, pulls: Sequence[Pull], preview: Preview) -> Iterator[str]:
        """Answer pull requests that bring one commit: yields a line each; of errors it raises the first at the end.

        Anybody can open one more for the commit of another: what is wrong with one keeps no other from being
        answered, nor what is said of it from being taken back.
        """
        for pull in pulls if len(pulls) > 1 else ():
            with suppress(*_ERRORS):  # it is met again
                if self._fetched(pull):
                    self._say(pull, _UNREAD, only_if_there=True)
        errors = []
        for pull in pulls:
            try:
                yield self.answer(pull, preview)
            except _ERRORS as error:
                errors.append(error)
        if errors:
            raise errors[0]

    def _fetched(self, pull: Pull) -> bool:
        """Fetch a pull request and what it is for; returns whether its commit is still the newest."""
        there = f"refs/remotes/pull/{pull.number}"
        self.repository.fetch(
            f"+refs/heads/{pull.base}:{_base(pull)}", f"+{self.forge.pull_ref(pull.number)}:{there}"
        )
        return self.repository.commit_of(there) == pull.commit

    def _write(self, pull: Pull, preview: Preview) -> None:
        """Write the comment on a commit. What an earlier one says never stands for this one.

        So it is taken back before the commit is read: that may take longer than a workflow may run.
        """
        self._say(pull, _UNREAD, only_if_there=True)
        editor = self.forge.editor(pull)
        try:
            text = comment(self.repository, _base(pull), pull.commit, self.as_of, editor, preview)
        except _ERRORS:
            raise
        except Exception as error:
            self._say(pull, _FAILED)
            what = self.forge.pull_name.format(pull.number)
            raise UnreadPullError(
                f"{what} 须读得出来，程序现在出错（{type(error).__name__}）；请维护人员报告，并逐个文件看过再合并"
            ) from error
        self._say(pull, text)

    def _say(self, pull: Pull, text: str, only_if_there: bool = False) -> None:
        about = f"以下是提交 {code(short(pull.commit))} 并入 {code(pull.base)} 的结果。"
        self.forge.say(pull.number, "pulls", MARK, f"{about}\n\n{text}", only_if_there)


def _base(pull: Pull) -> str:
    return f"refs/remotes/origin/{pull.base}"


_UNREAD = "还没有看完这次提交，没有结论。过半小时还是这一句的，请维护人员看“评论”一项的运行记录。\n"
_FAILED = "程序看不了这次提交，没有结论。请维护人员看“评论”一项的运行记录，逐个文件看过再合并。\n"
