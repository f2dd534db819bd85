"""The part of a forge's REST API used here, which is the same on GitHub, Gitea and Forgejo.

Answers contain text written by anybody; they are passed on as data, never as part of a command.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from string import punctuation
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

BOTS: Mapping[str, tuple[str, ...]] = {
    "github": ("github-actions[bot]",),
    "gitea": ("gitea-actions",),
    # Forgejo has renamed this user; older comments keep the old name.
    "forgejo": ("forgejo-actions", "gitea-actions"),
}
"""Kind of forge → the users it names as the author of what a workflow writes."""

TIMEOUT = 60
"""Seconds to wait for an answer."""


class ForgeError(Exception):
    """The forge cannot be reached or refuses a request; text in Chinese."""


class _KeepsToken(HTTPRedirectHandler):
    """Follows redirects, without the token where they lead to another server."""

    def redirect_request(self, request: Request, *about: Any) -> Request | None:
        there = super().redirect_request(request, *about)
        if there and urlsplit(there.full_url)[:2] != urlsplit(request.full_url)[:2]:
            there.remove_header("Authorization")
        return there


@dataclass(frozen=True, slots=True)
class Forge:
    """One repository (owner/name) on a forge; `token` is the workflow's, `api` the base address of its API."""

    kind: str
    api: str
    repository: str
    token: str = field(repr=False)
    web: str = ""
    """The address of the forge in a browser; what is attached to issues lies below it."""

    def call(self, method: str, path: str, data: Any = None, **query: str | int) -> Any:
        """Send a request; returns the parsed JSON, None for an empty answer. Raises ForgeError."""
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
                rule = f"平台须接受 {method} {asked}，现答复 {error.code}"
                raise ForgeError(f"{rule}；请核对工作流的权限（permissions），再运行一次") from None
        except (OSError, HTTPException, ValueError) as error:
            rule = f"须能访问平台（{method} {asked}），现为：{error}"
            raise ForgeError(f"{rule}；请检查网络，再运行一次") from None

    def fetch(self, address: str, most: int) -> bytes:
        """The content of a file attached to an issue, of at most `most` octets. Raises ForgeError.

        The token goes to the forge's own addresses alone: a forge may lead on to where it keeps files.
        """
        headers = {"Authorization": f"Bearer {self.token}", "User-Agent": "wenming-archive"}
        try:
            opener = build_opener(_KeepsToken)
            # People's browsers write the names of files as they are, Chinese ones too.
            request = Request(quote(address, safe=punctuation), headers=headers)
            with opener.open(request, timeout=TIMEOUT) as answer:
                raw: bytes = answer.read(most + 1)
        except HTTPError as error:
            with error:
                raise ForgeError(f"平台答复 {error.code}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise ForgeError(f"{error}") from None
        if len(raw) > most:
            raise ForgeError(f"超过 {most // 1_000_000} MB")
        return raw

    def listed(self, path: str, **query: str) -> Iterator[Any]:
        """All items of a list, page by page.

        GitHub takes the page size as `per_page`, the others as `limit`.
        """
        seen: set[int] = set()
        page = 1
        while True:
            items = self.call("GET", path, **query, page=page, per_page=50, limit=50)
            # Some lists have no pages: every request returns the whole list.
            fresh = [one for one in items if one["id"] not in seen]
            if not fresh:
                return
            yield from fresh
            seen.update(one["id"] for one in fresh)
            page += 1

    def pulls(self, state: str) -> Iterator[Any]:
        """The pull requests in a state (open, closed, all), the newest first."""
        return self.listed("/pulls", state=state)

    def comment(self, number: int, mark: str, text: str) -> None:
        """Write the one comment with this mark on an issue or pull request, or update it.

        Only a comment by the workflow's user is updated, because anybody may write the mark.
        """
        mark = f"<!-- {mark} -->"
        body = f"{mark}\n{text}"
        comment = self._marked_comment(number, mark)
        if comment is None:
            self.call("POST", f"/issues/{number}/comments", {"body": body})
        elif comment["body"] != body:
            self.call("PATCH", f"/issues/comments/{comment['id']}", {"body": body})

    def _marked_comment(self, number: int, mark: str) -> Any:
        for comment in self.listed(f"/issues/{number}/comments"):
            author = (comment["user"] or {}).get("login")
            if author in BOTS[self.kind] and (comment["body"] or "").startswith(mark):
                return comment
        return None
