"""A review sheet as a person fills it in."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

Cells = Mapping[tuple[str, int, str], Any]
"""Sheet, row and heading → what is typed."""


def fill(path: Path, cells: Cells) -> None:
    """Type into cells."""

    change(path, lambda book: _type(book, cells))


def _type(book: Any, cells: Cells) -> None:
    for (label, row, head), value in cells.items():
        heads = {cell.value: cell.column for cell in book[label][1]}
        book[label].cell(row, heads[head]).value = value


def change(path: Path, what: Callable[[Any], object]) -> None:
    """Change the workbook at will."""
    book = openpyxl.load_workbook(path)
    what(book)
    book.save(path)


def rows(path: Path, label: str) -> list[tuple[Any, ...]]:
    """All cells of a sheet, line by line."""
    return [*openpyxl.load_workbook(path)[label].iter_rows(values_only=True)]


def confirm(
    path: Path, words: str = "对", but: Mapping[tuple[str, int], str] | None = None
) -> None:
    """Type the same in all cells that confirm, but in those named."""

    def typed(book: Any) -> None:
        cells = {
            (label, row, "确认"): (but or {}).get((label, row), words)
            for label in ("指标", "名称", "荣誉")
            for row in range(2, book[label].max_row + 1)
        }
        _type(book, cells)

    change(path, typed)
