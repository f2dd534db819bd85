"""Files of a source tree that is made from another, and what it shares with that one."""

import shutil
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

import yaml

from archive.files.writing import block


def fields_file(fields: Mapping[str, Any]) -> bytes:
    """A file of fields; `{}` where there are none."""
    return ("".join(block(*field) for field in fields.items()) or "{}\n").encode()


def write(path: Path, content: bytes) -> None:
    """Write a file, and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def machinery(source: Path, root: Path, name: str) -> None:
    """Templates and fonts; what is kept between builds, under `name`, apart from what others keep."""
    if (source / "overrides").is_dir():
        shutil.copytree(source / "overrides", root / "overrides")
    (root / ".cache").mkdir()
    for shared in ("fonts", ".cache/fonts"):
        if (source / shared).is_dir():
            (root / shared).symlink_to(source / shared)
    for kept in ("pages", "press", "templates"):
        folder = source / ".cache" / name / kept
        folder.mkdir(parents=True, exist_ok=True)
        (root / ".cache" / kept).symlink_to(folder)


def settings(text: str, pages: Container[str]) -> str:
    """mkdocs.yml whose `nav` leads to `pages` alone, and which watches nothing: code is not in the tree."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    lines = text.split("\n")
    # From the end, so that the marks of what stands before stay true.
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in reversed(entries):
        if key.value in ("nav", "watch"):
            left = [] if key.value == "watch" else _left(value, pages)
            shown = (
                yaml.safe_dump({key.value: left}, allow_unicode=True).split("\n") if left else []
            )
            lines[key.start_mark.line : value.end_mark.line] = shown
    return "\n".join(lines)


def _left(node: yaml.Node, pages: Container[str]) -> list[Any]:
    """The entries of a navigation that lead to a page, sections among them that hold one."""
    found: list[Any] = []
    for entry in node.value:
        if isinstance(entry, yaml.ScalarNode):
            if entry.value in pages:
                found.append(entry.value)
            continue
        for title, value in entry.value:
            if isinstance(value, yaml.ScalarNode):
                found += [{title.value: value.value}] if value.value in pages else []
            elif inner := _left(value, pages):
                found.append({title.value: inner})
    return found
