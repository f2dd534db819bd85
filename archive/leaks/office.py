"""Leaks in office files (OOXML, OpenDocument): text, properties, tracked changes and comments.

Every part is read in the way its kind needs, or the file is refused.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from zipfile import ZipFile

from archive.files.bounds import MAX_ELEMENTS, MAX_TEXT, MAX_UNPACKED
from archive.leaks.binary_text import text_of
from archive.leaks.leak import FileLeak, Search, leaks_in_part
from archive.leaks.markup import folders
from archive.leaks.office_part import PartError, read_part
from archive.leaks.picture_blocks import MAX_BLOCK, Room
from archive.leaks.pictures import PICTURES, is_document, is_picture, picture
from archive.leaks.svg import svg
from archive.leaks.texts import FOREIGN
from archive.leaks.zip_entries import UNREADABLE, ZipError, zip_entries

_WITH_PROPERTIES = (
    "core.xml", "app.xml", "meta.xml", "people.xml", "person.xml", "commentauthors.xml", "authors.xml",
)  # fmt: skip
_STRINGS = "xl/sharedstrings.xml"
"""The part of a workbook that holds the texts of its cells, each once."""
_XML = (".xml", ".rels", ".vml", ".rdf")
_PRINTER = re.compile(r".*printersettings\d*\.bin")
"""Settings of a printer: its name and the size of the paper."""
_LAYOUT = re.compile(r"(?:.*/)?layout-cache")
"""Where the lines of an OpenDocument end."""
_KIND = re.compile(rb"application/[\w.+-]{1,80}\s?")
"""What the part `mimetype` of an OpenDocument says."""


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked from a file and those within it."""

    unpacked: int = MAX_UNPACKED
    text: int = MAX_TEXT
    elements: int = MAX_ELEMENTS
    pictures: Room = field(default_factory=Room)

    def take(self, unpacked: int = 0, text: int = 0, elements: int = 0) -> None:
        """Take this much; raises `ZipError` if there is not as much left."""
        self.unpacked -= unpacked
        self.text -= text
        self.elements -= elements
        if self.unpacked < 0 or self.text < 0 or self.elements < 0:
            raise ZipError("内容过大")


@dataclass(frozen=True, slots=True)
class _Options:
    """How the parts of one file are searched."""

    search: Search
    numbers: bool
    embedded: bool = False
    strings: tuple[str, ...] = ()
    budget: _Budget = field(default_factory=_Budget)


def office(raw: bytes, search: Search, numbers: bool = True) -> list[FileLeak]:
    """Return the leaks in an office file; `search` is applied to its texts.

    `numbers` says whether cells that hold a number are searched too: a telephone number typed into a
    sheet is one.
    """
    return _file(
        raw, _Options(search, numbers, budget=_Budget(MAX_UNPACKED, MAX_TEXT, MAX_ELEMENTS))
    )


def _file(raw: bytes, options: _Options) -> list[FileLeak]:
    found: list[FileLeak] = []
    try:
        with ZipFile(io.BytesIO(raw)) as parts:
            entries = zip_entries(parts, raw)
            options.budget.take(
                sum(entry.file_size for entry in entries),
                sum(one.file_size for one in entries if one.filename.lower().endswith(_XML)),
            )
            for entry in entries:
                if entry.filename.lower() == _STRINGS:
                    shared = read_part(parts.read(entry)).items
                    options = replace(options, strings=tuple(shared))
            remarks = b"\n".join([parts.comment, *(entry.comment for entry in entries)])
            found += leaks_in_part(
                "压缩包的说明", options.search(remarks.decode("utf-8", "replace"))
            )
            for entry in entries:
                if not entry.is_dir():
                    found += _part(entry.filename, parts.read(entry), options)
    except ZipError as error:
        return [FileLeak("无法检查", str(error))]
    except UNREADABLE:
        return [FileLeak("无法检查", "已加密或损坏")]
    except PartError:
        return [FileLeak("无法检查", "内容无法读取")]
    # A leak in a cell is reported with its sheet, not again with the table of shared texts.
    in_cells = {leak.what for leak in found if leak.place.startswith("xl/worksheets/")}
    return [leak for leak in found if leak.place.lower() != _STRINGS or leak.what not in in_cells]


def _part(name: str, raw: bytes, options: _Options) -> list[FileLeak]:
    """Return the leaks in the part of that name; a kind of part that is not read is one itself."""
    lower = name.lower()
    named = leaks_in_part("部件的名称", options.search(name))
    if not raw.strip() or (lower == "mimetype" and _KIND.fullmatch(raw)):
        return named
    if lower.endswith(_XML):
        return [*named, *dict.fromkeys(_xml(name, raw, options))]
    if lower.endswith(PICTURES):
        if options.budget.pictures.left < 0:
            return named  # said of the picture before
        if not is_picture(raw):
            return [*named, FOREIGN._replace(place=name)]
        return [*named, *picture(raw, options.search, name, options.budget.pictures)]
    if lower.endswith(".svg"):
        drawn = (leak._replace(line=1, place=name) for leak in svg(raw, options.search))
        return [*named, *dict.fromkeys(drawn)]
    is_other = _PRINTER.fullmatch(lower) or _LAYOUT.fullmatch(lower)
    if is_other and len(raw) <= MAX_BLOCK and not is_document(raw):
        return [*named, *dict.fromkeys(leaks_in_part(name, options.search(text_of(raw))))]
    if raw.startswith(b"PK") and not options.embedded:
        inside = _file(raw, replace(options, embedded=True, strings=()))
        return [*named, *dict.fromkeys(leak._replace(place=name) for leak in inside)]
    return [*named, FileLeak("无法检查", "内嵌的文件或宏", place=name)]


def _xml(name: str, raw: bytes, options: _Options) -> Iterator[FileLeak]:
    options.budget.take(elements=raw.count(b"<"))
    lower = name.lower()
    part = read_part(raw, options.strings, options.numbers, options.budget.text)
    options.budget.take(text=options.budget.text - part.room)
    for label, count in (("修订", part.changes), ("批注", part.comments)):
        if count:
            yield FileLeak("修订批注", f"{label} {count} 处", place=name)
    if part.uncomputed:
        yield FileLeak("无法检查", "没有算出结果的公式", place=name)
    if lower.endswith(_WITH_PROPERTIES):
        yield from part.properties
    yield from leaks_in_part(name, options.search(part.text))
    yield from (leak._replace(place=name) for leak in folders(part.text))
