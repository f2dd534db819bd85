"""What people write wrong on a line of YAML, and the line as they meant it.

The parser stops at the first fault and often names a later line. Here each line is looked at by itself,
so that all faults of a file are told at once, each at its line and with what to type instead.
"""

import re

from archive.files.excerpts import clip
from archive.files.yaml_values import NO_COMMA, Value, after, closing, mended, quoted

_FIELD = re.compile(
    r"""(?P<key>"[^"]*+"|'[^']*+'|[^\s"'\[\]{}｛［#&*!|>%@`,?:-](?:(?!:[ \t]|:$| #).)*+):(?:[ \t]+|$)(?P<value>.*)"""
)
_MISTYPED = re.compile(r"(?P<key>[^\W\d][\w-]*+)\s*+(?:[：︰∶﹕]|:(?!//))\s*+(?P<value>.*)")
_NO_COLON = re.compile(r"(?P<key>[a-z][a-z0-9_]*+)(?:\s*+[=＝；;]\s*+|\s++)(?P<value>.+)")
_NAME = re.compile(r"[a-z][a-z0-9_-]*+")
_ITEM = re.compile(r"-(?:[ \t]|$)")
_ITEMS = re.compile(r"(?:-[ \t]++)*+(?:-$)?+")
_OTHER_DASH = re.compile(r"(?:-(?![-\d.])|[－—–•·●]++|[*+](?=\s))\s*+(?=\S)")
_STRAY_SIGNS = re.compile(r"[^\w\s#<?\[{]+\s*")
_COLON = "字段名后须为英文冒号，冒号后空一格"
_NO_KEY = frozenset("<?:{[|>\"'#")

ODD = re.compile(
    r"^[ ]*+(?:- )?+(?:[－—–•·●]|-(?![-\s\d.])|[a-z][a-z0-9_]*+[ ]*+(?:[：︰∶﹕]|:(?![\s/])))"
    rf"|[:-][ ]++\[[^\[\]\n\"'{NO_COMMA}]*+[{NO_COMMA}]"
    r"|[{,，][ ]*+[a-z][a-z0-9_]*+[ ]*+[:：](?![\s/])"
    r"|[:-][ ]*+[\u3000\xa0]|[\u3000\xa0]$|^[ ]*+[\u3000\xa0]",
    re.MULTILINE,
)
"""What the parser takes for text although it is seldom meant so."""


class Lines:
    """The lines of a text: the faults found, each as (line from 0, message), and what was meant."""

    def __init__(self, text: str) -> None:
        self.faults: list[tuple[int, str]] = []
        self.certain = True
        """Whether what was meant is known of every fault, so that the rest can be read."""
        self._lines = text.split("\n")
        self._at = 0
        self._rules: list[str] = []
        self._way_out = ""
        first = min((_width(line) for line in self._lines if not _apart(line)), default=0)
        self._levels = [first]
        """The open levels of indentation, outermost first."""
        self._lists = set[int]()
        """Those at which items of a list stand, and no fields."""
        self._unclosed = dict[str, int]()
        """For a quote or bracket the line up to which none was found that ends it."""
        self._waiting: int | None = first - 1
        """The level of the field or item whose value is still to come."""
        self._text: int | None = None
        """The level of the field or item whose value is a text, which may go on below."""
        while self._at < len(self._lines):
            if not _apart(self._lines[self._at]):
                self._take()
            self._at += 1

    @property
    def mended(self) -> str:
        """The text with every faulty line as it was meant."""
        return "\n".join(self._lines)

    def _take(self) -> None:
        at, line = self._at, self._lines[self._at]
        text, width = line.strip(), _width(line)
        self._rules, self._way_out = [], ""
        if not text or text.startswith("#"):  # apart but for its blanks
            level, new = (width, text) if text else (0, "")
        elif self._text is not None and width > self._text and not _is_field(text):
            level, new = width, text
            if " #" in text:
                self._fault(mended(text))
        else:
            level, key_due = self._place(text, width)
            text = self._without_signs(text, key_due)
            marks, rest = self._dashes(text, level)
            new = marks + self._entry(rest, level + len(marks), key_due and not marks, bool(marks))
        blanks = line[: len(line) - len(line.lstrip())].strip(" ")
        if not text:
            self._rules.append("空行须没有全角空格")
            self._way_out = "请删去这一行里的空格"
        elif blanks:
            called = "制表符（Tab）" if "\t" in blanks else "全角空格"
            self._rules.insert(0, f"缩进须用空格，现有{called}")
            self.certain &= not _is_field(text) or level == self._levels[0]
        elif level != width and self.certain:
            self._rules.insert(0, f"行首须空 {level} 格，与同级的行对齐，现空 {width} 格")
        self._lines[at] = " " * level + new
        if line.rstrip() != line.rstrip(" \t") and text:
            self._rules.append("行末不得有全角空格")
            self._way_out = self._way_out or "请删去行末的空格"
        if self._rules:
            moved = bool(blanks) or level != width
            self.faults.append((at, self._message(line.strip(), new, level, moved)))

    def _message(self, old: str, new: str, level: int, moved: bool) -> str:
        rules = "；".join(self._rules)
        if old == new and not self._way_out:
            return f"{rules}；" + (f"请改为 {level} 个空格" if level else "请删去行首的空格")
        if not old:
            return f"{rules}；{self._way_out}"
        way_out = self._way_out or f"请改为：{clip(new)}"
        if moved:
            way_out += f"，行首 {level} 个空格" if level else ""
        return f"{rules}，现为：{clip(old)}；{way_out}"

    def _fault(self, value: Value) -> None:
        if value.rule:
            self._rules.append(value.rule)
        self._way_out = value.way_out or self._way_out
        self.certain &= value.certain

    def _place(self, text: str, width: int) -> tuple[int, bool]:
        """The level at which the line belongs, and whether a field has to stand there."""
        waiting = self._waiting
        listed = waiting is not None or bool(self._lists)
        dash = bool(_ITEM.match(text) or (listed and _OTHER_DASH.match(text)))
        if waiting is not None and (width > waiting or (dash and width == waiting)):
            found, below = _FIELD.match(text), self._below_width()
            if found and found["value"].strip() and below > width and self._two_fields_below():
                width = below  # this line alone stands too far out
            whole = waiting < self._levels[0]
            if width != self._levels[-1]:
                self._levels.append(width)
            if dash and width > waiting:
                self._lists.add(width)
            return width, whole and not dash
        fit = [one for one in self._levels if (one in self._lists) == dash] or self._levels
        level = min(
            self._levels if width in self._levels else fit, key=lambda one: (abs(one - width), -one)
        )
        deeper = [one for one in self._levels if one > level]
        if deeper and level in self._lists and not dash and _is_field(text):
            level = deeper[0]  # of an item that is a group of fields
        while self._levels[-1] > level:
            self._lists.discard(self._levels.pop())
        return level, level not in self._lists and not dash

    def _without_signs(self, text: str, key_due: bool) -> str:
        """The line without signs before a field's name, which have slipped in."""
        found = _STRAY_SIGNS.match(text) if key_due else None
        if found and not _FIELD.match(text) and _is_field(text[found.end() :]):
            sign, text = found[0].strip(), text[found.end() :]
            self._rules.append(f"字段名前不得有 {sign}")
            name = re.match(r"[\w-]++", text)
            if name and text.startswith(sign, name.end()):  # emphasis around it
                text = name[0] + text[name.end() + len(sign) :]
        return text

    def _dashes(self, text: str, level: int) -> tuple[str, str]:
        """Split a line into the dashes that begin it, as they should be, and the rest."""
        items = _ITEMS.match(text)
        if items and items[0]:
            return items[0], text[items.end() :]
        listed = level in self._lists or self._waiting == level
        found = _OTHER_DASH.match(text)
        if found and (listed or self._waiting is not None):
            self._rules.append("列表各项须以短横开头，短横后空一格")
            return "- ", text[found.end() :]
        if level in self._lists:
            self._rules.append("列表各项须以短横开头，短横后空一格")
            return "- ", quoted(text) if _is_field(text) else text
        return "", text

    def _entry(self, text: str, own: int, key_due: bool, item: bool) -> str:
        """What stands after the dashes of a line, as it should be; `own` is its level."""
        beside = self._heads_fields(own)
        found = self._field(text, key_due or beside)
        if not found and _NAME.fullmatch(text) and (beside or self._below_width() > own):
            self._rules.append(_COLON)
            found = text, ""
        if not found and key_due and text[:1] not in _NO_KEY:
            return self._stray(text)
        key, value = found or ("", text)
        if key and own != self._levels[-1]:
            self._levels.append(own)
        parent = own if key else own - 1
        said = mended(value)
        self._waiting = parent if not said.text else None
        if said.open:
            below = self._below(said, parent)
            said = said if said.rule else below
        self._fault(said)
        plain = value and value[0] not in "\"'[{"
        self._text = parent if plain else None
        if said.rule and plain and self._below_width() > parent:
            self.certain = False  # what goes on below would have to be in the quotes too
        return f"{key}: {said.text}".rstrip() if key else said.text

    def _field(self, text: str, key_due: bool) -> tuple[str, str] | None:
        """The name and the value of a field."""
        found, mistyped = _FIELD.match(text), _MISTYPED.match(text)
        if found and mistyped and found["key"].rstrip() == mistyped["key"]:
            mistyped = None
        if mistyped and (_NAME.fullmatch(mistyped["key"]) or (key_due and not found)):
            self._rules.append(_COLON)
            return mistyped["key"], mistyped["value"].strip()
        if found:
            value = found["value"].strip()
            if found["value"].strip(" \t") != value:
                self._rules.append("冒号后不得有全角空格")
            return found["key"].rstrip(), value
        if key_due and (bare := _NO_COLON.fullmatch(text)):
            self._rules.append(_COLON)
            return bare["key"], bare["value"].strip()
        return None

    def _below_width(self) -> int:
        below = self._lines[self._at + 1 : self._at + 2]
        return _width(below[0]) if below and below[0].strip() else -1

    def _heads_fields(self, own: int) -> bool:
        """Whether the line below is a field at the level of this one."""
        return self._below_width() == own and _is_field(self._lines[self._at + 1].strip())

    def _two_fields_below(self) -> bool:
        """Whether two fields stand below, at one level."""
        below = self._lines[self._at + 1 : self._at + 3]
        same = len({_width(line) for line in below}) == 1
        return len(below) == 2 and same and all(_is_field(line.strip()) for line in below)

    def _stray(self, text: str) -> str:
        """A line that has no field's name where one is due."""
        self._rules.append("每行须写作“字段: 值”")
        if self._text is None:
            self.certain = False
            self._way_out = "请写上字段名和英文冒号，或者删去这一行"
            return text
        self._way_out = "接着上一行写的，请在行首加两个空格"
        return f"  {text}"

    def _below(self, said: Value, level: int) -> Value:
        """Go past the lines below in which an open value goes on; mend it if none of them ends it."""
        lines, below = self._lines, self._at + 1
        if said.open == "|":
            while below < len(lines) and (not lines[below].strip() or _width(lines[below]) > level):
                below += 1
            self._at = below - 1
            return said
        if self._at < self._unclosed.get(said.open, 0):
            return closing(said.text, said.open)
        depth = 1 if said.open in "\"'" else after(said.text, said.open)
        while below < len(lines):
            text = lines[below].strip()
            if _width(lines[below]) <= level and (_is_field(text) or _ITEM.match(text)):
                break
            depth += after(text, said.open)
            if depth <= 0:
                self._at = below
                return said
            below += 1
        self._unclosed[said.open] = below
        return closing(said.text, said.open)


def _width(line: str) -> int:
    """How far a line is indented; a tab and a full-width blank count as two."""
    head = line[: len(line) - len(line.lstrip())]
    return len(head) + head.count("\t") + head.count("\u3000")


def _apart(line: str) -> bool:
    """Whether a line holds nothing, a remark, or the end of a document."""
    bare = line.strip(" \t")
    return not bare or bare.startswith("#") or line.startswith(("---", "...", "%YAML", "%TAG"))


def _is_field(text: str) -> bool:
    mistyped = _MISTYPED.match(text)
    return bool(_FIELD.match(text) or (mistyped and _NAME.fullmatch(mistyped["key"])))
