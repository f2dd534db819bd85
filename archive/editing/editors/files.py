"""The files that are made from the models and kept in the repository, in step with them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from archive.editing.editors.issue_forms import (
    FOLDERS,
    HEAD,
    TEMPLATE_HEAD,
    TEMPLATES,
    issue_forms,
)
from archive.editing.editors.schemas import EXTENSIONS, FOLDER, schema_files, settings
from archive.files.storing import replace_file
from archive.files.yaml import Problem
from archive.schema.collections import Collection, with_kinds
from archive.schema.kinds import Kinds

COMMAND = ".venv/bin/archive schema"
"""What writes them."""


def generated(collections: Mapping[str, Collection], kinds: Kinds) -> dict[str, str]:
    """Path from the repository's root → the text of each file."""
    collections = with_kinds(collections, kinds)
    schemas = list(schema_files(collections, kinds))
    return {
        **{kind.path: _json(kind.whole) for kind in schemas},
        ".vscode/settings.json": _json(settings(schemas)),
        ".vscode/extensions.json": _json(EXTENSIONS),
        **issue_forms(collections, kinds),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def write(root: Path, files: Mapping[str, str]) -> list[str]:
    """Write what is not there yet or differs, remove schemas of nothing; the paths, in order."""
    changed = [problem.path for problem in outdated_files(root, files)]
    for path in changed:
        if path in files:
            replace_file(root / path, files[path].encode())
        else:
            (root / path).unlink()
    return changed


def outdated_files(root: Path, files: Mapping[str, str]) -> list[Problem]:
    """Files that are not what they are generated as: path from the root → text."""
    return sorted(_out_of_step(root, files))


def _out_of_step(root: Path, files: Mapping[str, str]) -> Iterator[Problem]:
    for path, text in files.items():
        there = root / path
        if not there.is_file():
            yield Problem(path, 1, f"须有这个文件，现没有；请运行 {COMMAND}")
        elif there.read_bytes() != text.encode():
            yield Problem(path, 1, f"须与程序写出的一致，现不一致；请运行 {COMMAND}")
    written = [(there, FOLDER) for there in (root / FOLDER).glob("*.json")]
    heads = {**dict.fromkeys(FOLDERS, HEAD), TEMPLATES: TEMPLATE_HEAD}
    for folder, head in heads.items():
        forms = (one for one in (root / folder).glob("*.*") if one.is_file())
        written += [(one, folder) for one in forms if one.read_bytes().startswith(head.encode())]
    for there, folder in sorted(written):
        path = f"{folder}/{there.name}"
        if path not in files:
            yield Problem(path, 1, f"须有写出它的模型或台账，现没有；请运行 {COMMAND}")
