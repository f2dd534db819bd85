"""Open an untrusted file as a workbook; any other file is refused with a message that says why."""

import io
import warnings
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet

from archive.editing.sheet.unread import Place
from archive.editing.sheet.weight import DocumentTypeError, Part, TooHeavyError, weighed, weight
from archive.files import pictures
from archive.files.bounds import MAX_ATTACHMENT, MAX_ELEMENTS, MAX_ENTRIES, MAX_UNPACKED, size_of
from archive.files.reasons import os_error_text

_MAX_SIGNS = 8 * MAX_ELEMENTS
"""Opening brackets in a workbook: 20,000 records of 20 fields have a quarter of them."""
_MAX_LETTERS = 20_000_000
"""Letters of all cells: a text that is shared stands in any number of them, and is read in each."""
MAX_SHEETS = 200
"""Sheets of a workbook: the library takes time with the square of their number."""
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
        size = size_of(path)
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
            _read(reader)
            _require_few_letters(reader.wb)
            return OpenedWorkbook(reader.wb, _drawn(reader, raw))
    except RefusedError:
        raise
    except Exception as error:  # openpyxl raises errors of any type for a broken file
        raise RefusedError(
            "须为完好的 Excel 工作簿，现已损坏，或者不是；请重新另存为 .xlsx"
        ) from error


def _read(reader: Any) -> None:
    """Read what is asked for: not the names of ranges, which the library takes ages with, nor the theme."""
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    reader.read_worksheets()


def _require_few_letters(book: Workbook) -> None:
    written = (cell.value for sheet in book.worksheets for cell in sheet._cells.values())
    if sum(len(value) for value in written if isinstance(value, str)) > _MAX_LETTERS:
        raise RefusedError(
            f"各单元格的文字合起来须不超过 {_MAX_LETTERS} 个字，现在超过；请重新导出再填"
        )


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
        raise RefusedError(
            "须为 .xlsx 文件，现为旧式的 .xls 或者 WPS 的 .et；请在 Excel 或 WPS 中另存为 .xlsx"
        )
    if not raw:
        raise RefusedError("须为 .xlsx 文件，现为空文件；请重新另存或重新传送")
    if not raw.startswith(b"PK"):
        raise RefusedError(_other(raw, suffix))
    try:
        with ZipFile(io.BytesIO(raw)) as file:
            _judge_parts(file)
    except RefusedError:
        raise
    except (
        Exception
    ) as error:  # zipfile raises errors of many types for a broken file, also those of zlib
        raise RefusedError("文件须完好，现不完整或已损坏；请重新另存或重新传送") from error


def _other(raw: bytes, suffix: str) -> str:
    """What is said of a file that is no workbook."""
    what = pictures.kind(raw)
    if what:
        found, way_out = f" {what} 文件", "不能只改后缀，请填导出的表，另存为 .xlsx"
    else:
        found = suffix if suffix not in ("", ".xlsx") else "别的内容"
        way_out = "CSV 等不带格式的文件会丢掉编号和日期，请填导出的表"
    return f"须为 .xlsx 文件，现为{found}；{way_out}"


def _package(names: Set[str]) -> str:
    """What a compressed file is that is no workbook, by the names of its parts."""
    if any(name.startswith("word/") for name in names):
        return " Word 文件"
    if any(name.lower().endswith((".xlsx", ".xls", ".et")) for name in names):
        return "装着表格的压缩包，须先解压"
    return "别的压缩文件"


def _judge_parts(file: ZipFile) -> None:
    entries = file.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES or sum(one.file_size for one in entries) > MAX_UNPACKED:
        most = f"须不超过 {MAX_ENTRIES} 个部分、解压后 {MAX_UNPACKED // 1_000_000} MB"
        raise RefusedError(f"文件{most}，现在超过；请重新导出再填")
    if "mimetype" in names:
        raise RefusedError("须为 .xlsx 文件，现为 OpenDocument 表格；请另存为 .xlsx")
    if "[Content_Types].xml" not in names or not any(one.startswith("xl/") for one in names):
        raise RefusedError(f"须为 .xlsx 文件，现为{_package(names)}；请填导出的表")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedError("文件须不含宏，现含有；请另存为不含宏的 .xlsx")
    elements = 0
    parts: dict[str, Part] = {}
    # Each, whatever its name: the library reads the parts that others refer to.
    for entry in entries:
        raw = file.read(entry)
        elements += raw.count(b"<")
        if elements > _MAX_SIGNS:
            raise RefusedError(_MANY)
        try:
            parts[entry.filename] = weighed(raw, MAX_ELEMENTS)
        except TooHeavyError:
            raise RefusedError(_MANY) from None
        except DocumentTypeError:
            raise RefusedError("文件须不含 DOCTYPE 声明，现含有；请重新导出再填") from None
    sheets = sum(part.sheets for part in parts.values())
    if sheets > MAX_SHEETS:
        raise RefusedError(
            f"文件须不超过 {MAX_SHEETS} 张工作表，现有 {sheets} 张；请删去多余的再填"
        )
    if weight(parts) > MAX_ELEMENTS:
        raise RefusedError(_MANY)


_MANY = "文件里的单元格须少得多，现在太多；请重新导出再填"
