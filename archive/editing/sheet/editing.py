"""Change some values of a record's file and leave every other byte as it was.

The file is not dumped again by a YAML library: the parser says where a value is, and only that span
is replaced. So comments, order, quotes, line breaks and blank lines stay as people wrote them. The
result is parsed again, and refused if it does not hold exactly what was wanted.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import yaml

from archive.facts.alike import differing
from archive.files.writing import block, item, literal, scalar
from archive.files.yaml import parse_bytes, resolve_scalar


class YamlMarks:
    """Offsets, in characters, of the YAML nodes that were parsed from one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def span(self, node: Any) -> tuple[int, int]:
        """Start and end of a value."""
        return node.start_mark.index, self.end(node)

    def end(self, node: Any) -> int:
        """The end of a value; a list or mapping in block style ends with its last value."""
        if isinstance(node, yaml.ScalarNode):
            inside = self._text[node.start_mark.index : node.end_mark.index]
            # The parser ends a block of text where the next thing begins.
            return int(node.start_mark.index) + len(inside.rstrip(" \t\r\n"))
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def line_break(self, at: int) -> int:
        """The end of the line of `at`, before its line break."""
        found = self._text.find("\n", at)
        end = len(self._text) if found < 0 else found
        return end - 1 if end > at and self._text[end - 1] == "\r" else end

    def line_end(self, node: Any) -> int:
        """The start of the line after a value."""
        found = self._text.find("\n", self.end(node))
        return len(self._text) if found < 0 else found + 1

    def line_start(self, node: Any) -> int:
        """The start of the line in which a value starts."""
        return self._text.rfind("\n", 0, node.start_mark.index) + 1

    def indent(self, node: Any) -> int:
        """The number of spaces at the start of the value's line."""
        line = self._text[self.line_start(node) : node.start_mark.index]
        return len(line) - len(line.lstrip(" "))

    def after_colon(self, key: Any) -> int:
        """The offset after the colon of a key, where its value would start."""
        return self._text.index(":", key.end_mark.index) + 1


BOM = "\ufeff"

Span = tuple[int, int, str]
"""Start, end, and the text to put there instead."""


class UnchangeableError(ValueError):
    """The file is written in a form that cannot be changed here."""


def edited(
    raw: bytes, held: Mapping[str, Any], changes: Mapping[str, Any], order: Sequence[str]
) -> bytes:
    """The file `raw`, which holds the data `held`, with `changes` (field → plain value) made.

    `order` lists the fields in the order of the schema. Raises UnchangeableError if the file cannot
    be changed to hold exactly that, or does not hold `held`.
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
    if spans and spans[-1][1] > len(
        text
    ):  # text is added below the last line, which has no line break
        text += last
    # From the end, so that no edit shifts another span; two at one offset keep their order.
    for start, end, new in spans[::-1]:
        text = text[:start] + new.replace("\n", newline) + text[end:]
    result = (head + text).encode()
    if without_empty(parse_bytes(result, "").data) != without_empty({**held, **changes}):
        raise UnchangeableError
    return result


def dropped(raw: bytes, at: Sequence[str], keys: Collection[str]) -> bytes:
    """The file `raw` without the entries `keys` of the mapping at `at`, in block style; else byte for byte.

    Raises UnchangeableError if the file cannot be changed to hold exactly that.
    """
    text = raw.decode("utf-8-sig")
    head = BOM if raw.startswith(BOM.encode()) else ""
    wanted = parse_bytes(raw, "").data
    node: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    inside = wanted
    for name in at:
        node = next((value for key, value in node.value if key.value == name), None)
        inside = inside[name]
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise UnchangeableError
    marks = YamlMarks(text)
    for key, value in reversed(node.value):
        if key.value in keys:
            del inside[key.value]
            text = text[: marks.line_start(key)] + text[marks.line_end(value) :]
    result = (head + text + ("" if wanted else "{}\n")).encode()
    if parse_bytes(result, "").data != wanted:
        raise UnchangeableError
    return result


def without_empty(value: Any) -> Any:
    """The data without empty fields, since an empty field means the same as a missing one."""
    if isinstance(value, Mapping):
        held = {name: without_empty(one) for name, one in value.items()}
        return {name: one for name, one in held.items() if one not in (None, [])}
    return [without_empty(one) for one in value] if isinstance(value, list) else value


class _Editor:
    """Finds the spans to replace in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = YamlMarks(text)

    def mapping(
        self, node: Any, changes: Mapping[str, Any], order: Sequence[str]
    ) -> Iterator[Span]:
        """The spans that make `changes` in a mapping in block style; raises UnchangeableError."""
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
        else:  # from or to an empty value, or from flow style: replace the whole value
            colon = self._marks.after_colon(key)
            text = block("a", new, indent)[indent + 2 :].removesuffix("\n")
            yield colon, end if start >= colon else colon, text

    def _scalar(self, key: Any, node: Any, new: Any, indent: int) -> Span:
        start, end = node.start_mark.index, self._marks.end(node)
        if new is None:
            return self._marks.after_colon(key), end, ""
        style = node.style if node.style in ("'", '"') else ""
        text = scalar(new, style) if style else literal(new, indent)
        gap = "" if self._text[start - 1].isspace() else " "
        # Trailing spaces would become part of a text block of several lines.
        return start, self._marks.line_break(end) if "\n" in text else end, gap + text

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
        for first, last, start, end in differing(old, wanted):
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
        """The span that adds lines below the last line of a value."""
        at = self._marks.line_end(node)
        return at, at, lines


def _data(node: Any) -> Any:
    """A YAML node as plain data, with scalars resolved as in every other file."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(one) for one in node.value]
    return node.value if node.style else resolve_scalar(node.value)
