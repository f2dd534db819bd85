"""Run a workflow's steps as a forge's runner does: which start for an event, in what order, shell and environment.

Of the actions it knows the checkout; the others are named in the outcome and do nothing. Packages of the system and
the program itself are installed already: `apt-get` notes what it is asked for, and `.venv` leads to the program.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT
from tests.samples.office import DAY
from tests.samples.standin import NAME, TOKEN, Forge

MAKE = """#!/bin/sh
case "$1" in {dry}) exec /usr/bin/make -n "$@" ;; *) exec /usr/bin/make "$@" ;; esac
"""
"""What takes minutes is only asked whether it is there."""


@dataclass(frozen=True)
class Step:
    """A step that was reached: its name or command, whether it went well, and what it printed."""

    name: str
    outcome: str
    output: str


@dataclass
class Event:
    """What happens on a forge: the trigger's name, its payload, the commit and ref that are checked out."""

    name: str
    payload: Mapping[str, Any]
    ref: str = "refs/heads/main"
    base: str = ""
    action: str = ""


def workflows(root: Path, kind: str) -> dict[str, Any]:
    """File → the workflow, of a forge."""
    found = {}
    for path in sorted((root / f".{kind}" / "workflows").glob("*.yml")):
        read = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        found[path.name] = {"on": read.pop(True), **read}  # YAML 1.1 takes `on` for true
    return found


def starts(workflow: Any, event: Event) -> bool:
    """Whether an event starts a workflow."""
    if event.name not in workflow["on"]:
        return False
    limits = workflow["on"][event.name] or {}
    types = limits.get("types", ["opened", "synchronize", "reopened"])
    branch = event.ref.removeprefix("refs/heads/")
    return (not event.action or event.action in types) and branch in limits.get(
        "branches", [branch]
    )


class Expressions:
    """The expressions of a job: `${{ … }}` in texts, and the conditions of steps."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.context = context
        self.failed = False

    def text(self, text: Any) -> str:
        return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda it: str(self._value(it[1]) or ""), str(text))

    def holds(self, condition: str | None) -> bool:
        """Whether a step or job with this condition runs; without one, if nothing has failed."""
        if condition is None:
            return not self.failed
        asked = condition.removeprefix("${{").removesuffix("}}").strip()
        if asked == "!cancelled()":
            return True
        left, sign, right = re.fullmatch(r"(.+?) (==|!=) (.+)", asked).groups()  # type: ignore[union-attr]
        return not self.failed and (self._value(left) == self._value(right)) is (sign == "==")

    def _value(self, name: str) -> Any:
        if name.startswith("'"):
            return name.strip("'")
        found: Any = self.context
        steps = name.split(".")
        for step in steps:
            # What a step has not put out is empty; everything else must be there.
            found = found.get(step, "") if steps[0] == "steps" and found != "" else found[step]
        return found


@dataclass
class Runner:
    """A machine for the jobs of a forge; `folder` holds its home and what it is given."""

    forge: Forge
    folder: Path
    dry: tuple[str, ...] = ("test", "quick", "build")
    asked: list[str] = field(default_factory=list)
    """The packages that were installed."""
    jobs: int = 0

    def happens(self, root: Path, event: Event) -> dict[str, list[Step]]:
        """The jobs that start: workflow's file → the steps reached. None where the job's condition fails."""
        return {
            name: steps
            for name, workflow in workflows(root, self.forge.kind).items()
            if starts(workflow, event)
            for steps in self._jobs(workflow, event)
        }

    def _jobs(self, workflow: Any, event: Event) -> Iterator[list[Step]]:
        for name, job in workflow["jobs"].items():
            github = {
                "event": event.payload,
                "token": TOKEN,
                "ref": event.ref,
                "base_ref": event.base,
            }
            if name == "quick":  # the same commands on other versions of Python
                continue
            expressions = Expressions({"github": github, "steps": {}})
            if expressions.holds(job.get("if")):
                # Both runners start `sh` in a container, where a step names no shell.
                shell = "sh" if "container" in job else "bash"
                yield list(self._steps(job["steps"], shell, event, expressions))

    def _steps(
        self, steps: list[Any], shell: str, event: Event, expressions: Expressions
    ) -> Iterator[Step]:
        self.jobs += 1
        here = self.folder / f"job-{self.jobs}"
        work = here / "work"
        work.mkdir(parents=True)
        environment = self._environment(here, event)
        for step in steps:
            name = step.get("name") or step.get("run", step.get("uses", "")).splitlines()[0]
            if not expressions.holds(step.get("if")):
                yield Step(name, "skipped", "")
                continue
            own = {key: expressions.text(value) for key, value in step.get("env", {}).items()}
            if "run" in step:
                done = self._run(shell, step["run"], work, here, {**environment, **own})
                expressions.failed |= done.returncode != 0
                if "id" in step:
                    outputs = dict(line.split("=", 1) for line in Path(environment["GITHUB_OUTPUT"]).read_text().splitlines())  # fmt: skip
                    expressions.context["steps"][step["id"]] = {"outputs": outputs}
                yield Step(name, "failure" if done.returncode else "success", done.stdout)
            else:
                if step["uses"].startswith("actions/checkout@"):
                    self._checkout(work, event, step["with"])
                yield Step(name, "success", "")
        self.asked += (here / "apt").read_text().split() if (here / "apt").exists() else []

    def _environment(self, here: Path, event: Event) -> dict[str, str]:
        """What a runner sets, and nothing of this machine's; a container has no language set."""
        home, bin_ = here / "home", here / "bin"
        for folder in (home, bin_):
            folder.mkdir()
        (bin_ / "apt-get").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {here}/apt\n')
        (bin_ / "make").write_text(MAKE.format(dry="|".join(self.dry) or "-"))
        for program in bin_.iterdir():
            program.chmod(0o755)
        told = here / "event.json"
        told.write_text(json.dumps(event.payload))
        return {
            "PATH": f"{bin_}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(home), "CI": "true", "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(here / "work"), "GITHUB_EVENT_PATH": str(told),
            "GITHUB_EVENT_NAME": event.name, "GITHUB_OUTPUT": str(here / "output"),
            "GITHUB_API_URL": self.forge.api, "GITHUB_SERVER_URL": self.forge.api.removesuffix("/api/v1"),
            "GITHUB_REPOSITORY": NAME, "GITHUB_REF": event.ref, "GITHUB_BASE_REF": event.base,
            # Beside what a runner sets: the day, which no test takes from the clock, and the fonts.
            "ARCHIVE_AS_OF": DAY, "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
        }  # fmt: skip

    def _checkout(self, work: Path, event: Event, options: Mapping[str, Any]) -> None:
        """What the action does for these options: all branches, and the commit of the event."""
        assert options["fetch-depth"] == 0
        for command in (
            ["init", "-q", "."],
            ["remote", "add", "origin", str(self.forge.bare)],
            ["fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*", f"+{event.ref}:refs/event"],
            ["checkout", "-q", "--detach", "refs/event"],
        ):  # fmt: skip
            subprocess.run(["git", *command], cwd=work, check=True, env={"PATH": os.environ["PATH"], "HOME": str(work.parent)})  # fmt: skip
        (work / ".venv" / "bin").mkdir(parents=True)
        (work / ".venv" / "bin" / "archive").symlink_to(ROOT / ".venv" / "bin" / "archive")
        (work / ".venv" / "site").touch()

    def _run(
        self, shell: str, script: str, work: Path, here: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """A script as the runner starts it where the workflow names no shell."""
        path = here / "step.sh"
        path.write_text(script, "utf-8")
        Path(environment["GITHUB_OUTPUT"]).touch()
        return subprocess.run(
            [f"/bin/{shell}", "-e", str(path)], cwd=work, env=environment, check=False, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
