"""Answer a pull request: write the comment for reviewers on its newest commit."""

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
            base = f"refs/remotes/origin/{pull.base}"
            there = f"refs/remotes/pull/{pull.number}"
            self.repository.fetch(
                f"+refs/heads/{pull.base}:{base}", f"+{self.forge.pull_ref(pull.number)}:{there}"
            )
            if self.repository.commit_of(there) != pull.commit:
                return "拉取请求已有更新的提交，由那一次的检查写评论。"
            self._write(pull, base, preview)
            now = next((it for it in self.forge.pulls("open") if it.number == pull.number), pull)
            if now.commit == pull.commit:
                break
            pull, preview = now, Preview(None, None)
        return f"已在{self.forge.pull_name.format(pull.number)} 下写好评论。"

    def _write(self, pull: Pull, base: str, preview: Preview) -> None:
        """Write the comment on a commit. What an earlier one says never stands for this one.

        So it is taken back before the commit is read: that may take longer than a workflow may run.
        """
        self._say(pull, _UNREAD, only_if_there=True)
        editor = self.forge.editor(pull)
        try:
            text = comment(self.repository, base, pull.commit, self.as_of, editor, preview)
        except (ForgeError, GitError, UnknownRevisionError):
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


_UNREAD = "还没有看完这次提交，没有结论。过半小时还是这一句的，请维护人员看“评论”一项的运行记录。\n"
_FAILED = "程序看不了这次提交，没有结论。请维护人员看“评论”一项的运行记录，逐个文件看过再合并。\n"
