"""One XML part of an office file, read in one pass: its text, its marks of editing, its people."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from lxml import etree

from archive.files.bounds import MAX_TEXT
from archive.files.namespaces import NamespaceWatch
from archive.leaks.formulas import formula_texts
from archive.leaks.leak import FileLeak, masked, text_digest
from archive.leaks.markup import is_private
from archive.leaks.office_text import character, header_texts, plain_number, shown
from archive.leaks.visible import backwards, side_by_side, single_spaced
from archive.leaks.zip_entries import ZipError

_BLOCKS = frozenset(
    {"p", "h", "si", "is", "row", "table-row", "tr", "comment", "text", "pt", "div"}
)
"""Local names of elements after which a line ends."""
_CELLS = frozenset({"table-cell", "tc", "c"})
_BREAKS = frozenset({"tab", "br", "cr", "line-break", "s"})
_SHORT = 5
"""Letters and digits of the longest value of an attribute in which nothing private can be."""
_IDENTIFIER = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
"""Identifiers, which are numbers in base sixteen."""
_FORMULAS = frozenset({
    "f", "definedName", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula", "cfvo",
})  # fmt: skip
"""Elements that hold a formula of a spreadsheet."""
_ASIDE = frozenset({"rt", "rPh", "ruby-text", "hidden-text"})
"""Elements whose text stands above other text, or nowhere, and is read apart from it."""
_PARAGRAPHS = frozenset({"p", "h", "div"})
_MIXED = frozenset({"p", "h", "div", "span", "a", "ruby-base", "meta", "meta-field", "font"})
"""Elements within a paragraph that may hold others, such as fields, whose text belongs to it."""
_TEXTS = frozenset({"t", "delText", "v", "text"})
"""Elements that hold running text anywhere; the text of any other is read for itself."""
_INSTRUCTIONS = frozenset({"instrText", "delInstrText"})
_HIDING = {
    "vanish": ("", "1", "true", "on"),
    "webHidden": ("", "1", "true", "on"),
    "vertAlign": ("superscript", "subscript"),
}
"""Properties of a run that is not shown, or not in line with the others, and their values."""
_HEADERS = frozenset(
    f"{which}{what}" for which in ("odd", "even", "first") for what in ("Header", "Footer")
)
_LONG = 100
"""Characters of the longest shared text of a workbook that is read again for each cell that shows it."""
_TURNED = frozenset({"bdo", "rtl", "bidi", "dir"})
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


_Pieces = list[tuple[str, bool]]
"""Pieces of a text, each with whether it is shown in line with the others."""


class PartError(Exception):
    """The part cannot be read, or has something that is not read: a document type with entities."""


class OfficePart(NamespaceWatch):
    """What is read of one part. An instance is the target of a parser: it keeps no tree.

    `strings` are the shared texts to which cells of a workbook refer by index. `numbers` says whether
    cells that hold a number are read too, `room` how many characters the cells may have together.
    """

    def __init__(self, strings: Sequence[str], numbers: bool, room: int) -> None:
        self.changes = self.comments = 0
        self.items: list[str] = []
        """The texts of the elements `si`: those to which the cells of a workbook refer."""
        self.room = room
        self._strings, self._numbers = strings, numbers
        self._people: list[tuple[str, list[str]]] = []
        self._open: list[tuple[str, str, bool]] = []
        """Local names of the open elements, each with its attribute `t`, and whether it is read apart."""
        self._person: list[list[str] | None] = []
        self._reading: list[_Pieces] = [[]]
        """The pieces of the text and, while something is read apart from it, of that."""
        self._apart: list[_Pieces] = []
        self._hidden: list[int] = []
        """How deep the open runs are that are not shown in line with the others."""
        self._instructions: list[str] = []
        self._extra: list[str] = []
        self._others: list[str] = []
        self._cells = self._paragraphs = 0
        self._turned = False
        self.uncomputed = 0
        """How many cells have a formula and no result: what they show is not known."""
        self._computed: bool | None = None
        """Of the open cell with a formula, whether it has a result."""
        self._values: dict[str, None] = {}
        """The values of attributes, each once."""
        self._told: set[int] = set()
        """The shared texts that are long and have been read."""
        self._item: list[str] | None = None
        self._value: list[str] = []
        """The text since the last beginning or end of an element."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        name = _local(tag)
        self._flush()
        # A paragraph within a paragraph is that of a text box, a note or a remark.
        apart = name in _ASIDE or (name in _PARAGRAPHS and self._paragraphs > 0)
        if apart:
            self._reading.append([])
        self._paragraphs += name in _PARAGRAPHS
        self._open.append((name, attributes.get("t", ""), apart))
        self.changes += name in _CHANGES
        self.comments += name in _COMMENTS
        self._cells += name in _CELLS
        if name == "f" and self._in_cell():
            self._computed = self._computed or False
        elif name == "v" and self._in_cell():
            self._computed = True
        elif name == "c":
            self._computed = None
        if name in _BREAKS:
            self._add(" ")
        named = attributes_by_name(attributes)
        if name == "sym" and (code := named.get("char", "")):
            self._add(character(code))
        if name == "fldChar":
            self._instructions.append("\n")
        if name == "si":
            self._item = []
        if self._hides(name, named):
            self._hidden.append(len(self._open) - (1 if name == "rPr" else 2))
        if not self._turned:
            turning = _TURNING.keys() & named.keys()
            self._turned = name in _TURNED or any(named[key] in _TURNING[key] for key in turning)
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
        name, _, apart = self._open.pop()
        self._person.pop()
        self._paragraphs -= name in _PARAGRAPHS
        while self._hidden and self._hidden[-1] > len(self._open):
            self._hidden.pop()
        if name in _CELLS:
            self._cells -= 1
            self.uncomputed += name == "c" and self._computed is False
            self._add("|")
        elif name in _BLOCKS:
            self._add(" " if self._cells else "\n")
        if apart:
            self._apart.append(self._reading.pop())
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

    def _in_cell(self) -> bool:
        return len(self._open) > 1 and self._open[-2][0] == "c"

    def _flush(self) -> None:
        """Put the text within the innermost element where it belongs, as programs show its white space.

        What only indents the source stands between two runs of text and is not shown.
        """
        if not self._value:
            return
        text = single_spaced("".join(self._value))
        self._value.clear()
        if text in ("", "\n"):
            return
        if self._item is not None and len(self._reading) == 1:
            self._item.append(text)
        if self._person and self._person[-1] is not None:
            self._person[-1].append(text)
        name = self._open[-1][0] if self._open else ""
        around = self._open[-2] if len(self._open) > 1 else ("", "", False)
        if name in _FORMULAS:
            self._extra += formula_texts(text)
        elif name in _HEADERS:
            self._extra += header_texts(text)
        elif name in _INSTRUCTIONS:
            self._instructions.append(text)
        elif name == "v":
            self._cell(text, around[1])
            if around[0] not in _CELLS:
                self._add("\n")
        elif name == "TextCode":
            self._add(text)  # a letter, a word or a line, whatever the program took for one
            self._others.append(text)
        elif name in _TEXTS or (self._paragraphs and (name in _MIXED or around[0] in _MIXED)):
            self._add(text)
        else:
            self._others.append(text)

    def _hides(self, name: str, named: Mapping[str, str]) -> bool:
        """Return whether a property says of its run that it is not shown in line with the others."""
        if name == "rPr":
            return named.get("baseline", "0") != "0" and self._open[-2:-1] != []
        within = [one for one, _, _ in self._open[-3:-1]] == ["r", "rPr"]
        return within and named.get("val", "") in _HIDING.get(name, ())

    def _add(self, text: str) -> None:
        in_line = not self._hidden and not (self._open and self._open[-1][0] == "delText")
        self._reading[-1].append((text, in_line))

    def _cell(self, text: str, kind: str) -> None:
        """Add what a cell of a workbook shows."""
        if kind == "s" and text.isdecimal():
            index = int(text) if len(text) < 10 else len(self._strings)
            text = self._strings[index] if index < len(self._strings) else ""
            if len(text) > _LONG and index in self._told:
                return
            self._told.add(index)
            self.room -= len(text)
            if self.room < 0:
                raise ZipError("内容过大")
            self._add(text)
        elif self._numbers or kind == "str":
            self._add(plain_number(text))

    @property
    def text(self) -> str:
        """The text, one line per paragraph or row, then what is read apart, formulas, remarks, attributes."""
        running = self._reading[0]
        apart = [
            ("\n", True),
            *(piece for pieces in self._apart for piece in [*pieces, ("\n", True)]),
        ]
        texts = [_joined(running), _joined(apart)]
        texts += [_joined(pieces, in_line=True) for pieces in (running, apart) if not all(one for _, one in pieces)]  # fmt: skip
        if self._turned:
            texts += [one for text in texts for one in backwards(text)]
        values = [value for value in self._values if not _IDENTIFIER.fullmatch(value)]
        values = [
            one for value in values for one in (formula_texts(value) if '"' in value else [value])
        ]
        beside = ["".join(self._instructions), "\n".join(self._others), *self._extra, *values]
        beside.append(side_by_side(values))
        return "\n\n".join([*texts, *map(shown, beside)])

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
    raw: bytes, strings: Sequence[str] = (), numbers: bool = True, room: int = MAX_TEXT
) -> OfficePart:
    """Read a part; raises `PartError` if it is not well-formed or declares entities, `ZipError` if too large."""
    target = OfficePart(strings, numbers, room)
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


def _joined(pieces: _Pieces, in_line: bool = False) -> str:
    """Return pieces of text as one; with `in_line` without those that are not shown in line."""
    return shown("".join(text for text, shown_there in pieces if shown_there or not in_line))
