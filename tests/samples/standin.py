"""A forge to test against: a bare repository, and the part of its REST API that is used, on this machine.

It answers as its own description has it (`tests/samples/forges`): a request that the description does not know is
refused, an answer holds the described fields that the program reads and no other, and whatever does not fit fails
the test. Whatever a workflow's token may not do is refused, and every request is kept to be looked at.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from archive.proposals.pulls.github import BOTS
from tests.samples.forges import described
from tests.samples.history import git

NAME = "ju/dangan"
TOKEN = "token-of-the-workflow"
PEOPLE = "clerk"
Route = tuple[str, str, Callable[..., Any]]


class Forge:
    """What the forge holds. `bot` is whom it names as the author of what the workflow writes."""

    pull_ref = "refs/pull/{}/head"

    def __init__(self, folder: Path, kind: str = "github") -> None:
        self.bare = folder / "forge.git"
        git(folder, "init", "--bare", "--template=", "-b", "main", str(self.bare))
        self.kind = kind
        self.prefix = "" if kind == "github" else "/api/v1"
        self.bot = BOTS.get(kind, ("project_7_bot",))[0]
        self.issues: dict[int, dict[str, Any]] = {}
        self.comments: list[dict[str, Any]] = []
        self.artifacts: list[dict[str, Any]] = []
        self.dispatched: list[tuple[str, str]] = []
        self.refused: set[str] = set()
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.meanwhile: Callable[[str], None] = lambda asked: None
        """What happens before a request is answered."""
        self.api = ""
        self.files: dict[str, bytes] = {}
        """What is attached to issues: path below the forge's address → content."""

    # What people do in the browser.

    def file(self, title: str, body: str | None) -> int:
        """Somebody files an issue."""
        number = len(self.issues) + 1
        self.issues[number] = {"number": number, "title": title, "body": body, "state": "open"}
        return number

    def attach(self, name: str, raw: bytes) -> str:
        """Somebody drags a file into an issue; the link that stands there then."""
        number = len(self.files) + 1
        github = self.kind == "github"
        path = f"/user-attachments/files/{number}/{name}" if github else f"/attachments/0a-{number}"
        self.files[path] = raw
        return f"[{name}]({self.web}{path})"

    @property
    def web(self) -> str:
        """Its address in a browser."""
        return self.api.removesuffix(self.prefix)

    def open(self, branch: str, title: str = "改动", body: str = "", by: str = PEOPLE) -> int:
        """A pull request from a branch of the repository."""
        number = self.file(title, body)
        self.issues[number] |= {"pull_request": {}, "branch": branch, "merged_at": None, "by": by}
        return number

    def say(self, number: int, body: str, by: str = PEOPLE) -> dict[str, Any]:
        """A comment."""
        last = max((one["id"] for one in self.comments), default=0)
        said = {"id": last + 1, "issue": number, "body": body, "user": {"login": by}}
        self.comments.append(said)
        return said

    def said(self, number: int) -> list[str]:
        """The comments under an issue or pull request."""
        return [one["body"] for one in self.comments if one["issue"] == number]

    def close(self, number: int, merged: bool = False) -> None:
        self.issues[number]["state"] = "closed"
        self.issues[number]["merged_at"] = "2026-03-01T12:00:00Z" if merged else None

    def head(self, branch: str) -> str:
        path = self.bare / "refs" / "heads" / branch
        return path.read_text().strip() if path.exists() else ""

    def commit(self, number: int) -> str:
        """The commit of a pull request, which can be fetched as on the forges."""
        issue = self.issues[number]
        issue["sha"] = self.head(issue["branch"]) or issue.get("sha", "")
        ref = self.pull_ref.format(number)
        path = self.bare / ref
        if not path.exists() or path.read_text().strip() != issue["sha"]:
            git(self.bare, "update-ref", ref, issue["sha"])
        return str(issue["sha"])

    def pull(self, number: int) -> dict[str, Any]:
        """A pull request as the API tells it."""
        issue = self.issues[number]
        name = issue.get("fork", NAME)
        own = {"full_name": name, "html_url": f"https://git.example/{name}"}
        return {
            "id": 1000 + number,
            **{name: issue[name] for name in ("number", "state", "merged_at")},
            "head": {"ref": issue["branch"], "sha": self.commit(number), "repo": own},
            "base": {"ref": issue.get("base", "main")},
        }

    def pulls(self) -> list[int]:
        """The numbers of the pull requests, the newest first."""
        return [number for number, one in self.issues.items() if "branch" in one][::-1]

    # The events that start its workflows.

    def issue_event(self, number: int, action: str = "edited") -> dict[str, Any]:
        """What a workflow is told of an issue that somebody has opened, edited, closed, reopened."""
        return {"issue": {"number": number}, "repository": {"default_branch": "main"}}

    def pull_event(self, number: int) -> dict[str, Any]:
        """What the workflow that writes comments is told."""
        if self.kind != "github":
            return {"pull_request": self.pull(number)}
        sha = self.commit(number)
        return {"workflow_run": {"id": 7, "head_sha": sha, "html_url": "https://git.example/run/7"}}

    # What the workflow's requests do.

    def reply(self, method: str, path: str, query: dict[str, str], data: Any) -> tuple[int, Any]:
        self.asked.append(f"{method} {path}")
        self.meanwhile(f"{method} {path}")
        if any(part in path for part in self.refused):
            return 403, {"message": "refused"}
        call = described.call(self.kind, method, path)
        faults = described.request_faults(call, query, data) if call else [f"no {method} {path}"]
        if faults:
            self.faults += faults
            return 422, {"message": "; ".join(faults)}
        for asked, pattern, do in self.routes():
            found = re.fullmatch(pattern, path)
            if asked == method and found:
                return self._answered(call, do(*found.groups(), data), query)
        return 404, {"message": "Not Found"}

    def _answered(self, call: Any, answer: Any, query: dict[str, str]) -> tuple[int, Any]:
        if isinstance(answer, int):
            return answer, {"message": "refused"}
        if isinstance(answer, list) and "page" in query:
            size = int(query.get("limit") or query["per_page"])
            first = (int(query["page"]) - 1) * size
            answer = self.kept(answer, query)[first : first + size]
        status = 201 if call["method"] == "POST" and 201 in call["status"] else call["status"][0]
        self.faults += described.answer_faults(call, status, answer)
        return status, answer

    def kept(self, listed: list[Any], query: dict[str, str]) -> list[Any]:
        """What of a list a request asks for."""
        state = query.get("state", "all")
        return [one for one in listed if state in ("all", one.get("state"))]

    def routes(self) -> Iterator[Route]:
        here = f"/repos/{NAME}"
        yield "GET", rf"{here}/issues/(\d+)", self._issue
        yield "GET", rf"{here}/issues/(\d+)/comments", self._listed
        yield "POST", rf"{here}/issues/(\d+)/comments", self._commented
        yield "PATCH", rf"{here}/issues/comments/(\d+)", self._updated
        yield "DELETE", rf"{here}/issues/comments/(\d+)", self._deleted
        yield "GET", rf"{here}/pulls", lambda _: [self.pull(number) for number in self.pulls()]
        yield "POST", rf"{here}/pulls", self._opened
        yield (
            "GET",
            rf"{here}/actions/runs/(\d+)/artifacts",
            lambda run, _: {"artifacts": self.artifacts},
        )
        yield "POST", rf"{here}/actions/workflows/([\w.]+)/dispatches", self._dispatched

    def _issue(self, number: str, _: Any) -> Any:
        known = ("title", "body", "state", "pull_request")
        return {name: one for name, one in self.issues[int(number)].items() if name in known}

    def _listed(self, number: str, _: Any) -> list[Any]:
        return [self.comment(one) for one in self.comments if one["issue"] == int(number)]

    def comment(self, one: dict[str, Any]) -> dict[str, Any]:
        """A comment as the API tells it."""
        return {name: one[name] for name in ("id", "body", "user")}

    def _commented(self, number: str, data: Any) -> Any:
        return self.comment(self.say(int(number), data["body"], self.bot))

    def _kept(self, id_: str) -> dict[str, Any] | None:
        return next((one for one in self.comments if one["id"] == int(id_)), None)

    def _updated(self, id_: str, data: Any) -> Any:
        found = self._kept(id_)
        if found is None:
            return 404
        found["body"] = data["body"]
        return self.comment(found)

    def _deleted(self, id_: str, _: Any) -> Any:
        found = self._kept(id_)
        if found is None:
            return 404
        self.comments.remove(found)
        return None

    def _opened(self, data: Any) -> Any:
        assert data["base"] == "main"
        if self.there(data["head"]):
            return 422
        return {"number": self.open(data["head"], data["title"], data["body"], self.bot)}

    def there(self, branch: str) -> int | None:
        """The open pull request from a branch: a forge takes no second."""
        issues = self.issues
        found = (one for one in self.pulls() if issues[one]["branch"] == branch and issues[one]["state"] == "open")  # fmt: skip
        return next(found, None)

    def _dispatched(self, name: str, data: Any) -> None:
        self.dispatched.append((name, data["ref"]))


@contextmanager
def serving(forge: Forge) -> Iterator[Forge]:
    """The forge answers at `forge.api` while the context lasts; what its description does not have is raised."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
            status, body = 401, None
            if "attachments/" in asked.path:
                attached = forge.files.get(unquote(asked.path))
                self.send_response(404 if attached is None else 200)
                self.end_headers()
                self.wfile.write(attached or b"")
                return
            if self.headers["Authorization"] == f"Bearer {TOKEN}":
                query = {name: found[0] for name, found in parse_qs(asked.query).items()}
                path = asked.path.removeprefix(forge.prefix)
                status, body = forge.reply(
                    self.command, path, query, json.loads(raw) if raw else None
                )
            self.send_response(status if body is not None else 204 if status == 200 else status)
            self.end_headers()
            if body is not None:
                self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

        def do_POST(self) -> None:
            self.do_GET()

        def do_PATCH(self) -> None:
            self.do_GET()

        def do_PUT(self) -> None:
            self.do_GET()

        def do_DELETE(self) -> None:
            self.do_GET()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    forge.api = f"http://127.0.0.1:{server.server_port}{forge.prefix}"
    try:
        yield forge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert forge.faults == []
