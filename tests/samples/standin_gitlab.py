"""A GitLab to test against: what the stand-in holds, told in the words of GitLab's API."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.samples.standin import Forge, Route

_STATES = {"open": "opened", "closed": "closed"}
BOT = 7
"""The id of the token's user."""


class GitLab(Forge):
    """One project, whose path in the API is encoded as a whole."""

    pull_ref = "refs/merge-requests/{}/head"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "gitlab")
        self.prefix = "/api/v4"

    def attach(self, name: str, raw: bytes) -> str:
        """Somebody drags a file into an issue; the link that stands there then is the project's own."""
        path = f"/uploads/{len(self.files) + 1:032x}/{name}"
        self.files[path] = raw
        return f"[{name}]({path})"

    def issue_event(self, number: int, action: str = "edited") -> dict[str, Any]:
        """What a hook says of an issue."""
        return self._hook("issue", number)

    def pull_event(self, number: int) -> dict[str, Any]:
        """What a hook says of a merge request."""
        self.commit(number)
        return self._hook("merge_request", number)

    def _hook(self, kind: str, number: int) -> dict[str, Any]:
        return {
            "object_kind": kind,
            "object_attributes": {"iid": number},
            "project": {"default_branch": "main"},
        }

    def pull(self, number: int) -> dict[str, Any]:
        issue = self.issues[number]
        return {
            "iid": number,
            "state": "merged" if issue["merged_at"] else _STATES[issue["state"]],
            "source_branch": issue["branch"],
            "target_branch": "main",
            "sha": self.commit(number),
            "source_project_id": None if "fork" in issue else 4,
            "target_project_id": 4,
            "web_url": f"https://git.example/ju/dangan/-/merge_requests/{number}",
        }

    def comment(self, one: dict[str, Any]) -> dict[str, Any]:
        author = {"id": BOT if one["user"]["login"] == self.bot else BOT + 1}
        return {"id": one["id"], "body": one["body"], "author": author}

    def kept(self, listed: list[Any], query: dict[str, str]) -> list[Any]:
        branch, state = query.get("source_branch"), query.get("state", "all")
        found = (one for one in listed if state in ("all", one.get("state")))
        return [one for one in found if branch in (None, one.get("source_branch"))]

    def routes(self) -> Iterator[Route]:
        here = "/projects/ju%2Fdangan"
        yield "GET", "/user", lambda _: {"id": BOT}
        yield (
            "GET",
            rf"{here}(/uploads/\w+/[^/]+)",
            lambda path, _: self.files.get(unquote(path), 404),
        )
        yield "GET", rf"{here}/issues/(\d+)", self._filed
        yield "GET", rf"{here}/merge_requests", lambda _: [self.pull(one) for one in self.pulls()]
        yield "GET", rf"{here}/merge_requests/(\d+)", lambda number, _: self.pull(int(number))
        yield "POST", rf"{here}/merge_requests", self._asked
        for kind in ("issues", "merge_requests"):
            notes = rf"{here}/{kind}/(\d+)/notes"
            yield "GET", notes, self._listed
            yield "POST", notes, self._commented
            yield "PUT", rf"{notes}/(\d+)", lambda _, id_, data: self._updated(id_, data)
            yield "DELETE", rf"{notes}/(\d+)", lambda _, id_, data: self._deleted(id_, data)

    def _filed(self, number: str, _: Any) -> Any:
        issue = self.issues[int(number)]
        if "branch" in issue:  # a merge request, which is no issue here
            return 404
        told = {"title": issue["title"], "description": issue["body"]}
        return {**told, "state": _STATES[issue["state"]]}

    def _asked(self, data: Any) -> Any:
        if self.there(data["source_branch"]):
            return 409
        return {
            "iid": self.open(data["source_branch"], data["title"], data["description"], self.bot)
        }
