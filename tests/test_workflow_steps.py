"""Each step of the workflows, run as a forge's runner runs it, for what happens in an office."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.samples.forges import described
from tests.samples.forms import ACTIVITY, body
from tests.samples.office import SAID, Office
from tests.samples.runner import Event, Runner, Step, starts, workflows
from tests.samples.sample import RECORD
from tests.samples.standin import Forge, serving

pytestmark = pytest.mark.slow
A, PART = "data/volunteering/2024/20240305-a.yml", "docs/report/part-1.md"
WORDS = ("开展活动{{", "共开展活动{{")
STARTER = ROOT / "archive" / "starter"
OURS = ("setup/touches-program", "archive/__init__.py", "archive/files/__init__.py", "archive/files/content.py")  # fmt: skip
MAIN = {"repository": {"default_branch": "main"}}


class Machines:
    """An office whose repository has the workflows of its forge, and the machines that run them."""

    def __init__(self, folder: Path, forge: Forge) -> None:
        kind = f".{forge.kind}/workflows"
        files: dict[str, str | bytes | None] = {
            **{name: (ROOT / name).read_bytes() for name in OURS},
            **{f"{kind}/{one.name}": one.read_bytes() for one in (ROOT / kind).iterdir()},
            **{name: (STARTER / name).read_bytes() for name in ("Makefile", "requirements.txt")},
            A: RECORD.replace("学雷锋进社区", "植树"),
        }
        self.office, self.forge = Office(folder, forge, files), forge
        self.runner = Runner(forge, folder)
        clone = self.office.clone("main")
        (clone / OURS[0]).chmod(0o755)
        self.office.upload(clone, "main")

    def happens(self, event: Event, branch: str = "main") -> dict[str, list[Step]]:
        """What runs for an event, with the workflows of a branch."""
        return self.runner.happens(self.office.clone(branch), event)

    def issue(self, number: int, action: str) -> dict[str, list[Step]]:
        told = self.forge.issue_event(number)
        return self.happens(Event("issues", told, action=action))

    def pull(self, number: int, branch: str) -> Event:
        """A pull request is opened or pushed to: its commit merged with main, as the runner checks it out."""
        ref, clone = f"refs/pull/{number}/merge", self.office.clone("main")
        self.forge.commit(number)
        git = ["git", "-c", "user.name=甲", "-c", "user.email=a@example.org"]
        for command in (
            ["fetch", "-q", "origin", f"refs/pull/{number}/head"],
            ["merge", "-q", "--no-ff", "-m", "并", "FETCH_HEAD"],
            ["push", "-q", "origin", f"+HEAD:{ref}"],
        ):
            subprocess.run([*git, *command], cwd=clone, check=True)
        told = {**MAIN, "pull_request": self.forge.pull(number)}
        return Event("pull_request", told, ref, "main", "synchronize")

    def commented(self, number: int, of: str = "pull_request") -> dict[str, list[Step]]:
        """What follows: on GitHub the end of the check, else the pull request itself."""
        told = self.forge.pull_event(number)
        if self.forge.kind == "github":
            told["workflow_run"]["event"] = of
            return self.happens(Event("workflow_run", told, action="completed"))
        return self.happens(Event("pull_request_target", {**MAIN, **told}, action="synchronize"))


# Forgejo's are Gitea's but for the name of the runner and of the forge (tests/test_workflows.py).
@pytest.fixture(
    params=["github", *(pytest.param(one, marks=pytest.mark.deep) for one in ("gitea", "forgejo"))]
)
def machines(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Machines]:
    with serving(Forge(tmp_path, request.param)) as forge:
        yield Machines(tmp_path, forge)


def outcomes(steps: list[Step]) -> dict[str, str]:
    return {step.name: step.outcome for step in steps}


GREEN = {"最少的软件", "装好程序", "生成的文件与结构定义一致", "预览", "交出预览"}


def assert_green(steps: list[Step]) -> None:
    assert {step.outcome for step in steps} == {"success"}, steps
    assert outcomes(steps).keys() > GREEN


def test_a_form_from_its_filing_to_its_end(machines: Machines) -> None:
    forge = machines.forge
    number = forge.file("登记志愿服务活动：", body("volunteering", ACTIVITY))
    ran = machines.issue(number, "opened")
    assert ran.keys() == {"form.yml"}
    assert {step.outcome for step in ran["form.yml"]} == {"success"}, ran
    (pull,) = forge.pulls()
    # What it asks the forge to start is there, and starts so.
    assert [name for name, _ in forge.dispatched] == ["check.yml", "ci.yml"]
    started = machines.happens(Event("workflow_dispatch", MAIN, "refs/heads/form/1"), "form/1")
    assert started.keys() == {"check.yml", "ci.yml"}
    assert_green(started["check.yml"])
    if forge.kind != "github":
        # No event follows what a workflow does there: the comment for reviewers is written at once.
        assert forge.said(pull)[0].startswith(
            f"{SAID.format(forge.head('form/1')[:12])}## 检查\n\n没有问题。"
        )
        return
    assert forge.said(pull) == []
    assert machines.commented(pull, "workflow_dispatch").keys() == {"comment.yml"}
    assert forge.said(pull)[0].startswith(
        f"{SAID.format(forge.head('form/1')[:12])}## 检查\n\n没有问题。"
    )
    (said,) = forge.said(number)
    forge.issues[number]["body"] = body("volunteering", {**ACTIVITY, "地点": "林场"})
    assert machines.issue(number, "edited").keys() == {"form.yml"}
    assert (forge.said(number), forge.pulls()) == ([said], [pull])
    assert "place: 林场\n" in machines.office.text("form/1", A.replace("-a", "-issue-1"))
    forge.issues[number]["state"] = "closed"
    assert machines.issue(number, "closed") == {}
    forge.issues[number] |= {"state": "open", "body": body("volunteering", {**ACTIVITY, "地点": "广场"})}  # fmt: skip
    assert outcomes(machines.issue(number, "reopened")["form.yml"])["处理表单"] == "success"
    assert "place: 广场\n" in machines.office.text("form/1", A.replace("-a", "-issue-1"))
    comment = Event("issue_comment", {**MAIN, **forge.issue_event(number)}, action="created")
    assert machines.happens(comment) == {}
    assert set(machines.runner.asked) >= {"ca-certificates", "git", "make", "python3"}


# Each step of it is in another test of tests/proposals, and the form above takes the same ways.
@pytest.mark.deep
@pytest.mark.parametrize("machines", ["github", "gitea", "forgejo"], indirect=True)
def test_pull_requests_of_a_branch_and_of_a_fork(machines: Machines) -> None:
    forge, office = machines.forge, machines.office
    office.edit("a", PART, *WORDS)
    number = forge.open("a")
    if forge.kind == "github":
        machines.runner.dry = ("test", "quick")
    ran = machines.happens(machines.pull(number, "a"), "a")
    assert ran.keys() == {"check.yml", "ci.yml"}
    assert_green(ran["check.yml"])
    assert outcomes(ran["ci.yml"])["测试"] == "skipped"
    machines.runner.dry = ("test", "quick", "build")
    assert machines.commented(number).keys() == {"comment.yml"}
    assert "没有问题。" in forge.said(number)[0]
    # From a fork, a fault: the other steps that judge it run all the same, and nothing is handed on.
    sha = office.edit("b", A, "services: 30", "services: 三十")
    subprocess.run(["git", "update-ref", "-d", "refs/heads/b"], cwd=forge.bare, check=True)
    number = forge.open("b")
    forge.issues[number] |= {"fork": "zhang/dangan", "sha": sha}
    checked = machines.happens(machines.pull(number, "b"))["check.yml"]
    names = [step.name for step in checked]
    judged = names.index("装好程序") + 1
    assert [step.outcome for step in checked[judged:]] == ["failure", "success", "skipped", "skipped"]  # fmt: skip
    fault = "services（服务人次）须为不小于 0、不超过 1000000 的整数"
    assert fault in checked[judged].output
    machines.commented(number)
    assert "services（服务人次）" in forge.said(number)[0]
    address = f"https://git.example/zhang/dangan/{'edit' if forge.kind == 'github' else 'src/branch'}/b"  # fmt: skip
    assert address in forge.said(number)[0]


@pytest.mark.parametrize("machines", ["github"], indirect=True)
def test_a_push_to_the_default_branch_and_a_schedule(machines: Machines) -> None:
    push = Event("push", MAIN)
    ran = machines.happens(push)
    assert ran.keys() == {"check.yml", "ci.yml"}
    assert_green(ran["check.yml"])
    # No base to compare with: the suite runs.
    assert outcomes(ran["ci.yml"])["测试"] == "success"
    told = machines.forge.issue_event(1)
    told["workflow_run"] = {"event": "push"}
    assert machines.happens(Event("workflow_run", told, action="completed")) == {}
    assert machines.happens(replace(push, ref="refs/heads/form/1")) == {}
    assert machines.happens(Event("schedule", MAIN)) == {}


@pytest.mark.parametrize("machines", ["github"], indirect=True)
def test_a_program_that_cannot_say_whether_it_is_touched_is_tested(machines: Machines) -> None:
    clone = machines.office.clone("a")
    (clone / "archive/files/content.py").write_text("import nothing\n")
    machines.office.upload(clone, "a")
    ran = machines.happens(machines.pull(machines.forge.open("a"), "a"), "a")["ci.yml"]
    assert ran[-1].name == "测试"
    assert ran[-1].outcome != "skipped"


def used(text: str) -> set[str]:
    return set(re.findall(r"github\.event\.([\w.]+)", text))


EVENTS = {"issues": "issues-edited", "workflow_run": "workflow-run-completed"}


@pytest.mark.parametrize("name", EVENTS)
def test_what_the_workflows_read_of_an_event_is_described(name: str) -> None:
    known = described.event_fields(EVENTS[name])
    asked: set[str] = set()
    for file, workflow in workflows(ROOT, "github").items():
        if starts(workflow, Event(name, {}, action=EVENTS[name].rpartition("-")[2])):
            asked |= used((ROOT / ".github/workflows" / file).read_text("utf-8"))
    assert asked <= known


def test_what_the_steps_make_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for kind in described.KINDS:
        for workflow in workflows(ROOT, kind).values():
            runs = yaml.dump([step.get("run") for job in workflow["jobs"].values() for step in job["steps"]])  # fmt: skip
            for target in re.findall(r"\bmake ([\w./-]+)", runs):
                assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE) or target == "python3"  # fmt: skip
