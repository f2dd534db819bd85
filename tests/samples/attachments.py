"""Pictures and office files that carry what should not leave the house."""

import io
import struct
from collections.abc import Mapping
from functools import cache
from zipfile import ZipFile

import docx
import openpyxl
from openpyxl.comments import Comment
from PIL import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = ("word/styles.xml", "word/stylesWithEffects.xml")


def tiff(order: str, entries: list[tuple[int, int, int, bytes]]) -> bytes:
    """A TIFF block with one directory; what is longer than four bytes follows it."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    start, rest, rows = 8, b"", b""
    after = start + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in entries:
        cell = value.ljust(4, b"\0")
        if len(value) > 4:
            cell = struct.pack(f"{order}I", after + len(rest))
            rest += value
        rows += struct.pack(f"{order}HHI", tag, kind, count) + cell
    return (
        head
        + struct.pack(f"{order}IH", start, len(entries))
        + rows
        + struct.pack(f"{order}I", 0)
        + rest
    )


def ascii_(tag: int, text: str) -> tuple[int, int, int, bytes]:
    raw = text.encode() + b"\0"
    return tag, 2, len(raw), raw


def camera(order: str = "<") -> bytes:
    return tiff(order, [ascii_(0x010F, "Camera Works"), ascii_(0x0110, "Mark 7")])


def located(order: str = "<") -> bytes:
    """A block whose only entry leads to the directory of the place, which holds the latitude."""
    block = bytearray(tiff(order, [(0x8825, 4, 1, struct.pack(f"{order}I", 26))]))
    return bytes(block) + struct.pack(f"{order}HHHI4sI", 1, 2, 5, 3, b"\0\0\0\0", 0)


def jpeg(block: bytes) -> bytes:
    """A picture of one point, with a block of Exif."""
    body = b"Exif\0\0" + block
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + point("JPEG")[2:]


def point(kind: str, side: int = 1) -> bytes:
    """A picture of one point, or a square of such a side, in a format of this name."""
    written = io.BytesIO()
    Image.new("RGB", (side, side)).save(written, kind)
    return written.getvalue()


@cache
def word(*texts: str, **properties: str) -> bytes:
    """A document without the eight thousand lines of styles that come with an empty one."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    for name in ("author", "last_modified_by", "comments"):
        setattr(document.core_properties, name, properties.get(name, ""))
    written = io.BytesIO()
    document.save(written)
    bare = b'<w:styles xmlns:w="%s"/>' % WORD.encode()
    return changed(written.getvalue(), dict.fromkeys(STYLES, bare))


def changed(raw: bytes, parts: Mapping[str, bytes]) -> bytes:
    """An office file with whole parts put in, or in place of others."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as old, ZipFile(written, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return written.getvalue()


def document(body: str) -> bytes:
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


def sheet(*cells: object, comment: str = "") -> bytes:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(list(cells))
    if comment:
        book.active["A1"].comment = Comment(comment, "")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
