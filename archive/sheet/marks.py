"""Where in a YAML file's text a value begins and ends, and the line that holds it."""

from typing import Any

import yaml


class Marks:
    """Places in one text, of nodes that the parser found in it; all count characters."""

    def __init__(self, text: str) -> None:
        self._text = text

    def span(self, node: Any) -> tuple[int, int]:
        """A value from its beginning to its end."""
        return node.start_mark.index, self.end(node)

    def end(self, node: Any) -> int:
        """Where a value ends: a list or mapping in block style with its last value."""
        if isinstance(node, yaml.ScalarNode):
            inside = self._text[node.start_mark.index : node.end_mark.index]
            # A block of text ends, for the parser, where something else begins.
            return int(node.start_mark.index) + len(inside.rstrip(" \t\r\n"))
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def line_break(self, at: int) -> int:
        """Where the line of `at` ends, before its line break."""
        found = self._text.find("\n", at)
        end = len(self._text) if found < 0 else found
        return end - 1 if end > at and self._text[end - 1] == "\r" else end

    def line_end(self, node: Any) -> int:
        """Where the line begins that follows a value."""
        found = self._text.find("\n", self.end(node))
        return len(self._text) if found < 0 else found + 1

    def line_start(self, node: Any) -> int:
        """Where the line begins in which a value begins."""
        return self._text.rfind("\n", 0, node.start_mark.index) + 1

    def indent(self, node: Any) -> int:
        """The spaces that this line begins with."""
        line = self._text[self.line_start(node) : node.start_mark.index]
        return len(line) - len(line.lstrip(" "))

    def after_colon(self, key: Any) -> int:
        """Where a field's value might begin, if it has none."""
        return self._text.index(":", key.end_mark.index) + 1
