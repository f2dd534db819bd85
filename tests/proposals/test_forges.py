"""The calls to the forges: each described, and each description needed."""

import io
from pathlib import Path
from typing import Any, Literal

import pytest

from archive.commands.pulls import FORGES
from archive.proposals.pulls import forge
from archive.proposals.pulls.attached import attached
from archive.proposals.pulls.forge import Issue, Preview, Pull
from archive.proposals.pulls.github import BOTS
from tests.samples.forges import described
from tests.samples.history import git
from tests.samples.standin import NAME, TOKEN, Forge, serving
from tests.samples.standin_gitlab import GitLab

FORM, OTHER = "form/1", "甲/乙"


def made(folder: Path, kind: str) -> Forge:
    """A forge with two pull requests, one from a fork, and an issue that has two answers."""
    forge = GitLab(folder) if kind == "gitlab" else Forge(folder, kind)
    seed = folder / "seed"
    git(folder, "init", "-b", FORM, str(seed))
    git(seed, "commit", "--allow-empty", "-m", "x")
    git(seed, "push", str(forge.bare), f"{FORM}:{OTHER}", FORM)
    forge.file("植树", "### 日期")
    forge.open(OTHER)
    forge.open(FORM)
    forge.issues[2] |= {"fork": "zhang/dangan"}
    for text in ("<!-- a -->\n一", "<!-- a -->\n二"):
        forge.say(1, text, forge.bot)
        forge.say(3, text, forge.bot)
    forge.say(1, "<!-- a -->\n冒名")
    return forge


@pytest.mark.parametrize("kind", described.KINDS)
def test_every_call_is_described_and_every_description_is_used(tmp_path: Path, kind: str) -> None:
    with serving(made(tmp_path, kind)) as forge:
        client = FORGES[kind](kind, forge.api, NAME, TOKEN, forge.web)
        assert client.issue(1) == Issue("植树", "### 日期", is_open=True)
        first, second = client.pulls("open")
        address = None if kind == "gitlab" else "https://git.example/zhang/dangan"
        assert second == Pull(2, "open", OTHER, forge.head(OTHER), "main", False, address)
        home = f"https://git.example/{NAME}"
        assert first == Pull(3, "open", FORM, forge.head(FORM), "main", True, home)
        # A branch of that name in a fork is another.
        assert (client.newest_pull(FORM), client.newest_pull(OTHER)) == (first, None)
        assert client.event_issue(forge.issue_event(1)) == 1
        assert client.event_main(forge.issue_event(1)) == "main"
        forge.artifacts = [{"id": 9, "name": "preview", "expired": False}]
        run = "https://git.example/run/7"
        preview = Preview(f"{run}/artifacts/9", run) if kind == "github" else Preview(None, None)
        # A run tells no more than the commit, which both have.
        about = [first, second] if kind == "github" else [first]
        assert client.event_pulls(forge.pull_event(3)) == (about, preview)
        places: list[tuple[int, Literal["issues", "pulls"]]] = [
            (1, "issues"),
            (3, "pulls"),
            (3, "pulls"),
        ]
        for number, place in places:
            client.say(number, place, "a", "三")
            client.say(number, place, "b", "四")
        assert forge.said(1) == ["<!-- a -->\n三", "<!-- a -->\n冒名", "<!-- b -->\n四"]
        assert forge.said(3) == ["<!-- a -->\n三", "<!-- b -->\n四"]
        forge.close(3)
        assert client.open_pull("题", "文", FORM, "main") == 4
        assert client.newest_pull(FORM) == Pull(
            4, "open", FORM, forge.head(FORM), "main", True, home
        )
        client.start_checks(FORM, ("check.yml",))
        (address,) = attached(client, [forge.attach("表.xlsx", b"PK")])
        assert client.fetch(address, 2) == b"PK"
        asked = [one.split(" ") for one in forge.asked]
    used = {(one["method"], one["path"]) for one in (described.call(kind, *it) for it in asked)}
    assert used == {(one["method"], one["path"]) for one in described.calls(kind)}


@pytest.mark.parametrize("kind", BOTS)
def test_a_comment_whose_author_is_gone_is_not_ours(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(made(tmp_path, kind)) as forge:
        told = forge.comment

        def gone(one: dict[str, Any]) -> dict[str, Any]:
            foreign = one["user"]["login"] != forge.bot
            return {**told(one), **({"user": None, "body": None} if foreign else {})}

        monkeypatch.setattr(forge, "comment", gone)
        FORGES[kind](kind, forge.api, NAME, TOKEN, forge.web).say(1, "issues", "a", "三")
        assert forge.said(1) == ["<!-- a -->\n三", "<!-- a -->\n冒名"]


@pytest.mark.parametrize("kind", described.KINDS)
@pytest.mark.parametrize("answer", ["null", "[]", "{}", "5", '["x"]', "[[]]", "[" * 100_000])
def test_what_is_no_answer_of_the_forge_is_said(
    monkeypatch: pytest.MonkeyPatch, kind: str, answer: str
) -> None:
    """As a proxy before it answers, or a forge of another version."""

    class Opener:
        def open(self, *asked: object, **how: object) -> io.BytesIO:
            return io.BytesIO(answer.encode())

    monkeypatch.setattr(forge, "_opener", Opener)
    client = FORGES[kind](kind, "https://a.example", NAME, TOKEN, "")
    said = "平台的答复须照它自己的接口说明，现在不是"
    with pytest.raises(forge.ForgeError, match=said):
        client.issue(1)
    with pytest.raises(forge.ForgeError, match=said):
        client.open_pull("甲", "乙", "a", "main")
    if answer not in ("null", "[]"):  # which is a list without anything
        with pytest.raises(forge.ForgeError, match=said):
            next(client.pulls("open"))
    monkeypatch.setattr(forge, "_MOST", 0)
    with pytest.raises(forge.ForgeError, match="超过 0 MB"):
        client.issue(1)
