"""What a forge does for the workflows, in the words common to all, and the requests to its REST API.

Answers contain text written by anybody; they are passed on as data, never as part of a command.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from string import punctuation
from typing import Any, ClassVar, Literal
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from archive.schema.unit import Repository as Editor

TIMEOUT = 60
"""Seconds to wait for an answer."""
PAGE = 50
"""How many items of a list to ask for at once; Gitea gives no more by default."""


class ForgeError(Exception):
    """The forge cannot be reached or refuses a request; text in Chinese."""


_MOST = 100_000_000
"""Octets of an answer: a list of fifty texts, each as long as the forges take, has a tenth of them."""


class OtherAnswerError(ForgeError):
    """The forge, or what stands before it, answers another thing than was asked for."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"平台的答复须照它自己的接口说明，现在不是（{found}）；请看平台或者它前面的代理是不是换了版本、出了错"
        )


class _Object(dict[str, Any]):
    """An object of an answer; a field that it does not have raises OtherAnswerError."""

    def __missing__(self, name: str) -> Any:
        raise OtherAnswerError(f"没有 {name}")


class MissingError(ForgeError):
    """The forge does not have what is asked for (404)."""


class _KeepsToken(HTTPRedirectHandler):
    """Follows redirects, without the token where they lead to another server; none to a weaker scheme."""

    def redirect_request(self, request: Request, *about: Any) -> Request | None:
        there = super().redirect_request(request, *about)
        if there and urlsplit(there.full_url).scheme not in ("https", request.type):
            return None
        if there and urlsplit(there.full_url)[:2] != urlsplit(request.full_url)[:2]:
            there.remove_header("Authorization")
        return there


@cache
def _opener() -> OpenerDirector:
    """What opens addresses; made once, since to make it takes as long as a request."""
    return build_opener(_KeepsToken)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as somebody left it; `is_open` is whether it waits for an answer: open, and no pull request."""

    title: str
    body: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request: the branch and commit it brings, whether that branch is in the repository itself."""

    number: int
    state: Literal["open", "closed", "merged"]
    branch: str
    commit: str
    base: str
    own: bool
    address: str | None
    """The web address of the repository with the branch; None if that is gone or not told."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The addresses of the built preview and of the workflow's run; None where there is none."""

    address: str | None
    run: str | None


@dataclass(frozen=True)
class Forge(ABC):
    """One repository on a forge; `api` is the base address, `token` the workflow's.

    The forges differ in paths and names; what is asked of them here does not.
    """

    kind: str
    api: str
    repository: str
    token: str = field(repr=False)
    web: str = ""
    """The address of the forge in a browser; what is attached to issues lies below it."""

    environment: ClassVar[tuple[str, str, str, str]]
    """The variables of a workflow in which it finds the last four."""
    pull_name: ClassVar[str] = "拉取请求 #{}"
    """What a pull request is called, with its number."""
    opening_right: ClassVar[str]
    """What a maintainer does so that the workflow may open pull requests."""
    update: ClassVar[str] = "PATCH"
    """The method by which a comment is changed."""

    @property
    @abstractmethod
    def root(self) -> str:
        """The path of the repository in the API."""

    @property
    def comment_follows(self) -> bool:
        """Whether the workflow that comments starts for a pull request that a workflow has opened."""
        return True

    def call(self, method: str, path: str, data: Any = None, **query: str | int) -> Any:
        """Send a request about the repository; returns the object that is answered, an empty one for nothing.

        Raises ForgeError.
        """
        return self._call(method, f"{self.root}{path}", data, query)

    def listed(self, path: str, **query: str | int) -> list[Any]:
        """The objects of a list about the repository, or of a page of it. Raises ForgeError."""
        found: list[Any] = self._call("GET", f"{self.root}{path}", None, query, list)
        if not all(isinstance(one, _Object) for one in found):
            raise OtherAnswerError(f"{path} 里不都是对象")
        return found

    def _call(
        self,
        method: str,
        asked: str,
        data: Any,
        query: Mapping[str, str | int],
        of: type[list[Any]] | type[_Object] = _Object,
    ) -> Any:
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
            with _opener().open(request, timeout=TIMEOUT) as answer:
                raw = answer.read(_MOST + 1)
            if len(raw) > _MOST:
                raise OtherAnswerError(f"超过 {_MOST // 1_000_000} MB")
            found = json.loads(raw, object_hook=_Object) if raw else None
        except HTTPError as error:
            with error:
                rule = f"平台须接受 {method} {asked}，现答复 {error.code}"
                kind = MissingError if error.code == 404 else ForgeError
                raise kind(f"{rule}；请核对工作流的权限（permissions），再运行一次") from None
        except RecursionError:
            raise OtherAnswerError("嵌套太深") from None
        except (OSError, HTTPException, ValueError) as error:
            rule = f"须能访问平台（{method} {asked}），现为：{error}"
            raise ForgeError(f"{rule}；请检查网络，再运行一次") from None
        if found is not None and not isinstance(found, of):
            raise OtherAnswerError(f"{asked} 答的不是{'列表' if of is list else '对象'}")
        return of() if found is None else found

    def fetch(self, address: str, most: int) -> bytes:
        """The content of a file attached to an issue, of at most `most` octets. Raises ForgeError.

        The token goes to the forge's own addresses alone: a forge may lead on to where it keeps files.
        """
        headers = {"Authorization": f"Bearer {self.token}", "User-Agent": "wenming-archive"}
        try:
            # People's browsers write the names of files as they are, Chinese ones too.
            request = Request(quote(address, safe=punctuation), headers=headers)
            with _opener().open(request, timeout=TIMEOUT) as answer:
                raw: bytes = answer.read(most + 1)
        except HTTPError as error:
            with error:
                raise ForgeError(f"平台答复 {error.code}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise ForgeError(f"{error}") from None
        if len(raw) > most:
            raise ForgeError(f"超过 {most // 1_000_000} MB")
        return raw

    def pages(self, path: str, size: str = "per_page", **query: str | int) -> Iterator[Any]:
        """All items of a list that comes in pages; `size` is how the forge calls the number asked for.

        The last page is the empty one: a forge may give fewer items than are asked for.
        """
        page = 1
        while items := self.listed(path, **query, page=page, **{size: PAGE}):
            yield from items
            page += 1

    # What it holds.

    @abstractmethod
    def issue(self, number: int) -> Issue:
        """An issue as it is now."""

    @abstractmethod
    def pulls(self, state: Literal["open", "all"], branch: str | None = None) -> Iterator[Pull]:
        """The pull requests in a state, from `branch` of the repository itself if given, the newest first."""

    def newest_pull(self, branch: str) -> Pull | None:
        """The newest pull request from a branch of the repository itself, in any state."""
        return next(self.pulls("all", branch), None)

    @abstractmethod
    def event_pulls(self, event: Any) -> tuple[list[Pull], Preview]:
        """The pull requests that an event is about, all that bring one commit, and where their preview is."""

    @abstractmethod
    def event_issue(self, event: Any) -> int | None:
        """The number of the issue that an event is about, None if it is about another thing."""

    @abstractmethod
    def event_main(self, event: Any) -> str:
        """The default branch, as an event tells it."""

    @abstractmethod
    def pull_ref(self, number: int) -> str:
        """The ref by which the commit of a pull request can be fetched."""

    def editor(self, pull: Pull) -> Editor:
        """Where the files of a pull request are edited."""
        # Not judged as what the bureau states of itself: a branch may have any name that Git takes.
        where: dict[str, Any] = {"forge": self.kind, "address": pull.address, "branch": pull.branch}
        return Editor.model_construct(**where)

    # What is done there.

    @abstractmethod
    def open_pull(self, title: str, body: str, branch: str, base: str) -> int:
        """Open a pull request; returns its number."""

    @abstractmethod
    def start_checks(self, branch: str, workflows: tuple[str, ...]) -> None:
        """Start what checks a branch, unless the forge does so by itself."""

    @abstractmethod
    def _comments(self, number: int, kind: Literal["issues", "pulls"]) -> str:
        """The path of the comments on an issue or a pull request."""

    @abstractmethod
    def _one_comment(self, comments: str, comment: Any) -> str:
        """The path of one of them."""

    @abstractmethod
    def _listed(self, comments: str) -> Iterator[Any]:
        """The comments of a path, the oldest first."""

    @abstractmethod
    def _is_ours(self, comment: Any) -> bool:
        """Whether the workflow's user wrote a comment."""

    def say(
        self,
        number: int,
        kind: Literal["issues", "pulls"],
        mark: str,
        text: str,
        only_if_there: bool = False,
    ) -> None:
        """Write the one comment with this mark on an issue or pull request, or update it.

        Only a comment by the workflow's user is updated, because anybody may write the mark. If two
        workflows have written one at the same time, the first stays.
        """
        comments, start = self._comments(number, kind), f"<!-- {mark} -->"
        body = f"{start}\n{text}"
        found = self._marked(comments, start)
        if not found and only_if_there:
            return
        if not found:
            self.call("POST", comments, {"body": body})
            found = self._marked(comments, start)
        for comment in found[1:]:
            try:
                self.call("DELETE", self._one_comment(comments, comment))
            except MissingError:  # the other workflow was faster
                continue
        if found and found[0]["body"] != body:
            self.call(self.update, self._one_comment(comments, found[0]), {"body": body})

    def _marked(self, comments: str, start: str) -> list[Any]:
        found = (one for one in self._listed(comments) if self._is_ours(one))
        return [one for one in found if (one["body"] or "").startswith(start)]
