"""A forge to test against: a bare repository, and the part of GitHub's REST API that is used, on this machine.

Whatever a workflow's token may not do is refused, and every request is kept to be looked at.
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

from tests.samples.history import git

NAME = "ju/dangan"
TOKEN = "token-of-the-workflow"
PEOPLE = "clerk"


class Forge:
    """What the forge holds. `bot` is whom it names as the author of what the workflow writes."""

    def __init__(self, folder: Path, bot: str = "github-actions[bot]", paged: bool = True) -> None:
        self.bare = folder / "forge.git"
        git(folder, "init", "--bare", "-b", "main", str(self.bare))
        self.bot = bot
        self.paged = paged
        self.issues: dict[int, dict[str, Any]] = {}
        self.comments: list[dict[str, Any]] = []
        self.artifacts: list[dict[str, Any]] = []
        self.dispatched: list[tuple[str, str]] = []
        self.refused: set[str] = set()
        self.asked: list[str] = []
        self.api = ""
        self.files: dict[str, bytes] = {}
        """What is attached to issues: path below the forge's address → content."""

    # What people do in the browser.

    def file(self, title: str, body: str | None) -> int:
        """Somebody files an issue."""
        return self._numbered(title, body, self.issues)

    def attach(self, name: str, raw: bytes) -> str:
        """Somebody drags a file into an issue; the link that stands there then."""
        path = f"/user-attachments/files/{len(self.files) + 1}/{name}"
        self.files[path] = raw
        return f"[{name}]({self.api}{path})"

    def open(self, branch: str, title: str = "改动", body: str = "", by: str = PEOPLE) -> int:
        """A pull request from a branch of the repository."""
        number = self._numbered(title, body, self.issues)
        self.issues[number] |= {"pull_request": {}, "branch": branch, "merged_at": None, "by": by}
        return number

    def say(self, number: int, body: str, by: str = PEOPLE) -> dict[str, Any]:
        """A comment."""
        said = {"id": len(self.comments) + 1, "issue": number, "body": body, "user": {"login": by}}
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

    def pull(self, number: int) -> dict[str, Any]:
        """A pull request as the API tells it; its head can be fetched as on the forges."""
        issue = self.issues[number]
        sha = self.head(issue["branch"]) or issue.get("sha", "")
        issue["sha"] = sha
        git(self.bare, "update-ref", f"refs/pull/{number}/head", sha)
        own = {"full_name": NAME, "html_url": f"https://git.example/{NAME}"}
        return {
            "id": 1000 + number,
            **{name: issue[name] for name in ("number", "title", "body", "state", "merged_at")},
            "head": {"ref": issue["branch"], "sha": sha, "repo": own},
            "base": {"ref": "main", "repo": own},
        }

    def pulls(self) -> list[int]:
        """The numbers of the pull requests, the newest first."""
        return [number for number, one in self.issues.items() if "branch" in one][::-1]

    # What the workflow's requests do.

    def reply(self, method: str, path: str, query: dict[str, str], data: Any) -> tuple[int, Any]:
        self.asked.append(f"{method} {path}")
        if any(part in path for part in self.refused):
            return 403, {"message": "refused"}
        for asked, pattern, do in self._routes():
            found = re.fullmatch(f"/repos/{NAME}{pattern}", path)
            if asked == method and found:
                answer = do(*found.groups(), data)
                if isinstance(answer, list) and (self.paged or pattern.endswith("pulls")):
                    states = {"open": ["open"], "closed": ["closed"]}.get(query.get("state", "all"))
                    kept = [one for one in answer if not states or one.get("state") in states]
                    size = min(50, int(query["per_page"]))
                    first = (int(query["page"]) - 1) * size
                    answer = kept[first : first + size]
                return 200, answer
        return 404, {"message": "Not Found"}

    def _routes(self) -> Iterator[tuple[str, str, Callable[..., Any]]]:
        yield "GET", r"/issues/(\d+)", lambda number, _: {"id": number, **self.issues[int(number)]}
        yield "GET", r"/issues/(\d+)/comments", self._listed
        yield "POST", r"/issues/(\d+)/comments", self._commented
        yield "PATCH", r"/issues/comments/(\d+)", self._updated
        yield "GET", r"/pulls", lambda _: [self.pull(number) for number in self.pulls()]
        yield "POST", r"/pulls", self._opened
        yield "GET", r"/actions/runs/(\d+)/artifacts", lambda run, _: {"artifacts": self.artifacts}
        yield "POST", r"/actions/workflows/([\w.]+)/dispatches", self._dispatched

    def _numbered(self, title: str, body: str | None, among: dict[int, dict[str, Any]]) -> int:
        number = len(among) + 1
        among[number] = {"number": number, "title": title, "body": body, "state": "open"}
        return number

    def _listed(self, number: str, _: Any) -> list[Any]:
        return [one for one in self.comments if one["issue"] == int(number)]

    def _commented(self, number: str, data: Any) -> Any:
        return self.say(int(number), data["body"], self.bot)

    def _updated(self, id_: str, data: Any) -> Any:
        self.comments[int(id_) - 1]["body"] = data["body"]
        return self.comments[int(id_) - 1]

    def _opened(self, data: Any) -> Any:
        assert data["base"] == "main"
        return self.pull(self.open(data["head"], data["title"], data["body"], self.bot))

    def _dispatched(self, name: str, data: Any) -> None:
        self.dispatched.append((name, data["ref"]))


@contextmanager
def serving(forge: Forge, prefix: str = "") -> Iterator[Forge]:
    """The forge answers at `forge.api` while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
            status, body = 401, None
            attached = forge.files.get(unquote(asked.path.removeprefix(prefix)))
            if attached is not None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(attached)
                return
            if self.headers["Authorization"] == f"Bearer {TOKEN}":
                query = {name: found[0] for name, found in parse_qs(asked.query).items()}
                path = asked.path.removeprefix(prefix)
                status, body = forge.reply(
                    self.command, path, query, json.loads(raw) if raw else None
                )
            self.send_response(status if body is not None else 204 if status == 200 else status)
            self.end_headers()
            if body is not None:
                self.wfile.write(json.dumps(body).encode())

        def do_POST(self) -> None:
            self.do_GET()

        def do_PATCH(self) -> None:
            self.do_GET()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    forge.api = f"http://127.0.0.1:{server.server_port}{prefix}"
    try:
        yield forge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
