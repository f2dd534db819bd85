"""Two workflows for one issue at the same time: whenever the second runs, the issue's last text is what stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.files.git import git
from archive.proposals.pulls.repository import Repository
from tests.samples.forms import ACTIVITY, body
from tests.samples.office import Office
from tests.samples.standin import Forge, serving

TITLE = "添加志愿服务活动："
EARLIER = {**ACTIVITY, "活动名称": "植树", "地点": "林场"}
LATER = {**EARLIER, "地点": "广场"}
FAULTY = {**EARLIER, "参加人数": "很多"}


class Interrupted:
    """An office in which somebody edits an issue, and the workflow for that runs, while another still runs."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office, self.left, self.then = office, -1, ""
        self.number = 0
        office.forge.meanwhile = self.count
        push = Repository.push

        def counted(self_: Repository, commit: str, branch: str, was: str | None) -> None:
            self.count("push")
            push(self_, commit, branch, was)

        monkeypatch.setattr(Repository, "push", counted)

    def count(self, asked: str) -> None:
        """Before each request and each push; the edit comes before the one that is due."""
        self.left -= 1
        if self.left == 0:
            self.office.forge.issues[self.number]["body"] = self.then
            self.office.work("form", self.office.forge.issue_event(self.number))

    def run(self, first: str, then: str, at: int) -> bool:
        """File `first`; edit it to `then` before request `at`; returns whether there were so many."""
        self.number = self.office.forge.file(TITLE, first)
        self.then, self.left = then, at
        done = self.office.work("form", self.office.forge.issue_event(self.number))
        assert done.exit_code == 0, done.output
        reached = self.left <= 0
        self.left = -1
        return reached


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, {})


@pytest.mark.parametrize(("first", "then"), [(EARLIER, LATER), (FAULTY, LATER), (EARLIER, FAULTY)])
def test_the_later_of_two_edits_stays(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    first: dict[str, str],
    then: dict[str, str],
) -> None:
    interrupted = Interrupted(office, monkeypatch)
    at = 1
    while interrupted.run(body("volunteering", first), body("volunteering", then), at):
        number, where = interrupted.number, f"before request {at}"
        (said,) = office.forge.said(number)
        branch = f"form/{number}"
        pulls = [
            one for one in office.forge.pulls() if office.forge.issues[one]["branch"] == branch
        ]
        if then is FAULTY:
            assert said.startswith("<!-- archive:form -->\n还有 1 处要改，"), where
        else:
            assert said.startswith(f"<!-- archive:form -->\n已生成拉取请求 #{pulls[0]}，"), where
            path = f"data/volunteering/2024/20240305-issue-{number}.yml"
            filed = git(office.forge.bare, "show", f"{branch}:{path}") or b""
            assert "place: 广场\n" in filed.decode(), where
        assert len(pulls) <= 1, where
        at += 1
    assert at > 6
