"""Read a forge's description back from the clients that are generated from it, Gitea's and Forgejo's.

The registries have their descriptions as no file. A generated client says the same: for each operation its method,
path and parameters, for each type its fields.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Definitions = Mapping[str, Any]
"""Name of a type → its JSON Schema, which refers to others by `{"$ref": name}`."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: types are JSON Schemas; `answers` has them by status, None for an empty answer."""

    method: str
    path: str
    query: Mapping[str, Any]
    body: Any
    answers: Mapping[str, Any]


_PYTHON = {
    "StrictStr": "string", "str": "string", "datetime": "string", "date": "string",
    "StrictInt": "integer", "int": "integer", "StrictFloat": "number", "float": "number",
    "StrictBool": "boolean", "bool": "boolean", "Dict": "object", "dict": "object",
}  # fmt: skip


def python_client(folder: Path) -> tuple[list[Operation], Definitions]:
    """Read what OpenAPI Generator makes for Python."""
    definitions: dict[str, Any] = {}
    for path in sorted((folder / "models").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                definitions[node.name] = _model(node)
    operations = [
        one
        for path in sorted((folder / "api").glob("*_api.py"))
        for one in _api(ast.parse(path.read_text("utf-8")))
    ]
    return operations, definitions


def _model(node: ast.ClassDef) -> Any:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for one in node.body:
        if not isinstance(one, ast.AnnAssign) or not isinstance(one.target, ast.Name):
            continue
        name = one.target.id
        if name.startswith("_") or name == "model_config":
            continue
        given = one.value.keywords if isinstance(one.value, ast.Call) else []
        values = {it.arg: ast.literal_eval(it.value) for it in given if isinstance(it.value, ast.Constant)}  # fmt: skip
        name = values.get("alias", name)
        properties[name] = _annotated(one.annotation)
        if one.value is None or (isinstance(one.value, ast.Call) and "default" not in values):
            required.append(name)
    return {"type": "object", "properties": properties, "required": required}


def _annotated(node: ast.expr) -> Any:
    """A type of Python as a JSON Schema."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _annotated(ast.parse(node.value, mode="eval").body)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
        if node.value.id in ("Optional", "Annotated"):
            return _annotated(inner)
        if node.value.id in ("List", "list"):
            return {"type": "array", "items": _annotated(inner)}
        return {"type": _PYTHON.get(node.value.id, "any")}
    if isinstance(node, ast.Name):
        return {"type": _PYTHON[node.id]} if node.id in _PYTHON else {"$ref": node.id}
    return {}


def _api(tree: ast.Module) -> Iterator[Operation]:
    methods = {
        node.name: node
        for part in tree.body
        if isinstance(part, ast.ClassDef)
        for node in part.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    for name, node in methods.items():
        if not (name.startswith("_") and name.endswith("_serialize")):
            continue
        called = methods[name.removeprefix("_").removesuffix("_serialize")]
        arguments = {it.arg: it.annotation for it in called.args.args if it.annotation}
        given: dict[str, str] = {}
        query: dict[str, Any] = {}
        for call in (it for it in ast.walk(node) if isinstance(it, ast.Call)):
            words = {it.arg: it.value for it in call.keywords}
            if "resource_path" in words:
                given = {key or "": ast.literal_eval(words[key]) for key in ("method", "resource_path")}  # fmt: skip
            first = call.args[0] if call.args else None
            appended = isinstance(call.func, ast.Attribute) and call.func.attr == "append"
            if (
                appended
                and isinstance(first, ast.Tuple)
                and isinstance(first.elts[0], ast.Constant)
            ):
                inside = [it.id for it in ast.walk(first.elts[1]) if isinstance(it, ast.Name)]
                query[str(first.elts[0].value)] = _annotated(arguments[inside[0]])
        body = _annotated(arguments["body"]) if "body" in arguments else None
        yield Operation(given["method"], given["resource_path"], query, body, _answers(called))


def _answers(node: ast.AST) -> dict[str, Any]:
    for one in ast.walk(node):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):  # noqa: SIM102
            if one.target.id == "_response_types_map" and one.value:
                found = ast.literal_eval(one.value)
                return {
                    code: it and _annotated(ast.parse(it, mode="eval").body)
                    for code, it in found.items()
                }
    return {}


_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_TYPE = re.compile(r"^type (\w+) = (\{.*?\n\}|[^;]*);$", re.MULTILINE | re.DOTALL)
_FUNCTION = re.compile(r"^var (\w+) = \(options\) => \(options\??\.client \?\? client\)\.(\w+)\(", re.MULTILINE)  # fmt: skip
_TOKEN = re.compile(r"'[^']*'|[\w$]+|\S")
_TYPESCRIPT = {"string": "string", "number": "number", "boolean": "boolean"}


def typescript_client(types: str, code: str) -> tuple[list[Operation], Definitions]:
    """Read what Hey API makes for TypeScript: its declared types, and its code for the methods."""
    definitions = _Declared(_TYPE.findall(_REMARK.sub("", types)))
    operations = []
    for function, method in _FUNCTION.findall(code):
        name = function[0].upper() + function[1:]
        asked = definitions[f"{name}Data"]["properties"]
        answers = definitions[f"{name}Responses"]["properties"]
        operations.append(
            Operation(
                method.upper(),
                asked["url"]["enum"][0],
                asked["query"].get("properties", {}),
                asked["body"] or None,
                {status: answer or None for status, answer in answers.items()},
            )
        )
    return operations, definitions


class _Declared(dict[str, Any]):
    """Name → the type, read when it is asked for: the client has types of its own that are of another form."""

    def __init__(self, declared: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._texts = dict(declared)

    def __missing__(self, name: str) -> Any:
        self[name] = _Types(_TOKEN.findall(self._texts[name])).read()
        return self[name]


class _Types:
    """A reader of the few forms of types that there are in such a client; what it does not know is any."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens[::-1]

    def read(self) -> Any:
        """The next type, as a JSON Schema."""
        alternatives = [self._one()]
        while self.left and self.left[-1] == "|":
            self.left.pop()
            alternatives.append(self._one())
        words = [word for one in alternatives for word in one.get("enum", ())]
        return {"enum": words} if words else alternatives[0] if len(alternatives) == 1 else {}

    def _one(self) -> Any:
        token = self.left.pop()
        if token == "{":
            return self._object()
        if token == "Array":
            self.left.pop()
            items = self.read()
            self.left.pop()
            return {"type": "array", "items": items}
        if token.startswith("'"):
            return {"enum": [token.strip("'")]}
        if token in _TYPESCRIPT:
            return {"type": _TYPESCRIPT[token]}
        return {"$ref": token} if token[0].isupper() else {}

    def _object(self) -> Any:
        properties: dict[str, Any] = {}
        required = []
        while (name := self.left.pop()) != "}":
            if name == "[":  # any name: [key: string]
                while self.left.pop() != "]":
                    pass
            optional = self.left[-1] == "?"
            while self.left.pop() != ":":
                pass
            field = self.read()
            self.left.pop()  # the semicolon
            if name != "[":
                properties[name.strip("'")] = field
                required += [] if optional else [name.strip("'")]
        return {"type": "object", "properties": properties, "required": required}
