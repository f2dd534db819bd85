"""One XML part of an office file, read in one pass: its text, its marks of editing, its people."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from lxml import etree

from archive.leaks.leak import FileLeak, masked, text_digest
from archive.leaks.markup import is_private
from archive.leaks.visible import single_spaced

_BLOCKS = frozenset({"p", "h", "si", "is", "row", "table-row", "tr", "comment", "text", "pt"})
"""Local names of elements after which a line ends."""
_CELLS = frozenset({"table-cell", "tc", "c"})
_BREAKS = frozenset({"tab", "br", "cr", "line-break", "s"})
_SHORT = 5
"""Letters and digits of the longest value of an attribute in which nothing private can be."""
_LONG = 40
"""Characters of a shared text that is read once: shorter ones may be parts of a number or name."""
_IDENTIFIER = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
"""Identifiers, which are numbers in base sixteen."""
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[Ee]\+?[0-9]{1,2})?")
_JOINS = re.compile(r'["&\s]+')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STRING = re.compile(r'"((?:[^"]|"")*+)"')
_ASIDE = frozenset({"rt", "rPh", "ruby-text"})
"""Elements whose text stands above other text and is read apart from it."""
_TURNED = frozenset({"bdo", "rtl"})
_TURNING = {"rtl": ("1", "true"), "readingOrder": ("2",), "writing-mode": ("rl-tb",)}
"""Elements and attributes that turn the order of characters around."""
_CHANGES = frozenset({
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
    "trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
    "changed-region", "cell-content-change", "insertion", "deletion", "rcc", "rrc", "rm",
})  # fmt: skip
_COMMENTS = frozenset({"comment", "cm", "threadedComment", "annotation"})
_PROPERTIES = {
    "creator": "作者", "lastModifiedBy": "最后修改者", "initial-creator": "作者", "Company": "公司",
    "Manager": "主管", "printed-by": "打印者", "person": "批注者", "cmAuthor": "批注者", "author": "批注者",
}  # fmt: skip
_PEOPLE = ("author", "displayName", "name")


def attributes_by_name(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return attributes without the namespaces of their names."""
    return {_local(key): value for key, value in attributes.items()}


def character(code: str) -> str:
    """Return the character of this number, written in base sixteen; none if there is no such.

    A font of symbols has its characters in a private row, above their usual numbers.
    """
    try:
        number = int(code, 16)
        return chr(number - 0xF000 if 0xF020 <= number <= 0xF0FF else number)
    except (ValueError, OverflowError):
        return ""


class PartError(Exception):
    """The part cannot be read, or has something that is not read: a document type with entities."""


class OfficePart:
    """What is read of one part. An instance is the target of a parser: it keeps no tree.

    `strings` are the shared texts to which cells of a workbook refer by index. `numbers` says whether
    cells that hold a number are read too. With `metadata` each text stands on a line of its own.
    """

    def __init__(self, strings: Sequence[str], numbers: bool, metadata: bool) -> None:
        self.changes = self.comments = 0
        self.items: list[str] = []
        """The texts of the elements `si`: those to which the cells of a workbook refer."""
        self._strings, self._numbers, self._metadata = strings, numbers, metadata
        self._people: list[tuple[str, list[str]]] = []
        self._open: list[tuple[str, str]] = []
        """Local names of the open elements, each with its attribute `t`."""
        self._person: list[list[str] | None] = []
        self._pieces: list[str] = []
        self._extra: list[str] = []
        self._long: set[int] = set()
        """The numbers of the long shared texts that a cell has."""
        self._cells = 0
        self._aside = 0
        self._turned = False
        self._asides: list[str] = []
        self._values: dict[str, None] = {}
        """The values of attributes, each once."""
        self._item: list[str] | None = None
        self._value: list[str] = []
        """The text since the last beginning or end of an element."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        name = _local(tag)
        self._flush()
        self._open.append((name, attributes.get("t", "")))
        self.changes += name in _CHANGES
        self.comments += name in _COMMENTS
        self._cells += name in _CELLS
        if name in _BREAKS:
            self._pieces.append(" ")
        if name == "sym" and (code := attributes_by_name(attributes).get("char", "")):
            self._pieces.append(character(code))
        if name == "si":
            self._item = []
        self._aside += name in _ASIDE
        named = attributes_by_name(attributes)
        self._turned |= name in _TURNED or any(named.get(key) in to for key, to in _TURNING.items())
        for text in attributes.values():
            if len(text) > _SHORT or not text.isascii():
                self._values[text] = None
        label = _PROPERTIES.get(name)
        person = next(([named[key]] for key in _PEOPLE if key in named), []) if label else []
        if label:
            self._people.append((label, person))
        self._person.append(person if label and not person else None)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self._value.append(text)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._flush()
        name, _ = self._open.pop()
        if name in _ASIDE:
            self._aside -= 1
        self._person.pop()
        if name in _CELLS:
            self._cells -= 1
            self._pieces.append("|")
        elif name in _BLOCKS:
            self._pieces.append(" " if self._cells else "\n")
        if self._metadata:
            self._pieces.append("\n")
        if name == "si":
            self.items.append(shown("".join(self._item or ())))
            self._item = None

    def comment(self, text: str) -> None:
        """Take a remark."""
        self._extra.append(text)

    def pi(self, target: str, data: str | None) -> None:
        """Take an instruction to programs."""
        self._extra.append(data or "")

    def close(self) -> "OfficePart":
        """Take the end of the part."""
        return self

    def _flush(self) -> None:
        """Put the text within the innermost element where it belongs, as programs show its white space.

        What only indents the source stands between two runs of text and is not shown.
        """
        text = single_spaced("".join(self._value))
        self._value.clear()
        if text in ("", "\n"):
            return
        if self._item is not None and not self._aside:
            self._item.append(text)
        if self._person and self._person[-1] is not None:
            self._person[-1].append(text)
        name = self._open[-1][0] if self._open else ""
        if self._aside:
            self._asides.append(text)
        elif name == "f":
            self._extra += [text, "".join(_STRING.findall(text)), _JOINS.sub("", text)]
        elif name == "v":
            kind = self._open[-2][1] if len(self._open) > 1 else ""
            if kind == "s" and text.isdecimal():
                index = int(text) if len(text) < 10 else len(self._strings)
                self._pieces.append(self._shared(index))
            elif self._numbers or kind == "str":
                self._pieces.append(_plain_number(text))
        else:
            self._pieces.append(text)

    def _shared(self, index: int) -> str:
        """Return the shared text of that number: where it is long, only for the first cell that has it.

        Cells that share a long text would make a workbook of a few bytes a text without end.
        """
        if index >= len(self._strings) or index in self._long:
            return ""
        found = self._strings[index]
        if len(found) > _LONG:
            self._long.add(index)
        return found

    @property
    def text(self) -> str:
        """The text, one line per paragraph or row, then its formulas, remarks and attributes."""
        running = shown("".join(self._pieces))
        turned = [running[::-1]] if self._turned else []
        values = (value for value in self._values if not _IDENTIFIER.fullmatch(value))
        beside = ["".join(self._asides), *self._extra, *values]
        return "\n\n".join([running, *map(shown, beside), *turned])

    @property
    def properties(self) -> list[FileLeak]:
        """The people whom properties name."""
        named = [(label, "".join(words).strip()) for label, words in self._people]
        return [
            FileLeak("文件属性", f"{label}：{masked(name, 1, 0)}", digest=text_digest(name))
            for label, name in named
            if is_private(name)
        ]


def read_part(
    raw: bytes, strings: Sequence[str] = (), numbers: bool = True, metadata: bool = False
) -> OfficePart:
    """Read a part; raises `PartError` if it is not well-formed or declares entities."""
    target = OfficePart(strings, numbers, metadata)
    parser = etree.XMLParser(
        target=cast(Any, target), resolve_entities=False, no_network=True, huge_tree=False
    )
    head = raw[:2000].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise PartError
    try:
        etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PartError from error
    return target


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def shown(text: str) -> str:
    """Return `text` as programs show it: escapes of characters and characters of symbol fonts replaced."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: _unescaped(found[0], int(found[1], 16)), text)
    return text.translate(_SYMBOLS)


_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}


def _unescaped(written: str, code: int) -> str:
    return written if 0xD800 <= code < 0xE000 else chr(code)


def _plain_number(text: str) -> str:
    """Return the number of a cell as a whole number, if it is one but for its form: 1.39E10."""
    if not _NUMBER.fullmatch(text):
        return text
    number = Decimal(text)
    whole = round(number)
    return str(whole) if abs(number - whole) < _ROUNDING and whole < _LARGEST else text


_ROUNDING = Decimal("0.0001")
"""What calculating may add to a whole number."""
_LARGEST = 10**20
