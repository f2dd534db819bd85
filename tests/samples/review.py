"""A review sheet as a person fills it in."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

Cells = Mapping[tuple[str, int, str], Any]
"""Sheet, row and heading → what is typed."""


def fill(path: Path, cells: Cells) -> None:
    """Type into cells."""
    change(path, lambda book: [_put(book[label], row, head, value) for (label, row, head), value in cells.items()])  # fmt: skip


def change(path: Path, what: Callable[[Any], object]) -> None:
    """Change the workbook at will."""
    book = openpyxl.load_workbook(path)
    what(book)
    book.save(path)


def _put(sheet: Any, row: int, head: str, value: Any) -> None:
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(row, heads[head]).value = value


def rows(path: Path, label: str) -> list[tuple[Any, ...]]:
    """All cells of a sheet, line by line."""
    return [*openpyxl.load_workbook(path)[label].iter_rows(values_only=True)]


def confirm(
    path: Path, words: str = "对", but: Mapping[tuple[str, int], str] | None = None
) -> None:
    """Type the same in all cells that confirm, but in those named."""
    book = openpyxl.load_workbook(path)
    cells = {
        (label, row, "确认"): (but or {}).get((label, row), words)
        for label in ("指标", "名称")
        for row in range(2, book[label].max_row + 1)
    }
    fill(path, cells)


def copied(path: Path, name: str) -> Path:
    """The same workbook under another name, beside it."""
    return Path(shutil.copy(path, path.with_name(name)))
