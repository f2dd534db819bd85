"""Office files (OOXML, OpenDocument): their text, their properties, changes and comments left in them."""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile

from lxml import etree

from archive.leaks.finding import Found, Search, at_place, masked
from archive.leaks.pictures import picture

MOST = 300_000_000
"""Bytes that a file may unpack to; a real one has less, a bomb more."""

_BLOCKS = frozenset(
    {"p", "h", "si", "is", "row", "table-cell", "table-row", "tr", "tc", "comment", "text"}
)
"""Local names of elements that end a run of text."""
_BREAKS = frozenset({"tab", "br", "cr", "line-break", "s"})
_CHANGES = frozenset({
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
    "trPrChange", "tcPrChange", "numberingChange", "cellIns", "cellDel", "changed-region",
})  # fmt: skip
_COMMENTS = frozenset({"comment", "cm", "threadedComment", "annotation"})
_PROPERTIES = {
    "creator": "作者", "lastModifiedBy": "最后修改者", "initial-creator": "作者", "Company": "公司",
    "Manager": "主管", "printed-by": "打印者",
}  # fmt: skip
_PROGRAMS = re.compile(
    r"(?i:openpyxl|python-docx|libreoffice|openoffice|wps|microsoft|windows|admin|administrator|user|pc|hp|lenovo|dell|apache poi"
    r"|typst)\b.*|微软.*|番茄花园|雨林木风"
)
_OFFICES = re.compile(
    r".*(?:局|委员会|委|党组|办公室|科|处|室|部|中心|政府|支部|总队|大队|调查队|单位)"
)
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic")
_XML = (".xml", ".rels")
_UNREADABLE = (
    BadZipFile, LZMAError, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip
"""What the library says of zip files that are broken or locked."""


def office(raw: bytes, search: Search, numbers: bool = True) -> list[Found]:
    """What must not go out of an office file, its texts gone through by `search`.

    `numbers`: whether cells that hold a number are read as text too, as a telephone typed into a
    sheet is.
    """
    try:
        with ZipFile(io.BytesIO(raw)) as parts:
            names = parts.namelist()
            if sum(info.file_size for info in parts.infolist()) > MOST:
                return [Found("无法检查", "内容过大")]
            found: list[Found] = []
            for name in names:
                if name.endswith(_XML):
                    found += _part(name, parts.read(name), search, numbers)
                elif name.lower().endswith(_PICTURES):
                    found += picture(parts.read(name), name)
    except _UNREADABLE:
        return [Found("无法检查", "已加密或损坏")]
    except etree.XMLSyntaxError:
        return [Found("无法检查", "内容无法读取")]
    return found


def _part(name: str, raw: bytes, search: Search, numbers: bool) -> Iterator[Found]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(raw, parser)
    yield from (one._replace(place=name) for one in _marks(root))
    if name.endswith(("core.xml", "app.xml", "meta.xml")):
        yield from _properties(root)
    yield from at_place(name, search(_text(root, numbers)))


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _marks(root: etree._Element) -> Iterator[Found]:
    """How many changes nobody has accepted yet, and how many comments, there are."""
    told: dict[str, Callable[[str], bool]] = {
        "修订": _CHANGES.__contains__,
        "批注": _COMMENTS.__contains__,
    }
    locals_ = [_local(element) for element in root.iter()]
    for what, is_one in told.items():
        count = sum(map(is_one, locals_))
        if count:
            yield Found("修订批注", f"{what} {count} 处")


def _properties(root: etree._Element) -> Iterator[Found]:
    for element in root.iter():
        label = _PROPERTIES.get(_local(element))
        value = (element.text or "").strip()
        if label and is_private(value):
            yield Found("文件属性", f"{label}：{masked(value, 1, 0)}")


def is_private(value: str) -> bool:
    """Whether a property names somebody: neither a program nor an office."""
    return bool(value and not _PROGRAMS.fullmatch(value) and not _OFFICES.fullmatch(value))


def _text(root: etree._Element, numbers: bool) -> str:
    """The text of a part, a line for each paragraph, cell or the like."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        local = _local(element)
        if event == "start":
            if local in _BREAKS:
                pieces.append(" ")
            if element.text and (numbers or local != "v"):
                pieces.append(f"\n{element.text}\n" if local == "v" else element.text)
        else:
            if local in _BLOCKS:
                pieces.append("\n")
            pieces.append(element.tail or "")
    return "".join(pieces)
