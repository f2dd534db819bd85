"""What the forges read: workflows that give nothing away, owners of folders, as valid as can be told here."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.proposals.pulls.answer_form import WORKFLOWS
from archive.proposals.pulls.github import BOTS
from tests.conftest import ROOT
from tests.samples.sample import git
from tests.samples.schema_check import schema_check

FOLDERS = {".github": "github", ".gitea": "gitea", ".forgejo": "forgejo"}
NAMES = ["check.yml", "ci.yml", "comment.yml", "form.yml"]
FILES = [ROOT / folder / "workflows" / name for folder in FOLDERS for name in NAMES]
SHORT = [str(path.relative_to(ROOT)) for path in FILES]
PINNED = re.compile(r"actions/(checkout|upload-artifact)@[0-9a-f]{40}")
READ = {"contents": "read"}
PERMISSIONS = {
    ".github/workflows/check.yml": READ,
    ".github/workflows/ci.yml": READ,
    ".github/workflows/comment.yml": READ | {"actions": "read", "pull-requests": "write"},
    ".github/workflows/form.yml": {
        "contents": "write", "issues": "write", "pull-requests": "write", "actions": "write",
    },
}  # fmt: skip


def workflow(path: Path) -> Any:
    found = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return {"on": found.pop(True), **found}  # YAML 1.1 takes `on` for true


def steps(path: Path) -> list[Any]:
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


def test_these_are_all_there_are() -> None:
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder / "workflows").iterdir())]
    assert found == FILES


SCHEMA = "vendor.github-workflows"


def test_they_fit_the_schema_of_workflows(tmp_path: Path) -> None:
    done = schema_check(SCHEMA, *map(str, FILES))
    assert (done.exit_code, done.stdout) == (0, "ok -- validation done\n")
    spoilt = tmp_path / "x.yml"
    spoilt.write_text(FILES[0].read_text("utf-8").replace("runs-on:", "run-on:"), "utf-8")
    assert schema_check(SCHEMA, str(spoilt)).exit_code == 1


@pytest.mark.parametrize("path", FILES, ids=SHORT)
def test_nothing_from_outside_reaches_a_shell(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", "")
    assert "secrets." not in path.read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=SHORT)
def test_actions_are_pinned_to_a_commit(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert all(PINNED.fullmatch(one) for one in used), used


@pytest.mark.parametrize("path", FILES, ids=SHORT)
def test_permissions_are_the_least(path: Path) -> None:
    found = workflow(path)
    expected = dict(PERMISSIONS[f".github/workflows/{path.name}"])
    if found["on"].keys() == {"pull_request_target"}:
        del expected["actions"]
    assert found["permissions"] == expected
    assert all("permissions" not in job for job in found["jobs"].values())
    assert all(job["timeout-minutes"] for job in found["jobs"].values())


@pytest.mark.parametrize("path", FILES, ids=SHORT)
def test_code_of_a_pull_request_never_runs_where_a_token_may_write(path: Path) -> None:
    events = workflow(path)["on"].keys()
    checkouts = [step["with"] for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]  # fmt: skip
    assert len(checkouts) == len(workflow(path)["jobs"])
    assert all("ref" not in one for one in checkouts)
    if path.name in WORKFLOWS:
        assert events == {"push", "pull_request", "workflow_dispatch"}
        assert all(one["persist-credentials"] is False for one in checkouts)
    elif path.name == "form.yml":
        assert events == {"issues"}
    else:
        assert events == {"workflow_run" if ".github" in path.parts else "pull_request_target"}


def test_the_comment_follows_the_check() -> None:
    comment = workflow(ROOT / ".github/workflows/comment.yml")
    check = workflow(ROOT / ".github/workflows/check.yml")
    assert comment["on"]["workflow_run"]["workflows"] == [check["name"]]


@pytest.mark.parametrize("path", FILES, ids=SHORT)
def test_they_run_the_commands_there_are(path: Path) -> None:
    runs = [step["run"] for step in steps(path) if step.get("run", "").startswith(".venv/")]
    kind = FOLDERS[path.relative_to(ROOT).parts[0]]
    forge = "" if kind == "github" else f" --forge {kind}"
    annotated = " --format github" if kind == "github" else ""
    assert kind in BOTS
    assert (
        runs
        == {
            "check.yml": [
                f'.venv/bin/archive check{annotated} --since "origin/$BASE"',
                ".venv/bin/archive schema --check",
            ],
            "ci.yml": [],
            "comment.yml": [f".venv/bin/archive pulls comment{forge}"],
            "form.yml": [f".venv/bin/archive pulls form{forge}"],
        }[path.name]
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_suite_runs_where_the_program_is_touched(folder: str) -> None:
    """As a step left out, not as a workflow: a required check that never runs blocks the merge."""
    found = workflow(ROOT / folder / "workflows" / "ci.yml")
    assert found["on"]["pull_request"] is None
    for job in found["jobs"].values():
        *_, asked, last = job["steps"]
        assert asked["id"] == "changed"
        assert asked["env"] == {"BASE": "${{ github.base_ref }}"}
        assert asked["run"].startswith("setup/touches-program ")
        assert last["if"] == "${{ steps.changed.outputs.program != 'false' }}"
        assert last["run"].endswith(("make test", "make quick"))


SETTINGS = "site_name: 一\nnav:\n  - index.md\ntheme:\n  name: material\n"
NEW_PAGE = SETTINGS.replace("  - index.md\n", "  - index.md\n  - b.md\n")


@pytest.mark.parametrize("inside", [pytest.param("", marks=pytest.mark.deep), "各站/档案"])
@pytest.mark.parametrize(
    ("changes", "program"),
    [
        ({"data/unit.yml": "b\n", "docs/report/a.md": "b\n"}, False),
        ({"docs/b.md": "b\n", "mkdocs.yml": NEW_PAGE}, False),
        ({"data/unit.yml": None}, False),
        ({"mkdocs.yml": SETTINGS.replace("material", "mkdocs")}, True),
        ({"docs/guide/a.md": "b\n"}, False),
        ({"docs/assets/a.css": "b\n"}, True),
        ({"data/unit.yml": "b\n", "archive/a.py": "b\n"}, True),
        ({"archive/a.py": None}, True),
        ({"archive/a.py": None, "data/a.py": "a\n"}, True),
        ({"数据.md": "b\n"}, True),
    ],
)
def test_whether_a_pull_request_touches_the_program(
    tmp_path: Path, changes: dict[str, str | None], program: bool, inside: str
) -> None:
    here = tmp_path / inside

    def put(files: dict[str, str | None]) -> None:
        for name, text in files.items():
            path = here / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", "x")

    git(tmp_path, "init", "-q", "-b", "main")
    same = "a\n"
    pages = ("data/unit.yml", "docs/report/a.md", "docs/guide/a.md", "docs/assets/a.css")
    put({**dict.fromkeys((*pages, "archive/a.py"), same), "mkdocs.yml": SETTINGS})
    git(tmp_path, "checkout", "-q", "-b", "change")
    put(changes)
    # What came to the base meanwhile is no part of the change.
    git(tmp_path, "checkout", "-q", "main")
    put({"archive/later.py": "b\n"})
    git(tmp_path, "checkout", "-q", "change")

    def answer(*args: str) -> str:
        command = [sys.executable, str(ROOT / "setup" / "touches-program"), *args]
        done = subprocess.run(command, cwd=here, capture_output=True, encoding="utf-8", check=True)  # fmt: skip
        return done.stdout

    assert answer("main") == f"program={str(program).lower()}\n"
    assert answer("no-such-branch") == answer() == "program=true\n"


@pytest.mark.parametrize("name", [*(f"workflows/{name}" for name in NAMES), "CODEOWNERS"])
def test_gitea_and_forgejo_are_told_the_same(name: str) -> None:
    gitea = (ROOT / ".gitea" / name).read_text("utf-8")
    same = gitea.replace("--forge gitea", "--forge forgejo").replace("ubuntu-latest", "docker")
    assert (ROOT / ".forgejo" / name).read_text("utf-8") == same


OWNER = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:/[\w.-]+)?|[^\s@]+@[^\s@]+")


def rules() -> list[list[str]]:
    text = (ROOT / ".github/CODEOWNERS").read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def test_every_owned_folder_is_there_and_no_owner_is_invented() -> None:
    (everything, *_), *folders = rules()
    assert everything == "*"
    for pattern, *owners in folders:
        assert pattern.startswith("/")
        there = ROOT / pattern.strip("/")
        assert there.is_dir() if pattern.endswith("/") else there.is_file(), pattern
        assert all(OWNER.fullmatch(owner) for owner in owners)
    patterns = [pattern for pattern, *_ in folders]
    assert len(set(patterns)) == len(patterns)
    # The last rule that fits counts: the narrower stand below the wider.
    for index, pattern in enumerate(patterns):
        assert not any(wider.startswith(pattern) for wider in patterns[:index])
    assert {"/docs/", "/data/", "/archive/", "/tests/", "/.github/"} <= set(patterns)


def test_the_other_forges_examples_of_owners_fit_files() -> None:
    text = (ROOT / ".gitea/CODEOWNERS").read_text("utf-8")
    assert all(line.startswith("#") for line in text.splitlines())
    examples = re.findall(r"^#   (\S+) @账号$", text, re.MULTILINE)
    files = [
        path.relative_to(ROOT).as_posix()
        for folder in ("archive", "data", "docs", "schema", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    ]
    assert len(examples) == 5
    for example in examples:
        assert any(re.fullmatch(example, name) for name in files), example
