"""The site's settings, mkdocs.yml, with a navigation that names the pages there are."""

from collections.abc import Container
from typing import Any

import yaml


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
