"""How much the library makes of an untrusted workbook, found out before it does.

What is named several times, it reads as often: a file of three kilobytes may name one sheet a thousand times.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from openpyxl.worksheet.cell_range import CellRange

_LIGHT = frozenset({"v", "is", "t", "f", "si"})
"""Elements within a cell, and shared texts: the library makes no object of them."""
_HEAVY = {"mergeCell": 60, "comment": 5}
"""Elements that take it as much time as so many others."""
_COVERING = frozenset({"mergeCell", "hyperlink"})
"""Elements of whose range it makes every cell, however few are written."""
_OCTETS = 1000
"""Octets that take as much time as an object, to unpack and to read."""
_SIGNS = 4
"""Signs of a formula that take as much time as an object, for each cell that shares it."""
_RELATIONS = "_rels/"


class DocumentTypeError(ValueError):
    """A part declares a document type. Workbooks do not; one that does may fill the memory."""


@dataclass(slots=True)
class Part:
    """A part of a workbook: its own weight in objects, the sheets it lists, and what it refers to."""

    weight: int = 0
    sheets: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    """Id of a relation → how often the part uses it."""
    relations: list[tuple[str, str]] = field(default_factory=list)
    """Of a part that lists relations: their ids, and the parts they lead to as they are written."""


@dataclass(slots=True)
class _Formulas:
    """The formulas that cells of a sheet share: their number, their signs, and those of the longest."""

    cells: int = 0
    signs: int = 0
    longest: int = 0
    here: int = 0
    """Signs read of the next one."""

    @property
    def weight(self) -> int:
        return (self.signs + self.cells * self.longest) // _SIGNS


def weighed(raw: bytes) -> Part:
    """Weigh a part with the library's own parser, as far as it is well-formed.

    Raises DocumentTypeError, and ValueError for a range that no sheet has.
    """
    part, formulas = Part(len(raw) // _OCTETS), _Formulas()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        part.weight += _HEAVY.get(name, name not in _LIGHT)
        part.sheets += name == "sheet"
        if name in _COVERING and ":" in attributes.get("ref", ""):
            size = CellRange(attributes["ref"]).size
            part.weight += int(size["rows"] * size["columns"])
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            part.relations.append((attributes.get("Id", ""), attributes.get("Target", "")))
        if name == "f" and attributes.get("t") == "shared":
            formulas.cells += 1
            parser.CharacterDataHandler, parser.EndElementHandler = text, end
        for at, value in attributes.items():
            if ":" in at:
                part.uses[value] += 1

    def text(said: str) -> None:
        formulas.here += len(said)

    def end(_: str) -> None:
        formulas.signs += formulas.here
        formulas.longest = max(formulas.longest, formulas.here)
        formulas.here = 0
        # Not asked for elsewhere, which takes long.
        parser.CharacterDataHandler = parser.EndElementHandler = None

    def document_type(*_: object) -> None:
        raise DocumentTypeError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = document_type
    with suppress(expat.ExpatError):
        parser.Parse(raw, True)
    part.weight += formulas.weight
    return part


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
