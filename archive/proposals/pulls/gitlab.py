"""GitLab's REST API: projects, issues and merge requests, each with notes and numbers of their own."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal
from urllib.parse import quote

from archive.proposals.pulls.forge import Forge, Issue, Preview, Pull

_STATES: dict[str, Literal["open", "closed", "merged"]] = {
    "opened": "open", "locked": "open", "closed": "closed", "merged": "merged",
}  # fmt: skip
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
"""What a template explains to the one who fills it in, and GitLab does not show."""


class GitLab(Forge):
    """A project, named by its path. The token is an access token of the project with the role Developer."""

    environment = ("CI_API_V4_URL", "CI_PROJECT_PATH", "ARCHIVE_TOKEN", "CI_SERVER_URL")
    opening_right = (
        "核对令牌 ARCHIVE_TOKEN 没有到期，角色是 Developer，范围是 api 和 write_repository"
    )
    pull_name = "合并请求 !{}"
    update = "PUT"

    @property
    def root(self) -> str:
        """The path of the project."""
        return f"/projects/{quote(self.repository, safe='')}"

    def issue(self, number: int) -> Issue:
        """An issue as it is now, without the remarks of its template."""
        found = self.call("GET", f"/issues/{number}")
        body = self.without_remarks(found["description"] or "")
        return Issue(found["title"], body, found["state"] == "opened")

    @staticmethod
    def without_remarks(text: str) -> str:
        """What somebody has written in a template, as it is shown."""
        # Beyond the last end there is none: what only begins is looked through but once.
        end = text.rfind("-->") + len("-->")
        return _REMARK.sub("", text[:end]) + text[end:]

    def fetch(self, address: str, most: int) -> bytes:
        """The content of an attachment, by the API: the token opens no other address."""
        _, _, path = address.partition("/uploads/")
        return super().fetch(f"{self.api}{self.root}/uploads/{path}", most)

    def pulls(self, state: Literal["open", "all"], branch: str | None = None) -> Iterator[Pull]:
        """The merge requests in a state, the newest first."""
        query = {"state": "opened" if state == "open" else "all", "scope": "all"}
        if branch is not None:
            query["source_branch"] = branch
        for pull in map(self._pull, self.pages("/merge_requests", **query)):
            if branch is None or pull.own:
                yield pull

    def _pull(self, found: Any) -> Pull:
        own = found["source_project_id"] == found["target_project_id"]
        project = found["web_url"].partition("/-/merge_requests/")[0]
        return Pull(
            int(found["iid"]),
            _STATES[found["state"]],
            found["source_branch"],
            found["sha"],
            found["target_branch"],
            own,
            project if own else None,
        )

    def event_pulls(self, event: Any) -> tuple[list[Pull], Preview]:
        """The open merge request of a hook's payload, as it is now."""
        nothing = Preview(None, None)
        if event.get("object_kind") != "merge_request":
            return [], nothing
        pull = self._pull(self.call("GET", f"/merge_requests/{event['object_attributes']['iid']}"))
        return ([pull] if pull.state == "open" else []), nothing

    def event_issue(self, event: Any) -> int | None:
        """The number of the issue of a hook's payload."""
        is_issue = event.get("object_kind") == "issue"
        return int(event["object_attributes"]["iid"]) if is_issue else None

    def event_main(self, event: Any) -> str:
        """The default branch."""
        return str(event["project"]["default_branch"])

    def pull_ref(self, number: int) -> str:
        """The ref of the commit of a merge request."""
        return f"refs/merge-requests/{number}/head"

    def open_pull(self, title: str, body: str, branch: str, base: str) -> int:
        """Open a merge request; returns its number."""
        text = {"title": title, "description": body, "source_branch": branch, "target_branch": base}
        return int(self.call("POST", "/merge_requests", text)["iid"])

    def start_checks(self, branch: str, workflows: tuple[str, ...]) -> None:
        """Nothing: GitLab starts the pipeline of a merge request whoever has opened it."""

    def _comments(self, number: int, kind: Literal["issues", "pulls"]) -> str:
        return f"/{'issues' if kind == 'issues' else 'merge_requests'}/{number}/notes"

    def _one_comment(self, comments: str, comment: Any) -> str:
        return f"{comments}/{comment['id']}"

    def _listed(self, comments: str) -> Iterator[Any]:
        return self.pages(comments, sort="asc", order_by="created_at")

    def _is_ours(self, comment: Any) -> bool:
        return bool(comment["author"]["id"] == self._self)

    @cached_property
    def _self(self) -> int:
        """The id of the token's user: a bot that GitLab makes for it."""
        return int(self._call("GET", "/user", None, {})["id"])
