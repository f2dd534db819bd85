"""Two workflows for one thing at the same time: whenever the second runs, what was said last is what stays."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.files.git import git
from archive.proposals.pulls.repository import BranchCommit, Repository
from tests.samples.forms import ACTIVITY, body
from tests.samples.office import Office
from tests.samples.sample import git as prepare
from tests.samples.standin import Forge, serving

RECORDED = "data/volunteering/2024/20240305-a.yml"
TITLE = "登记志愿服务活动："
EARLIER = {**ACTIVITY, "活动名称": "植树", "地点": "林场"}
LATER = {**EARLIER, "地点": "广场"}
FAULTY = {**EARLIER, "参加人数": "很多"}


class Interrupted:
    """An office in which something happens, and the workflow for that runs, while another still runs."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office, self.left = office, -1
        self.then: Callable[[], object] = int
        office.forge.meanwhile = self.count
        push = Repository.push

        def counted(self_: Repository, commit: str, branch: str, was: str | None) -> None:
            self.count("push")
            push(self_, commit, branch, was)

        monkeypatch.setattr(Repository, "push", counted)

    def count(self, asked: str) -> None:
        """Before each request and each push; what happens meanwhile comes before the one that is due."""
        self.left -= 1
        if self.left == 0:
            self.then()

    def run(self, command: str, event: object, at: int, then: Callable[[], object]) -> bool:
        """Run a workflow, with `then` before its request `at`; returns whether there were so many."""
        self.then, self.left = then, at
        done = self.office.work(command, event)
        assert done.exit_code == 0, done.output
        reached = self.left <= 0
        self.left = -1
        return reached


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving(Forge(tmp_path)) as forge:
        yield Office(tmp_path, forge, {})


@pytest.mark.parametrize(
    ("first", "then", "step"),
    [
        (EARLIER, LATER, 2),
        pytest.param(EARLIER, LATER, 1, marks=pytest.mark.deep),
        (FAULTY, LATER, 4),
        (EARLIER, FAULTY, 4),
        pytest.param(FAULTY, LATER, 1, marks=pytest.mark.deep),
        pytest.param(EARLIER, FAULTY, 1, marks=pytest.mark.deep),
    ],
)
def test_the_later_of_two_edits_stays(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    first: dict[str, str],
    then: dict[str, str],
    step: int,
) -> None:
    """Every other moment of the first is tried, of faulty ones every fourth; in full each."""
    interrupted, forge = Interrupted(office, monkeypatch), office.forge

    def edited() -> None:
        forge.issues[number]["body"] = body("volunteering", then)
        office.work("form", event)

    for at in range(1, 99, step):
        number = forge.file(TITLE, body("volunteering", first))
        event = forge.issue_event(number)
        if not interrupted.run("form", event, at, edited):
            break
        where = f"before request {at}"
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
    assert at > 6


def test_the_comment_is_on_the_newest_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a forge whose workflows do not wait for each other."""
    with serving(Forge(tmp_path, "gitea")) as forge:
        office = Office(tmp_path, forge, {})
        interrupted = Interrupted(office, monkeypatch)

        def pushed() -> None:
            office.edit(branch, RECORDED, "services: 31", "services: 32")
            office.work("comment", forge.pull_event(number))

        for at in range(1, 99):
            branch = f"甲-{at}"
            office.edit(branch, RECORDED, "services: 30", "services: 31")
            number = forge.open(branch)
            if not interrupted.run("comment", forge.pull_event(number), at, pushed):
                break
            (said,) = forge.said(number)
            assert "服务人次 30 → 32" in said, f"before request {at}"
        assert at > 3


def test_who_made_a_commit_may_be_written_in_any_way(tmp_path: Path) -> None:
    """As the settings of a person's Git say it: in another encoding, with signs that elsewhere end a line."""
    prepare(tmp_path, "init", "-q")
    repository = Repository(tmp_path)
    tree = repository.run("mktree").decode().strip()
    commits = [prepare(tmp_path, "commit-tree", tree, "-m", "x")]
    for address in (b"form@archive.invalid", b"a\xd6\xd0@b", "a\u2028b\x85c@d".encode()):
        identity = (
            f"tree {tree}\nparent {commits[-1]}\nauthor a <a@b> 1 +0000\ncommitter a <".encode()
        )
        raw = identity + address + b"> 1 +0000\n\nx\n"
        commits.append(
            repository.run("hash-object", "-t", "commit", "-w", "--stdin", data=raw)
            .decode()
            .strip()
        )
    first, *others = commits
    assert repository.since(first, others[-1]) == [
        BranchCommit(commit, commit == others[0], merge=False) for commit in reversed(others)
    ]
