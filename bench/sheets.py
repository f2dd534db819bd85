"""What many records cost as a spreadsheet: out, back as it was, back with changes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from archive.schema.collections import COLLECTIONS
from bench.measure import Run, run
from bench.sites import COLLECTION, own
from bench.tables import Figures

COUNTS = (2_000, 20_000)
"""Records of the collection that is multiplied."""
ROUNDS = 3
"""The quickest of so many counts."""
EVERY, ADDED = 20, 100
"""A clerk changes one row in so many, and adds so many."""


def measured(sources: Path, folder: Path, records: int) -> Figures:
    """Seconds and bytes of the commands, from start to exit, in a site made for it in `folder`."""
    return dict(_told(own(sources, folder, records)))


def _told(root: Path) -> Iterator[tuple[str, tuple[float, str]]]:
    run(root, "archive check")  # what was parsed is kept, as in any checkout that is worked in
    out = [_export(root, f"{number}.xlsx") for number in range(ROUNDS)]
    yield from _figures("导出", out)
    yield "导出的文件", ((root / "0.xlsx").stat().st_size, "字节")
    yield from _figures("导入，没有改动", _imports(root, "0.xlsx"))
    _fill(root / "1.xlsx")
    yield from _figures("导入，有改动", _imports(root, "1.xlsx"))


def _export(root: Path, name: str) -> Run:
    return run(root, f"archive sheet export {COLLECTION} {name}")


def _imports(root: Path, name: str) -> list[Run]:
    return [run(root, f"archive sheet import {name}") for _ in range(ROUNDS)]


def _fill(path: Path) -> None:
    """What a clerk does in a year: some numbers mended, new activities below."""
    book = load_workbook(path)
    sheet = book[COLLECTIONS[COLLECTION].label]
    heads = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    for row in range(2, sheet.max_row, EVERY):
        sheet.cell(row, heads["备注"]).value = "核对过"
    pattern = {number: cell.value for number, cell in enumerate(sheet[2], 1)}
    first = sheet.max_row + 1
    for number in range(ADDED):
        changed = {
            1: None,
            heads["活动名称"]: f"新增的活动{number}",
            heads["日期"]: date(2024, 6, 1),
        }
        for column, value in {**pattern, **changed}.items():
            sheet.cell(first + number, column).value = value
    book.save(path)


def _figures(what: str, runs: list[Run]) -> Iterator[tuple[str, tuple[float, str]]]:
    yield what, (min(one.seconds for one in runs), "秒")
    yield f"{what}，处理器用时", (min(one.processor for one in runs), "秒")
    yield f"{what}，内存峰值", (max(one.memory for one in runs), "字节")
