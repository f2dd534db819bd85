"""A record's file with some values changed and every other byte as it was.

No YAML library writes the file anew: the parser says where a value stands, and only that is
replaced. So comments, order, quotes, line breaks and blank lines stay as people wrote them. What
comes out is read again, and refused if it does not hold just what was wanted.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml

from archive.files.writing import block, item, literal, scalar
from archive.files.yaml import parse_bytes, resolve


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


BOM = "\ufeff"

Span = tuple[int, int, str]
"""From, to, and what stands there instead."""


class UnchangeableError(ValueError):
    """The file is written in a way that this cannot change."""


def edited(
    raw: bytes, held: Mapping[str, Any], changes: Mapping[str, Any], order: Sequence[str]
) -> bytes:
    """`raw`, the file of a record that is known to have `held`, with `changes` (field → plain value).

    `order` is that of the schema's fields. Raises `UnchangeableError` where the file cannot be
    changed so that it holds just that, or holds something else already.
    """
    if without_empty(parse_bytes(raw, "").data) != without_empty(held):
        raise UnchangeableError
    text = raw.decode("utf-8-sig")
    head = BOM if raw.startswith(BOM.encode()) else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    last = "" if text.endswith("\n") else newline
    root = yaml.compose(text + last, Loader=yaml.CSafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise UnchangeableError
    spans = sorted(_Editor(text + last).mapping(root, changes, order), key=lambda span: span[:2])
    if spans and spans[-1][1] > len(text):  # something stands below what was the last line
        text += last
    # From the end, so that no span moves another; of two at one place the first comes first.
    for start, end, new in spans[::-1]:
        text = text[:start] + new.replace("\n", newline) + text[end:]
    result = (head + text).encode()
    if without_empty(parse_bytes(result, "").data) != without_empty({**held, **changes}):
        raise UnchangeableError
    return result


def without_empty(value: Any) -> Any:
    """What a file says: a field that is empty may as well be left out."""
    if isinstance(value, Mapping):
        held = {name: without_empty(one) for name, one in value.items()}
        return {name: one for name, one in held.items() if one not in (None, [])}
    return [without_empty(one) for one in value] if isinstance(value, list) else value


class _Editor:
    """Finds what to replace in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = Marks(text)

    def mapping(
        self, node: Any, changes: Mapping[str, Any], order: Sequence[str]
    ) -> Iterator[Span]:
        """The spans that change fields of a mapping in block style."""
        pairs = {key.value: (key, value) for key, value in node.value}
        indent = node.start_mark.column
        for name, new in changes.items():
            if name in pairs:
                if without_empty(_data(pairs[name][1])) != without_empty(new):
                    yield from self._value(*pairs[name], new, indent)
            elif new not in (None, []):
                before = [one for one in order[: order.index(name)] if one in pairs]
                if not before:
                    raise UnchangeableError
                yield self._below(pairs[before[-1]][1], block(name, new, indent))

    def _value(self, key: Any, node: Any, new: Any, indent: int) -> Iterator[Span]:
        start, end = node.start_mark.index, self._marks.end(node)
        if isinstance(node, yaml.SequenceNode) and new:
            yield from self._sequence(key, node, new, indent)
        elif isinstance(node, yaml.MappingNode) and new and not node.flow_style:
            yield from self.mapping(node, new, list(new))
        elif isinstance(node, yaml.ScalarNode) and not isinstance(new, list | dict):
            yield self._scalar(key, node, new, indent + 2)
        else:  # from or to nothing, or from brackets: the whole value anew
            colon = self._marks.after_colon(key)
            text = block("", new, indent)[indent + 1 :].removesuffix("\n")
            rest = self._text[end : self._marks.line_break(end)]
            if rest.strip():  # a comment on the line stays on it
                first, gap, more = text.partition("\n")
                yield self._marks.line_break(end), self._marks.line_break(end), gap + more
                text = first
            yield colon, end if start >= colon else colon, text

    def _scalar(self, key: Any, node: Any, new: Any, indent: int) -> Span:
        start, end = node.start_mark.index, self._marks.end(node)
        if new is None:
            return self._marks.after_colon(key), end, ""
        line = self._marks.line_break(end)
        alone = not self._text[end:line].strip()
        style = node.style if node.style in ("'", '"') else ""
        text = literal(new, indent) if alone and not style else scalar(new, style)
        gap = "" if self._text[start - 1].isspace() else " "
        # Spaces behind the value would become a part of a text of several lines.
        return start, line if "\n" in text else end, gap + text

    def _sequence(self, key: Any, node: Any, new: list[Any], indent: int) -> Iterator[Span]:
        if node.flow_style:
            start, end = node.start_mark.index, node.end_mark.index
            edges = [start, *(at for one in node.value for at in self._marks.span(one)), end]
            between = zip(edges[::2], edges[1::2], strict=True)
            if any("#" in self._text[slice(*gap)] for gap in between):  # a comment would be lost
                raise UnchangeableError
            if all(not isinstance(one, dict) for one in new) and node.value:
                yield start, end, f"[{', '.join(scalar(one, flow=True) for one in new)}]"
                return
            at = self._marks.line_break(end)
            yield self._marks.after_colon(key), end, ""
            yield at, at, "\n" + "".join(item(one, indent + 2) for one in new).removesuffix("\n")
            return
        pad = self._marks.indent(node.value[0])
        old, wanted = ([repr(without_empty(one)) for one in items] for items in (_data(node), new))
        steps = SequenceMatcher(None, old, wanted, autojunk=False).get_opcodes()
        for kind, first, last, start, end in steps:
            if kind == "equal":
                continue
            pairs = list(zip(node.value[first:last], new[start:end], strict=False))
            for one, value in pairs:
                yield from self._item(one, value, pad)
            lines = "".join(item(one, pad) for one in new[start + len(pairs) : end])
            for one in node.value[first + len(pairs) : last]:
                yield self._marks.line_start(one), self._marks.line_end(one), ""
            if lines and last:
                yield self._below(node.value[last - 1], lines)
            elif lines:
                at = self._marks.line_start(node.value[0])
                yield at, at, lines

    def _item(self, node: Any, new: Any, pad: int) -> Iterator[Span]:
        if isinstance(node, yaml.MappingNode) and isinstance(new, dict) and not node.flow_style:
            yield from self.mapping(node, new, list(new))
        elif isinstance(node, yaml.ScalarNode) and isinstance(new, str):
            style = node.style if node.style in ("'", '"') else ""
            yield node.start_mark.index, self._marks.end(node), scalar(new, style)
        else:
            yield self._marks.line_start(node), self._marks.line_end(node), item(new, pad)

    def _below(self, node: Any, lines: str) -> Span:
        """Lines below the one in which the value ends."""
        at = self._marks.line_end(node)
        return at, at, lines


def _data(node: Any) -> Any:
    """A value as plain data, as it is read everywhere else."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(one) for one in node.value]
    return node.value if node.style else resolve(node.value)
