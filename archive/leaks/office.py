"""Office files (OOXML, OpenDocument): their text, their properties, changes and comments left in them."""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile

from lxml import etree

from archive.leaks.finding import Found, Search, at_place, masked
from archive.leaks.markup import folders, is_private
from archive.leaks.pictures import picture

_BLOCKS = frozenset({"p", "h", "si", "is", "row", "table-row", "tr", "comment", "text", "pt"})
"""Local names of elements that end a run of text."""
_CELLS = frozenset({"table-cell", "tc", "c"})
_BREAKS = frozenset({"tab", "br", "cr", "line-break", "s"})
_TELLING = frozenset(
    {"Target", "href", "descr", "title", "alt", "name", "tooltip", "prompt", "error", "displayName"}
)
"""Local names of attributes that say something to somebody."""


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; comments and the like have none."""
    return bare(element.tag) if isinstance(element.tag, str) else ""


def bare(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def text_of(root: etree._Element, strings: Sequence[str], numbers: bool) -> str:
    """The text of a part, a line for each paragraph, row or the like; then formulas and what attributes say.

    `strings`: the texts that cells of a workbook call by their number. `numbers`: whether cells that
    hold a number are read too.
    """
    pieces: list[str] = []
    said: list[str] = []
    cells = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        kind = local(element)
        if event == "start":
            cells += kind in _CELLS
            if kind in _BREAKS:
                pieces.append(" ")
            (said if kind == "f" else pieces).append(_own_text(element, kind, strings, numbers))
            said += [str(value) for name, value in element.items() if bare(str(name)) in _TELLING]
            continue
        if kind in _CELLS:
            cells -= 1
            pieces.append("|")
        elif kind in _BLOCKS:
            pieces.append(" " if cells else "\n")
        pieces.append(element.tail or "")
    return "\n".join(["".join(pieces), *said])


def _own_text(element: etree._Element, kind: str, strings: Sequence[str], numbers: bool) -> str:
    text = element.text or ""
    cell = element.getparent() if kind == "v" else None
    if cell is not None and cell.get("t") == "s" and text.isdecimal():
        index = int(text)
        return strings[index] if index < len(strings) else ""
    return "" if kind == "v" and not numbers else text


MOST = 300_000_000
MOST_TEXT = 50_000_000
"""Bytes that a file, and its texts, may unpack to; a real one has less, a bomb more."""

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
_WITH_PROPERTIES = (
    "core.xml",
    "app.xml",
    "meta.xml",
    "people.xml",
    "person.xml",
    "commentAuthors.xml",
    "authors.xml",
)
_STRINGS = "xl/sharedStrings.xml"
"""Where a workbook keeps the texts of its cells, each once."""
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".heic")
_XML = (".xml", ".rels", ".vml")
_HARMLESS = re.compile(r".*(?:printerSettings\d*\.bin|layout-cache)")
_OLE = b"\xd0\xcf\x11\xe0"
"""How files of the old kind begin, and encrypted ones."""
_UNREADABLE = (
    BadZipFile, LZMAError, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip
"""What the library says of zip files that are broken or locked."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the parts of one file are gone through."""

    search: Search
    numbers: bool
    embedded: bool = False
    strings: tuple[str, ...] = ()


def office(raw: bytes, search: Search, numbers: bool = True) -> list[Found]:
    """What must not go out of an office file, its texts gone through by `search`.

    `numbers`: whether cells that hold a number are read as text too, as a telephone typed into a
    sheet is.
    """
    return _file(raw, _Way(search, numbers))


def _file(raw: bytes, way: _Way) -> list[Found]:
    found: list[Found] = []
    try:
        with ZipFile(io.BytesIO(raw)) as parts:
            sizes = {info.filename: info.file_size for info in parts.infolist()}
            texts = sum(size for name, size in sizes.items() if name.endswith(_XML))
            if texts > MOST_TEXT or sum(sizes.values()) > MOST:
                return [Found("无法检查", "内容过大")]
            if _STRINGS in sizes:
                way = replace(way, strings=_strings(parts.read(_STRINGS)))
            for name in sizes:
                found += _part(name, parts.read(name), way)
    except _UNREADABLE:
        return [Found("无法检查", "已加密或损坏")]
    except etree.XMLSyntaxError:
        return [Found("无法检查", "内容无法读取")]
    # A text of a cell is told where the cell is.
    told = {(one.kind, one.found) for one in found if one.place.startswith("xl/worksheets/")}
    return [one for one in found if one.place != _STRINGS or (one.kind, one.found) not in told]


def _part(name: str, raw: bytes, way: _Way) -> list[Found]:
    if name.endswith(_XML):
        return list(dict.fromkeys(_xml(name, raw, way))) if raw.strip() else []
    if name.lower().endswith(_PICTURES):
        return picture(raw, way.search, name)
    if raw.startswith(b"PK") and not way.embedded:
        inside = _file(raw, replace(way, embedded=True, strings=()))
        return list(dict.fromkeys(one._replace(place=name) for one in inside))
    packed = raw.startswith((b"PK", b"%PDF", _OLE)) or name.endswith(".bin")
    if packed and not _HARMLESS.fullmatch(name):
        return [Found("无法检查", "内嵌的文件或宏", place=name)]
    return []


def _xml(name: str, raw: bytes, way: _Way) -> Iterator[Found]:
    root = _root(raw)
    yield from (one._replace(place=name) for one in _marks(root))
    if name.endswith(_WITH_PROPERTIES):
        yield from _properties(root)
    beside = name.startswith("docProps/") or name.endswith("meta.xml")
    text = (
        "\n".join(map(str, root.itertext())) if beside else text_of(root, way.strings, way.numbers)
    )
    yield from at_place(name, way.search(text))
    yield from (one._replace(place=name) for one in folders(text))


def _root(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(raw, parser)


def _strings(raw: bytes) -> tuple[str, ...]:
    return tuple("".join(map(str, one.itertext())) for one in _root(raw) if local(one) == "si")


def _marks(root: etree._Element) -> Iterator[Found]:
    """How many changes nobody has accepted yet, and how many comments, there are."""
    told: dict[str, Callable[[str], bool]] = {
        "修订": _CHANGES.__contains__,
        "批注": _COMMENTS.__contains__,
    }
    locals_ = [local(element) for element in root.iter()]
    for what, is_one in told.items():
        count = sum(map(is_one, locals_))
        if count:
            yield Found("修订批注", f"{what} {count} 处")


def _properties(root: etree._Element) -> Iterator[Found]:
    for element in root.iter():
        label = _PROPERTIES.get(local(element))
        attributes = (said for name, said in element.items() if bare(str(name)) in _PEOPLE)
        value = str(element.text or next(attributes, "")).strip()
        if label and is_private(value):
            yield Found("文件属性", f"{label}：{masked(value, 1, 0)}")
