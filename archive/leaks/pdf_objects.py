"""All objects of a PDF file: every text in them, and what in them runs, hides a file or cannot be read.

The pages are what a reader sees at first; a name may also stand in a bookmark, a form, a property, a
note or in what a program has stored beside them. So every object of the file is walked, whatever refers
to it.
"""

import re
from collections.abc import Iterator
from typing import Any

from archive.leaks.binary_text import text_of
from archive.leaks.leak import FileLeak
from archive.leaks.pdf_fonts import FONTS, Letters, is_readable
from archive.leaks.pdf_source import strings, strings_in_content
from archive.leaks.picture_blocks import MAX_BLOCK
from archive.leaks.text import decoded

MAX_OBJECTS = 200_000
_RUNS = frozenset({
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound", "/GoTo3DView",
    "/RichMediaExecute",
})  # fmt: skip
"""Kinds of actions that run a program or send something."""
_HOLDS = frozenset({"/EmbeddedFile", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/FileAttachment"})  # fmt: skip
"""Kinds of objects that hold a file of another kind."""
_DATA = frozenset({
    "/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap", "/CIDSet", "/CMap", "/Encoding",
    "/UseCMap", "/Contents", "/DestOutputProfile", "/CharProcs", "/SMask", "/Mask", "/Function", "/TR", "/BG",
    "/UCR", "/HT", "/Thumb", "/Alternates", "/Lookup",
})  # fmt: skip
"""Keys whose streams are not text: fonts, pictures and colours, and the pages, which are read as such."""
_DRAWN = ("/Contents", "/CharProcs")
_FONT_FILE = re.compile(
    rb"\x00\x01\x00\x00|OTTO|true|ttcf|\x01\x00[\x04-\x10]|%!|\x80\x01", re.DOTALL
)
_SHOWS_TEXT = re.compile(rb"(?<![A-Za-z])T[jJ](?![A-Za-z])|[)>][\0\t\n\f\r ]*+['\"]")


class PdfObjects:
    """What stands in the objects of one version of a file: its texts and its faults."""

    def __init__(self, reader: Any) -> None:
        self.texts: list[str] = []
        self.metadata: list[bytes] = []
        """The descriptions of the file and its pictures (XMP), as bytes of XML."""
        self.pictures: list[bytes] = []
        self.faults: list[FileLeak] = []
        self._data: set[int] = set()
        self._drawn: set[int] = set()
        self._letters = Letters(self._drawn)
        self._streams: list[tuple[int, Any]] = []
        ids = _ids(reader)
        if len(ids) > MAX_OBJECTS:
            self.faults.append(FileLeak("无法检查", "内容过大"))
            return
        for number, generation in ids:
            self._walk(_object(reader, number, generation), number)
        for number, stream in self._streams:
            self._stream(number, stream)
        self.faults = list(dict.fromkeys(self.faults))

    def _walk(self, top: Any, number: int) -> None:
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

        pending = [top]
        while pending:
            value = pending.pop()
            if isinstance(value, DictionaryObject):
                if isinstance(value, StreamObject):
                    self._streams.append((number, value))
                self._dictionary(value)
                for key, item in value.items():
                    items = item if isinstance(item, ArrayObject) else [item]
                    if key in _DATA:
                        ids = {one.idnum for one in items if isinstance(one, IndirectObject)}
                        (self._drawn if key in _DRAWN else self._data).update(ids)
                    self.texts.append("" if key.isascii() else key)
                    pending.append(item)
            elif isinstance(value, ArrayObject):
                if value and value[0] in ("/ICCBased", "/Indexed", "/Separation", "/DeviceN"):
                    self._data.update(one.idnum for one in value if isinstance(one, IndirectObject))
                pending += value
            elif isinstance(value, bytes):
                self.texts.append(decoded(value))
            elif isinstance(value, str):  # names too: of destinations, layers, fields
                self.texts.append(value)

    def _dictionary(self, value: Any) -> None:
        kinds = {value.get(key) for key in ("/Type", "/Subtype", "/S") if isinstance(value.get(key), str)}  # fmt: skip
        if "/JS" in value or "/EF" in value or "/Collection" in value or kinds & (_RUNS | _HOLDS):
            self.faults.append(FileLeak("无法检查", "内嵌的文件或宏"))
        if "/Thumb" in value:
            self.faults.append(FileLeak("图片信息", "缩略图"))
        if "/XFA" in value:
            self.faults.append(FileLeak("无法检查", "表单程序（XFA）"))
        if kinds & FONTS and not is_readable(value):
            self.faults.append(FileLeak("无法检查", "读不出文字的字体（没有 ToUnicode）"))
        if "/CharProcs" in value and self._letters.show_others(value):
            self.faults.append(FileLeak("无法检查", "字形里的文字"))

    def _stream(self, number: int, stream: Any) -> None:
        """Read a stream: as a text, unless it is a page or holds numbers, whatever it says it is."""
        raw = stream.get_data()
        kind = stream.get("/Subtype")
        if kind == "/Image":
            if raw.startswith(b"\xff\xd8"):
                self.pictures.append(raw)
            return
        self.texts += strings_in_content(raw)
        if kind == "/Form" and "/Resources" not in stream and _SHOWS_TEXT.search(raw):
            self.faults.append(FileLeak("无法检查", "没有写明字体的图形"))
        if kind == "/Form" or number in self._drawn:
            return  # a page: `extract_text` reads it
        if "/ShadingType" in stream or "/FunctionType" in stream or number in self._data:
            if not _FONT_FILE.match(raw) and "/ShadingType" not in stream:
                self.texts.append(text_of(raw[:MAX_BLOCK]))
            return
        if stream.get("/Type") in ("/ObjStm", "/XRef"):
            self.texts += strings(raw)
            return
        if "/PatternType" in stream:
            if _SHOWS_TEXT.search(raw):
                self.faults.append(FileLeak("无法检查", "图案里的文字"))
            return
        if stream.get("/Type") == "/Metadata":
            self.metadata.append(raw)
        self.texts.append(decoded(raw))


def forms(reader: Any) -> Iterator[Any]:
    """Yield the drawings that pages, notes and fields show, each once."""
    from pypdf.generic import StreamObject

    for number, generation in _ids(reader):
        found = _object(reader, number, generation)
        if isinstance(found, StreamObject) and found.get("/Subtype") == "/Form":
            yield found


def _ids(reader: Any) -> list[tuple[int, int]]:
    listed = {(number, generation) for generation, ids in reader.xref.items() for number in ids}
    return sorted(listed | {(number, 0) for number in reader.xref_objStm})


def _object(reader: Any, number: int, generation: int) -> Any:
    from pypdf.generic import IndirectObject

    return reader.get_object(IndirectObject(number, generation, reader))
