"""GitHub's REST API, and as much of it as Gitea and Forgejo have in common with it."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import quote

from archive.proposals.pulls.forge import Forge, Issue, Preview, Pull

BOTS: Mapping[str, tuple[str, ...]] = {
    "github": ("github-actions[bot]",),
    "gitea": ("gitea-actions",),
    # Forgejo has renamed this user; older comments keep the old name.
    "forgejo": ("forgejo-actions", "gitea-actions"),
}
"""Kind of forge → the users it names as the author of what a workflow writes."""


class GitHub(Forge):
    """A repository, named owner/name, on a forge of one of the kinds in `BOTS`."""

    environment = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN", "GITHUB_SERVER_URL")
    opening_right = (
        "在仓库的 Settings → Actions → General 里勾选"
        "“Allow GitHub Actions to create and approve pull requests”"
    )

    @property
    def root(self) -> str:
        """The path of the repository."""
        return f"/repos/{quote(self.repository)}"

    @property
    def comment_follows(self) -> bool:
        """On GitHub it follows the check; the others start nothing for what their own user does."""
        return self.kind == "github"

    def issue(self, number: int) -> Issue:
        """An issue as it is now."""
        found = self.call("GET", f"/issues/{number}")
        is_open = not found.get("pull_request") and found["state"] == "open"
        return Issue(found["title"], found["body"] or "", is_open)

    def pulls(self, state: Literal["open", "all"], branch: str | None = None) -> Iterator[Pull]:
        """The pull requests in a state, the newest first."""
        for pull in map(self._pull, self.pages("/pulls", self._size, state=state)):
            if branch is None or (pull.own and pull.branch == branch):
                yield pull

    @property
    def _size(self) -> str:
        """How the forge calls the number of items that a page of a list is to have."""
        return "per_page" if self.kind == "github" else "limit"

    def commits(self, number: int) -> list[Any]:
        """The commits of a pull request, as the forge tells of them; their order differs from forge to forge."""
        return list(self.pages(f"/pulls/{number}/commits", self._size))

    def _pull(self, found: Any) -> Pull:
        head = found["head"]
        there = head["repo"] or {}
        return Pull(
            int(found["number"]),
            "merged" if found["merged_at"] else found["state"],
            head["ref"],
            head["sha"],
            found["base"]["ref"],
            there.get("full_name") == self.repository,
            there.get("html_url"),
        )

    def event_pulls(self, event: Any) -> tuple[list[Pull], Preview]:
        """The pull requests of an event workflow_run or pull_request_target."""
        run = event.get("workflow_run")
        if run is None:
            return [self._pull(event["pull_request"])], Preview(None, None)
        made = self.call("GET", f"/actions/runs/{run['id']}/artifacts")["artifacts"]
        ids = [one["id"] for one in made if one["name"] == "preview" and not one["expired"]]
        address = f"{run['html_url']}/artifacts/{ids[0]}" if ids else None
        # A run names its pull request only if that is from the same repository, so compare the commit.
        # Several may bring it: a new one must not leave the others with a comment on what they were.
        found = [one for one in self.pulls("open") if one.commit == run["head_sha"]]
        return found, Preview(address, run["html_url"])

    def event_issue(self, event: Any) -> int | None:
        """The number of the issue of an event issues."""
        return int(event["issue"]["number"])

    def event_main(self, event: Any) -> str:
        """The default branch."""
        return str(event["repository"]["default_branch"])

    def pull_ref(self, number: int) -> str:
        """The ref of the commit of a pull request."""
        return f"refs/pull/{number}/head"

    def open_pull(self, title: str, body: str, branch: str, base: str) -> int:
        """Open a pull request; returns its number."""
        text = {"title": title, "body": body, "head": branch, "base": base}
        return int(self.call("POST", "/pulls", text)["number"])

    def start_checks(self, branch: str, workflows: tuple[str, ...]) -> None:
        """Start the workflows for a branch: the forge starts none by itself for a push by a workflow."""
        for name in workflows:
            self.call("POST", f"/actions/workflows/{name}/dispatches", {"ref": branch})

    def _comments(self, number: int, kind: Literal["issues", "pulls"]) -> str:
        return f"/issues/{number}/comments"

    def _one_comment(self, comments: str, comment: Any) -> str:
        return f"/issues/comments/{comment['id']}"

    def _listed(self, comments: str) -> Iterator[Any]:
        # Gitea and Forgejo give all of them at once.
        if self.kind == "github":
            return self.pages(comments)
        return iter(self.listed(comments))

    def _is_ours(self, comment: Any) -> bool:
        return (comment["user"] or {}).get("login") in BOTS[self.kind]
