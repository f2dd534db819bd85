"""What a forge accepts and answers, as its own description has it (`KIND.json`)."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

KINDS = ("github", "gitea", "forgejo", "gitlab")


@cache
def _read(kind: str) -> Any:
    return json.loads((Path(__file__).parent / f"{kind}.json").read_text("utf-8"))


def calls(kind: str, by: str = "calls") -> list[Any]:
    """The calls of the API that the description was cut down to; `by` is `maintainer` for those by hand."""
    found: list[Any] = _read(kind)[by]
    return found


def call(kind: str, method: str, path: str, by: str = "calls") -> Any:
    """The call that a request makes; None if there is none."""
    for one in calls(kind, by):
        pattern = re.sub(r"\{\w+\}", "[^/]+", one["path"])
        if one["method"] == method and re.fullmatch(pattern, path):
            return one
    return None


def request_faults(call: Any, query: Mapping[str, str], body: Any) -> list[str]:
    """What is wrong with a request."""
    where = f"{call['method']} {call['path']}"
    faults = []
    for name, text in query.items():
        kind = call["query"].get(name)
        number = kind in ("integer", "number") and text.isdigit()
        if kind is None:
            faults.append(f"{where}: no parameter {name}")
        elif not number:
            faults += type_faults(kind, text, f"{where}: parameter {name}")
    if (call["body"] is None) != (body is None):
        return [*faults, f"{where}: {'a body' if call['body'] is None else 'no body'}"]
    return [*faults, *(type_faults(call["body"], body, f"{where}: body") if body else ())]


def answer_faults(call: Any, status: int, answer: Any) -> list[str]:
    """What is wrong with an answer of a stand-in, as if the forge had given it."""
    where = f"{call['method']} {call['path']}"
    if status not in call["status"]:
        return [f"{where}: never answers {status}"]
    return list(type_faults(call["answer"], answer, f"{where}: answer")) if call["answer"] else []


def event_faults(name: str, event: Any, kind: str = "github") -> list[str]:
    """What is wrong with an event that a forge tells of."""
    return list(type_faults(_read(kind)["events"][name], event, name))


def event_fields(name: str) -> set[str]:
    """The fields of an event of GitHub's, as `issue.number`."""

    def inside(type_: Any, before: str) -> Iterator[str]:
        for field, inner in type_.items():
            path = f"{before}{field.removesuffix('?')}"
            yield from inside(inner, f"{path}.") if isinstance(inner, dict) else [path]

    return set(inside(_read("github")["events"][name], ""))


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
    "object": (dict,), "any": (object,),
}  # fmt: skip


def type_faults(type_: Any, value: Any, where: str) -> Iterator[str]:
    """What of a value is not of a type, in the form of the files; a field that the type has not, too."""
    if isinstance(type_, list):
        if not isinstance(value, list):
            yield f"{where}: no list"
            return
        for one in value:
            yield from type_faults(type_[0], one, f"{where}[]")
    elif isinstance(type_, dict):
        if not isinstance(value, dict):
            yield f"{where}: no object"
            return
        known = {name.removesuffix("?"): name for name in type_}
        yield from (f"{where}.{name}: missing" for name in type_ if name[-1] != "?" and name not in value)  # fmt: skip
        for name, inner in value.items():
            if name not in known:
                yield f"{where}.{name}: not described"
            elif inner is not None or known[name] == name:
                yield from type_faults(type_[known[name]], inner, f"{where}.{name}")
    elif type_.startswith("'"):
        if value not in [one.strip("'") for one in type_.split("|")]:
            yield f"{where}: {value!r} is none of {type_}"
    elif not isinstance(value, _TYPES[type_]) or (isinstance(value, bool) and type_ != "boolean"):
        yield f"{where}: {value!r} is no {type_}"
