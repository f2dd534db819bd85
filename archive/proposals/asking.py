"""What only the remote and its forge can tell, asked at the same time and not waited for long."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from shlex import quote
from threading import Thread
from time import monotonic
from typing import Any
from urllib.error import HTTPError

from archive.facts.conditions import Condition, condition
from archive.facts.project import Project
from archive.files.git import GitError, git
from archive.proposals.pulls.forge import Forge, ForgeError, OtherAnswerError
from archive.proposals.pulls.github import BOTS
from archive.proposals.pulls.of_clone import TOKEN
from archive.schema.unit import Repository as Editor

PATIENCE = 3.0
"""Seconds to wait for all answers together."""
_GIT_PATIENCE = 2.5
"""Seconds after which Git is ended, before the waiting ends."""
_GIVE_TOKEN = f"请先运行 read -rs {TOKEN} && export {TOKEN}，粘贴令牌"
_WAIT = "请检查网络，再运行一次"

Found = tuple[bool | None, str, str]
"""Whether a condition is met, what was found, what to do."""


@dataclass(frozen=True, slots=True)
class Question:
    """A condition that is asked about: its name, what must hold, and what finds it out."""

    name: str
    must: str
    ask: Callable[[], Found]


def questions(
    project: Project, origin: str, editor: Editor | None, forge: Forge | None
) -> Iterator[Question]:
    """What is asked of the remote, and of the forge."""
    branch = (editor.branch if editor else None) or "main"
    web = (editor.address if editor else None) or "平台上的仓库"
    yield Question(
        "连得上", f"远程仓库须连得上，有分支 {branch}", lambda: _reach(project, origin, branch)
    )
    for name, must, ask in (
        ("令牌", "令牌须能推送、开拉取请求", _token),
        ("主分支的保护", f"{branch} 须经拉取请求、有人审核、检查通过才能合并", _protection),
        ("自动处理", "平台须准许工作流开拉取请求", _workflows_allowed),
    ):
        yield Question(name, must, _asking(forge, _unasked(editor), ask, branch, web))


def answered(asked: Sequence[Question], seconds: float = PATIENCE) -> list[Condition]:
    """The conditions, in order; what has no answer after so many seconds is not known."""
    found: dict[int, Found] = {}

    def answer(place: int, question: Question) -> None:
        found[place] = question.ask()

    # Daemons: one that waits for an answer does not keep the command from ending.
    threads = [
        Thread(target=answer, args=one, daemon=True, name=one[1].name) for one in enumerate(asked)
    ]
    for thread in threads:
        thread.start()
    end = monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, end - monotonic()))
    late: Found = (None, f"{seconds:g} 秒里没有答复", _WAIT)
    return [_condition(question, *found.get(place, late)) for place, question in enumerate(asked)]


def _condition(question: Question, met: bool | None, found: str, advice: str) -> Condition:
    return condition(question.name, met, question.must, found, advice)


def _reach(project: Project, origin: str, branch: str) -> Found:
    if not origin:
        return None, "没有 origin", "请先设好远程仓库"
    asked = ("ls-remote", "--exit-code", "origin", f"refs/heads/{branch}")
    try:
        there = git(project.root, *asked, seconds=_GIT_PATIENCE)
    except GitError:
        return None, "现在连不上", "请检查网络和权限，运行 git ls-remote origin 看原因"
    return (
        there is not None,
        f"现在{'有' if there else '没有这个分支'}",
        f"请运行 git push -u origin {quote(branch)}",
    )


def _unasked(editor: Editor | None) -> Found:
    """Why the forge is not asked, where it is not."""
    kind = editor.forge if editor else None
    if kind is None:
        return None, "不知道是哪个平台", "请先填 data/unit.yml 的 repository"
    if kind not in BOTS:
        return None, "程序不问这个平台", "请在平台的设置里看"
    return None, f"没有令牌 {TOKEN}", _GIVE_TOKEN


def _asking(
    forge: Forge | None,
    unasked: Found,
    ask: Callable[[Forge, str, str], Found],
    branch: str,
    web: str,
) -> Callable[[], Found]:
    """What asks the forge: without one, or where it does not answer, nothing is known."""

    def asked() -> Found:
        if forge is None:
            return unasked
        try:
            return ask(forge, branch, web)
        except (OtherAnswerError, KeyError, TypeError, AttributeError):
            return None, "看不懂平台的答复", f"请打开 {web}/settings 看"
        except ForgeError as error:
            status = _status(error)
            if status == 401:
                return False, "平台不认这个令牌", _GIVE_TOKEN
            if status is not None:
                return (
                    None,
                    f"平台答复 {status}，令牌看不到",
                    f"请换一个权限大的令牌，或者打开 {web}/settings 看",
                )
            return None, "现在连不上平台", _WAIT

    return asked


def _status(error: ForgeError) -> int | None:
    """The status of a refusal; None if the forge could not be reached."""
    cause = error.__context__
    return cause.code if isinstance(cause, HTTPError) else None


def _token(forge: Forge, branch: str, web: str) -> Found:
    rights = forge.call("GET", "").get("permissions")
    if rights is None:
        return None, "平台没有说明这个令牌的权限", _GIVE_TOKEN
    may = bool(rights.get("push"))
    words = "可以管理" if rights.get("admin") else "可以推送" if may else "只能读"
    return may, f"现在{words}", f"请由 {web}/settings 给它的用户写的权限，或者换一个令牌"


def _protection(forge: Forge, branch: str, web: str) -> Found:
    told = forge.call("GET", f"/branches/{branch}")
    if forge.kind == "github":
        reviewed, checked = _github_rules(forge, branch, told)
    else:
        reviewed = bool(told["protected"]) and told["required_approvals"] > 0
        checked = bool(told["protected"]) and bool(told["enable_status_check"])
    wrong = [
        f"{'没有' if one is False else '不知道有没有'}规定{what}"
        for what, one in (("有人审核", reviewed), ("检查通过", checked))
        if not one
    ]
    met = False if False in (reviewed, checked) else None if None in (reviewed, checked) else True
    found = "、".join(wrong) if told["protected"] or met is not False else "没有保护"
    return met, f"现在{found or '都有规定'}", f"请打开 {web}/settings/branches 设好"


def _github_rules(forge: Forge, branch: str, told: Any) -> tuple[bool | None, bool | None]:
    """Whether reviews and checks are required, by rulesets or by the protection of the branch.

    Only an administrator is told of the latter; the checks among them are told to others too.
    """
    rules = {
        one["type"]: one.get("parameters") or {}
        for one in forge.listed(f"/rules/branches/{branch}")
    }
    reviewed: bool | None = (
        rules.get("pull_request", {}).get("required_approving_review_count", 0) > 0
    )
    checked = "required_status_checks" in rules
    if told["protected"] and not (reviewed and checked):
        classic = (told.get("protection") or {}).get("required_status_checks") or {}
        checked = checked or bool(classic.get("contexts") or classic.get("checks"))
        try:
            protection = forge.call("GET", f"/branches/{branch}/protection")
        except ForgeError as error:
            if _status(error) is None:
                raise
            # 404: the rules are all there is; else they are not for us to know.
            reviewed = reviewed or (False if _status(error) == 404 and rules else None)
        else:
            wanted = protection.get("required_pull_request_reviews") or {}
            reviewed = reviewed or wanted.get("required_approving_review_count", 0) > 0
            checked = checked or bool(protection.get("required_status_checks"))
    return reviewed, checked


def _workflows_allowed(forge: Forge, branch: str, web: str) -> Found:
    if forge.kind == "github":
        may = bool(
            forge.call("GET", "/actions/permissions/workflow")["can_approve_pull_request_reviews"]
        )
        advice = f"请打开 {web}/settings/actions，勾选 Allow GitHub Actions to create and approve pull requests"
        return may, f"现在{'准许' if may else '不准'}", advice
    may = bool(forge.call("GET", "")["has_actions"])
    return (
        may,
        f"现在{'打开了' if may else '没有打开'} Actions",
        f"请打开 {web}/settings，启用 Actions",
    )
