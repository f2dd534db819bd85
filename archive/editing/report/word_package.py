"""The parts of an untrusted Word file and how they name each other; any other file is refused."""

import io
import posixpath
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zipfile import ZipFile

from lxml import etree

from archive.editing.report.brought import RefusedError
from archive.files.bounds import MAX_ELEMENTS, MAX_TEXT, megabytes
from archive.files.namespaces import MAX_NAMESPACE, has_long_namespace
from archive.leaks.zip_entries import UNREADABLE, ZipError, zip_entries

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""First bytes of old .doc and .wps files and of encrypted ones (MS-CFB, 2.2)."""
SAVE = "请在 Word 或 WPS 里打开，另存为 .docx 再导入"

_MOST_XML = 4 * MAX_TEXT
"""Bytes of all XML that is read of a file: a table of 3,000 rows has some ten million."""
_MOST_SIGNS = 2 * MAX_ELEMENTS
"""Angle brackets in it."""
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip
"""Namespaces of “Strict Open XML” → those of all other files."""
_OTHERS = {
    "xl/": " Excel 工作簿",
    "ppt/": "演示文稿",
    "mimetype": " OpenDocument 文件",
    "Index/": " iWork 文件",
}
"""How the name of a part begins → what a zip file without a Word document is."""
_DAMAGED = f"Word 文件须完好，现已损坏或者不完整；{SAVE}"


class Relation(NamedTuple):
    """What a part refers to: a kind, as styles or image, and the name of a part, or an address elsewhere."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """A Word file. `main` is the name of the part with the text."""

    parts: ZipFile
    names: frozenset[str]
    main: str = ""
    _xml: int = 0
    _signs: int = 0
    _read: dict[str, bytes] = field(default_factory=dict)

    def bytes(self, name: str) -> bytes:
        """The content of a part; empty if there is none."""
        if name not in self._read:
            try:
                self._read[name] = self.parts.read(name) if name in self.names else b""
            except UNREADABLE as error:
                raise RefusedError(_DAMAGED) from error
        return self._read[name]

    def xml(self, name: str) -> "etree._Element | None":
        """The root of a part; None if there is no such part."""
        raw = self.bytes(name)
        if not raw:
            return None
        self._xml += len(raw)
        self._signs += raw.count(b"<")
        if self._xml > _MOST_XML or self._signs > _MOST_SIGNS:
            raise RefusedError(
                f"Word 文件的文字须不超过 {megabytes(_MOST_XML)}、{_MOST_SIGNS} 个标记，现在超过；请分成几份，分别导入"
            )
        head = raw[:2000].replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise RefusedError(_doctype())
        if has_long_namespace(raw):
            raise RefusedError(
                f"Word 文件里命名空间的名称须不超过 {MAX_NAMESPACE} 字，现有更长的；{SAVE}"
            )
        for strict, usual in _STRICT:
            raw = raw.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )  # fmt: skip
        try:
            root = etree.fromstring(raw, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise RefusedError(_DAMAGED) from error
        tree: Any = root.getroottree()
        if tree.docinfo.doctype:
            raise RefusedError(_doctype())
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by the id that it uses for it."""
        folder, _, file = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels".removeprefix("/"))
        found: dict[str, Relation] = {}
        for one in root if root is not None else ():
            kind = (one.get("Type") or "").rpartition("/")[2]
            target, external = one.get("Target") or "", one.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id") or ""] = Relation(kind, target, external)
        return found


def _doctype() -> str:
    return f"Word 文件须不含 DOCTYPE 声明，现含有；{SAVE}"


def open_package(raw: bytes) -> Package:
    """The Word file with this content; raises `RefusedError` if it is not one."""
    if raw.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise RefusedError(
                "文件须不设打开密码，现设有；请在 Word 或 WPS 里取消密码，另存为 .docx 再导入"
            )
        raise RefusedError(f"须为 .docx 文件，现为旧式的 .doc 或者 .wps；{SAVE}")
    if not raw.startswith(b"PK"):
        raise RefusedError(f"须为 .docx 文件，现为{_called(raw)}；{SAVE}")
    try:
        parts = ZipFile(io.BytesIO(raw))
        names = frozenset(entry.filename for entry in zip_entries(parts, raw))
    except ZipError as error:
        raise RefusedError(f"Word 文件须完好，现有问题：{error}；{SAVE}") from error
    except UNREADABLE as error:
        raise RefusedError(_DAMAGED) from error
    package = Package(parts, names)
    documents = (one for one in package.relations("").values() if one.kind == "officeDocument")
    package.main = next((one.target for one in documents), "")
    other = next((what for start, what in _OTHERS.items() if any(name.startswith(start) for name in names)), "")  # fmt: skip
    if other or not package.main:
        raise RefusedError(f"须为 .docx 文件，现为{other or '别的压缩文件'}；{SAVE}")
    return package


def _called(raw: bytes) -> str:
    begins = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kinds = {b"%pdf": " PDF", b"{\\rtf": " RTF", b"<html": "网页", b"<!doctype html": "网页", b"<?xml": " XML 文件"}  # fmt: skip
    return next((what for start, what in kinds.items() if begins.startswith(start)), "别的内容")
