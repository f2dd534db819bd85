"""Find what in a page's text is not prose: macro calls, raw blocks, fences, comments, code.

Each has one strict form, in which every reader of Markdown sees the same; whatever begins like one
of them and is not in that form is a fault. So there is one reading of a page, and the text which
the engine gets (`Page.rendered`) is made by it. Everything here takes time linear in the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.files.excerpts import shorten
from archive.files.html import COMMENT

Span = tuple[int, int]
"""The offsets of the beginning and the end of a part of a page's text."""

HTML_FENCE = "html-as-is"
"""The fence in which macros pass HTML through Markdown, as named in mkdocs.yml; pages cannot use it."""


@dataclass(frozen=True, slots=True)
class Call:
    """`{{ name(args, options) }}` from `start` to `end` in the page's text."""

    start: int
    end: int
    name: str
    args: tuple[object, ...]
    options: tuple[tuple[str, object], ...]


@dataclass(slots=True)
class Spans:
    """What was found in a text, each list in order; `faults` as (span, message)."""

    calls: list[Call] = field(default_factory=list)
    raws: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Raw blocks: begin of the block, begin of its content, end of its content, end of the block."""
    fences: list[Span] = field(default_factory=list)
    comments: list[Span] = field(default_factory=list)
    codes: list[Span] = field(default_factory=list)
    faults: list[tuple[Span, str]] = field(default_factory=list)


# Quantifiers that give nothing back (`*+`) keep each pattern linear.
_NAME = r"[A-Za-z_][A-Za-z0-9_]*+"
_BLANK = r"[ \t\n]*+"
_VALUE = r"\"[^\"\n\\{}]*+\"|'[^'\n\\{}]*+'|-?[0-9]{1,18}|[Tt]rue|[Ff]alse"
_ARGUMENT = re.compile(rf"(?:(?P<key>{_NAME}){_BLANK}={_BLANK})?+(?P<value>{_VALUE}){_BLANK}")
_CALL = re.compile(rf"\{{\{{{_BLANK}(?P<name>{_NAME}){_BLANK}\({_BLANK}")
_END = re.compile(rf"\){_BLANK}\}}\}}")
_COMMA = re.compile(rf",{_BLANK}")
_SIGN = re.compile(r"\{(?:\{++|[%#])")
_RAW, _ENDRAW = "{% raw %}", "{% endraw %}"
_CLOSED = re.compile(r"(?:\"[^\"\n{}]{0,400}+\"|'[^'\n{}]{0,400}+'|[^\"'{}]){0,400}+\}\}")

_FENCE_LIKE = re.compile(r"(?P<indent>[ \t>]*+)(?P<fence>`{3,}+|~{3,}+)(?P<info>.*+)")
_INFO = re.compile(
    r"""[ ]?(?:[A-Za-z0-9_+#-]*|\{ ?(?:\.(?!md-|archive-)[\w+-]+ ?)+(?:title="[^"\n<>{}`]*" ?)?\})[ \t]*"""
)
# Python-Markdown also passes on processing instructions and declarations, which no browser shows.
_MARK = re.compile(r"<!--|<\?|<!(?=[\[A-Za-z])|(?<!\\)\\*+`++")
_CLOSING = {"<!--": "-->", "<?": "?>", "<!": ">"}


def read_spans(text: str) -> Spans:
    """Find the spans of a page's text, all faults included."""
    found = Spans()
    _macros(text, found)
    shown = fill(text, [(call.start, call.end) for call in found.calls], "x")
    shown = fill(shown, [raw[:2] for raw in found.raws] + [raw[2:] for raw in found.raws])
    _fences(text, shown, found)
    _inline(fill(shown, [*found.fences, *(span for span, _ in found.faults)]), found)
    if HTML_FENCE in text:
        at = text.index(HTML_FENCE)
        found.faults.append(((at, at), _NO_HTML_FENCE))
    found.faults.sort()
    return found


def fill(text: str, spans: list[Span], sign: str = " ") -> str:
    """Return `text` with `sign` in place of each character of the spans; line breaks stay."""
    if not spans:
        return text
    parts, done = [], 0
    for start, end in joined(spans):
        lines = text[start:end].split("\n")
        parts += [text[done:start], "\n".join([sign * len(line) for line in lines])]
        done = end
    return "".join([*parts, text[done:]])


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap or touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Return whether one of the spans, which are in order and apart, shares a character with another."""
    index = bisect_left(spans, (end,))
    return index > 0 and spans[index - 1][1] > start


def replaced(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return `text` with each (start, end, instead) made; one that overlaps an earlier is left out."""
    return replaced_with_offsets(text, edits)[0]


def replaced_with_offsets(
    text: str, edits: Iterable[tuple[int, int, str]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` as `replaced` does, and pairs of offsets: after each edit, in the result and in `text`."""
    parts: list[str] = []
    pairs: list[tuple[int, int]] = []
    done = length = 0
    for start, end, instead in sorted(edits):
        if start >= done:
            parts += [text[done:start], instead]
            length += start - done + len(instead)
            done = end
            pairs.append((length, done))
    return "".join([*parts, text[done:]]), pairs


def _macros(text: str, found: Spans) -> None:
    """Find macro calls and raw blocks, and refuse all else that template engines would act on."""
    at = 0
    last = text.rfind(_ENDRAW)
    while sign := _SIGN.search(text, at):
        start, at = sign.start(), sign.start() + 2
        if text.startswith(_RAW, start):
            if start > last:
                found.faults.append(((start, start), _NO_ENDRAW))
                continue
            end = text.find(_ENDRAW, start)
            at = end + len(_ENDRAW)
            found.raws.append((start, start + len(_RAW), end, at))
        elif sign[0][1] != "{":
            found.faults.append(((start, start), _OPEN[sign[0]]))
        elif call := _call(text, start):
            found.calls.append(call)
            at = call.end
        elif closed := _CLOSED.match(text, start + 2):
            at = closed.end()
            written = " ".join(text[start:at].split())
            found.faults.append(((start, at), _NO_CALL.format(written) + _WRITE_CALL))
        else:
            found.faults.append(((start, start), _OPEN["{{"]))
            at = sign.end()  # one message for the row of them


def _call(text: str, start: int) -> Call | None:
    """The macro call at `start`; None if what stands there is not just one call with literal values."""
    opened = _CALL.match(text, start)
    if not opened:
        return None
    args: list[object] = []
    options: dict[str, object] = {}
    at = opened.end()
    while value := _ARGUMENT.match(text, at):
        if value["key"] in options or (options and not value["key"]):
            return None
        if value["key"]:
            options[value["key"]] = _literal(value["value"])
        else:
            args.append(_literal(value["value"]))
        at = value.end()
        comma = _COMMA.match(text, at)
        if not comma:
            break
        at = comma.end()
    closed = _END.match(text, at)
    if not closed:
        return None
    return Call(start, closed.end(), opened["name"], tuple(args), tuple(options.items()))


def _literal(written: str) -> object:
    if written[0] in "\"'":
        return written[1:-1]
    return written in ("true", "True") if written[0] in "tTfF" else int(written)


def _fences(text: str, shown: str, found: Spans) -> None:
    """Find fenced blocks of code, line by line; macros and marks of raw blocks are filled in `shown`."""
    opened: tuple[int, str, str] | None = None  # offset, indent, fence
    even = True  # whether no line of the block begins before its first line
    at = 0
    for line in shown.split("\n"):
        end = at + len(line)
        like = _FENCE_LIKE.fullmatch(line)
        if opened is None:
            if not like or _is_inline(like):
                pass
            elif like["indent"].strip(" ") or not text.startswith(line, at):
                found.faults.append(((at, end), _FENCE))
            else:
                opened, even = (at, like["indent"], like["fence"]), True
                if not _INFO.fullmatch(like["info"]) and HTML_FENCE not in like["info"]:
                    found.faults.append(((at, end), _info_fault(line.strip())))
        elif like and like["fence"].startswith(opened[2]) and not like["info"].strip(" \t"):
            if like["indent"] == opened[1] and like["fence"] == opened[2]:
                found.fences.append((opened[0], end))
                opened = None
            else:
                found.faults.append(((at, end), _FENCE))
        elif even and line.strip() and not text.startswith(opened[1], at):
            found.faults.append(((at, at), _DEDENTED))
            even = False
        at = end + 1
    if opened:
        found.faults.append(((opened[0], opened[0]), _NO_CLOSING_FENCE))
        found.fences.append((opened[0], len(shown)))


def _info_fault(line: str) -> str:
    return f'代码块的开头须写作 ``` 语言 或 ``` {{ .语言 title="题目" }}，现为：{shorten(line)}'


def _is_inline(like: re.Match[str]) -> bool:
    """Whether a line that begins like a fence is code within a line: the same signs close it there."""
    return like["fence"][0] == "`" and bool(re.search(rf"(?<!`){like['fence']}(?!`)", like["info"]))


def _inline(text: str, found: Spans) -> None:
    """Find comments and code within a line, from left to right; fences are blank in `text`."""
    at = 0
    lines = [found.start() for found in re.finditer("\n", text)]
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    while mark := _MARK.search(text, at):
        start, at = mark.start(), mark.end()
        if closing := _CLOSING.get(mark[0]):
            comment = COMMENT.match(text, start)
            end = text.find(closing, at)
            at = comment.end() if comment else end + len(closing) if end >= 0 else len(text)
            found.comments.append((start, at))
            if not comment:
                found.faults.append(((start, start), _NO_COMMENT.format(shorten(text[start:at]))))
            continue
        size = mark[0].count("`")
        partner = _next(runs[size], at, len(text))
        end_of_line = _next(lines, at, len(text))
        if mark[0][0] == "`" and partner < end_of_line:
            found.codes.append((start, partner + size))
            at = partner + size
        else:
            found.faults.append(((start, start), _NO_CODE))
            at = end_of_line  # one message for the line


def _next(offsets: Sequence[int], at: int, end: int) -> int:
    """The first of the sorted offsets that is at or after `at`; `end` if there is none."""
    index = bisect_left(offsets, at)
    return offsets[index] if index < len(offsets) else end


_NO_CALL = "双花括号里须是一个宏，现为 {}"
_WRITE_CALL = '；请写作 {{ fig("指标编号") }} 的样子，或者删去花括号'
_OPEN = {
    "{{": '双花括号 {{ }} 须成对，引号须用英文引号并成对；请写作 {{ fig("指标编号") }} 的样子',
    "{%": "页面里须只用双花括号的宏，现有 {%；要原样显示请放进 raw 块",
    "{#": "左花括号与 # 之间须有空格，{# 会把后面的文字全部当作注释吞掉；请写作 { #id }",
}
_NO_ENDRAW = "原样显示的一段须以 {% endraw %} 结束，现没有；请在末尾加一行 {% endraw %}"
_FENCE = "代码块的首行和末行须各占一行，缩进相同，反引号一样多，不放在引用（>）里；请调整首行、末行"
_DEDENTED = "代码块里各行的缩进不得少于首行；请补上空格"
_NO_CLOSING_FENCE = "代码块须有末行，现没有；请写上与首行同样的反引号"
_NO_COMMENT = (
    "注释须写作 <!-- 文字 -->，文字里没有小于号和两个连着的连字符，别的 <! 和 <? 不用，现有：{}"
)
_NO_CODE = "反引号须在一行内成对，前面不得有反斜线；请补成一对，或者删去"
_NO_HTML_FENCE = "html-as-is 是宏专用的，页面里不得有，请删去"
