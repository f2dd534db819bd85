"""Answer a pull request: write the comment for reviewers on its newest commit."""

from dataclasses import dataclass
from datetime import date

from archive.proposals.pulls.comment import MARK, comment
from archive.proposals.pulls.forge import Forge, Preview, Pull
from archive.proposals.pulls.repository import Repository

MAX_ATTEMPTS = 5
"""How often to write the comment anew for a branch that is pushed to at the same time."""


@dataclass(frozen=True, slots=True)
class PullAnswer:
    """The comment on pull requests: their forge, and a clone of the repository."""

    forge: Forge
    repository: Repository
    as_of: date

    def answer(self, pull: Pull, preview: Preview) -> str:
        """Write the comment on a pull request as it was told of; returns one line on what was done.

        If somebody pushes to its branch meanwhile, it is written again: of two workflows that run at once,
        the one with the older commit may write last. Raises ForgeError, GitError.
        """
        for _ in range(MAX_ATTEMPTS):
            base = f"refs/remotes/origin/{pull.base}"
            there = f"refs/remotes/pull/{pull.number}"
            self.repository.fetch(
                f"+refs/heads/{pull.base}:{base}", f"+{self.forge.pull_ref(pull.number)}:{there}"
            )
            if self.repository.commit_of(there) != pull.commit:
                return "拉取请求已有更新的提交，由那一次的检查写评论。"
            editor = self.forge.editor(pull)
            text = comment(self.repository, base, pull.commit, self.as_of, editor, preview)
            self.forge.say(pull.number, "pulls", MARK, text)
            now = next((it for it in self.forge.pulls("open") if it.number == pull.number), pull)
            if now.commit == pull.commit:
                break
            pull, preview = now, Preview(None, None)
        return f"已在{self.forge.pull_name.format(pull.number)} 下写好评论。"
