"""The part of a forge's REST API that is needed here: the same on GitHub, Gitea and Forgejo.

Whatever comes back was written by people: it is handed on as plain data, never as part of a command.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

BOTS: Mapping[str, tuple[str, ...]] = {
    "github": ("github-actions[bot]",),
    "gitea": ("gitea-actions",),
    # Forgejo has renamed its user, and kept the old name for what was written before.
    "forgejo": ("forgejo-actions", "gitea-actions"),
}
"""Forge → whom it names as the author of what a workflow writes."""

TIMEOUT = 60
"""Seconds that an answer may take."""


class ForgeError(Exception):
    """The forge cannot be reached, or refuses; says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Forge:
    """One repository (owner/name) on a forge of the kind `kind`, spoken to with the workflow's token."""

    kind: str
    api: str
    repository: str
    token: str = field(repr=False)

    def call(self, method: str, path: str, data: Any = None, **query: str | int) -> Any:
        """The answer as plain data, None where there is none; raises ForgeError."""
        asked = f"/repos/{quote(self.repository)}{path}"
        address = f"{self.api}{asked}{'?' if query else ''}{urlencode(query)}"
        request = Request(
            address,
            None if data is None else json.dumps(data).encode(),
            {
                "Authorization": f"Bearer {self.token}",
                "Accept": "application/json",
                "Content-Type": "application/json",
                "User-Agent": "wenming-archive",
            },
            method=method,
        )
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:
                raw = answer.read()
            return json.loads(raw) if raw else None
        except HTTPError as error:
            with error:
                raise ForgeError(f"平台须接受 {method} {asked}，现答复 {error.code}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise ForgeError(f"须能访问平台（{method} {asked}），现为：{error}") from None

    def listed(self, path: str, **query: str) -> Iterator[Any]:
        """All items of a list, page by page. GitHub calls a page's size one way, the others another."""
        seen: set[int] = set()
        page = 1
        while True:
            items = self.call("GET", path, **query, page=page, per_page=50, limit=50)
            # Some lists are not paged, and come back whole however often they are asked for.
            fresh = [one for one in items if one["id"] not in seen]
            if not fresh:
                return
            yield from fresh
            seen.update(one["id"] for one in fresh)
            page += 1

    def pulls(self, state: str) -> Iterator[Any]:
        """The pull requests in a state (open, closed, all), the newest first."""
        return self.listed("/pulls", state=state)

    def say(self, number: int, mark: str, text: str) -> None:
        """The one comment with this mark under an issue or pull request: written, or else updated.

        Only a comment of the workflow's own counts: anybody may write the mark.
        """
        mark = f"<!-- {mark} -->"
        body = f"{mark}\n{text}"
        said = self._said(number, mark)
        if said is None:
            self.call("POST", f"/issues/{number}/comments", {"body": body})
        elif said["body"] != body:
            self.call("PATCH", f"/issues/comments/{said['id']}", {"body": body})

    def _said(self, number: int, mark: str) -> Any:
        for comment in self.listed(f"/issues/{number}/comments"):
            author = (comment["user"] or {}).get("login")
            if author in BOTS[self.kind] and (comment["body"] or "").startswith(mark):
                return comment
        return None
