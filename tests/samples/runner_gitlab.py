"""Run the jobs of `.gitlab-ci.yml` as GitLab's runner does, for a pipeline of a source."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.samples.runner import Event, Runner, Step
from tests.samples.standin import NAME, TOKEN

_RULE = re.compile(r"\$(\w+) (==|!=) (\"[^\"]*\"|\$\w+)")


def holds(rule: str, variables: Mapping[str, str]) -> bool:
    """Whether a rule's condition holds: comparisons of variables, joined by `&&`."""
    for part in rule.split(" && "):
        name, sign, right = _RULE.fullmatch(part).groups()  # type: ignore[union-attr]
        value = right.strip('"') if right.startswith('"') else variables.get(right[1:], "")
        if (variables.get(name, "") == value) is (sign == "!="):
            return False
    return True


def expanded(text: str, variables: Mapping[str, str]) -> str:
    """A variable of a job with others in it; `$$` stands for the sign itself."""
    return re.sub(r"\$(\$|\w+)", lambda it: "$" if it[1] == "$" else variables.get(it[1], ""), text)


@dataclass
class GitLabRunner(Runner):
    """A machine for the jobs of a project."""

    def runs(self, root: Path, event: Event, source: str) -> dict[str, Step]:
        """The jobs of the pipeline that starts for an event: name → its outcome."""
        file, there = self._read(root), self._variables(event, source)
        return {
            name: self._job(file, file[name], event, there)
            for name in self.names(root, event, source)
        }

    def names(self, root: Path, event: Event, source: str) -> list[str]:
        """The names of those jobs; none if no pipeline starts."""
        file, there = self._read(root), self._variables(event, source)
        given = ("workflow", "default", "variables")
        picked = [name for name in file if name not in given and self._picked(file[name], there)]
        return picked if self._picked(file["workflow"], there) else []

    def _read(self, root: Path) -> Any:
        return yaml.load((root / ".gitlab-ci.yml").read_text("utf-8"), yaml.CSafeLoader)

    def _variables(self, event: Event, source: str) -> dict[str, str]:
        branch = event.ref.removeprefix("refs/heads/")
        there = {"CI_PIPELINE_SOURCE": source, "CI_DEFAULT_BRANCH": "main"}
        if source == "merge_request_event":
            there["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = event.base
        else:
            there["CI_COMMIT_BRANCH"] = branch
        # A protected variable is there on a protected branch alone.
        if there.get("CI_COMMIT_BRANCH") == "main":
            there["ARCHIVE_TOKEN"] = TOKEN
        return there

    def _picked(self, job: Any, variables: Mapping[str, str]) -> bool:
        return any(holds(rule["if"], variables) for rule in job["rules"])

    def _job(self, file: Any, job: Any, event: Event, there: Mapping[str, str]) -> Step:
        self.jobs += 1
        here = self.folder / f"job-{self.jobs}"
        work = here / "work"
        work.mkdir(parents=True)
        base = self._environment(here, event)
        github = {name for name in base if name.startswith("GITHUB_")}
        bare = str(self.forge.bare).removesuffix(".git")
        variables = {
            **{name: value for name, value in base.items() if name not in github},
            **there, "GITLAB_CI": "true", "CI_API_V4_URL": self.forge.api, "CI_PROJECT_PATH": NAME,
            "CI_SERVER_URL": self.forge.web,
            "CI_PROJECT_DIR": str(work), "CI_PROJECT_URL": bare,
        }  # fmt: skip
        if there["CI_PIPELINE_SOURCE"] == "trigger":
            variables["TRIGGER_PAYLOAD"] = base["GITHUB_EVENT_PATH"]
        own = {**file["variables"], **job.get("variables", {})}
        variables |= {name: expanded(text, variables) for name, text in own.items()}
        self._checkout(work, event, {"fetch-depth": int(variables["GIT_DEPTH"])})
        lines = [*file["default"]["before_script"], *job["script"]]
        path = here / "script.sh"
        path.write_text("\n".join(["set -eo pipefail", *lines]), "utf-8")
        done = subprocess.run(
            ["/usr/bin/bash", str(path)], cwd=work, env=variables, check=False, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return Step(job["script"][0], "failure" if done.returncode else "success", done.stdout)
