"""One XML part of an office file, read in one pass: its text, its marks of editing, its people."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from lxml import etree

from archive.leaks.leak import FileLeak, masked
from archive.leaks.markup import is_private

_BLOCKS = frozenset({"p", "h", "si", "is", "row", "table-row", "tr", "comment", "text", "pt"})
"""Local names of elements after which a line ends."""
_CELLS = frozenset({"table-cell", "tc", "c"})
_BREAKS = frozenset({"tab", "br", "cr", "line-break", "s"})
_TEXT_ATTRIBUTES = frozenset(
    {"Target", "href", "descr", "title", "alt", "name", "tooltip", "prompt", "error", "displayName"}
)
"""Local names of attributes whose value is text that a reader may see."""
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
    """Return the character of this number, written in base sixteen; none if there is no such."""
    try:
        return chr(int(code, 16))
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
        self._cells = 0
        self._item: list[str] | None = None
        self._value: list[str] | None = None

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
        self._value = []
        named = attributes_by_name(attributes)
        self._extra += [
            text
            for key, text in named.items()
            if key in _TEXT_ATTRIBUTES or not text.isascii() or "@" in text
        ]
        label = _PROPERTIES.get(name)
        person = next(([named[key]] for key in _PEOPLE if key in named), []) if label else []
        if label:
            self._people.append((label, person))
        self._person.append(person if label and not person else None)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._item is not None:
            self._item.append(text)
        if self._person and self._person[-1] is not None:
            self._person[-1].append(text)
        if self._value is not None:
            self._value.append(text)
        else:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._flush()
        name, _ = self._open.pop()
        self._person.pop()
        if name in _CELLS:
            self._cells -= 1
            self._pieces.append("|")
        elif name in _BLOCKS:
            self._pieces.append(" " if self._cells else "\n")
        if self._metadata:
            self._pieces.append("\n")
        if name == "si":
            self.items.append("".join(self._item or ()))
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
        """Put the text at the beginning of the innermost element where it belongs."""
        if self._value is None:
            return
        text, self._value = "".join(self._value), None
        name = self._open[-1][0] if self._open else ""
        if name == "f":
            self._extra.append(text)
        elif name == "v":
            kind = self._open[-2][1] if len(self._open) > 1 else ""
            if kind == "s" and text.isdecimal():
                index = int(text) if len(text) < 10 else len(self._strings)
                self._pieces.append(self._strings[index] if index < len(self._strings) else "")
            elif self._numbers:
                self._pieces.append(text)
        else:
            self._pieces.append(text)

    @property
    def text(self) -> str:
        """The text, one line per paragraph or row, then its formulas, remarks and attributes."""
        return "\n\n".join(["".join(self._pieces), *self._extra])

    @property
    def properties(self) -> list[FileLeak]:
        """The people whom properties name."""
        named = [(label, "".join(words).strip()) for label, words in self._people]
        return [
            FileLeak("文件属性", f"{label}：{masked(name, 1, 0)}")
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
