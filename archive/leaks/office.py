"""Leaks in office files (OOXML, OpenDocument): text, properties, tracked changes and comments."""

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile

from lxml import etree

from archive.leaks.leak import FileLeak, Search, leaks_in_part, masked
from archive.leaks.markup import folders, is_private
from archive.leaks.pictures import picture

_BLOCKS = frozenset({"p", "h", "si", "is", "row", "table-row", "tr", "comment", "text", "pt"})
"""Local names of elements after which a line ends."""
_CELLS = frozenset({"table-cell", "tc", "c"})
_BREAKS = frozenset({"tab", "br", "cr", "line-break", "s"})
_TEXT_ATTRIBUTES = frozenset(
    {"Target", "href", "descr", "title", "alt", "name", "tooltip", "prompt", "error", "displayName"}
)
"""Local names of attributes whose value is text that a reader may see."""


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for a comment or an instruction."""
    return without_namespace(element.tag) if isinstance(element.tag, str) else ""


def without_namespace(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def office_text(root: etree._Element, strings: Sequence[str], numbers: bool) -> str:
    """Return the text of a part, one line per paragraph or row, then its formulas and attributes.

    `strings` are the shared texts to which cells of a workbook refer by index. `numbers` says whether
    cells that hold a number are read too.
    """
    pieces: list[str] = []
    extra: list[str] = []
    cells = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = local_name(element)
        if event == "start":
            cells += tag in _CELLS
            if tag in _BREAKS:
                pieces.append(" ")
            (extra if tag == "f" else pieces).append(_own_text(element, tag, strings, numbers))
            extra += [
                str(value)
                for name, value in element.items()
                if without_namespace(str(name)) in _TEXT_ATTRIBUTES
            ]
            continue
        if tag in _CELLS:
            cells -= 1
            pieces.append("|")
        elif tag in _BLOCKS:
            pieces.append(" " if cells else "\n")
        pieces.append(element.tail or "")
    return "\n".join(["".join(pieces), *extra])


def _own_text(element: etree._Element, tag: str, strings: Sequence[str], numbers: bool) -> str:
    text = element.text or ""
    cell = element.getparent() if tag == "v" else None
    if cell is not None and cell.get("t") == "s" and text.isdecimal():
        index = int(text)
        return strings[index] if index < len(strings) else ""
    return "" if tag == "v" and not numbers else text


MAX_UNPACKED = 300_000_000
MAX_TEXT = 50_000_000
"""The most bytes that a file, and the XML in it, may unpack to; only a zip bomb has more."""

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
"""The part of a workbook that holds the texts of its cells, each once."""
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".heic")
_XML = (".xml", ".rels", ".vml")
_HARMLESS = re.compile(r".*(?:printerSettings\d*\.bin|layout-cache)")
_OLE = b"\xd0\xcf\x11\xe0"
"""The first bytes of old binary office files, and of encrypted ones."""
_UNREADABLE = (
    BadZipFile, LZMAError, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip
"""The errors that `zipfile` raises for damaged or encrypted files."""


@dataclass(frozen=True, slots=True)
class _Options:
    """How the parts of one file are searched."""

    search: Search
    numbers: bool
    embedded: bool = False
    strings: tuple[str, ...] = ()


def office(raw: bytes, search: Search, numbers: bool = True) -> list[FileLeak]:
    """Return the leaks in an office file; `search` is applied to its texts.

    `numbers` says whether cells that hold a number are searched too: a telephone number typed into a
    sheet is one.
    """
    return _file(raw, _Options(search, numbers))


def _file(raw: bytes, options: _Options) -> list[FileLeak]:
    found: list[FileLeak] = []
    try:
        with ZipFile(io.BytesIO(raw)) as parts:
            sizes = {info.filename: info.file_size for info in parts.infolist()}
            texts = sum(size for name, size in sizes.items() if name.endswith(_XML))
            if texts > MAX_TEXT or sum(sizes.values()) > MAX_UNPACKED:
                return [FileLeak("无法检查", "内容过大")]
            if _STRINGS in sizes:
                options = replace(options, strings=_strings(parts.read(_STRINGS)))
            for name in sizes:
                found += _part(name, parts.read(name), options)
    except _UNREADABLE:
        return [FileLeak("无法检查", "已加密或损坏")]
    except etree.XMLSyntaxError:
        return [FileLeak("无法检查", "内容无法读取")]
    # A leak in a cell is reported with its sheet, not again with the table of shared texts.
    in_cells = {
        (leak.kind, leak.found) for leak in found if leak.place.startswith("xl/worksheets/")
    }
    return [
        leak for leak in found if leak.place != _STRINGS or (leak.kind, leak.found) not in in_cells
    ]


def _part(name: str, raw: bytes, options: _Options) -> list[FileLeak]:
    if name.endswith(_XML):
        return list(dict.fromkeys(_xml(name, raw, options))) if raw.strip() else []
    if name.lower().endswith(_PICTURES):
        return picture(raw, options.search, name)
    if raw.startswith(b"PK") and not options.embedded:
        inside = _file(raw, replace(options, embedded=True, strings=()))
        return list(dict.fromkeys(leak._replace(place=name) for leak in inside))
    packed = raw.startswith((b"PK", b"%PDF", _OLE)) or name.endswith(".bin")
    if packed and not _HARMLESS.fullmatch(name):
        return [FileLeak("无法检查", "内嵌的文件或宏", place=name)]
    return []


def _xml(name: str, raw: bytes, options: _Options) -> Iterator[FileLeak]:
    root = _root(raw)
    yield from (leak._replace(place=name) for leak in _marks(root))
    if name.endswith(_WITH_PROPERTIES):
        yield from _properties(root)
    is_metadata = name.startswith("docProps/") or name.endswith("meta.xml")
    text = (
        "\n".join(map(str, root.itertext()))
        if is_metadata
        else office_text(root, options.strings, options.numbers)
    )
    yield from leaks_in_part(name, options.search(text))
    yield from (leak._replace(place=name) for leak in folders(text))


def _root(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(raw, parser)


def _strings(raw: bytes) -> tuple[str, ...]:
    return tuple(
        "".join(map(str, item.itertext())) for item in _root(raw) if local_name(item) == "si"
    )


def _marks(root: etree._Element) -> Iterator[FileLeak]:
    """Yield one leak with the number of tracked changes, and one with the number of comments."""
    tags = [local_name(element) for element in root.iter()]
    for label, marks in (("修订", _CHANGES), ("批注", _COMMENTS)):
        count = sum(tag in marks for tag in tags)
        if count:
            yield FileLeak("修订批注", f"{label} {count} 处")


def _properties(root: etree._Element) -> Iterator[FileLeak]:
    for element in root.iter():
        label = _PROPERTIES.get(local_name(element))
        attributes = (
            text for name, text in element.items() if without_namespace(str(name)) in _PEOPLE
        )
        value = str(element.text or next(attributes, "")).strip()
        if label and is_private(value):
            yield FileLeak("文件属性", f"{label}：{masked(value, 1, 0)}")
