"""Read YAML files and front matter as plain data with line numbers; faults are returned as problems.

YAML 1.1 silently converts some unquoted text into something else (`no`, `12:30`, `010`). This reader
does not: integers, exact decimals, dates, true/false and text are read as written, and text that YAML
1.1 would convert otherwise becomes an `AmbiguousScalar`, which no field of the schema accepts.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml

from archive.files.bounds import ENOUGH, MAX_SOURCE, MAX_TOLD, megabytes, read_enough
from archive.files.excerpts import one_line, shorten
from archive.files.line_breaks import unfolded
from archive.files.reasons import os_error_text
from archive.files.yaml_lines import ODD, Lines
from archive.files.yaml_values import REMARK

Loc = tuple[str | int, ...]
"""The place of a value in a document: the keys and indices that lead to it."""

DEEPEST = 20
"""The most levels of nesting in a file; no record needs more than four."""


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something an editor has to correct: the file, from the root, its line, and the message."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """`path:line: message`, the form every command prints."""
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class AmbiguousScalar:
    """Unquoted text that YAML 1.1 reads as something else; `meaning` says as what, in Chinese."""

    text: str
    meaning: str


@dataclass(slots=True)
class Document:
    """The content of a file: `data` (None if it could not be read), line of each value, problems."""

    path: str
    data: Any = None
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    meant: Any = None
    """What a file with faults would hold if its lines were written as meant: read to tell more faults."""
    _told: set[int] = field(default_factory=set, init=False, repr=False, compare=False)
    _counted: int = field(default=0, init=False, repr=False, compare=False)
    """How many problems have given their lines."""

    @property
    def told_lines(self) -> AbstractSet[int]:
        """The lines of the problems there are when this is asked; each is looked at once, however often."""
        self._told.update(problem.line for problem in self.problems[self._counted :])
        self._counted = len(self.problems)
        return self._told

    @property
    def content(self) -> Any:
        """What the file holds, or would hold without its faults; None if that is not known."""
        return self.meant if self.data is None else self.data

    def line(self, loc: Loc) -> int:
        """Return the line of the value at `loc`, or of the nearest value around it that exists."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def field_at(self, line: int) -> str:
        """Return the field in whose lines a line is; empty for the first, where the whole is told of."""
        before = [(there, loc[0]) for loc, there in self.lines.items() if loc and there <= line]
        return str(max(before)[1]) if before and line > 1 else ""


# Characters that no editor shows: control characters, stray byte order marks, and those line breaks
# that YAML counts but editors do not.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Signs that nobody sees, among them those that turn the direction of the text after them."""
_ESCAPED = re.compile(rf"{_INVISIBLE.pattern}|\r")


def decode(raw: bytes, path: str, most: int = MAX_SOURCE) -> Document:
    """Decode `raw`, at most so many bytes, as UTF-8; `data` is the text, each line ended by a line feed.

    It is None, with problems, for another encoding and for a text with invisible characters; then
    `meant` is the text as it was meant, if that is known.
    """
    document = Document(path)
    if len(raw) > most:
        found = f"{megabytes(len(raw))}{'以上' if len(raw) == ENOUGH else ''}"
        said = f"文件须不超过 {megabytes(most)}，现有 {found}；请拆成几个文件"
        document.problems.append(Problem(path, 1, said))
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        said, document.meant = _guess(raw)
        document.problems.append(
            Problem(path, line, f"文件编码须为 UTF-8，{said}；请在编辑器中另存为 UTF-8")
        )
        return document
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    document.problems += few_of_a_kind(_conflicts(text, path))
    if document.problems:
        return document  # which side is meant is not known
    document.problems += few_of_a_kind(_invisible(text, path))
    if document.problems:
        document.meant = _INVISIBLE.sub("", text)
    else:
        document.data = text
    return document


_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
"""How Git begins two versions of the same lines, between which somebody has to choose."""


def _conflicts(text: str, path: str) -> Iterator[Problem]:
    for found in _CONFLICT.finditer(text):
        message = (
            "两处改动不一致（Git 的冲突）须已经选定，现在从 <<<<<<< 起有两份；"
            "请留下要用的一份，删去另一份和 <<<<<<<、=======、>>>>>>> 三行"
        )
        yield Problem(path, text.count("\n", 0, found.start()) + 1, message)


def _invisible(text: str, path: str) -> Iterator[Problem]:
    line, done = 1, 0
    for found in _INVISIBLE.finditer(text):
        line += text.count("\n", done, found.start())
        done = found.start()
        message = f"不得含看不见的控制字符，现有 U+{ord(found[0]):04X}；请删去重打"
        yield Problem(path, line, message)


def few_of_a_kind(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first of the problems of each file, each once, and one more that counts the others.

    A page of one wrong sign would else have a million of them, which nobody reads and no memory holds.
    """
    told: dict[str, set[Problem]] = {}
    others: dict[str, tuple[Problem, int]] = {}
    for problem in problems:
        of_file = told.setdefault(problem.path, set())
        if problem in of_file:
            continue
        if len(of_file) < MAX_TOLD:
            of_file.add(problem)
            yield problem
        else:
            first, count = others.get(problem.path, (problem, 0))
            others[problem.path] = first, count + 1
    for first, count in others.values():
        yield Problem(
            first.path,
            first.line,
            f"一个文件里同类的问题只列 {MAX_TOLD} 处，从这一行起还有 {count} 处未列，"
            f"如：{shorten(first.message)}；请先改好列出的，再检查一次",
        )


def _guess(raw: bytes) -> tuple[str, str | None]:
    """What encoding a file seems to have, and its text, None if that cannot be told."""
    for encoding, said in (("utf-16", "现似为 UTF-16"), ("gb18030", "现似为 GBK（GB18030）")):
        if encoding != "utf-16" or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            with suppress(UnicodeDecodeError):
                text = raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
                return said, _INVISIBLE.sub("", text)
    return "现有无法识别的字节", None


def parse(text: str, path: str, first_line: int = 1) -> Document:
    """Read the one YAML document in `text`, which begins at line `first_line` of the file `path`."""
    document = _parse(text, path, first_line)
    if document.problems or isinstance(document.data, str) or ODD.search(text):
        lines = Lines(text)
        if lines.faults:
            told = {first_line + at: message for at, message in lines.faults}
            meant = _parse(lines.mended, path, first_line) if lines.certain else Document(path)
            left = [problem for problem in meant.problems if problem.line not in told]
            document = Document(path, lines=meant.lines, problems=left)
            document.meant = None if meant.problems else meant.data
            document.problems += [Problem(path, line, message) for line, message in told.items()]
            document.problems.sort()
    if document.problems:
        document.data = None
    return document


def _parse(text: str, path: str, first_line: int) -> Document:
    reader = _Reader(path, first_line, text)
    written = list[tuple[int, int]]()
    marked = " #" in text or "\t#" in text
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
            if marked and type(event) is yaml.ScalarEvent:
                written.append(_span(event, text))
            if reader.ended:
                break
        line, done = first_line, 0
        for at in _remarks_after_text(text, written) if marked else ():
            line += text.count("\n", done, at)
            done = at
            lost = text[at : at + 100].partition("\n")[0]
            reader.fault(line, f"{REMARK}，现为 {shorten(lost)}；请加引号，或者移到另一行")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        # At the end of the text the parser may name a line after the last one.
        line = min(line, first_line + max(0, text.rstrip("\n").count("\n")))
        reader.fault(line, _syntax(text.split("\n")[line - first_line]))
    except yaml.YAMLError:
        reader.fault(first_line, "YAML 写法有误，无法读取；每行须写作“字段: 值”，请逐行核对")
    return reader.document


_REMARK = re.compile(r"(?P<own_line>^[ \t]*+#)|[ \t]#", re.MULTILINE)


def _span(scalar: Any, text: str) -> tuple[int, int]:
    """Where the text of a scalar stands; that of a block begins after its first line."""
    start, end = scalar.start_mark.index, scalar.end_mark.index
    return (text.find("\n", start, end) if scalar.style in ("|", ">") else start), end


def _remarks_after_text(text: str, scalars: list[tuple[int, int]]) -> Iterator[int]:
    """Yield where a remark begins on a line that holds something else before it.

    `scalars` are the places, in order, of the values in which ` #` is text like any other.
    """
    coming = iter(scalars)
    start, end = next(coming, (len(text), len(text)))
    line_end = 0
    for found in _REMARK.finditer(text):
        while end < found.end():  # the next value that does not end before
            start, end = next(coming, (len(text), len(text)))
        if line_end <= found.start() < start:
            if not found["own_line"]:
                yield found.end() - 1
            line_end = text.find("\n", found.end()) % (len(text) + 1)  # without one: the end


def with_remarks_apart(text: str) -> str:
    """The YAML `text` with each remark behind a value on a line of its own above that value.

    Raises yaml.YAMLError where it cannot be read.
    """
    scalars = [
        _span(event, text)
        for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        if type(event) is yaml.ScalarEvent
    ]
    ends = [end for _, end in scalars]
    edits: list[tuple[int, int, str]] = []
    for at in _remarks_after_text(text, scalars):
        line = text.rfind("\n", 0, at) + 1
        before = bisect_right(ends, at) - 1
        if before >= 0 and ends[before] > line:  # a value of several lines is not parted
            line = min(line, text.rfind("\n", 0, scalars[before][0]) + 1)
        end = text.find("\n", at) % (len(text) + 1)
        pad = re.match("[ \t]*", text[line:at])
        edits.append((line, line, f"{pad and pad[0]}{text[at:end].rstrip()}\n"))
        edits.append((len(text[:at].rstrip()), end, ""))
    made, done = "", 0
    for start, end, put in sorted(edits, key=itemgetter(0, 1)):
        made += text[done:start] + put
        done = end
    return made + text[done:]


def read(
    path: Path, name: str, parse_raw: Callable[[bytes, str], Document] | None = None
) -> Document:
    """Read the YAML file at `path`, called `name` in messages; an empty file is a problem."""
    try:
        raw = read_enough(path)
    except OSError as error:
        return Document(
            name,
            problems=[
                Problem(name, 1, f"文件须能读取，现为：{os_error_text(error)}；请恢复这个文件")
            ],
        )
    return (parse_raw or parse_bytes)(raw, name)


def parse_once(raw: bytes, name: str) -> Document:
    """The same as `parse_bytes`, read once for one content; its data and lines must be left as they are.

    Two states of an archive, or its two editions, have most of their files alike.
    """
    kept = _kept(raw, name)
    return replace(kept, problems=list(kept.problems))


def parse_bytes(raw: bytes, name: str) -> Document:
    """Read the content of a YAML file, called `name` in messages; an empty one is a problem."""
    text = decode(raw, name)
    if text.content is None:
        return text
    document = parse(text.content, name)
    if text.problems:
        document = Document(
            name, None, document.lines, text.problems + document.problems, document.content
        )
    if document.data is None and not document.problems:
        document.problems.append(Problem(name, 1, "文件不得为空；请填写，或者删去这个文件"))
    return document


_kept = lru_cache(maxsize=200)(parse_bytes)


_FRONT = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def split_front_matter(text: str) -> tuple[str, str]:
    """Split a page into front matter, without its `---` lines, and body.

    The body has blank lines in place of the front matter, so that it keeps the lines of the page.
    """
    found = _FRONT.match(text)
    if not found:
        return "", text
    return found[1] or "", "\n" * found[0].count("\n") + text[found.end() :]


@dataclass(slots=True)
class _Frame:
    """A mapping or list being read; `key` is the field whose value comes next."""

    container: Any
    loc: Loc
    key: str | None = None


class _Reader:
    """Builds plain data from the parser's events; anchors, aliases and tags are problems."""

    def __init__(self, path: str, first_line: int, text: str) -> None:
        self._text = text
        self.document = Document(path)
        self._first = first_line
        self._frames: list[_Frame] = []
        self._documents = 0
        self.ended = False
        """Whether what follows is not read."""

    def fault(self, line: int, message: str) -> None:
        self.document.problems.append(Problem(self.document.path, line, message))

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._plain(event)
            if event.style == '"':
                self._visible(event)
            frame = self._frames[-1] if self._frames else None
            if frame and frame.key is None and type(frame.container) is dict:
                self._key(frame, event)
            else:
                value = self._value(event)
                self._put(value if event.style else resolve_scalar(value), event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._plain(event)
            self._open({} if kind is yaml.MappingStartEvent else [], event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._frames.pop()
        elif kind is yaml.AliasEvent:
            self.fault(self._line(event), f'* 开头的值须加引号；请改为："*{event.anchor}"')
            self._put(None, event)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents == 2:
                self.fault(
                    self._line(event),
                    "一个文件须只有一份数据，现有第二个 ---；请删去这一行，下面的另存一个文件",
                )
                self.ended = True

    def _value(self, event: Any) -> str:
        """The value of a scalar; where it is folded, Chinese text goes on without a space."""
        begin, end = event.start_mark, event.end_mark
        if begin.line == end.line or event.style == "|":
            return str(event.value)
        return unfolded(self._text[begin.index : end.index], event.value)

    def _line(self, event: Any) -> int:
        return self._first + int(event.start_mark.line)

    def _plain(self, event: Any) -> None:
        if event.anchor:
            self.fault(self._line(event), f'& 开头的值须加引号；请改为："&{event.anchor} …"')
        if event.tag and event.tag != "!":
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.fault(self._line(event), f'! 开头的值须加引号；请改为："{shown} …"')

    def _visible(self, event: Any) -> None:
        """Report an invisible character written as an escape within double quotes."""
        found = _ESCAPED.search(event.value)
        if found:
            shown = f"U+{ord(found[0]):04X}"
            self.fault(
                self._line(event),
                f"引号内不得用反斜杠写看不见的控制字符，现有 {shown}；请删去反斜杠和它后面的字母、数字",
            )

    def _open(self, container: Any, event: Any) -> None:
        if len(self._frames) == DEEPEST:
            self.fault(self._line(event), f"嵌套须不超过 {DEEPEST} 层；请删去多余的括号或缩进")
            # Reading on would take time in proportion to the depth at each level.
            self.ended = True
        self._frames.append(_Frame(container, self._put(container, event)))

    def _key(self, frame: _Frame, event: Any) -> None:
        frame.key = event.value
        loc = (*frame.loc, event.value)
        if event.value == "<<":
            self.fault(
                self._line(event), "不支持合并写法 <<，各字段须写全；请删去这一行，逐行写“字段: 值”"
            )
        if loc in self.document.lines:
            self.fault(
                self._line(event),
                f"同一字段须只写一次，{one_line(event.value)} 已写在第 {self.document.lines[loc]} 行；请删去其中一行",
            )
            # Its value goes under a key that no file can have, so that its own fields are not reported.
            frame.key = f"{event.value}\0{self._line(event)}"
        else:
            self.document.lines[loc] = self._line(event)

    def _put(self, value: Any, event: Any) -> Loc:
        if not self._frames:
            if self._documents == 1:
                self.document.data = value
                self.document.lines[()] = self._line(event)
            return ()
        frame = self._frames[-1]
        if type(frame.container) is list:
            loc = (*frame.loc, len(frame.container))
            frame.container.append(value)
            self.document.lines[loc] = self._line(event)
        elif frame.key is None:
            self.fault(self._line(event), "字段名须为文字，现为列表或一组字段；请改为：字段: 值")
            frame.key = ""
            return frame.loc
        else:
            loc = (*frame.loc, frame.key)
            frame.container.setdefault(frame.key, value)
            frame.key = None
        return loc


_NUMERIC_START = frozenset("-+.0123456789")
_WORDS = frozenset("yYnNtTfFoO~=<")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,29})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,29})\.[0-9]{1,30}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_YAML11 = yaml.resolver.Resolver.yaml_implicit_resolvers


def resolve_scalar(text: str) -> Any:
    """Return unquoted `text` as a value: None, bool, int, Decimal, date, text, or an `AmbiguousScalar`."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in _NUMERIC_START:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        if _DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return AmbiguousScalar(text, "日期，但没有这一天")
    elif text[0] not in _WORDS and text != "NULL" and text != "Null":
        return text
    return _misread(text)


def _misread(text: str) -> Any:
    """Return `text`, or an `AmbiguousScalar` if YAML 1.1 would convert it (types: yaml.org/type, drafts 2005)."""
    for tag, pattern in _YAML11.get(text[0], ()):
        if pattern.match(text):
            type_ = tag.rpartition(":")[2]
            return AmbiguousScalar(text, _meaning(type_, text))
    return text


def _meaning(type_: str, text: str) -> str:
    if type_ == "bool":
        return "true" if text.lower() in ("yes", "true", "on") else "false"
    if type_ == "timestamp":
        return "日期或时刻"
    if type_ == "int" and len(text) < 30:
        try:
            return str(yaml.safe_load(text))
        except (ValueError, yaml.YAMLError):
            return "数"
    return {"null": "空值", "int": "数", "float": "数"}.get(type_, "特殊符号")


def _syntax(line: str) -> str:
    """What is told of a fault that no rule for lines knows."""
    if line.startswith("%"):
        return f"文件须不含 % 指令，现为：{shorten(line)}；请删去这一行"
    rule = "每行须写作“字段: 值”，同级的行对齐，引号、括号成对"
    return f"YAML 写法有误：{rule}，现为：{shorten(line)}；例如：title: 学雷锋进社区"
