"""Write the files of a source tree made from another, and link what the two trees share."""

from collections.abc import Container, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from archive.facts.project import Project
from archive.files.writing import block


def fields_file(fields: Mapping[str, Any]) -> bytes:
    """The fields as the bytes of a YAML file; `{}` if there are none."""
    return ("".join(block(*field) for field in fields.items()) or "{}\n").encode()


def write(path: Path, content: bytes) -> None:
    """Write a file, and create its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def new_tree(source: Project, root: Path, variant: str) -> Project:
    """Return a project in the empty folder `root`, made from that of `source`."""
    return Project(root, root / "data", source.as_of, source.root, variant)


def settings(
    text: str, pages: Container[str], placed: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> str:
    """The text of mkdocs.yml with a `nav` of `pages` only, and after a page those `placed` there."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    lines = text.split("\n")
    # From the end, so that the line numbers of the entries before stay valid.
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in reversed(entries):
        if key.value == "nav":
            left = _left(value, pages, placed)
            shown = (
                yaml.safe_dump({key.value: left}, allow_unicode=True).split("\n") if left else []
            )
            lines[key.start_mark.line : value.end_mark.line] = shown
    return "\n".join(lines)


def _left(
    node: yaml.Node, pages: Container[str], placed: Mapping[str, tuple[str, ...]]
) -> list[Any]:
    """The entries of a navigation that lead to one of `pages`, and the sections that hold such."""
    found: list[Any] = []
    for entry in node.value:
        if isinstance(entry, yaml.ScalarNode):
            if entry.value in pages:
                found += [entry.value, *placed.get(entry.value, ())]
            continue
        for title, value in entry.value:
            if isinstance(value, yaml.ScalarNode):
                more = placed.get(value.value, ())
                found += [{title.value: value.value}, *more] if value.value in pages else []
            elif inner := _left(value, pages, placed):
                found.append({title.value: inner})
    return found
