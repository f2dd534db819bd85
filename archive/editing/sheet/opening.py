"""Open an untrusted file as a workbook; any other file is refused with a message that says why."""

import io
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.cell_range import CellRange

from archive.editing.sheet.unread import Place
from archive.files.bounds import MAX_ATTACHMENT, MAX_ELEMENTS, MAX_ENTRIES, MAX_UNPACKED
from archive.files.reasons import os_error_text

_MAX_SIGNS = 8 * MAX_ELEMENTS
"""Opening brackets in a workbook: 20,000 records of 20 fields have a quarter of them."""
_LIGHT = frozenset({"v", "is", "t", "f", "si"})
"""Elements within a cell, and shared texts: the library makes no object of them."""
_COVERING = frozenset({"mergeCell", "hyperlink"})
"""Elements of whose range the library makes every cell, however few are written."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""First bytes of old .xls workbooks and of encrypted ones (MS-CFB, 2.2)."""


_DRAWING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


class RefusedError(ValueError):
    """The file is not a workbook that can be read; text in Chinese."""


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook with formulas as text, and what the library leaves out of it."""

    book: Workbook
    drawn: Mapping[str, list[Place]]
    """Sheet → the cells over which its pictures, charts and shapes begin."""


def open_workbook(path: Path) -> OpenedWorkbook:
    """The workbook at `path`; raises RefusedError if it is not one."""
    try:
        size = path.stat().st_size
        if size > MAX_ATTACHMENT:
            most, found = (f"{count // 1_000_000} MB" for count in (MAX_ATTACHMENT, size))
            raise RefusedError(f"文件须不超过 {most}，现为 {found}；请重新导出再填")
        raw = path.read_bytes()
    except OSError as error:
        raise RefusedError(
            f"文件须能读取，现为：{os_error_text(error)}；请写对文件名，或者换一个读得出来的文件"
        ) from error
    return opened(raw, path.suffix.lower())


def opened(raw: bytes, suffix: str = "") -> OpenedWorkbook:
    """The workbook that a file holds, named with `suffix`; raises RefusedError if it is not one."""
    _judge(raw, suffix)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl warns of shapes and extensions that it leaves out
            reader = ExcelReader(io.BytesIO(raw))
            reader.read()
            return OpenedWorkbook(reader.wb, _drawn(reader, raw))
    except Exception as error:  # openpyxl raises errors of any type for a broken file
        raise RefusedError(
            "须为完好的 Excel 工作簿，现已损坏，或者不是；请重新另存为 .xlsx"
        ) from error


def _drawn(reader: Any, raw: bytes) -> dict[str, list[Place]]:
    """Sheet → where its drawings begin. The library keeps only the pictures and charts that it knows."""
    places: dict[str, list[Place]] = {}
    with ZipFile(io.BytesIO(raw)) as file:
        parts = set(file.namelist())
        for sheet, part in reader.parser.find_sheets():
            folder, _, name = part.target.rpartition("/")
            beside = f"{folder}/_rels/{name}.rels"
            drawings = get_dependents(file, beside).find(_DRAWING) if beside in parts else ()
            places[sheet.name] = [
                (
                    int(start.findtext(f"{_XDR}row") or 0) + 1,
                    int(start.findtext(f"{_XDR}col") or 0) + 1,
                )
                for drawing in drawings
                for start in ElementTree.fromstring(file.read(drawing.target)).iter(f"{_XDR}from")
            ]
    return places


def _judge(raw: bytes, suffix: str) -> None:
    if raw.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise RefusedError("文件须不设打开密码，现设有；请取消密码后另存")
        raise RefusedError("须为 .xlsx 文件，现为旧式的 .xls；请在 Excel 或 WPS 中另存为 .xlsx")
    if not raw.startswith(b"PK"):
        found = suffix if suffix not in ("", ".xlsx") else "别的内容"
        raise RefusedError(
            f"须为 .xlsx 文件，现为{found}；CSV 等不带格式的文件会丢掉编号和日期，请填导出的表"
        )
    try:
        with ZipFile(io.BytesIO(raw)) as file:
            _judge_parts(file)
    except RefusedError:
        raise
    except (
        Exception
    ) as error:  # zipfile raises errors of many types for a broken file, also those of zlib
        raise RefusedError("文件须完好，现不完整或已损坏；请重新另存或重新传送") from error


def _objects(raw: bytes) -> int:
    """How many objects the library makes of a part: cells, rows and styles.

    The part is read by the library's own parser, as far as it is well-formed. Raises RefusedError if it
    declares a document type, and ValueError for a range that no sheet has.
    """
    count = 0

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal count
        name = tag.rpartition(":")[2]
        count += name not in _LIGHT
        if name in _COVERING and ":" in attributes.get("ref", ""):
            size = CellRange(attributes["ref"]).size
            count += int(size["rows"] * size["columns"])

    def document_type(*_: object) -> None:
        # Workbooks declare no entities; a file that does may be an attack that fills the memory.
        raise RefusedError("文件须不含 DOCTYPE 声明，现含有；请重新导出再填")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = document_type
    with suppress(expat.ExpatError):
        parser.Parse(raw, True)
    return count


def _judge_parts(file: ZipFile) -> None:
    entries = file.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES or sum(one.file_size for one in entries) > MAX_UNPACKED:
        most = f"须不超过 {MAX_ENTRIES} 个部分、解压后 {MAX_UNPACKED // 1_000_000} MB"
        raise RefusedError(f"文件{most}，现在超过；请重新导出再填")
    if "mimetype" in names:
        raise RefusedError("须为 .xlsx 文件，现为 OpenDocument 表格；请另存为 .xlsx")
    if "[Content_Types].xml" not in names or not any(one.startswith("xl/") for one in names):
        raise RefusedError("须为 .xlsx 文件，现为别的压缩文件；请填导出的表")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedError("文件须不含宏，现含有；请另存为不含宏的 .xlsx")
    elements = objects = 0
    for (
        entry
    ) in entries:  # each, whatever its name: the library reads the parts that others refer to
        raw = file.read(entry)
        elements += raw.count(b"<")
        if elements <= _MAX_SIGNS:
            objects += _objects(raw)
    if elements > _MAX_SIGNS or objects > MAX_ELEMENTS:
        raise RefusedError("文件里的单元格须少得多，现在太多；请重新导出再填")
