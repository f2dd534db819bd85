"""What people write wrong in a value of YAML, on one line, and the value as they meant it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.files.excerpts import clip

REMARK = "值里空格之后的 # 须连值一起加引号（说明须另起一行），否则 # 和后面的字都会丢掉"
SIGN = " 开头的值须加引号"

_CLOSED = re.compile(r""""(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'""")
_ESCAPED = re.compile(
    r"""(?:[^\\]|\\(?:[0abtnvfre "/\\N_LP]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}))*+"""
)
_BEFORE_VALUES = frozenset("[{,:")
"""The signs in brackets after which a value begins."""
_BLOCK = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])(?:\s+#.*)?")
_REMARK = re.compile(r"[ \t]#")
_DASHES = re.compile(r"(?:-(?: \s*+|$))++")
_COLON = re.compile(r":(?=[ \t]|$)")
_FIELD_WITHIN = re.compile(r"(?<=[ \t,，;；、])[a-z][a-z0-9]++(?:_[a-z0-9]++)*+:[ \t].*")
"""A second field on the line of the first."""
_CLOSING = {"[": "]", "{": "}"}
_CALLED = {"[": "方括号 [ ] ", "{": "花括号 { } "}
_ENGLISH = str.maketrans("｛｝［］", "{}[]")
_ENDS = "”“＂’‘＇"
NO_COMMA = "，、；;"
"""The signs that stand for an English comma between items."""
_SIGNS = "@`%*&!,]}"


class Value(NamedTuple):
    """A value mended: the rule it broke, empty if none, and what it should be."""

    rule: str
    text: str
    open: str = ""
    """What stands open at its end: a quote, a bracket, or | for a block of lines."""
    certain: bool = True
    """Whether that is what was meant."""
    way_out: str = ""
    """What to do where the text cannot be mended."""


def quoted(value: str) -> str:
    """`value` in quotes, as YAML reads them."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def mended(value: str) -> Value:
    """Look at what stands after a field's colon or an item's dash."""
    if not value:
        return Value("", "")
    first = value[0]
    if first in "\"'":
        return _in_quotes(value)
    if first in _CLOSING:
        return _in_brackets(value)
    if first in "｛［" and value[-1] in "｝］":
        return Value("方括号、花括号须用英文的", mended(value.translate(_ENGLISH)).text)
    if first in "|>":
        if _BLOCK.fullmatch(value):
            return Value("", value, "|")
        plain = value.lstrip("|>+- ")
        return Value("多行文字（| 或 >）须从下一行写起并缩进", mended(plain).text)
    if first == "#" or _REMARK.search(value):
        return Value(REMARK, quoted(value))
    if first in _SIGNS:
        return Value(f"{first}{SIGN}", quoted(value))
    if dashes := _DASHES.match(value):
        depth = dashes[0].count("-")
        items = f"{'[' * depth}{mended(value[dashes.end() :]).text}{']' * depth}"
        return Value("列表须从下一行写起，一行一项，各项以“- ”开头", items)
    if within := _FIELD_WITHIN.search(value):
        way_out = f"请把 {clip(within[0])} 移到下一行，与这一行对齐，或者给整个值加引号"
        return Value("一行须只写一个字段", value, "", False, way_out)
    if _COLON.search(value):
        return Value("值里有英文冒号的，整个值须加引号", quoted(value))
    return Value("", value)


def after(text: str, mark: str) -> int:
    """How many more brackets are open after `text` than before it; a quote ends what is quoted."""
    if mark in "\"'":
        return -text.count(mark)
    return text.count(mark) - text.count(_CLOSING[mark])


def closing(value: str, mark: str) -> Value:
    """The value, which nothing below ends, with the quote or bracket that it lacks."""
    if mark in "\"'":
        inside = value[1:].rstrip(_ENDS)
        rest = quoted(inside) if mark == '"' or "'" in inside else f"'{inside}'"
        return Value("引号须成对，两边都用英文引号", rest)
    rest = value.rstrip("】］｝ ,，") + _CLOSING[mark]
    return Value(f"{_CALLED[mark]}须成对，各项用英文逗号隔开", rest, certain=False)


def _in_quotes(value: str) -> Value:
    mark, found = value[0], _CLOSED.match(value)
    if not found:
        return Value("", value, mark)
    if mark == '"' and not _ESCAPED.fullmatch(found[0]):
        return Value("双引号里的反斜杠须写成两个，或者改用单引号", quoted(found[0][1:-1]))
    rest = value[found.end() :]
    if rest.lstrip().startswith("#") and rest[0] in " \t":
        return Value(REMARK, found[0])
    if rest.strip():
        whole = value[1:-1] if mark == "'" == value[-1] else value
        return Value("引号后面还有字的，整个值须再加一层引号", quoted(whole))
    return Value("", value)


def _in_brackets(value: str) -> Value:
    depth, before = 0, ""
    for start, part in _parts(value):
        depth += (part in _CLOSING) - (part in ("]", "}"))
        if part in ("'", '"') and before in _BEFORE_VALUES:
            return Value("引号须成对，两边都用英文引号", value, "", False, f"请补上另一个 {part}")
        if part == "#" and value[start - 1] in " \t[,{":
            way_out = "请把 # 和后面的字移到另一行，或者连这一项加引号"
            return Value(REMARK, value, value[0], False, way_out)
        before = part if part.strip() else before
        if depth == 0:
            rest = value[start + 1 :]
            if rest.lstrip().startswith("#") and rest[0] in " \t":
                return Value(REMARK, value[: start + 1])
            if rest.strip():
                return Value("以括号开头的文字，整个值须加引号", quoted(value))
            break
    if value[0] == "{" and not depth and not any(mark in value for mark in "\"'[#"):
        return _fields(value)
    if value[0] == "[" and not depth and not any(mark in value for mark in "\"'{"):
        return _items(value)
    return Value("", value, value[0] if depth else "")


def _parts(value: str) -> Iterator[tuple[int, str]]:
    """Yield what is in quotes, and every other character, with where it begins.

    A quote within a text (`it's`) begins nothing.
    """
    at, before = 0, ""
    while at < len(value):
        found = _CLOSED.match(value, at) if before in _BEFORE_VALUES else None
        part = found[0] if found else value[at]
        yield at, part
        before = part if part.strip() else before
        at += len(part)


def _fields(value: str) -> Value:
    """The fields of a group on one line; there are no quotes in it."""
    parted = re.sub(rf"(?<!\s)\s*+[{NO_COMMA}]\s*+(?=[a-z][a-z0-9_]*+\s*+[:：])", ", ", value)
    parted = re.sub(r"(?<=[{ ])([a-z][a-z0-9_]*+)\s*+(?:：|:(?![\s/]))\s*+", r"\1: ", parted)
    return Value("花括号里须写作 {字段: 值, 字段: 值}" if parted != value else "", parted)


def _items(value: str) -> Value:
    """The items of a list on one line; there are no quotes in it."""
    filled = re.sub(r"(?<=[\[,])(\s*+),\s*+", r"\1", value)
    signed = re.sub(r"(?<=[\[,])(\s*+)([*&!@`%][^,\[\]]*+)", _quoted_item, filled)
    if signed != filled:
        return Value("以 * & ! @ ` % 开头的项须加引号", signed)
    parted = re.sub(rf"[{NO_COMMA}]\s*+(?=\])", "", filled)
    parted = re.sub(rf"(?<!\s)\s*+[{NO_COMMA}]\s*+", ", ", parted)
    if parted != filled:
        rule = "各项须用英文逗号隔开，一项里有逗号、顿号、分号的，这一项须加引号"
        return Value(rule, parted)
    return Value("各项之间须只有一个英文逗号" if filled != value else "", filled)


def _quoted_item(found: re.Match[str]) -> str:
    return found[1] + quoted(found[2].rstrip())
