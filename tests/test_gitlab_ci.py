"""GitLab: its pipelines, run as its runner runs them; templates as forms; answers in its words."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from archive.editing.editors.issue_forms import TEMPLATES
from archive.editing.forms import parse_form
from archive.proposals.diff.as_markdown import safe
from archive.proposals.pulls.gitlab import GitLab as Client
from tests.conftest import ROOT
from tests.samples.forges import described
from tests.samples.forms import ACTIVITY, FORMS, written
from tests.samples.office import SAID, Office
from tests.samples.runner import Event
from tests.samples.runner_gitlab import GitLabRunner
from tests.samples.sample import RECORD
from tests.samples.schema_check import schema_check
from tests.samples.standin import NAME, TOKEN, serving
from tests.samples.standin_gitlab import GitLab

A, PART = "data/volunteering/2024/20240305-a.yml", "docs/report/part-1.md"
PATH = A.replace("-a", "-issue-1")
WORDS = ("开展活动{{", "共开展活动{{")
STARTER = ROOT / "archive" / "starter"
ACCEPTED = (
    "已生成合并请求 !{}，审核合并以后生效。检查和预览稍后出现在那里。\n\n"
    "要改，直接编辑本议题，保存后那里随之更新；不要另填一份。\n"
)


def template(kind: str, answers: dict[str, str]) -> str:
    """A template that somebody has filled in: each answer below the remark of its question."""
    text = written()[f"{TEMPLATES}/{kind}.md"]
    for label, answer in answers.items():
        head, mark, rest = text.partition(f"### {label}\n\n")
        assert mark, label
        remark, end, below = rest.partition("-->\n")
        text = f"{head}{mark}{remark}{end}{answer}\n{below}"
    return text


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    files: dict[str, str | bytes | None] = {
        ".gitlab-ci.yml": (STARTER / "_gitlab-ci.yml").read_bytes(),
        **{name: (STARTER / name).read_bytes() for name in ("Makefile", "requirements.txt")},
        A: RECORD.replace("学雷锋进社区", "植树"),
    }
    with serving(GitLab(tmp_path)) as forge:
        yield Office(tmp_path, forge, files)


def test_the_file_fits_the_schema_and_is_that_of_new_archives(tmp_path: Path) -> None:
    ours, theirs = ROOT / ".gitlab-ci.yml", STARTER / "_gitlab-ci.yml"
    done = schema_check("vendor.gitlab-ci", str(ours), str(theirs))
    assert (done.exit_code, done.stdout) == (0, "ok -- validation done\n")
    spoilt = tmp_path / "x.yml"
    spoilt.write_text(theirs.read_text("utf-8").replace("    - if:", "    - when_if:"), "utf-8")
    assert schema_check("vendor.gitlab-ci", str(spoilt)).exit_code == 1
    # The program's own has the suite beside it.
    assert ours.read_text("utf-8").startswith(theirs.read_text("utf-8"))
    jobs = yaml.load(ours.read_text("utf-8"), yaml.CSafeLoader)
    assert list(jobs) == ["workflow", "default", "variables", "检查", "答复", "测试"]


def test_the_token_reaches_no_job_that_runs_what_a_merge_request_brings() -> None:
    jobs = yaml.load((STARTER / "_gitlab-ci.yml").read_text("utf-8"), yaml.CSafeLoader)
    assert "ARCHIVE_TOKEN" not in str([jobs["检查"], jobs["default"], jobs["workflow"]])
    assert jobs["答复"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "trigger"'}]


@pytest.mark.parametrize("kind", FORMS)
def test_an_empty_template_is_a_form_without_answers(kind: str) -> None:
    """The remarks are the forge's to hide; what must be answered is asked for."""
    body = Client.without_remarks(template(kind, {}))
    read = parse_form(body, FORMS[kind])
    faults = read if isinstance(read, list) else []
    required = [question for question in FORMS[kind].questions if question.required]
    asked = [question.label for question in required if question.shape != "list"]
    assert all(any(label in fault for fault in faults) for label in asked)
    assert "<!--" not in body


def test_a_filled_template_becomes_a_merge_request(office: Office) -> None:
    number = office.forge.file("植树", template("volunteering", ACTIVITY))
    assert office.formed(number) == ACCEPTED.format(2)
    assert office.text("form/1", PATH) == RECORD
    assert office.forge.issues[2]["title"] == "登记志愿服务活动（议题 #1）"
    office.forge.issues[number]["body"] = template("volunteering", {**ACTIVITY, "参加人数": "很多"})
    said = office.formed(number)
    assert safe("“参加人数”须为") in said
    assert said.endswith("\n\n合并请求 !2 还是上一次的内容。\n")
    office.forge.issues[number]["body"] = template("volunteering", {**ACTIVITY, "地点": "林场"})
    assert office.formed(number) == ACCEPTED.format(2)
    office.merge(2)
    assert office.formed(number).startswith("合并请求 !2 已经合并，")
    assert office.forge.dispatched == []


def test_what_is_filed_gives_no_order_to_the_forge(office: Office) -> None:
    """GitLab acts on lines that begin with a stroke, in what a workflow writes too."""
    orders = "很多\n/close\n/merge"
    body = template("volunteering", {**ACTIVITY, "参加人数": orders, "备注": "/close"})
    said = office.formed(office.forge.file("植树", body))
    assert not any(line.lstrip(" -").startswith("/") for line in said.splitlines())


# What its jobs do is tried one by one in tests/proposals, on GitLab too.
@pytest.mark.deep
def test_the_pipelines_of_an_office(office: Office, tmp_path: Path) -> None:
    forge, runner = office.forge, GitLabRunner(office.forge, tmp_path)
    clone = office.clone("main")

    def hook(told: object) -> dict[str, str]:
        ran = runner.runs(clone, Event("trigger", told), "trigger")  # type: ignore[arg-type]
        assert {name: step.outcome for name, step in ran.items()} == {"答复": "success"}, ran
        return {name: step.output for name, step in ran.items()}

    number = forge.file("植树", template("volunteering", ACTIVITY))
    assert "议题 #1 已成为合并请求 !2。" in hook(forge.issue_event(number))["答复"]
    assert forge.said(number) == [f"<!-- archive:form -->\n{ACCEPTED.format(2)}"]
    # The merge request's own pipeline: no token, its commit.
    pull = Event("merge_request", {}, "refs/heads/form/1", "main")
    ran = runner.runs(office.clone("form/1"), pull, "merge_request_event")
    assert {name: step.outcome for name, step in ran.items()} == {"检查": "success"}, ran
    assert "已在合并请求 !2 下写好评论。" in hook(forge.pull_event(2))["答复"]
    assert forge.said(2)[0].startswith(
        f"{SAID.format(forge.head('form/1')[:12])}## 检查\n\n没有问题。"
    )
    # From a fork, with a fault.
    sha = office.edit("b", A, "services: 30", "services: 三十")
    subprocess.run(["git", "update-ref", "-d", "refs/heads/b"], cwd=forge.bare, check=True)
    fork = forge.open("b")
    forge.issues[fork] |= {"fork": "zhang/dangan", "sha": sha}
    hook(forge.pull_event(fork))
    assert "\n- 第 7 行：services（服务人次）" in forge.said(fork)[0]
    # A comment, a closed merge request, another event: nothing is written.
    before = list(forge.comments)
    forge.close(fork)
    hook(forge.pull_event(fork))
    hook({**forge.issue_event(number), "object_kind": "note"})
    assert forge.comments == before
    # A push to the default branch and a schedule are checked; a push to another branch starts nothing.
    for source in ("push", "schedule"):
        assert runner.names(clone, Event("push", {}), source) == ["检查"]
    assert runner.names(clone, Event("push", {}, "refs/heads/form/1"), "push") == []


def test_the_events_hold_what_is_described(office: Office) -> None:
    number = office.forge.file("植树", "")
    assert described.event_faults("issue", office.forge.issue_event(number), "gitlab") == []
    assert Client("gitlab", "http://x", NAME, TOKEN).root == "/projects/ju%2Fdangan"
