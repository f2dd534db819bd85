"""How much the library makes of an untrusted workbook, found out before it does.

What is named several times, it reads as often: a file of three kilobytes may name one sheet a thousand times.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from xml.parsers import expat

from lxml import etree
from openpyxl.worksheet.cell_range import CellRange

from archive.files.namespaces import NamespaceWatch

_LIGHT = frozenset({"v", "is", "t", "f", "si"})
"""Elements within a cell, and shared texts: the library makes no object of them."""
_HEAVY = {"mergeCell": 60, "comment": 5}
"""Elements that take it as much time as so many others."""
_COVERING = frozenset({"mergeCell", "hyperlink", "comment"})
"""Elements of whose range it makes every cell, however few are written."""
_FORMAT = 1000
"""Of the length of a format of numbers times itself, which the library takes time with, as much as an object."""
_OCTETS = 1000
"""Octets that take as much time as an object, to unpack and to read."""
_SIGNS = 4
"""Signs of a formula that take as much time as an object, for each cell that shares it."""
_RELATIONS = "_rels/"


class DocumentTypeError(ValueError):
    """A part declares a document type. Workbooks do not; one that does may fill the memory."""


class TooHeavyError(ValueError):
    """A part has more than a workbook may have."""


@dataclass(slots=True)
class Part:
    """A part of a workbook: its own weight in objects, the sheets it lists, and what it refers to."""

    weight: int = 0
    sheets: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    """Id of a relation → how often the part uses it."""
    relations: list[tuple[str, str]] = field(default_factory=list)
    """Of a part that lists relations: their ids, and the parts they lead to as they are written."""


class _Weigher(NamespaceWatch):
    """Weighs a part as a parser goes through it; raises DocumentTypeError, and ValueError for what no sheet has.

    It is the target of one parser, and told by the other of the beginnings and ends of elements.
    """

    def __init__(self, raw: bytes, most: int) -> None:
        self.part = Part(len(raw) // _OCTETS)
        self._most = most
        self._cells = self._signs = self._longest = self._here = 0
        """The cells that share a formula, the signs of formulas, of the longest, and of the next one."""
        self.in_formula = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element, its name with a prefix or with a namespace in braces."""
        part, name = self.part, tag.rpartition("}")[2].rpartition(":")[2]
        part.weight += _HEAVY.get(name, name not in _LIGHT)
        part.sheets += name == "sheet"
        if name in _COVERING and (at := attributes.get("ref")):
            size = CellRange(at).size  # of columns or rows alone it is none: TypeError
            part.weight += int(size["rows"] * size["columns"])
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            part.relations.append((attributes.get("Id", ""), attributes.get("Target", "")))
        if name == "f" and attributes.get("t") == "shared":
            self._cells += 1
            self.in_formula = True
        if name == "numFmt":
            part.weight += len(attributes.get("formatCode", "")) ** 2 // _FORMAT
        for at, value in attributes.items():
            if at.startswith("xmlns"):
                self.start_ns(at, value)
            elif ":" in at or "}" in at:
                part.uses[value] += 1
        if part.weight > self._most:
            raise TooHeavyError

    def data(self, said: str) -> None:
        """Take a text."""
        if self.in_formula:
            self._here += len(said)

    def end(self, _: str) -> None:
        """Take the end of an element."""
        self._signs += self._here
        self._longest = max(self._longest, self._here)
        self._here = 0
        self.in_formula = False

    def doctype(self, *_: object) -> None:
        """Refuse a document type."""
        raise DocumentTypeError

    def close(self) -> Part:
        """Take the end of the part."""
        self.part.weight += (self._signs + self._cells * self._longest) // _SIGNS
        return self.part


def weighed(raw: bytes, most: int) -> Part:
    """Weigh a part with the library's own parsers, as far as they read it.

    The library reads the parts with cells by one, all others by the other, which knows more encodings and
    names. Raises DocumentTypeError, TooHeavyError beyond `most`, and ValueError for a range or a namespace that no
    sheet has.
    """
    weigher = _Weigher(raw, most)
    parser = expat.ParserCreate()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        weigher.start(tag, attributes)
        if weigher.in_formula:
            parser.CharacterDataHandler, parser.EndElementHandler = weigher.data, end

    def end(tag: str) -> None:
        weigher.end(tag)
        # Not asked for elsewhere, which takes long.
        parser.CharacterDataHandler = parser.EndElementHandler = None

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = weigher.doctype
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        weigher = _Weigher(raw, most)
        other = etree.XMLParser(target=cast(Any, weigher), resolve_entities=False)
        try:
            etree.fromstring(raw, other)
        except etree.XMLSyntaxError:
            weigher.close()
        return weigher.part
    return weigher.close()


def weight(parts: Mapping[str, Part]) -> int:
    """Return the weight of a workbook: of each part, and again for each time that it is read.

    It is read for each relation that leads to it, and each use of that where it is used more often.
    """
    known: dict[str, int] = {}

    def whole(name: str, around: frozenset[str]) -> int:
        if name in around or name not in parts:
            return 0
        if name not in known:
            part = parts[name]
            leads = _leads(name, parts)
            below = sum(
                max(1, part.uses[id_]) * whole(target, around | {name}) for id_, target in leads
            )
            known[name] = part.weight + below
        return known[name]

    top = sum(whole(target, frozenset()) for _, target in _leads("", parts))
    return top + sum(part.weight for part in parts.values())


def _leads(name: str, parts: Mapping[str, Part]) -> Iterator[tuple[str, str]]:
    """Yield the relations of a part, or of the file for an empty name: id and name of the other part."""
    folder, _, file = name.rpartition("/")
    beside = parts.get(posixpath.join(folder, f"{_RELATIONS}{file}.rels"))
    for id_, target in beside.relations if beside else ():
        yield id_, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
