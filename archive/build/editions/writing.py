"""Write the files of a source tree made from another, and link what the two trees share."""

import shutil
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

import yaml

from archive.files.writing import block


def fields_file(fields: Mapping[str, Any]) -> bytes:
    """The fields as the bytes of a YAML file; `{}` if there are none."""
    return ("".join(block(*field) for field in fields.items()) or "{}\n").encode()


def write(path: Path, content: bytes) -> None:
    """Write a file, and create its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def copy_site_settings(source: Path, root: Path, name: str) -> None:
    """Copy the templates, link the fonts and the caches; each tree `name` has its own caches."""
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
    """The text of mkdocs.yml with a `nav` of `pages` only, and no `watch`, as there is no code."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    lines = text.split("\n")
    # From the end, so that the line numbers of the entries before stay valid.
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
    """The entries of a navigation that lead to one of `pages`, and the sections that hold such."""
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
